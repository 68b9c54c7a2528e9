/* Branching: the branches of a hall's record: how a drill was played, taken back and played again.
   Control begins a new one, and goes back to one that was left. */
#ifndef SERVER_BRANCHING_H
#define SERVER_BRANCHING_H

#include "server/hall.h"

/* Branches are numbered from 1; the last is played. */
uint32_t toc_branching_count(const toc_hall *hall);
/* Fills all but `id` and `from`; gives the branch that it leaves, 0 of the first. */
uint32_t toc_branching_read(const toc_hall *hall, uint32_t number, toc_wire_branch *out_branch);

/* Those of the record, where a hall begins. */
void toc_branching_begin(toc_hall *hall);
/* The one that is played is left, and another leaves `parent` at that time. */
void toc_branching_add(toc_hall *hall, uint32_t parent, toc_time at, const char *name);
/* Up to when what was told on the one that is played was told on the other as well. */
toc_time toc_branching_shared(const toc_hall *hall, uint32_t other);

/* `branch name=...`: from here on the drill is played on a new branch. `branch N`: on one that
   leaves N where N was left, or at `at`; the clock stands there. */
toc_wire_reason toc_branching_branch(toc_hall *hall, const toc_hall_deed *deed,
                                     toc_problems *problems);

#endif
