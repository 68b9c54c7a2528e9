/* replay: re-executes a record. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/result.h"
#include "tocsin/record.h"

static const toc_cli_option options[] = {
    {"verify", NULL, "compare every digest on the way, and the whole trace"},
    {"language", "L", "show texts in en (the default) or zh, where they are written so"},
    {"signer", "KEY.pub", "the record must have been signed with the key of this public half"},
    {"at", "T", "stop at this drill time (3h07m) and show how things stand"},
};

static void print_verdict(const toc_record *record, const toc_drill *drill) {
    toc_record_meta meta = toc_record_meta_of(record);
    char at[64];
    (void)toc_time_print(toc_drill_now(drill), at, sizeof at);
    (void)printf("verified up to %s: %" PRIu64 " inputs, %" PRIu64 " trace entries, %" PRIu64
                 " digests agree%s\n",
                 at, toc_record_input_count(record), toc_record_trace_count(record),
                 toc_record_digest_count(record),
                 meta.ended_at == TOC_NEVER
                     ? "; the drill was not finished, nothing is vouched for after the last digest"
                     : "");
    if (meta.signer[0] != '\0') {
        (void)printf("signed by the key %.16s (%s)\n", meta.signer, meta.suite);
    }
}

static toc_status run(toc_cli_call *call) {
    toc_time until = TOC_NEVER;
    const char *language = NULL;
    toc_status status = toc_cli_time(call, "at", &until);
    if (status == TOC_OK) {
        status = toc_cli_language(call, &language);
    }
    if (status != TOC_OK) {
        return status;
    }
    bool verify = toc_cli_value(call, "verify") != NULL;
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    status = toc_record_open(call->arguments[0], call->problems, &record);
    if (status == TOC_OK && toc_cli_value(call, "signer") != NULL) {
        status = toc_record_check_signer(record, toc_cli_value(call, "signer"), call->problems);
    }
    if (status == TOC_OK) {
        status = toc_record_replay(record, until, verify, NULL, NULL, call->problems, &drill);
    }
    if (status == TOC_OK) {
        toc_record_meta meta = toc_record_meta_of(record);
        toc_result result = {.drill = drill,
                             .files = toc_record_package(record),
                             .package = meta.package_name,
                             .policy = meta.policy,
                             .seed = meta.seed,
                             .language = language};
        if (call->json) {
            json_t *document = toc_result_json(&result);
            (void)json_object_set_new(document, "verified", json_boolean(verify));
            (void)json_object_set_new(document, "finished",
                                      json_boolean(meta.ended_at != TOC_NEVER));
            (void)json_object_set_new(document, "signer",
                                      meta.signer[0] == '\0' ? json_null()
                                                             : json_string(meta.signer));
            toc_cli_print_json(call, document);
        } else if (verify && until == TOC_NEVER) {
            print_verdict(record, drill);
        } else {
            toc_result_print(&result);
        }
    }
    toc_drill_close(drill);
    toc_record_close(record);
    return status;
}

const toc_cli_command toc_replay_command = {
    .name = "replay",
    .usage = "FILE.drill [--verify] [--signer KEY.pub] [--at T] [--language L]",
    .sentence = "re-executes a record, bit for bit",
    .example = "tocsin replay evening.drill --verify",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
