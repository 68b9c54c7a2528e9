/* Bots: many seats played by programs through the same wire as people, for trying a server out. */
#ifndef CLI_BOTS_H
#define CLI_BOTS_H

#include "cli/cli.h"
#include "client/dial.h"

/* `join --bots`: plays and tells what came of it. */
toc_status toc_bots_run(toc_cli_call *call, const toc_dial_options *dialling, const char *language);

#endif
