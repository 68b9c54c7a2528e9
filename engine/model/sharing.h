/* Sharing: evens out what several nodes of a flow get (or give), so that the one that is worst off
   in proportion to its weight is as well off as the arcs allow, then the next worst off, and so on
   (the max-min fair flow, by splitting at bottlenecks as in Fujishige 1980). */
#ifndef MODEL_SHARING_H
#define MODEL_SHARING_H

#include "model/maxflow.h"

/* One of a node; amounts as they were pushed. */
struct share {
    uint32_t node;
    int64_t amount, weight, most;
};

/* Moves amounts between shares whose nodes have the same label; the sum stays as it is. `giving`:
   they are what the nodes send, not what they get. Nothing in the net may have or want anything;
   labels are used up. After `rounds` splits it stays at what it has. */
void toc_sharing_even(toc_maxflow *net, uint32_t nodes, struct share *shares, uint32_t count,
                      bool giving, int rounds);

#endif
