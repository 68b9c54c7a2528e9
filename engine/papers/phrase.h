/* Phrase: words that papers say of their own, in each language. */
#ifndef PAPERS_PHRASE_H
#define PAPERS_PHRASE_H

typedef enum toc_phrase_id {
#define TOC_PHRASE(id, english, chinese) TOC_PHRASE_##id,
#include "papers/phrase.def"
#undef TOC_PHRASE
    TOC_PHRASES
} toc_phrase_id;

/* In English where `language` is not "zh". */
const char *toc_phrase_in(const char *language, toc_phrase_id id);

#endif
