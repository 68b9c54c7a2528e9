/* key: makes a key that signs records. */
#include "cli/command.h"

#include <stdio.h>

#include "tocsin/record.h"

static const toc_cli_option options[] = {
    {"suite", "S", "that it is for: sha256-ed25519 (the default) or sm3-sm2"},
};

static toc_status run(toc_cli_call *call) {
    const char *path = call->arguments[0], *suite = toc_cli_value(call, "suite");
    toc_status status = toc_record_make_key(path, suite == NULL ? "" : suite, call->problems);
    if (status != TOC_OK) {
        return status;
    }
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "key", toc_cli_text(path));
        toc_cli_print_json(call, document);
    } else {
        toc_cli_say(call,
                    "%s is the key, for those alone who run drills; %s.pub is its public half, for "
                    "everybody who wants to check their records.",
                    path, path);
    }
    return TOC_OK;
}

const toc_cli_command toc_key_command = {
    .name = "key",
    .usage = "FILE [--suite S]",
    .sentence = "makes a key that signs records",
    .example = "tocsin key control.pem",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
