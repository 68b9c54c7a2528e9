/* lock: a record lies on a disk under a passphrase. */
#include "cli/command.h"

#include <stdio.h>

#include "cli/safekeeping.h"

static const toc_cli_option options[] = {
    {"passphrase-file", "FILE", "its first line is the passphrase; else it is asked for"},
    {"keep", NULL, "leave the file that was there as it is"},
};

static toc_status run(toc_cli_call *call) {
    char to[4096], passphrase[TOC_SAFEKEEPING_PASSPHRASE];
    const char *from = call->arguments[0];
    if (snprintf(to, sizeof to, "%s%s", from, TOC_SAFEKEEPING_ENDING) >= (int)sizeof to) {
        return toc_cli_usage(call, "the path is too long");
    }
    toc_status status = toc_safekeeping_passphrase(call, true, passphrase);
    if (status == TOC_OK) {
        status = toc_record_lock(from, to, passphrase, call->problems);
    }
    return status == TOC_OK ? toc_safekeeping_replace(call, from, to) : status;
}

const toc_cli_command toc_lock_command = {
    .name = "lock",
    .usage = "FILE.drill [--passphrase-file FILE] [--keep]",
    .sentence = "locks a record with a passphrase (AES-256); FILE.drill.locked takes its place",
    .example = "tocsin lock evening.drill",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
