/* Pattern: a compiler into items and a backtracking matcher. */
#include "script/pattern.h"

#include <string.h>

enum kind { SET, OPEN, POSITION, CLOSE, BALANCE, FRONTIER, BACK, AT_END, END };
enum repeat { ONCE, STAR, PLUS, MINUS, MAYBE };
enum { CHARGE_EVERY = 4096 };

/* Classes of ASCII bytes, whatever the user's locale. */
static bool is_class(unsigned char c, char class_letter) {
    bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    switch (class_letter) {
    case 'a':
        return lower || upper;
    case 'c':
        return c < 32 || c == 127;
    case 'd':
        return digit;
    case 'g':
        return c > 32 && c < 127;
    case 'l':
        return lower;
    case 'p':
        return c > 32 && c < 127 && !lower && !upper && !digit;
    case 's':
        return c == ' ' || (c >= 9 && c <= 13);
    case 'u':
        return upper;
    case 'w':
        return lower || upper || digit;
    default:
        return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}

static void add_byte(uint32_t set[8], unsigned char c) {
    set[c / 32] |= UINT32_C(1) << (c % 32);
}

static bool has_byte(const uint32_t set[8], unsigned char c) {
    return (set[c / 32] >> (c % 32) & 1) != 0;
}

/* What follows a %: a class, in capitals its opposite, or the character itself. */
static void add_escaped(uint32_t set[8], unsigned char c) {
    char letter = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if (c == '\0' || strchr("acdglpsuwx", letter) == NULL) {
        add_byte(set, c);
        return;
    }
    for (unsigned i = 0; i < 256; i++) {
        if (is_class((unsigned char)i, letter) == (c == (unsigned char)letter)) {
            add_byte(set, (unsigned char)i);
        }
    }
}

struct reader {
    const char *at, *end;
    const char *error;
};

/* Reads what follows the [ of a set, up to and with its ]. */
static void read_set(struct reader *reader, uint32_t set[8]) {
    const char *at = reader->at;
    bool is_opposite = at < reader->end && *at == '^';
    at += is_opposite;
    const char *first = at;
    for (; at < reader->end && (*at != ']' || at == first); at++) {
        if (*at == '%') {
            if (++at == reader->end) {
                break;
            }
            add_escaped(set, (unsigned char)*at);
        } else if (at + 2 < reader->end && at[1] == '-' && at[2] != ']') {
            for (unsigned c = (unsigned char)*at; c <= (unsigned char)at[2]; c++) {
                add_byte(set, (unsigned char)c);
            }
            at += 2;
        } else {
            add_byte(set, (unsigned char)*at);
        }
    }
    if (at >= reader->end) {
        reader->error = "a set [...] is not closed";
        return;
    }
    for (unsigned i = 0; is_opposite && i < 8; i++) {
        set[i] = ~set[i];
    }
    reader->at = at + 1;
}

/* Reads a single character, class or set with what repeats it. */
static void read_single(struct reader *reader, toc_pattern_item *item) {
    unsigned char c = (unsigned char)*reader->at++;
    item->kind = SET;
    if (c == '.') {
        memset(item->set, 0xFF, sizeof item->set);
    } else if (c == '[') {
        read_set(reader, item->set);
    } else if (c == '%') {
        add_escaped(item->set, (unsigned char)*reader->at++);
    } else {
        add_byte(item->set, c);
    }
    if (reader->error != NULL || reader->at >= reader->end) {
        return;
    }
    const char *repeats = "*+-?", *found = strchr(repeats, *reader->at);
    if (found != NULL && *found != '\0') {
        item->repeat = (uint8_t)(STAR + (found - repeats));
        reader->at++;
    }
}

struct brackets {
    uint32_t open[TOC_PATTERN_CAPTURES], depth;
    bool is_closed[TOC_PATTERN_CAPTURES];
};

static void read_bracket(struct reader *reader, toc_pattern *pattern, toc_pattern_item *item,
                         struct brackets *brackets) {
    if (*reader->at++ == ')') {
        item->kind = CLOSE;
        if (brackets->depth == 0) {
            reader->error = "a ) without its (";
            return;
        }
        item->first = (uint8_t)brackets->open[--brackets->depth];
        brackets->is_closed[item->first] = true;
        return;
    }
    if (pattern->capture_count == TOC_PATTERN_CAPTURES) {
        reader->error = "it has too many captures";
        return;
    }
    item->kind = OPEN;
    item->first = (uint8_t)pattern->capture_count++;
    if (reader->at < reader->end && *reader->at == ')') {
        item->kind = POSITION;
        reader->at++;
    } else {
        brackets->open[brackets->depth++] = item->first;
    }
}

/* Reads what begins with a % and is more than a character. False where it is not. */
static bool read_special(struct reader *reader, const toc_pattern *pattern, toc_pattern_item *item,
                         const struct brackets *brackets) {
    if (reader->end - reader->at < 2) {
        reader->error = "it ends with a single %";
        return true;
    }
    unsigned char c = (unsigned char)reader->at[1];
    if (c == 'b') {
        if (reader->end - reader->at < 4) {
            reader->error = "%b needs two characters";
            return true;
        }
        item->kind = BALANCE;
        item->first = (uint8_t)reader->at[2];
        item->second = (uint8_t)reader->at[3];
        reader->at += 4;
    } else if (c == 'f') {
        if (reader->end - reader->at < 3 || reader->at[2] != '[') {
            reader->error = "%f needs a set [...]";
            return true;
        }
        item->kind = FRONTIER;
        reader->at += 3;
        read_set(reader, item->set);
    } else if (c >= '0' && c <= '9') {
        item->kind = BACK;
        item->first = (uint8_t)(c - '1');
        reader->at += 2;
        if (c == '0' || item->first >= pattern->capture_count ||
            !brackets->is_closed[item->first]) {
            reader->error = "% and a number names a capture that is not complete there";
        }
    } else {
        return false;
    }
    return true;
}

const char *toc_pattern_compile(toc_pattern *pattern, const char *text, size_t length,
                                bool takes_anchor) {
    struct reader reader = {.at = text, .end = text + length};
    struct brackets brackets = {.depth = 0};
    *pattern = (toc_pattern){.is_anchored = takes_anchor && length > 0 && *text == '^'};
    reader.at += pattern->is_anchored;
    while (reader.at < reader.end && reader.error == NULL) {
        if (pattern->item_count == TOC_PATTERN_ITEMS - 1) {
            return "it is too long";
        }
        toc_pattern_item *item = &pattern->items[pattern->item_count++];
        if (*reader.at == '(' || *reader.at == ')') {
            read_bracket(&reader, pattern, item, &brackets);
        } else if (*reader.at == '$' && reader.at + 1 == reader.end) {
            item->kind = AT_END;
            reader.at++;
        } else if (*reader.at != '%' || !read_special(&reader, pattern, item, &brackets)) {
            read_single(&reader, item);
        }
    }
    if (reader.error == NULL && brackets.depth > 0) {
        return "a ( without its )";
    }
    pattern->items[pattern->item_count++].kind = END;
    return reader.error;
}

size_t toc_pattern_size(const toc_pattern *pattern) {
    return offsetof(toc_pattern, items) + pattern->item_count * sizeof pattern->items[0];
}

static void count(toc_pattern_match *match, uint64_t steps) {
    match->steps += steps;
    if (match->steps >= CHARGE_EVERY) {
        steps = match->steps;
        match->steps = 0;
        match->charge(match->object, steps);
    }
}

static bool is_single(const toc_pattern_match *match, const toc_pattern_item *item,
                      const char *at) {
    return at < match->subject + match->length && has_byte(item->set, (unsigned char)*at);
}

static const char *match_items(toc_pattern_match *match, const toc_pattern_item *item,
                               const char *at);

/* As many as there are, then fewer. */
static const char *match_greedy(toc_pattern_match *match, const toc_pattern_item *item,
                                const char *at, ptrdiff_t least) {
    ptrdiff_t most = 0;
    while (is_single(match, item, at + most)) {
        most++;
    }
    count(match, (uint64_t)most + 1);
    for (; most >= least; most--) {
        const char *end = match_items(match, item + 1, at + most);
        if (end != NULL) {
            return end;
        }
    }
    return NULL;
}

static const char *match_lazy(toc_pattern_match *match, const toc_pattern_item *item,
                              const char *at) {
    for (;; at++) {
        const char *end = match_items(match, item + 1, at);
        if (end != NULL || !is_single(match, item, at)) {
            return end;
        }
    }
}

static const char *match_balance(toc_pattern_match *match, const toc_pattern_item *item,
                                 const char *at) {
    const char *end = match->subject + match->length;
    if (at >= end || (uint8_t)*at != item->first) {
        return NULL;
    }
    size_t depth = 1;
    const char *next = at + 1;
    for (; next < end && depth > 0; next++) {
        if ((uint8_t)*next == item->second) {
            depth--;
        } else if ((uint8_t)*next == item->first) {
            depth++;
        }
    }
    count(match, (uint64_t)(next - at));
    return depth == 0 ? next : NULL;
}

static const char *match_back(toc_pattern_match *match, const toc_pattern_item *item,
                              const char *at) {
    const toc_pattern_capture *capture = &match->captures[item->first];
    if (capture->length == TOC_PATTERN_POSITION) {
        return at;
    }
    size_t length = (size_t)capture->length;
    count(match, 1 + length / 8);
    if ((size_t)(match->subject + match->length - at) < length ||
        memcmp(capture->start, at, length) != 0) {
        return NULL;
    }
    return at + length;
}

static bool is_frontier(const toc_pattern_match *match, const toc_pattern_item *item,
                        const char *at) {
    unsigned char before = at == match->subject ? '\0' : (unsigned char)at[-1];
    unsigned char here = at == match->subject + match->length ? '\0' : (unsigned char)*at;
    return !has_byte(item->set, before) && has_byte(item->set, here);
}

static const char *match_capture(toc_pattern_match *match, const toc_pattern_item *item,
                                 const char *at) {
    toc_pattern_capture *capture = &match->captures[item->first];
    toc_pattern_capture before = *capture;
    if (item->kind == CLOSE) {
        capture->length = at - capture->start;
    } else {
        capture->start = at;
        capture->length = item->kind == POSITION ? TOC_PATTERN_POSITION : TOC_PATTERN_OPEN;
    }
    const char *end = match_items(match, item + 1, at);
    if (end == NULL) {
        *capture = before;
    }
    return end;
}

static const char *match_repeated(toc_pattern_match *match, const toc_pattern_item *item,
                                  const char *at) {
    switch (item->repeat) {
    case STAR:
        return match_greedy(match, item, at, 0);
    case PLUS:
        return match_greedy(match, item, at, 1);
    case MINUS:
        return match_lazy(match, item, at);
    default:
        if (is_single(match, item, at)) {
            const char *end = match_items(match, item + 1, at + 1);
            if (end != NULL) {
                return end;
            }
        }
        return match_items(match, item + 1, at);
    }
}

static const char *match_items(toc_pattern_match *match, const toc_pattern_item *item,
                               const char *at) {
    for (; at != NULL; item++) {
        count(match, 1);
        switch ((enum kind)item->kind) {
        case END:
            return at;
        case OPEN:
        case POSITION:
        case CLOSE:
            return match_capture(match, item, at);
        case SET:
            if (item->repeat != ONCE) {
                return match_repeated(match, item, at);
            }
            at = is_single(match, item, at) ? at + 1 : NULL;
            break;
        case BALANCE:
            at = match_balance(match, item, at);
            break;
        case FRONTIER:
            at = is_frontier(match, item, at) ? at : NULL;
            break;
        case BACK:
            at = match_back(match, item, at);
            break;
        case AT_END:
            at = at == match->subject + match->length ? at : NULL;
            break;
        }
    }
    return NULL;
}

bool toc_pattern_match_at(const toc_pattern *pattern, toc_pattern_match *match, const char *at) {
    match->capture_count = pattern->capture_count;
    match->start = at;
    match->end = match_items(match, pattern->items, at);
    return match->end != NULL;
}

bool toc_pattern_find(const toc_pattern *pattern, toc_pattern_match *match, const char *at) {
    bool found = false;
    const char *end = match->subject + match->length;
    match->steps = 0;
    do {
        found = toc_pattern_match_at(pattern, match, at);
    } while (!found && ++at <= end && !pattern->is_anchored);
    uint64_t steps = match->steps;
    match->steps = 0;
    match->charge(match->object, steps);
    return found;
}
