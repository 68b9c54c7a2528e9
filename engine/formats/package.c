#include "formats/package_folder.h"

#include "formats/rulebook.h"
#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"
#include "kernel/list.h"
#include "kernel/names.h"

#include <stdlib.h>
#include <string.h>

struct file {
    const char *path, *shown;
    char *bytes; /* on the checked heap */
    size_t size;
};

struct toc_package {
    toc_arena *arena;
    const char *name;
    toc_list files; /* struct file */
    size_t total;
    toc_package_clock *clock; /* NULL: nobody watches */
};

static toc_package *create(void) {
    toc_package *package = toc_arena_heap(NULL, 1, sizeof *package);
    *package = (toc_package){.arena = toc_arena_create(), .name = ""};
    return package;
}

void toc_package_watch(toc_package *package, toc_package_clock *clock) {
    package->clock = clock;
}

toc_package_clock *toc_package_watched(const toc_package *package) {
    return package->clock;
}

void toc_package_destroy(toc_package *package) {
    if (package == NULL) {
        return;
    }
    for (uint32_t i = 0; i < package->files.count; i++) {
        toc_arena_heap_free(TOC_LIST_AT(struct file, &package->files, i)->bytes);
    }
    toc_list_finish(&package->files);
    toc_arena_destroy(package->arena);
    toc_arena_heap_free(package);
}

static int by_path(const void *left, const void *right) {
    const struct file *a = left, *b = right;
    return strcmp(a->path, b->path);
}

static const struct file *find(const toc_package *package, const char *path) {
    struct file key = {.path = path};
    if (package->files.count == 0) {
        return NULL;
    }
    return bsearch(&key, package->files.items, package->files.count, sizeof key, by_path);
}

/* Relative, with '/', without empty parts, ".", ".." or control characters. */
static bool is_plain_path(const char *path) {
    const char *part = path;
    if (*path == '\0' || strlen(path) > TOC_PACKAGE_PATH) {
        return false;
    }
    for (const char *at = path;; at++) {
        if ((unsigned char)*at < 0x20 && *at != '\0') {
            return false;
        }
        if (*at == '/' || *at == '\0') {
            size_t length = (size_t)(at - part);
            if (length == 0 || (length == 1 && part[0] == '.') ||
                (length == 2 && part[0] == '.' && part[1] == '.')) {
                return false;
            }
            part = at + 1;
        }
        if (*at == '\0') {
            return true;
        }
    }
}

static toc_status check_limits(const toc_package *package, toc_place place, size_t more,
                               toc_problems *problems) {
    if (more > TOC_PACKAGE_FILE) {
        return toc_problems_error(problems, place,
                                  "is %zu bytes long; a package's file has at most %d MB", more,
                                  TOC_PACKAGE_FILE >> 20);
    }
    if (package->total + more > TOC_PACKAGE_TOTAL) {
        return toc_problems_error(problems, place, "makes the package larger than %d MB",
                                  TOC_PACKAGE_TOTAL >> 20);
    }
    if (package->files.count >= TOC_PACKAGE_FILES) {
        return toc_problems_error(
            problems, place, "is one more than the %d files a package may have", TOC_PACKAGE_FILES);
    }
    return TOC_OK;
}

static struct file *add(toc_package *package, const char *path, const char *shown) {
    struct file *file = toc_list_add(&package->files, sizeof *file);
    file->path = toc_arena_text(package->arena, path);
    file->shown = toc_arena_text(package->arena, shown);
    return file;
}

static toc_status sort(toc_package *package, toc_problems *problems) {
    const struct file *files = package->files.items;
    if (package->files.count == 0) {
        return TOC_OK;
    }
    qsort(package->files.items, package->files.count, sizeof *files, by_path);
    for (uint32_t i = 1; i < package->files.count; i++) {
        if (strcmp(files[i - 1].path, files[i].path) == 0) {
            toc_place place = {files[i].shown, 0, 0};
            return toc_problems_error(problems, place, "is in the package twice");
        }
    }
    return TOC_OK;
}

/* One file of a folder, read by toc_package_folder_walk. */
static toc_status take(void *object, const struct package_entry *entry, toc_problems *problems) {
    toc_package *package = object;
    toc_place place = {entry->shown, 0, 0};
    toc_formats_buffer buffer = {NULL, 0, 0};
    struct file *file;
    toc_status status =
        toc_disk_read(entry->real_path, entry->shown, TOC_PACKAGE_FILE, problems, &buffer);
    if (status == TOC_OK) {
        status = check_limits(package, place, buffer.size, problems);
    }
    if (status != TOC_OK) {
        toc_formats_buffer_finish(&buffer);
        return status;
    }
    file = add(package, entry->path, entry->shown);
    file->bytes = buffer.bytes;
    file->size = buffer.size;
    package->total += buffer.size;
    return TOC_OK;
}

static bool has_ending(const char *path, const char *ending) {
    size_t length = strlen(path), end = strlen(ending);
    return length >= end && strcmp(path + length - end, ending) == 0;
}

/* Whether a script has `name` as a literal: 'name' or "name". */
static bool is_named(const toc_package *package, const char *name) {
    size_t length = strlen(name);
    for (uint32_t i = 0; i < package->files.count; i++) {
        const struct file *file = TOC_LIST_AT(const struct file, &package->files, i);
        const char *at = has_ending(file->path, ".lua") ? file->bytes : NULL;
        while (at != NULL && (at = strstr(at, name)) != NULL) {
            if (at > file->bytes && (at[-1] == '"' || at[-1] == '\'') && at[length] == at[-1]) {
                return true;
            }
            at++;
        }
    }
    return false;
}

