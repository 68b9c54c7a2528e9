#include "record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/assert.h"

/* The tables as they are made, and as they must be found again word for word: nothing of a
   stranger's making (a view, a trigger, a column more) is ever run or read. */
static const struct table {
    const char *name, *sql;
} tables[] = {
    {"meta", "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"},
    {"package", "CREATE TABLE package(number INTEGER PRIMARY KEY, path TEXT NOT NULL,"
                " bytes BLOB NOT NULL, hash BLOB NOT NULL) STRICT"},
    {"branch", "CREATE TABLE branch(number INTEGER PRIMARY KEY, parent INTEGER NOT NULL,"
               " forked_at INTEGER NOT NULL, why TEXT NOT NULL, hash BLOB NOT NULL) STRICT"},
    {"input",
     "CREATE TABLE input(number INTEGER PRIMARY KEY, branch INTEGER NOT NULL, at INTEGER NOT NULL,"
     " seat TEXT NOT NULL, verb TEXT NOT NULL, target TEXT NOT NULL,"
     " parameters TEXT NOT NULL, hash BLOB NOT NULL) STRICT"},
    {"trace",
     "CREATE TABLE trace(number INTEGER PRIMARY KEY, branch INTEGER NOT NULL, at INTEGER NOT NULL,"
     " kind TEXT NOT NULL, subject TEXT NOT NULL, actor TEXT NOT NULL,"
     " verb TEXT NOT NULL, text TEXT NOT NULL, before INTEGER NOT NULL,"
     " after INTEGER NOT NULL, hash BLOB NOT NULL) STRICT"},
    {"digest",
     "CREATE TABLE digest(number INTEGER PRIMARY KEY, branch INTEGER NOT NULL, at INTEGER NOT NULL,"
     " value INTEGER NOT NULL, hash BLOB NOT NULL) STRICT"},
    {"journal",
     "CREATE TABLE journal(number INTEGER PRIMARY KEY, branch INTEGER NOT NULL,"
     " at INTEGER NOT NULL, moment INTEGER NOT NULL, kind TEXT NOT NULL, seat TEXT NOT NULL,"
     " sender TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, hash BLOB NOT NULL)"
     " STRICT"},
    {"person", "CREATE TABLE person(number INTEGER PRIMARY KEY, seat TEXT NOT NULL,"
               " name TEXT NOT NULL, note TEXT NOT NULL) STRICT"},
};
enum {
    TABLES = sizeof tables / sizeof tables[0],
    LARGEST_VALUE = 1 << 28,
    /* pages in the log after which it is taken into the file: that takes a tenth of a second and
       more, in which nobody is acknowledged, so it is done rarely */
    CHECKPOINT = 16384
};

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

/* The first value that `sql` gives, as text; false where it gives none. */
static bool first_value(const toc_store *store, const char *sql, char *out, size_t size) {
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        (void)snprintf(out, size, "%s", text == NULL ? "" : (const char *)text);
    }
    (void)sqlite3_finalize(statement);
    return found;
}

/* SQLite does not fail where a setting cannot be had: it answers with what it does instead. */
static toc_status set_mode(toc_store *store, const char *sql, const char *wanted,
                           toc_problems *problems) {
    char answer[32];
    if (!first_value(store, sql, answer, sizeof answer)) {
        return toc_store_tell(store, "creating the record", problems);
    }
    if (strcmp(answer, wanted) != 0) {
        return toc_problems_fault(problems, (toc_place){.file = store->path},
                                  "%s gives '%s': records cannot be kept safely here", sql, answer);
    }
    return TOC_OK;
}

static toc_status set_durable(toc_store *store, toc_problems *problems) {
    char settings[96];
    (void)snprintf(settings, sizeof settings,
                   "PRAGMA page_size=%d; PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=%d",
                   TOC_STORE_PAGE, CHECKPOINT);
    toc_status status = set_mode(store, "PRAGMA locking_mode=EXCLUSIVE", "exclusive", problems);
    if (status == TOC_OK) {
        status = toc_store_run(store, settings, problems);
    }
    if (status == TOC_OK) {
        status = set_mode(store, "PRAGMA journal_mode=WAL", "wal", problems);
    }
    return status == TOC_OK ? toc_store_run(store, "PRAGMA synchronous=FULL", problems) : status;
}

