/* Seat: a role that a person or a stand-in fills, "gridco.dispatcher". What stands before the dot
   is its team, what stands behind it its role; role.def says what a role may do. */
#ifndef DRILL_SEAT_H
#define DRILL_SEAT_H

#include "drill/action.h"
#include "drill/state.h"

/* The seat's number, new or not; its team is made with its first seat. drill->seat_names and the
   topology must be there. False where the name is not "team.role". */
bool toc_seat_add(toc_drill *drill, const char *name, uint32_t *out_seat);
uint32_t toc_seat_count(const toc_drill *drill);
/* TOC_INDEX_NONE where there is none. */
uint32_t toc_seat_find(const toc_drill *drill, const char *name);
/* The name most like `name`, or NULL. */
const char *toc_seat_nearest(const toc_drill *drill, const char *name);
const char *toc_seat_name(const toc_drill *drill, uint32_t seat);
const char *toc_seat_role(const toc_drill *drill, uint32_t seat);
/* Number of the seat's team (team.h). */
uint32_t toc_seat_team(const toc_drill *drill, uint32_t seat);
/* TOC_INDEX_NONE where the team is no operator of the topology. */
uint32_t toc_seat_operator(const toc_drill *drill, uint32_t seat);
/* By its role; what no role of a team may do, all of that team may. */
bool toc_seat_may(const toc_drill *drill, uint32_t seat, toc_action_verb verb);
bool toc_seat_has(const toc_drill *drill, uint32_t seat, toc_permission permission);

/* Seats, teams and what they were shown. */
void toc_seat_digest(const toc_drill *drill, toc_digest *digest);
void toc_seat_finish(toc_drill *drill);

#endif
