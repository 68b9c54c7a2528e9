#include "server/hall.h"

#include <string.h>

#include "server/branching.h"
#include "server/consultation.h"
#include "server/errand.h"
#include "server/hall_state.h"
#include "server/reversal.h"
#include "server/round.h"
#include "tocsin/pace.h"
#include "tocsin/wording.h"

enum { LONGEST_STEP = 1000000 }; /* on the wall: a machine that slept does not make up for it */

static struct seat *seat_at(const toc_hall *hall, uint32_t seat) {
    return &hall->seats[seat == TOC_HALL_BESIDE ? hall->seat_count : seat];
}

/* -- The journal --------------------------------------------------------------------------------
 */

void toc_hall_write(toc_hall *hall, const toc_record_entry *entry) {
    toc_problems *problems = toc_problems_create();
    toc_record_entry whole = *entry;
    toc_time now = toc_drill_now(hall->drill);
    whole.at = entry->at > now ? entry->at : now;
    whole.moment = hall->options.moment();
    if (hall->status == TOC_OK && !hall->over) {
        hall->status = toc_record_journal(hall->options.record, &whole, problems);
        hall->has_rows = true;
    }
    toc_problems_destroy(problems);
}

void toc_hall_journal(toc_hall *hall, const char *kind, const char *desk, const char *subject,
                      const char *text) {
    toc_hall_write(hall,
                   &(toc_record_entry){
                       .kind = kind, .seat = desk, .sender = "", .subject = subject, .text = text});
}

static toc_status commit(toc_hall *hall, toc_problems *problems) {
    if (hall->status == TOC_OK && hall->has_rows) {
        hall->status = toc_record_commit(hall->options.record, problems);
        hall->has_rows = false;
        toc_record_head(hall->options.record, hall->head);
    }
    return hall->status;
}

/* -- What seats are shown -----------------------------------------------------------------------
 */

/* Everything the seat was shown up to `until` becomes events. */
static void read_stream(toc_hall *hall, uint32_t number, toc_time until) {
    struct seat *seat = &hall->seats[number];
    uint32_t count = toc_stream_count(hall->drill, number);
    for (; seat->read < count; seat->read++) {
        toc_stream_entry entry = toc_stream_at(hall->drill, number, seat->read);
        if (entry.at > until) {
            return;
        }
        struct shown shown = {.index = seat->read};
        (void)g_array_append_val(seat->log, shown);
        toc_outlook_add(seat->outlook, &entry);
    }
}

void toc_hall_read(toc_hall *hall, toc_time until) {
    for (uint32_t i = 0; i < hall->seat_count; i++) {
        read_stream(hall, i, until);
    }
}

static bool hears(const toc_hall *hall, const struct notice *notice, uint32_t log) {
    return !notice->is_between || log == hall->seat_count || log == notice->between[0] ||
           log == notice->between[1];
}

void toc_hall_whisper(toc_hall *hall, const struct notice *notice) {
    struct notice kept = *notice;
    kept.verb = g_string_chunk_insert(hall->texts, notice->verb);
    kept.actor = g_string_chunk_insert(hall->texts, notice->actor);
    kept.subject = g_string_chunk_insert(hall->texts, notice->subject);
    kept.text = g_string_chunk_insert(hall->texts, notice->text);
    struct shown shown = {.is_notice = true, .index = hall->notices->len};
    toc_hall_read(hall, notice->at);
    (void)g_array_append_val(hall->notices, kept);
    for (uint32_t i = 0; i < hall->log_count; i++) {
        if (hears(hall, notice, i)) {
            (void)g_array_append_val(hall->seats[i].log, shown);
        }
    }
}

void toc_hall_tell(toc_hall *hall, toc_time at, const char *verb, const char *actor,
                   const char *text) {
    toc_hall_whisper(
        hall,
        &(struct notice){.at = at, .verb = verb, .actor = actor, .subject = "", .text = text});
}

/* Tells everybody, and keeps it in the record. */
void toc_hall_announce(toc_hall *hall, const char *verb, const char *actor, const char *text) {
    toc_hall_tell(hall, toc_drill_now(hall->drill), verb, actor, text);
    toc_hall_journal(hall, verb, actor, "", text);
}

