/* join: a seat of a drill that runs on a server, as a text console, or many seats as bots. */
#include "cli/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/bots.h"
#include "cli/entry.h"
#include "cli/saying.h"
#include "cli/talk.h"
#include "client/dial.h"

enum { BEAT_MS = 250, PATIENCE_MS = 10000, ENTRY_MS = 60000 };

static const toc_cli_option options[] = {
    {"token", "FILE", "holds the token in its first line; else TOCSIN_TOKEN, else it is asked for"},
    {"seat", "SEAT", "which of the token's seats, where it opens more than one"},
    {"language", "L", "of what is said and told: en (the default) or zh"},
    {"authority", "FILE", "certificates to trust (PEM) in the place of the system's"},
    {"bots", "FILE", "plays a seat with a bot for each line \"seat,token\" of a CSV file"},
    {"pace", "TIME", "of bots: how long each waits between acts, on the wall (10s)"},
    {"for", "TIME", "of bots: how long they play, on the wall (60s)"},
    {"seed", "N", "of bots: what they do (1)"},
};

struct session {
    toc_cli_call *call;
    toc_dial *dial;
    toc_client *client;
    toc_talk *talk;
    const char *language;
    uint64_t deaf_until, leave_at; /* microseconds; 0: not */
    bool has_text, is_leaving, is_typed;
    uint64_t start;
};

/* -- The console ----------------------------------------------------------------------------------
 */

static void leave(struct session *session, bool at_once) {
    uint64_t now = toc_dial_microseconds();
    if (!session->is_leaving) {
        session->is_leaving = true;
        session->leave_at = now + PATIENCE_MS * UINT64_C(1000);
        toc_dial_listen(session->dial, STDIN_FILENO, false);
    }
    if (at_once || toc_client_is_over(session->client) || now >= session->leave_at ||
        toc_client_waiting(session->client) == 0) {
        toc_dial_leave(session->dial);
    }
}

static void hear(void *object, const char *text) {
    struct session *session = object;
    if (text == NULL) {
        leave(session, false);
        return;
    }
    toc_talk_hear(session->talk, text);
    int64_t pause = toc_talk_pause(session->talk);
    if (toc_talk_has_left(session->talk)) {
        leave(session, false);
    } else if (pause > 0) {
        session->deaf_until = toc_dial_microseconds() + (uint64_t)pause * 1000000;
        toc_dial_listen(session->dial, STDIN_FILENO, false);
    }
}

/* Commands are taken once there is something to answer from. */
static void beat(void *object) {
    struct session *session = object;
    bool is_deaf = toc_dial_microseconds() < session->deaf_until;
    if (!session->is_typed && !toc_talk_is_ready(session->talk) &&
        toc_dial_microseconds() - session->start > ENTRY_MS * UINT64_C(1000)) {
        leave(session, true); /* nobody is there who could decide to wait on */
    } else if (session->is_leaving || toc_talk_has_left(session->talk)) {
        leave(session, false);
    } else if (!is_deaf && (!session->has_text || session->deaf_until > 0) &&
               toc_talk_is_ready(session->talk)) {
        session->has_text = true;
        session->deaf_until = 0;
        toc_dial_listen(session->dial, STDIN_FILENO, true);
    }
}

static void interrupt(void *object) {
    leave(object, true);
}

static json_t *document_of(const struct session *session) {
    json_t *document = json_object();
    const toc_mirror *mirror = toc_client_mirror(session->client);
    const toc_wire_welcome *welcome = toc_mirror_welcome(mirror);
    uint64_t taken = 0, not_taken = 0;
    toc_talk_counts(session->talk, &taken, &not_taken);
    (void)json_object_set_new(document, "seat",
                              welcome == NULL ? json_null() : toc_cli_text(welcome->seat));
    (void)json_object_set_new(document, "drill",
                              welcome == NULL ? json_null() : toc_cli_text(welcome->drill));
    (void)json_object_set_new(document, "now_us", toc_cli_time_json(toc_mirror_clock(mirror)->now));
    (void)json_object_set_new(document, "events",
                              json_integer((json_int_t)toc_mirror_event_count(mirror)));
    (void)json_object_set_new(document, "taken", json_integer((json_int_t)taken));
    (void)json_object_set_new(document, "not_taken", json_integer((json_int_t)not_taken));
    (void)json_object_set_new(document, "unacknowledged",
                              json_integer((json_int_t)toc_client_waiting(session->client)));
    (void)json_object_set_new(document, "refused",
                              toc_talk_end(session->talk) == TOC_WIRE_NONE
                                  ? json_null()
                                  : json_string(toc_wire_reason_name(toc_talk_end(session->talk))));
    return document;
}

