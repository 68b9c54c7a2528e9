/* test: the author's expectations, over many runs. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/progress.h"
#include "study/trial.h"

enum { MOST_RUNS = 100000 };

static const toc_cli_option options[] = {
    {"runs", "N", "runs under each policy; 100 where it is not said"},
    {"seed", "N", "seed of the first run, the others follow; 1 where it is not said"},
    {"jobs", "N", "runs at the same time; one for each processor where it is not said"},
};

static void show(void *progress, uint32_t done, uint32_t all) {
    toc_progress_show(progress, done, all, "runs");
}

/* -- What came of it ----------------------------------------------------------------------------
 */

static json_t *verdict_json(const toc_trial_verdict *verdict) {
    const toc_claim *claim = verdict->claim;
    json_t *object = json_object(), *seeds = json_array();
    (void)json_object_set_new(object, "text", toc_cli_text(claim->text));
    (void)json_object_set_new(object, "file", toc_cli_text(claim->place.file));
    (void)json_object_set_new(object, "line", json_integer(claim->place.line));
    (void)json_object_set_new(object, "policy", toc_cli_text(claim->policy));
    (void)json_object_set_new(object, "holds", json_boolean(verdict->holds));
    (void)json_object_set_new(object, "held", json_integer((json_int_t)verdict->share.hits));
    (void)json_object_set_new(object, "runs", json_integer((json_int_t)verdict->share.count));
    (void)json_object_set_new(object, "wanted_share", json_real(claim->share));
    bool happened = verdict->hours.count > 0;
    (void)json_object_set_new(object, "first_hours",
                              happened ? json_real(verdict->hours.least) : json_null());
    (void)json_object_set_new(object, "last_hours",
                              happened ? json_real(verdict->hours.most) : json_null());
    for (size_t i = 0; i < verdict->failing_count; i++) {
        (void)json_array_append_new(seeds, json_integer((json_int_t)verdict->failing[i]));
    }
    (void)json_object_set_new(object, "failing_seeds", seeds);
    return object;
}

static json_t *trial_json(const toc_trial *trial, const char *package) {
    json_t *document = json_object(), *verdicts = json_array();
    for (size_t i = 0; i < trial->count; i++) {
        (void)json_array_append_new(verdicts, verdict_json(&trial->verdicts[i]));
    }
    (void)json_object_set_new(document, "package", toc_cli_text(package));
    (void)json_object_set_new(document, "failed", json_integer((json_int_t)trial->failed));
    (void)json_object_set_new(document, "expectations", verdicts);
    return document;
}

static void print_verdict(const toc_trial_verdict *verdict, const char *package) {
    const toc_claim *claim = verdict->claim;
    char shown[512];
    (void)printf("%-7s %s:%" PRIu32 "  %s", verdict->holds ? "ok" : "FAILED", claim->place.file,
                 claim->place.line, toc_problems_show(claim->text, shown, sizeof shown));
    (void)printf(" (%s, %zu of %zu", claim->policy, verdict->share.hits, verdict->share.count);
    if (verdict->hours.count > 0 && claim->event != TOC_CLAIM_DRILL_ENDS) {
        (void)printf(", +%.2f h to +%.2f h", verdict->hours.least, verdict->hours.most);
    }
    (void)printf(")\n");
    if (verdict->holds) {
        return;
    }
    if (claim->share < 1) {
        (void)printf("        wanted in %.4g %% of runs\n", 100 * claim->share);
    }
    if (claim->because[0] != '\0') {
        (void)printf("        because %s\n",
                     toc_problems_show(claim->because, shown, sizeof shown));
    }
    (void)printf("        see `tocsin run %s --policy %s --seed %" PRIu64 "`", package,
                 claim->policy, verdict->failing[0]);
    for (size_t i = 1; i < verdict->failing_count; i++) {
        (void)printf("%s %" PRIu64, i == 1 ? "; seeds that fail as well:" : ",",
                     verdict->failing[i]);
    }
    (void)printf("\n");
}

static void print_trial(const toc_trial *trial, const char *package) {
    for (size_t i = 0; i < trial->count; i++) {
        print_verdict(&trial->verdicts[i], package);
    }
    (void)printf("\n%zu of %zu expectations hold\n", trial->count - trial->failed, trial->count);
}

/* -- The command --------------------------------------------------------------------------------
 */

static toc_status read_plan(toc_cli_call *call, toc_replication_plan *plan) {
    uint64_t runs = 100, seed = 1, jobs = 0;
    toc_status status = toc_cli_number(call, "runs", &runs);
    status = status == TOC_OK ? toc_cli_number(call, "seed", &seed) : status;
    status = status == TOC_OK ? toc_cli_number(call, "jobs", &jobs) : status;
    if (status == TOC_OK && (runs == 0 || runs > MOST_RUNS)) {
        status = toc_cli_usage(call, "--runs lies between 1 and %d", MOST_RUNS);
    }
    if (status == TOC_OK && jobs > 1024) {
        status = toc_cli_usage(call, "--jobs lies between 1 and 1024");
    }
    plan->runs = (uint32_t)runs;
    plan->first_seed = seed;
    plan->threads = (uint32_t)jobs;
    return status;
}

static toc_status read_claims(toc_cli_call *call, const toc_package *package,
                              toc_claims **out_claims) {
    toc_status status = toc_claim_read(package, call->problems, out_claims);
    if (status == TOC_OK && toc_claim_count(*out_claims) == 0) {
        toc_place place = {toc_package_name(package), 0, 0};
        status = toc_problems_error(call->problems, place,
                                    "there are no expectations; write them into " TOC_CLAIM_FILE
                                    " beside scenario.lua (`tocsin new` makes an example)");
    }
    return status;
}

static toc_status run_trial(toc_cli_call *call, const toc_claims *claims,
                            toc_replication_plan *plan) {
    toc_trial trial = {0};
    toc_progress progress = toc_progress_begin(call);
    plan->progress = show;
    plan->progress_object = &progress;
    toc_status status = toc_trial_run(claims, plan, call->problems, &trial);
    toc_progress_end(&progress);
    if (status != TOC_OK) {
        return status;
    }
    if (call->json) {
        toc_cli_print_json(call, trial_json(&trial, toc_package_name(plan->package)));
    } else {
        print_trial(&trial, call->arguments[0]);
    }
    status = trial.failed == 0 ? TOC_OK : TOC_BAD_INPUT;
    toc_trial_finish(&trial);
    return status;
}

static toc_status run(toc_cli_call *call) {
    toc_replication_plan plan = {0};
    toc_package *package = NULL;
    toc_claims *claims = NULL;
    toc_status status = read_plan(call, &plan);
    if (status == TOC_OK) {
        status = toc_cli_package(call, 0, &package);
    }
    if (status == TOC_OK) {
        status = read_claims(call, package, &claims);
    }
    if (status == TOC_OK) {
        plan.package = package;
        status = run_trial(call, claims, &plan);
    }
    toc_claim_free(claims);
    toc_package_destroy(package);
    return status;
}

const toc_cli_command toc_test_command = {
    .name = "test",
    .usage = "PACKAGE [--runs N] [--seed N]",
    .sentence = "holds a drill against its author's expectations, over many runs",
    .example = "tocsin test scenarios/ukraine-2015 --runs 200",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
