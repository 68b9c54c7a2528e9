#include "cli/words.h"

#include <string.h>

static const char *const quotes[][2] = {{"\"", "\""}, {"'", "'"}, {"\xe2\x80\x9c", "\xe2\x80\x9d"}};

/* The end of the quote that begins here, NULL where none does. */
static const char *quote_end(const char *at, size_t *length) {
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        *length = strlen(quotes[i][0]);
        if (strncmp(at, quotes[i][0], *length) == 0) {
            return quotes[i][1];
        }
    }
    return NULL;
}

/* Blanks, and the wide blank of Chinese input. */
static size_t blank(const char *at) {
    return *at == ' ' || *at == '\t' || *at == '\r' ? 1
           : strncmp(at, "\xe3\x80\x80", 3) == 0    ? 3
                                                    : 0;
}

/* One word; quotes are understood at its beginning and behind its first equals sign. */
static const char *take_word(const char *at, char **out) {
    bool may_quote = true, has_equals = false;
    while (*at != '\0' && blank(at) == 0) {
        size_t length = 0;
        const char *end = may_quote ? quote_end(at, &length) : NULL;
        const char *close = end == NULL ? NULL : strstr(at + length, end);
        if (close != NULL) {
            memcpy(*out, at + length, (size_t)(close - at) - length);
            *out += (size_t)(close - at) - length;
            at = close + length;
            may_quote = false;
            continue;
        }
        may_quote = *at == '=' && !has_equals;
        has_equals = has_equals || *at == '=';
        *(*out)++ = *at++;
    }
    *(*out)++ = '\0';
    return at;
}

void toc_words_split(const char *line, toc_words *out) {
    out->count = 0;
    size_t length = strlen(line);
    length =
        length < sizeof out->line - TOC_WORDS_MOST ? length : sizeof out->line - TOC_WORDS_MOST;
    memcpy(out->line, line, length);
    out->line[length] = '\0';
    const char *at = out->line;
    char *bytes = out->bytes;
    for (;;) {
        for (size_t skip = 0; (skip = blank(at)) > 0;) {
            at += skip;
        }
        if (*at == '\0' || out->count == TOC_WORDS_MOST) {
            return;
        }
        out->rest[out->count] = at;
        out->word[out->count++] = bytes;
        at = take_word(at, &bytes);
    }
}

size_t toc_words_pairs(const toc_words *words, size_t first, toc_wire_pair *pairs, size_t most,
                       char *keys, size_t size, const char **odd) {
    size_t count = 0;
    *odd = NULL;
    for (size_t i = first; i < words->count; i++) {
        const char *equals = strchr(words->word[i], '=');
        size_t length = equals == NULL ? 0 : (size_t)(equals - words->word[i]);
        if (length == 0 || length + 1 > size || count == most) {
            *odd = words->word[i];
            return count;
        }
        memcpy(keys, words->word[i], length);
        keys[length] = '\0';
        pairs[count++] = (toc_wire_pair){keys, equals + 1};
        keys += length + 1;
        size -= length + 1;
    }
    return count;
}
