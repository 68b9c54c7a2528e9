#include "tocsin/likeness.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DOMAIN_ROOM = 254, LEAST_DIGITS = 9, MOST_DIGITS = 15 };

/* One file as it is gone through: only what an author wrote for others to read counts. */
struct reading {
    toc_problems *problems;
    const char *at, *end;
    toc_place place; /* of `at` */
    uint32_t found;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_same(const char *text, size_t length, const char *word) {
    if (strlen(word) != length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (c != word[i]) {
            return false;
        }
    }
    return true;
}

static void warn(struct reading *reading, const char *what, size_t length, const char *advice) {
    toc_problems_warn(reading->problems, reading->place, "'%.*s' %s", (int)length, what, advice);
    reading->found++;
}

/* -- Addresses ----------------------------------------------------------------------------------
 */

/* Reads a dotted quad; its length, or 0 where there is none. */
static size_t read_address(const struct reading *reading, unsigned quad[4]) {
    const char *at = reading->at;
    for (int i = 0; i < 4; i++) {
        unsigned value = 0, digits = 0;
        while (at < reading->end && is_digit(*at) && digits < 4) {
            value = value * 10 + (unsigned)(*at++ - '0');
            digits++;
        }
        bool is_last = i == 3;
        if (digits == 0 || digits > 3 || value > 255 ||
            (!is_last && (at >= reading->end || *at != '.'))) {
            return 0;
        }
        quad[i] = value;
        at += !is_last;
    }
    bool goes_on = at < reading->end &&
                   (is_word(*at) || (*at == '.' && at + 1 < reading->end && is_digit(at[1])));
    return goes_on ? 0 : (size_t)(at - reading->at);
}

/* Private, local, multicast, or kept for documentation (RFC 1918, 6890 and 5737). */
static bool is_harmless(const unsigned quad[4]) {
    unsigned net = quad[0] << 16 | quad[1] << 8 | quad[2];
    return quad[0] == 0 || quad[0] == 10 || quad[0] == 127 || quad[0] >= 224 ||
           (quad[0] == 172 && quad[1] >= 16 && quad[1] < 32) ||
           (quad[0] == 192 && quad[1] == 168) || (quad[0] == 169 && quad[1] == 254) ||
           (quad[0] == 100 && quad[1] >= 64 && quad[1] < 128) || net == 0xC00002 ||
           net == 0xC63364 || net == 0xCB0071;
}

static size_t address(struct reading *reading) {
    unsigned quad[4];
    size_t length = read_address(reading, quad);
    if (length > 0 && !is_harmless(quad)) {
        warn(reading, reading->at, length,
             "is a public address; RFC 5737 keeps 192.0.2.x, 198.51.100.x and 203.0.113.x for "
             "examples");
    }
    return length;
}

/* -- Domains ------------------------------------------------------------------------------------
 */

static bool is_top_level(const char *label, size_t length) {
    static const char *const real[] = {
#define TOC_TOP_LEVEL(label) label,
#include "formats/likeness.def"
#undef TOC_TOP_LEVEL
    };
    for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
        if (is_same(label, length, real[i])) {
            return true;
        }
    }
    return false;
}

/* example.com and its like (RFC 2606), with whatever stands before. */
static bool is_example(const char *name, size_t length) {
    static const char *const kept[] = {"example.com", "example.net", "example.org", "example.edu"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        size_t tail = strlen(kept[i]);
        if (length >= tail && is_same(name + length - tail, tail, kept[i]) &&
            (length == tail || name[length - tail - 1] == '.')) {
            return true;
        }
    }
    return false;
}

