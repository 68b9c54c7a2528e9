/* Reversal: a hall's drill is taken back to an earlier time, and played from there on a new branch
   of its record. Events keep their numbers: those of the time that was taken back are void, what
   holds is told again behind them. */
#ifndef SERVER_REVERSAL_H
#define SERVER_REVERSAL_H

#include "server/hall.h"

typedef struct toc_reversal {
    uint32_t branch; /* of which it is played on; 0: the one that is played */
    toc_time at;     /* TOC_NEVER: where that branch was left */
    const char *desk, *name;
} toc_reversal;

/* The clock stands afterwards. A time that is not behind, or that the branch did not see, is told;
   anything else that goes wrong has stopped the drill for good. */
toc_wire_reason toc_reversal_run(toc_hall *hall, const toc_reversal *wanted,
                                 toc_problems *problems);
/* Of a record that is resumed: the entry that toc_reversal_run left in the journal. */
void toc_reversal_recall(toc_hall *hall, const toc_record_entry *entry);

#endif
