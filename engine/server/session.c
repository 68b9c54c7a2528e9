#include "server/session.h"

#include <glib.h>
#include <string.h>

#include "server/disclosure.h"
#include "server/handout.h"
#include "server/request.h"
#include "server/survey.h"
#include "tocsin/desk.h"
#include "tocsin/pace.h"
#include "tocsin/wording.h"
#include "wire/frame_reader.h"
#include "wire/frame_writer.h"

enum { HEAD = 65 };

enum stage { GREETING, WELCOME, LEAVING };

struct toc_session {
    const toc_session_floor *floor;
    toc_peer peer;
    char *address, *desk, *language;
    enum stage stage;
    bool is_counted; /* by the gate, as one who has not shown a token */
    uint32_t seat;
    toc_token_grant grant;
    toc_bucket rate;
    GQueue *backlog;     /* GBytes that came too fast, in order */
    GQueue *outbox;      /* GBytes, encoded */
    int64_t since;       /* when it was connected */
    int64_t asked;       /* when it first asked to write and was not let; 0: it does not wait */
    int64_t full;        /* since when the window is full; 0: it is not */
    uint64_t sent, seen; /* events */
    uint64_t revision;   /* of the outlook, as last sent */
    uint32_t log;        /* whose events it is sent: its seat's, or an adviser's own */
    uint32_t epoch;      /* of the hall, as last sent */
    bool whole;          /* no state was sent yet */
    bool state_due, clock_due, head_due;
    char head[HEAD];            /* as last sent */
    toc_handout *handout;       /* NULL before somebody asked for a paper */
    toc_disclosure *disclosure; /* of those who see the truth; NULL before */
};

static int64_t now_of(const toc_session *session) {
    return session->floor->transport.now(session->floor->transport.object);
}

toc_session *toc_session_create(const toc_session_floor *floor, toc_peer peer, const char *address,
                                bool is_full) {
    toc_session *session = g_new0(toc_session, 1);
    *session = (toc_session){.floor = floor,
                             .peer = peer,
                             .address = g_strdup(address),
                             .desk = g_strdup(""),
                             .language = g_strdup(""),
                             .seat = TOC_HALL_BESIDE,
                             .log = TOC_HALL_BESIDE,
                             .backlog = g_queue_new(),
                             .outbox = g_queue_new()};
    session->since = now_of(session);
    session->rate = toc_bucket_begin(TOC_SESSION_RATE, TOC_SESSION_BURST, session->since);
    session->is_counted = !is_full && toc_gate_arrive(floor->gate, address);
    if (!session->is_counted) {
        toc_session_refuse(session, TOC_WIRE_TOO_MANY, "");
    }
    return session;
}

void toc_session_destroy(toc_session *session) {
    if (session == NULL) {
        return;
    }
    if (session->is_counted) {
        toc_gate_leave(session->floor->gate, session->address);
    }
    g_queue_free_full(session->backlog, (GDestroyNotify)g_bytes_unref);
    g_queue_free_full(session->outbox, (GDestroyNotify)g_bytes_unref);
    g_free(session->address);
    g_free(session->desk);
    g_free(session->language);
    toc_disclosure_destroy(session->disclosure);
    toc_handout_destroy(session->handout);
    g_free(session);
}

bool toc_session_is_welcome(const toc_session *session) {
    return session->stage == WELCOME;
}

toc_peer toc_session_peer(const toc_session *session) {
    return session->peer;
}

const char *toc_session_desk(const toc_session *session) {
    return session->desk;
}

uint32_t toc_session_seat(const toc_session *session) {
    return session->seat;
}

/* -- Out ----------------------------------------------------------------------------------------
 */

static void ask(toc_session *session) {
    const toc_transport *transport = &session->floor->transport;
    session->asked = session->asked == 0 ? now_of(session) : session->asked;
    transport->want_write(transport->object, session->peer);
}

static void send(toc_session *session, const toc_wire_message *message) {
    char frame[TOC_WIRE_FRAME];
    size_t size = toc_frame_writer_write(message, frame, sizeof frame);
    if (size > 0) {
        g_queue_push_tail(session->outbox, g_bytes_new(frame, size));
        ask(session);
    }
}

