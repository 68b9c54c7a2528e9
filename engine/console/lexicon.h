/* Lexicon: every word that the console says of itself, in English and 简体中文. */
#ifndef CONSOLE_LEXICON_H
#define CONSOLE_LEXICON_H

typedef enum toc_lexicon_id {
#define TOC_LEXICON(id, en, zh) TOC_LEXICON_##id,
#include "console/lexicon.def"
#undef TOC_LEXICON
    TOC_LEXICON_COUNT
} toc_lexicon_id;

const char *toc_lexicon_say(toc_lexicon_id id, const char *language);

#endif
