/* print: the papers of a drill, from its package. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/manifest.h"
#include "papers/papers.h"

static const toc_cli_option options[] = {
    {"output", "FOLDER", "where the papers go (-o FOLDER); it is made where there is none"},
    {"paper", "NAME",
     "a1, a2, a3 (plan, work plan, support plan of GB/T 38645), a6 (script), evaluator, control, "
     "brief (one "
     "for each seat), contacts, rules or all (the default)"},
    {"format", "F", "html, pdf or both (the default)"},
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

/* What one call prints, and where. */
struct printing {
    toc_papers_request request;
    toc_papers_kind only; /* TOC_PAPERS_KINDS: all of them */
    bool in[2];           /* by toc_papers_format */
    toc_manifest manifest;
    json_t *files;
    uint32_t unknown; /* letters without a font */
};

static const char *const endings[] = {[TOC_PAPERS_HTML] = ".html", [TOC_PAPERS_PDF] = ".pdf"};

enum { NAME = 512 };

/* "brief-north.dispatcher.pdf"; no seat's name leads out of the folder. */
static const char *name_of(const toc_papers_request *request, char name[NAME]) {
    bool is_brief = request->kind == TOC_PAPERS_BRIEF;
    (void)snprintf(name, NAME - 8, "%s%s%s", toc_papers_name(request->kind), is_brief ? "-" : "",
                   is_brief ? toc_drill_seat(request->drill, request->seat) : "");
    for (char *at = name; *at != '\0'; at++) {
        *at = *at == '/' || (unsigned char)*at < ' ' ? '_' : *at;
    }
    return strcat(name, endings[request->format]);
}

static toc_status put(toc_cli_call *call, struct printing *printing) {
    char name[NAME];
    toc_formats_buffer page = {0};
    toc_status status = toc_papers_write(&printing->request, call->problems, &page);
    if (status == TOC_OK) {
        status = toc_manifest_put(&printing->manifest, name_of(&printing->request, name), &page,
                                  call->problems);
    }
    toc_formats_buffer_finish(&page);
    (void)json_array_append_new(printing->files, toc_cli_text(name));
    return status;
}

static toc_status look(toc_cli_call *call, struct printing *printing) {
    char name[NAME];
    return toc_manifest_check(&printing->manifest, name_of(&printing->request, name),
                              call->problems);
}

/* Does it for each paper that is asked for, in each format. */
static toc_status each(toc_cli_call *call, struct printing *printing,
                       toc_status (*act)(toc_cli_call *call, struct printing *printing)) {
    toc_papers_request *request = &printing->request;
    toc_status status = TOC_OK;
    for (int kind = 0; status == TOC_OK && kind < (int)TOC_PAPERS_KINDS; kind++) {
        request->kind = (toc_papers_kind)kind;
        if (printing->only != TOC_PAPERS_KINDS && printing->only != request->kind) {
            continue;
        }
        uint32_t seats =
            request->kind == TOC_PAPERS_BRIEF ? toc_drill_facts_of(request->drill).seats : 1;
        for (uint32_t i = 0; status == TOC_OK && i < 2 * seats; i++) {
            request->seat = i / 2;
            request->format = i % 2 == 0 ? TOC_PAPERS_HTML : TOC_PAPERS_PDF;
            status = printing->in[i % 2] ? act(call, printing) : TOC_OK;
        }
    }
    return status;
}

/* An earlier print's paper of a kind that is printed now. */
static bool is_stale(void *object, const char *file) {
    const struct printing *printing = object;
    if (printing->only == TOC_PAPERS_KINDS) {
        return true;
    }
    const char *kind = toc_papers_name(printing->only);
    size_t length = strlen(kind);
    return strncmp(file, kind, length) == 0 && (file[length] == '.' || file[length] == '-');
}

/* A print that failed takes nothing away. */
static bool is_kept(void *object, const char *file) {
    (void)object;
    (void)file;
    return false;
}