/* All parts of what may not fit a frame; they hold for one instant. */
static void send_parts(toc_session *session, const toc_wire_message *message) {
    char frame[TOC_WIRE_FRAME];
    toc_frame_place place = {0};
    for (size_t size = toc_frame_writer_part(message, &place, frame, sizeof frame); size > 0;
         size = toc_frame_writer_part(message, &place, frame, sizeof frame)) {
        g_queue_push_tail(session->outbox, g_bytes_new(frame, size));
    }
    ask(session);
}

static void note_refusal(toc_session *session, toc_wire_reason reason) {
    if (toc_bucket_take(session->floor->refusals, now_of(session))) {
        toc_hall_journal(session->floor->hall, "refused", session->desk, session->address,
                         toc_wire_reason_name(reason));
    }
}

void toc_session_refuse(toc_session *session, toc_wire_reason reason, const char *text) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_REFUSED);
    if (session->stage == LEAVING) {
        return;
    }
    note_refusal(session, reason);
    message.as.refused.reason = reason;
    message.as.refused.text =
        text[0] == '\0' ? toc_wire_reason_text(reason, session->language) : text;
    if (reason == TOC_WIRE_OLD_PROTOCOL) {
        message.as.refused.speaks = toc_wire_spoken();
    }
    session->stage = LEAVING;
    g_queue_clear_full(session->outbox, (GDestroyNotify)g_bytes_unref);
    send(session, &message);
}

static bool is_blocked(const toc_session *session) {
    return session->sent - session->seen >= TOC_SESSION_WINDOW;
}

static bool has_event(const toc_session *session) {
    return session->sent < toc_hall_events(session->floor->hall, session->log) &&
           !is_blocked(session);
}

static void queue_event(toc_session *session) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_EVENT);
    toc_hall_event(session->floor->hall, session->log, ++session->sent, session->language,
                   &message.as.event);
    send(session, &message);
    if (is_blocked(session)) {
        session->full = now_of(session);
    }
}

static void queue_state(toc_session *session) {
    toc_outlook *outlook = toc_hall_outlook(session->floor->hall, session->seat);
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STATE);
    if (outlook != NULL) {
        toc_survey_take(outlook);
    }
    uint64_t revision = outlook == NULL ? 0 : toc_outlook_revision(outlook);
    session->state_due = false;
    if (!session->whole && revision == session->revision) {
        return;
    }
    if (outlook != NULL) {
        toc_outlook_since(outlook, session->revision, session->language, &message.as.state);
    }
    message.as.state.at = toc_drill_now(toc_hall_drill(session->floor->hall));
    message.as.state.whole = session->whole;
    session->revision = revision;
    session->whole = false;
    send_parts(session, &message);
}

/* A demonstration shows everybody both sides. */
static bool sees_truth(const toc_session *session) {
    return session->stage == WELCOME &&
           (strcmp(session->grant.role, "player") != 0 ||
            toc_pace_of(toc_hall_drill(session->floor->hall)) == TOC_PACE_SCRIPT);
}

static void queue_truth(toc_session *session) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_TRUTH);
    if (session->disclosure == NULL) {
        session->disclosure = toc_disclosure_create(session->floor->hall, session->language);
    }
    if (toc_disclosure_next(session->disclosure, &message.as.truth)) {
        send_parts(session, &message);
    }
}

static void queue_clock(toc_session *session) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_CLOCK);
    session->clock_due = false;
    toc_hall_clock(session->floor->hall, &message.as.clock);
    send(session, &message);
}

static void queue_head(toc_session *session) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_HEAD);
    session->head_due = false;
    message.as.head.hash = toc_hall_head(session->floor->hall);
    if (strcmp(session->head, message.as.head.hash) != 0) {
        (void)g_strlcpy(session->head, message.as.head.hash, HEAD);
        send(session, &message);
    }
}

static void queue_paper(toc_session *session) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_PAPER);
    if (session->handout != NULL && toc_handout_next(session->handout, &message.as.paper)) {
        send(session, &message);
    }
}

