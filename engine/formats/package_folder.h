/* Package folder: which files of a folder on disk belong to a package. */
#ifndef FORMATS_PACKAGE_FOLDER_H
#define FORMATS_PACKAGE_FOLDER_H

#include "formats/disk.h"
#include "kernel/arena.h"
#include "tocsin/package.h"

enum {
    TOC_PACKAGE_FILE = 64 << 20,   /* bytes */
    TOC_PACKAGE_TOTAL = 256 << 20, /* bytes */
    TOC_PACKAGE_FILES = 1000,
    TOC_PACKAGE_DEPTH = 2,  /* folders below the package's own */
    TOC_PACKAGE_PATH = 1000 /* bytes */
};

struct package_folder {
    toc_arena *arena;
    const char *name;  /* last part of the path */
    const char *root;  /* with every symlink resolved */
    const char *shown; /* as typed, "" for the working folder */
};

struct package_entry {
    const char *path, *shown, *real_path;
};

typedef toc_status toc_package_folder_take(void *object, const struct package_entry *entry,
                                           toc_problems *problems);

/* The texts live in the arena. */
toc_status toc_package_folder_open(const char *path, toc_arena *arena, toc_problems *problems,
                                   struct package_folder *out_folder);
/* Hands over every file that belongs, in no order of its own. Goes on after a bad one, so that all
   are told. */
toc_status toc_package_folder_walk(const struct package_folder *folder,
                                   toc_package_folder_take *take, void *object,
                                   toc_problems *problems);

#endif
