/* Telling: actions that are words to others: to seats, to authorities, to the public. */
#ifndef DRILL_TELLING_H
#define DRILL_TELLING_H

#include "drill/ticket.h"

/* Each gives NULL, or why it is refused. */
const char *toc_telling_begin(toc_drill *drill, uint32_t number);
/* The same where the text may be left out. */
const char *toc_telling_begin_relay(toc_drill *drill, uint32_t number);
const char *toc_telling_begin_report(toc_drill *drill, uint32_t number);
const char *toc_telling_begin_public(toc_drill *drill, uint32_t number);
/* Each gives NULL, or why it came to nothing. */
const char *toc_telling_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
const char *toc_telling_end_public(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said);
const char *toc_telling_end_report(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said);
/* Words to whom one reports that do no first duty, but what may follow it. */
const char *toc_telling_end_supplement(toc_drill *drill, const toc_ticket *ticket,
                                       const char **out_said);

#endif
