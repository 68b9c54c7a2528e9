#include "cli/copies.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096, DESK = 64 };

/* What stands in the file: a number that grows with each change, and what holds. */
struct common {
    uint64_t number;
    bool paused;
};

struct toc_copies {
    toc_cli_call *call;
    char path[PATH];
    struct common common; /* as last read or written */
    bool has_told;
};

/* Zero is the number of a file that is not there yet; false where it cannot be read. */
static bool read_common(const toc_copies *copies, struct common *out) {
    char state[16] = "";
    *out = (struct common){.number = 0};
    FILE *file = fopen(copies->path, "r");
    if (file == NULL) {
        return errno == ENOENT;
    }
    int read = fscanf(file, "tocsin-copies %" SCNu64 " %15s", &out->number, state);
    out->paused = strcmp(state, "paused") == 0;
    (void)fclose(file);
    return read == 2 && (out->paused || strcmp(state, "running") == 0);
}

/* Whoever reads at the same time sees the old or the new whole. */
static bool write_common(const toc_copies *copies) {
    char beside[PATH + 32];
    (void)snprintf(beside, sizeof beside, "%s.%ld", copies->path, (long)getpid());
    FILE *file = fopen(beside, "w");
    if (file == NULL) {
        return false;
    }
    bool is_written = fprintf(file, "tocsin-copies %" PRIu64 " %s\n", copies->common.number,
                              copies->common.paused ? "paused" : "running") > 0;
    is_written = fclose(file) == 0 && is_written && rename(beside, copies->path) == 0;
    if (!is_written) {
        (void)unlink(beside);
    }
    return is_written;
}

toc_status toc_copies_open(toc_cli_call *call, toc_copies **out_copies) {
    const char *path = toc_cli_value(call, "together");
    *out_copies = NULL;
    if (path == NULL) {
        return TOC_OK;
    }
    toc_copies *copies = calloc(1, sizeof *copies);
    if (copies == NULL || strlen(path) >= sizeof copies->path) {
        free(copies);
        return toc_cli_usage(call, "--together wants the path of a file that all copies share");
    }
    copies->call = call;
    (void)strcpy(copies->path, path);
    struct common common;
    if (!read_common(copies, &common)) {
        free(copies);
        return toc_problems_error(call->problems, (toc_place){.file = path},
                                  "--together: this is no file that copies of a drill share; name "
                                  "one that is not there yet");
    }
    copies->common = common;
    *out_copies = copies;
    return TOC_OK;
}

void toc_copies_close(toc_copies *copies) {
    free(copies);
}

static void complain(toc_copies *copies, bool failed) {
    if (failed && !copies->has_told) {
        toc_cli_say(copies->call,
                    "%s: cannot be read or written; this copy is not paused together "
                    "with the others until it can",
                    copies->path);
    }
    copies->has_told = failed;
}

void toc_copies_pulse(toc_copies *copies, toc_lobby *lobby) {
    struct common common;
    toc_wire_clock clock;
    toc_hall_clock(toc_lobby_hall(lobby), &clock);
    bool is_read = read_common(copies, &common), is_written = true;
    if (clock.over || !is_read) {
        complain(copies, !is_read);
        return;
    }
    if (common.number > copies->common.number) {
        copies->common = common;
        if (clock.paused != common.paused) {
            toc_lobby_command(lobby, common.paused ? "pause" : "resume", "control");
        }
    } else if (common.number == 0 || clock.paused != copies->common.paused) {
        copies->common = (struct common){copies->common.number + 1, clock.paused};
        is_written = write_common(copies);
        copies->common.number -= is_written ? 0 : 1; /* tried again at the next pulse */
        copies->common.paused = is_written ? clock.paused : !clock.paused;
    }
    complain(copies, !is_written);
}
