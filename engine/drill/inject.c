#include "drill/inject.h"

#include <string.h>

#include "drill/call.h"
#include "drill/decision.h"
#include "drill/effect.h"
#include "drill/expectation.h"
#include "drill/fact.h"
#include "drill/gist.h"
#include "drill/mark.h"
#include "drill/message.h"
#include "drill/phase.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/variable.h"
#include "drill/watch.h"
#include "drill/wording.h"
#include "kernel/assert.h"

static const char *const channels[] = {
#define TOC_CHANNEL(name) name,
#include "drill/channel.def"
#undef TOC_CHANNEL
};

enum { CHANNELS = sizeof channels / sizeof *channels };

static toc_inject *inject_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->injects.count);
    return TOC_LIST_AT(toc_inject, &drill->injects, number);
}

const toc_inject *toc_inject_at(const toc_drill *drill, uint32_t inject) {
    return inject_at(drill, inject);
}

bool toc_inject_is_channel(const char *name) {
    for (size_t i = 0; i < CHANNELS; i++) {
        if (strcmp(channels[i], name) == 0) {
            return true;
        }
    }
    return false;
}

const char *toc_inject_nearest_channel(const char *name) {
    return toc_names_nearest_of(channels, CHANNELS, name);
}

uint32_t toc_inject_find(const toc_drill *drill, const char *id) {
    uint32_t number = toc_names_find(drill->inject_names, id);
    return number == TOC_NONE ? TOC_INDEX_NONE : number;
}

static const char *make_id(toc_drill *drill) {
    for (uint32_t number = drill->injects.count + 1;; number++) {
        const char *id = toc_arena_format(drill->arena, "I-%02u", number);
        if (toc_inject_find(drill, id) == TOC_INDEX_NONE) {
            return id;
        }
    }
}

/* Comes, unless it is not needed any more. */
static void deliver(void *object, uint64_t number) {
    toc_drill *drill = object;
    char by[200] = "";
    toc_inject *inject = inject_at(drill, number);
    toc_criterion_scope scope = {.since = 0};
    if (inject->delivered_at != TOC_NEVER) {
        return;
    }
    if (inject->held) {
        inject->missed_at = toc_calendar_now(drill->calendar);
        return;
    }
    if (inject->unless != TOC_INDEX_NONE &&
        toc_criterion_holds(drill, inject->unless, &scope, by, sizeof by)) {
        toc_trace_put(drill, TOC_TRACE_HELD, inject_at(drill, number)->id, "", "", by, 0, 0);
        return;
    }
    if (inject->call == NULL) {
        (void)toc_inject_fire(drill, (uint32_t)number);
    } else {
        (void)toc_call_ring(drill, (uint32_t)number);
    }
}

bool toc_inject_ring(toc_drill *drill, uint32_t number) {
    toc_inject *inject = inject_at(drill, number);
    bool first = inject->rang_at == TOC_NEVER;
    inject->rang_at = first ? toc_calendar_now(drill->calendar) : inject->rang_at;
    return first;
}

static void on_condition(toc_drill *drill, uint64_t number, const char *by) {
    (void)by;
    deliver(drill, number);
}

static void wait_for_condition(void *object, uint64_t number) {
    toc_drill *drill = object;
    toc_watch_order order = {.criterion = inject_at(drill, number)->when,
                             .scope = {.since = toc_calendar_now(drill->calendar)},
                             .fired = on_condition,
                             .argument = number};
    (void)toc_watch_add(drill, &order);
}

static void schedule(toc_drill *drill, uint32_t number) {
    toc_inject *inject = inject_at(drill, number);
    bool waits = inject->when != TOC_INDEX_NONE;
    if (inject->at != TOC_NEVER) {
        inject->due = toc_calendar_schedule(drill->calendar, inject->at, TOC_SENSOR,
                                            waits ? wait_for_condition : deliver, drill, number);
    } else if (waits) {
        wait_for_condition(drill, number);
    }
}

static void put_facts(toc_drill *drill, const toc_inject *inject) {
    toc_fact_put(drill, "inject", inject->id, inject->kind == NULL ? "" : inject->kind->name,
                 inject->text, inject->at);
    for (uint32_t i = 0; i < inject->expect_count; i++) {
        toc_fact_put(drill, "expects", inject->id, "", inject->expects[i], inject->within);
    }
    if (inject->call != NULL) {
        toc_call_facts(drill, inject);
    }
    for (uint32_t i = 0; i < inject->attachment_count; i++) {
        toc_fact_put(drill, "attached", inject->id, "", inject->attachments[i], 0);
    }
}

