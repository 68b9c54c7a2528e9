/* Glimpse: how a drill stands at one instant, from its package to a page for its author: what has
   happened last, what is not as it should be, what comes next. */
#ifndef CLI_GLIMPSE_H
#define CLI_GLIMPSE_H

#include "cli/cli.h"
#include "tocsin/drill.h"
#include "tocsin/package.h"

typedef struct toc_glimpse_wish {
    const char *policy, *language; /* language: of texts */
    uint64_t seed;
    toc_time at; /* TOC_NEVER: the end of the drill */
} toc_glimpse_wish;

/* Plays the package to the instant and prints how it stands, as text or as one line of JSON.
   Mistakes are told by `call->problems` alone. */
toc_status toc_glimpse_take(toc_cli_call *call, const toc_package *package,
                            const toc_glimpse_wish *wish);

#endif
