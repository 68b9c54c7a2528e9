/* Words: a command line of the text console taken apart: words, texts in quotes, key=value. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stddef.h>

#include "wire/wire.h"

enum { TOC_WORDS_MOST = 64, TOC_WORDS_BYTES = 32768 };

typedef struct toc_words {
    size_t count;
    const char *word[TOC_WORDS_MOST]; /* without quotes */
    const char *rest[TOC_WORDS_MOST]; /* the line from that word on, as it was typed */
    char bytes[TOC_WORDS_BYTES];
    char line[TOC_WORDS_BYTES];
} toc_words;

/* Quotes are "...", '...' and “...”, also behind an equals sign. */
void toc_words_split(const char *line, toc_words *out);
/* The words from `first` on that are key=value. The first that is none of a key goes to *odd. */
size_t toc_words_pairs(const toc_words *words, size_t first, toc_wire_pair *pairs, size_t most,
                       char *keys, size_t size, const char **odd);

#endif
