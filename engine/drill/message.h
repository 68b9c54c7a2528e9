/* Message: words from one to another; every seat's inbox is made of these. */
#ifndef DRILL_MESSAGE_H
#define DRILL_MESSAGE_H

#include "drill/state.h"

typedef struct toc_message {
    toc_time at;
    const char *from; /* a seat's name, or somebody nobody plays: "feeder crew" */
    uint32_t to;      /* seat */
    const char *channel, *text;
    const char *inject; /* id of the inject that brought it, "" for none: hidden from players */
} toc_message;

/* Hands it over at once: trace and the receiver's observation. Texts are copied. The number counts
   from 1. */
uint32_t toc_message_send(toc_drill *drill, const char *from, uint32_t to_seat, const char *channel,
                          const char *text);
/* The same as part of an inject. */
uint32_t toc_message_deliver(toc_drill *drill, const toc_message *message);
uint32_t toc_message_count(const toc_drill *drill);
/* Numbers from 1. */
const toc_message *toc_message_at(const toc_drill *drill, uint32_t number);
void toc_message_digest(const toc_drill *drill, toc_digest *digest);
void toc_message_finish(toc_drill *drill);

#endif
