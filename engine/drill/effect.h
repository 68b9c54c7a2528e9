/* Effect: what can be done to an asset, by name. */
#ifndef DRILL_EFFECT_H
#define DRILL_EFFECT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/world.h"

/* TOC_CAUSES where there is no effect of that name. */
toc_cause toc_effect_cause(const char *name);
/* All names of those, for those who read one of them. */
const char *const *toc_effect_names(size_t *out_count);

/* What an effect of "falsify" has shown. */
typedef struct toc_pretence {
    bool is_state; /* `shown` is the state; else what is shown stays as it is now */
    toc_operation shown;
    bool is_level; /* `level_mm` is the level of the tank; likewise */
    int32_t level_mm;
} toc_pretence;

enum { TOC_MOST_EFFECTS = 64 };

/* Every effect that a technique can have, into room for TOC_MOST_EFFECTS: how many. */
size_t toc_effect_all(const char **names);
/* Why the effect cannot be had on that element, or NULL. */
const char *toc_effect_obstacle(const toc_world *world, const char *name, uint32_t element);
/* Why it would change nothing: the cause that is there already, or (`out_is_there` false) the one
   that there is not; TOC_CAUSES where it would change something. */
toc_cause toc_effect_needless(const toc_world *world, const char *name, uint32_t element,
                              bool *out_is_there);
/* Has it, and whether that changed anything. */
bool toc_effect_apply(toc_world *world, const char *name, uint32_t element,
                      const toc_pretence *pretence);

#endif
