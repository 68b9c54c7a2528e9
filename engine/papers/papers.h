/* Papers: what an exercise office hands out before a drill, written from what the scenario
   declares; nothing is played. */
#ifndef PAPERS_PAPERS_H
#define PAPERS_PAPERS_H

#include "tocsin/formats.h"
#include "tocsin/plan.h"

typedef enum toc_papers_kind {
    TOC_PAPERS_SCRIPT,    /* GB/T 38645-2020 table A.6; not for players */
    TOC_PAPERS_EVALUATOR, /* objectives, duties and a sheet to observe with; not for players */
    TOC_PAPERS_BRIEF,     /* of one seat: holds no inject and nothing of another operator's plant */
    TOC_PAPERS_CONTACTS,
    TOC_PAPERS_RULES,
    TOC_PAPERS_KINDS
} toc_papers_kind;

typedef struct toc_papers_request {
    const toc_drill *drill; /* opened, not played */
    const toc_package *package;
    const char *language;
    toc_papers_kind kind;
    uint32_t seat; /* of a brief */
} toc_papers_request;

/* "a6", "evaluator", "brief", "contacts", "rules"; TOC_PAPERS_KINDS where there is none of that
 * name. */
toc_papers_kind toc_papers_find(const char *name);
const char *toc_papers_name(toc_papers_kind kind);
/* Appends the paper as one HTML page. */
void toc_papers_write(const toc_papers_request *request, toc_formats_buffer *buffer);

#endif
