#include "cli/cli.h"

int main(int argc, char **argv) {
    return toc_cli_run(argc, argv);
}
