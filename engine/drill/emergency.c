#include "drill/emergency.h"

#include <string.h>

#include "drill/deed.h"
#include "drill/fact.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "drill/wording.h"
#include "kernel/assert.h"

enum { NONE = TOC_EMERGENCY_PLAN_NONE };

struct emergency {
    toc_emergency_plan *plan;
    toc_time in_force; /* TOC_NEVER */
    toc_time level_at; /* when it was last set in force, at this level: what times count from */
    int level;         /* NONE: not in force, or without a level */
    toc_emergency_standing steps[TOC_EMERGENCY_PLAN_PARTS];
};

static struct emergency *emergency_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < drill->emergencies.count);
    return TOC_LIST_AT(struct emergency, &drill->emergencies, index);
}

/* -- What it says -------------------------------------------------------------------------------
 */

static void tell_wording(toc_drill *drill, const char *en, const char *zh) {
    if (zh[0] != '\0') {
        (void)toc_wording_tell(drill, en, "zh", zh);
    }
}

static void tell_parts(toc_drill *drill, const toc_emergency_plan_part *parts, int count) {
    for (int i = 0; i < count; i++) {
        tell_wording(drill, parts[i].en, parts[i].zh);
    }
}

bool toc_emergency_add(toc_drill *drill, toc_emergency_plan *plan) {
    bool is_new = true;
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        is_new = is_new && strcmp(emergency_at(drill, i)->plan->name.id, plan->name.id) != 0;
    }
    struct emergency *added = toc_list_add(&drill->emergencies, sizeof *added);
    *added = (struct emergency){
        .plan = plan, .in_force = TOC_NEVER, .level_at = TOC_NEVER, .level = NONE};
    tell_wording(drill, plan->name.en, plan->name.zh);
    tell_parts(drill, plan->roles, plan->role_count);
    tell_parts(drill, plan->levels, plan->level_count);
    tell_parts(drill, plan->contacts, plan->contact_count);
    for (int i = 0; i < plan->step_count; i++) {
        added->steps[i] = (toc_emergency_standing){TOC_EMERGENCY_OPEN, TOC_NEVER, TOC_NEVER};
        tell_wording(drill, plan->steps[i].name.en, plan->steps[i].name.zh);
        tell_wording(drill, plan->steps[i].if_en, plan->steps[i].if_zh);
    }
    for (int i = 0; i < plan->limit_count; i++) {
        tell_wording(drill, plan->limits[i].name.en, plan->limits[i].name.zh);
    }
    return is_new;
}

uint32_t toc_emergency_count(const toc_drill *drill) {
    return drill->emergencies.count;
}

const toc_emergency_plan *toc_emergency_plan_at(const toc_drill *drill, uint32_t index) {
    return emergency_at(drill, index)->plan;
}

