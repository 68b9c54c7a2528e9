/* Message: words from one to another; every seat's inbox is made of these. */
#ifndef DRILL_MESSAGE_H
#define DRILL_MESSAGE_H

#include "drill/marking.h"
#include "drill/state.h"

typedef struct toc_message {
    toc_time at;
    const char *from; /* a seat's name, or somebody nobody plays: "feeder crew" */
    uint32_t to;      /* seat */
    const char *channel, *text;
    const char *inject; /* id of the inject that brought it, "" for none: hidden from players */
    toc_marking tlp;    /* NONE: what the text says of itself at its beginning */
    toc_marking pap;
    uint32_t origin;   /* number of the message whose content it passes on, 0 for none */
    const char *about; /* gist.def, for stand-ins; NULL for nothing */
    const char *const *attachments; /* files of the package */
    uint32_t attachment_count;
} toc_message;

/* What a seat tells another one. */
typedef struct toc_sharing {
    uint32_t from, to; /* seats */
    const char *channel, *text;
    toc_marking tlp, pap; /* NONE: as the origin is marked */
    uint32_t origin;      /* number of the message whose content is passed on, 0 for none */
    const char *about;    /* gist.def; NULL: as the origin */
} toc_sharing;

/* Hands it over at once: trace and the receiver's observation. Texts are copied. The number counts
   from 1. */
uint32_t toc_message_send(toc_drill *drill, const char *from, uint32_t to_seat, const char *channel,
                          const char *text);
/* The same with markings and where the content comes from. What the origin's marking does not allow
   is done all the same, and goes on the trace as a leak. */
uint32_t toc_message_share(toc_drill *drill, const toc_sharing *sharing);
/* The seat tells somebody outside the drill's seats ("the public") what the message said. */
void toc_message_publish(toc_drill *drill, uint32_t from_seat, uint32_t origin, const char *to);
/* The number of what the seat knows as the own_number-th in its inbox; 0 where there is none. */
uint32_t toc_message_of_inbox(const toc_drill *drill, uint32_t seat, uint32_t own_number);
/* The same as part of an inject. */
uint32_t toc_message_deliver(toc_drill *drill, const toc_message *message);
uint32_t toc_message_count(const toc_drill *drill);
/* Numbers from 1. */
const toc_message *toc_message_at(const toc_drill *drill, uint32_t number);
void toc_message_digest(const toc_drill *drill, toc_digest *digest);
void toc_message_finish(toc_drill *drill);

#endif
