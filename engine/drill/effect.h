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
/* Effects on what is seen of a tank, not on the tank: their names, and whether that is one. */
const char *const *toc_effect_views(size_t *out_count);
bool toc_effect_is_view(const char *name);
/* Whether the element has a level whose report can lie. */
bool toc_effect_has_view(const toc_world *world, uint32_t element);
/* From now on the report of that tank lies so, or is true again. */
void toc_effect_look(toc_world *world, const char *name, uint32_t element);

#endif