uint32_t toc_emergency_of_seat(const toc_drill *drill, uint32_t seat) {
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        const char *team = toc_team_name(drill, toc_seat_team(drill, seat));
        if (strcmp(emergency_at(drill, i)->plan->name.id, team) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

toc_time toc_emergency_in_force(const toc_drill *drill, uint32_t index) {
    return emergency_at(drill, index)->in_force;
}

toc_emergency_standing toc_emergency_standing_of(const toc_drill *drill, uint32_t index, int step) {
    return emergency_at(drill, index)->steps[step];
}

bool toc_emergency_is_ready(const toc_drill *drill, uint32_t index, int step) {
    const struct emergency *emergency = emergency_at(drill, index);
    for (int i = 0; i < step; i++) {
        if ((emergency->plan->steps[step].after >> i & 1) != 0 &&
            emergency->steps[i].done_at == TOC_NEVER && toc_emergency_applies(drill, index, i)) {
            return false;
        }
    }
    return true;
}

bool toc_emergency_applies(const toc_drill *drill, uint32_t index, int step) {
    const struct emergency *emergency = emergency_at(drill, index);
    int level = emergency->plan->steps[step].level;
    return level == NONE || emergency->level <= level;
}

bool toc_emergency_is_role(const toc_drill *drill, uint32_t index, int role, uint32_t seat) {
    const toc_emergency_plan_part *part = &emergency_at(drill, index)->plan->roles[role];
    const char *name = toc_seat_role(drill, seat);
    return strcmp(part->seat, name) == 0 || strcmp(part->deputy, name) == 0;
}

const char *toc_emergency_stage_name(toc_emergency_stage stage) {
    static const char *const names[] = {"open", "started", "done", "late"};
    _Static_assert(sizeof names / sizeof *names == TOC_EMERGENCY_STAGES, "a name for every stage");
    return names[stage];
}

/* -- What comes of it ---------------------------------------------------------------------------
 */

static const char *subject_of(toc_drill *drill, const struct emergency *emergency, const char *id) {
    return toc_arena_format(drill->arena, "%s/%s", emergency->plan->name.id, id);
}

static void put(toc_drill *drill, uint32_t index, int step, const char *verb, uint32_t ticket) {
    const struct emergency *emergency = emergency_at(drill, index);
    const char *actor = ticket == 0 ? "" : toc_seat_name(drill, toc_ticket_at(drill, ticket)->seat);
    toc_time due = emergency->steps[step].due;
    toc_trace_put(drill, TOC_TRACE_PLAN,
                  subject_of(drill, emergency, emergency->plan->steps[step].name.id), actor, verb,
                  emergency->plan->steps[step].name.en, due == TOC_NEVER ? 0 : due, ticket);
}

static void on_due(void *object, uint64_t argument) {
    toc_drill *drill = object;
    uint32_t index = (uint32_t)(argument >> 32);
    int step = (int)(argument & UINT32_MAX);
    if (emergency_at(drill, index)->steps[step].done_at == TOC_NEVER &&
        toc_emergency_applies(drill, index, step)) {
        put(drill, index, step, "overdue", 0);
    }
}

/* From what it counts from, if that has come; a plan that is not in force sets no times. */
static void start_clock(toc_drill *drill, uint32_t index, int step) {
    struct emergency *emergency = emergency_at(drill, index);
    const toc_emergency_plan_step *spec = &emergency->plan->steps[step];
    toc_emergency_standing *standing = &emergency->steps[step];
    toc_time since = emergency->level_at;
    if (spec->from != NONE && since != TOC_NEVER) {
        toc_time done_at = emergency->steps[spec->from].done_at;
        since = done_at > since ? done_at : since;
    }
    if (since == TOC_NEVER || spec->within == TOC_NEVER || standing->due != TOC_NEVER ||
        standing->done_at != TOC_NEVER || !toc_emergency_applies(drill, index, step) ||
        spec->within > drill->length - since) {
        return;
    }
    standing->due = since + spec->within;
    (void)toc_calendar_schedule(drill->calendar, standing->due, TOC_SCORING, on_due, drill,
                                (uint64_t)index << 32 | (uint64_t)step);
}

static void start_clocks(toc_drill *drill, uint32_t index) {
    for (int i = 0; i < emergency_at(drill, index)->plan->step_count; i++) {
        start_clock(drill, index, i);
    }
}

/* The level that is said, which counts from the gravest, or the gravest where none is. */
static void set_in_force(toc_drill *drill, uint32_t index, uint32_t number) {
    struct emergency *emergency = emergency_at(drill, index);
    const toc_emergency_plan *plan = emergency->plan;
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *said = toc_parameter_text(&ticket->parameters, "level");
    emergency->level = plan->level_count > 0 ? 0 : NONE;
    for (int i = 0; said != NULL && i < plan->level_count; i++) {
        emergency->level = strcmp(plan->levels[i].id, said) == 0 ? i : emergency->level;
    }
    emergency->level_at = toc_calendar_now(drill->calendar);
    if (emergency->in_force == TOC_NEVER) {
        emergency->in_force = emergency->level_at;
    }
    toc_trace_put(drill, TOC_TRACE_PLAN, plan->name.id, toc_seat_name(drill, ticket->seat),
                  "in-force", emergency->level == NONE ? "" : plan->levels[emergency->level].id, 0,
                  number);
    start_clocks(drill, index);
}

/* The step that the action is: the one it names, else the first open one that asks for it of who
   does it, one that may come now before the others; NONE. */
static int find_step(toc_drill *drill, uint32_t index, const toc_ticket *ticket) {
    const struct emergency *emergency = emergency_at(drill, index);
    const char *named = toc_parameter_text(&ticket->parameters, "step");
    const char *verb = toc_action_name(ticket->verb);
    int found = NONE;
    for (int i = 0; i < emergency->plan->step_count; i++) {
        const toc_emergency_plan_step *step = &emergency->plan->steps[i];
        bool is_named = named != NULL && strcmp(step->name.id, named) == 0;
        bool fits = named == NULL && step->verb[0] != '\0' &&
                    toc_deed_fits_verb(step->verb, verb) &&
                    (step->target[0] == '\0' || strcmp(step->target, ticket->target) == 0) &&
                    toc_emergency_is_role(drill, index, step->role, ticket->seat);
        if (emergency->steps[i].done_at != TOC_NEVER || (!is_named && !fits)) {
            continue;
        }
        if (is_named || toc_emergency_is_ready(drill, index, i)) {
            return i;
        }
        found = found == NONE ? i : found;
    }
    return found;
}

static void note_limits(toc_drill *drill, uint32_t index, uint32_t number) {
    const struct emergency *emergency = emergency_at(drill, index);
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    for (int i = 0; i < emergency->plan->limit_count; i++) {
        const toc_emergency_plan_limit *limit = &emergency->plan->limits[i];
        if (toc_deed_fits_verb(limit->verb, toc_action_name(ticket->verb)) &&
            (limit->target[0] == '\0' || strcmp(limit->target, ticket->target) == 0)) {
            toc_trace_put(drill, TOC_TRACE_PLAN, subject_of(drill, emergency, limit->name.id),
                          toc_seat_name(drill, ticket->seat), "forbidden", limit->name.en, 0,
                          number);
        }
    }
}

void toc_emergency_note_begun(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t index = toc_emergency_of_seat(drill, ticket->seat);
    if (index == TOC_INDEX_NONE) {
        return;
    }
    note_limits(drill, index, number);
    int step = find_step(drill, index, ticket);
    if (step != NONE && ticket->takes != 0 && ticket->job == TOC_INDEX_NONE &&
        emergency_at(drill, index)->steps[step].stage == TOC_EMERGENCY_OPEN) {
        emergency_at(drill, index)->steps[step].stage = TOC_EMERGENCY_STARTED;
        put(drill, index, step, "started", number);
    }
}

void toc_emergency_note_done(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t index = toc_emergency_of_seat(drill, ticket->seat);
    toc_time now = toc_calendar_now(drill->calendar);
    if (index == TOC_INDEX_NONE) {
        return;
    }
    int step = find_step(drill, index, ticket);
    if (ticket->verb == TOC_VERB_ACTIVATE_PLAN) {
        set_in_force(drill, index, number);
    }
    if (step == NONE) {
        return;
    }
    if (!toc_emergency_is_ready(drill, index, step)) {
        put(drill, index, step, "out-of-order", number);
    }
    toc_emergency_standing *standing = &emergency_at(drill, index)->steps[step];
    standing->done_at = now;
    standing->stage =
        standing->due != TOC_NEVER && now > standing->due ? TOC_EMERGENCY_LATE : TOC_EMERGENCY_DONE;
    put(drill, index, step, toc_emergency_stage_name(standing->stage), number);
    start_clocks(drill, index);
}

bool toc_emergency_takes(const toc_drill *drill, const char *key) {
    return drill->emergencies.count > 0 && strcmp(key, "step") == 0;
}

toc_status toc_emergency_check_step(const toc_drill *drill, const char *id,
                                    toc_problems *problems) {
    static const toc_place nowhere = {.file = NULL};
    toc_names *names = toc_names_create();
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        const toc_emergency_plan *plan = emergency_at(drill, i)->plan;
        for (int k = 0; k < plan->step_count; k++) {
            (void)toc_names_add(names, plan->steps[k].name.id, NULL);
        }
    }
    const char *nearest = toc_names_nearest(names, id);
    toc_status status = TOC_OK;
    if (toc_names_find(names, id) == TOC_NONE) {
        status =
            toc_problems_error(problems, nowhere, "'%.60s' is no step of an emergency plan%s%s%s",
                               id, nearest != NULL ? "; did you mean '" : "",
                               nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    }
    toc_names_destroy(names);
    return status;
}

void toc_emergency_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        const struct emergency *emergency = emergency_at(drill, i);
        const toc_emergency_plan *plan = emergency->plan;
        toc_fact_put(drill, "plan", plan->name.id, plan->version, plan->name.en, 0);
        for (int k = 0; k < plan->step_count; k++) {
            const toc_emergency_plan_step *step = &plan->steps[k];
            toc_fact_put(drill, step->optional ? "plan-option" : "plan-step",
                         subject_of(drill, emergency, step->name.id), plan->roles[step->role].seat,
                         step->name.en, step->within == TOC_NEVER ? 0 : step->within);
        }
    }
}

void toc_emergency_close(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        const struct emergency *emergency = emergency_at(drill, i);
        for (int k = 0; k < emergency->plan->step_count; k++) {
            if (emergency->steps[k].done_at == TOC_NEVER && emergency->in_force != TOC_NEVER &&
                !emergency->plan->steps[k].optional && toc_emergency_applies(drill, i, k)) {
                put(drill, i, k, "skipped", 0);
            }
        }
    }
}

void toc_emergency_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        const struct emergency *emergency = emergency_at(drill, i);
        toc_digest_i64(digest, emergency->in_force);
        toc_digest_i64(digest, emergency->level_at);
        toc_digest_i64(digest, emergency->level);
        for (int k = 0; k < emergency->plan->step_count; k++) {
            toc_digest_u64(digest, emergency->steps[k].stage);
            toc_digest_i64(digest, emergency->steps[k].due);
            toc_digest_i64(digest, emergency->steps[k].done_at);
        }
    }
}

void toc_emergency_finish(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->emergencies.count; i++) {
        toc_emergency_plan_destroy(emergency_at(drill, i)->plan);
    }
    toc_list_finish(&drill->emergencies);
}
