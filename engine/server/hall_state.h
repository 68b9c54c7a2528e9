/* State of the hall, shared by hall.c and errand.c. */
#ifndef SERVER_HALL_STATE_H
#define SERVER_HALL_STATE_H

#include <glib.h>

#include "server/hall.h"
#include "tocsin/standin.h"

enum { TOC_HALL_HEAD = 65 };
#define TOC_HALL_PENDING INT64_C(-1) /* the time of a deed that is queued */

/* What everybody is told of the drill itself, or two desks and those beside of a talk. */
struct notice {
    toc_time at;
    const char *verb, *actor, *subject, *text;
    bool is_between;
    uint32_t between[2]; /* logs */
};

/* A branch of the record. */
struct course {
    uint32_t parent;
    toc_time forked_at, left_at; /* left_at: TOC_NEVER of the one that is played */
    const char *name;
};

/* One event of a seat. */
struct shown {
    bool is_notice;
    uint32_t index; /* of the notice, or in the seat's stream */
};

struct seat {
    GArray *log; /* struct shown */
    toc_outlook *outlook;
    uint32_t read; /* of its stream */
    uint64_t base; /* events before the log begins: void, since the drill was taken back */
    bool has_person, is_connected;
    bool is_ready;   /* of a tabletop: has talked it through */
    uint32_t talked; /* of its stream, when time last went on */
};

struct toc_hall {
    toc_hall_options options;
    toc_drill *drill;
    toc_standins *standins;
    struct seat *seats; /* as many as the drill has, one for those beside, and the advisers */
    uint32_t seat_count, log_count; /* of those of the drill; of all */
    GArray *notices;                /* struct notice */
    GArray *courses;                /* struct course: branches of the record, the last is played */
    GQueue *queue;                  /* toc_hall_deed *, texts owned */
    GArray *answers;                /* toc_hall_answer, until the step is done */
    GHashTable *done;               /* int64_t * time of what was done, by "desk\tid" */
    GStringChunk *texts;
    toc_status status;    /* of the record; nothing goes on after a fault */
    int64_t speed, carry; /* carry: thousandths of a microsecond not yet passed */
    toc_time rewound_at;  /* to where the drill was taken back last */
    uint32_t epoch;
    toc_time step_until; /* of the command "step"; TOC_NEVER: none */
    bool paused, over, has_rows;
    uint64_t source_next; /* input of the source that is given next */
    bool goes_on;         /* of a tabletop: control says so */
    uint32_t points;      /* of talk, when its time last went on */
    char head[TOC_HALL_HEAD];
};

/* An event for everybody, behind all that was shown at its time and before: whoever plays the
   record again finds it at the same place. */
void toc_hall_tell(toc_hall *hall, toc_time at, const char *verb, const char *actor,
                   const char *text);
/* The same of any notice; its texts are copied. */
void toc_hall_whisper(toc_hall *hall, const struct notice *notice);
/* The next input of the source, as of the drill's now. */
void toc_hall_find_source(toc_hall *hall);
/* What seats were shown up to `until` becomes events. */
void toc_hall_read(toc_hall *hall, toc_time until);
/* Of the seats for which `standins` says so. */
toc_status toc_hall_begin_standins(toc_hall *hall, const bool *standins, toc_problems *problems);
/* Tells everybody, and keeps it in the record. */
void toc_hall_announce(toc_hall *hall, const char *verb, const char *actor, const char *text);
/* The same as toc_hall_journal, with the sender's id; the moment is set here, and the time where
   it is not later than now. */
void toc_hall_write(toc_hall *hall, const toc_record_entry *entry);
/* A toc_standins_sink. */
toc_status toc_hall_keep(void *object, const toc_input *input, toc_problems *problems);

#endif
