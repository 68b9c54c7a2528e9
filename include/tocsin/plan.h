/* Plan: what a scenario declares before it is played, each part with its place in the author's
   text. What a running drill adds later is not in it. */
#ifndef TOCSIN_PLAN_H
#define TOCSIN_PLAN_H

#include "tocsin/drill.h"

typedef enum toc_plan_kind {
    TOC_PLAN_INJECT,
    TOC_PLAN_CONDITION, /* of a drill:when */
    TOC_PLAN_OBJECTIVE,
    TOC_PLAN_DUTY,
    TOC_PLAN_KINDS
} toc_plan_kind;

/* Texts live as long as the drill. */
typedef struct toc_plan_part {
    toc_plan_kind kind;
    const char *id; /* of a condition: its place, as the trace names it */
    const char *text;
    toc_place place;
    const char *from, *channel; /* of an inject */
    const char
        *phase; /* of an inject that comes by the clock: title of the phase it falls into, or "" */
    const char *const *to, *const *expects;
    const char *const *cells; /* of an inject of a planner's table, by toc_msel_column; or NULL */
    const char *const *attachments; /* of an inject: files of the package */
    uint32_t to_count, expect_count, attachment_count;
    toc_time at;      /* of an inject; TOC_NEVER: when its condition holds, or by hand */
    const char *says; /* of an inject that control speaks: what; NULL: it comes in writing */
    const char *const *answers; /* of it, by turns: what may be asked, and what to answer */
    uint32_t answer_count;      /* of both */
    const char *team; /* of an objective: whose deeds count, NULL: anybody's; of a duty: who owes */
    const char *after;     /* of an objective: mark or inject that it starts from; NULL: STARTEX */
    const char *recipient; /* of a duty: seat or team that is told */
    const char *clock;     /* of a duty: when its time starts: triggered, discovered, aware ... */
    const char *source;    /* of a duty: where it is written; "" */
    toc_time within;       /* of an objective or a duty; TOC_NEVER: no limit that is known before */
    bool contingency;      /* an inject for players who stall or run ahead */
    bool by_hand;          /* an inject that only exercise control brings */
    bool optional;         /* an inject that may turn out to be needless */
    bool silent;           /* an inject that no seat is told */
    bool informs;          /* an inject whose author says that it expects nothing */
    bool by_rules;         /* a duty that a rulebook states */
    bool unconfirmed;      /* a duty whose figures have not been confirmed */
    bool judged;           /* an objective that evaluators judge: nothing measures it */
} toc_plan_part;

uint32_t toc_plan_count(const toc_drill *drill);
/* Index below toc_plan_count. */
toc_plan_part toc_plan_at(const toc_drill *drill, uint32_t index);

typedef enum toc_plan_evidence_kind {
    TOC_PLAN_FUNCTION, /* the scenario works it out */
    TOC_PLAN_DECLARED,
    TOC_PLAN_ACTED,
    TOC_PLAN_REPORTED,
    TOC_PLAN_SERVICE,
    TOC_PLAN_RESTORED,
    TOC_PLAN_MARKED,
    TOC_PLAN_DECIDED,
    TOC_PLAN_SEVERITY,
    TOC_PLAN_ALERTED,
    TOC_PLAN_ALL, /* of what follows one deeper */
    TOC_PLAN_ANY
} toc_plan_evidence_kind;

/* What meets an objective or begins a duty, or a part of it. */
typedef struct toc_plan_evidence {
    toc_plan_evidence_kind kind;
    unsigned depth;   /* below the whole */
    toc_place place;  /* in the author's text */
    const char *what; /* declared thing, verb, duty or recipient, service, mark, decision, level */
    const char *target; /* of an action, the option, or the asset of an alert; NULL: any */
    const char *team;   /* team, seat or operator; NULL: the objective's, or any */
    int64_t level_ppm;  /* of a service */
    bool below;         /* level below, not at least */
} toc_plan_evidence;

/* By number from 0, a whole before its parts; false behind the last. Objectives that evaluators
   judge and duties that rules begin have none. */
bool toc_plan_evidence_at(const toc_drill *drill, uint32_t index, uint32_t number,
                          toc_plan_evidence *out_evidence);

/* What somebody at a seat can do. */
typedef struct toc_plan_verb {
    const char *name;
    const char *help; /* one sentence for people */
} toc_plan_verb;

/* The verbs that the role of the seat permits, by number from 0; false behind the last. */
bool toc_plan_verb_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_verb *out_verb);

/* A step of the emergency plan of a seat's operator, or what must never be done. */
typedef struct toc_plan_step {
    const char *id, *text;
    const char *role;              /* who does it, in words; "" where it must never be done */
    const char *level;             /* from which on it is asked for; "" for always */
    const char *condition;         /* in words; "" for none */
    toc_time within;               /* TOC_NEVER: no limit */
    bool optional, forbidden, own; /* own: this seat does it, itself or as deputy */
} toc_plan_step;

/* "" where the seat's operator has no plan. */
const char *toc_plan_emergency(const toc_drill *drill, uint32_t seat);
/* Its steps by number from 0, then what it forbids; false behind the last. */
bool toc_plan_step_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_step *out_step);

/* A level of the plan, or somebody to call. */
typedef struct toc_plan_note {
    const char *id, *text; /* of a level: when it is set in force */
    const char *at;        /* of a level: who sets it in force, in words; of a contact: where */
    bool is_contact;
} toc_plan_note;

/* By number from 0, levels first, the gravest before the others; false behind the last. */
bool toc_plan_note_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_note *out_note);

#endif
