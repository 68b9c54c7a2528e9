#define _XOPEN_SOURCE 700 /* realpath */

#include "formats/package_folder.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
    const struct package_folder *folder;
    toc_package_folder_take *take;
    void *object;
    toc_problems *problems;
    toc_status worst;
};

/* realpath into the arena; NULL with errno set. */
static const char *resolve(toc_arena *arena, const char *path) {
    char *resolved = realpath(path, NULL);
    const char *kept;
    if (resolved == NULL) {
        return NULL;
    }
    kept = toc_arena_text(arena, resolved);
    free(resolved);
    return kept;
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static toc_status cannot_open(const char *path, int error, toc_problems *problems) {
    toc_place place = {path, 0, 0};
    if (error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG || error == ELOOP) {
        return toc_problems_error(problems, place, "there is no such folder");
    }
    return toc_problems_fault(problems, place, "cannot be read: %s", strerror(error));
}

toc_status toc_package_folder_open(const char *path, toc_arena *arena, toc_problems *problems,
                                   struct package_folder *out_folder) {
    size_t length = strlen(path);
    const char *root = resolve(arena, path), *typed, *name;
    struct stat facts;
    if (root == NULL || stat(root, &facts) != 0) {
        return cannot_open(path, errno, problems);
    }
    if (!S_ISDIR(facts.st_mode)) {
        toc_place place = {path, 0, 0};
        return toc_problems_error(problems, place,
                                  "is a file; a package is a folder with a scenario.lua");
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    typed = toc_arena_text_n(arena, path, length);
    name = last_part(typed);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || name[0] == '\0') {
        name = last_part(root);
    }
    *out_folder = (struct package_folder){arena, name, root, strcmp(typed, ".") == 0 ? "" : typed};
    return TOC_OK;
}

static bool belongs(const char *name) {
    static const char *const endings[] = {".lua", ".xml",  ".md",  ".txt",
                                          ".csv", ".xlsx", ".png", ".pdf"};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof endings / sizeof endings[0]; i++) {
        if (strcmp(ending, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void tell(struct walk *walk, toc_status status) {
    walk->worst = status > walk->worst ? status : walk->worst;
}

static bool is_inside(const char *root, const char *real_path) {
    size_t length = strlen(root);
    return strncmp(root, real_path, length) == 0 &&
           (real_path[length] == '/' || strcmp(root, "/") == 0);
}

static void walk_folder(struct walk *walk, const char *path, const char *real_path, int depth);

static void visit(struct walk *walk, const char *path, int depth) {
    const struct package_folder *folder = walk->folder;
    toc_arena *arena = folder->arena;
    const char *shown =
        folder->shown[0] == '\0' ? path : toc_arena_format(arena, "%s/%s", folder->shown, path);
    const char *real_path = resolve(arena, toc_arena_format(arena, "%s/%s", folder->root, path));
    toc_place place = {shown, 0, 0};
    struct stat facts;
    if (real_path == NULL || stat(real_path, &facts) != 0) {
        if (belongs(path)) {
            tell(walk, toc_problems_error(walk->problems, place, "is a link that leads nowhere"));
        }
        return;
    }
    if (!is_inside(folder->root, real_path)) {
        tell(walk, toc_problems_error(walk->problems, place, "leads out of the package's folder"));
        return;
    }
    if (S_ISDIR(facts.st_mode)) {
        if (depth == TOC_PACKAGE_DEPTH) {
            tell(walk, toc_problems_error(walk->problems, place, "is nested deeper than %d folders",
                                          TOC_PACKAGE_DEPTH));
            return;
        }
        walk_folder(walk, path, real_path, depth + 1);
    } else if (belongs(path)) {
        struct package_entry entry = {path, shown, real_path};
        if (strlen(path) > TOC_PACKAGE_PATH) {
            tell(walk, toc_problems_error(walk->problems, place, "has too long a path"));
            return;
        }
        tell(walk, walk->take(walk->object, &entry, walk->problems));
    }
}

static int by_name(const struct dirent **left, const struct dirent **right) {
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int is_shown(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static void walk_folder(struct walk *walk, const char *path, const char *real_path, int depth) {
    toc_arena *arena = walk->folder->arena;
    struct dirent **entries = NULL;
    int count = scandir(real_path, &entries, is_shown, by_name);
    if (count < 0) {
        tell(walk, cannot_open(real_path, errno, walk->problems));
        return;
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        visit(walk,
              path[0] == '\0' ? toc_arena_text(arena, name)
                              : toc_arena_format(arena, "%s/%s", path, name),
              depth);
        free(entries[i]);
    }
    free(entries);
}

toc_status toc_package_folder_walk(const struct package_folder *folder,
                                   toc_package_folder_take *take, void *object,
                                   toc_problems *problems) {
    struct walk walk = {folder, take, object, problems, TOC_OK};
    walk_folder(&walk, "", folder->root, 0);
    return walk.worst;
}
