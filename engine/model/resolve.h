/* Resolve: the end of building. Names become indexes, what is wrong is told, and the lists become
   the arrays of a topology. */
#ifndef MODEL_RESOLVE_H
#define MODEL_RESOLVE_H

#include "model/draft.h"

/* Adds to the draft's mistakes; without errors the draft is complete afterwards. */
void toc_resolve_all(toc_builder *builder);
/* Moves the arrays into the topology and leaves the builder without one. */
toc_topology *toc_resolve_take(toc_builder *builder);
/* What a word stands for in a roll, TOC_INDEX_NONE for no word; tells who asked for something that
   is not there. */
uint32_t toc_resolve_word(toc_builder *builder, const struct roll *roll, uint32_t word,
                          struct spot spot, const char *what, const char *asker);
/* The asset behind a mark, TOC_INDEX_NONE (and told) where there is none. */
uint32_t toc_resolve_asset(toc_builder *builder, uint32_t mark, struct spot spot,
                           const char *asker);
/* Frees lists and topology of a builder, whatever it still has. */
void toc_resolve_discard(toc_builder *builder);

#endif
