#include "cli/talk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/talk_command.h"
#include "cli/recite.h"
#include "cli/talk_state.h"
#include "client/keeping.h"
#include "tocsin/desk.h"

/* -- News -----------------------------------------------------------------------------------------
 */

enum { PATIENCE = 3 }; /* clocks to wait for a state */

static void prompt(const toc_talk *talk) {
    if (talk->has_prompt && !talk->has_left) {
        (void)fputs("> ", stdout);
    }
    (void)fflush(stdout);
}

/* A line that comes by itself begins a new one behind the prompt. */
static void interrupt(const toc_talk *talk) {
    if (talk->has_prompt) {
        (void)putchar('\n');
    }
}

static void tell_waiting_events(toc_talk *talk) {
    const toc_mirror *mirror = toc_client_mirror(talk->client);
    for (; talk->told < toc_mirror_event_count(mirror); talk->told++) {
        if (talk->announce != OFF) {
            toc_recite_event(talk->language, toc_mirror_event(mirror, talk->told));
        }
    }
}

const char *toc_talk_way_to(const toc_talk *talk, const char *whom) {
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(talk->client));
    bool is_expert = welcome != NULL && toc_desk_read(welcome->seat).kind == TOC_DESK_ADVISER;
    bool asks = toc_desk_read(whom).kind == TOC_DESK_ADVISER;
    return asks ? "consult" : is_expert ? "advise" : "notify_peer";
}

void toc_talk_hear(toc_talk *talk, const char *line) {
    toc_talk_command_do(talk, line);
    tell_waiting_events(talk);
    prompt(talk);
}

static void welcome(toc_talk *talk, const toc_wire_welcome *message) {
    char number[24], at[64];
    if (talk->was_welcomed) {
        SAY(talk, AGAIN, NULL);
        prompt(talk);
        return;
    }
    talk->was_welcomed = true;
    talk->told = (size_t)message->last; /* what happened before is history, not news */
    (void)toc_recite_time(0, at, sizeof at);
    SAY(talk, WELCOME, message->seat, message->title);
    SAY(talk, ROLE, toc_recite_word(talk->language, message->role),
        message->starts[0] == '\0' ? at : message->starts);
    if (message->classification[0] != '\0') {
        SAY(talk, CLASSIFIED, message->classification);
    }
    (void)snprintf(number, sizeof number, "%" PRId64, message->last);
    SAY(talk, EARLIER, number);
}

static void acknowledge(toc_talk *talk, const toc_wire_message *message) {
    char at[64];
    interrupt(talk);
    if (message->kind == TOC_WIRE_M_TAKEN) {
        talk->taken++;
        (void)toc_recite_time(message->as.taken.at, at, sizeof at);
        SAY(talk, TAKEN, at, toc_talk_command_description(talk, message->as.taken.id));
    } else {
        const toc_wire_not_taken *refusal = &message->as.not_taken;
        talk->not_taken++;
        SAY(talk, NOT_TAKEN, toc_talk_command_description(talk, refusal->id),
            toc_wire_reason_text(refusal->reason, talk->language), refusal->text);
    }
    prompt(talk);
}

static void clock(toc_talk *talk, const toc_wire_clock *message) {
    bool has_changed = message->paused != talk->was_paused;
    if (message->over && !talk->is_over) {
        interrupt(talk);
        SAY(talk, OVER, NULL);
        prompt(talk);
    } else if (has_changed && !message->over) {
        interrupt(talk);
        if (message->paused) {
            SAY(talk, PAUSED, NULL);
        } else {
            SAY(talk, RESUMED, NULL);
        }
        prompt(talk);
    }
    talk->was_paused = message->paused;
    talk->is_over = message->over;
}

static void event(toc_talk *talk) {
    if (talk->announce == LATER && talk->has_prompt) {
        return;
    }
    if (talk->told < toc_mirror_event_count(toc_client_mirror(talk->client))) {
        interrupt(talk);
        tell_waiting_events(talk);
        prompt(talk);
    }
}

/* Whether all is there that commands are answered from: the state, of those who see it the truth
   too, and where they do not come the clock has gone on meanwhile. */
