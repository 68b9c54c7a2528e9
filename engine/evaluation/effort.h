/* Effort: what teams and seats did, and when each first did what matters. */
#ifndef EVALUATION_EFFORT_H
#define EVALUATION_EFFORT_H

#include "evaluation/measure_state.h"

/* A fact of the kind seat. */
void toc_effort_read_seat(toc_measures *measures, const toc_trace_entry *entry);
/* The operators that own assets, before the first entry. */
void toc_effort_begin(toc_measures *measures);
/* Any other entry; those that say nothing of anybody's effort are passed over. */
void toc_effort_read(toc_measures *measures, const toc_measure_entry *at);
/* After toc_loss_close: when each team's services failed and were whole again. */
void toc_effort_close(toc_measures *measures);

#endif
