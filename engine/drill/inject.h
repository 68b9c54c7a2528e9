/* Inject: an entry of the event list, brought to seats by the clock, by a condition or by hand. */
#ifndef DRILL_INJECT_H
#define DRILL_INJECT_H

#include "drill/criterion.h"
#include "drill/effect.h"
#include "drill/inject_kind.h"
#include "drill/state.h"

typedef struct toc_call toc_call; /* call.h */

typedef struct toc_inject {
    const char *id;
    const char *from, *channel, *text;
    const char *about;           /* gist.def; NULL: its author does not say */
    const toc_inject_kind *kind; /* NULL: words that nobody has sorted */
    const char *const *to;       /* seats or teams; their texts, too, live as long as the drill */
    uint32_t to_count;
    const char **expects; /* verbs */
    uint32_t expect_count;
    bool informs;    /* its author says that nothing is expected of it */
    toc_time within; /* what is expected should be done; TOC_NEVER: by the end */

    toc_time at;      /* TOC_NEVER: by hand, or as soon as `when` holds */
    uint32_t when;    /* criterion that brings it, not before `at`; TOC_INDEX_NONE: none */
    uint32_t unless;  /* criterion that makes it needless, asked when it would come */
    bool contingency; /* not part of the plan: for players who stall or run ahead */
    bool hidden;      /* no seat is told */

    const char *effect;       /* "": the world stays as it is */
    toc_pretence pretence;    /* of the effect "falsify" */
    const uint32_t *elements; /* what it happens to */
    uint32_t element_count;
    int64_t share_ppm; /* of them that are hit, drawn for each */
    toc_time lasts;    /* TOC_NEVER: until somebody mends it */
    bool *hit;         /* each of them, filled in at delivery */

    const char **attachments; /* files of the package that come with it */
    uint32_t attachment_count;

    const char *const *cells; /* as a planner's table has it (msel.h); NULL: of no table */
    toc_place place;
    toc_time delivered_at; /* TOC_NEVER while it has not been */

    const toc_call *call; /* somebody speaks it; NULL: it is written */
    toc_time rang_at;     /* when the call was due; TOC_NEVER: it has not been */

    toc_event_id due;   /* its time on the calendar */
    bool held;          /* kept back by those who run the drill */
    toc_time missed_at; /* when it would have come while it was held; TOC_NEVER: it would not */
    bool moved;         /* its time is not the plan's */
} toc_inject;

/* Adds it; in a running drill its time starts to count at once. An id of "" is made. The number. */
uint32_t toc_inject_add(toc_drill *drill, const toc_inject *inject);
/* TOC_INDEX_NONE where there is none. */
uint32_t toc_inject_find(const toc_drill *drill, const char *id);
const toc_inject *toc_inject_at(const toc_drill *drill, uint32_t inject);
/* Tells seats that do not exist. */
void toc_inject_check(toc_drill *drill);
/* The seat or team most like `name`, or NULL. */
const char *toc_inject_nearest(const toc_drill *drill, const char *name);
/* Puts what is planned on the trace. */
void toc_inject_facts(toc_drill *drill);
void toc_inject_begin(toc_drill *drill);
/* Brings it now, needed or not; false where that has been done. */
bool toc_inject_fire(toc_drill *drill, uint32_t inject);
/* Those who run the drill keep it back, let it come (now, where it was due meanwhile), or set its
   time, which must not be past. NULL, or why that cannot be. */
const char *toc_inject_hold(toc_drill *drill, uint32_t inject);
const char *toc_inject_release(toc_drill *drill, uint32_t inject);
const char *toc_inject_retime(toc_drill *drill, uint32_t inject, toc_time at);
/* The call is due from now on; false where it has been. */
bool toc_inject_ring(toc_drill *drill, uint32_t inject);
bool toc_inject_is_channel(const char *name);
const char *toc_inject_nearest_channel(const char *name);
void toc_inject_digest(const toc_drill *drill, toc_digest *digest);
void toc_inject_finish(toc_drill *drill);

#endif
