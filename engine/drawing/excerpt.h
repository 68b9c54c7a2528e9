/* Excerpt: the part of a topology that one operator owns, for pictures. What is not in it cannot be
   drawn by mistake: nobody else's assets, and no link or dependency that leads there. */
#ifndef DRAWING_EXCERPT_H
#define DRAWING_EXCERPT_H

#include "tocsin/topology.h"

/* Texts are lent by the whole. It has assets, zones, links and dependencies of assets on assets,
   and nothing else. NULL where the operator owns no asset. Freed by toc_excerpt_destroy. */
toc_topology *toc_excerpt_create(const toc_topology *whole, uint32_t operator_index);
void toc_excerpt_destroy(toc_topology *excerpt);

#endif
