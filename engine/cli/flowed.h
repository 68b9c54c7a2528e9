/* Flowed: the aftermath of outages as a document for machines. */
#ifndef CLI_FLOWED_H
#define CLI_FLOWED_H

#include "cli/cli.h"
#include "tocsin/aftermath.h"

typedef struct toc_flowed {
    const toc_topology *topology;
    const toc_aftermath_wish *wish;
    const toc_aftermath *aftermath;
    const char *file;
    uint32_t to; /* element that crews' journeys lead to, TOC_INDEX_NONE: none was asked for */
} toc_flowed;

json_t *toc_flowed_json(const toc_flowed *flowed);

#endif