static bool is_complete(toc_talk *talk, const toc_wire_message *message) {
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(talk->client));
    bool sees_truth =
        strcmp(welcome->role, "control") == 0 || strcmp(welcome->role, "evaluator") == 0;
    talk->clocks += message->kind == TOC_WIRE_M_CLOCK;
    return (message->kind == TOC_WIRE_M_STATE && !message->as.state.more && !sees_truth) ||
           (message->kind == TOC_WIRE_M_TRUTH && !message->as.truth.more) ||
           talk->clocks > PATIENCE;
}

static void told(toc_talk *talk, const toc_wire_message *message) {
    if (message->kind == TOC_WIRE_M_TAKEN || message->kind == TOC_WIRE_M_NOT_TAKEN) {
        acknowledge(talk, message);
    } else if (message->kind == TOC_WIRE_M_CLOCK) {
        clock(talk, &message->as.clock);
    } else if (message->kind == TOC_WIRE_M_EVENT) {
        event(talk);
    }
    if (!talk->is_ready && is_complete(talk, message)) {
        talk->is_ready = true;
        prompt(talk);
    }
}

/* Saved under its own name in this folder; what is there already stays as it is. */
static void save(toc_talk *talk, const toc_client_paper *paper) {
    char name[416];
    (void)snprintf(name, sizeof name, "%s", paper->name);
    for (char *at = name; *at != '\0'; at++) { /* a server does not choose the folder */
        *at = *at == '/' || *at == '\\' || (at == name && *at == '.') ? '_' : *at;
    }
    FILE *file = fopen(name, "wx");
    bool is_saved = file != NULL && fwrite(paper->bytes, 1, paper->size, file) == paper->size;
    is_saved = file != NULL && fclose(file) == 0 && is_saved;
    interrupt(talk);
    if (is_saved) {
        SAY(talk, SAVED, name);
    } else {
        SAY(talk, NOT_SAVED, name, strerror(errno));
    }
    prompt(talk);
}

void toc_talk_tell(void *object, const toc_client_news *news) {
    toc_talk *talk = object;
    char seconds[32];
    if (news->kind == TOC_CLIENT_ENDED) {
        talk->end = news->reason;
        talk->has_left = true;
    }
    if (news->kind == TOC_CLIENT_WELCOMED) {
        welcome(talk, &news->message->as.welcome);
    } else if (news->kind == TOC_CLIENT_LOST) {
        interrupt(talk);
        (void)snprintf(seconds, sizeof seconds, "%.1f", (double)news->wait_ms / 1000.0);
        SAY(talk, LOST, news->text, seconds);
        prompt(talk);
    } else if (news->kind == TOC_CLIENT_ENDED) {
        interrupt(talk);
        SAY(talk, ENDED, news->text, toc_wire_reason_name(news->reason));
        (void)fflush(stdout);
    } else if (news->kind == TOC_CLIENT_PAPER) {
        save(talk, news->paper);
    } else {
        told(talk, news->message);
    }
}

/* -- Coming and going -----------------------------------------------------------------------------
 */

toc_talk *toc_talk_create(const toc_talk_options *options) {
    toc_talk *talk = toc_keeping_room(NULL, sizeof *talk);
    memset(talk, 0, sizeof *talk);
    (void)snprintf(talk->language, sizeof talk->language, "%s", options->language);
    talk->has_prompt = options->has_prompt;
    return talk;
}

void toc_talk_destroy(toc_talk *talk) {
    free(talk);
}

void toc_talk_attach(toc_talk *talk, toc_client *client) {
    talk->client = client;
}

bool toc_talk_is_ready(const toc_talk *talk) {
    return talk->is_ready;
}

bool toc_talk_has_left(const toc_talk *talk) {
    return talk->has_left;
}

int64_t toc_talk_pause(toc_talk *talk) {
    int64_t pause = talk->pause;
    talk->pause = 0;
    return pause;
}

toc_wire_reason toc_talk_end(const toc_talk *talk) {
    return talk->end;
}

void toc_talk_counts(const toc_talk *talk, uint64_t *taken, uint64_t *not_taken) {
    *taken = talk->taken;
    *not_taken = talk->not_taken;
}
