/* Pipework: the end of building for what flows. Services become commodities, links and assets learn
   which of them they carry, and demands find their patterns. */
#ifndef MODEL_PIPEWORK_H
#define MODEL_PIPEWORK_H

#include "model/draft.h"

/* Wants provisions, links and assets resolved. */
void toc_pipework_resolve(toc_builder *builder);

#endif
