/* Effect: what can be done to an asset, by name. */
#ifndef DRILL_EFFECT_H
#define DRILL_EFFECT_H

#include <stddef.h>

#include "model/world.h"

/* TOC_CAUSES where there is no effect of that name. */
toc_cause toc_effect_cause(const char *name);
/* All names, for those who read one of them. */
const char *const *toc_effect_names(size_t *out_count);

#endif
