#include "drill/inject_kind.h"

#include <stddef.h>
#include <string.h>

#include "kernel/names.h"

static const toc_inject_kind kinds[] = {
#define TOC_INJECT_KIND(name, sort, effect, meaning) {name, effect, meaning, TOC_INJECT_##sort},
#include "drill/inject_kind.def"
#undef TOC_INJECT_KIND
};

static const char *const names[] = {
#define TOC_INJECT_KIND(name, sort, effect, meaning) name,
#include "drill/inject_kind.def"
#undef TOC_INJECT_KIND
};

enum { COUNT = sizeof kinds / sizeof *kinds };

const toc_inject_kind *toc_inject_kind_find(const char *name) {
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

const char *toc_inject_kind_nearest(const char *name) {
    const char *nearest = toc_names_nearest_of(names, COUNT, name);
    size_t family = strcspn(name, ".");
    for (size_t i = 0; nearest == NULL && i < COUNT; i++) {
        const char *dot = strchr(names[i], '.');
        if ((size_t)(dot - names[i]) == family && strncmp(names[i], name, family) == 0) {
            nearest = names[i];
        }
        if (name[family] == '\0' && strcmp(dot + 1, name) == 0) {
            nearest = names[i];
        }
    }
    return nearest;
}
