/* Alone: a server of one's own, in a program beside this one, for somebody who plays by himself. */
#ifndef CLI_ALONE_H
#define CLI_ALONE_H

#include "cli/cli.h"

typedef struct toc_alone {
    long process; /* 0: none */
    int pipe;     /* what it says */
    char url[256], record[4096];
    char player[129], control[129]; /* tokens */
    char folder[64];                /* of a review; "" none: goes with it */
} toc_alone;

/* Starts it and waits until it is served. What goes wrong there is told here. */
toc_status toc_alone_begin(toc_cli_call *call, const char *package, const char *seat,
                           toc_alone *out_alone);
/* The same of a record that is looked at again; `player` is an evaluator's token then. */
toc_status toc_alone_review(toc_cli_call *call, const char *record, toc_alone *out_alone);
/* The first seat of the package's drill, where none was named. */
toc_status toc_alone_first_seat(toc_cli_call *call, const char *package, char *seat, size_t size);
void toc_alone_end(toc_alone *alone);

#endif
