/* Belief: what an operator's team last knew of an element, when, and from where. Truth reaches it
   by telemetry while control of the asset is there, by customers' calls, by crews on the spot, and
   by messages; never by itself. */
#ifndef MODEL_BELIEF_H
#define MODEL_BELIEF_H

#include "model/world.h"

typedef enum toc_belief_source {
    TOC_SEEN_AT_START,
    TOC_SEEN_BY_TELEMETRY,
    TOC_SEEN_BY_CALLS,
    TOC_SEEN_BY_CREW,
    TOC_SEEN_BY_MESSAGE,
    TOC_BELIEF_SOURCES
} toc_belief_source;

typedef struct toc_belief {
    toc_operation operation;
    toc_time since; /* when it was learned */
    toc_belief_source source;
    bool stale; /* telemetry is lost: nobody would be told of a change */
} toc_belief;

toc_belief toc_belief_read(const toc_world *world, uint32_t operator_index, uint32_t element);
/* Tells the operator how things are with the element (a crew's look, a message), or by telemetry
   how they are shown. */
void toc_belief_learn(toc_world *world, uint32_t operator_index, uint32_t element,
                      toc_belief_source source);
/* Tells the listener that telemetry of the element came or went. */
void toc_belief_staleness_changed(toc_world *world, uint32_t operator_index, uint32_t element);
const char *toc_belief_source_name(toc_belief_source source);

#endif
