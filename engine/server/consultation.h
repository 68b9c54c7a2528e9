/* Consultation: teams ask advisers, experts who play no seat, and are answered. It is talk beside
   the drill: nothing of it is an input, and all of it is in the journal. Whoever asked, the adviser
   and those beside the teams are shown it, and nobody else. */
#ifndef SERVER_CONSULTATION_H
#define SERVER_CONSULTATION_H

#include "server/hall.h"

/* `consult ADVISER text=...` of a seat, `advise SEAT text=...` of an adviser. False where the deed
   is neither. */
bool toc_consultation_take(toc_hall *hall, const toc_hall_deed *deed, toc_wire_reason *out_reason,
                           toc_problems *problems);
/* Of a record that is resumed: what was said. */
void toc_consultation_recall(toc_hall *hall, const toc_record_entry *entry);

#endif
