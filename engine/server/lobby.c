#include "server/lobby.h"

#include <glib.h>
#include <string.h>

#include "server/gate.h"
#include "server/session.h"
#include "tocsin/desk.h"

enum {
    STEP = 25000, /* microseconds on the wall between two steps of the drill: who acts waits for
                     one, and for the disk */
    TICK = 10,    /* steps between two times that sessions send what is due */
    FULL = 4,     /* of those between two states */
    REFUSALS = 5,
    REFUSALS_AT_ONCE = 200, /* a second, in the record */
    LINGER = 600            /* steps that people have to see that the drill is over */
};

struct toc_lobby {
    toc_lobby_options options;
    toc_transport_user user;
    toc_session_floor floor;
    toc_hall *hall;
    toc_gate *gate;
    toc_catalogue *catalogue;
    toc_bucket refusals;
    toc_problems *problems;
    GHashTable *by_peer;  /* toc_session *, by peer; never walked */
    GArray *experts;      /* toc_hall_expert */
    GPtrArray *sessions;  /* in the order in which they came, with gaps closed by the last one */
    toc_session **seated; /* by seat */
    int64_t last;         /* when the last step was */
    uint32_t steps, lingered, commands; /* commands: given by whoever runs the server */
    bool is_closing;
};

static toc_session *find(const toc_lobby *lobby, toc_peer peer) {
    return g_hash_table_lookup(lobby->by_peer, &peer);
}

/* -- Coming and going ---------------------------------------------------------------------------
 */

static void on_open(void *object, toc_peer peer, const char *address) {
    toc_lobby *lobby = object;
    bool is_full = lobby->sessions->len >= lobby->options.most || lobby->is_closing;
    toc_session *session = toc_session_create(&lobby->floor, peer, address, is_full);
    (void)g_hash_table_insert(lobby->by_peer, g_memdup2(&peer, sizeof peer), session);
    g_ptr_array_add(lobby->sessions, session);
}

static void on_closed(void *object, toc_peer peer) {
    toc_lobby *lobby = object;
    toc_session *session = find(lobby, peer);
    if (session == NULL) {
        return;
    }
    uint32_t seat = toc_session_seat(session);
    if (seat != TOC_HALL_BESIDE && lobby->seated[seat] == session) {
        lobby->seated[seat] = NULL;
        toc_hall_leave(lobby->hall, seat);
    } else if (seat == TOC_HALL_BESIDE && toc_session_is_welcome(session)) {
        toc_hall_journal(lobby->hall, "left", toc_session_desk(session), "", "");
    }
    (void)g_hash_table_remove(lobby->by_peer, &peer);
    (void)g_ptr_array_remove_fast(lobby->sessions, session);
    toc_session_destroy(session);
}

/* The newest connection has the seat: it is the same person, whose old one hangs in the network. */
static void on_seated(void *object, toc_session *session) {
    toc_lobby *lobby = object;
    uint32_t seat = toc_session_seat(session);
    if (seat != TOC_HALL_BESIDE) {
        toc_session *before = lobby->seated[seat];
        lobby->seated[seat] = session;
        if (before != NULL) {
            toc_session_refuse(before, TOC_WIRE_SEAT_TAKEN, "");
        }
    }
}

static void on_receive(void *object, toc_peer peer, const char *bytes, size_t size) {
    toc_session *session = find(object, peer);
    if (session != NULL) {
        toc_session_receive(session, bytes, size);
    }
}

static void on_writeable(void *object, toc_peer peer) {
    toc_session *session = find(object, peer);
    if (session != NULL) {
        toc_session_writeable(session);
    }
}

static void on_answer(void *object, const toc_hall_answer *answer) {
    toc_session *session = find(object, answer->asker);
    if (session != NULL) {
        toc_session_answer(session, answer);
    }
}

/* -- Pace ---------------------------------------------------------------------------------------
 */

/* Each session has its own steps, at an even pace: were all served in one, whoever acts then would
   wait for all. Sessions that close leave the list at once or later: it is walked by what is in it
   now. */
static void tick(toc_lobby *lobby, bool everybody) {
    for (guint i = lobby->sessions->len; i > 0; i--) {
        toc_session *session =
            i <= lobby->sessions->len ? g_ptr_array_index(lobby->sessions, i - 1) : NULL;
        uint64_t turn = session == NULL ? 0 : lobby->steps + toc_session_peer(session);
        if (session != NULL && (everybody || turn % TICK == 0)) {
            toc_session_tick(session, everybody || turn / TICK % FULL == 0);
        }
    }
}

static void on_timer(void *object) {
    toc_lobby *lobby = object;
    const toc_transport *transport = &lobby->options.transport;
    int64_t now = transport->now(transport->object);
    toc_status status = TOC_OK;
    if (!lobby->is_closing) {
        status = toc_hall_step(lobby->hall, now - lobby->last, lobby->problems);
    }
    lobby->last = now;
    if (status != TOC_OK) {
        toc_lobby_close(lobby, status == TOC_SYSTEM_FAULT ? TOC_WIRE_DISK_FAULT : TOC_WIRE_ENDED);
        lobby->options.finished(lobby->options.object, status);
    }
    lobby->steps++;
    tick(lobby, status != TOC_OK);
    if (status == TOC_OK && !lobby->is_closing && toc_hall_is_over(lobby->hall) &&
        ++lobby->lingered == LINGER) {
        toc_lobby_close(lobby, TOC_WIRE_ENDED);
        lobby->options.finished(lobby->options.object, TOC_OK);
    }
    transport->timer(transport->object, STEP);
    if (lobby->steps % (TICK * FULL) == 0) {
        lobby->options.pulse(lobby->options.object);
    }
}

/* -- Experts ------------------------------------------------------------------------------------
 */

