/* Copies: one drill that several groups play at the same time, each in a copy of its own, stands
   and goes on in all of them together. The copies share a small file. */
#ifndef CLI_COPIES_H
#define CLI_COPIES_H

#include "cli/cli.h"
#include "server/lobby.h"

typedef struct toc_copies toc_copies;

/* Of `--together FILE`; NULL where that was not asked for. */
toc_status toc_copies_open(toc_cli_call *call, toc_copies **out_copies);
void toc_copies_close(toc_copies *copies);
/* About once a second: what happened to another copy happens to this one, and the other way round.
   A file that cannot be read or written is told once. */
void toc_copies_pulse(toc_copies *copies, toc_lobby *lobby);

#endif
