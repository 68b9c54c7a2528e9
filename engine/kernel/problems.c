#include "tocsin/problems.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"
#include "kernel/names.h"

#define MOST_KEPT    1000
#define LONGEST_TEXT 600

struct toc_problems {
    toc_arena *arena;
    toc_list kept; /* toc_problem */
    size_t counts[2];
};

toc_problems *toc_problems_create(void) {
    toc_problems *problems = toc_arena_heap(NULL, 1, sizeof *problems);
    *problems = (toc_problems){.arena = toc_arena_create()};
    return problems;
}

void toc_problems_destroy(toc_problems *problems) {
    if (problems == NULL) {
        return;
    }
    toc_list_finish(&problems->kept);
    toc_arena_destroy(problems->arena);
    toc_arena_heap_free(problems);
}

/* One UTF-8 character at `text`: its length, 0 where the bytes are no character. */
static size_t character(const unsigned char *text, uint32_t *out) {
    static const unsigned char mask[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = text[0] < 0x80           ? 1
                    : (text[0] >> 5) == 0x6  ? 2
                    : (text[0] >> 4) == 0xe  ? 3
                    : (text[0] >> 3) == 0x1e ? 4
                                             : 0;
    if (length == 0) {
        return 0;
    }
    uint32_t code = text[0] & mask[length];
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (text[i] & 0x3fU);
    }
    bool valid = code >= smallest[length] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    *out = code;
    return valid ? length : 0;
}

/* Characters that a terminal obeys, that turn the direction of text or that nobody sees could make
   a message lie. The joiners U+200C and U+200D stay: some languages are not written without. */
static bool is_harmful(uint32_t code) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x00, 0x1f},     {0x7f, 0x9f},      {0x061c, 0x061c}, {0x200b, 0x200b},
                  {0x200e, 0x200f}, {0x2028, 0x202e},  {0x2060, 0x206f}, {0xfeff, 0xfeff},
                  {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* The longest form of one character, and of the sign that something was cut off. */
enum { LONGEST_SHOWN = 10, CUT = 3 };

const char *toc_problems_show(const char *text, char *buffer, size_t size) {
    TOC_ASSERT(size > LONGEST_SHOWN + CUT);
    size_t used = 0, most = size - LONGEST_SHOWN - CUT - 1;
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0' && used <= most) {
        uint32_t code = 0;
        size_t length = character(at, &code);
        if (length == 0) {
            used += (size_t)snprintf(buffer + used, size - used, "\\x%02x", *at);
            at++;
        } else if (is_harmful(code)) {
            used += (size_t)snprintf(buffer + used, size - used,
                                     code > 0xffff ? "\\u{%x}" : "\\u%04x", code);
            at += length;
        } else {
            memcpy(buffer + used, at, length);
            used += length;
            at += length;
        }
    }
    if (*at != '\0') {
        memcpy(buffer + used, "\xe2\x80\xa6", CUT); /* … */
        used += CUT;
    }
    buffer[used] = '\0';
    return buffer;
}

static const char *harmless(toc_arena *arena, const char *text) {
    char shown[LONGEST_TEXT + LONGEST_SHOWN + CUT + 1];
    return toc_arena_text(arena, toc_problems_show(text, shown, sizeof shown));
}

const char *toc_problems_nearest(const char *const *table, size_t count, const char *name) {
    return toc_names_nearest_of(table, count, name);
}

/* A loop comes to the same place again and again: what is wrong there is told once. */
static bool is_told(const toc_problems *problems, toc_severity severity, toc_place place,
                    const char *text) {
    for (size_t i = problems->kept.count; i > 0; i--) {
        const toc_problem *kept = TOC_LIST_AT(const toc_problem, &problems->kept, i - 1);
        bool same_file = place.file == NULL ? kept->place.file == NULL
                                            : kept->place.file != NULL &&
                                                  strcmp(kept->place.file, place.file) == 0;
        if (kept->severity == severity && kept->place.line == place.line &&
            kept->place.column == place.column && same_file && strcmp(kept->text, text) == 0) {
            return true;
        }
    }
    return false;
}

__attribute__((format(printf, 4, 0))) static void put(toc_problems *problems, toc_severity severity,
                                                      toc_place place, const char *format,
                                                      va_list arguments) {
    char text[4 * LONGEST_TEXT];
    (void)vsnprintf(text, sizeof text, format, arguments);
    const char *shown = harmless(problems->arena, text);
    if (is_told(problems, severity, place, shown)) {
        return;
    }
    problems->counts[severity]++;
    if (problems->kept.count >= MOST_KEPT) {
        return;
    }
    toc_problem *problem = toc_list_add(&problems->kept, sizeof *problem);
    problem->severity = severity;
    problem->place = place;
    problem->place.file = place.file == NULL ? NULL : harmless(problems->arena, place.file);
    problem->text = shown;
}

toc_status toc_problems_error(toc_problems *problems, toc_place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put(problems, TOC_ERROR, place, format, arguments);
    va_end(arguments);
    return TOC_BAD_INPUT;
}

toc_status toc_problems_fault(toc_problems *problems, toc_place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put(problems, TOC_ERROR, place, format, arguments);
    va_end(arguments);
    return TOC_SYSTEM_FAULT;
}

void toc_problems_warn(toc_problems *problems, toc_place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put(problems, TOC_WARNING, place, format, arguments);
    va_end(arguments);
}

size_t toc_problems_count(const toc_problems *problems, toc_severity severity) {
    return problems->counts[severity];
}

size_t toc_problems_kept(const toc_problems *problems) {
    return problems->kept.count;
}

toc_problem toc_problems_at(const toc_problems *problems, size_t index) {
    TOC_ASSERT(index < problems->kept.count);
    return *TOC_LIST_AT(toc_problem, &problems->kept, index);
}

size_t toc_problems_print(toc_problem problem, char *buffer, size_t size) {
    toc_place place = problem.place;
    const char *kind = problem.severity == TOC_WARNING ? "warning: " : "";
    int length = 0;
    if (place.file == NULL) {
        length = snprintf(buffer, size, "%s%s", kind, problem.text);
    } else if (place.line == 0) {
        length = snprintf(buffer, size, "%s: %s%s", place.file, kind, problem.text);
    } else if (place.column == 0) {
        length = snprintf(buffer, size, "%s:%u: %s%s", place.file, place.line, kind, problem.text);
    } else {
        length = snprintf(buffer, size, "%s:%u:%u: %s%s", place.file, place.line, place.column,
                          kind, problem.text);
    }
    TOC_ASSERT(length >= 0);
    return (size_t)length;
}
