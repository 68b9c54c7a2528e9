/* Channel: a line of things that processes hand to each other, first in, first out, for things and
   for those who wait for them alike. */
#ifndef SCRIPT_CHANNEL_H
#define SCRIPT_CHANNEL_H

#include "script/process.h"

typedef struct toc_channels toc_channels;

/* Puts t.channel into the module "tocsin.core"; toc_processes_create does this. */
toc_channels *toc_channel_create(toc_host *host, toc_processes *processes);
void toc_channel_destroy(toc_channels *channels);
/* To be told of each process that has ended: what was promised to it goes to the next. */
void toc_channel_ended(toc_channels *channels, uint64_t process);

#endif
