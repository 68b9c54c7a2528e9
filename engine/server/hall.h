/* Hall: a drill that people play: the drill, its record, the stand-ins of empty seats, and a clock
   on the wall that moves it on in steps. What somebody does is stamped at the next step, committed,
   passed by the engine and then acknowledged. It knows seats, not connections. */
#ifndef SERVER_HALL_H
#define SERVER_HALL_H

#include "server/outlook.h"
#include "tocsin/record.h"
#include "wire/wire.h"

/* The seat of everybody who plays none: control, evaluators. */
#define TOC_HALL_BESIDE UINT32_MAX

typedef enum toc_hall_kind {
    TOC_HALL_ACT,     /* of a seat */
    TOC_HALL_COMMAND, /* of control */
    TOC_HALL_NOTE     /* verb: "note"; target: what it is about; parameters: what it says */
} toc_hall_kind;

typedef struct toc_hall_deed {
    toc_hall_kind kind;
    uint64_t asker;   /* whoever is answered */
    uint32_t seat;    /* or TOC_HALL_BESIDE */
    const char *desk; /* its name, "gridco.dispatcher", "control" */
    const char *id;   /* the sender's own; a desk's second deed of an id is answered as the first */
    const char *verb, *target;
    const char *parameters; /* "key=value" lines */
    toc_time at;            /* of a command that has one, else TOC_NEVER */
    int64_t speed;          /* of the command "speed", in thousandths */
} toc_hall_deed;

typedef struct toc_hall_answer {
    uint64_t asker;
    const char *id, *text;  /* text: why not */
    toc_wire_reason reason; /* TOC_WIRE_NONE: it is on disk and done, at `at` */
    toc_time at;
} toc_hall_answer;

/* What became of a wish to have a feed to a team's own tools on or off. */
typedef enum toc_hall_feeding {
    TOC_HALL_FEED_NONE,  /* there is none of that team */
    TOC_HALL_FEED_ASKED, /* it waits for a second person, at another desk */
    TOC_HALL_FEED_ON,
    TOC_HALL_FEED_OFF
} toc_hall_feeding;

/* An expert whom teams may ask; the list outlives the hall. */
typedef struct toc_hall_expert {
    const char *desk;  /* "adviser.eve" */
    const char *about; /* who that is and what they know; "" where nobody says */
} toc_hall_expert;

typedef struct toc_hall_options {
    toc_drill **drill; /* these three outlive the hall; a rewind puts another drill there */
    toc_record *record;
    const toc_package *package;
    const char *policy;   /* of the stand-ins */
    const bool *standins; /* by seat, whether one plays it until a person comes */
    int64_t speed;        /* thousandths of the pace of a clock on the wall */
    bool paused;
    int64_t (*moment)(void); /* microseconds since 1970, for the journal alone */
    void (*answer)(void *object, const toc_hall_answer *answer);
    void *object;
    /* A record that is looked at again: its inputs are given when they are due, and nobody adds
       any. NULL: people play. */
    const toc_record *source;
    const toc_hall_expert *experts;
    uint32_t expert_count;
    toc_hall_feeding (*feed)(void *object, const char *desk, const char *team, bool on);
    void *feeds; /* handed to feed, which is NULL where the drill feeds nothing */
} toc_hall_options;

typedef struct toc_hall toc_hall;

/* Of a record that is resumed, what it says of deeds done, of pauses and of who sat where holds. */
toc_status toc_hall_create(const toc_hall_options *options, toc_problems *problems,
                           toc_hall **out_hall);
void toc_hall_destroy(toc_hall *hall);

/* Queues what somebody did until the next step. Texts are copied. */
void toc_hall_take(toc_hall *hall, const toc_hall_deed *deed);
/* A real emergency: the drill stands still from now on, and everybody is told. */
void toc_hall_stop(toc_hall *hall, const char *desk, const char *word);
/* A person sits down at the seat, or is gone: then the seat waits, and nobody plays it. */
void toc_hall_sit(toc_hall *hall, uint32_t seat);
void toc_hall_leave(toc_hall *hall, uint32_t seat);
/* Something around the drill that its record is to hold: "refused", "joined" ... */
void toc_hall_journal(toc_hall *hall, const char *kind, const char *desk, const char *subject,
                      const char *text);

/* One step: takes what is queued, commits it, and lets the drill go on for what `elapsed`
   microseconds on the wall are at its speed; then answers. Anything but TOC_OK has stopped the
   drill for good. */
toc_status toc_hall_step(toc_hall *hall, int64_t elapsed, toc_problems *problems);
bool toc_hall_is_over(const toc_hall *hall);

/* -- What a seat is shown -----------------------------------------------------------------------
 */

const toc_drill *toc_hall_drill(const toc_hall *hall);
const toc_package *toc_hall_package(const toc_hall *hall);
uint32_t toc_hall_expert_count(const toc_hall *hall);
toc_hall_expert toc_hall_expert_at(const toc_hall *hall, uint32_t index);
/* What stands for the seat of that adviser in the next two; TOC_HALL_BESIDE where there is none of
   that name. */
uint32_t toc_hall_adviser(const toc_hall *hall, const char *desk);
/* Events of the seat so far; numbers run from 1. */
uint64_t toc_hall_events(const toc_hall *hall, uint32_t seat);
void toc_hall_event(const toc_hall *hall, uint32_t seat, uint64_t number, const char *language,
                    toc_wire_event *out_event);
/* NULL for TOC_HALL_BESIDE. */
toc_outlook *toc_hall_outlook(const toc_hall *hall, uint32_t seat);
void toc_hall_clock(const toc_hall *hall, toc_wire_clock *out_clock);
/* The head of the record's chain, as of the last commit. */
const char *toc_hall_head(const toc_hall *hall);
/* How often the drill was taken back: what was told of how things stand is void then. */
uint32_t toc_hall_epoch(const toc_hall *hall);
/* For control: how the seat is played. */
void toc_hall_place(const toc_hall *hall, uint32_t seat, toc_wire_place *out_place);

#endif
