/* Desk: where a person sits in a live drill: a seat of a team ("gridco.dispatcher"), or one beside
   the teams (desk.def: "control", "evaluator.gridco"). */
#ifndef TOCSIN_DESK_H
#define TOCSIN_DESK_H

#include <stdbool.h>
#include <stddef.h>

typedef enum toc_desk_kind {
#define TOC_DESK(id, name, sees, behind, who) TOC_DESK_##id,
#include "tocsin/desk.def"
#undef TOC_DESK
    TOC_DESK_PLAYER /* a seat of the drill */
} toc_desk_kind;

typedef struct toc_desk {
    toc_desk_kind kind;
    const char *behind; /* what stands behind the dot, "" for nothing; of a player its whole name */
} toc_desk;

/* The desk of that name; `behind` points into it. */
toc_desk toc_desk_read(const char *name);
/* "control"; "player". */
const char *toc_desk_name(toc_desk_kind kind);
const char *toc_desk_who(toc_desk_kind kind);
bool toc_desk_sees_truth(toc_desk_kind kind);
/* NULL where one person may sit at both, else why not. */
const char *toc_desk_conflict(const char *one, const char *other);

#endif
