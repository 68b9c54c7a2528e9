#include "tocsin/attachment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/assert.h"

enum { POINTS = 8192 };

static const char *const types[] = {"image/png", "application/pdf", "text/plain; charset=utf-8",
                                    "application/octet-stream"};
_Static_assert(sizeof types / sizeof *types == TOC_ATTACHMENT_KINDS + 1, "a type for every kind");

/* What a file of that name should be. */
static const struct {
    const char *ending;
    toc_attachment_kind kind;
} endings[] = {{".png", TOC_ATTACHMENT_PNG},
               {".pdf", TOC_ATTACHMENT_PDF},
               {".txt", TOC_ATTACHMENT_TEXT},
               {".md", TOC_ATTACHMENT_TEXT},
               {".csv", TOC_ATTACHMENT_TEXT}};

/* Bytes of the character that begins there, 0 where it is none that a text holds: overlong forms,
   surrogates and control characters are not (RFC 3629). */
static size_t character_at(const unsigned char *at, size_t left) {
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned code = at[0];
    size_t length = code < 0x80 ? 1 : code < 0xc0 ? 0 : code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4;
    if (length == 1) {
        return code >= 0x20 ? code != 0x7f : memchr("\t\n\r\f", (int)code, 4) != NULL;
    }
    if (length == 0 || length > left || code > 0xf4) {
        return 0;
    }
    code &= 0x7fu >> length;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (at[i] & 0x3f);
    }
    bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    return code >= least[length] && code <= 0x10ffff && !is_surrogate ? length : 0;
}

static bool is_text(const char *bytes, size_t size) {
    size_t at = 0, length = 1;
    while (at < size && length > 0) {
        length = character_at((const unsigned char *)bytes + at, size - at);
        at += length;
    }
    return length > 0;
}

toc_attachment_kind toc_attachment_of(const char *bytes, size_t size) {
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", pdf[] = "%PDF-";
    if (size > sizeof png && memcmp(bytes, png, sizeof png - 1) == 0) {
        return TOC_ATTACHMENT_PNG;
    }
    if (size > sizeof pdf && memcmp(bytes, pdf, sizeof pdf - 1) == 0) {
        return TOC_ATTACHMENT_PDF;
    }
    return size > 0 && is_text(bytes, size) ? TOC_ATTACHMENT_TEXT : TOC_ATTACHMENT_KINDS;
}

const char *toc_attachment_type(toc_attachment_kind kind) {
    TOC_ASSERT(kind <= TOC_ATTACHMENT_KINDS);
    return types[kind];
}

/* TOC_ATTACHMENT_KINDS where files of that name are not handed out. */
static toc_attachment_kind promised(const char *path) {
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending != NULL && i < sizeof endings / sizeof *endings; i++) {
        if (strcmp(endings[i].ending, ending) == 0) {
            return endings[i].kind;
        }
    }
    return TOC_ATTACHMENT_KINDS;
}

/* Points across or down, of the header chunk that every PNG begins with (ISO 15948, 11.2.2). */
static uint32_t points_at(const char *bytes) {
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Whoever shows a picture has to have room for it. */
static bool is_too_wide(const toc_package_file *file, char *buffer, size_t size) {
    uint32_t across = file->size < 24 ? 0 : points_at(file->bytes + 16);
    uint32_t down = file->size < 24 ? 0 : points_at(file->bytes + 20);
    bool is_picture = toc_attachment_of(file->bytes, file->size) == TOC_ATTACHMENT_PNG;
    bool is_good = across > 0 && across <= POINTS && down > 0 && down <= POINTS;
    (void)snprintf(buffer, size, "is a picture of %u by %u points; each lies between 1 and %d",
                   across, down, POINTS);
    return is_picture && !is_good;
}

const char *toc_attachment_refusal(const toc_package_file *file, char *buffer, size_t size) {
    toc_attachment_kind kind = promised(file->path);
    if (kind == TOC_ATTACHMENT_KINDS) {
        return "is nothing to hand out: a .png, .pdf, .txt, .md or .csv is";
    }
    if (file->size > TOC_ATTACHMENT_BYTES) {
        (void)snprintf(buffer, size, "is %zu bytes long; what is handed out has at most %d MB",
                       file->size, TOC_ATTACHMENT_BYTES >> 20);
        return buffer;
    }
    toc_attachment_kind found = toc_attachment_of(file->bytes, file->size);
    if (found != kind) {
        (void)snprintf(buffer, size, "is called %s and holds %s", strrchr(file->path, '.'),
                       found == TOC_ATTACHMENT_KINDS ? "none of PNG, PDF and text in UTF-8"
                                                     : types[found]);
        return buffer;
    }
    return is_too_wide(file, buffer, size) ? buffer : NULL;
}

const char *toc_attachment_caption(const char *path, char *buffer, size_t size) {
    const char *slash = strrchr(path, '/');
    (void)snprintf(buffer, size, "EXERCISE %s", slash == NULL ? path : slash + 1);
    return buffer;
}
