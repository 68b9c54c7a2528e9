/* Progress: a bar on a terminal for what takes more than a second. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

typedef struct toc_progress {
    int64_t begun_ms;
    bool wanted, shown;
} toc_progress;

toc_progress toc_progress_begin(const toc_cli_call *call);
/* `what` is counted: "runs"; NULL shows per cent. */
void toc_progress_show(toc_progress *progress, uint64_t done, uint64_t all, const char *what);
/* Takes the bar away. */
void toc_progress_end(const toc_progress *progress);

#endif
