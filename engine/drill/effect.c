#include "drill/effect.h"

#include <string.h>

static const char *const names[] = {
#define TOC_EFFECT(name, cause) name,
#include "drill/effect.def"
#undef TOC_EFFECT
};

static const toc_cause causes[] = {
#define TOC_EFFECT(name, cause) TOC_CAUSE_##cause,
#include "drill/effect.def"
#undef TOC_EFFECT
};

enum { COUNT = sizeof names / sizeof *names };

toc_cause toc_effect_cause(const char *name) {
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return causes[i];
        }
    }
    return TOC_CAUSES;
}

const char *const *toc_effect_names(size_t *out_count) {
    *out_count = COUNT;
    return names;
}
