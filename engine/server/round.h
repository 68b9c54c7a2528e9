/* Round: what a form of drill changes for those who play it. A tabletop goes on in rounds: its time
   stands still until all who sit at it have said that they are ready, or control says `next`, and
   then jumps to what there is to talk about next. In a demonstration the script plays every seat,
   and nobody else does anything. */
#ifndef SERVER_ROUND_H
#define SERVER_ROUND_H

#include "server/hall.h"

/* NULL where the deed has its place in a drill of this form, else why not. */
const char *toc_round_objection(const toc_hall *hall, const toc_hall_deed *deed);
/* "ready" of a seat and "next" of control: false where it is neither, in a tabletop. */
bool toc_round_take(toc_hall *hall, const toc_hall_deed *deed);
/* Whether it is time to go on. */
bool toc_round_is_due(const toc_hall *hall);
/* Nobody is ready any more, and everybody is told that the drill goes on. */
void toc_round_begin(toc_hall *hall);
/* Whether somebody who sits at the table has been told or asked something since; where nobody sits,
   whether anybody has. */
bool toc_round_is_done(const toc_hall *hall);
/* How many people sit at the table, and how many of them are ready. */
void toc_round_count(const toc_hall *hall, uint32_t *out_people, uint32_t *out_ready);

#endif
