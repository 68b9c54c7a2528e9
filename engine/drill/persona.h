/* Persona: somebody outside the teams whom exercise control or the engine plays: a vendor, a
   journalist, a neighbour's duty officer. Seats can ask it; it answers after a while, so many at a
   time, as well as it can. */
#ifndef DRILL_PERSONA_H
#define DRILL_PERSONA_H

#include "drill/state.h"

typedef struct toc_persona {
    const char *id, *name, *about;
    const char *channel;    /* on which it writes and speaks */
    toc_time delay, spread; /* to answer: median of a lognormal, and its sigma in ppm */
    int64_t competence_ppm; /* chance that it can help */
    uint32_t capacity;      /* how many it can attend to at once */
    const char *answer;     /* what it says when it can help, "" for nothing */
    const char *unable;     /* what it says when it cannot */
    int function;           /* gives the answer instead */
    toc_place place;
} toc_persona;

/* What somebody asked it. */
typedef struct toc_persona_request {
    uint32_t persona, seat;
    const char *text;
    bool helped;
} toc_persona_request;

/* False where the id is taken. Texts live as long as the drill. */
bool toc_persona_add(toc_drill *drill, const toc_persona *persona);
/* TOC_INDEX_NONE where there is none. */
uint32_t toc_persona_find(const toc_drill *drill, const char *id);
const toc_persona *toc_persona_at(const toc_drill *drill, uint32_t persona);
const char *toc_persona_nearest(const toc_drill *drill, const char *id);
/* The seat says something to it. */
void toc_persona_hear(toc_drill *drill, uint32_t persona, uint32_t seat, const char *channel,
                      const char *text);
const toc_persona_request *toc_persona_request_at(const toc_drill *drill, uint32_t request);
/* Sends its answer to who asked, "" for none. */
void toc_persona_reply(toc_drill *drill, uint32_t request, const char *text);
void toc_persona_facts(toc_drill *drill);
void toc_persona_digest(const toc_drill *drill, toc_digest *digest);
void toc_persona_finish(toc_drill *drill);

#endif
