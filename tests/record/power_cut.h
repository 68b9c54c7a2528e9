/* A file system of memory for SQLite that can lose its power: what was synced stays, and of what
   was written since, a random part in a random order of arrival, the last of it torn. */
#ifndef TESTS_RECORD_POWER_CUT_H
#define TESTS_RECORD_POWER_CUT_H

#include <sqlite3.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CUT_FILES = 4, CUT_NAME = 256 };

/* A write, or with no bytes a cut of the file to `at`. */
struct cut_write {
    int64_t at;
    size_t size;
    unsigned char *bytes;
};

struct cut_image {
    unsigned char *bytes;
    size_t size, capacity;
};

struct cut_file {
    char name[CUT_NAME];
    struct cut_image now, synced;
    struct cut_write *pending;
    size_t pending_count, pending_capacity;
};

struct cut_disk {
    struct cut_file files[CUT_FILES];
    uint64_t luck;
    long operations_left; /* until the power goes */
    bool dark;
};

struct cut_handle {
    sqlite3_file base;
    struct cut_disk *disk;
    struct cut_file *file;
};

static inline uint64_t cut_draw(struct cut_disk *disk, uint64_t below) {
    disk->luck ^= disk->luck << 13;
    disk->luck ^= disk->luck >> 7;
    disk->luck ^= disk->luck << 17;
    return disk->luck % below;
}

/* Whether the power is on; each asking is an operation. */
static inline bool cut_alive(struct cut_disk *disk) {
    if (!disk->dark && disk->operations_left-- <= 0) {
        disk->dark = true;
    }
    return !disk->dark;
}

static inline void cut_reach(struct cut_image *image, size_t size) {
    if (size > image->capacity) {
        image->capacity = size * 2;
        image->bytes = realloc(image->bytes, image->capacity);
    }
    if (size > image->size) {
        memset(image->bytes + image->size, 0, size - image->size);
        image->size = size;
    }
}

/* Applies the first `size` bytes of a write. */
static inline void cut_apply(struct cut_image *image, const struct cut_write *write, size_t size) {
    if (write->bytes == NULL) {
        cut_reach(image, (size_t)write->at);
        image->size = (size_t)write->at;
        return;
    }
    cut_reach(image, (size_t)write->at + size);
    memcpy(image->bytes + write->at, write->bytes, size);
}

static inline void cut_forget(struct cut_file *file) {
    for (size_t i = 0; i < file->pending_count; i++) {
        free(file->pending[i].bytes);
    }
    file->pending_count = 0;
}

static inline void cut_remove(struct cut_file *file) {
    cut_forget(file);
    free(file->pending);
    free(file->now.bytes);
    free(file->synced.bytes);
    memset(file, 0, sizeof *file);
}

static inline struct cut_file *cut_find(struct cut_disk *disk, const char *name) {
    for (int i = 0; i < CUT_FILES; i++) {
        if (strcmp(disk->files[i].name, name) == 0) {
            return &disk->files[i];
        }
    }
    return NULL;
}

static inline void cut_add(struct cut_file *file, const struct cut_write *write) {
    if (file->pending_count == file->pending_capacity) {
        file->pending_capacity = file->pending_capacity * 2 + 16;
        file->pending = realloc(file->pending, file->pending_capacity * sizeof *file->pending);
    }
    file->pending[file->pending_count++] = *write;
    cut_apply(&file->now, write, write->size);
}

static inline void cut_sync(struct cut_file *file) {
    cut_reach(&file->synced, file->now.size);
    file->synced.size = file->now.size;
    memcpy(file->synced.bytes, file->now.bytes, file->now.size);
    cut_forget(file);
}

/* What the disk holds of this file when the light comes back: three ways in which the writes since
   the last sync may have got lost. */
static inline const struct cut_image *cut_survivor(struct cut_disk *disk, struct cut_file *file) {
    uint64_t way = cut_draw(disk, 3);
    size_t prefix = (size_t)cut_draw(disk, file->pending_count + 1);
    for (size_t i = 0; i < file->pending_count; i++) {
        const struct cut_write *write = &file->pending[i];
        if (way == 0 ? i < prefix : way == 1 ? cut_draw(disk, 2) == 0 : i <= prefix) {
            bool torn = way == 2 && i == prefix && write->size > 0;
            cut_apply(&file->synced, write,
                      torn ? (size_t)cut_draw(disk, write->size) : write->size);
        }
    }
    return &file->synced;
}

