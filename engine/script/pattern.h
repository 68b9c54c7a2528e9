/* Pattern: Lua's patterns, matched in counted steps. Recursion is at most as deep as the pattern
   is long, and every character looked at is a step. */
#ifndef SCRIPT_PATTERN_H
#define SCRIPT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOC_PATTERN_ITEMS = 200, TOC_PATTERN_CAPTURES = 32 };

typedef struct toc_pattern_item {
    uint8_t kind, repeat, first, second;
    uint32_t set[8]; /* one bit for each byte that matches */
} toc_pattern_item;

typedef struct toc_pattern {
    bool is_anchored;
    uint32_t capture_count, item_count;
    toc_pattern_item items[TOC_PATTERN_ITEMS];
} toc_pattern;

typedef struct toc_pattern_capture {
    const char *start;
    ptrdiff_t length; /* TOC_PATTERN_POSITION for () */
} toc_pattern_capture;

enum { TOC_PATTERN_OPEN = -1, TOC_PATTERN_POSITION = -2 };

/* Told every few thousand steps, and at the end; it may not return (longjmp). */
typedef void toc_pattern_charge(void *object, uint64_t steps);

typedef struct toc_pattern_match {
    const char *subject;
    size_t length;
    toc_pattern_charge *charge;
    void *object;
    uint64_t steps;          /* not yet charged */
    const char *start, *end; /* of the match found */
    uint32_t capture_count;
    toc_pattern_capture captures[TOC_PATTERN_CAPTURES];
} toc_pattern_match;

/* What is wrong with the pattern, NULL where nothing is. `takes_anchor`: a leading ^ is an anchor,
   not a character. */
const char *toc_pattern_compile(toc_pattern *pattern, const char *text, size_t length,
                                bool takes_anchor);
/* Bytes that a compiled pattern really uses, so that it can be kept. */
size_t toc_pattern_size(const toc_pattern *pattern);
/* Matches at `at` exactly. The caller fills the first four members. */
bool toc_pattern_match_at(const toc_pattern *pattern, toc_pattern_match *match, const char *at);
/* The first match at `at` or behind it. */
bool toc_pattern_find(const toc_pattern *pattern, toc_pattern_match *match, const char *at);

#endif