/* What comes next: answers before events, events before how things stand, and all before papers. */
static void fill(toc_session *session) {
    if (session->stage != WELCOME || !g_queue_is_empty(session->outbox)) {
        return;
    }
    if (session->whole) {
        queue_state(session);
    }
    if (has_event(session)) {
        queue_event(session);
    } else if (session->state_due) {
        queue_state(session);
        if (sees_truth(session)) {
            queue_truth(session);
        }
    }
    if (session->clock_due) {
        queue_clock(session);
    }
    if (session->head_due) {
        queue_head(session);
    }
    if (g_queue_is_empty(session->outbox)) {
        queue_paper(session);
    }
}

void toc_session_writeable(toc_session *session) {
    const toc_transport *transport = &session->floor->transport;
    session->asked = 0;
    fill(session);
    GBytes *frame = g_queue_pop_head(session->outbox);
    if (frame != NULL) {
        gsize size = 0;
        const char *bytes = g_bytes_get_data(frame, &size);
        transport->write(transport->object, session->peer, bytes, size);
        g_bytes_unref(frame);
    }
    bool has_paper = session->handout != NULL && toc_handout_is_busy(session->handout);
    if (!g_queue_is_empty(session->outbox) ||
        (session->stage == WELCOME && (session->whole || has_event(session) || has_paper))) {
        ask(session);
    } else if (session->stage == LEAVING) {
        transport->close(transport->object, session->peer);
    }
}

/* -- The greeting -------------------------------------------------------------------------------
 */

static void send_welcome(toc_session *session) {
    const toc_drill *drill = toc_hall_drill(session->floor->hall);
    toc_drill_facts facts = toc_drill_facts_of(drill);
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_WELCOME);
    toc_wire_welcome *welcome = &message.as.welcome;
    bool plays = session->seat != TOC_HALL_BESIDE;
    bool is_adviser = toc_desk_read(session->desk).kind == TOC_DESK_ADVISER;
    char *owner = g_strndup(session->desk, plays ? strcspn(session->desk, ".") : 0);
    char *classification = g_strdup_printf(
        facts.classification[0] == '\0' ? "EXERCISE" : "EXERCISE - %.48s", facts.classification);
    welcome->protocol = TOC_WIRE_PROTOCOL;
    welcome->drill = session->floor->drill;
    welcome->seat = session->desk;
    welcome->role = session->grant.role;
    welcome->owner = owner;
    welcome->title = session->language[0] == '\0'
                         ? facts.title
                         : toc_wording_in(drill, session->language, facts.title);
    welcome->starts = facts.starts;
    welcome->length = toc_drill_length(drill);
    welcome->classification = classification;
    welcome->language = session->language;
    welcome->last = (int64_t)toc_hall_events(session->floor->hall, session->log);
    send(session, &message);
    g_free(owner);
    g_free(classification);
    const GPtrArray *frames =
        toc_catalogue_find(session->floor->catalogue, session->floor->hall, session->seat,
                           is_adviser ? "adviser" : session->grant.role, session->language);
    for (guint i = 0; i < frames->len; i++) {
        g_queue_push_tail(session->outbox, g_bytes_ref(g_ptr_array_index(frames, i)));
    }
}

/* The seat that the greeting asks for; false where the token opens none that there is. */
static bool find_desk(toc_session *session, const char *wanted) {
    const char *seats = session->grant.seats;
    g_free(session->desk);
    session->desk = wanted[0] != '\0' ? g_strdup(wanted) : g_strndup(seats, strcspn(seats, " "));
    session->seat = TOC_HALL_BESIDE;
    return strcmp(session->grant.role, "player") != 0 ||
           toc_desk_read(session->desk).kind == TOC_DESK_ADVISER || /* called, and plays no seat */
           toc_stream_find_seat(toc_hall_drill(session->floor->hall), session->desk,
                                &session->seat);
}

