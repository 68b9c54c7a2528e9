/* Stubs: what scripts can call, in files that editors read. */
#ifndef CLI_STUBS_H
#define CLI_STUBS_H

#include "cli/cli.h"

/* Writes them into `folder`, which is made where it is not there. */
toc_status toc_stubs_save(toc_cli_call *call, const char *folder);

#endif
