/* Layout of the seal: "TOCSEAL1", page count (8 bytes, little-endian), 16 bytes of SHA-256 for each
   page, SHA-256 over all of that. */
#include "record/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "record/chain.h"
#include "record/store.h"

enum { HEAD = 16, PER_PAGE = 16 };
static const char magic[8] = {'T', 'O', 'C', 'S', 'E', 'A', 'L', '1'};

static toc_status fault(const char *path, const char *what, toc_problems *problems) {
    return toc_problems_fault(problems, (toc_place){.file = path}, "%s: %s", what, strerror(errno));
}

static bool read_at(int file, void *bytes, size_t size, off_t at) {
    char *into = bytes;
    while (size > 0) {
        ssize_t got = pread(file, into, size, at);
        if (got <= 0) {
            return false;
        }
        into += got;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

static bool write_at(int file, const void *bytes, size_t size, off_t at) {
    const char *from = bytes;
    while (size > 0) {
        ssize_t put = pwrite(file, from, size, at);
        if (put <= 0) {
            return false;
        }
        from += put;
        at += put;
        size -= (size_t)put;
    }
    return true;
}

static size_t seal_size(uint64_t pages) {
    return (size_t)(HEAD + pages * PER_PAGE + TOC_CHAIN_SIZE);
}

/* The seal that fits the file's first `pages` pages, on the heap; NULL where it cannot be read. */
static unsigned char *seal_of(int file, uint64_t pages) {
    unsigned char *seal = toc_arena_heap(NULL, seal_size(pages), 1);
    memcpy(seal, magic, sizeof magic);
    for (int i = 0; i < 8; i++) {
        seal[8 + i] = (unsigned char)(pages >> (8 * i));
    }
    for (uint64_t page = 0; page < pages; page++) {
        unsigned char bytes[TOC_STORE_PAGE], hash[TOC_CHAIN_SIZE];
        if (!read_at(file, bytes, sizeof bytes, (off_t)(page * TOC_STORE_PAGE))) {
            toc_arena_heap_free(seal);
            return NULL;
        }
        toc_chain_hash(bytes, sizeof bytes, hash);
        memcpy(seal + HEAD + page * PER_PAGE, hash, PER_PAGE);
    }
    size_t before = seal_size(pages) - TOC_CHAIN_SIZE;
    toc_chain_hash(seal, before, seal + before);
    return seal;
}

toc_status toc_seal_write(const char *path, toc_problems *problems) {
    int file = open(path, O_RDWR);
    if (file < 0) {
        return fault(path, "sealing the record", problems);
    }
    off_t size = lseek(file, 0, SEEK_END);
    TOC_ASSERT(size > 0 && size % TOC_STORE_PAGE == 0);
    uint64_t pages = (uint64_t)size / TOC_STORE_PAGE;
    unsigned char *seal = seal_of(file, pages);
    bool done = seal != NULL && write_at(file, seal, seal_size(pages), size) && fsync(file) == 0;
    toc_status status = TOC_OK;
    if (!done) {
        status = fault(path, "sealing the record", problems);
        (void)!ftruncate(file, size); /* half a seal would look like damage */
    }
    toc_arena_heap_free(seal);
    (void)close(file);
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

toc_status toc_seal_check(const char *path, bool *out_sealed, toc_problems *problems) {
    int file = open(path, O_RDONLY);
    if (file < 0) {
        return toc_problems_error(problems, (toc_place){.file = path},
                                  "the record cannot be read: %s", strerror(errno));
    }
    off_t size = lseek(file, 0, SEEK_END);
    uint64_t pages = pages_by_size(size);
    toc_status status = TOC_OK;
    *out_sealed = pages > 0;
    if (pages > 0) {
        status = compare(path, file, pages, problems);
    } else if (size <= 0 || size % TOC_STORE_PAGE != 0) {
        status = toc_problems_error(problems, (toc_place){.file = path},
                                    "this is not a whole record: %lld bytes are neither whole "
                                    "pages nor whole pages and a seal",
                                    (long long)size);
    }
    (void)close(file);
    return status;
}
