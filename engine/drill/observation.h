/* Observation: what a seat was shown, in order. A seat's view is a function of its observations and
   nothing else; truth enters only through those who call toc_observation_add. */
#ifndef DRILL_OBSERVATION_H
#define DRILL_OBSERVATION_H

#include "tocsin/drill.h"

typedef enum toc_observation_kind {
    TOC_OBSERVED_INJECT,   /* as a message; shown alike, which of the two it is stays hidden */
    TOC_OBSERVED_MESSAGE,  /* subject: "M-3", after: 3, its number in this seat's inbox; before: its
                              toc_marking; actor: from; verb: channel; text */
    TOC_OBSERVED_ALARM,    /* subject: asset; verb: operation now believed; text: source */
    TOC_OBSERVED_CONTROL,  /* subject: asset; after: 1 remote control there, 0 lost */
    TOC_OBSERVED_TICKET,   /* subject: target; verb: action; text: state and why; after: its number
                              among this seat's tickets */
    TOC_OBSERVED_DUTY,     /* subject: duty; verb: started, done, missed; before: due */
    TOC_OBSERVED_DECISION, /* subject: decision; verb: open, chosen, default, overdue; text:
                              options, a line each, or what was chosen; actor: who chose; before:
                              due */
    TOC_OBSERVED_APPROVAL, /* subject: "A-1"; actor: who asks; verb: asked, approved, rejected,
                              expired; text: what for, or what was answered; before: due */
    TOC_OBSERVED_ALERT,    /* subject: asset; actor: sensor, or "hunt"; before: how many alerts wait
                              to be looked at; after: when it was raised */
    TOC_OBSERVED_AID,      /* subject: "R-1" a request, "L-1" a loan; actor: seat; verb: requested,
                              declined, expired; offered, lent, there, over; text: what or whom; before:
                              until when */
    TOC_OBSERVED_SHIFT,    /* subject: crew; verb: fresh, tired, spent, handover */
    TOC_OBSERVED_ORDER, /* subject: receiver; actor: giver; verb: stage, or overdue; text; before:
                           due; after: the receiver's number of it */
    TOC_OBSERVED_KINDS
} toc_observation_kind;

typedef struct toc_observation {
    toc_time at;
    toc_observation_kind kind;
    const char *subject, *actor, *verb, *text;
    int64_t before, after;
    const char
        *about; /* of a message: gist.def, for stand-ins alone; NULL for nothing; not copied */
} toc_observation;

/* Texts are copied. Numbers are the seat's own, because one count for all would tell a seat what
   the others do: messages are numbered here. */
void toc_observation_add(toc_drill *drill, uint32_t seat, const toc_observation *observation);
/* For every seat of the operator's team. */
void toc_observation_add_team(toc_drill *drill, const char *operator_id,
                              const toc_observation *observation);
uint32_t toc_observation_count(const toc_drill *drill, uint32_t seat);
const toc_observation *toc_observation_at(const toc_drill *drill, uint32_t seat, uint32_t index);
void toc_observation_finish(toc_drill *drill);

#endif
