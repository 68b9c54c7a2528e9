/* Assessment: what a team makes of what happens: which kind of incident, how grave, whom it will
   concern and for how long, by which technique. It is put on the record, where it can be held
   against what happened. */
#ifndef DRILL_ASSESSMENT_H
#define DRILL_ASSESSMENT_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_assessment_begin(toc_drill *drill, uint32_t number);
const char *toc_assessment_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* Checks the value of "category", "grade", "technique", "people" or "minutes"; others pass. */
toc_status toc_assessment_check(const char *key, const char *value, toc_problems *problems);

#endif
