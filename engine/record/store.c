#include "record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/assert.h"

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE package(number INTEGER PRIMARY KEY, path TEXT NOT NULL, bytes BLOB NOT NULL,"
    " hash BLOB NOT NULL) STRICT;"
    "CREATE TABLE input(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, seat TEXT NOT NULL,"
    " verb TEXT NOT NULL, target TEXT NOT NULL, parameters TEXT NOT NULL, hash BLOB NOT NULL)"
    " STRICT;"
    "CREATE TABLE trace(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,"
    " subject TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, text TEXT NOT NULL,"
    " before INTEGER NOT NULL, after INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE TABLE digest(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, value INTEGER NOT NULL,"
    " hash BLOB NOT NULL) STRICT;";

toc_status toc_store_tell(const toc_store *store, const char *doing, toc_problems *problems) {
    toc_place place = {.file = store->path};
    int code = store->db == NULL ? SQLITE_NOMEM : sqlite3_extended_errcode(store->db);
    const char *text = store->db == NULL ? "no memory" : sqlite3_errmsg(store->db);
    int kind = code & 0xff;
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_MISMATCH ||
        kind == SQLITE_ERROR) {
        return toc_problems_error(problems, place, "%s: the record is damaged (%s)", doing, text);
    }
    const char *remedy = "";
    if (kind == SQLITE_FULL) {
        remedy = "; free some space, everything that was acknowledged is kept";
    } else if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) {
        remedy = "; another program has the record open";
    } else if (kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM) {
        remedy = "; check that the folder exists and may be written to";
    }
    return toc_problems_fault(problems, place, "%s: %s%s", doing, text, remedy);
}

toc_status toc_store_run(toc_store *store, const char *sql, toc_problems *problems) {
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        return toc_store_tell(store, "writing the record", problems);
    }
    return TOC_OK;
}

sqlite3_stmt *toc_store_prepare(toc_store *store, const char *sql, toc_problems *problems) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        (void)toc_store_tell(store, "reading the record", problems);
    }
    return statement;
}

toc_status toc_store_step(toc_store *store, sqlite3_stmt *statement, toc_problems *problems) {
    int code = sqlite3_step(statement);
    TOC_ASSERT(code != SQLITE_ROW);
    toc_status status =
        code == SQLITE_DONE ? TOC_OK : toc_store_tell(store, "writing the record", problems);
    (void)sqlite3_reset(statement);
    return status;
}

toc_status toc_store_sync_folder(const char *path, toc_problems *problems) {
    char folder[4096];
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? snprintf(folder, sizeof folder, ".")
                               : snprintf(folder, sizeof folder, "%.*s",
                                          slash == path ? 1 : (int)(slash - path), path);
    if (length < 0 || (size_t)length >= sizeof folder) {
        return toc_problems_error(problems, (toc_place){.file = path}, "the path is too long");
    }
    int handle = open(folder, O_RDONLY | O_DIRECTORY);
    bool done = handle >= 0 && fsync(handle) == 0;
    int why = errno;
    if (handle >= 0) {
        (void)close(handle);
    }
    return done ? TOC_OK
                : toc_problems_fault(problems, (toc_place){.file = folder},
                                     "the folder cannot be synced to disk: %s", strerror(why));
}

/* The name is taken by us alone, before SQLite sees it: an existing record is never written over.
 */
static toc_status take_name(const char *path, toc_problems *problems) {
    int handle = open(path, O_RDWR | O_CREAT | O_EXCL, 0644);
    if (handle < 0) {
        toc_place place = {.file = path};
        if (errno == EEXIST) {
            return toc_problems_error(problems, place,
                                      "there is a file of that name already; a record is never "
                                      "written over, choose another name");
        }
        return toc_problems_fault(problems, place, "the record cannot be created: %s",
                                  strerror(errno));
    }
    (void)close(handle);
    return TOC_OK;
}

toc_status toc_store_create(toc_store *store, const char *path, toc_problems *problems) {
    *store = (toc_store){.path = path};
    toc_status status = take_name(path, problems);
    if (status != TOC_OK) {
        return status;
    }
    if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        status = toc_store_tell(store, "creating the record", problems);
    }
    if (status == TOC_OK) {
        char settings[256];
        (void)snprintf(settings, sizeof settings,
                       "PRAGMA page_size=%d; PRAGMA locking_mode=EXCLUSIVE;"
                       "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
                       "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                       TOC_STORE_PAGE, TOC_STORE_APPLICATION, TOC_STORE_VERSION);
        status = toc_store_run(store, settings, problems);
    }
    if (status == TOC_OK) {
        status = toc_store_run(store, schema, problems);
    }
    if (status == TOC_OK) {
        status = toc_store_sync_folder(path, problems);
    }
    if (status != TOC_OK) {
        toc_store_close(store);
        (void)unlink(path);
    }
    return status;
}

static bool pragma(toc_store *store, const char *sql, int *out) {
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found) {
        *out = sqlite3_column_int(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return found;
}

static toc_status check_kind(toc_store *store, toc_problems *problems) {
    int application = 0, version = 0;
    toc_place place = {.file = store->path};
    if (!pragma(store, "PRAGMA application_id", &application) ||
        !pragma(store, "PRAGMA user_version", &version)) {
        return toc_store_tell(store, "opening the record", problems);
    }
    if (application != TOC_STORE_APPLICATION) {
        return toc_problems_error(problems, place, "this is not a record of a drill (.drill)");
    }
    if (version != TOC_STORE_VERSION) {
        return toc_problems_error(problems, place,
                                  "this record has version %d, this program reads version %d; use "
                                  "the version of tocsin that wrote it",
                                  version, TOC_STORE_VERSION);
    }
    return TOC_OK;
}

toc_status toc_store_open(toc_store *store, const char *path, bool sealed, toc_problems *problems) {
    *store = (toc_store){.path = path};
    toc_place place = {.file = path};
    if (access(path, R_OK) != 0) {
        return toc_problems_error(problems, place, "the record cannot be read: %s",
                                  strerror(errno));
    }
    char uri[8192];
    /* '?', '#' and '%' mean something in a URI */
    size_t used = (size_t)snprintf(uri, sizeof uri, "file:");
    for (const char *at = path; *at != '\0' && used + 64 < sizeof uri; at++) {
        used += strchr("?#%", *at) != NULL
                    ? (size_t)snprintf(uri + used, sizeof uri - used, "%%%02x", (unsigned)*at)
                    : (size_t)snprintf(uri + used, sizeof uri - used, "%c", *at);
    }
    (void)snprintf(uri + used, sizeof uri - used, sealed ? "?mode=ro&immutable=1" : "?mode=rw");
    int flags = SQLITE_OPEN_URI | (sealed ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    toc_status status = TOC_OK;
    if (sqlite3_open_v2(uri, &store->db, flags, NULL) != SQLITE_OK) {
        status = toc_store_tell(store, "opening the record", problems);
    }
    if (status == TOC_OK && !sealed) {
        status = toc_store_run(store, "PRAGMA locking_mode=EXCLUSIVE", problems);
    }
    if (status == TOC_OK) {
        status = check_kind(store, problems);
    }
    if (status != TOC_OK) {
        toc_store_close(store);
    }
    return status;
}

void toc_store_close(toc_store *store) {
    (void)sqlite3_close_v2(store->db);
    store->db = NULL;
}