const toc_drill *toc_hall_drill(const toc_hall *hall) {
    return hall->drill;
}

const toc_package *toc_hall_package(const toc_hall *hall) {
    return hall->options.package;
}

uint32_t toc_hall_expert_count(const toc_hall *hall) {
    return hall->options.expert_count;
}

toc_hall_expert toc_hall_expert_at(const toc_hall *hall, uint32_t index) {
    g_assert(index < hall->options.expert_count);
    return hall->options.experts[index];
}

uint32_t toc_hall_adviser(const toc_hall *hall, const char *desk) {
    for (uint32_t i = 0; i < hall->options.expert_count; i++) {
        if (strcmp(hall->options.experts[i].desk, desk) == 0) {
            return hall->seat_count + 1 + i;
        }
    }
    return TOC_HALL_BESIDE;
}

uint64_t toc_hall_events(const toc_hall *hall, uint32_t seat) {
    const struct seat *found = seat_at(hall, seat);
    return found->base + found->log->len;
}

void toc_hall_event(const toc_hall *hall, uint32_t seat, uint64_t number, const char *language,
                    toc_wire_event *out_event) {
    const struct seat *found = seat_at(hall, seat);
    g_assert(number >= 1 && number <= found->base + found->log->len);
    toc_wire_clear(TOC_WIRE_M_EVENT, out_event);
    out_event->seq = (int64_t)number;
    if (number <= found->base) { /* of a time that was taken back: nothing is left to tell */
        out_event->at = hall->rewound_at;
        out_event->kind = "drill";
        out_event->verb = "void";
        return;
    }
    const struct shown *shown = &g_array_index(found->log, struct shown, number - found->base - 1);
    if (shown->is_notice) {
        const struct notice *notice = &g_array_index(hall->notices, struct notice, shown->index);
        out_event->at = notice->at;
        out_event->kind = notice->is_between ? "chat" : "drill";
        out_event->verb = notice->verb;
        out_event->actor = notice->actor;
        out_event->subject = notice->subject;
        out_event->text = notice->text;
        return;
    }
    const toc_drill *drill = hall->drill;
    toc_stream_entry entry = toc_stream_at(drill, seat, shown->index);
    bool speaks = language[0] != '\0';
    out_event->at = entry.at;
    out_event->kind = entry.kind;
    out_event->subject = entry.subject;
    out_event->actor = speaks ? toc_wording_in(drill, language, entry.actor) : entry.actor;
    out_event->verb = entry.verb;
    out_event->text = speaks ? toc_wording_in(drill, language, entry.text) : entry.text;
    out_event->marking = entry.marking;
    out_event->number = entry.number < 0 ? 0 : entry.number;
    out_event->due = entry.due;
}

toc_outlook *toc_hall_outlook(const toc_hall *hall, uint32_t seat) {
    return seat_at(hall, seat)->outlook;
}

void toc_hall_clock(const toc_hall *hall, toc_wire_clock *out_clock) {
    uint32_t people = 0, ready = 0;
    toc_wire_clear(TOC_WIRE_M_CLOCK, out_clock);
    out_clock->now = toc_drill_now(hall->drill);
    out_clock->speed = hall->speed;
    out_clock->paused = hall->paused;
    out_clock->ends = toc_drill_length(hall->drill);
    out_clock->over = hall->over;
    out_clock->pace =
        toc_pace_name(hall->options.source != NULL ? TOC_PACE_CLOCK : toc_pace_of(hall->drill));
    toc_round_count(hall, &people, &ready);
    out_clock->people = people;
    out_clock->ready = ready;
}

uint32_t toc_hall_epoch(const toc_hall *hall) {
    return hall->epoch;
}

const char *toc_hall_head(const toc_hall *hall) {
    return hall->head;
}

void toc_hall_place(const toc_hall *hall, uint32_t seat, toc_wire_place *out_place) {
    const struct seat *found = &hall->seats[seat];
    toc_wire_clear(TOC_WIRE_M_PLACE, out_place);
    out_place->id = toc_drill_seat(hall->drill, seat);
    out_place->filled = toc_standins_has(hall->standins, seat) ? "stand-in"
                        : found->has_person                    ? "person"
                                                               : "nobody";
    out_place->connected = found->is_connected;
}

