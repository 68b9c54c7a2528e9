/* Witness: what changes in the world goes on the trace, and to the seats whose operator knows. */
#ifndef DRILL_WITNESS_H
#define DRILL_WITNESS_H

#include "drill/state.h"

/* Puts demand and supply of every service on the trace, as the drill starts. */
void toc_witness_begin(toc_drill *drill);
/* A toc_world_listener; `object` is the drill. */
void toc_witness_change(void *object, const toc_change *change);
void toc_witness_finish(toc_drill *drill);

#endif