void toc_inject_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        put_facts(drill, inject_at(drill, i));
    }
}

uint32_t toc_inject_add(toc_drill *drill, const toc_inject *inject) {
    uint32_t number = drill->injects.count;
    const char *id = inject->id[0] != '\0' ? inject->id : make_id(drill);
    toc_inject *kept = toc_list_add(&drill->injects, sizeof *kept);
    *kept = *inject;
    kept->id = id;
    uint32_t named = toc_names_add(drill->inject_names, id, NULL);
    TOC_ASSERT(named == number); /* no two of one id */
    kept->delivered_at = kept->missed_at = kept->rang_at = TOC_NEVER;
    drill->hands_out = drill->hands_out || inject->attachment_count > 0;
    if (drill->stage == TOC_DRILL_RUNNING) {
        put_facts(drill, kept);
        schedule(drill, number);
    }
    return number;
}

const char *toc_inject_nearest(const toc_drill *drill, const char *name) {
    return toc_names_nearest(drill->seat_names, name);
}

static void check_seats(toc_drill *drill, const toc_inject *inject) {
    char hint[96];
    for (uint32_t i = 0; i < inject->to_count; i++) {
        if (!toc_scenario_reaches(drill, inject->to[i])) {
            const char *nearest = toc_inject_nearest(drill, inject->to[i]);
            (void)toc_problems_error(drill->problems,
                                     toc_spot_of_key(drill, inject->place, "to", 1),
                                     "inject '%s': there is no seat or team '%.60s'%s", inject->id,
                                     inject->to[i], toc_spec_hint(nearest, hint, sizeof hint));
        }
    }
}

static void check_wording(toc_drill *drill, const toc_inject *inject, const char *wording) {
    char name[64], hint[96];
    const char *nearest = toc_variable_misspelt(drill, wording, name, sizeof name);
    if (nearest != NULL) {
        (void)toc_problems_error(drill->problems, toc_spot_of_key(drill, inject->place, "text", 1),
                                 "inject '%s': no variable '%s' has been set%s", inject->id, name,
                                 toc_spec_hint(nearest, hint, sizeof hint));
    }
}

static void check_text(toc_drill *drill, const toc_inject *inject) {
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    check_wording(drill, inject, inject->text);
    for (size_t i = 0; i < count; i++) {
        const char *wording = toc_wording_in(drill, languages[i], inject->text);
        if (wording != inject->text) {
            check_wording(drill, inject, wording);
        }
    }
}

void toc_inject_check(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        const toc_inject *inject = inject_at(drill, i);
        check_seats(drill, inject);
        check_text(drill, inject);
        if (inject->when != TOC_INDEX_NONE) {
            (void)toc_criterion_check(drill, inject->when, drill->problems);
        }
        if (inject->unless != TOC_INDEX_NONE) {
            (void)toc_criterion_check(drill, inject->unless, drill->problems);
        }
    }
}

void toc_inject_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        schedule(drill, i);
    }
}

static bool is_for(const toc_drill *drill, const toc_inject *inject, uint32_t seat) {
    for (uint32_t i = 0; i < inject->to_count; i++) {
        if (toc_scenario_is_of(drill, seat, inject->to[i])) {
            return true;
        }
    }
    return false;
}

static void tell_seats(toc_drill *drill, const toc_inject *inject) {
    toc_gist gist = toc_gist_of_inject(inject);
    toc_message message = {.from = inject->from,
                           .about = gist == TOC_GISTS ? NULL : toc_gist_name(gist),
                           .channel = inject->channel,
                           .text = inject->text,
                           .inject = inject->id,
                           .attachments = inject->attachments,
                           .attachment_count = inject->attachment_count};
    for (uint32_t seat = 0; seat < toc_names_count(drill->seat_names); seat++) {
        if (is_for(drill, inject, seat)) {
            message.to = seat;
            (void)toc_message_deliver(drill, &message);
        }
    }
}

/* What passes by itself is over. */
static void pass(void *object, uint64_t number) {
    toc_drill *drill = object;
    const toc_inject *inject = inject_at(drill, number);
    drill->actor = inject->id;
    for (uint32_t i = 0; i < inject->element_count; i++) {
        if (inject->hit[i]) {
            (void)toc_world_clear(drill->world, inject->elements[i],
                                  toc_effect_cause(inject->effect));
        }
    }
    drill->actor = "";
}

