/* Package: a drill ready to run. A folder (scenario.lua, topology.xml, briefing texts) read whole
   into memory, or the same files handed over from a record; never changed afterwards. */
#ifndef TOCSIN_PACKAGE_H
#define TOCSIN_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/problems.h"

typedef struct toc_package toc_package;

typedef struct toc_package_file {
    const char *path;  /* inside the package, with '/': "policies/reference.lua" */
    const char *bytes; /* a zero follows them, so that text can be read as a string */
    size_t size;
} toc_package_file;

/* Reads the folder `path`. Hidden files, records (*.drill) and what is neither .lua, .xml, .md,
   .txt, .csv, .xlsx, .png nor .pdf are left out; a symlink that leads out of the folder, a folder
   nested deeper than two, and a file or package past the size limits are each told. Rules of
   reporting that a script names by their literal name are lent to it as duties/NAME.xml where it
   has no such file.
 */
toc_status toc_package_open(const char *path, toc_problems *problems, toc_package **out_package);
/* Copies everything. `name` is what toc_package_name gives. Any order; paths must be relative,
   without "..", and each there once. */
toc_status toc_package_from_files(const char *name, const toc_package_file *files, size_t count,
                                  toc_problems *problems, toc_package **out_package);
void toc_package_destroy(toc_package *package);

/* Microseconds of processor time that the calling thread has used. */
typedef int64_t toc_package_clock(void);

/* Who runs strangers' packages watches a clock: a script of the package that works for more than
   one and a half seconds while the time of its drill stays within one minute is ended, and its run
   is void. What the clock says reaches no state. Nobody watches where none is set. */
void toc_package_watch(toc_package *package, toc_package_clock *clock);
/* The clock that was set, or NULL. */
toc_package_clock *toc_package_watched(const toc_package *package);

/* The last part of the folder's path: "ukraine-2015". */
const char *toc_package_name(const toc_package *package);
size_t toc_package_count(const toc_package *package);
/* In bytewise order of paths; index below toc_package_count. */
toc_package_file toc_package_at(const toc_package *package, size_t index);
bool toc_package_find(const toc_package *package, const char *path, toc_package_file *out_file);
/* The file as the user knows it, for places in errors: "scenarios/ukraine-2015/topology.xml".
   A path that is not in the package is given back as it is. */
const char *toc_package_shown(const toc_package *package, const char *path);
/* The path most like `path`, or NULL. */
const char *toc_package_nearest(const toc_package *package, const char *path);
/* Hash over paths and bytes, not over the name or where the folder was. */
uint64_t toc_package_digest(const toc_package *package);

#endif
