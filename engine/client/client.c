#include "client/client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/gathering.h"
#include "client/keeping.h"
#include "tocsin/problems.h"
#include "wire/frame_reader.h"
#include "wire/frame_writer.h"

enum {
    MOST_WAITING = 256,  /* unacknowledged messages */
    SEEN_EVERY = 16,     /* events, before they are acknowledged ahead of the next clock */
    GREETING_MS = 15000, /* for connecting and being welcomed */
    SILENCE_MS = 60000,  /* without any frame: the other side is gone */
    FIRST_WAIT_MS = 500, /* before connecting again, doubled with each failure */
    LONGEST_WAIT_MS = 30000,
    NAME = 40
};

enum stage { IDLE, CONNECTING, GREETING, LIVE, WAITING, OVER };

/* A message on its way. */
struct parcel {
    char id[TOC_WIRE_PAIR_KEY + 1];
    char *bytes;
    size_t size;
};

struct toc_client {
    char *token, *seat, *language;
    char name[NAME + 1];
    uint64_t seed, sent;
    void (*tell)(void *object, const toc_client_news *news);
    void *object;
    toc_client_transport transport;
    enum stage stage;
    bool is_closing, was_welcomed;
    uint32_t failures;
    int64_t seen;
    char why[320];
    toc_wire_reason reason; /* of the server's refusal in this connection */
    toc_mirror *mirror;
    struct parcel waiting[MOST_WAITING];
    size_t waiting_count;
    char *stop; /* the word of a stop that is not sent yet */
    char last_id[TOC_WIRE_PAIR_KEY + 1];
    toc_gathering *gathering; /* the paper that is on its way */
};

static char *copy_of(const char *text) {
    size_t bytes = text == NULL ? 1 : strlen(text) + 1;
    char *copy = toc_keeping_room(NULL, bytes);
    memcpy(copy, text == NULL ? "" : text, bytes);
    return copy;
}

toc_client *toc_client_create(const toc_client_options *options) {
    toc_client *client = toc_keeping_room(NULL, sizeof *client);
    memset(client, 0, sizeof *client);
    client->token = copy_of(options->token);
    client->seat = copy_of(options->seat);
    client->language = copy_of(options->language);
    (void)snprintf(client->name, sizeof client->name, "%s", options->name);
    client->seed = options->seed;
    client->tell = options->tell;
    client->object = options->object;
    client->mirror = toc_mirror_create();
    client->gathering = toc_gathering_create();
    return client;
}

void toc_client_destroy(toc_client *client) {
    if (client == NULL) {
        return;
    }
    for (size_t i = 0; i < client->waiting_count; i++) {
        free(client->waiting[i].bytes);
    }
    memset(client->token, 0, strlen(client->token));
    free(client->token);
    free(client->seat);
    free(client->language);
    free(client->stop);
    toc_mirror_destroy(client->mirror);
    toc_gathering_destroy(client->gathering);
    free(client);
}

static void tell(toc_client *client, const toc_client_news *news) {
    if (client->tell != NULL) {
        client->tell(client->object, news);
    }
}

static void connect_now(toc_client *client) {
    client->stage = CONNECTING;
    client->is_closing = false;
    client->reason = TOC_WIRE_NONE;
    client->why[0] = '\0';
    client->transport.wait(client->transport.object, GREETING_MS);
    client->transport.open(client->transport.object);
}

void toc_client_start(toc_client *client, toc_client_transport transport) {
    client->transport = transport;
    connect_now(client);
}

void toc_client_finish(toc_client *client) {
    bool is_open =
        client->stage == CONNECTING || client->stage == GREETING || client->stage == LIVE;
    if (client->stage != IDLE && client->stage != OVER) {
        client->transport.wait(client->transport.object, 0);
    }
    client->stage = OVER;
    if (is_open && !client->is_closing) {
        client->is_closing = true;
        client->transport.close(client->transport.object);
    }
}

bool toc_client_is_live(const toc_client *client) {
    return client->stage == LIVE;
}

bool toc_client_is_over(const toc_client *client) {
    return client->stage == OVER;
}

const toc_mirror *toc_client_mirror(const toc_client *client) {
    return client->mirror;
}

/* -- Out -----------------------------------------------------------------------------------------
 */

static bool send_now(toc_client *client, const toc_wire_message *message) {
    char frame[TOC_WIRE_FRAME];
    size_t size = toc_frame_writer_write(message, frame, sizeof frame);
    if (size > 0) {
        client->transport.send(client->transport.object, frame, size);
    }
    return size > 0;
}

static const char *next_id(toc_client *client) {
    (void)snprintf(client->last_id, sizeof client->last_id, "%s-%" PRIu64, client->name,
                   client->sent + 1);
    return client->last_id;
}

