/* Rehearsed: a rehearsal as a document for machines and as tables for people. */
#ifndef CLI_REHEARSED_H
#define CLI_REHEARSED_H

#include "cli/cli.h"
#include "study/advice.h"

typedef struct toc_rehearsed {
    const char *title, *package;
    const toc_rehearsal *rehearsal;
} toc_rehearsed;

json_t *toc_rehearsed_json(const toc_rehearsed *rehearsed);
void toc_rehearsed_print(const toc_rehearsed *rehearsed);

#endif