/* -- Beginning and end --------------------------------------------------------------------------
 */

toc_status toc_hall_keep(void *object, const toc_input *input, toc_problems *problems) {
    toc_hall *hall = object;
    hall->has_rows = true;
    return toc_record_input(hall->options.record, input, problems);
}

/* A person plays the seat from now on. Who sits down in a demonstration watches. */
static void take_seat(toc_hall *hall, uint32_t seat) {
    if (toc_pace_of(hall->drill) != TOC_PACE_SCRIPT) {
        hall->seats[seat].has_person = true;
        toc_standins_leave(hall->standins, seat);
    }
}

/* One entry of a record that is resumed. */
static void recall_entry(toc_hall *hall, const toc_record_entry *entry) {
    uint32_t seat = 0;
    bool is_seat = toc_stream_find_seat(hall->drill, entry->seat, &seat);
    if (strcmp(entry->kind, "taken") == 0) {
        toc_errand_remember(hall, entry->seat, entry->sender, entry->at);
    } else if (strcmp(entry->kind, "joined") == 0 && is_seat) {
        take_seat(hall, seat);
    } else if (strcmp(entry->kind, "handed-over") == 0 &&
               toc_stream_find_seat(hall->drill, entry->subject, &seat)) {
        hall->seats[seat].has_person = false;
    } else if (strcmp(entry->kind, "paused") == 0 || strcmp(entry->kind, "stopped") == 0) {
        toc_hall_tell(hall, entry->at, entry->kind, entry->seat, entry->text);
        hall->paused = true;
    } else if (strcmp(entry->kind, "resumed") == 0) {
        toc_hall_tell(hall, entry->at, entry->kind, entry->seat, entry->text);
        hall->paused = false;
    } else if (strcmp(entry->kind, "consulted") == 0 || strcmp(entry->kind, "advised") == 0) {
        toc_consultation_recall(hall, entry);
    } else if (strcmp(entry->kind, "rewound") == 0) {
        toc_reversal_recall(hall, entry);
    } else if (strcmp(entry->kind, "speed") == 0) {
        toc_hall_tell(hall, entry->at, entry->kind, entry->seat, entry->text);
    }
}

static void recall(toc_hall *hall) {
    uint64_t count = toc_record_journal_count(hall->options.record);
    for (uint64_t i = 1; i <= count; i++) {
        uint32_t branch = 0;
        toc_record_entry entry = toc_record_journal_at(hall->options.record, i, &branch);
        recall_entry(hall, &entry);
    }
    toc_hall_read(hall, TOC_NEVER);
}

toc_status toc_hall_begin_standins(toc_hall *hall, const bool *standins, toc_problems *problems) {
    const toc_hall_options *options = &hall->options;
    return toc_standins_create_at(hall->drill, options->package, options->policy, standins,
                                  toc_hall_keep, hall, problems, &hall->standins);
}

toc_status toc_hall_create(const toc_hall_options *options, toc_problems *problems,
                           toc_hall **out_hall) {
    toc_hall *hall = g_new0(toc_hall, 1);
    hall->options = *options;
    hall->drill = *options->drill;
    hall->speed = options->speed;
    hall->paused = options->paused;
    hall->step_until = TOC_NEVER;
    hall->source_next = 1;
    hall->seat_count = toc_drill_facts_of(hall->drill).seats;
    hall->log_count = hall->seat_count + 1 + options->expert_count;
    hall->seats = g_new0(struct seat, hall->log_count);
    for (uint32_t i = 0; i < hall->log_count; i++) {
        hall->seats[i].log = g_array_new(FALSE, FALSE, sizeof(struct shown));
        hall->seats[i].outlook = i < hall->seat_count ? toc_outlook_create(hall->drill, i) : NULL;
    }
    hall->notices = g_array_new(FALSE, FALSE, sizeof(struct notice));
    hall->answers = g_array_new(FALSE, FALSE, sizeof(toc_hall_answer));
    hall->courses = g_array_new(FALSE, FALSE, sizeof(struct course));
    hall->queue = g_queue_new();
    hall->done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    hall->texts = g_string_chunk_new(1024);
    toc_record_head(options->record, hall->head);
    toc_status status = toc_hall_begin_standins(hall, options->standins, problems);
    if (status != TOC_OK) {
        toc_hall_destroy(hall);
        return status;
    }
    toc_branching_begin(hall);
    recall(hall);
    *out_hall = hall;
    return TOC_OK;
}

