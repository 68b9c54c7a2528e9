/* Lockout: actions that keep people out rather than packets: accounts, certificates, remote access,
   secrets. What the defenders shut, they shut for themselves too. */
#ifndef DRILL_LOCKOUT_H
#define DRILL_LOCKOUT_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_lockout_begin(toc_drill *drill, uint32_t number);
const char *toc_lockout_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* The same for the remote access into a zone. */
const char *toc_lockout_begin_zone(toc_drill *drill, uint32_t number);
const char *toc_lockout_end_zone(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