static size_t domain(struct reading *reading) {
    const char *at = reading->at, *label = at;
    unsigned dots = 0;
    while (at < reading->end && (is_word(*at) || *at == '-' ||
                                 (*at == '.' && at + 1 < reading->end && is_word(at[1])))) {
        if (*at == '.') {
            dots++;
            label = at + 1;
        }
        at++;
    }
    size_t length = (size_t)(at - reading->at);
    /* a name before a bracket or a colon is a call in a program, or an asset's */
    bool is_call = at < reading->end && (*at == '(' || *at == '_');
    if (dots > 0 && length <= DOMAIN_ROOM && !is_call &&
        is_top_level(label, (size_t)(at - label)) && !is_example(reading->at, length)) {
        warn(reading, reading->at, length,
             "looks like a real domain; .example, .test and example.com are kept for examples");
    }
    return length;
}

/* -- Telephone numbers --------------------------------------------------------------------------
 */

/* Numbers kept for fiction: 555-01xx in North America, 7700 900xxx and 20 7946 0xxx in Britain, 491
   570 xxx and 5550 in Australia. */
static bool is_fiction(const char *digits) {
    return strstr(digits, "55501") != NULL || strstr(digits, "7700900") != NULL ||
           strstr(digits, "2079460") != NULL || strstr(digits, "491570") != NULL;
}

static size_t telephone(struct reading *reading) {
    const char *at = reading->at + 1;
    char digits[MOST_DIGITS + 1] = "";
    size_t count = 0;
    while (at < reading->end && (is_digit(*at) || strchr(" -()", *at) != NULL) &&
           count < MOST_DIGITS) {
        if (is_digit(*at)) {
            digits[count++] = *at;
        }
        at++;
    }
    digits[count] = '\0';
    size_t length = (size_t)(at - reading->at);
    while (length > 1 && !is_digit(reading->at[length - 1])) {
        length--;
    }
    if (count >= LEAST_DIGITS && !is_fiction(digits)) {
        warn(reading, reading->at, length,
             "looks like a real telephone number; +1 555 0100 to 0199 and +44 7700 900000 to "
             "900999 are kept for fiction");
    }
    return length;
}

/* -- Brands -------------------------------------------------------------------------------------
 */

static void brand(struct reading *reading) {
    static const char *const brands[] = {
#define TOC_BRAND(name) name,
#include "formats/likeness.def"
#undef TOC_BRAND
    };
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++) {
        size_t length = strlen(brands[i]);
        if ((size_t)(reading->end - reading->at) >= length &&
            memcmp(reading->at, brands[i], length) == 0 &&
            (reading->at + length == reading->end || !is_word(reading->at[length]))) {
            warn(reading, reading->at, length, "is a real company's or product's; invent one");
        }
    }
}

/* -- Files --------------------------------------------------------------------------------------
 */

static void step(struct reading *reading, size_t length) {
    for (size_t i = 0; i < length && reading->at < reading->end; i++) {
        if (*reading->at++ == '\n') {
            reading->place.line++;
            reading->place.column = 1;
        } else {
            reading->place.column++;
        }
    }
}

/* Looks at all words from `at` to `stop`. */
static void look(struct reading *reading, const char *stop) {
    const char *end = reading->end;
    reading->end = stop;
    while (reading->at < stop) {
        size_t length = 1;
        if (is_word(*reading->at)) {
            brand(reading);
            length = is_digit(*reading->at) ? address(reading) : 0;
            length = length > 0 ? length : domain(reading);
        } else if (*reading->at == '+') {
            length = telephone(reading);
        }
        step(reading, length > 0 ? length : 1);
    }
    reading->end = end;
}

/* Kept for documentation (RFC 5737). */
static bool is_documentation(const unsigned quad[4]) {
    unsigned net = quad[0] << 16 | quad[1] << 8 | quad[2];
    return net == 0xC00002 || net == 0xC63364 || net == 0xCB0071;
}

/* The length of what stands at `at` and must not leave, 0 where it may. */
static size_t to_withhold(struct reading *reading, size_t *out_length) {
    unsigned quad[4];
    uint32_t before = reading->found;
    size_t length = is_digit(*reading->at) ? read_address(reading, quad) : 0;
    if (length > 0) {
        *out_length = length;
        return is_documentation(quad) ? 0 : length;
    }
    length = is_word(*reading->at) ? domain(reading) : *reading->at == '+' ? telephone(reading) : 0;
    *out_length = length > 0 ? length : 1;
    return reading->found > before ? length : 0;
}

