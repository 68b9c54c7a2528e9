#include "console/lexicon.h"

#include <string.h>

const char *toc_lexicon_say(toc_lexicon_id id, const char *language) {
    static const char *const words[TOC_LEXICON_COUNT][2] = {
#define TOC_LEXICON(id, en, zh) {en, zh},
#include "console/lexicon.def"
#undef TOC_LEXICON
    };
    return words[id][strcmp(language, "zh") == 0];
}