static void drop_answers(toc_hall *hall) {
    for (guint i = 0; i < hall->answers->len; i++) {
        g_free((char *)g_array_index(hall->answers, toc_hall_answer, i).id);
        g_free((char *)g_array_index(hall->answers, toc_hall_answer, i).text);
    }
    (void)g_array_set_size(hall->answers, 0);
}

void toc_hall_destroy(toc_hall *hall) {
    if (hall == NULL) {
        return;
    }
    toc_standins_destroy(hall->standins);
    for (uint32_t i = 0; i < hall->log_count; i++) {
        (void)g_array_free(hall->seats[i].log, TRUE);
        toc_outlook_destroy(hall->seats[i].outlook);
    }
    drop_answers(hall);
    g_queue_free_full(hall->queue, toc_errand_free);
    (void)g_array_free(hall->notices, TRUE);
    (void)g_array_free(hall->courses, TRUE);
    (void)g_array_free(hall->answers, TRUE);
    g_hash_table_destroy(hall->done);
    g_string_chunk_free(hall->texts);
    g_free(hall->seats);
    g_free(hall);
}

/* -- Who plays ----------------------------------------------------------------------------------
 */

void toc_hall_sit(toc_hall *hall, uint32_t seat) {
    struct seat *found = seat_at(hall, seat);
    found->is_connected = true;
    if (seat != TOC_HALL_BESIDE) {
        take_seat(hall, seat);
        toc_hall_journal(hall, "joined", toc_drill_seat(hall->drill, seat), "", "");
    }
}

void toc_hall_leave(toc_hall *hall, uint32_t seat) {
    seat_at(hall, seat)->is_connected = false;
    if (seat != TOC_HALL_BESIDE) {
        toc_hall_journal(hall, "left", toc_drill_seat(hall->drill, seat), "", "");
    }
}

void toc_hall_take(toc_hall *hall, const toc_hall_deed *deed) {
    toc_errand_take(hall, deed);
}

void toc_hall_stop(toc_hall *hall, const char *desk, const char *word) {
    hall->paused = true;
    hall->step_until = TOC_NEVER;
    toc_hall_announce(hall, "stopped", desk, word);
}

/* -- The step -----------------------------------------------------------------------------------
 */

/* What people did in the record that is looked at, as far as it is due. */
static toc_status give_source(toc_hall *hall, toc_time until, toc_problems *problems) {
    const toc_record *source = hall->options.source;
    toc_status status = TOC_OK;
    while (source != NULL && status == TOC_OK &&
           hall->source_next <= toc_record_input_count(source)) {
        toc_input input = toc_record_input_at(source, hall->source_next);
        if (input.at > until) {
            break;
        }
        status = toc_drill_replay(hall->drill, &input, problems);
        if (status == TOC_OK) {
            status = toc_hall_keep(hall, &input, problems);
        }
        hall->source_next++;
    }
    return status;
}

void toc_hall_find_source(toc_hall *hall) {
    const toc_record *source = hall->options.source;
    toc_time now = toc_drill_now(hall->drill);
    hall->source_next = 1;
    while (source != NULL && hall->source_next <= toc_record_input_count(source) &&
           toc_record_input_at(source, hall->source_next).at <= now) {
        hall->source_next++;
    }
}

