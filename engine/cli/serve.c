/* serve: people play a drill over the network, paced by the clock on the wall. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/copies.h"
#include "cli/feeding.h"
#include "cli/guestlist.h"
#include "cli/safekeeping.h"
#include "server/lobby.h"
#include "server/socket.h"
#include "server/token.h"
#include "tocsin/pace.h"
#include "tocsin/record.h"
#include "tocsin/stream.h"

enum {
    DEFAULT_PORT = 7443,
    MOST_CONNECTIONS = 4096,
    PATH = 4096,
    DRILL = 32,
    GOODBYE = 2,        /* pulses for the last frames */
    STATUS_EVERY = 600, /* pulses between two lines that say the same */
    STATUS_NEW = 5,     /* pulses between two lines that say something new */
    SIGN_EVERY = 60
};

static const toc_cli_option options[] = {
    {"listen", "A:P",
     "address and port; 127.0.0.1:7443 where it is not said, ':7443' is all addresses"},
    {"cert", "FILE", "certificate in PEM: connections are encrypted (with --key)"},
    {"key", "FILE", "its key in PEM"},
    {"output", "FILE", "the record (-o FILE.drill); NAME-DATE.drill where it is not said"},
    {"resume", "FILE", "go on with the drill of this record"},
    {"seed", "N", "luck of the drill; 1 where it is not said"},
    {"policy", "P", "of the stand-ins: reference (the default), or a .lua of the package"},
    {"stand-ins", "SEATS",
     "seats that stand-ins play until a person comes: all (the default),\n"
     "                       none, or their names, separated by commas"},
    {"tokens", "FILE",
     "who gets in, as 'tocsin roster' made it; where there is no such file,\n"
     "                       a token for each seat is made and printed, once"},
    {"lasts", "T", "how long tokens made here are good for; 24h where it is not said"},
    {"speed", "X", "pace against the clock on the wall, 0.1 to 100; 1 where it is not said"},
    {"hold", NULL, "the clock stands until control has it go"},
    {"roster", "FILE.csv",
     "who is expected: their names go into the record, where 'forget' takes them out"},
    {"feed", "LIST",
     "what a team's own tools would see, off until two persons say `feed TEAM\n"
     "                       state=on`: TEAM=udp:HOST:PORT, tcp: or file:PATH, with commas"},
    {"collector", "HOST", "the host beside this machine that feeds may go to"},
    {"cef", NULL, "lines of feeds with a CEF body"},
    {"warnings", "FOLDER", "where what fed teams tell the public goes, as CAP 1.2"},
    {"solo", "SEAT", "play alone: this seat and control are yours, stand-ins play all others"},
    {"review", "FILE",
     "a record is looked at again: its inputs come when they came, and the clock goes where\n"
     "                       control has it go; nothing is done to it"},
    {"together", "FILE",
     "copies of one drill that are given the same FILE stand still and go on together"},
    {"sign", "KEY", "sign the record with this key every minute and at the end"},
    {"suite", "S", "of hash and signature: sha256-ed25519 (the default) or sm3-sm2"},
    {"keep-until", "DATE", "the day after which the record is to be destroyed: 2028-01-31"},
};

struct serve {
    toc_cli_call *call;
    toc_package *own_package; /* NULL where the record holds it */
    const toc_package *package;
    toc_record *record;
    toc_record *source; /* that is looked at again; NULL: people play */
    toc_drill *drill;
    toc_token_book *tokens;
    toc_socket *socket;
    toc_lobby *lobby;
    toc_copies *copies;   /* NULL: it is played by itself */
    toc_feeding *feeding; /* NULL: nothing is fed */
    bool *standins;
    int64_t speed;
    uint64_t seed;
    char path[PATH], token_path[PATH], drill_id[DRILL], address[256];
    uint16_t port;
    toc_status status;
    bool has_begun, has_made_tokens;
    uint32_t pulses, told_at, goodbye; /* goodbye: pulses until the end, 0: not yet */
    toc_lobby_facts told;
};

