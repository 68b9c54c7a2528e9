/* Resolve: the end of building. Names become indexes, what is wrong is told, and the lists become
   the arrays of a topology. */
#ifndef MODEL_RESOLVE_H
#define MODEL_RESOLVE_H

#include "model/draft.h"

/* Adds to the draft's mistakes; without errors the draft is complete afterwards. */
void toc_resolve_all(toc_builder *builder);
/* Moves the arrays into the topology and leaves the builder without one. */
toc_topology *toc_resolve_take(toc_builder *builder);
/* Frees lists and topology of a builder, whatever it still has. */
void toc_resolve_discard(toc_builder *builder);

#endif
