/* rehearse: many runs under several policies, side by side. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "cli/rehearsed.h"
#include "study/page.h"
#include "tocsin/formats.h"

enum { MOST_POLICIES = 8, MOST_RUNS = 100000, POLICY_TEXT = 512 };

static const toc_cli_option options[] = {
    {"runs", "N", "runs of each policy; 100 where it is not said"},
    {"seed", "N", "seed of the first run, the others follow; 1 where it is not said"},
    {"policy", "LIST",
     "who plays, the weakest first; none,reference where it is not said;\n"
     "                       \"family\" is five from none to reference"},
    {"jobs", "N", "runs at the same time; one for each processor where it is not said"},
    {"output", "FILE", "a page with the distributions: -o rehearsal.svg"},
};

static void show(void *progress, uint32_t done, uint32_t all) {
    toc_progress_show(progress, done, all, "runs");
}

struct rehearsing {
    toc_cli_call *call;
    toc_package *package;
    char text[POLICY_TEXT]; /* the list, cut at its commas */
    const char *policies[MOST_POLICIES];
    toc_replication_plan plan;
    toc_outcome *outcomes;
};

/* From nobody to a competent team, by steps that people know: overlooking, slow, alone. */
static const char family[] = "none,reference:competence=30%:hands=1,reference:competence=60%,"
                             "reference:pace=2,reference";

static toc_status read_policies(struct rehearsing *rehearsing) {
    toc_cli_call *call = rehearsing->call;
    const char *list = toc_cli_value(call, "policy");
    list = list == NULL ? "none,reference" : strcmp(list, "family") == 0 ? family : list;
    if (strlen(list) >= POLICY_TEXT) {
        return toc_cli_usage(call, "--policy: the list is longer than %d bytes", POLICY_TEXT - 1);
    }
    (void)snprintf(rehearsing->text, POLICY_TEXT, "%s", list);
    char *rest = NULL;
    for (char *name = strtok_r(rehearsing->text, ",", &rest); name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        if (rehearsing->plan.policy_count == MOST_POLICIES) {
            return toc_cli_usage(call, "--policy: more than %d policies", MOST_POLICIES);
        }
        rehearsing->policies[rehearsing->plan.policy_count++] = name;
    }
    return rehearsing->plan.policy_count > 0 ? TOC_OK
                                             : toc_cli_usage(call, "--policy names no policy");
}

static toc_status read_plan(struct rehearsing *rehearsing) {
    toc_cli_call *call = rehearsing->call;
    uint64_t runs = 100, seed = 1, jobs = 0;
    const char *path = toc_cli_value(call, "output");
    toc_status status = toc_cli_number(call, "runs", &runs);
    status = status == TOC_OK ? toc_cli_number(call, "seed", &seed) : status;
    status = status == TOC_OK ? toc_cli_number(call, "jobs", &jobs) : status;
    status = status == TOC_OK ? read_policies(rehearsing) : status;
    if (status != TOC_OK) {
        return status;
    }
    if (runs == 0 || runs > MOST_RUNS) {
        return toc_cli_usage(call, "--runs lies between 1 and %d", MOST_RUNS);
    }
    if (jobs > 1024) {
        return toc_cli_usage(call, "--jobs lies between 1 and 1024");
    }
    if (path != NULL && (strlen(path) < 5 || strcmp(path + strlen(path) - 4, ".svg") != 0)) {
        return toc_cli_usage(call, "'%s' should end in .svg", path);
    }
    rehearsing->plan.policies = rehearsing->policies;
    rehearsing->plan.runs = (uint32_t)runs;
    rehearsing->plan.first_seed = seed;
    rehearsing->plan.threads = (uint32_t)jobs;
    return TOC_OK;
}

static toc_status tell(struct rehearsing *rehearsing, const toc_rehearsed *rehearsed) {
    toc_cli_call *call = rehearsing->call;
    const char *path = toc_cli_value(call, "output");
    toc_status status = TOC_OK;
    if (path != NULL) {
        toc_formats_buffer page = {0};
        toc_page_draw(rehearsed->title, rehearsed->rehearsal, &page);
        status = toc_formats_save(path, &page, call->problems);
        toc_formats_buffer_finish(&page);
    }
    if (status == TOC_OK && call->json) {
        toc_cli_print_json(call, toc_rehearsed_json(rehearsed));
    } else if (status == TOC_OK) {
        toc_rehearsed_print(rehearsed);
    }
    if (status == TOC_OK && path != NULL) {
        toc_cli_say(call, "The page is %s.", path);
    }
    return status;
}

/* The title, which the scenario alone knows. */
static toc_status read_title(struct rehearsing *rehearsing, char *title, size_t size) {
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = rehearsing->plan.first_seed};
    toc_status status =
        toc_drill_open(rehearsing->package, &opening, rehearsing->call->problems, &drill);
    if (status == TOC_OK) {
        (void)toc_problems_show(toc_drill_facts_of(drill).title, title, size);
        toc_drill_close(drill);
    }
    return status;
}

static toc_status rehearse(struct rehearsing *rehearsing) {
    toc_cli_call *call = rehearsing->call;
    char title[256];
    toc_progress progress = toc_progress_begin(call);
    rehearsing->plan.package = rehearsing->package;
    rehearsing->plan.progress = show;
    rehearsing->plan.progress_object = &progress;
    toc_status status = read_title(rehearsing, title, sizeof title);
    if (status == TOC_OK) {
        status = toc_replication_run(&rehearsing->plan, call->problems, &rehearsing->outcomes);
    }
    toc_progress_end(&progress);
    if (status == TOC_OK) {
        toc_rehearsal rehearsal;
        toc_rehearsal_make(&rehearsing->plan, rehearsing->outcomes, &rehearsal);
        toc_rehearsed rehearsed = {title, toc_package_name(rehearsing->package), &rehearsal};
        status = tell(rehearsing, &rehearsed);
        toc_rehearsal_finish(&rehearsal);
    }
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct rehearsing rehearsing = {.call = call};
    toc_status status = read_plan(&rehearsing);
    if (status == TOC_OK) {
        status = toc_cli_package(call, 0, &rehearsing.package);
    }
    if (status == TOC_OK) {
        status = rehearse(&rehearsing);
    }
    toc_replication_free(rehearsing.outcomes, rehearsing.plan.policy_count * rehearsing.plan.runs);
    toc_package_destroy(rehearsing.package);
    return status;
}

const toc_cli_command toc_rehearse_command = {
    .name = "rehearse",
    .usage = "PACKAGE [--runs N] [--policy LIST] [-o PAGE.svg]",
    .sentence = "plays a drill many times and tells how hard it is",
    .example = "tocsin rehearse scenarios/ukraine-2015 --runs 200 -o rehearsal.svg",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
