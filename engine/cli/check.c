/* check: every mistake of a package, a topology, rules of reporting, an emergency plan or a record.
 */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/progress.h"
#include "study/lint.h"
#include "tocsin/claim.h"
#include "tocsin/emergency_plan.h"
#include "tocsin/formats.h"
#include "tocsin/record.h"
#include "tocsin/rulebook.h"

enum { MOST_POLICIES = 32, MOST_RUNS = 10000 };

static const toc_cli_option options[] = {
    {"runs", "N", "times a package is played under each policy; 10 where it is not said"},
    {"sheet", NULL, "the go or no-go sheet of a package as well"},
};

struct checked {
    const char *what;
    char summary[320];
    uint32_t runs;
    bool is_played;
    toc_lint lint; /* of a package that was played */
};

static const char *s(size_t count) {
    return count == 1 ? "" : "s";
}

static toc_status check_topology(toc_cli_call *call, struct checked *checked) {
    toc_topology *topology = NULL;
    toc_status status = toc_formats_load_topology(call->arguments[0], call->problems, &topology);
    checked->what = "topology";
    if (status == TOC_OK) {
        (void)snprintf(checked->summary, sizeof checked->summary,
                       "%u asset%s, %u link%s, %u operator%s", topology->asset_count,
                       s(topology->asset_count), topology->link_count, s(topology->link_count),
                       topology->operator_count, s(topology->operator_count));
    }
    toc_topology_destroy(topology);
    return status;
}

/* By its beginning: topologies can be large. */
static bool begins_as(const char *path, bool (*is)(const toc_formats_source *source)) {
    char head[4096];
    FILE *file = fopen(path, "rb");
    toc_formats_source source = {head, file == NULL ? 0 : fread(head, 1, sizeof head, file), path};
    if (file != NULL) {
        (void)fclose(file);
    }
    return is(&source);
}

typedef toc_status check_source(const toc_formats_source *source, toc_problems *problems,
                                char *summary, size_t size);

static toc_status check_form(toc_cli_call *call, struct checked *checked, const char *what,
                             check_source *check) {
    const char *path = call->arguments[0];
    toc_formats_buffer buffer = {0};
    toc_status status = toc_formats_load(path, call->problems, &buffer);
    checked->what = what;
    if (status == TOC_OK) {
        toc_formats_source source = {buffer.bytes, buffer.size, path};
        status = check(&source, call->problems, checked->summary, sizeof checked->summary);
    }
    toc_formats_buffer_finish(&buffer);
    return status;
}

static toc_status check_record(toc_cli_call *call, struct checked *checked) {
    toc_record *record = NULL;
    toc_status status = toc_record_open(call->arguments[0], call->problems, &record);
    checked->what = "record";
    if (status == TOC_OK) {
        toc_record_meta meta = toc_record_meta_of(record);
        char title[160];
        (void)snprintf(checked->summary, sizeof checked->summary,
                       "'%s', %s: every row is as it was written; `tocsin replay --verify` plays "
                       "it again",
                       toc_problems_show(meta.title, title, sizeof title),
                       meta.ended_at == TOC_NEVER ? "not finished" : "finished");
    }
    toc_record_close(record);
    return status;
}

static void show(void *progress, uint32_t done, uint32_t all) {
    toc_progress_show(progress, done, all, "runs");
}

/* What the plan does later can be wrong as well, and what a policy does: the package is played by
   nobody, by each policy it brings, and by the reference, which counts as the best. */
static toc_status play_all(toc_cli_call *call, const toc_package *package,
                           struct checked *checked) {
    const char *policies[MOST_POLICIES] = {"none"};
    toc_progress progress = toc_progress_begin(call);
    toc_replication_plan plan = {.package = package,
                                 .policies = policies,
                                 .policy_count = 1,
                                 .first_seed = 1,
                                 .runs = checked->runs,
                                 .progress = show,
                                 .progress_object = &progress};
    for (size_t i = 0; i < toc_package_count(package); i++) {
        const char *path = toc_package_at(package, i).path;
        if (strncmp(path, "policies/", 9) == 0 && strstr(path, ".lua") != NULL &&
            strcmp(path, "policies/reference.lua") != 0 && plan.policy_count < MOST_POLICIES - 1) {
            policies[plan.policy_count++] = path;
        }
    }
    policies[plan.policy_count++] = "reference";
    toc_status status = toc_lint_run(&plan, call->problems, &checked->lint);
    toc_progress_end(&progress);
    checked->is_played = status == TOC_OK;
    return status;
}

static toc_status read_claims(toc_cli_call *call, const toc_package *package) {
    toc_claims *claims = NULL;
    toc_status status = toc_claim_read(package, call->problems, &claims);
    toc_claim_free(claims);
    return status;
}

