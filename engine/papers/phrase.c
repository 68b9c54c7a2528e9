#include "papers/phrase.h"

#include <string.h>

static const char *const phrases[][2] = {
#define TOC_PHRASE(id, english, chinese) {english, chinese},
#include "papers/phrase.def"
#undef TOC_PHRASE
};

const char *toc_phrase_in(const char *language, toc_phrase_id id) {
    return phrases[id][strcmp(language, "zh") == 0];
}