static inline int cut_close(sqlite3_file *base) {
    (void)base;
    return SQLITE_OK;
}

static inline int cut_read(sqlite3_file *base, void *out, int amount, sqlite3_int64 at) {
    const struct cut_image *image = &((struct cut_handle *)base)->file->now;
    size_t size = (size_t)amount, start = (size_t)at;
    if (((struct cut_handle *)base)->disk->dark) {
        return SQLITE_IOERR_READ;
    }
    size_t there = start >= image->size ? 0 : image->size - start;
    there = there < size ? there : size;
    if (there > 0) {
        memcpy(out, image->bytes + start, there);
    }
    memset((char *)out + there, 0, size - there);
    return there == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static inline int cut_put(sqlite3_file *base, const void *from, int amount, sqlite3_int64 at) {
    struct cut_handle *handle = (struct cut_handle *)base;
    struct cut_write write = {.at = at, .size = (size_t)amount, .bytes = malloc((size_t)amount)};
    memcpy(write.bytes, from, write.size);
    bool alive = cut_alive(handle->disk);
    cut_add(handle->file, &write); /* the one under way may still arrive */
    return alive ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static inline int cut_shorten(sqlite3_file *base, sqlite3_int64 size) {
    struct cut_handle *handle = (struct cut_handle *)base;
    struct cut_write write = {.at = size};
    if (!cut_alive(handle->disk)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    cut_add(handle->file, &write);
    return SQLITE_OK;
}

static inline int cut_flush(sqlite3_file *base, int flags) {
    struct cut_handle *handle = (struct cut_handle *)base;
    (void)flags;
    if (!cut_alive(handle->disk)) {
        return SQLITE_IOERR_FSYNC;
    }
    cut_sync(handle->file);
    return SQLITE_OK;
}

static inline int cut_size(sqlite3_file *base, sqlite3_int64 *out) {
    *out = (sqlite3_int64)((struct cut_handle *)base)->file->now.size;
    return SQLITE_OK;
}

static inline int cut_lock(sqlite3_file *base, int level) {
    (void)base;
    (void)level;
    return SQLITE_OK;
}

static inline int cut_locked(sqlite3_file *base, int *out) {
    (void)base;
    *out = 0;
    return SQLITE_OK;
}

static inline int cut_control(sqlite3_file *base, int operation, void *argument) {
    (void)base;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static inline int cut_sector(sqlite3_file *base) {
    (void)base;
    return 4096;
}

/* As SQLite takes a Unix disk to be. */
static inline int cut_kind(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static inline int cut_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                           int *out_flags) {
    static const sqlite3_io_methods methods = {
        .iVersion = 1,
        .xClose = cut_close,
        .xRead = cut_read,
        .xWrite = cut_put,
        .xTruncate = cut_shorten,
        .xSync = cut_flush,
        .xFileSize = cut_size,
        .xLock = cut_lock,
        .xUnlock = cut_lock,
        .xCheckReservedLock = cut_locked,
        .xFileControl = cut_control,
        .xSectorSize = cut_sector,
        .xDeviceCharacteristics = cut_kind,
    };
    struct cut_handle *handle = (struct cut_handle *)base;
    struct cut_disk *disk = vfs->pAppData;
    base->pMethods = NULL;
    struct cut_file *file = name == NULL || disk->dark ? NULL : cut_find(disk, name);
    if (file == NULL && name != NULL && !disk->dark) {
        file = cut_find(disk, "");
        if (file != NULL && strlen(name) < CUT_NAME) {
            memcpy(file->name, name, strlen(name) + 1);
        }
    }
    if (file == NULL) {
        return SQLITE_CANTOPEN;
    }
    *handle = (struct cut_handle){.base = {.pMethods = &methods}, .disk = disk, .file = file};
    if (out_flags != NULL) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

static inline int cut_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    struct cut_disk *disk = vfs->pAppData;
    (void)sync_folder;
    if (!cut_alive(disk)) {
        return SQLITE_IOERR_DELETE;
    }
    struct cut_file *file = cut_find(disk, name);
    if (file != NULL) {
        cut_remove(file);
    }
    return SQLITE_OK;
}

static inline int cut_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
    (void)flags;
    *out = cut_find(vfs->pAppData, name) != NULL;
    return SQLITE_OK;
}

#endif