/* Which of the elements are hit is drawn for each by its own name. */
static void take_effect(toc_drill *drill, uint32_t number) {
    toc_inject inject = *inject_at(drill, number);
    toc_chance chance = {drill->options.seed, drill->options.replication};
    drill->actor = inject.id;
    for (uint32_t i = 0; i < inject.element_count; i++) {
        const char *id = toc_topology_element_id(drill->topology, inject.elements[i]);
        toc_draw draw = {toc_chance_key(id), toc_chance_key(inject.id), 0};
        if (inject.share_ppm >= 1000000 || toc_chance_happens(&chance, draw, inject.share_ppm)) {
            inject.hit[i] =
                toc_effect_apply(drill->world, inject.effect, inject.elements[i], &inject.pretence);
        }
    }
    drill->actor = "";
    toc_time now = toc_calendar_now(drill->calendar);
    if (inject.lasts < TOC_NEVER - now) {
        (void)toc_calendar_schedule(drill->calendar, now + inject.lasts, TOC_PHYSICAL, pass, drill,
                                    number);
    }
}

static bool is_of_sort(const toc_inject *inject, toc_inject_sort sort) {
    return inject->kind != NULL && inject->kind->sort == sort;
}

bool toc_inject_fire(toc_drill *drill, uint32_t number) {
    if (inject_at(drill, number)->delivered_at != TOC_NEVER) {
        return false;
    }
    inject_at(drill, number)->delivered_at = toc_calendar_now(drill->calendar);
    toc_inject inject = *inject_at(drill, number);
    inject.text = toc_wording_fill(drill, inject.text);
    toc_time late = inject.missed_at != TOC_NEVER ? inject.delivered_at - inject.missed_at : 0;
    toc_trace_put(drill, TOC_TRACE_INJECT, inject.id, inject.from, inject.channel, inject.text,
                  late, 0);
    if (!inject.hidden) {
        drill->points += inject.to_count > 0;
        tell_seats(drill, &inject);
    }
    toc_expectation_begin(drill, number);
    if (inject.effect[0] != '\0') {
        take_effect(drill, number);
    }
    (void)toc_mark_set(drill, inject.id, NULL);
    toc_phase_note_inject(drill, number);
    toc_decision_note_inject(drill, number);
    if (is_of_sort(&inject, TOC_INJECT_STOP)) {
        drill->ended_why = toc_arena_format(drill->arena, "%s: %s", inject.kind->name, inject.text);
        toc_drill_stop(drill, TOC_OK);
    }
    return true;
}

/* -- Those who run the drill --------------------------------------------------------------------
 */

static const char already[] = "it has come already";

const char *toc_inject_hold(toc_drill *drill, uint32_t number) {
    toc_inject *inject = inject_at(drill, number);
    if (inject->delivered_at != TOC_NEVER || inject->held) {
        return inject->held ? "it is held already" : already;
    }
    inject->held = true;
    return NULL;
}

const char *toc_inject_release(toc_drill *drill, uint32_t number) {
    toc_inject *inject = inject_at(drill, number);
    if (!inject->held || inject->delivered_at != TOC_NEVER) {
        return inject->delivered_at != TOC_NEVER ? already : "it is not held";
    }
    inject->held = false;
    if (inject->missed_at != TOC_NEVER) {
        deliver(drill, number);
    }
    return NULL;
}

const char *toc_inject_retime(toc_drill *drill, uint32_t number, toc_time at) {
    toc_inject *inject = inject_at(drill, number);
    if (inject->delivered_at != TOC_NEVER) {
        return already;
    }
    if (at < toc_calendar_now(drill->calendar) || at > drill->length) {
        return at > drill->length ? "the drill is over by then" : "that time is past";
    }
    if (inject->when != TOC_INDEX_NONE && !toc_calendar_is_pending(drill->calendar, inject->due)) {
        return "it waits for a condition and has no time; fire it, or hold it";
    }
    (void)toc_calendar_cancel(drill->calendar, inject->due);
    inject->at = at;
    inject->missed_at = TOC_NEVER;
    inject->moved = true;
    schedule(drill, number);
    return NULL;
}

void toc_inject_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        const toc_inject *inject = inject_at(drill, i);
        toc_digest_text(digest, inject->id);
        toc_digest_i64(digest, inject->at);
        toc_digest_i64(digest, inject->delivered_at);
        if (inject->call != NULL) {
            toc_digest_i64(digest, inject->rang_at);
        }
        if (inject->held || inject->moved) {
            toc_digest_u64(digest, inject->held);
            toc_digest_i64(digest, inject->missed_at);
        }
    }
}

void toc_inject_finish(toc_drill *drill) {
    toc_list_finish(&drill->injects);
}
