/* Instant: how every asset stood at one time, from the record: on the map and counted. */
#ifndef EVALUATION_INSTANT_H
#define EVALUATION_INSTANT_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

/* A toc_map_state for each element of the topology, after everything that happened up to and at
   that time; the caller frees it. */
uint8_t *toc_instant_states(const toc_measures *measures, toc_time at);
/* The worst instant: a map and a table. A map that cannot be drawn is told, and left out. */
void toc_instant_write(const toc_measures *measures, toc_problems *problems, toc_html *html);

#endif
