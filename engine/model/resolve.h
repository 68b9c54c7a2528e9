/* Resolve: the end of building. Names become indexes, what is wrong is told, and the lists become
   the arrays of a topology. */
#ifndef MODEL_RESOLVE_H
#define MODEL_RESOLVE_H

#include "model/draft.h"

/* Adds to the draft's mistakes; without errors the draft is complete afterwards. */
void toc_resolve_all(toc_builder *builder);
/* What a word stands for in a roll; tells who asked for something that is not there. */
uint32_t toc_resolve_word(toc_builder *builder, const struct roll *roll, uint32_t word,
                          struct spot spot, const char *what, const char *asker);
/* The element behind a mark, TOC_INDEX_NONE (and told) where there is none. */
uint32_t toc_resolve_element(toc_builder *builder, uint32_t mark, struct spot spot,
                             const char *asker);
/* The same, where a link would be a mistake. */
uint32_t toc_resolve_asset(toc_builder *builder, uint32_t mark, struct spot spot,
                           const char *asker);
/* Skills are free words; one that is nearly that of a job is warned of. */
void toc_resolve_skills(toc_builder *builder, const char *what, const char *id, const char *list,
                        struct spot spot);
/* Moves the arrays into the topology and leaves the builder without one. */
toc_topology *toc_resolve_take(toc_builder *builder);
/* Frees lists and topology of a builder, whatever it still has. */
void toc_resolve_discard(toc_builder *builder);

#endif
