/* Duty: an obligation with a clock. A rule of the scenario waits for its trigger; from then on the
   operator owes a report until it is made. */
#ifndef DRILL_DUTY_H
#define DRILL_DUTY_H

#include "drill/state.h"

/* The seat reports to `target`: a duty's id, or a recipient (seat or team). Fulfils that duty of the
   seat's team, or the oldest one open towards that recipient; a report made before the trigger
   fulfils it when it comes. True where it fulfilled one. */
bool toc_duty_note_report(toc_drill *drill, uint32_t seat, const char *target);
/* Whether there is a rule of that id or towards that recipient. */
bool toc_duty_is_target(const toc_drill *drill, const char *target);
/* Seat that reports to `target` reach: the recipient's, or the first of the recipient team;
   TOC_INDEX_NONE where nobody plays it. */
uint32_t toc_duty_recipient(const toc_drill *drill, const char *target);

#endif
