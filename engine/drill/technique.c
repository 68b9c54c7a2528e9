#include "drill/technique.h"

#include <string.h>

#include "kernel/names.h"

static const char *const ids[] = {
#define TOC_TECHNIQUE(id, name) id,
#include "drill/technique.def"
#undef TOC_TECHNIQUE
};

static const char *const titles[] = {
#define TOC_TECHNIQUE(id, name) name,
#include "drill/technique.def"
#undef TOC_TECHNIQUE
};

enum { COUNT = sizeof ids / sizeof *ids };

static size_t find(const char *id) {
    size_t at = 0;
    while (at < COUNT && strcmp(ids[at], id) != 0) {
        at++;
    }
    return at;
}

const char *toc_technique_id(const char *id) {
    size_t at = find(id);
    return at < COUNT ? ids[at] : NULL;
}

const char *toc_technique_name(const char *id) {
    size_t at = find(id);
    return at < COUNT ? titles[at] : NULL;
}

const char *toc_technique_nearest(const char *id) {
    const char *title = toc_names_nearest_of(titles, COUNT, id);
    for (size_t i = 0; title != NULL && i < COUNT; i++) {
        if (titles[i] == title) {
            return ids[i];
        }
    }
    return toc_names_nearest_of(ids, COUNT, id);
}
