/* Cleanup: what is put right on an asset without setting it up anew: holes patched, settings as
   they should be. */
#ifndef DRILL_CLEANUP_H
#define DRILL_CLEANUP_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_cleanup_begin(toc_drill *drill, uint32_t number);
const char *toc_cleanup_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
