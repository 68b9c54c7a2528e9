/* print: the papers of a drill, from its package. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "papers/papers.h"

static const toc_cli_option options[] = {
    {"output", "FOLDER", "where the papers go (-o FOLDER); it is made where there is none"},
    {"paper", "NAME",
     "a1, a2, a3 (plan, work plan, support plan of GB/T 38645), a6 (script), evaluator, brief (one "
     "for each seat), contacts, rules or all (the default)"},
    {"language", "L", "of the papers: en (the default) or zh"},
};

static toc_status make_folder(toc_cli_call *call, const char *path) {
    struct stat found;
    if (mkdir(path, 0755) == 0 || (stat(path, &found) == 0 && S_ISDIR(found.st_mode))) {
        return TOC_OK;
    }
    return toc_problems_error(call->problems, (toc_place){.file = path},
                              "the folder cannot be made: %s", strerror(errno));
}

static toc_status put(toc_cli_call *call, const toc_papers_request *request, json_t *files) {
    char file[512], path[4096];
    bool is_brief = request->kind == TOC_PAPERS_BRIEF;
    int length = snprintf(file, sizeof file, "%s%s%s.html", toc_papers_name(request->kind),
                          is_brief ? "-" : "",
                          is_brief ? toc_drill_seat(request->drill, request->seat) : "");
    if (length >= (int)sizeof file ||
        snprintf(path, sizeof path, "%s/%s", toc_cli_value(call, "output"), file) >=
            (int)sizeof path) {
        return toc_cli_usage(call, "the path is too long");
    }
    toc_formats_buffer page = {0};
    toc_status status = toc_papers_write(request, call->problems, &page);
    if (status == TOC_OK) {
        status = toc_formats_save(path, &page, call->problems);
    }
    toc_formats_buffer_finish(&page);
    (void)json_array_append_new(files, toc_cli_text(file));
    return status;
}

static toc_status put_all(toc_cli_call *call, toc_papers_request *request, toc_papers_kind only,
                          json_t *files) {
    toc_status status = make_folder(call, toc_cli_value(call, "output"));
    for (int kind = 0; status == TOC_OK && kind < (int)TOC_PAPERS_KINDS; kind++) {
        request->kind = (toc_papers_kind)kind;
        if (only != TOC_PAPERS_KINDS && only != request->kind) {
            continue;
        }
        uint32_t seats =
            request->kind == TOC_PAPERS_BRIEF ? toc_drill_facts_of(request->drill).seats : 1;
        for (request->seat = 0; status == TOC_OK && request->seat < seats; request->seat++) {
            status = put(call, request, files);
        }
    }
    return status;
}

static void tell(toc_cli_call *call, json_t *files) {
    const char *folder = toc_cli_value(call, "output");
    if (!call->json) {
        toc_cli_say(call, "%s: %zu papers; open them in a browser to print them.", folder,
                    json_array_size(files));
        return;
    }
    json_t *document = json_object();
    (void)json_object_set_new(document, "folder", toc_cli_text(folder));
    (void)json_object_set(document, "files", files);
    toc_cli_print_json(call, document);
}

static toc_status run(toc_cli_call *call) {
    const char *name = toc_cli_value(call, "paper");
    bool all = name == NULL || strcmp(name, "all") == 0;
    toc_papers_kind only = all ? TOC_PAPERS_KINDS : toc_papers_find(name);
    toc_papers_request request = {0};
    if (toc_cli_value(call, "output") == NULL) {
        return toc_cli_usage(call, "say where the papers go: -o FOLDER");
    }
    if (!all && only == TOC_PAPERS_KINDS) {
        return toc_cli_usage(call,
                             "there is no paper '%s'; there are a1, a2, a3, a6, evaluator, brief, "
                             "contacts, rules and all",
                             name);
    }
    toc_status status = toc_cli_language(call, &request.language);
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = 1};
    json_t *files = json_array();
    if (status == TOC_OK) {
        status = toc_package_open(call->arguments[0], call->problems, &package);
    }
    if (status == TOC_OK) {
        status = toc_drill_open(package, &opening, call->problems, &drill);
    }
    if (status == TOC_OK) {
        request.drill = drill;
        request.package = package;
        status = put_all(call, &request, only, files);
    }
    if (status == TOC_OK) {
        tell(call, files);
    }
    json_decref(files);
    toc_drill_close(drill);
    toc_package_destroy(package);
    return status;
}

const toc_cli_command toc_print_command = {
    .name = "print",
    .usage = "PACKAGE -o FOLDER [--paper NAME] [--language L]",
    .sentence = "the papers of a drill: forms, script, evaluator guide, player briefs, contacts, "
                "ground rules",
    .example = "tocsin print my-drill -o papers --language zh",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
