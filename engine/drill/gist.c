#include "drill/gist.h"

#include <string.h>

#include "kernel/assert.h"
#include "kernel/names.h"

static const char *const names[] = {
#define TOC_GIST(id, name, what) name,
#include "drill/gist.def"
#undef TOC_GIST
};

struct row {
    const char *word;
    toc_gist gist;
};

static const struct row of_verbs[] = {
#define TOC_GIST_OF_VERB(word, gist) {word, TOC_GIST_##gist},
#include "drill/gist.def"
#undef TOC_GIST_OF_VERB
};

static const struct row of_kinds[] = {
#define TOC_GIST_OF_KIND(word, gist) {word, TOC_GIST_##gist},
#include "drill/gist.def"
#undef TOC_GIST_OF_KIND
};

const char *toc_gist_name(toc_gist gist) {
    TOC_ASSERT(gist < TOC_GISTS);
    return names[gist];
}

toc_gist toc_gist_find(const char *name) {
    unsigned gist = 0;
    while (gist < TOC_GISTS && strcmp(names[gist], name) != 0) {
        gist++;
    }
    return (toc_gist)gist;
}

const char *toc_gist_nearest(const char *name) {
    return toc_names_nearest_of(names, TOC_GISTS, name);
}

static toc_gist of_verb(const char *verb) {
    for (size_t i = 0; i < sizeof of_verbs / sizeof *of_verbs; i++) {
        if (strcmp(of_verbs[i].word, verb) == 0) {
            return of_verbs[i].gist;
        }
    }
    return TOC_GISTS;
}

static toc_gist of_kind(const char *kind) {
    toc_gist gist = TOC_GISTS;
    for (size_t i = 0; i < sizeof of_kinds / sizeof *of_kinds; i++) {
        size_t length = strlen(of_kinds[i].word);
        if (strncmp(kind, of_kinds[i].word, length) == 0 &&
            (kind[length] == '.' || kind[length] == '\0')) {
            gist = of_kinds[i].gist;
        }
    }
    return gist;
}

toc_gist toc_gist_of_inject(const toc_inject *inject) {
    toc_gist gist = inject->kind == NULL ? TOC_GISTS : of_kind(inject->kind->name);
    if (inject->about != NULL) {
        return toc_gist_find(inject->about);
    }
    for (uint32_t i = 0; i < inject->expect_count; i++) {
        toc_gist expected = of_verb(inject->expects[i]);
        gist = expected < gist ? expected : gist;
    }
    return gist;
}
