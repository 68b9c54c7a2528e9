/* Forensics: what there is to find out about intruders: what logs show, the traces that they leave
   and that setting an asset up anew destroys, and whether an asset is safe to go back to. */
#ifndef DRILL_FORENSICS_H
#define DRILL_FORENSICS_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_forensics_begin(toc_drill *drill, uint32_t number);
const char *toc_forensics_end_query(toc_drill *drill, const toc_ticket *ticket,
                                    const char **out_said);
const char *toc_forensics_end_collect(toc_drill *drill, const toc_ticket *ticket,
                                      const char **out_said);
const char *toc_forensics_end_validate(toc_drill *drill, const toc_ticket *ticket,
                                       const char **out_said);
/* Back into use, which somebody must have found safe; work of a crew, or done from afar. */
const char *toc_forensics_begin_return(toc_drill *drill, uint32_t number);
/* Whoever does something to an asset leaves traces there; work on it may take them away. */
void toc_forensics_on_change(toc_drill *drill, const toc_change *change);
void toc_forensics_finish(toc_drill *drill);

#endif