/* In one transaction: a file that says it is a record has the tables of one. */
static toc_status make_tables(toc_store *store, toc_problems *problems) {
    char kind[128];
    (void)snprintf(kind, sizeof kind, "BEGIN; PRAGMA application_id=%d; PRAGMA user_version=%d",
                   TOC_STORE_APPLICATION, TOC_STORE_VERSION);
    toc_status status = toc_store_run(store, kind, problems);
    for (size_t i = 0; status == TOC_OK && i < TABLES; i++) {
        status = toc_store_run(store, tables[i].sql, problems);
    }
    return status == TOC_OK ? toc_store_run(store, "COMMIT", problems) : status;
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
        status = set_durable(store, problems);
    }
    if (status == TOC_OK) {
        status = make_tables(store, problems);
    }
    if (status == TOC_OK) {
        status = toc_store_sync_folder(path, problems);
    }
    if (status != TOC_OK) {
        toc_store_discard(store);
    }
    return status;
}

static toc_status check_kind(const toc_store *store, toc_problems *problems) {
    char application[32], version[32];
    toc_place place = {.file = store->path};
    if (!first_value(store, "PRAGMA application_id", application, sizeof application) ||
        !first_value(store, "PRAGMA user_version", version, sizeof version)) {
        return sqlite3_errcode(store->db) == SQLITE_NOTADB
                   ? toc_problems_error(problems, place, "this is not a record of a drill (.drill)")
                   : toc_store_tell(store, "opening the record", problems);
    }
    if (strtol(application, NULL, 10) != TOC_STORE_APPLICATION) {
        return toc_problems_error(problems, place, "this is not a record of a drill (.drill)");
    }
    if (strtol(version, NULL, 10) != TOC_STORE_VERSION) {
        return toc_problems_error(problems, place,
                                  "this record has version %s, this program reads version %d; use "
                                  "the version of tocsin that wrote it",
                                  version, TOC_STORE_VERSION);
    }
    return TOC_OK;
}

static bool column_is(sqlite3_stmt *row, int column, const char *expected) {
    const unsigned char *text = sqlite3_column_text(row, column);
    return text != NULL && strcmp((const char *)text, expected) == 0;
}

static toc_status check_tables(toc_store *store, toc_problems *problems) {
    sqlite3_stmt *row =
        toc_store_prepare(store, "SELECT name, sql FROM sqlite_schema ORDER BY rowid", problems);
    if (row == NULL) {
        return TOC_BAD_INPUT;
    }
    size_t fitting = 0, found = 0;
    int code = SQLITE_DONE;
    while ((code = sqlite3_step(row)) == SQLITE_ROW && found++ < TABLES) {
        const struct table *table = &tables[found - 1];
        fitting += column_is(row, 0, table->name) && column_is(row, 1, table->sql);
    }
    toc_status status = TOC_OK;
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        status = toc_store_tell(store, "opening the record", problems);
    } else if (found != TABLES || fitting != TABLES) {
        status = toc_problems_error(problems, (toc_place){.file = store->path},
                                    "the tables are not those of a record: something was added, "
                                    "taken away or changed");
    }
    (void)sqlite3_finalize(row);
    return status;
}

/* A drill that is being played holds SQLite's lock on the bytes behind the first gigabyte. (Not
   seen within one process: there, whoever plays knows.) */
static toc_status check_lock(const char *path, toc_problems *problems) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return toc_problems_error(problems, (toc_place){.file = path},
                                  "the record cannot be read: %s", strerror(errno));
    }
    struct flock lock = {
        .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
    bool held = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    (void)close(file);
    return held ? toc_problems_fault(problems, (toc_place){.file = path},
                                     "the drill is still being played: another program writes this "
                                     "record")
                : TOC_OK;
}

