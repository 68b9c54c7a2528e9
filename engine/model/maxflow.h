/* Maxflow: how much can go through a network of arcs with capacities, from nodes that have to nodes
   that want (Dinic 1970, in whole numbers). The order of nodes and arcs decides between equals. */
#ifndef MODEL_MAXFLOW_H
#define MODEL_MAXFLOW_H

#include <stdbool.h>
#include <stdint.h>

/* More than can be asked for, and still far from what 64 bits hold. */
#define TOC_MAXFLOW_UNLIMITED (INT64_C(1) << 60)

typedef struct toc_maxflow toc_maxflow;

toc_maxflow *toc_maxflow_create(uint32_t nodes);
void toc_maxflow_destroy(toc_maxflow *net);
/* The number of the arc; before the first push. */
uint32_t toc_maxflow_join(toc_maxflow *net, uint32_t from, uint32_t to);
/* What the arc lets through, either way; it carries nothing then. */
void toc_maxflow_limit(toc_maxflow *net, uint32_t arc, int64_t forth, int64_t back);
/* What it carries from its first end to its second, less what it carries back. */
int64_t toc_maxflow_carried(const toc_maxflow *net, uint32_t arc);
bool toc_maxflow_is_open(const toc_maxflow *net, uint32_t arc, bool forth);
/* Marks the nodes that something could get to from the node (or, not forth, from where it could
   come), by the limits alone; after the first push. */
void toc_maxflow_trace(const toc_maxflow *net, uint32_t node, bool forth, uint8_t *marks);

/* What a node has and what it wants; pushing uses up both. */
void toc_maxflow_set_has(toc_maxflow *net, uint32_t node, int64_t amount);
void toc_maxflow_set_wants(toc_maxflow *net, uint32_t node, int64_t amount);
int64_t toc_maxflow_has(const toc_maxflow *net, uint32_t node);
int64_t toc_maxflow_wants(const toc_maxflow *net, uint32_t node);
/* Nothing is pushed from a node into one with another label; all begin with 0. */
void toc_maxflow_set_label(toc_maxflow *net, uint32_t node, uint32_t label);
uint32_t toc_maxflow_label(const toc_maxflow *net, uint32_t node);

/* Pushes as much as goes; gives how much. What a node wants and gets it keeps. */
int64_t toc_maxflow_push(toc_maxflow *net);
/* After a push: whether a node that still has something could send it here. */
bool toc_maxflow_is_reached(const toc_maxflow *net, uint32_t node);

#endif