static void greet(toc_session *session, const toc_wire_hello *hello) {
    const toc_session_floor *floor = session->floor;
    int64_t now = now_of(session);
    if (!toc_gate_may_try(floor->gate, session->address, now)) {
        toc_session_refuse(session, TOC_WIRE_TOO_FAST, "");
        return;
    }
    g_free(session->language);
    session->language = g_strdup(hello->language);
    toc_wire_reason reason = toc_token_check(floor->tokens, hello->token, hello->seat,
                                             floor->moment() / 1000000, &session->grant);
    if (reason == TOC_WIRE_NONE && !find_desk(session, hello->seat)) {
        reason = TOC_WIRE_BAD_TOKEN;
    }
    if (reason != TOC_WIRE_NONE) {
        toc_gate_failed(floor->gate, session->address, now);
        toc_session_refuse(session, reason, "");
        return;
    }
    if (session->is_counted) {
        toc_gate_leave(floor->gate, session->address);
        session->is_counted = false;
    }
    floor->seated(floor->object, session);
    session->log = session->seat != TOC_HALL_BESIDE ? session->seat
                                                    : toc_hall_adviser(floor->hall, session->desk);
    session->stage = WELCOME;
    toc_hall_sit(floor->hall, session->seat);
    if (session->seat == TOC_HALL_BESIDE) {
        toc_hall_journal(floor->hall, "joined", session->desk, "", "");
    }
    uint64_t events = toc_hall_events(floor->hall, session->log);
    session->sent = (uint64_t)hello->after < events ? (uint64_t)hello->after : events;
    session->seen = session->sent;
    session->epoch = toc_hall_epoch(floor->hall);
    session->whole = true;
    session->clock_due = true;
    session->head_due = true;
    session->state_due = true;
    send_welcome(session);
}

/* -- In -----------------------------------------------------------------------------------------
 */

static void send_not_taken(toc_session *session, const char *id, toc_wire_reason reason,
                           const char *text) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_NOT_TAKEN);
    message.as.not_taken.id = id;
    message.as.not_taken.reason = reason;
    message.as.not_taken.text =
        text[0] == '\0' ? toc_wire_reason_text(reason, session->language) : text;
    send(session, &message);
}

void toc_session_answer(toc_session *session, const toc_hall_answer *answer) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_TAKEN);
    if (session->stage != WELCOME) {
        return;
    }
    if (answer->reason != TOC_WIRE_NONE) {
        send_not_taken(session, answer->id, answer->reason, answer->text);
        return;
    }
    message.as.taken.id = answer->id;
    message.as.taken.at = answer->at;
    send(session, &message);
}

/* What is refused at once; anything else the hall answers after its next step. */
static void request(toc_session *session, const toc_wire_message *message, const char *id) {
    toc_request_asker asker = {.number = session->peer,
                               .seat = session->seat,
                               .desk = session->desk,
                               .role = session->grant.role};
    toc_wire_reason reason = toc_request_take(session->floor->hall, &asker, message);
    if (reason != TOC_WIRE_NONE) {
        send_not_taken(session, id, reason, "");
    }
}

static void fetch(toc_session *session, const toc_wire_fetch *message) {
    if (session->handout == NULL) {
        session->handout = toc_handout_create(session->floor->hall, session->seat);
    }
    toc_wire_reason reason = toc_handout_ask(session->handout, message);
    if (reason == TOC_WIRE_NONE) {
        ask(session);
    } else {
        send_not_taken(session, message->id, reason,
                       reason == TOC_WIRE_NOT_YOURS
                           ? "no paper of that name came with that message to this seat"
                           : "");
    }
}

static void note_seen(toc_session *session, int64_t seq) {
    uint64_t seen = (uint64_t)seq;
    if (seen > session->seen && seen <= session->sent) {
        session->seen = seen;
        session->full = 0;
        ask(session);
    }
}

