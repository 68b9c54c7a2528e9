/* Lanes: the injects of a drill over its time, a lane for each team: those that came are filled,
   those that are planned are outlined, and may be dragged to another time. */
#ifndef CONSOLE_LANES_H
#define CONSOLE_LANES_H

#include "console/post.h"

typedef struct toc_lanes toc_lanes;

toc_lanes *toc_lanes_create(void);
void toc_lanes_destroy(toc_lanes *lanes);
/* Adds the canvas, with the command "lanes"; `chosen` is the inject that is looked at. */
void toc_lanes_add(toc_lanes *lanes, toc_post *post, const char *chosen);

typedef enum toc_lanes_wish {
    TOC_LANES_NOTHING,
    TOC_LANES_CHOOSE, /* `inject` */
    TOC_LANES_MOVE    /* `inject`, to `at` */
} toc_lanes_wish;

/* What happened on it: the value of a deed of "lanes". */
toc_lanes_wish toc_lanes_obey(toc_lanes *lanes, const char *value, char inject[201],
                              toc_time *out_at);

#endif