static void put(char *buffer, size_t size, size_t *used, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++, (*used)++) {
        if (*used + 1 < size) {
            buffer[*used] = text[i];
        }
    }
}

size_t toc_likeness_screen(const char *text, char *buffer, size_t size) {
    static const char withheld[] = "[withheld]";
    struct reading reading = {
        .problems = toc_problems_create(), .at = text, .end = text + strlen(text)};
    size_t used = 0, length = 1;
    while (reading.at < reading.end) {
        if (to_withhold(&reading, &length) > 0) {
            put(buffer, size, &used, withheld, sizeof withheld - 1);
        } else {
            put(buffer, size, &used, reading.at, length);
        }
        reading.at += length;
    }
    if (size > 0) {
        buffer[used < size ? used : size - 1] = '\0';
    }
    toc_problems_destroy(reading.problems);
    return used;
}

/* The end of a long bracket that begins at `at` ([[ or [==[), after it; NULL where none begins. */
static const char *long_bracket(const struct reading *reading, const char *at) {
    size_t level = 0;
    if (at >= reading->end || *at != '[') {
        return NULL;
    }
    while (at + 1 + level < reading->end && at[1 + level] == '=') {
        level++;
    }
    if (at + 1 + level >= reading->end || at[1 + level] != '[') {
        return NULL;
    }
    for (const char *close = at + 2 + level; close + level + 1 < reading->end; close++) {
        size_t same = 0;
        while (close[0] == ']' && same < level && close[1 + same] == '=') {
            same++;
        }
        if (close[0] == ']' && same == level && close[1 + level] == ']') {
            return close + level + 2;
        }
    }
    return reading->end;
}

static const char *string_end(const struct reading *reading, char quote) {
    const char *at = reading->at + 1;
    while (at < reading->end && *at != quote && *at != '\n') {
        at += *at == '\\' && at + 1 < reading->end ? 2 : 1;
    }
    return at < reading->end ? at : reading->end;
}

/* Of a script only the texts count. */
static void look_at_script(struct reading *reading) {
    while (reading->at < reading->end) {
        const char *at = reading->at, *stop = NULL;
        if (at + 1 < reading->end && at[0] == '-' && at[1] == '-') {
            stop = long_bracket(reading, at + 2);
            if (stop == NULL) {
                stop = memchr(at, '\n', (size_t)(reading->end - at));
            }
            step(reading, (size_t)((stop == NULL ? reading->end : stop) - at));
        } else if (*at == '"' || *at == '\'') {
            stop = string_end(reading, *at);
            step(reading, 1);
            look(reading, stop);
            step(reading, 1);
        } else if ((stop = long_bracket(reading, at)) != NULL) {
            look(reading, stop);
        } else {
            step(reading, 1);
        }
    }
}

static bool ends_with(const char *text, const char *tail) {
    size_t length = strlen(text), end = strlen(tail);
    return length >= end && strcmp(text + length - end, tail) == 0;
}

uint32_t toc_likeness_check(const toc_package *package, toc_problems *problems) {
    uint32_t found = 0;
    for (size_t i = 0; i < toc_package_count(package); i++) {
        toc_package_file file = toc_package_at(package, i);
        if (strcmp(file.path, "notes.md") == 0 || strncmp(file.path, "duties/", 7) == 0) {
            continue;
        }
        struct reading reading = {.problems = problems,
                                  .at = file.bytes,
                                  .end = file.bytes + file.size,
                                  .place = {toc_package_shown(package, file.path), 1, 1}};
        if (ends_with(file.path, ".lua")) {
            look_at_script(&reading);
        } else {
            look(&reading, reading.end);
        }
        found += reading.found;
    }
    return found;
}
