/* Feeding: the feeds of a live drill to the teams' own tools. None goes out until two persons at
   two desks have said so, and any of them ends it. */
#ifndef CLI_FEEDING_H
#define CLI_FEEDING_H

#include "cli/cli.h"
#include "server/hall.h"
#include "tocsin/record.h"

typedef struct toc_feeding toc_feeding;

/* What --feed, --warnings, --collector and --cef ask for; NULL where they ask for nothing. From
   then on it hears what the record writes. */
toc_status toc_feeding_open(toc_cli_call *call, const toc_drill *drill, toc_record *record,
                            toc_feeding **out_feeding);
void toc_feeding_close(toc_feeding *feeding);
/* A toc_hall_feed. */
toc_hall_feeding toc_feeding_switch(void *feeding, const char *desk, const char *team, bool on);

#endif
