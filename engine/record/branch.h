/* Branch: drill time that was taken back and played again. A branch sees its own rows, and those of
   the one it forked from up to the moment of the fork, and so on to the beginning. */
#ifndef RECORD_BRANCH_H
#define RECORD_BRANCH_H

#include "record/record_state.h"

/* Gathers the rows that the branch sees; it must exist. */
void toc_branch_select(toc_record *record, uint32_t branch);
/* The last moment of which the branch knows anything. */
toc_time toc_branch_end(const toc_record *record, uint32_t branch);

#endif