static int64_t moment(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* -- What was asked for -------------------------------------------------------------------------
 */

static toc_status read_listen(struct serve *serve) {
    const char *text = toc_cli_value(serve->call, "listen");
    text = text == NULL ? "127.0.0.1" : text;
    const char *colon = strrchr(text, ':');
    size_t length = colon == NULL ? strlen(text) : (size_t)(colon - text);
    char *end = NULL;
    unsigned long port = colon == NULL ? DEFAULT_PORT : strtoul(colon + 1, &end, 10);
    bool is_bracketed = length >= 2 && text[0] == '[' && text[length - 1] == ']';
    if ((colon != NULL && (end == colon + 1 || *end != '\0')) || port > UINT16_MAX ||
        length >= sizeof serve->address) {
        return toc_cli_usage(serve->call, "--listen wants ADDRESS:PORT, like 127.0.0.1:7443");
    }
    serve->port = (uint16_t)port;
    (void)snprintf(serve->address, sizeof serve->address, "%.*s",
                   (int)(is_bracketed ? length - 2 : length), is_bracketed ? text + 1 : text);
    return TOC_OK;
}

static toc_status read_speed(struct serve *serve) {
    const char *text = toc_cli_value(serve->call, "speed");
    char *end = NULL;
    double speed = text == NULL ? 1.0 : strtod(text, &end);
    if ((text != NULL && (end == text || *end != '\0')) || !(speed >= 0.1 && speed <= 100.0)) {
        return toc_cli_usage(serve->call, "--speed wants a number from 0.1 to 100");
    }
    serve->speed = (int64_t)(speed * 1000.0 + 0.5);
    return TOC_OK;
}

static toc_status read_paths(struct serve *serve) {
    toc_cli_call *call = serve->call;
    const char *output = toc_cli_value(call, "output"), *resume = toc_cli_value(call, "resume");
    const char *tokens = toc_cli_value(call, "tokens");
    bool has_package = call->argument_count > 0 || toc_cli_value(call, "review") != NULL;
    if ((toc_cli_value(call, "cert") == NULL) != (toc_cli_value(call, "key") == NULL)) {
        return toc_cli_usage(call, "--cert and --key belong together");
    }
    if (resume != NULL && (output != NULL || has_package)) {
        return toc_cli_usage(call, "--resume goes on with a record, which holds its package: leave "
                                   "PACKAGE and -o out");
    }
    if (resume == NULL && !has_package) {
        return toc_cli_usage(call, "PACKAGE is missing, or --resume FILE.drill");
    }
    if (resume != NULL || output != NULL) {
        (void)snprintf(serve->path, sizeof serve->path, "%s", resume != NULL ? resume : output);
    }
    if (tokens != NULL) {
        (void)snprintf(serve->token_path, sizeof serve->token_path, "%s", tokens);
    }
    return TOC_OK;
}

static toc_status read_options(struct serve *serve) {
    serve->seed = 1;
    toc_status status = toc_cli_number(serve->call, "seed", &serve->seed);
    if (status == TOC_OK) {
        status = read_listen(serve);
    }
    if (status == TOC_OK) {
        status = read_speed(serve);
    }
    return status == TOC_OK ? read_paths(serve) : status;
}

static toc_status read_standins(struct serve *serve) {
    const char *text = toc_cli_value(serve->call, "stand-ins");
    uint32_t count = toc_drill_facts_of(serve->drill).seats;
    bool is_shown = toc_pace_of(serve->drill) == TOC_PACE_SCRIPT;
    bool all = serve->source == NULL && (text == NULL || strcmp(text, "all") == 0);
    text = serve->source != NULL ? "none" : text;
    const char *policy = toc_cli_value(serve->call, "policy");
    if (is_shown && serve->source == NULL &&
        (!all || (policy != NULL && strcmp(policy, "reference") != 0))) {
        return toc_cli_usage(serve->call,
                             "a demonstration is played by its script, the policy reference, at "
                             "every seat; leave --stand-ins and --policy out");
    }
    serve->standins = calloc(count + 1, sizeof *serve->standins);
    for (uint32_t i = 0; serve->standins != NULL && i < count; i++) {
        serve->standins[i] = all;
    }
    if (serve->standins == NULL || all || strcmp(text, "none") == 0) {
        return serve->standins == NULL ? TOC_SYSTEM_FAULT : TOC_OK;
    }
    while (*text != '\0') {
        char name[256];
        uint32_t seat = 0;
        size_t length = strcspn(text, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, text);
        if (!toc_stream_find_seat(serve->drill, name, &seat)) {
            return toc_problems_error(serve->call->problems, (toc_place){.file = NULL},
                                      "--stand-ins: there is no seat '%.80s'; the first is '%s'",
                                      name, toc_drill_seat(serve->drill, 0));
        }
        serve->standins[seat] = true;
        text += length + (text[length] == ',');
    }
    return TOC_OK;
}

/* -- The drill and its record -------------------------------------------------------------------
 */

static void name_record(struct serve *serve) {
    time_t now = time(NULL);
    struct tm parts;
    char date[32] = "";
    if (serve->path[0] != '\0') {
        return;
    }
    if (gmtime_r(&now, &parts) != NULL) {
        (void)strftime(date, sizeof date, "%Y%m%d-%H%M%S", &parts);
    }
    (void)snprintf(serve->path, sizeof serve->path, "%s-%s.drill", toc_package_name(serve->package),
                   date);
}

static toc_status open_new(struct serve *serve) {
    toc_problems *problems = serve->call->problems;
    const char *policy = toc_cli_value(serve->call, "policy");
    toc_drill *trial = NULL;
    toc_drill_options opening = {.seed = serve->seed};
    toc_record_meta meta = {.seed = serve->seed, .digest_step = TOC_MINUTE};
    toc_status status =
        serve->source != NULL ? TOC_OK : toc_cli_package(serve->call, 0, &serve->own_package);
    serve->package = serve->source != NULL ? toc_record_package(serve->source) : serve->own_package;
    if (serve->source != NULL) {
        toc_record_meta before = toc_record_meta_of(serve->source);
        opening.seed = meta.seed = before.seed;
        opening.replication = meta.replication = before.replication;
    }
    if (status == TOC_OK) { /* a scenario with mistakes leaves no record */
        status = toc_drill_open(serve->package, &opening, problems, &trial);
    }
    if (status != TOC_OK) {
        return status;
    }
    name_record(serve);
    (void)snprintf(meta.title, sizeof meta.title, "%s", toc_drill_facts_of(trial).title);
    (void)snprintf(meta.package_name, sizeof meta.package_name, "%s",
                   toc_package_name(serve->package));
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "%s", TOC_VERSION);
    (void)snprintf(meta.policy, sizeof meta.policy, "%s", policy == NULL ? "reference" : policy);
    status = toc_safekeeping_read(serve->call, &meta);
    if (status != TOC_OK) {
        toc_drill_close(trial);
        return status;
    }
    toc_drill_close(trial);
    status = toc_record_create(serve->path, serve->package, &meta, problems, &serve->record);
    if (status == TOC_OK) {
        opening.trace = toc_record_trace;
        opening.trace_object = serve->record;
        status = toc_drill_open(serve->package, &opening, problems, &serve->drill);
    }
    if (status == TOC_OK) {
        status = toc_guestlist_write(serve->call, serve->drill, serve->record);
    }
    return status == TOC_OK ? toc_record_commit(serve->record, problems) : status;
}

