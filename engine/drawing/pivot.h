/* Pivot: a first picture of a large connected graph, so that distances on the page are like
   distances along its edges. Source: Brandes and Pich, Eigensolver methods for progressive
   multidimensional scaling of large data (2006). */
#ifndef DRAWING_PIVOT_H
#define DRAWING_PIVOT_H

#include <stdint.h>

/* Neighbours of node i: next[first[i]] up to next[first[i + 1]]. Takes time in proportion to nodes
   and edges. */
void toc_pivot_place(uint32_t count, const uint32_t *first, const uint32_t *next, double *x,
                     double *y);

#endif
