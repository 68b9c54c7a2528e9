/* Stream: what a seat was shown, in order, and what it may do about it. Nothing here tells a seat
   what its team has not observed or been told. */
#ifndef TOCSIN_STREAM_H
#define TOCSIN_STREAM_H

#include "tocsin/drill.h"

/* Texts live as long as the drill and are "" where there is nothing. */
typedef struct toc_stream_entry {
    toc_time at;
    const char *kind;    /* "message", "alarm", "control", "ticket", "duty", "decision", "approval",
                            "alert", "aid", "shift", "order" */
    const char *subject; /* an asset, "M-3", the target of a ticket, a duty, a decision ... */
    const char *actor;   /* who sent, asked, ordered or chose */
    const char *verb;    /* channel; operation now believed; action; what became of it */
    const char *text;    /* what was said, or why */
    const char *marking; /* of a message: its TLP marking */
    int64_t number; /* of a message and a ticket its number among the seat's own; of an order the
                       receiver's; of control 1 there, 0 lost */
    toc_time due;   /* TOC_NEVER for none */
} toc_stream_entry;

/* Something a seat may do. */
typedef struct toc_stream_verb {
    const char *name, *help;
    const char *target; /* what it is done to: "element", "seat" ...; "" nothing */
    const char *keys;   /* parameters, separated by blanks */
    toc_time takes;     /* by itself; 0: it is done at once or by crews */
    bool final;         /* nothing takes it back */
} toc_stream_verb;

/* The seat's index (toc_drill_seat), or false. */
bool toc_stream_find_seat(const toc_drill *drill, const char *name, uint32_t *out_seat);
uint32_t toc_stream_count(const toc_drill *drill, uint32_t seat);
/* Index below toc_stream_count; what was there stays as it is. */
toc_stream_entry toc_stream_at(const toc_drill *drill, uint32_t seat, uint32_t index);
/* All verbs there are; false where there is no such index. */
bool toc_stream_verb_at(uint32_t index, toc_stream_verb *out_verb);
bool toc_stream_may(const toc_drill *drill, uint32_t seat, uint32_t verb);
/* Writes one parameter as a line of an input's; returns the bytes without the zero, `size` or more
   where it does not fit. */
size_t toc_stream_parameter(const char *key, const char *value, char *buffer, size_t size);

#endif
