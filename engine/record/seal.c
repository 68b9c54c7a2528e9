/* Layout of the seal: "TOCSEAL1", page count (8 bytes, little-endian), 8 zeros, 16 bytes of SHA-256
   for each page, SHA-256 over all of that. The zeros keep a sealed file's size from ever being a
   whole number of pages, so that the size alone says whether there is a seal. */
#include "record/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/arena.h"
#include "record/chain.h"
#include "record/store.h"

enum {
    HEAD = 24,
    PER_PAGE = 16,
    /* where SQLite's header says which journal the file uses, and the value for none beside it */
    JOURNAL_WRITE = 18,
    JOURNAL_READ = 19,
    JOURNAL_NONE = 1
};
_Static_assert((HEAD + TOC_CHAIN_SIZE) % PER_PAGE != 0, "a seal could end on a page boundary");
static const char magic[8] = {'T', 'O', 'C', 'S', 'E', 'A', 'L', '1'};

static toc_status fault(const char *path, const char *what, toc_problems *problems) {
    return toc_problems_fault(problems, (toc_place){.file = path}, "%s: %s", what, strerror(errno));
}

static bool read_at(int file, void *bytes, size_t size, off_t at) {
    char *into = bytes;
    while (size > 0) {
        ssize_t got = pread(file, into, size, at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? EIO : errno; /* the file became shorter meanwhile */
            return false;
        }
        into += got;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

static bool write_all(int file, const void *bytes, size_t size) {
    const char *from = bytes;
    while (size > 0) {
        ssize_t put = write(file, from, size);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        from += put;
        size -= (size_t)put;
    }
    return true;
}

static size_t seal_size(uint64_t pages) {
    return (size_t)(HEAD + pages * PER_PAGE + TOC_CHAIN_SIZE);
}

static unsigned char *seal_start(uint64_t pages) {
    unsigned char *seal = toc_arena_heap(NULL, seal_size(pages), 1);
    memset(seal, 0, HEAD);
    memcpy(seal, magic, sizeof magic);
    for (int i = 0; i < 8; i++) {
        seal[sizeof magic + (size_t)i] = (unsigned char)(pages >> (8 * i));
    }
    return seal;
}

static void seal_page(unsigned char *seal, uint64_t page, const unsigned char *bytes) {
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_chain_hash(bytes, TOC_STORE_PAGE, hash);
    memcpy(seal + HEAD + page * PER_PAGE, hash, PER_PAGE);
}

static void seal_end(unsigned char *seal, uint64_t pages) {
    size_t before = seal_size(pages) - TOC_CHAIN_SIZE;
    toc_chain_hash(seal, before, seal + before);
}

/* Copies the pages, sealing each; the copy says of itself that no journal belongs to it, so that
   any SQLite reads it without leaving files beside it. */
static bool copy_sealed(int from, int to, uint64_t pages) {
    unsigned char *seal = seal_start(pages);
    bool done = true;
    for (uint64_t page = 0; done && page < pages; page++) {
        unsigned char bytes[TOC_STORE_PAGE];
        done = read_at(from, bytes, sizeof bytes, (off_t)(page * TOC_STORE_PAGE));
        if (page == 0) {
            bytes[JOURNAL_WRITE] = bytes[JOURNAL_READ] = JOURNAL_NONE;
        }
        seal_page(seal, page, bytes);
        done = done && write_all(to, bytes, sizeof bytes);
    }
    seal_end(seal, pages);
    done = done && write_all(to, seal, seal_size(pages)) && fsync(to) == 0;
    toc_arena_heap_free(seal);
    return done;
}

toc_status toc_seal_write(const char *path, toc_problems *problems) {
    char copy[4096];
    if (snprintf(copy, sizeof copy, "%s-seal", path) >= (int)sizeof copy) {
        return toc_problems_error(problems, (toc_place){.file = path}, "the path is too long");
    }
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int to =
        from < 0 ? -1 : open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    off_t size = from < 0 ? 0 : lseek(from, 0, SEEK_END);
    bool done = to >= 0 && size > 0 && copy_sealed(from, to, (uint64_t)size / TOC_STORE_PAGE);
    done = done && rename(copy, path) == 0;
    toc_status status =
        done ? TOC_OK
             : fault(path, "the record is whole and saved, but could not be sealed", problems);
    if (to >= 0) {
        (void)close(to);
    }
    if (from >= 0) {
        (void)close(from);
    }
    if (!done && to >= 0) {
        (void)unlink(copy);
    }
    return done ? toc_store_sync_folder(path, problems) : status;
}

static uint64_t pages_by_size(off_t size);

toc_status toc_seal_take_off(const char *path, const char *copy, toc_problems *problems) {
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int to = from < 0 ? -1 : open(copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    uint64_t pages = from < 0 ? 0 : pages_by_size(lseek(from, 0, SEEK_END));
    bool done = to >= 0 && pages > 0;
    for (uint64_t page = 0; done && page < pages; page++) {
        unsigned char bytes[TOC_STORE_PAGE];
        done = read_at(from, bytes, sizeof bytes, (off_t)(page * TOC_STORE_PAGE)) &&
               write_all(to, bytes, sizeof bytes);
    }
    toc_status status = done ? TOC_OK : fault(copy, "the record cannot be copied", problems);
    if (to >= 0) {
        (void)close(to);
    }
    if (from >= 0) {
        (void)close(from);
    }
    return status;
}

/* Page count of the seal at the file's end, 0 where there is none: found from the size alone, so
   that no byte of the seal has to be believed. */
static uint64_t pages_by_size(off_t size) {
    uint64_t left = (uint64_t)size;
    if (left <= HEAD + TOC_CHAIN_SIZE) {
        return 0;
    }
    uint64_t rest = left - HEAD - TOC_CHAIN_SIZE;
    return rest % (TOC_STORE_PAGE + PER_PAGE) == 0 ? rest / (TOC_STORE_PAGE + PER_PAGE) : 0;
}

/* The seal that fits the file's first `pages` pages, on the heap; NULL where they cannot be read.
 */
static unsigned char *seal_of(int file, uint64_t pages) {
    unsigned char *seal = seal_start(pages);
    for (uint64_t page = 0; page < pages; page++) {
        unsigned char bytes[TOC_STORE_PAGE];
        if (!read_at(file, bytes, sizeof bytes, (off_t)(page * TOC_STORE_PAGE))) {
            toc_arena_heap_free(seal);
            return NULL;
        }
        seal_page(seal, page, bytes);
    }
    seal_end(seal, pages);
    return seal;
}

static toc_status compare(const char *path, int file, uint64_t pages, toc_problems *problems) {
    toc_place place = {.file = path};
    unsigned char *expected = seal_of(file, pages);
    unsigned char *found = toc_arena_heap(NULL, seal_size(pages), 1);
    toc_status status = TOC_OK;
    if (expected == NULL ||
        !read_at(file, found, seal_size(pages), (off_t)(pages * TOC_STORE_PAGE))) {
        status = fault(path, "reading the record", problems);
    }
    for (uint64_t page = 0; status == TOC_OK && page < pages; page++) {
        size_t at = HEAD + page * PER_PAGE;
        if (memcmp(expected + at, found + at, PER_PAGE) != 0) {
            status = toc_problems_error(
                problems, place,
                "the record was changed after it was sealed: page %llu (bytes %llu to %llu) or its "
                "hash is not what was written",
                (unsigned long long)page + 1, (unsigned long long)page * TOC_STORE_PAGE,
                (unsigned long long)(page + 1) * TOC_STORE_PAGE - 1);
        }
    }
    if (status == TOC_OK && memcmp(expected, found, seal_size(pages)) != 0) {
        status = toc_problems_error(
            problems, place,
            "the record was changed after it was sealed: the seal itself (bytes %llu to the end)",
            (unsigned long long)pages * TOC_STORE_PAGE);
    }
    toc_arena_heap_free(expected);
    toc_arena_heap_free(found);
    return status;
}

/* Whether it begins like SQLite's files do. */
static bool looks_like_store(int file) {
    static const char usual[16] = "SQLite format 3";
    char found[sizeof usual];
    return read_at(file, found, sizeof found, 0) && memcmp(found, usual, sizeof usual) == 0;
}

static bool looks_like_seal(int file, uint64_t pages) {
    char found[sizeof magic];
    return pages > 0 && read_at(file, found, sizeof found, (off_t)(pages * TOC_STORE_PAGE)) &&
           memcmp(found, magic, sizeof magic) == 0;
}

static toc_status check_file(const char *path, int file, bool *out_sealed, toc_problems *problems) {
    toc_place place = {.file = path};
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        return toc_problems_error(problems, place, "this is no file, so no record of a drill");
    }
    uint64_t pages = pages_by_size(about.st_size);
    if (!looks_like_store(file) && !looks_like_seal(file, pages)) {
        return toc_problems_error(problems, place, "this is not a record of a drill (.drill)");
    }
    *out_sealed = pages > 0;
    if (pages > 0) {
        return compare(path, file, pages, problems);
    }
    if (about.st_size % TOC_STORE_PAGE != 0 && !toc_store_has_log(path)) {
        return toc_problems_error(problems, place,
                                  "the record was cut short or added to: %lld bytes are neither "
                                  "whole pages nor whole pages and a seal",
                                  (long long)about.st_size);
    }
    return TOC_OK;
}

toc_status toc_seal_check(const char *path, bool *out_sealed, toc_problems *problems) {
    *out_sealed = false;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe would wait for ever */
    if (file < 0) {
        return toc_problems_error(problems, (toc_place){.file = path},
                                  "the record cannot be read: %s", strerror(errno));
    }
    toc_status status = check_file(path, file, out_sealed, problems);
    (void)close(file);
    return status;
}
