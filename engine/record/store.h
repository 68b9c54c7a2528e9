/* Store: the one SQLite connection of a record, and statements whose every step is checked. */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include <sqlite3.h>

#include <stdbool.h>

#include "tocsin/problems.h"

enum { TOC_STORE_PAGE = 4096, TOC_STORE_VERSION = 2 };
/* "TOCD": SQLite's application id of our files. */
#define TOC_STORE_APPLICATION 0x544f4344

typedef struct toc_store {
    sqlite3 *db;
    const char *path; /* the caller's */
} toc_store;

/* Creates the file, which must not exist, with the tables of a record in it; its folder is synced,
   so that a power cut does not lose the name. */
toc_status toc_store_create(toc_store *store, const char *path, toc_problems *problems);
/* Opens for reading and writes nothing at all, not even beside the file: as it lies, or with the
   log that a crash left beside it. Another kind of file, a newer version, tables that are not ours
   and a record that is still being written are each refused. */
toc_status toc_store_open(toc_store *store, const char *path, toc_problems *problems);
/* Opens for writing what a crash or an end of the program left, with its log. */
toc_status toc_store_resume(toc_store *store, const char *path, toc_problems *problems);
/* Whether a crash left a log beside the file that belongs to it. */
bool toc_store_has_log(const char *path);
/* Walks the file's whole structure; a sealed file needs no such look. */
toc_status toc_store_check(toc_store *store, toc_problems *problems);
void toc_store_close(toc_store *store);
/* Brings the log into the file, syncs it and closes. */
toc_status toc_store_fold(toc_store *store, toc_problems *problems);
/* Closes what was just created and takes it away again. */
void toc_store_discard(toc_store *store);

/* Runs statements that give nothing. */
toc_status toc_store_run(toc_store *store, const char *sql, toc_problems *problems);
/* NULL (and told) where it cannot be prepared. */
sqlite3_stmt *toc_store_prepare(toc_store *store, const char *sql, toc_problems *problems);
/* Steps a statement that gives nothing, and resets it. */
toc_status toc_store_step(toc_store *store, sqlite3_stmt *statement, toc_problems *problems);
/* Tells the connection's last error: a full disk and a failed sync are the machine's fault, damage
   is the file's. */
toc_status toc_store_tell(const toc_store *store, const char *doing, toc_problems *problems);
/* Syncs the folder that holds `path`. */
toc_status toc_store_sync_folder(const char *path, toc_problems *problems);

#endif