/* Keeps the message until it is acknowledged, and sends it if it can be sent. */
static const char *dispatch(toc_client *client, const toc_wire_message *message) {
    char frame[TOC_WIRE_FRAME];
    size_t size = toc_frame_writer_write(message, frame, sizeof frame);
    if (size == 0 || client->waiting_count == MOST_WAITING || client->stage == OVER) {
        return NULL;
    }
    struct parcel *parcel = &client->waiting[client->waiting_count++];
    client->sent++;
    memcpy(parcel->id, client->last_id, sizeof parcel->id);
    parcel->bytes = toc_keeping_room(NULL, size);
    parcel->size = size;
    memcpy(parcel->bytes, frame, size);
    if (client->stage == LIVE && !client->is_closing) {
        client->transport.send(client->transport.object, parcel->bytes, size);
    }
    return client->last_id;
}

const char *toc_client_act(toc_client *client, const char *verb, const char *target,
                           toc_wire_pairs parameters) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_ACT);
    message.as.act.id = next_id(client);
    message.as.act.verb = verb;
    message.as.act.target = target;
    message.as.act.parameters = parameters;
    return dispatch(client, &message);
}

const char *toc_client_command(toc_client *client, toc_wire_command command) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_COMMAND);
    message.as.command = command;
    message.as.command.id = next_id(client);
    return dispatch(client, &message);
}

const char *toc_client_note(toc_client *client, const char *text, const char *about) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_NOTE);
    message.as.note.id = next_id(client);
    message.as.note.text = text;
    message.as.note.about = about;
    return dispatch(client, &message);
}

const char *toc_client_fetch(toc_client *client, const char *letter, const char *name) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_FETCH);
    message.as.fetch.id = next_id(client);
    message.as.fetch.letter = letter;
    message.as.fetch.name = name;
    return dispatch(client, &message);
}

static void send_stop(toc_client *client) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STOP);
    message.as.stop.word = client->stop;
    (void)send_now(client, &message);
    free(client->stop);
    client->stop = NULL;
}

bool toc_client_stop(toc_client *client, const char *word) {
    char frame[TOC_WIRE_FRAME];
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STOP);
    message.as.stop.word = word;
    if (client->stage == OVER || toc_frame_writer_write(&message, frame, sizeof frame) == 0) {
        return false;
    }
    free(client->stop);
    client->stop = copy_of(word);
    if (client->stage == LIVE && !client->is_closing) {
        send_stop(client);
    }
    return true;
}

size_t toc_client_waiting(const toc_client *client) {
    return client->waiting_count;
}

static void send_seen(toc_client *client) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_SEEN);
    int64_t last = toc_mirror_last(client->mirror);
    if (last > client->seen && client->stage == LIVE) {
        message.as.seen.seq = last;
        (void)send_now(client, &message);
        client->seen = last;
    }
}

/* -- In ------------------------------------------------------------------------------------------
 */

/* Gives the connection up; what follows is decided when the transport says that it is closed. */
static void drop(toc_client *client, const char *why) {
    if (client->is_closing) {
        return;
    }
    client->is_closing = true;
    (void)snprintf(client->why, sizeof client->why, "%s", why);
    client->transport.close(client->transport.object);
}

static void forget_parcel(toc_client *client, const char *id) {
    for (size_t i = 0; i < client->waiting_count; i++) {
        if (strcmp(client->waiting[i].id, id) == 0) {
            free(client->waiting[i].bytes);
            client->waiting_count--;
            memmove(&client->waiting[i], &client->waiting[i + 1],
                    (client->waiting_count - i) * sizeof client->waiting[0]);
            return;
        }
    }
}

static void welcomed(toc_client *client, const toc_wire_message *message) {
    client->stage = LIVE;
    client->was_welcomed = true;
    client->failures = 0;
    client->seen = toc_mirror_last(client->mirror);
    toc_mirror_take(client->mirror, message);
    if (client->stop != NULL) {
        send_stop(client);
    }
    for (size_t i = 0; i < client->waiting_count; i++) {
        client->transport.send(client->transport.object, client->waiting[i].bytes,
                               client->waiting[i].size);
    }
    tell(client, &(toc_client_news){.kind = TOC_CLIENT_WELCOMED, .message = message});
}

/* It is asked for again where the connection is lost before it is whole. */
static void gather(toc_client *client, const toc_wire_paper *part) {
    if (!toc_gathering_add(client->gathering, part)) {
        drop(client, "the server sent a paper whose parts do not fit");
        return;
    }
    if (toc_gathering_is_whole(client->gathering)) {
        toc_client_paper paper = toc_gathering_paper(client->gathering);
        forget_parcel(client, part->id);
        tell(client, &(toc_client_news){.kind = TOC_CLIENT_PAPER, .paper = &paper});
    }
}

static void told(toc_client *client, const toc_wire_message *message) {
    int64_t last = toc_mirror_last(client->mirror);
    if (message->kind == TOC_WIRE_M_EVENT) {
        if (message->as.event.seq <= last) {
            return; /* sent again, and known */
        }
        if (message->as.event.seq != last + 1) {
            drop(client, "an event was left out");
            return;
        }
    }
    if (message->kind == TOC_WIRE_M_PAPER) {
        gather(client, &message->as.paper);
        return;
    }
    toc_mirror_take(client->mirror, message);
    if (message->kind == TOC_WIRE_M_TAKEN) {
        forget_parcel(client, message->as.taken.id);
    } else if (message->kind == TOC_WIRE_M_NOT_TAKEN) {
        forget_parcel(client, message->as.not_taken.id);
    } else if (message->kind == TOC_WIRE_M_CLOCK ||
               toc_mirror_last(client->mirror) - client->seen >= SEEN_EVERY) {
        send_seen(client);
    }
    tell(client, &(toc_client_news){.kind = TOC_CLIENT_TOLD, .message = message});
}

