#include "console/binding.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

static const toc_binding bindings[] = {
#define A 'A'
#define P 'P'
#define C 'C'
#define E 'E'
#define TOC_BINDING(command, argument, key, what, desk)                                            \
    {command, argument, key, TOC_LEXICON_##what, desk},
#include "console/binding.def"
#undef TOC_BINDING
#undef A
#undef P
#undef C
#undef E
};

static bool is_of(const toc_binding *binding, char desk) {
    return binding->desk == 'A' || binding->desk == desk;
}

const toc_binding *toc_binding_at(uint32_t number, char desk) {
    for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        if (is_of(&bindings[i], desk) && number-- == 0) {
            return &bindings[i];
        }
    }
    return NULL;
}

const toc_binding *toc_binding_of_key(const char *key, char desk) {
    for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        const toc_binding *binding = &bindings[i];
        /* a letter alone is meant whether it is typed large or small */
        bool is_same = strlen(key) == 1 ? g_ascii_strcasecmp(binding->key, key) == 0
                                        : strcmp(binding->key, key) == 0;
        if (is_same && is_of(binding, desk)) {
            return binding;
        }
    }
    return NULL;
}
