#include "cli/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char hidden[] = ".tocsin-print.json";

enum { PATH = 4096, PRINT = 20 };

static bool path_of(const toc_manifest *manifest, const char *file, char path[PATH]) {
    return snprintf(path, PATH, "%s/%s", manifest->folder, file) < PATH;
}

/* FNV-1a: it tells what was edited, and is no lock. */
static const char *fingerprint(const toc_formats_buffer *bytes, char print[PRINT]) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes->size; i++) {
        hash = (hash ^ (unsigned char)bytes->bytes[i]) * UINT64_C(0x100000001b3);
    }
    (void)snprintf(print, PRINT, "%016" PRIx64, hash);
    return print;
}

/* The list is anybody's bytes: it names files of this folder, and nothing hidden. */
static bool is_name(const char *file) {
    return file[0] != '\0' && file[0] != '.' && strchr(file, '/') == NULL;
}

toc_manifest toc_manifest_open(const char *folder) {
    toc_manifest manifest = {folder, NULL, json_object()};
    char path[PATH];
    if (path_of(&manifest, hidden, path)) {
        manifest.files = json_load_file(path, 0, NULL);
    }
    if (!json_is_object(manifest.files)) {
        json_decref(manifest.files);
        manifest.files = json_object();
    }
    return manifest;
}

void toc_manifest_finish(toc_manifest *manifest) {
    json_decref(manifest->files);
    json_decref(manifest->made);
}

enum found { NOTHING, OURS, CHANGED };

static enum found look(const toc_manifest *manifest, const char *file, const char *path) {
    struct stat about;
    const char *kept = json_string_value(json_object_get(manifest->files, file));
    char print[PRINT];
    enum found found = CHANGED;
    if (lstat(path, &about) != 0) {
        return NOTHING;
    }
    if (kept != NULL && S_ISREG(about.st_mode)) {
        toc_problems *unheard = toc_problems_create();
        toc_formats_buffer bytes = {0};
        if (toc_formats_load(path, unheard, &bytes) == TOC_OK &&
            strcmp(fingerprint(&bytes, print), kept) == 0) {
            found = OURS;
        }
        toc_formats_buffer_finish(&bytes);
        toc_problems_destroy(unheard);
    }
    return found;
}

toc_status toc_manifest_check(const toc_manifest *manifest, const char *file,
                              toc_problems *problems) {
    char path[PATH];
    if (!path_of(manifest, file, path)) {
        return toc_problems_error(problems, (toc_place){.file = manifest->folder},
                                  "the path is too long");
    }
    if (look(manifest, file, path) == CHANGED) {
        return toc_problems_error(
            problems, (toc_place){.file = path},
            "%s; it is not written over: move it away, or print into another folder",
            json_object_get(manifest->files, file) == NULL
                ? "this file is there already, and was not made by a print into this folder"
                : "somebody has changed this file since it was printed");
    }
    return TOC_OK;
}

toc_status toc_manifest_put(toc_manifest *manifest, const char *file,
                            const toc_formats_buffer *bytes, toc_problems *problems) {
    char path[PATH], print[PRINT];
    toc_status status = toc_manifest_check(manifest, file, problems);
    if (status == TOC_OK && path_of(manifest, file, path)) {
        status = toc_formats_save(path, bytes, problems);
    }
    if (status == TOC_OK) {
        (void)json_object_set_new(manifest->made, file, json_string(fingerprint(bytes, print)));
    }
    return status;
}

/* Those of before that stay are kept in the list. */
static void sweep(toc_manifest *manifest, bool (*is_stale)(void *object, const char *file),
                  void *object, toc_problems *problems) {
    const char *file = NULL;
    json_t *print = NULL;
    char path[PATH];
    json_object_foreach(manifest->files, file, print) {
        enum found found = NOTHING;
        if (json_object_get(manifest->made, file) != NULL || !is_name(file) ||
            !path_of(manifest, file, path)) {
            continue;
        }
        found = look(manifest, file, path);
        if (found == OURS && is_stale(object, file)) {
            (void)unlink(path);
        } else if (found == CHANGED && is_stale(object, file)) {
            toc_problems_warn(problems, (toc_place){.file = path},
                              "this paper is of an earlier print and was changed by hand; it is "
                              "left there");
        } else if (found == OURS) {
            (void)json_object_set(manifest->made, file, print);
        }
    }
}

toc_status toc_manifest_close(toc_manifest *manifest,
                              bool (*is_stale)(void *object, const char *file), void *object,
                              toc_problems *problems) {
    char path[PATH];
    toc_formats_buffer bytes = {0};
    toc_status status = TOC_OK;
    sweep(manifest, is_stale, object, problems);
    char *text = json_dumps(manifest->made, JSON_INDENT(1) | JSON_SORT_KEYS);
    if (text != NULL && path_of(manifest, hidden, path)) {
        toc_formats_buffer_add(&bytes, text, strlen(text));
        toc_formats_buffer_add(&bytes, "\n", 1);
        status = toc_formats_save(path, &bytes, problems);
    }
    toc_formats_buffer_finish(&bytes);
    free(text);
    return status;
}
