/* Gridwork: what seats do to the electrical grid beside switching: load shed and taken back, units
   redispatched; and the rules of power that a drill is played by. */
#ifndef DRILL_GRIDWORK_H
#define DRILL_GRIDWORK_H

#include "drill/spec.h"
#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_gridwork_begin(toc_drill *drill, uint32_t number);
const char *toc_gridwork_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* Reads `power` of the drill's own table, a rule or { rule =, margin =, floor = }, and sets the
   world's rules by it; the world must be there. */
void toc_gridwork_read_rules(toc_spec *spec);
/* The rule by which power is shared and lines open; "" where the topology generates none. */
const char *toc_gridwork_rule(const toc_drill *drill);

#endif
