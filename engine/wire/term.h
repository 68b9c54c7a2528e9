/* Term: what people call the words of the wire, in English and 简体中文. */
#ifndef WIRE_TERM_H
#define WIRE_TERM_H

#include <stdbool.h>

typedef enum toc_term_kind {
    TOC_TERM_STATE,
    TOC_TERM_CHANNEL,
    TOC_TERM_KEY,
    TOC_TERM_VERB
} toc_term_kind;

/* The word itself where it is none of ours. */
const char *toc_term_say(toc_term_kind kind, const char *word, const char *language);
/* What an action does; `english` is what the server said. */
const char *toc_term_help(const char *verb, const char *language, const char *english);
/* Whether it has a name of ours. */
bool toc_term_is_known(toc_term_kind kind, const char *word);

#endif
