/* Papers: what an exercise office hands out before a drill, written from what the scenario
   declares. */
#ifndef PAPERS_PAPERS_H
#define PAPERS_PAPERS_H

#include "tocsin/formats.h"
#include "tocsin/plan.h"

typedef enum toc_papers_kind {
    TOC_PAPERS_PLAN,      /* GB/T 38645-2020 table A.1 */
    TOC_PAPERS_WORK,      /* table A.2; not for players */
    TOC_PAPERS_SUPPORT,   /* table A.3; not for players */
    TOC_PAPERS_SCRIPT,    /* table A.6; not for players */
    TOC_PAPERS_EVALUATOR, /* objectives, duties and a sheet to observe with; not for players */
    TOC_PAPERS_CONTROL,   /* whom exercise control plays, what it brings; not for players */
    TOC_PAPERS_BRIEF,     /* of one seat: holds no inject and nothing of another operator's plant */
    TOC_PAPERS_CONTACTS,
    TOC_PAPERS_RULES,
    TOC_PAPERS_KINDS
} toc_papers_kind;

typedef enum toc_papers_format { TOC_PAPERS_HTML, TOC_PAPERS_PDF } toc_papers_format;

typedef struct toc_papers_request {
    const toc_drill *drill; /* opened, not played */
    const toc_package *package;
    const char *language;
    toc_papers_kind kind;
    toc_papers_format format;
    uint32_t seat;     /* of a brief */
    uint32_t *unknown; /* letters that no font of this machine has are added to it */
} toc_papers_request;

/* "a1", "a2", "a3", "a6", "evaluator", "control", "brief", "contacts", "rules"; TOC_PAPERS_KINDS
   where there is none of that name. */
toc_papers_kind toc_papers_find(const char *name);
const char *toc_papers_name(toc_papers_kind kind);
/* Appends the paper; the same request gives the same bytes on the same machine. */
toc_status toc_papers_write(const toc_papers_request *request, toc_problems *problems,
                            toc_formats_buffer *buffer);

#endif
