/* Guest list: who is expected at a live drill, written into its record beside the hash chain, so
   that names can be taken out of it later. */
#ifndef CLI_GUESTLIST_H
#define CLI_GUESTLIST_H

#include "cli/cli.h"
#include "tocsin/record.h"

/* Reads the table that --roster names, holds it against the drill's seats, and writes a row for
   each desk of each person. Nothing where there is no such option. */
toc_status toc_guestlist_write(toc_cli_call *call, const toc_drill *drill, toc_record *record);

#endif