static toc_status check_package(toc_cli_call *call, struct checked *checked) {
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = 1};
    checked->what = "package";
    toc_status status = toc_cli_package(call, 0, &package);
    if (status == TOC_OK) {
        status = toc_drill_open(package, &opening, call->problems, &drill);
    }
    if (status == TOC_OK) {
        toc_drill_facts facts = toc_drill_facts_of(drill);
        uint32_t assets = toc_drill_topology(drill)->asset_count;
        char title[160];
        (void)snprintf(checked->summary, sizeof checked->summary,
                       "'%s': %u asset%s, %u seat%s, %u objective%s, %u inject%s",
                       toc_problems_show(facts.title, title, sizeof title), assets, s(assets),
                       facts.seats, s(facts.seats), facts.objectives, s(facts.objectives),
                       facts.injects, s(facts.injects));
    }
    toc_drill_close(drill);
    if (status == TOC_OK) {
        status = read_claims(call, package);
    }
    if (status == TOC_OK) {
        status = play_all(call, package, checked);
    }
    toc_package_destroy(package);
    return status;
}

static bool is_record(const char *path) {
    size_t length = strlen(path);
    return length > 6 && strcmp(path + length - 6, ".drill") == 0;
}

/* -- What was found -----------------------------------------------------------------------------
 */

static json_t *sheet_json(const toc_lint *lint) {
    json_t *sheet = json_array();
    for (int i = 0; i < TOC_LINT_KINDS; i++) {
        json_t *line = json_object();
        toc_lint_kind kind = (toc_lint_kind)i;
        (void)json_object_set_new(line, "id", toc_cli_text(toc_lint_name(kind)));
        (void)json_object_set_new(line, "go", json_boolean(lint->found[i] == 0));
        (void)json_object_set_new(line, "found", json_integer(lint->found[i]));
        (void)json_object_set_new(line, "sentence", toc_cli_text(toc_lint_sentence(kind)));
        (void)json_array_append_new(sheet, line);
    }
    return sheet;
}

static void print_sheet(const toc_lint *lint) {
    bool go = true;
    (void)printf("\ngo or no-go, after %" PRIu32 " runs\n", lint->runs);
    for (int i = 0; i < TOC_LINT_KINDS; i++) {
        char count[32] = "";
        if (lint->found[i] > 0) {
            (void)snprintf(count, sizeof count, " (%" PRIu32 " found)", lint->found[i]);
        }
        go = go && lint->found[i] == 0;
        (void)printf("  %-6s %s%s\n", lint->found[i] == 0 ? "go" : "look",
                     toc_lint_sentence((toc_lint_kind)i), count);
    }
    (void)printf("  %s\n", go ? "Nothing stands against holding this drill."
                              : "Look at each before you say go; none of them stops the drill.");
}

static void print_json(toc_cli_call *call, const struct checked *checked) {
    json_t *document = json_object();
    (void)json_object_set_new(document, "checked", toc_cli_text(call->arguments[0]));
    (void)json_object_set_new(document, "kind", toc_cli_text(checked->what));
    (void)json_object_set_new(
        document, "errors",
        json_integer((json_int_t)toc_problems_count(call->problems, TOC_ERROR)));
    (void)json_object_set_new(
        document, "warnings",
        json_integer((json_int_t)toc_problems_count(call->problems, TOC_WARNING)));
    (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
    if (checked->is_played) {
        (void)json_object_set_new(document, "runs", json_integer(checked->lint.runs));
        (void)json_object_set_new(document, "sheet", sheet_json(&checked->lint));
    }
    toc_cli_print_json(call, document);
}

static toc_status run(toc_cli_call *call) {
    struct stat about;
    struct checked checked = {.what = "", .summary = ""};
    const char *path = call->arguments[0];
    uint64_t runs = 10;
    if (toc_cli_number(call, "runs", &runs) != TOC_OK) {
        return TOC_BAD_USAGE;
    }
    if (runs == 0 || runs > MOST_RUNS) {
        return toc_cli_usage(call, "--runs lies between 1 and %d", MOST_RUNS);
    }
    checked.runs = (uint32_t)runs;
    bool is_folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    toc_status status = is_folder         ? check_package(call, &checked)
                        : is_record(path) ? check_record(call, &checked)
                        : begins_as(path, toc_rulebook_is)
                            ? check_form(call, &checked, "duties", toc_rulebook_check)
                        : begins_as(path, toc_emergency_plan_is)
                            ? check_form(call, &checked, "plan", toc_emergency_plan_check)
                            : check_topology(call, &checked);
    size_t errors = toc_problems_count(call->problems, TOC_ERROR);
    size_t warnings = toc_problems_count(call->problems, TOC_WARNING);
    if (call->json) {
        print_json(call, &checked);
    } else if (status == TOC_OK && warnings == 0) {
        (void)printf("%s: in order (%s)\n", path, checked.summary);
    } else if (status == TOC_OK) {
        (void)printf("%s: in order but for %zu warning%s (%s)\n", path, warnings, s(warnings),
                     checked.summary);
    } else if (errors > 1) {
        toc_cli_say(call, "%s: %zu mistakes to mend:", path, errors);
    }
    if (!call->json && checked.is_played && toc_cli_value(call, "sheet") != NULL) {
        print_sheet(&checked.lint);
    }
    return status;
}

const toc_cli_command toc_check_command = {
    .name = "check",
    .usage = "PACKAGE|TOPOLOGY|DUTIES|PLAN|FILE.drill [--runs N] [--sheet]",
    .sentence = "finds every mistake, as file:line:column",
    .example = "tocsin check scenarios/ukraine-2015 --sheet",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
