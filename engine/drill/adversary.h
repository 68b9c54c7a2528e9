/* Adversary: who attacks. It takes techniques to assets, each takes its time, and what comes of it
   is an effect on the world; never a working exploit. */
#ifndef DRILL_ADVERSARY_H
#define DRILL_ADVERSARY_H

#include "drill/effect.h"
#include "drill/state.h"
#include "model/intrusion.h"
#include "tocsin/truth.h"

typedef enum toc_skill {
    TOC_NOVICE,
    TOC_BEGINNER,
    TOC_INTERMEDIATE,
    TOC_EXPERT,
    TOC_SKILLS
} toc_skill;

typedef struct toc_adversary {
    const char *name;
    uint32_t at; /* element from which it works, TOC_INDEX_NONE: from outside */
    toc_skill skill;
    bool strict; /* its techniques ask for reach where they do not say what they ask */
} toc_adversary;

/* What a strike is. */
typedef enum toc_step {
    TOC_STEP_TECHNIQUE, /* whatever ATT&CK has, and its effect */
    TOC_STEP_EXPLOIT,   /* through a weakness */
    TOC_STEP_SCAN,      /* finds what can be reached */
    TOC_STEP_MOVE,      /* logs on elsewhere with passwords that were taken */
    TOC_STEP_IMPLANT,   /* leaves something that keeps the access */
    TOC_STEP_TAMPER,    /* changes what the asset runs */
    TOC_STEPS
} toc_step;

/* What a technique takes. */
typedef enum toc_asks {
    TOC_ASKS_NOTHING,
    TOC_ASKS_REACH, /* that something gets from the adversary to the asset */
    TOC_ASKS_USER,  /* access to the asset */
    TOC_ASKS_ADMIN,
    TOC_ASKS
} toc_asks;

/* One step of an adversary. */
typedef struct toc_strike {
    toc_pretence pretence; /* of the effect "falsify" */
    toc_step step;
    toc_asks asks;
    uint32_t protocol; /* of a move: the service that it logs on by, TOC_INDEX_NONE: any */
    toc_access gives;  /* of a move */
    bool has_secrets;  /* of a move: the passwords came from elsewhere */
    const char *technique, *effect; /* effect "" where it changes nothing in the world */
    const toc_weakness *weakness;   /* that it goes through, NULL: nothing in particular */
    int64_t success_ppm;            /* of going through it in one attempt */
    int64_t noise_ppm;              /* for sensors; 1000000 is usual */
    uint32_t adversary;
    uint32_t element;      /* TOC_INDEX_NONE: at nothing in particular */
    uint32_t zone;         /* of a scan: only there, TOC_INDEX_NONE: everywhere */
    const uint32_t *among; /* of a scan: only these, NULL: all */
    uint32_t among_count;
} toc_strike;

/* The number. Names are copied by the caller; one taken already gives TOC_INDEX_NONE. */
uint32_t toc_adversary_add(toc_drill *drill, const toc_adversary *adversary);
const toc_adversary *toc_adversary_at(const toc_drill *drill, uint32_t number);
const char *toc_adversary_skill_name(toc_skill skill);
/* How long an adversary of that skill needs for it, keyed by adversary, technique and asset.
   Planning values of ours; the factors between skills after McQueen et al., as quoted in the
   literature on time to compromise: expert 1, intermediate 0.55, beginner 0.30, novice 0.15. */
toc_time toc_adversary_takes(const toc_drill *drill, const toc_strike *strike);
/* Begins it; the number of the strike. */
uint32_t toc_adversary_begin(toc_drill *drill, const toc_strike *strike);
/* Every adversary begins as administrator of the asset that it is at. */
void toc_adversary_enter(toc_drill *drill, uint32_t number);
/* Why the strike gave nothing: "reach", "access", "immune", "luck", "closed"; "" where it
   succeeded, or an isolated asset stood in the way. */
const char *toc_adversary_obstacle(const toc_drill *drill, uint32_t strike);
/* Its time is over: whether it succeeded. An asset that defenders have isolated is out of reach,
   and so is everything from an isolated foothold; an effect that is there already is none. */
bool toc_adversary_complete(toc_drill *drill, uint32_t strike);
/* The next asset from `place` (0 at first) on that the scan finds: something gets there, and it is
   not the adversary's; TOC_INDEX_NONE where there is no more. */
uint32_t toc_adversary_found(const toc_drill *drill, uint32_t strike, uint32_t *place);
/* How far it has come. */
toc_truth_adversary toc_adversary_read(const toc_drill *drill, uint32_t number);
void toc_adversary_digest(const toc_drill *drill, toc_digest *digest);
void toc_adversary_finish(toc_drill *drill);

#endif