static void obey(toc_session *session, const toc_wire_message *message) {
    if ((message->kind == TOC_WIRE_M_HELLO) != (session->stage == GREETING)) {
        toc_session_refuse(session, TOC_WIRE_NOT_NOW,
                           "the first frame is a hello, and no other one is");
        return;
    }
    switch ((int)message->kind) {
    case TOC_WIRE_M_HELLO:
        greet(session, &message->as.hello);
        break;
    case TOC_WIRE_M_ACT:
        request(session, message, message->as.act.id);
        break;
    case TOC_WIRE_M_COMMAND:
        request(session, message, message->as.command.id);
        break;
    case TOC_WIRE_M_NOTE:
        request(session, message, message->as.note.id);
        break;
    case TOC_WIRE_M_FETCH:
        fetch(session, &message->as.fetch);
        break;
    case TOC_WIRE_M_STOP:
        toc_hall_stop(session->floor->hall, session->desk, message->as.stop.word);
        break;
    case TOC_WIRE_M_SEEN:
        note_seen(session, message->as.seen.seq);
        break;
    default:
        g_assert_not_reached(); /* the reader lets nothing else pass */
    }
}

static void read_frame(toc_session *session, const char *bytes, size_t size) {
    toc_frame *frame = NULL;
    toc_frame_refusal refusal;
    toc_wire_reason reason =
        toc_frame_reader_read(bytes, size, TOC_WIRE_FROM_CLIENT, &frame, &refusal);
    if (reason == TOC_WIRE_NONE) {
        obey(session, toc_frame_reader_message(frame));
        toc_frame_reader_release(frame);
        return;
    }
    if (session->stage == WELCOME && refusal.id[0] != '\0') {
        note_refusal(session, reason);
        send_not_taken(session, refusal.id, reason, refusal.text);
    } else {
        toc_session_refuse(session, reason, refusal.text);
    }
}

/* What comes faster than it may waits for its turn: who connects again sends much at once, and
   none of it may be lost. */
void toc_session_receive(toc_session *session, const char *bytes, size_t size) {
    if (session->stage == LEAVING) {
        return;
    }
    if (bytes == NULL) {
        toc_session_refuse(session, size == 0 ? TOC_WIRE_BAD_JSON : TOC_WIRE_TOO_LARGE, "");
    } else if (g_queue_is_empty(session->backlog) &&
               toc_bucket_take(&session->rate, now_of(session))) {
        read_frame(session, bytes, size);
    } else if (g_queue_get_length(session->backlog) < TOC_SESSION_BACKLOG) {
        g_queue_push_tail(session->backlog, g_bytes_new(bytes, size));
    } else {
        toc_session_refuse(session, TOC_WIRE_TOO_FAST, "");
    }
}

static void work_off(toc_session *session, int64_t now) {
    while (session->stage != LEAVING && !g_queue_is_empty(session->backlog) &&
           toc_bucket_take(&session->rate, now)) {
        GBytes *frame = g_queue_pop_head(session->backlog);
        gsize size = 0;
        const char *bytes = g_bytes_get_data(frame, &size);
        read_frame(session, bytes, size);
        g_bytes_unref(frame);
    }
}

/* Everything told of how things stand is void. */
static void begin_anew(toc_session *session) {
    session->epoch = toc_hall_epoch(session->floor->hall);
    session->whole = true;
    session->revision = 0;
    toc_disclosure_destroy(session->disclosure);
    session->disclosure = NULL;
}

void toc_session_tick(toc_session *session, bool full) {
    const int64_t patience = TOC_SESSION_PATIENCE * TOC_SECOND;
    const toc_transport *transport = &session->floor->transport;
    int64_t now = now_of(session);
    work_off(session, now);
    if (session->asked != 0 && now - session->asked > patience) {
        toc_session_refuse(session, TOC_WIRE_SLOW, ""); /* it may be too late for it to hear */
        transport->close(transport->object, session->peer);
        return;
    }
    if (session->stage == GREETING && now - session->since > patience) {
        toc_session_refuse(session, TOC_WIRE_IDLE, "");
    } else if (session->stage == WELCOME && is_blocked(session) && session->full != 0 &&
               now - session->full > patience) {
        toc_session_refuse(session, TOC_WIRE_SLOW, "");
    } else if (session->stage == WELCOME) {
        if (session->epoch != toc_hall_epoch(session->floor->hall)) {
            begin_anew(session);
        }
        session->state_due = session->state_due || full;
        session->clock_due = session->clock_due || full;
        session->head_due = session->head_due || full;
        if (full || has_event(session)) {
            ask(session);
        }
    }
}