static toc_status open_drill(struct serve *serve) {
    const char *review = toc_cli_value(serve->call, "review");
    if (review != NULL) {
        toc_status opened = toc_record_open(review, serve->call->problems, &serve->source);
        return opened == TOC_OK ? open_new(serve) : opened;
    }
    if (toc_cli_value(serve->call, "resume") == NULL) {
        return open_new(serve);
    }
    toc_status status =
        toc_record_resume(serve->path, serve->call->problems, &serve->record, &serve->drill);
    if (status == TOC_OK) {
        serve->package = toc_record_package(serve->record);
    }
    return status;
}

static toc_status begin_signing(struct serve *serve) {
    const char *key = toc_cli_value(serve->call, "sign");
    return key == NULL ? TOC_OK : toc_record_sign_with(serve->record, key, serve->call->problems);
}

/* Who plays alone plays here: nobody else is let in. */
static toc_status check_solo(struct serve *serve) {
    const char *seat = toc_cli_value(serve->call, "solo");
    uint32_t number = 0;
    if (seat == NULL) {
        return TOC_OK;
    }
    bool is_here = strcmp(serve->address, "127.0.0.1") == 0 || strcmp(serve->address, "::1") == 0;
    if (!is_here || serve->token_path[0] != '\0' ||
        toc_cli_value(serve->call, "stand-ins") != NULL) {
        return toc_cli_usage(serve->call,
                             "--solo plays on this machine with tokens of its own and "
                             "stand-ins everywhere else; leave --tokens and --stand-ins "
                             "out, and --listen on 127.0.0.1");
    }
    if (!toc_stream_find_seat(serve->drill, seat, &number)) {
        return toc_problems_error(serve->call->problems, (toc_place){.file = NULL},
                                  "--solo: there is no seat '%.80s'; the first is '%s'", seat,
                                  toc_drill_seat(serve->drill, 0));
    }
    return TOC_OK;
}

