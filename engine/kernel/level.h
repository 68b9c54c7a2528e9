/* Level: a buffer (battery, tank, stock) that fills or empties at a rate. Empty and full are
   scheduled, never polled; it keeps the remaining quantity, not the remaining time. */
#ifndef KERNEL_LEVEL_H
#define KERNEL_LEVEL_H

#include "kernel/calendar.h"

typedef enum toc_level_edge { TOC_LEVEL_EMPTY, TOC_LEVEL_FULL } toc_level_edge;

/* Called when an edge is reached; the rate is zero from then on until set anew. */
typedef void toc_level_action(void *object, uint64_t argument, toc_level_edge edge);

typedef struct toc_level toc_level;

/* Quantities in any unit; rates in quantity per hour. The start must lie within 0..capacity. */
toc_level *toc_level_create(toc_calendar *calendar, int64_t capacity, int64_t start,
                            toc_level_action *action, void *object, uint64_t argument);
void toc_level_destroy(toc_level *level);
/* Positive fills, negative empties; at an edge a rate that leads beyond it counts as zero. */
void toc_level_set_rate(toc_level *level, int64_t per_hour);
int64_t toc_level_quantity(const toc_level *level);
int64_t toc_level_rate(const toc_level *level);
/* When it will be empty at the present rate; TOC_NEVER where it will not. */
toc_time toc_level_empty_at(const toc_level *level);

#endif
