/* Watch: waits until a criterion holds, then calls once. */
#ifndef DRILL_WATCH_H
#define DRILL_WATCH_H

#include "drill/criterion.h"

/* `by` says what made it hold. */
typedef void toc_watch_fired(toc_drill *drill, uint64_t argument, const char *by);

typedef struct toc_watch_order {
    uint32_t criterion;
    toc_criterion_scope scope;
    toc_watch_fired *fired;
    uint64_t argument;
} toc_watch_order;

/* First asked at the end of this instant, or of STARTEX while the scenario declares. */
uint32_t toc_watch_add(toc_drill *drill, const toc_watch_order *order);
void toc_watch_remove(toc_drill *drill, uint32_t watch);
uint32_t toc_watch_criterion(const toc_drill *drill, uint32_t watch);
/* Sets off what was added before the drill began. */
void toc_watch_begin(toc_drill *drill);
void toc_watch_finish(toc_drill *drill);

#endif
