#include "record/redaction.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/seal.h"
#include "record/store.h"

enum { LONGEST_PATH = 4096 };

/* Deleted rows are overwritten, and no page that once held them stays in the file. */
static toc_status erase(const char *path, toc_problems *problems) {
    toc_store store = {.path = path};
    toc_status status = TOC_OK;
    if (sqlite3_open_v2(path, &store.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        status = toc_store_tell(&store, "opening the record", problems);
    }
    if (status == TOC_OK) {
        status = toc_store_run(&store,
                               "PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;"
                               "PRAGMA journal_mode=MEMORY; DELETE FROM person; VACUUM",
                               problems);
    }
    toc_store_close(&store);
    return status;
}

static toc_status put_in_place(const char *copy, const char *path, toc_problems *problems) {
    struct stat about;
    if (stat(path, &about) != 0 || chmod(copy, about.st_mode & 0777) != 0 ||
        rename(copy, path) != 0) {
        return toc_problems_fault(problems, (toc_place){.file = path},
                                  "the record cannot be put in its place: %s", strerror(errno));
    }
    return toc_store_sync_folder(path, problems);
}

toc_status toc_redaction_run(const char *path, toc_problems *problems) {
    char copy[LONGEST_PATH];
    bool sealed = false;
    toc_status status = toc_seal_check(path, &sealed, problems);
    if (status == TOC_OK && !sealed) {
        status = toc_problems_error(problems, (toc_place){.file = path},
                                    "this drill was not finished: play it to its end first");
    }
    if (status != TOC_OK) {
        return status;
    }
    if (snprintf(copy, sizeof copy, "%s-without-names", path) >= (int)sizeof copy) {
        return toc_problems_error(problems, (toc_place){.file = path}, "the path is too long");
    }
    (void)unlink(copy);
    status = toc_seal_take_off(path, copy, problems);
    if (status == TOC_OK) {
        status = erase(copy, problems);
    }
    if (status == TOC_OK) {
        status = toc_seal_write(copy, problems);
    }
    if (status == TOC_OK) {
        status = put_in_place(copy, path, problems);
    }
    if (status != TOC_OK) {
        (void)unlink(copy);
    }
    return status;
}
