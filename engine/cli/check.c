/* check: every mistake of a package or a topology. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tocsin/drill.h"
#include "tocsin/formats.h"

struct checked {
    const char *what;
    char summary[256];
};

static toc_status check_topology(toc_cli_call *call, struct checked *checked) {
    toc_topology *topology = NULL;
    toc_status status = toc_formats_load_topology(call->arguments[0], call->problems, &topology);
    checked->what = "topology";
    if (status == TOC_OK) {
        (void)snprintf(checked->summary, sizeof checked->summary,
                       "%u assets, %u links, %u operators", topology->asset_count,
                       topology->link_count, topology->operator_count);
    }
    toc_topology_destroy(topology);
    return status;
}

static toc_status check_package(toc_cli_call *call, struct checked *checked) {
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options options = {.seed = 1};
    checked->what = "package";
    toc_status status = toc_package_open(call->arguments[0], call->problems, &package);
    if (status == TOC_OK) {
        status = toc_drill_open(package, &options, call->problems, &drill);
    }
    if (status == TOC_OK) {
        /* what the plan does later can be wrong as well: it is run once, with nobody playing */
        status = toc_drill_advance(drill, TOC_NEVER, call->problems);
    }
    if (status == TOC_OK) {
        toc_drill_facts facts = toc_drill_facts_of(drill);
        (void)snprintf(checked->summary, sizeof checked->summary,
                       "'%.100s': %u assets, %u seats, %u objectives, %u injects, %u duties",
                       facts.title, toc_drill_topology(drill)->asset_count, facts.seats,
                       facts.objectives, facts.injects, facts.duties);
    }
    toc_drill_close(drill);
    toc_package_destroy(package);
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct stat about;
    struct checked checked = {.what = "", .summary = ""};
    bool is_folder = stat(call->arguments[0], &about) == 0 && S_ISDIR(about.st_mode);
    toc_status status = is_folder ? check_package(call, &checked) : check_topology(call, &checked);
    size_t errors = toc_problems_count(call->problems, TOC_ERROR);
    size_t warnings = toc_problems_count(call->problems, TOC_WARNING);
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "checked", json_string(call->arguments[0]));
        (void)json_object_set_new(document, "kind", json_string(checked.what));
        (void)json_object_set_new(document, "errors", json_integer((json_int_t)errors));
        (void)json_object_set_new(document, "warnings", json_integer((json_int_t)warnings));
        (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
        toc_cli_print_json(document);
    } else if (status == TOC_OK) {
        (void)printf("%s: in order (%s)\n", call->arguments[0], checked.summary);
    } else {
        toc_cli_say(call, "%s: %zu mistake%s%s", call->arguments[0], errors, errors == 1 ? "" : "s",
                    " to mend:");
    }
    return status;
}

const toc_cli_command toc_check_command = {
    .name = "check",
    .usage = "PACKAGE|TOPOLOGY",
    .sentence = "finds every mistake, as file:line:column",
    .example = "tocsin check scenarios/ukraine-2015",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
