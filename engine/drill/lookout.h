/* Lookout: what sensors and hunts say, as an operator's people come to know it. A false alarm is
   told in the same words as any other. */
#ifndef DRILL_LOOKOUT_H
#define DRILL_LOOKOUT_H

#include "drill/state.h"
#include "drill/ticket.h"

typedef struct toc_lookout_query {
    const char *team;  /* operator or a seat of it; NULL: any */
    const char *asset; /* NULL: any */
    bool genuine;      /* no false alarms */
    toc_time since;    /* seen before does not count */
} toc_lookout_query;

/* How many alerts people have seen, as part of a condition that may be asked; `out_asset`, which
   may be NULL, is the first one's where there is one. */
uint32_t toc_lookout_seen(const toc_drill *drill, const toc_lookout_query *query,
                          const char **out_asset);
void toc_lookout_on_change(toc_drill *drill, const toc_change *change);
/* The action hunt, on a zone. */
const char *toc_lookout_begin_hunt(toc_drill *drill, uint32_t number);
const char *toc_lookout_end_hunt(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
