#include "wire/term.h"

#include <stddef.h>
#include <string.h>

struct term {
    toc_term_kind kind;
    const char *word, *en, *zh;
};

static const struct term terms[] = {
#define TOC_TERM(kind, word, en, zh) {TOC_TERM_##kind, word, en, zh},
#define TOC_TERM_HELP(verb, zh)
#include "wire/term.def"
#undef TOC_TERM
#undef TOC_TERM_HELP
};

static const struct term helps[] = {
#define TOC_TERM(kind, word, en, zh)
#define TOC_TERM_HELP(verb, zh) {TOC_TERM_VERB, verb, "", zh},
#include "wire/term.def"
#undef TOC_TERM
#undef TOC_TERM_HELP
};

static const struct term *find(toc_term_kind kind, const char *word) {
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        if (terms[i].kind == kind && strcmp(terms[i].word, word) == 0) {
            return &terms[i];
        }
    }
    return NULL;
}

const char *toc_term_say(toc_term_kind kind, const char *word, const char *language) {
    const struct term *term = find(kind, word);
    return term == NULL ? word : strcmp(language, "zh") == 0 ? term->zh : term->en;
}

const char *toc_term_help(const char *verb, const char *language, const char *english) {
    if (strcmp(language, "zh") != 0) {
        return english;
    }
    for (size_t i = 0; i < sizeof helps / sizeof helps[0]; i++) {
        if (strcmp(helps[i].word, verb) == 0) {
            return helps[i].zh;
        }
    }
    return english;
}

bool toc_term_is_known(toc_term_kind kind, const char *word) {
    return find(kind, word) != NULL;
}