/* Who that is and what they know, as the roster in the record has it. */
static char *about(const toc_record *record, const char *desk) {
    for (uint64_t i = 1; i <= toc_record_person_count(record); i++) {
        toc_record_person person = toc_record_person_at(record, i);
        if (strcmp(person.seat, desk) == 0) {
            return g_strdup_printf("%s%s%s", person.name, person.note[0] == '\0' ? "" : "; ",
                                   person.note);
        }
    }
    return g_strdup("");
}

/* All advisers who have a token. */
static void find_experts(toc_lobby *lobby, const toc_record *record) {
    for (uint32_t i = 0; i < toc_token_count(lobby->options.tokens); i++) {
        char **desks = g_strsplit(toc_token_at(lobby->options.tokens, i).seats, " ", -1);
        for (char **desk = desks; *desk != NULL; desk++) {
            if (toc_desk_read(*desk).kind == TOC_DESK_ADVISER) {
                toc_hall_expert expert = {g_strdup(*desk), about(record, *desk)};
                (void)g_array_append_val(lobby->experts, expert);
            }
        }
        g_strfreev(desks);
    }
}

static void free_experts(toc_lobby *lobby) {
    for (guint i = 0; i < lobby->experts->len; i++) {
        g_free((char *)g_array_index(lobby->experts, toc_hall_expert, i).desk);
        g_free((char *)g_array_index(lobby->experts, toc_hall_expert, i).about);
    }
    (void)g_array_free(lobby->experts, TRUE);
}

/* -- Beginning and end --------------------------------------------------------------------------
 */

toc_status toc_lobby_create(const toc_lobby_options *options, toc_problems *problems,
                            toc_lobby **out_lobby) {
    toc_lobby *lobby = g_new0(toc_lobby, 1);
    toc_hall_options hall = options->hall;
    lobby->options = *options;
    lobby->problems = problems;
    hall.answer = on_answer;
    hall.object = lobby;
    lobby->experts = g_array_new(FALSE, FALSE, sizeof(toc_hall_expert));
    find_experts(lobby, hall.record);
    hall.experts = (const toc_hall_expert *)(const void *)lobby->experts->data;
    hall.expert_count = lobby->experts->len;
    toc_status status = toc_hall_create(&hall, problems, &lobby->hall);
    if (status != TOC_OK) {
        free_experts(lobby);
        g_free(lobby);
        return status;
    }
    lobby->gate = toc_gate_create();
    lobby->catalogue = toc_catalogue_create();
    lobby->by_peer = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    lobby->sessions = g_ptr_array_new();
    lobby->seated = g_new0(toc_session *, toc_drill_facts_of(*hall.drill).seats + 1);
    lobby->floor = (toc_session_floor){.transport = options->transport,
                                       .hall = lobby->hall,
                                       .tokens = options->tokens,
                                       .gate = lobby->gate,
                                       .catalogue = lobby->catalogue,
                                       .refusals = &lobby->refusals,
                                       .drill = options->drill,
                                       .moment = hall.moment,
                                       .seated = on_seated,
                                       .object = lobby};
    lobby->user = (toc_transport_user){.object = lobby,
                                       .open = on_open,
                                       .receive = on_receive,
                                       .writeable = on_writeable,
                                       .closed = on_closed,
                                       .timer = on_timer};
    lobby->last = options->transport.now(options->transport.object);
    lobby->refusals = toc_bucket_begin(REFUSALS, REFUSALS_AT_ONCE, lobby->last);
    options->transport.open(options->transport.object, &lobby->user);
    options->transport.timer(options->transport.object, STEP);
    *out_lobby = lobby;
    return TOC_OK;
}

void toc_lobby_destroy(toc_lobby *lobby) {
    if (lobby == NULL) {
        return;
    }
    for (guint i = 0; i < lobby->sessions->len; i++) {
        toc_session_destroy(g_ptr_array_index(lobby->sessions, i));
    }
    g_hash_table_destroy(lobby->by_peer);
    (void)g_ptr_array_free(lobby->sessions, TRUE);
    toc_hall_destroy(lobby->hall);
    free_experts(lobby);
    toc_gate_destroy(lobby->gate);
    toc_catalogue_destroy(lobby->catalogue);
    g_free(lobby->seated);
    g_free(lobby);
}

void toc_lobby_close(toc_lobby *lobby, toc_wire_reason reason) {
    lobby->is_closing = true;
    for (guint i = 0; i < lobby->sessions->len; i++) {
        toc_session_refuse(g_ptr_array_index(lobby->sessions, i), reason, "");
    }
}

void toc_lobby_command(toc_lobby *lobby, const char *verb, const char *desk) {
    char id[64];
    (void)g_snprintf(id, sizeof id, "lobby-%" G_GINT64_FORMAT "-%u", lobby->options.hall.moment(),
                     ++lobby->commands);
    toc_hall_take(lobby->hall, &(toc_hall_deed){.kind = TOC_HALL_COMMAND,
                                                .asker = UINT64_MAX, /* nobody's */
                                                .seat = TOC_HALL_BESIDE,
                                                .desk = desk,
                                                .id = id,
                                                .verb = verb,
                                                .target = "",
                                                .parameters = "",
                                                .at = TOC_NEVER});
}

toc_lobby_facts toc_lobby_facts_of(const toc_lobby *lobby) {
    toc_lobby_facts facts = {.connected = lobby->sessions->len,
                             .over = toc_hall_is_over(lobby->hall)};
    for (uint32_t i = 0; i < toc_drill_facts_of(toc_hall_drill(lobby->hall)).seats; i++) {
        facts.seated += lobby->seated[i] != NULL;
    }
    return facts;
}

const toc_hall *toc_lobby_hall(const toc_lobby *lobby) {
    return lobby->hall;
}
