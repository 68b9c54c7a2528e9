/* run: plays a package with stand-ins, as fast as it goes. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"
#include "cli/result.h"
#include "cli/safekeeping.h"
#include "tocsin/record.h"

enum {
    OPTION_SEED,
    OPTION_POLICY,
    OPTION_LANGUAGE,
    OPTION_OUTPUT,
    OPTION_SIGN,
    OPTION_SUITE,
    OPTION_KEEP
};

static const toc_cli_option options[] = {
    [OPTION_SEED] = {"seed", "N", "luck of the drill; 1 where it is not said"},
    [OPTION_POLICY] = {"policy", "P",
                       "who plays: reference (the default), none, or a .lua of the "
                       "package;\n                       options follow: "
                       "reference:pace=2:competence=70%:hands=1"},
    [OPTION_LANGUAGE] = {"language", "L",
                         "show texts in en (the default) or zh, where they are written so"},
    [OPTION_OUTPUT] = {"output", "FILE", "keep the record (-o FILE.drill)"},
    [OPTION_SIGN] = {"sign", "KEY", "sign the record with this key ('tocsin key' makes one)"},
    [OPTION_SUITE] = {"suite", "S",
                      "of hash and signature: sha256-ed25519 (the default) or sm3-sm2"},
    [OPTION_KEEP] = {"keep-until", "DATE",
                     "the day after which the record is to be destroyed: 2028-01-31"},
};

static void show(void *progress, toc_time now, toc_time length) {
    toc_progress_show(progress, (uint64_t)now, (uint64_t)length, NULL);
}

struct play {
    toc_cli_call *call;
    toc_package *package;
    const char *policy, *path; /* path: of the record, NULL for none */
    uint64_t seed;
    toc_record *record;
    toc_drill *drill;
};

static toc_status open_record(struct play *play) {
    toc_problems *problems = play->call->problems;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = play->seed};
    /* the scenario says what the record is called; one that has mistakes leaves none */
    toc_status status = toc_drill_open(play->package, &opening, problems, &drill);
    if (status != TOC_OK) {
        return status;
    }
    toc_record_meta meta = {.seed = play->seed, .digest_step = TOC_MINUTE};
    (void)snprintf(meta.title, sizeof meta.title, "%s", toc_drill_facts_of(drill).title);
    (void)snprintf(meta.package_name, sizeof meta.package_name, "%s",
                   toc_package_name(play->package));
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "%s", TOC_VERSION);
    (void)snprintf(meta.policy, sizeof meta.policy, "%s", play->policy);
    toc_drill_close(drill);
    status = toc_safekeeping_read(play->call, &meta);
    if (status == TOC_OK) {
        status = toc_record_create(play->path, play->package, &meta, problems, &play->record);
    }
    return status == TOC_OK ? toc_safekeeping_begin(play->call, &play->record, play->path) : status;
}

/* A drill that stopped in the middle keeps its record; one that never began leaves none. */
static void keep_what_there_is(struct play *play) {
    bool began = toc_record_digest_count(play->record) > 0;
    toc_record_close(play->record);
    play->record = NULL;
    if (began) {
        toc_cli_say(play->call, "%s holds what was played until then; the drill was not finished.",
                    play->path);
    } else {
        (void)unlink(play->path);
    }
}

static toc_status play_drill(struct play *play) {
    toc_cli_call *call = play->call;
    toc_progress progress = toc_progress_begin(call);
    toc_status status = toc_cli_package(call, 0, &play->package);
    if (status == TOC_OK && play->path != NULL) {
        status = open_record(play);
    }
    if (status == TOC_OK) {
        status = toc_record_play(play->package, play->seed, 0, play->policy, play->record, show,
                                 &progress, call->problems, &play->drill);
        if (status != TOC_OK && play->record != NULL) {
            keep_what_there_is(play);
        }
    }
    toc_progress_end(&progress);
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct play play = {.call = call,
                        .policy = toc_cli_value(call, "policy"),
                        .path = toc_cli_value(call, "output"),
                        .seed = 1};
    const char *language = NULL;
    toc_status status = toc_cli_number(call, "seed", &play.seed);
    if (status == TOC_OK) {
        status = toc_cli_language(call, &language);
    }
    if (status != TOC_OK) {
        return status;
    }
    play.policy = play.policy == NULL ? "reference" : play.policy;
    status = play_drill(&play);
    if (status == TOC_OK) {
        toc_result result = {.drill = play.drill,
                             .files = play.package,
                             .package = toc_package_name(play.package),
                             .policy = play.policy,
                             .language = language,
                             .seed = play.seed};
        if (call->json) {
            toc_cli_print_json(call, toc_result_json(&result));
        } else {
            toc_result_print(&result);
        }
        if (play.record != NULL) {
            toc_cli_say(call, "The record is %s.", play.path);
        }
    }
    toc_drill_close(play.drill);
    toc_record_close(play.record);
    toc_package_destroy(play.package);
    return status;
}

const toc_cli_command toc_run_command = {
    .name = "run",
    .usage = "PACKAGE [--seed N] [--policy P] [--language L] [-o FILE.drill] [--sign KEY]",
    .sentence = "plays a drill with stand-ins, as fast as it goes",
    .example = "tocsin run scenarios/ukraine-2015 --policy none --json",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