static toc_status put_all(toc_cli_call *call, struct printing *printing) {
    toc_status status = make_folder(call, toc_cli_value(call, "output"));
    if (status != TOC_OK) {
        return status;
    }
    printing->manifest = toc_manifest_open(toc_cli_value(call, "output"));
    status = each(call, printing, look);
    if (status == TOC_OK) {
        status = each(call, printing, put);
        toc_status kept = toc_manifest_close(
            &printing->manifest, status == TOC_OK ? is_stale : is_kept, printing, call->problems);
        status = status == TOC_OK ? kept : status;
    }
    toc_manifest_finish(&printing->manifest);
    if (status == TOC_OK && printing->unknown > 0) {
        toc_problems_warn(call->problems, (toc_place){.file = toc_cli_value(call, "output")},
                          "no font of this machine has some letters of the PDF papers, and boxes "
                          "stand for them; Chinese ones come with the package fonts-noto-cjk");
    }
    return status;
}

static void tell(toc_cli_call *call, const struct printing *printing) {
    const char *folder = toc_cli_value(call, "output");
    if (!call->json) {
        toc_cli_say(call, "%s: %zu file%s%s", folder, json_array_size(printing->files),
                    json_array_size(printing->files) == 1 ? "" : "s",
                    printing->in[TOC_PAPERS_PDF] ? "; print the PDF ones"
                                                 : "; open them in a browser to print them");
        return;
    }
    json_t *document = json_object();
    (void)json_object_set_new(document, "folder", toc_cli_text(folder));
    (void)json_object_set(document, "files", printing->files);
    toc_cli_print_json(call, document);
}

/* What is asked for, from the options. */
static toc_status read_options(toc_cli_call *call, struct printing *printing) {
    const char *name = toc_cli_value(call, "paper"), *format = toc_cli_value(call, "format");
    bool all = name == NULL || strcmp(name, "all") == 0;
    bool both = format == NULL || strcmp(format, "both") == 0;
    printing->only = all ? TOC_PAPERS_KINDS : toc_papers_find(name);
    if (toc_cli_value(call, "output") == NULL) {
        return toc_cli_usage(call, "say where the papers go: -o FOLDER");
    }
    if (!all && printing->only == TOC_PAPERS_KINDS) {
        return toc_cli_usage(
            call,
            "there is no paper '%s'; there are a1, a2, a3, a6, evaluator, control, "
            "brief, contacts, rules and all",
            name);
    }
    for (int i = 0; i < 2; i++) {
        printing->in[i] = both || strcmp(format, endings[i] + 1) == 0;
    }
    if (!printing->in[TOC_PAPERS_HTML] && !printing->in[TOC_PAPERS_PDF]) {
        return toc_cli_usage(call, "there is no format '%s'; there are html, pdf and both", format);
    }
    return toc_cli_language(call, &printing->request.language);
}

static toc_status run(toc_cli_call *call) {
    struct printing printing = {.files = json_array()};
    toc_status status = read_options(call, &printing);
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = 1};
    if (status == TOC_OK) {
        status = toc_cli_package(call, 0, &package);
    }
    if (status == TOC_OK) {
        status = toc_drill_open(package, &opening, call->problems, &drill);
    }
    if (status == TOC_OK) {
        printing.request.drill = drill;
        printing.request.package = package;
        printing.request.unknown = &printing.unknown;
        status = put_all(call, &printing);
    }
    if (status == TOC_OK) {
        tell(call, &printing);
    }
    json_decref(printing.files);
    toc_drill_close(drill);
    toc_package_destroy(package);
    return status;
}

const toc_cli_command toc_print_command = {
    .name = "print",
    .usage = "PACKAGE -o FOLDER [--paper NAME] [--format F] [--language L]",
    .sentence = "the papers of a drill: forms, script, evaluator guide, player briefs, contacts, "
                "ground rules",
    .example = "tocsin print my-drill -o papers --language zh",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
