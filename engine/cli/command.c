#include "cli/command.h"

const toc_cli_command *const toc_command_table[] = {
#define TOC_COMMAND(name) &toc_##name##_command,
#include "cli/command.def"
#undef TOC_COMMAND
    NULL,
};