bool toc_store_has_log(const char *path) {
    char log[4096];
    struct stat about;
    int length = snprintf(log, sizeof log, "%s-wal", path);
    return length > 0 && (size_t)length < sizeof log && stat(log, &about) == 0 && about.st_size > 0;
}

/* A log can only be read by a connection that takes no locks (it would have to write them); without
   one the file is opened as something that never changes. */
static int open_for_reading(toc_store *store) {
    if (toc_store_has_log(store->path)) {
        return sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READONLY, "unix-none");
    }
    char uri[3 * 4096 + 64];
    size_t used = (size_t)snprintf(uri, sizeof uri, "file:");
    for (const char *at = store->path; *at != '\0' && used + 32 < sizeof uri; at++) {
        if (strchr("?#%", *at) != NULL) { /* these mean something in a URI */
            used += (size_t)snprintf(uri + used, sizeof uri - used, "%%%02x", (unsigned)*at);
        } else {
            uri[used++] = *at;
        }
    }
    (void)snprintf(uri + used, sizeof uri - used, "?immutable=1");
    return sqlite3_open_v2(uri, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

/* What holds for both ways of opening, and whether it is a record. */
static toc_status look(toc_store *store, bool opened, toc_problems *problems) {
    toc_status status = TOC_OK;
    if (!opened) {
        status = toc_store_tell(store, "opening the record", problems);
    }
    if (status == TOC_OK) {
        /* the file may be a stranger's */
        (void)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
        (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
        (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
        status = toc_store_run(store,
                               "PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=0;"
                               "PRAGMA cell_size_check=ON",
                               problems);
    }
    if (status == TOC_OK) {
        status = check_kind(store, problems);
    }
    if (status == TOC_OK) {
        status = check_tables(store, problems);
    }
    if (status != TOC_OK) {
        toc_store_close(store);
    }
    return status;
}

toc_status toc_store_open(toc_store *store, const char *path, toc_problems *problems) {
    *store = (toc_store){.path = path};
    toc_status status = check_lock(path, problems);
    if (status != TOC_OK) {
        return status;
    }
    bool opened = open_for_reading(store) == SQLITE_OK;
    if (opened) {
        (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    }
    return look(store, opened, problems);
}

toc_status toc_store_resume(toc_store *store, const char *path, toc_problems *problems) {
    *store = (toc_store){.path = path};
    toc_status status = check_lock(path, problems);
    if (status != TOC_OK) {
        return status;
    }
    bool opened = sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    status = look(store, opened, problems);
    if (status == TOC_OK) {
        status = set_durable(store, problems);
        if (status != TOC_OK) {
            toc_store_close(store);
        }
    }
    return status;
}

toc_status toc_store_check(toc_store *store, toc_problems *problems) {
    char verdict[256];
    if (!first_value(store, "PRAGMA integrity_check(1)", verdict, sizeof verdict)) {
        return toc_store_tell(store, "reading the record", problems);
    }
    if (strcmp(verdict, "ok") != 0) {
        return toc_problems_error(problems, (toc_place){.file = store->path},
                                  "the file's structure is damaged: %s", verdict);
    }
    return TOC_OK;
}

void toc_store_close(toc_store *store) {
    (void)sqlite3_close_v2(store->db);
    store->db = NULL;
}

toc_status toc_store_fold(toc_store *store, toc_problems *problems) {
    toc_status status = TOC_OK;
    if (sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
        SQLITE_OK) {
        status = toc_store_tell(store, "writing the record", problems);
    }
    toc_store_close(store);
    return status;
}

void toc_store_discard(toc_store *store) {
    char log[4096];
    toc_store_close(store);
    (void)unlink(store->path);
    if (snprintf(log, sizeof log, "%s-wal", store->path) < (int)sizeof log) {
        (void)unlink(log);
    }
}
