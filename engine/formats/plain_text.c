#include "formats/plain_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST = 200 };

/* Length of the UTF-8 sequence at `at` and its character; 0 where it is none. */
static size_t decode(const unsigned char *at, uint32_t *out) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80              ? 1
                    : (at[0] & 0xE0u) == 0xC0 ? 2
                    : (at[0] & 0xF0u) == 0xE0 ? 3
                    : (at[0] & 0xF8u) == 0xF0 ? 4
                                              : 0;
    uint32_t character = at[0];
    if (length > 1) {
        character = at[0] & (0x7Fu >> length);
    }
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0u) != 0x80u) {
            return 0;
        }
        character = character << 6 | (at[i] & 0x3Fu);
    }
    if (length == 0 || character < least[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF)) {
        return 0;
    }
    *out = character;
    return length;
}

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000;
}

/* Controls, marks that change the direction of text, invisible joiners and what XML cannot hold. */
static bool is_harmful(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c & 0xFFFEu) == 0xFFFEu || (c >= 0xE0000 && c <= 0xE007F);
}

/* What stands for a run of blanks with `ends` line ends in it. */
static size_t put_gap(char *to, size_t ends, bool keeps_lines) {
    if (!keeps_lines || ends == 0) {
        to[0] = ' ';
        return 1;
    }
    memset(to, '\n', ends);
    return ends;
}

static const char *clean(toc_arena *arena, const char *text, size_t most, bool keeps_lines) {
    static const char replacement[] = "\xEF\xBF\xBD";
    const unsigned char *at = (const unsigned char *)text;
    size_t longest = strlen(text), length = 0;
    /* a byte that is no UTF-8 becomes three */
    char *clean = toc_arena_alloc(arena, (longest < most ? longest : most) * 3 + 8);
    bool blank = false;
    size_t ends = 0; /* of lines, in the blanks at hand */
    while (*at != '\0' && length < most) {
        uint32_t character = 0;
        size_t step = decode(at, &character);
        const char *put = step == 0 || is_harmful(character) ? replacement : (const char *)at;
        size_t size = put == replacement ? 3 : step;
        if (step > 0 && is_blank(character)) {
            ends = (blank ? ends : 0) + (character == '\n');
            blank = length > 0;
            at += step;
            continue;
        }
        if (blank) {
            length += put_gap(clean + length, ends, keeps_lines);
            blank = false;
        }
        memcpy(clean + length, put, size);
        length += size;
        at += step == 0 ? 1 : step;
    }
    clean[length] = '\0';
    return clean;
}

const char *toc_plain_text_clean(toc_arena *arena, const char *text) {
    return clean(arena, text, LONGEST, false);
}

const char *toc_plain_text_whole(toc_arena *arena, const char *text) {
    return clean(arena, text, SIZE_MAX / 4, false);
}

const char *toc_plain_text_lines(toc_arena *arena, const char *text) {
    return clean(arena, text, SIZE_MAX / 4, true);
}

const char *toc_plain_text_fold(const char *text, char *buffer, size_t size) {
    size_t length = 0;
    for (; *text != '\0' && length + 1 < size; text++) {
        if (strchr(" _-./:()", *text) == NULL) {
            buffer[length++] = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        }
    }
    buffer[length] = '\0';
    return buffer;
}

bool toc_plain_text_is_formula(const char *text) {
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

const char *toc_plain_text_id(toc_arena *arena, toc_names *taken, const char *raw,
                              const char *fallback) {
    const char *plain = toc_plain_text_clean(arena, raw);
    char *base = toc_arena_text(arena, plain[0] != '\0' ? plain : fallback);
    const char *id = base;
    for (char *c = base; *c != '\0'; c++) {
        *c = *c == ' ' ? '-' : *c;
    }
    for (uint32_t number = 2; toc_names_find(taken, id) != TOC_NONE; number++) {
        /* many of one kind: go on behind all there are, not one by one */
        number = number == 10 ? toc_names_count(taken) : number;
        id = toc_arena_format(arena, "%s-%lu", base, (unsigned long)number);
    }
    (void)toc_names_add(taken, id, NULL);
    return id;
}