/* Rules of reporting that a script names and the folder does not bring become files of the package:
   they are part of what it is, and go into every record of it. */
static void lend_duties(toc_package *package) {
    for (size_t i = 0; i < toc_embedded_duties_count; i++) {
        const toc_rulebook_file *lent = &toc_embedded_duties[i];
        size_t stem = strcspn(lent->path, ".");
        const char *name = toc_arena_text_n(package->arena, lent->path, stem);
        const char *path = toc_arena_format(package->arena, "duties/%s", lent->path);
        if (find(package, path) != NULL || !is_named(package, name)) {
            continue;
        }
        struct file *file =
            add(package, path, toc_arena_format(package->arena, "%s of Tocsin", path));
        file->bytes = toc_arena_heap(NULL, lent->size + 1, 1);
        memcpy(file->bytes, lent->bytes, lent->size);
        file->bytes[lent->size] = '\0';
        file->size = lent->size;
        package->total += lent->size;
        qsort(package->files.items, package->files.count, sizeof *file, by_path);
    }
}

toc_status toc_package_open(const char *path, toc_problems *problems, toc_package **out_package) {
    toc_package *package = create();
    struct package_folder folder;
    toc_status status = toc_package_folder_open(path, package->arena, problems, &folder);
    if (status == TOC_OK) {
        package->name = folder.name;
        status = toc_package_folder_walk(&folder, take, package, problems);
    }
    if (status == TOC_OK) {
        status = sort(package, problems);
    }
    if (status == TOC_OK) {
        lend_duties(package);
    }
    if (status == TOC_OK && find(package, "scenario.lua") == NULL) {
        toc_place place = {path, 0, 0};
        status =
            toc_problems_error(problems, place, "holds no scenario.lua, which every package has");
    }
    if (status != TOC_OK) {
        toc_package_destroy(package);
        return status;
    }
    *out_package = package;
    return TOC_OK;
}

static toc_status copy(toc_package *package, const toc_package_file *given,
                       toc_problems *problems) {
    toc_place place = {given->path, 0, 0};
    struct file *file;
    toc_status status;
    if (!is_plain_path(given->path)) {
        return toc_problems_error(problems, place, "is not a path inside a package");
    }
    status = check_limits(package, place, given->size, problems);
    if (status != TOC_OK) {
        return status;
    }
    file = add(package, given->path,
               package->name[0] == '\0'
                   ? given->path
                   : toc_arena_format(package->arena, "%s/%s", package->name, given->path));
    file->bytes = toc_arena_heap(NULL, given->size + 1, 1);
    if (given->size > 0) {
        memcpy(file->bytes, given->bytes, given->size);
    }
    file->bytes[given->size] = '\0';
    file->size = given->size;
    package->total += given->size;
    return TOC_OK;
}

toc_status toc_package_from_files(const char *name, const toc_package_file *files, size_t count,
                                  toc_problems *problems, toc_package **out_package) {
    toc_package *package = create();
    toc_status status = TOC_OK;
    package->name = toc_arena_text(package->arena, name);
    for (size_t i = 0; i < count && status == TOC_OK; i++) {
        status = copy(package, &files[i], problems);
    }
    if (status == TOC_OK) {
        status = sort(package, problems);
    }
    if (status != TOC_OK) {
        toc_package_destroy(package);
        return status;
    }
    *out_package = package;
    return TOC_OK;
}

const char *toc_package_name(const toc_package *package) {
    return package->name;
}

size_t toc_package_count(const toc_package *package) {
    return package->files.count;
}

toc_package_file toc_package_at(const toc_package *package, size_t index) {
    const struct file *file;
    TOC_ASSERT(index < package->files.count);
    file = TOC_LIST_AT(const struct file, &package->files, index);
    return (toc_package_file){file->path, file->bytes, file->size};
}

bool toc_package_find(const toc_package *package, const char *path, toc_package_file *out_file) {
    const struct file *file = find(package, path);
    if (file == NULL) {
        return false;
    }
    *out_file = (toc_package_file){file->path, file->bytes, file->size};
    return true;
}

const char *toc_package_shown(const toc_package *package, const char *path) {
    const struct file *file = find(package, path);
    return file != NULL ? file->shown : path;
}

const char *toc_package_nearest(const toc_package *package, const char *path) {
    const char **paths;
    const char *nearest;
    if (package->files.count == 0) {
        return NULL;
    }
    paths = toc_arena_heap(NULL, package->files.count, sizeof *paths);
    for (uint32_t i = 0; i < package->files.count; i++) {
        paths[i] = TOC_LIST_AT(struct file, &package->files, i)->path;
    }
    nearest = toc_names_nearest_of(paths, package->files.count, path);
    toc_arena_heap_free(paths);
    return nearest;
}

uint64_t toc_package_digest(const toc_package *package) {
    toc_digest digest = toc_digest_start();
    toc_digest_u64(&digest, package->files.count);
    for (uint32_t i = 0; i < package->files.count; i++) {
        const struct file *file = TOC_LIST_AT(struct file, &package->files, i);
        toc_digest_text(&digest, file->path);
        toc_digest_u64(&digest, file->size);
        toc_digest_bytes(&digest, file->bytes, file->size);
    }
    return toc_digest_value(digest);
}