/* One document is all that standard output has with --json: lines for people go nowhere meanwhile.
   Gives what unhush takes. */
static int hush(void) {
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
    (void)dup2(nowhere, STDOUT_FILENO);
    (void)close(nowhere);
    return kept;
}

static void unhush(int kept) {
    (void)fflush(stdout);
    (void)dup2(kept, STDOUT_FILENO);
    (void)close(kept);
}

static toc_status farewell(struct session *session) {
    char count[24];
    size_t waiting = toc_client_waiting(session->client);
    toc_wire_reason end = toc_talk_end(session->talk);
    (void)snprintf(count, sizeof count, "%zu", waiting);
    if (waiting > 0) {
        toc_saying_print(session->language, TOC_SAYING_UNSENT,
                         (const char *[TOC_SAYING_PARTS]){count});
    }
    bool was_in = toc_mirror_welcome(toc_client_mirror(session->client)) != NULL;
    if (end == TOC_WIRE_NONE) {
        toc_saying_print(session->language, was_in ? TOC_SAYING_BYE : TOC_SAYING_NEVER_IN,
                         (const char *[TOC_SAYING_PARTS]){NULL});
    }
    bool is_well = was_in && (session->is_typed || session->has_text) &&
                   ((end == TOC_WIRE_NONE && waiting == 0) || end == TOC_WIRE_ENDED);
    return is_well ? TOC_OK : end == TOC_WIRE_DISK_FAULT ? TOC_SYSTEM_FAULT : TOC_BAD_INPUT;
}

static toc_status console(toc_cli_call *call, const toc_dial_options *dialling,
                          const char *language) {
    char token[TOC_ENTRY_TOKEN], why[512], name[33];
    struct session session = {.call = call, .language = language};
    session.is_typed = isatty(STDIN_FILENO) == 1;
    session.start = toc_dial_microseconds();
    toc_client_options options_of_client = {
        .token = token, .seat = toc_cli_value(call, "seat"), .language = language, .name = name};
    toc_status status = toc_entry_token(call, language, token);
    if (status != TOC_OK) {
        return status;
    }
    session.dial = toc_dial_create(dialling, why, sizeof why);
    if (session.dial == NULL) {
        return toc_problems_fault(call->problems, (toc_place){.file = NULL}, "%s", why);
    }
    toc_dial_name(name, &options_of_client.seed);
    session.talk = toc_talk_create(&(toc_talk_options){language, session.is_typed});
    options_of_client.tell = toc_talk_tell;
    options_of_client.object = session.talk;
    session.client = toc_client_create(&options_of_client);
    toc_talk_attach(session.talk, session.client);
    int kept = call->json ? hush() : -1;
    toc_dial_attend(session.dial, (toc_dial_ear){&session, hear, beat, interrupt}, BEAT_MS);
    toc_dial_start(session.dial, session.client);
    toc_dial_run(session.dial);
    status = farewell(&session);
    if (call->json) {
        unhush(kept);
        toc_cli_print_json(call, document_of(&session));
    }
    toc_dial_destroy(session.dial);
    toc_client_destroy(session.client);
    toc_talk_destroy(session.talk);
    memset(token, 0, sizeof token);
    return status;
}

static toc_status run(toc_cli_call *call) {
    toc_address address;
    char why[512];
    const char *language = NULL;
    toc_status status = toc_cli_language(call, &language);
    if (status != TOC_OK) {
        return status;
    }
    if (!toc_address_read(call->arguments[0], &address, why, sizeof why)) {
        return toc_cli_usage(call, "%s", why);
    }
    if (!address.is_secure && !toc_address_is_local(&address) && !call->quiet) {
        (void)fflush(stdout);
        toc_saying_print(language, TOC_SAYING_PLAIN,
                         (const char *[TOC_SAYING_PARTS]){address.host});
    }
    toc_dial_options dialling = {.address = &address,
                                 .authority = toc_cli_value(call, "authority")};
    return toc_cli_value(call, "bots") == NULL ? console(call, &dialling, language)
                                               : toc_bots_run(call, &dialling, language);
}

const toc_cli_command toc_join_command = {
    .name = "join",
    .usage = "URL [--token FILE] [--seat SEAT] [--language L] [--authority FILE] [--bots FILE]",
    .sentence = "a seat of a drill that runs on a server, as plain lines of text; or bots",
    .example = "tocsin join wss://drill.example.org --token dispatcher.token --language zh",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
