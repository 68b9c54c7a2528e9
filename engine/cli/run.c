/* run: plays a package with stand-ins, as fast as it goes. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/result.h"
#include "tocsin/record.h"
#include "tocsin/standin.h"

enum { OPTION_SEED, OPTION_POLICY, OPTION_OUTPUT };

static const toc_cli_option options[] = {
    [OPTION_SEED] = {"seed", "N", "luck of the drill; 1 where it is not said"},
    [OPTION_POLICY] = {"policy", "P",
                       "who plays: reference (the default), none, or a .lua of the "
                       "package"},
    [OPTION_OUTPUT] = {"output", "FILE", "keep the record (-o FILE.drill)"},
};

/* A bar on a terminal, once the drill takes more than a second. */
struct bar {
    struct timespec start;
    bool wanted, shown;
};

static void show_bar(void *object, toc_time now, toc_time length) {
    struct bar *bar = object;
    struct timespec moment;
    if (!bar->wanted || clock_gettime(CLOCK_MONOTONIC, &moment) != 0 ||
        moment.tv_sec - bar->start.tv_sec < 1) {
        return;
    }
    int done = length <= 0 ? 40 : (int)(now * 40 / length);
    (void)fprintf(stderr, "\r[%.*s%*s] %3d %%", done, "########################################",
                  40 - done, "", done * 100 / 40);
    (void)fflush(stderr);
    bar->shown = true;
}

static toc_status open_record(toc_cli_call *call, const toc_package *package, uint64_t seed,
                              const char *policy, toc_record **out_record) {
    const char *path = toc_cli_value(call, "output");
    if (path == NULL) {
        return TOC_OK;
    }
    /* a scenario that cannot be opened, or a policy that is not there, leaves no record behind */
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_drill_options opening = {.seed = seed};
    toc_status status = toc_drill_open(package, &opening, call->problems, &drill);
    if (status == TOC_OK) {
        status = toc_standins_create(drill, package, policy, NULL, NULL, call->problems, &standins);
    }
    toc_standins_destroy(standins);
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    toc_record_meta meta = {.seed = seed, .digest_step = TOC_MINUTE};
    (void)snprintf(meta.title, sizeof meta.title, "%s", toc_drill_facts_of(drill).title);
    (void)snprintf(meta.package_name, sizeof meta.package_name, "%s", toc_package_name(package));
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "%s", TOC_VERSION);
    (void)snprintf(meta.policy, sizeof meta.policy, "%s", policy);
    toc_drill_close(drill);
    return toc_record_create(path, package, &meta, call->problems, out_record);
}

static toc_status run(toc_cli_call *call) {
    uint64_t seed = 1;
    toc_status status = toc_cli_number(call, "seed", &seed);
    if (status != TOC_OK) {
        return status;
    }
    const char *policy = toc_cli_value(call, "policy");
    policy = policy == NULL ? "reference" : policy;
    toc_package *package = NULL;
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    struct bar bar = {.wanted = !call->quiet && isatty(STDERR_FILENO) == 1};
    (void)clock_gettime(CLOCK_MONOTONIC, &bar.start);
    status = toc_package_open(call->arguments[0], call->problems, &package);
    if (status == TOC_OK) {
        status = open_record(call, package, seed, policy, &record);
    }
    if (status == TOC_OK) {
        status = toc_record_play(package, seed, 0, policy, record, show_bar, &bar, call->problems,
                                 &drill);
        if (status != TOC_OK && record != NULL) {
            toc_cli_say(call, "%s holds what was played until then; the drill was not finished.",
                        toc_cli_value(call, "output"));
        }
    }
    if (bar.shown) {
        (void)fprintf(stderr, "\r%60s\r", "");
    }
    if (status == TOC_OK) {
        toc_result result = {
            .drill = drill, .package = toc_package_name(package), .policy = policy, .seed = seed};
        if (call->json) {
            toc_cli_print_json(call, toc_result_json(&result));
        } else {
            toc_result_print(&result);
        }
        if (record != NULL) {
            toc_cli_say(call, "The record is %s.", toc_cli_value(call, "output"));
        }
    }
    toc_drill_close(drill);
    toc_record_close(record);
    toc_package_destroy(package);
    return status;
}

const toc_cli_command toc_run_command = {
    .name = "run",
    .usage = "PACKAGE [--seed N] [--policy P] [-o FILE.drill]",
    .sentence = "plays a drill with stand-ins, as fast as it goes",
    .example = "tocsin run scenarios/ukraine-2015 --policy none --json",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
