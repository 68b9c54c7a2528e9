/* Direction: what those who run the drill do to it while it is played (direction.def). It comes as
   an input of the seat "control", so that a record of the drill replays with it; each goes on the
   trace with what came of it. */
#ifndef DRILL_DIRECTION_H
#define DRILL_DIRECTION_H

#include "drill/state.h"

/* Whether an input of that name is one of them. */
bool toc_direction_is_seat(const char *seat);
/* What is malformed is told and not taken; `at` is when it is done. */
toc_status toc_direction_take(toc_drill *drill, const toc_input *input, toc_time at,
                              toc_problems *problems);
uint32_t toc_direction_count(void);
toc_drill_direction toc_direction_at(uint32_t index);
void toc_direction_finish(toc_drill *drill);

#endif
