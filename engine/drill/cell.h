/* Cells of this room: what conditions can depend on beside the world. */
#ifndef DRILL_CELL_H
#define DRILL_CELL_H

#include "kernel/chance.h"

typedef enum toc_cell_kind {
    TOC_CELL_DEED,        /* subject: key of the verb, 0 for any */
    TOC_CELL_DECLARATION, /* key of what is declared */
    TOC_CELL_DUTY,        /* duty rule */
    TOC_CELL_MARK,        /* key of the name */
    TOC_CELL_VARIABLE,    /* key of the name */
    TOC_CELL_DECISION,    /* key of its id */
    TOC_CELL_OBJECTIVE,   /* 0: any */
    TOC_CELL_MESSAGE,     /* 0: any */
    TOC_CELL_PHASE,       /* 0 */
    TOC_CELL_SEVERITY     /* 0: of any operator */
} toc_cell_kind;

static inline uint64_t toc_cell(toc_cell_kind kind, uint32_t subject) {
    return UINT64_C(0x6472) << 48 | (uint64_t)kind << 32 | subject;
}

/* Two names with one key only mean that a condition is asked once more than it need be. */
static inline uint64_t toc_cell_named(toc_cell_kind kind, const char *name) {
    return toc_cell(kind, toc_chance_key(name));
}

#endif