static toc_status advance(toc_hall *hall, toc_time until, toc_problems *problems) {
    toc_drill *drill = hall->drill;
    toc_time step = toc_record_meta_of(hall->options.record).digest_step;
    toc_status status = TOC_OK;
    while (status == TOC_OK && toc_drill_now(drill) < until && !toc_drill_has_ended(drill)) {
        toc_time border = (toc_drill_now(drill) / step + 1) * step;
        toc_time target = border < until ? border : until;
        status = give_source(hall, target, problems);
        if (status == TOC_OK) {
            status = toc_standins_play(hall->standins, target, problems);
        }
        hall->has_rows = true;
        if (status == TOC_OK && toc_drill_now(drill) == border) {
            status =
                toc_record_digest(hall->options.record, border, toc_drill_digest(drill), problems);
        }
    }
    return status;
}

static toc_time target_of(toc_hall *hall, int64_t elapsed) {
    toc_time now = toc_drill_now(hall->drill), until = now;
    if (hall->step_until != TOC_NEVER) {
        until = hall->step_until;
        hall->step_until = TOC_NEVER;
    } else if (!hall->paused &&
               (toc_pace_of(hall->drill) != TOC_PACE_TALK || hall->options.source != NULL)) {
        hall->carry += (elapsed < LONGEST_STEP ? elapsed : LONGEST_STEP) * hall->speed;
        until = now + hall->carry / 1000;
        hall->carry %= 1000;
    }
    toc_time length = toc_drill_length(hall->drill);
    return until < length ? until : length;
}

/* A tabletop goes on until there is something more to talk about. */
static toc_status go_on(toc_hall *hall, toc_problems *problems) {
    toc_drill *drill = hall->drill;
    toc_status status = TOC_OK;
    toc_round_begin(hall);
    while (status == TOC_OK && !toc_round_is_done(hall) && !toc_drill_has_ended(drill)) {
        toc_time now = toc_drill_now(drill), length = toc_drill_length(drill);
        toc_time event = toc_drill_next(drill), waking = toc_standins_next(hall->standins);
        toc_time next = event < waking ? event : waking;
        toc_time until = next > now ? next : now + 1;
        status = advance(hall, until < length ? until : length, problems);
    }
    /* where it stands now is in the record, for whoever resumes it */
    toc_hall_journal(hall, "arrived", "", "", "");
    return status;
}

static toc_status finish(toc_hall *hall, toc_problems *problems) {
    toc_drill *drill = hall->drill;
    toc_hall_announce(hall, "ended", "", "");
    toc_status status =
        hall->status != TOC_OK
            ? hall->status
            : toc_record_finish(hall->options.record, toc_drill_now(drill), "ended",
                                toc_drill_digest(drill), toc_drill_events(drill), problems);
    hall->over = true;
    return status;
}

static void give_answers(toc_hall *hall) {
    for (guint i = 0; i < hall->answers->len; i++) {
        hall->options.answer(hall->options.object,
                             &g_array_index(hall->answers, toc_hall_answer, i));
    }
    drop_answers(hall);
}

static toc_status pass(toc_hall *hall, int64_t elapsed, toc_problems *problems) {
    for (toc_hall_deed *deed = g_queue_pop_head(hall->queue); deed != NULL;
         deed = g_queue_pop_head(hall->queue)) {
        toc_errand_settle(hall, deed);
        toc_errand_free(deed);
    }
    /* with what the step before brought about: what is shown from here on is on disk */
    toc_status status = commit(hall, problems);
    if (status != TOC_OK) {
        return status;
    }
    toc_hall_read(hall, TOC_NEVER);
    give_answers(hall);
    if (!hall->over) {
        status = toc_round_is_due(hall) ? go_on(hall, problems)
                                        : advance(hall, target_of(hall, elapsed), problems);
    }
    bool ends = toc_drill_has_ended(hall->drill) && hall->options.source == NULL;
    if (status == TOC_OK && !hall->over && ends) {
        status = finish(hall, problems);
        toc_hall_read(hall, TOC_NEVER);
    }
    return status;
}

toc_status toc_hall_step(toc_hall *hall, int64_t elapsed, toc_problems *problems) {
    toc_status status = pass(hall, elapsed, problems);
    drop_answers(hall); /* of what could not be written, nobody hears */
    return status;
}

bool toc_hall_is_over(const toc_hall *hall) {
    return hall->over;
}
