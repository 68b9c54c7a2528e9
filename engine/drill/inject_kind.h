/* Inject kind: what sort of thing an inject is, by name: "failure.breaker". */
#ifndef DRILL_INJECT_KIND_H
#define DRILL_INJECT_KIND_H

typedef enum toc_inject_sort {
    TOC_INJECT_WORDS,
    TOC_INJECT_WORLD,
    TOC_INJECT_HIDDEN,
    TOC_INJECT_STOP
} toc_inject_sort;

typedef struct toc_inject_kind {
    const char *name, *effect, *meaning;
    toc_inject_sort sort;
} toc_inject_kind;

/* NULL where there is none; the name of a family is none. */
const toc_inject_kind *toc_inject_kind_find(const char *name);
/* The name most like `name`: of the whole, or of a kind of that family. NULL. */
const char *toc_inject_kind_nearest(const char *name);

#endif
