/* Revival: a drill brought back to life from its record, to be played on: after the program or the
   machine stopped, or at an earlier moment. */
#ifndef RECORD_REVIVAL_H
#define RECORD_REVIVAL_H

#include "record/record_state.h"

/* From the file of a record that holds only its path. */
toc_status toc_revival_resume(toc_record *record, toc_problems *problems, toc_drill **out_drill);
/* At `at` of the parent, on a new branch of a record that is being written. */
toc_status toc_revival_fork(toc_record *record, uint32_t parent, toc_time at, const char *why,
                            toc_problems *problems, toc_drill **out_drill);

#endif