static void refused(toc_client *client, const toc_wire_refused *refusal) {
    client->reason = refusal->reason;
    drop(client, refusal->text[0] == '\0' ? toc_wire_reason_text(refusal->reason, client->language)
                                          : refusal->text);
}

void toc_client_received(toc_client *client, const char *bytes, size_t size) {
    toc_frame *frame = NULL;
    toc_frame_refusal refusal;
    if (client->is_closing || (client->stage != GREETING && client->stage != LIVE)) {
        return;
    }
    if (toc_frame_reader_read(bytes, size, TOC_WIRE_FROM_SERVER, &frame, &refusal) !=
        TOC_WIRE_NONE) {
        char why[sizeof client->why];
        (void)snprintf(why, sizeof why, "the server sent what is no frame of %s: %.200s",
                       TOC_WIRE_PROTOCOL, refusal.text);
        drop(client, why);
        return;
    }
    const toc_wire_message *message = toc_frame_reader_message(frame);
    client->transport.wait(client->transport.object, SILENCE_MS);
    if (message->kind == TOC_WIRE_M_REFUSED) {
        refused(client, &message->as.refused);
    } else if (message->kind == TOC_WIRE_M_WELCOME) {
        welcomed(client, message);
    } else if (client->stage == LIVE) {
        told(client, message);
    } else {
        drop(client, "the server spoke before it had welcomed");
    }
    toc_frame_reader_release(frame);
}

void toc_client_opened(toc_client *client) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_HELLO);
    if (client->stage != CONNECTING || client->is_closing) {
        return;
    }
    client->stage = GREETING;
    message.as.hello.protocol = TOC_WIRE_PROTOCOL;
    message.as.hello.token = client->token;
    message.as.hello.seat = client->seat;
    message.as.hello.language = client->language;
    message.as.hello.after = toc_mirror_last(client->mirror);
    if (!send_now(client, &message)) {
        client->reason = TOC_WIRE_BAD_TOKEN;
        drop(client, "the token, the seat or the language is longer than any can be");
    }
}

/* Whether connecting again can help. A seat that this client had may still seem taken by itself,
   until the server has noticed that the old connection is gone. */
static bool is_final(const toc_client *client) {
    toc_wire_reason reason = client->reason;
    bool may_pass = reason == TOC_WIRE_NONE || reason == TOC_WIRE_SLOW || reason == TOC_WIRE_IDLE ||
                    reason == TOC_WIRE_TOO_FAST || reason == TOC_WIRE_TOO_MANY ||
                    reason == TOC_WIRE_GOING_AWAY ||
                    (reason == TOC_WIRE_SEAT_TAKEN && client->was_welcomed);
    return !may_pass;
}

/* Half of the doubled time for certain and half of it by lot, so that a thousand clients of a
   server that was away do not come back at once. */
static int64_t next_wait(const toc_client *client) {
    int64_t longest = FIRST_WAIT_MS;
    for (uint32_t i = 1; i < client->failures && longest < LONGEST_WAIT_MS; i++) {
        longest *= 2;
    }
    longest = longest > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : longest;
    uint64_t lot = (client->seed + client->failures) * UINT64_C(0x9e3779b97f4a7c15);
    lot = (lot ^ (lot >> 29)) * UINT64_C(0xbf58476d1ce4e5b9);
    return longest / 2 + (int64_t)((lot >> 33) % (uint64_t)(longest / 2 + 1));
}

void toc_client_closed(toc_client *client, const char *why) {
    if (client->stage == OVER || client->stage == WAITING || client->stage == IDLE) {
        return;
    }
    if (client->why[0] == '\0') {
        (void)toc_problems_show(why, client->why, sizeof client->why);
    }
    client->is_closing = false;
    if (is_final(client)) {
        client->stage = OVER;
        client->transport.wait(client->transport.object, 0);
        tell(client, &(toc_client_news){
                         .kind = TOC_CLIENT_ENDED, .reason = client->reason, .text = client->why});
        return;
    }
    client->stage = WAITING;
    client->failures++;
    int64_t wait = next_wait(client);
    client->transport.wait(client->transport.object, wait);
    tell(client, &(toc_client_news){.kind = TOC_CLIENT_LOST,
                                    .reason = client->reason,
                                    .text = client->why,
                                    .wait_ms = wait});
}

void toc_client_expired(toc_client *client) {
    if (client->stage == WAITING) {
        connect_now(client);
    } else if (client->stage == LIVE) {
        drop(client, "nothing came from the server for a minute");
    } else if (client->stage == CONNECTING || client->stage == GREETING) {
        drop(client, "the server did not answer in time");
    }
}
