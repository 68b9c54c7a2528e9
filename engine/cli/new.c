/* new: a package to start from. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/stubs.h"
#include "cli/template.h"
#include "tocsin/formats.h"

static toc_status make_folder(toc_cli_call *call, const char *folder) {
    if (mkdir(folder, 0755) == 0) {
        return TOC_OK;
    }
    toc_place place = {.file = folder};
    const char *why = strerror(errno);
    switch (errno) {
    case EEXIST:
        return toc_problems_error(call->problems, place,
                                  "there is something of that name already; nothing is written "
                                  "over, choose another name");
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return toc_problems_error(call->problems, place, "the folder cannot be made: %s", why);
    default:
        return toc_problems_fault(call->problems, place, "the folder cannot be made: %s", why);
    }
}

static toc_status put_file(toc_cli_call *call, const char *folder, const toc_template_file *file) {
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, file->path) >= (int)sizeof path) {
        return toc_problems_error(call->problems, (toc_place){.file = folder},
                                  "the path is too long");
    }
    FILE *out = fopen(path, "wbx");
    bool done = out != NULL && fwrite(file->bytes, 1, file->size, out) == file->size;
    int why = errno;
    if (out != NULL && fclose(out) != 0) {
        done = false;
        why = errno;
    }
    return done ? TOC_OK
                : toc_problems_fault(call->problems, (toc_place){.file = path},
                                     "the file cannot be written: %s", strerror(why));
}

/* What editors need to complete names: hidden, and therefore no part of the package. */
static toc_status put_editor_files(toc_cli_call *call, const char *folder, json_t *files) {
    static const char settings[] = "{\n  \"runtime.version\": \"Lua 5.4\",\n"
                                   "  \"workspace.library\": [\".stubs\"],\n"
                                   "  \"workspace.checkThirdParty\": false\n}\n";
    const toc_template_file file = {".luarc.json", (const unsigned char *)settings,
                                    sizeof settings - 1};
    char path[4096];
    toc_status status = put_file(call, folder, &file);
    if (status == TOC_OK && snprintf(path, sizeof path, "%s/.stubs", folder) >= (int)sizeof path) {
        status =
            toc_problems_error(call->problems, (toc_place){.file = folder}, "the path is too long");
    }
    if (status == TOC_OK) {
        status = toc_stubs_save(call, path);
    }
    (void)json_array_append_new(files, json_string(".luarc.json"));
    (void)json_array_append_new(files, json_string(".stubs"));
    return status;
}

static toc_status run(toc_cli_call *call) {
    const char *folder = call->arguments[0];
    toc_status status = make_folder(call, folder);
    json_t *files = json_array();
    for (size_t i = 0; status == TOC_OK && i < toc_embedded_template_count; i++) {
        status = put_file(call, folder, &toc_embedded_template[i]);
        (void)json_array_append_new(files, toc_cli_text(toc_embedded_template[i].path));
    }
    if (status == TOC_OK) {
        status = put_editor_files(call, folder, files);
    }
    if (status == TOC_OK && call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "package", toc_cli_text(folder));
        (void)json_object_set(document, "files", files);
        toc_cli_print_json(call, document);
    } else if (status == TOC_OK) {
        toc_cli_say(
            call,
            "%s is ready. Try:\n  tocsin check %s\n  tocsin run %s\nThen change "
            "scenario.lua and topology.xml; an editor with the Lua language server completes "
            "names there.",
            folder, folder, folder);
    }
    json_decref(files);
    return status;
}

const toc_cli_command toc_new_command = {
    .name = "new",
    .usage = "DIR",
    .sentence = "makes a package to start from",
    .example = "tocsin new my-drill",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
