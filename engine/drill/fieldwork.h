/* Fieldwork: actions that become jobs of the world, done by crews on the spot or from afar. Each
   begins with `number`, a ticket that was requested, and gives NULL or why it is refused. */
#ifndef DRILL_FIELDWORK_H
#define DRILL_FIELDWORK_H

#include "drill/ticket.h"
#include "model/job.h"

const char *toc_fieldwork_assign(toc_drill *drill, uint32_t number);
/* Work that a vendor's people do. */
const char *toc_fieldwork_call_vendor(toc_drill *drill, uint32_t number);
/* The next shift of a crew that takes the team's orders comes on duty; the ticket lasts until then.
 */
const char *toc_fieldwork_begin_shift(toc_drill *drill, uint32_t number);
const char *toc_fieldwork_end_shift(toc_drill *drill, const toc_ticket *ticket,
                                    const char **out_said);
/* The crew of that id; an unknown one is told with the nearest. */
toc_status toc_fieldwork_find_crew(const toc_drill *drill, const char *id, toc_problems *problems,
                                   uint32_t *out_crew);
/* Switching off by a crew, on the spot. */
const char *toc_fieldwork_switch_off(toc_drill *drill, uint32_t number);
/* Switching on again: from afar, in manual mode by a crew. */
const char *toc_fieldwork_reenergise(toc_drill *drill, uint32_t number);
/* From afar where there is control, else by a crew. */
const char *toc_fieldwork_reconnect(toc_drill *drill, uint32_t number);
/* These two concern all open work of the seat's team on the ticket's element. */
const char *toc_fieldwork_prioritise(toc_drill *drill, uint32_t number);
const char *toc_fieldwork_cancel(toc_drill *drill, uint32_t number);
/* Steps the ticket of a job that changed. */
void toc_fieldwork_on_change(toc_drill *drill, const toc_change *change);
/* Work of one kind on what the ticket names; `look_only`: to find out and no more. */
const char *toc_fieldwork_send(toc_drill *drill, uint32_t number, toc_job_kind kind,
                               bool look_only);
/* The jobs that have verbs of their own: inspect_site,
   verify_reading, repair, replace, reimage, restore_backup. */
const char *toc_fieldwork_recover(toc_drill *drill, uint32_t number);
/* NULL where what the ticket names belongs to the seat's operator. */
const char *toc_fieldwork_refusal(const toc_drill *drill, const toc_ticket *ticket);
/* Whether the element belongs to the operator; a link belongs to both ends'. */
bool toc_fieldwork_owns(const toc_drill *drill, uint32_t operator_index, uint32_t element);

#endif
