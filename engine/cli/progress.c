#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 40, PATIENCE_MS = 1000 };

static int64_t now_ms(void) {
    struct timespec moment = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

toc_progress toc_progress_begin(const toc_cli_call *call) {
    return (toc_progress){now_ms(), !call->quiet && isatty(STDERR_FILENO) == 1, false};
}

void toc_progress_show(toc_progress *progress, uint64_t done, uint64_t all, const char *what) {
    if (!progress->wanted || now_ms() - progress->begun_ms < PATIENCE_MS) {
        return;
    }
    int width = all == 0 ? WIDTH : (int)(done * WIDTH / all);
    (void)fprintf(stderr, "\r[%.*s%*s] ", width, "########################################",
                  WIDTH - width, "");
    if (what == NULL) {
        (void)fprintf(stderr, "%3d %%", all == 0 ? 100 : (int)(done * 100 / all));
    } else {
        (void)fprintf(stderr, "%" PRIu64 " of %" PRIu64 " %s", done, all, what);
    }
    (void)fflush(stderr);
    progress->shown = true;
}

void toc_progress_end(const toc_progress *progress) {
    if (progress->shown) {
        (void)fprintf(stderr, "\r%78s\r", "");
    }
}
