/* Names: a set of texts numbered in order of arrival; the number is what the engine keeps. */
#ifndef KERNEL_NAMES_H
#define KERNEL_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TOC_NONE UINT32_MAX

typedef struct toc_names toc_names;

toc_names *toc_names_create(void);
void toc_names_destroy(toc_names *names);
/* The number of `name`, new or not; `was_new` may be NULL. */
uint32_t toc_names_add(toc_names *names, const char *name, bool *was_new);
/* The numbers of several names, new or not; faster than one by one, because they are fetched from
   memory together. At most TOC_NAMES_TOGETHER. */
#define TOC_NAMES_TOGETHER 8
void toc_names_add_all(toc_names *names, const char *const *list, size_t count, uint32_t *out);
/* Begins to fetch what adding or finding the name will want; nothing else happens. */
void toc_names_expect(const toc_names *names, const char *name);
/* TOC_NONE where there is none. */
uint32_t toc_names_find(const toc_names *names, const char *name);
/* Valid as long as the set. */
const char *toc_names_at(const toc_names *names, uint32_t number);
uint32_t toc_names_count(const toc_names *names);
/* For searching a short table of words: most differ in their first letter. */
static inline bool toc_names_same(const char *a, const char *b) {
    return a[0] == b[0] && strcmp(a, b) == 0;
}
/* The name most like `name` (Damerau-Levenshtein, at most a third of its length off), else NULL. */
const char *toc_names_nearest(const toc_names *names, const char *name);
/* The same over a plain table of texts. */
const char *toc_names_nearest_of(const char *const *table, size_t count, const char *name);

#endif
