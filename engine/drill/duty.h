/* Duty: an obligation with a clock. A rule of the scenario waits for its trigger; from then on the
   operator owes a report until it is made. */
#ifndef DRILL_DUTY_H
#define DRILL_DUTY_H

#include "drill/criterion.h"
#include "formats/rulebook.h"

/* When the clock starts. */
typedef enum toc_duty_clock {
    TOC_DUTY_TRIGGERED,  /* when what it is about happens */
    TOC_DUTY_DISCOVERED, /* not before the operator's first alarm */
    TOC_DUTY_AWARE,      /* not before the team has declared an incident */
    TOC_DUTY_DETERMINED, /* not before the team has graded it */
    TOC_DUTY_HANDLED,    /* not before the team has stood down */
    TOC_DUTY_CLOCKS
} toc_duty_clock;

typedef struct toc_duty_rule {
    const char *id, *text, *source;
    const char *team; /* who owes it */
    const char *to;   /* seat or team that it is owed to */
    uint32_t trigger; /* criterion; TOC_INDEX_NONE: its regime sets it off */
    toc_duty_clock clock;
    toc_time within; /* TOC_NEVER: no limit */
    toc_place place;

    /* of a rulebook; NULL where the scenario states it itself */
    const toc_rulebook *book;
    const toc_rulebook_duty *law;
    uint32_t regime;
    uint32_t after; /* duty that it follows; TOC_INDEX_NONE: none */
} toc_duty_rule;

/* What a seat sends to whom it reports. */
typedef struct toc_duty_report {
    const char *target; /* a duty's id, or a recipient: seat or team */
    toc_rulebook_by by;
    const char *items; /* what it tells; NULL: see the headings of the text */
    const char *text;
} toc_duty_report;

/* "triggered", "discovered" ... */
const char *toc_duty_clock_name(toc_duty_clock clock);
/* False where the id is taken. Texts live as long as the drill. */
bool toc_duty_add(toc_drill *drill, const toc_duty_rule *rule);
const toc_duty_rule *toc_duty_rule_at(const toc_drill *drill, uint32_t index);
/* Tells what the rules name and does not exist. */
void toc_duty_check(toc_drill *drill);
/* Puts what may come to be owed on the trace. */
void toc_duty_facts(toc_drill *drill);
void toc_duty_begin(toc_drill *drill);

/* The seat reports. Fulfils the duty that is named of the seat's team, or the oldest one open
   towards that recipient that such a report does; a report made before the trigger fulfils it when
   it comes. True where it fulfilled one. */
bool toc_duty_note_report(toc_drill *drill, uint32_t seat, const toc_duty_report *report);
/* NULL where the items that it tells exist and do for the duty that it would fulfil, else what is
   wrong. */
const char *toc_duty_refusal(toc_drill *drill, uint32_t seat, const toc_duty_report *report);
/* The ids of the items that belong into the report, with blanks between; "" for none. */
const char *toc_duty_content(toc_drill *drill, const char *id);
/* The same as bits, with those that were told so far; NULL where it asks for none. */
const toc_rulebook *toc_duty_items(const toc_drill *drill, const char *id, uint64_t *out_asked,
                                   uint64_t *out_told);
/* What it waited for has come; nothing where that is so already. */
void toc_duty_trigger(toc_drill *drill, uint32_t duty);
/* The duty that this one follows has been done: it may come. */
void toc_duty_let_follow(toc_drill *drill, uint32_t duty);
bool toc_duty_is_followed(const toc_drill *drill, uint32_t duty);
/* Whether there is a rule of that id or towards that recipient. */
bool toc_duty_is_target(const toc_drill *drill, const char *target);
/* Seat that reports to `target` reach: the recipient's, or the first of the recipient team;
   TOC_INDEX_NONE where nobody plays it. */
uint32_t toc_duty_recipient(const toc_drill *drill, const char *target);
/* Whether one of them has been fulfilled by the team (NULL: any). */
bool toc_duty_is_reported(const toc_drill *drill, const char *target, const char *team);
/* The operator's first alarm: clocks that wait for discovery may start. */
void toc_duty_note_alarm(toc_drill *drill, const char *team);

/* How many have been triggered. */
uint32_t toc_duty_started(const toc_drill *drill);
/* Of those; index below toc_duty_started. */
toc_drill_duty toc_duty_read(const toc_drill *drill, uint32_t index);
/* Started or not; false where there is none of that id. */
bool toc_duty_find(const toc_drill *drill, const char *id, toc_drill_duty *out_duty);
void toc_duty_digest(const toc_drill *drill, toc_digest *digest);
void toc_duty_finish(toc_drill *drill);

#endif