/* -- Tokens -------------------------------------------------------------------------------------
 */

static toc_status issue(struct serve *serve, const char *seat, const char *role, json_t *list) {
    char token[TOC_TOKEN_TEXT];
    toc_time lasts = 24 * TOC_HOUR;
    toc_status status = toc_cli_time(serve->call, "lasts", &lasts);
    toc_token_grant grant = {
        .seats = seat, .role = role, .expires = (moment() + lasts) / TOC_SECOND};
    if (status == TOC_OK) {
        status = toc_token_issue(serve->tokens, &grant, serve->call->problems, token);
    }
    if (status == TOC_OK) {
        json_t *row = json_object();
        (void)json_object_set_new(row, "seat", json_string(seat));
        (void)json_object_set_new(row, "token", json_string(token));
        (void)json_array_append_new(list, row);
    }
    return status;
}

/* A token each, printed once: the file holds hashes. */
static toc_status make_tokens(struct serve *serve, json_t *list) {
    uint32_t count = toc_drill_facts_of(serve->drill).seats;
    serve->has_made_tokens = true;
    serve->tokens = toc_token_create(serve->drill_id);
    const char *solo = toc_cli_value(serve->call, "solo");
    toc_status status = issue(serve, "control", "control", list);
    if (status == TOC_OK && solo == NULL) {
        status = issue(serve, "evaluator", "evaluator", list);
    }
    for (uint32_t i = 0; status == TOC_OK && i < count; i++) {
        const char *seat = toc_drill_seat(serve->drill, i);
        if (solo == NULL || strcmp(solo, seat) == 0) {
            status = issue(serve, seat, "player", list);
        }
    }
    return status == TOC_OK
               ? toc_token_save(serve->tokens, serve->token_path, serve->call->problems)
               : status;
}

static toc_status open_tokens(struct serve *serve, json_t *list) {
    (void)snprintf(serve->drill_id, sizeof serve->drill_id, "%016" PRIx64,
                   toc_package_digest(serve->package));
    if (serve->token_path[0] == '\0') {
        (void)snprintf(serve->token_path, sizeof serve->token_path, "%.*s.tokens", PATH - 8,
                       serve->path);
    }
    if (access(serve->token_path, F_OK) == 0) {
        return toc_token_load(serve->token_path, serve->drill_id, serve->call->problems,
                              &serve->tokens);
    }
    return make_tokens(serve, list);
}

/* -- Going on -----------------------------------------------------------------------------------
 */

/* The head of the chain, once a minute. */
static void sign(struct serve *serve) {
    toc_time now = toc_drill_now(toc_hall_drill(toc_lobby_hall(serve->lobby)));
    if (toc_cli_value(serve->call, "sign") != NULL && serve->pulses % SIGN_EVERY == 0 &&
        !toc_lobby_facts_of(serve->lobby).over) {
        (void)toc_record_sign(serve->record, now, moment(), serve->call->problems);
    }
}

