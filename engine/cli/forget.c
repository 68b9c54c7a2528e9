/* forget: names are taken out of records, and records whose day has passed are destroyed. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/safekeeping.h"

static const toc_cli_option options[] = {
    {"names", NULL, "take the names of those who took part out of the records (the default)"},
    {"expired", NULL, "destroy the records whose --keep-until has passed, and leave the others"},
    {"yes", NULL, "do not ask"},
};

static void today(char out[16]) {
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts) == NULL || strftime(out, 16, "%Y-%m-%d", &parts) == 0) {
        out[0] = '\0';
    }
}

/* What it came to, for each file. */
struct outcome {
    json_t *forgotten, *destroyed, *kept;
};

/* A record that cannot be read is never destroyed: nobody knows its day. */
static toc_status destroy(toc_cli_call *call, const char *path, struct outcome *outcome) {
    toc_record *record = NULL;
    char day[16];
    toc_status status = toc_record_open(path, call->problems, &record);
    if (status != TOC_OK) {
        return status;
    }
    toc_record_meta meta = toc_record_meta_of(record);
    toc_record_close(record);
    today(day);
    if (meta.keep_until[0] == '\0' || strcmp(meta.keep_until, day) >= 0) {
        (void)json_array_append_new(outcome->kept, toc_cli_text(path));
        return TOC_OK;
    }
    if (unlink(path) != 0) {
        return toc_problems_fault(call->problems, (toc_place){.file = path},
                                  "it cannot be taken away: %s", strerror(errno));
    }
    (void)json_array_append_new(outcome->destroyed, toc_cli_text(path));
    return TOC_OK;
}

static toc_status take_names(toc_cli_call *call, const char *path, struct outcome *outcome) {
    toc_status status = toc_record_forget(path, call->problems);
    if (status == TOC_OK) {
        (void)json_array_append_new(outcome->forgotten, toc_cli_text(path));
    }
    return status;
}

static toc_status ask(toc_cli_call *call, bool expired) {
    if (toc_cli_value(call, "yes") != NULL) {
        return TOC_OK;
    }
    if (isatty(STDIN_FILENO) == 0) {
        return toc_cli_usage(call, "this cannot be undone; say --yes where nobody can be asked");
    }
    (void)fprintf(stderr, "%s\nThis cannot be undone. Go on? [y/N] ",
                  expired ? "Records whose day has passed are destroyed."
                          : "The names are taken out of the records for good.");
    int answer = getchar();
    return answer == 'y' || answer == 'Y'
               ? TOC_OK
               : toc_problems_error(call->problems, (toc_place){.file = NULL}, "nothing was done");
}

static void tell(toc_cli_call *call, const struct outcome *outcome) {
    if (!call->json) {
        toc_cli_say(call, "names taken out of %zu, destroyed %zu, left as they are %zu",
                    json_array_size(outcome->forgotten), json_array_size(outcome->destroyed),
                    json_array_size(outcome->kept));
        return;
    }
    json_t *document = json_object();
    (void)json_object_set(document, "forgotten", outcome->forgotten);
    (void)json_object_set(document, "destroyed", outcome->destroyed);
    (void)json_object_set(document, "kept", outcome->kept);
    toc_cli_print_json(call, document);
}

static toc_status run(toc_cli_call *call) {
    bool expired = toc_cli_value(call, "expired") != NULL;
    if (expired && toc_cli_value(call, "names") != NULL) {
        return toc_cli_usage(call, "say --names or --expired, not both");
    }
    toc_status status = ask(call, expired);
    struct outcome outcome = {json_array(), json_array(), json_array()};
    for (size_t i = 0; status == TOC_OK && i < call->argument_count; i++) {
        status = expired ? destroy(call, call->arguments[i], &outcome)
                         : take_names(call, call->arguments[i], &outcome);
    }
    if (status == TOC_OK) {
        tell(call, &outcome);
    }
    json_decref(outcome.forgotten);
    json_decref(outcome.destroyed);
    json_decref(outcome.kept);
    return status;
}

const toc_cli_command toc_forget_command = {
    .name = "forget",
    .usage = "FILE.drill... [--names | --expired] [--yes]",
    .sentence = "takes names out of records, or destroys those whose day has passed",
    .example = "tocsin forget archive/evening.drill --names",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = TOC_CLI_ARGUMENTS,
    .run = run,
};
