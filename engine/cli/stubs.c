/* stubs: what scripts are offered, for editors that complete names and check calls. */
#include "cli/command.h"
#include "cli/stubs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tocsin/handbook.h"

static const toc_cli_option options[] = {
    {"output", "PATH", "the folder of the stubs, or the file of the page"},
    {"page", NULL,
     "the whole reference for people instead (Markdown): calls, library, topology, words"},
};

static toc_status save(toc_cli_call *call, toc_handbook_form form, const char *path) {
    toc_formats_buffer text = {0};
    toc_handbook_write(form, &text);
    toc_status status = toc_formats_save(path, &text, call->problems);
    toc_formats_buffer_finish(&text);
    return status;
}

static toc_status make_folder(toc_cli_call *call, const char *path) {
    struct stat found;
    if (mkdir(path, 0755) == 0 || (stat(path, &found) == 0 && S_ISDIR(found.st_mode))) {
        return TOC_OK;
    }
    return toc_problems_error(call->problems, (toc_place){.file = path},
                              "the folder cannot be made: %s", strerror(errno));
}

/* FOLDER/tocsin.lua, FOLDER/tocsin/policy.lua and so on: where `require` would look. */
toc_status toc_stubs_save(toc_cli_call *call, const char *folder) {
    static const struct {
        toc_handbook_form form;
        const char *file;
    } stubs[] = {{TOC_HANDBOOK_SCENARIO, "tocsin.lua"},
                 {TOC_HANDBOOK_POLICY, "tocsin/policy.lua"},
                 {TOC_HANDBOOK_EXPECTATIONS, "tocsin/expect.lua"}};
    char path[4096];
    if (strlen(folder) + 32 > sizeof path) {
        return toc_cli_usage(call, "the path is too long");
    }
    (void)snprintf(path, sizeof path, "%s/tocsin", folder);
    toc_status status = make_folder(call, folder);
    if (status == TOC_OK) {
        status = make_folder(call, path);
    }
    for (size_t i = 0; status == TOC_OK && i < sizeof stubs / sizeof stubs[0]; i++) {
        (void)snprintf(path, sizeof path, "%.4000s/%s", folder, stubs[i].file);
        status = save(call, stubs[i].form, path);
    }
    return status;
}

static void print_page(toc_cli_call *call) {
    toc_formats_buffer text = {0};
    toc_handbook_write(TOC_HANDBOOK_PAGE, &text);
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "page",
                                  json_stringn((const char *)text.bytes, text.size));
        toc_cli_print_json(call, document);
    } else {
        (void)fwrite(text.bytes, 1, text.size, stdout);
    }
    toc_formats_buffer_finish(&text);
}

static toc_status run(toc_cli_call *call) {
    const char *path = toc_cli_value(call, "output");
    bool page = toc_cli_value(call, "page") != NULL;
    if (path == NULL && page) {
        print_page(call);
        return TOC_OK;
    }
    if (path == NULL) {
        return toc_cli_usage(call, "the folder for the stubs is missing: -o .stubs");
    }
    toc_status status = page ? save(call, TOC_HANDBOOK_PAGE, path) : toc_stubs_save(call, path);
    if (status == TOC_OK && call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "output", toc_cli_text(path));
        toc_cli_print_json(call, document);
    } else if (status == TOC_OK && page) {
        toc_cli_say(call, "The page is %s.", path);
    } else if (status == TOC_OK) {
        toc_cli_say(call,
                    "The stubs are in %s; name it in .luarc.json: "
                    "{ \"workspace.library\": [\"%s\"] }",
                    path, path);
    }
    return status;
}

const toc_cli_command toc_stubs_command = {
    .name = "stubs",
    .usage = "-o FOLDER | --page [-o FILE]",
    .sentence = "writes down what scripts can call, for editors or people",
    .example = "tocsin stubs -o .stubs",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 0,
    .most_arguments = 0,
    .run = run,
};