static void on_stop(void *object) {
    struct serve *serve = object;
    toc_cli_say(serve->call, "Stopping: everybody is told.");
    if (serve->goodbye == 0) {
        toc_lobby_close(serve->lobby, TOC_WIRE_GOING_AWAY);
        serve->goodbye = GOODBYE;
    }
}

static void on_finished(void *object, toc_status status) {
    struct serve *serve = object;
    serve->status = status;
    serve->goodbye = GOODBYE;
}

static void tell_status(struct serve *serve, const toc_lobby_facts *facts) {
    char time[64];
    toc_wire_clock clock;
    toc_hall_clock(toc_lobby_hall(serve->lobby), &clock);
    (void)toc_time_print(clock.now - clock.now % TOC_SECOND, time, sizeof time);
    toc_cli_say(serve->call, "%s  %s, %u connected, %u of %u seats", time,
                clock.over                        ? "over"
                : clock.paused                    ? "paused"
                : strcmp(clock.pace, "talk") == 0 ? "at the table"
                                                  : "running",
                facts->connected, facts->seated, toc_drill_facts_of(serve->drill).seats);
    serve->told = *facts;
    serve->told_at = serve->pulses;
}

static void on_pulse(void *object) {
    struct serve *serve = object;
    serve->pulses++;
    if (serve->goodbye > 0 && --serve->goodbye == 0) {
        toc_socket_quit(serve->socket);
        return;
    }
    sign(serve);
    if (serve->copies != NULL) {
        toc_copies_pulse(serve->copies, serve->lobby);
    }
    toc_lobby_facts facts = toc_lobby_facts_of(serve->lobby);
    bool is_new = facts.connected != serve->told.connected || facts.seated != serve->told.seated ||
                  facts.over != serve->told.over;
    if (serve->pulses - serve->told_at >= (is_new ? STATUS_NEW : STATUS_EVERY)) {
        tell_status(serve, &facts);
    }
}

static toc_status begin(struct serve *serve) {
    toc_cli_call *call = serve->call;
    const char *policy = toc_cli_value(call, "policy");
    toc_socket_options listening = {.address = serve->address[0] == '\0' ? NULL : serve->address,
                                    .port = serve->port,
                                    .cert = toc_cli_value(call, "cert"),
                                    .key = toc_cli_value(call, "key"),
                                    .most = MOST_CONNECTIONS +
                                            128, /* those past the most are told why */
                                    .stop = on_stop,
                                    .object = serve};
    toc_status status = toc_socket_create(&listening, call->problems, &serve->socket);
    if (status != TOC_OK) {
        return status;
    }
    toc_lobby_options lobby = {.transport = toc_socket_transport(serve->socket),
                               .hall = {.drill = &serve->drill,
                                        .record = serve->record,
                                        .package = serve->package,
                                        .policy = policy == NULL ? "reference" : policy,
                                        .standins = serve->standins,
                                        .speed = serve->speed,
                                        .paused = toc_cli_value(call, "hold") != NULL,
                                        .moment = moment,
                                        .source = serve->source,
                                        .feed = serve->feeding == NULL ? NULL : toc_feeding_switch,
                                        .feeds = serve->feeding},
                               .tokens = serve->tokens,
                               .drill = serve->drill_id,
                               .most = MOST_CONNECTIONS,
                               .finished = on_finished,
                               .pulse = on_pulse,
                               .object = serve};
    return toc_lobby_create(&lobby, call->problems, &serve->lobby);
}

