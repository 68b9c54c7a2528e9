/* Team: the seats of one operator, and what they hold in common: open alarms, what crews found, the
   status board, whether they switch by hand. */
#ifndef DRILL_TEAM_H
#define DRILL_TEAM_H

#include "drill/state.h"

/* The team's number, new or not. */
uint32_t toc_team_add(toc_drill *drill, const char *name);
uint32_t toc_team_count(const toc_drill *drill);
/* TOC_INDEX_NONE where there is none. */
uint32_t toc_team_find(const toc_drill *drill, const char *name);
uint32_t toc_team_find_operator(const toc_drill *drill, uint32_t operator_index);
const char *toc_team_name(const toc_drill *drill, uint32_t team);
/* TOC_INDEX_NONE where it is no operator of the topology. */
uint32_t toc_team_operator(const toc_drill *drill, uint32_t team);

/* Manual mode: nothing of the operator is switched from afar, by whomever; its crews do it. */
bool toc_team_is_manual(const toc_drill *drill, uint32_t operator_index);
void toc_team_set_manual(toc_drill *drill, uint32_t team, bool manual);

void toc_team_raise_alarm(toc_drill *drill, uint32_t team, const char *subject);
/* False where no alarm on it is open. */
bool toc_team_close_alarm(toc_drill *drill, uint32_t team, const char *subject);

/* What the team knows of an element beyond the model's belief. */
typedef struct toc_team_card {
    uint32_t element;
    uint32_t found;       /* causes a crew found on the spot, bit c for cause c */
    toc_time found_at;    /* TOC_NEVER: nobody has been there */
    int32_t measured_mm;  /* level of its tank that a crew read */
    toc_time measured_at; /* TOC_NEVER: nobody did */
    toc_operation said;   /* what the team put on its board */
    int64_t confidence_ppm;
    toc_time said_at;    /* TOC_NEVER: it said nothing */
    uint32_t said_by;    /* seat */
    toc_time logs_at;    /* TOC_NEVER: nobody has read its logs */
    toc_access intruder; /* what these showed that somebody had */
    toc_time safe_at;    /* TOC_NEVER: nobody has found it safe */
} toc_team_card;

/* NULL where there is none. */
const toc_team_card *toc_team_card_of(const toc_drill *drill, uint32_t team, uint32_t element);
/* Those that it has, rising by element. */
uint32_t toc_team_card_count(const toc_drill *drill, uint32_t team);
const toc_team_card *toc_team_card_at(const toc_drill *drill, uint32_t team, uint32_t index);
/* New or not; valid until the next call. */
toc_team_card *toc_team_make_card(toc_drill *drill, uint32_t team, uint32_t element);

void toc_team_digest(const toc_drill *drill, toc_digest *digest);
void toc_team_finish(toc_drill *drill);

#endif
