/* unlock: takes the passphrase off a record. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "cli/safekeeping.h"

static const toc_cli_option options[] = {
    {"passphrase-file", "FILE", "its first line is the passphrase; else it is asked for"},
    {"keep", NULL, "leave the file that was there as it is"},
};

static toc_status run(toc_cli_call *call) {
    char to[4096], passphrase[TOC_SAFEKEEPING_PASSPHRASE];
    const char *from = call->arguments[0];
    size_t length = strlen(from), tail = sizeof TOC_SAFEKEEPING_ENDING - 1;
    if (length <= tail || length >= sizeof to ||
        strcmp(from + length - tail, TOC_SAFEKEEPING_ENDING) != 0) {
        return toc_cli_usage(call, "a locked record is called FILE.drill%s, found '%.80s'",
                             TOC_SAFEKEEPING_ENDING, from);
    }
    (void)snprintf(to, sizeof to, "%.*s", (int)(length - tail), from);
    toc_status status = toc_safekeeping_passphrase(call, false, passphrase);
    if (status == TOC_OK) {
        status = toc_record_unlock(from, to, passphrase, call->problems);
    }
    return status == TOC_OK ? toc_safekeeping_replace(call, from, to) : status;
}

const toc_cli_command toc_unlock_command = {
    .name = "unlock",
    .usage = "FILE.drill.locked [--passphrase-file FILE] [--keep]",
    .sentence = "takes the lock off a record",
    .example = "tocsin unlock evening.drill.locked",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