static void tell_beginning(struct serve *serve, json_t *list) {
    toc_cli_call *call = serve->call;
    const char *scheme = toc_cli_value(call, "cert") == NULL ? "ws" : "wss";
    const char *host = serve->address[0] == '\0' ? "*" : serve->address;
    bool is_v6 = strchr(host, ':') != NULL;
    char url[512];
    (void)snprintf(url, sizeof url, "%s://%s%s%s:%u/", scheme, is_v6 ? "[" : "", host,
                   is_v6 ? "]" : "", toc_socket_port(serve->socket));
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "url", toc_cli_text(url));
        (void)json_object_set_new(document, "record", toc_cli_text(serve->path));
        (void)json_object_set_new(document, "tokens_file", toc_cli_text(serve->token_path));
        (void)json_object_set(document, "tokens", list);
        toc_cli_print_json(call, document);
    } else {
        for (size_t i = 0; i < json_array_size(list); i++) {
            json_t *row = json_array_get(list, i);
            (void)printf("%-32s %s\n", json_string_value(json_object_get(row, "seat")),
                         json_string_value(json_object_get(row, "token")));
        }
    }
    (void)fflush(stdout);
    if (json_array_size(list) > 0) {
        toc_cli_say(call, "These tokens are shown once; %s keeps hashes of them.",
                    serve->token_path);
    }
    if (strcmp(scheme, "ws") == 0 && strcmp(host, "127.0.0.1") != 0 && strcmp(host, "::1") != 0) {
        toc_cli_say(call, "Without --cert and --key, tokens and messages cross the network for "
                          "anybody to read.");
    }
    toc_cli_say(call, "%s is served at %s; the record is %s.",
                toc_drill_facts_of(serve->drill).title, url, serve->path);
}

static toc_status play(struct serve *serve) {
    json_t *list = json_array();
    toc_status status = open_drill(serve);
    if (status == TOC_OK) {
        status = begin_signing(serve);
    }
    if (status == TOC_OK) {
        status = toc_copies_open(serve->call, &serve->copies);
    }
    if (status == TOC_OK) {
        status = check_solo(serve);
    }
    if (status == TOC_OK) {
        status = toc_feeding_open(serve->call, serve->drill, serve->record, &serve->feeding);
    }
    if (status == TOC_OK) {
        status = read_standins(serve);
    }
    if (status == TOC_OK) {
        status = open_tokens(serve, list);
    }
    if (status == TOC_OK) {
        status = begin(serve);
    }
    if (status == TOC_OK) {
        serve->has_begun = true;
        tell_beginning(serve, list);
        toc_socket_run(serve->socket);
        status = serve->status;
        if (!toc_lobby_facts_of(serve->lobby).over) {
            toc_cli_say(serve->call, "The drill is not over: tocsin serve --resume %s goes on.",
                        serve->path);
        }
    }
    json_decref(list);
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct serve *serve = calloc(1, sizeof *serve);
    if (serve == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    serve->call = call;
    toc_status status = read_options(serve);
    if (status == TOC_OK) {
        status = play(serve);
    }
    toc_socket_destroy(serve->socket); /* its connections leave the lobby */
    toc_lobby_destroy(serve->lobby);
    toc_token_destroy(serve->tokens);
    toc_drill_close(serve->drill);
    bool is_vain = !serve->has_begun && serve->record != NULL && serve->own_package != NULL;
    toc_record_close(serve->record);
    toc_record_close(serve->source);
    toc_feeding_close(serve->feeding);
    toc_copies_close(serve->copies);
    if (is_vain) { /* nobody could come: nothing is left behind */
        (void)unlink(serve->path);
    }
    if (!serve->has_begun && serve->has_made_tokens) {
        (void)unlink(serve->token_path);
    }
    toc_package_destroy(serve->own_package);
    free(serve->standins);
    free(serve);
    return status;
}

const toc_cli_command toc_serve_command = {
    .name = "serve",
    .usage = "PACKAGE [--listen A:P] [--cert FILE --key FILE] [-o FILE.drill] [--tokens FILE]\n"
             "       tocsin serve --resume FILE.drill",
    .sentence = "people play a drill over the network, with stand-ins at empty seats",
    .example = "tocsin serve scenarios/river-city --listen :7443 --cert cert.pem --key key.pem -o "
               "evening.drill",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 0,
    .most_arguments = 1,
    .run = run,
};
