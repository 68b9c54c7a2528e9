#include "drill/emergency_check.h"

#include <string.h>

#include "drill/deed.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "drill/team.h"

static const char *seat_name(toc_drill *drill, const toc_emergency_plan *plan, const char *role) {
    return toc_arena_format(drill->arena, "%s.%s", plan->name.id, role);
}

static void check_seat(toc_drill *drill, const toc_emergency_plan *plan, toc_place place,
                       const char *role) {
    char hint[96];
    const char *name = seat_name(drill, plan, role);
    if (role[0] != '\0' && toc_seat_find(drill, name) == TOC_INDEX_NONE) {
        (void)toc_problems_error(drill->problems, place, "there is no seat '%.80s'%s", name,
                                 toc_spec_hint(toc_seat_nearest(drill, name), hint, sizeof hint));
    }
}

/* False where the word is no action, which is told. */
static bool check_verb(toc_drill *drill, const char *verb, toc_place place) {
    char hint[96];
    if (verb[0] == '\0' || toc_deed_is_verb(verb)) {
        return verb[0] != '\0';
    }
    (void)toc_problems_error(drill->problems, place, "'%.60s' is no action%s", verb,
                             toc_spec_hint(toc_action_nearest(verb), hint, sizeof hint));
    return false;
}

/* Whether that seat could do it, as an input would be checked; what stands against it in `why`. */
static bool can_do(toc_drill *drill, const toc_input *input, toc_problems *why) {
    toc_action_verb verb = toc_action_find(input->verb);
    uint32_t seat = toc_seat_find(drill, input->seat);
    if (verb == TOC_VERBS || seat == TOC_INDEX_NONE) {
        return true; /* a family of actions; a seat that is told elsewhere */
    }
    if (input->target[0] == '\0' && toc_action_target_of(verb) != TOC_TARGET_NOTHING) {
        if (!toc_seat_may(drill, seat, verb)) {
            (void)toc_problems_error(why, (toc_place){.file = NULL},
                                     "%s may not do %s: the role '%s' is not allowed %s",
                                     input->seat, input->verb, toc_seat_role(drill, seat),
                                     toc_role_allows(toc_action_permission(verb)));
            return false;
        }
        return true;
    }
    return toc_action_check(drill, input, why) == TOC_OK;
}

static void check_doer(toc_drill *drill, const toc_emergency_plan *plan,
                       const toc_emergency_plan_step *step) {
    const toc_emergency_plan_part *role = &plan->roles[step->role];
    toc_input input = {.seat = seat_name(drill, plan, role->seat),
                       .verb = step->verb,
                       .target = step->target,
                       .parameters = ""};
    toc_problems *why = toc_problems_create();
    bool can = can_do(drill, &input, why);
    if (!can && role->deputy[0] != '\0') {
        input.seat = seat_name(drill, plan, role->deputy);
        can = can_do(drill, &input, why);
    }
    if (!can) {
        bool is_target = step->target[0] != '\0';
        (void)toc_problems_error(drill->problems, is_target ? step->target_place : step->verb_place,
                                 "step '%s': %s", step->name.id, toc_problems_at(why, 0).text);
    }
    toc_problems_destroy(why);
}

static void check_step(toc_drill *drill, const toc_emergency_plan *plan,
                       const toc_emergency_plan_step *step) {
    char takes[64];
    if (!check_verb(drill, step->verb, step->verb_place)) {
        return;
    }
    check_doer(drill, plan, step);
    toc_action_verb verb = toc_action_find(step->verb);
    if (verb != TOC_VERBS && step->within < toc_action_takes(verb) &&
        toc_action_takes(verb) != TOC_NEVER) {
        (void)toc_time_print(toc_action_takes(verb), takes, sizeof takes);
        (void)toc_problems_error(drill->problems, step->within_place,
                                 "step '%s' can never be in time: %s takes %s", step->name.id,
                                 step->verb, takes);
    }
    for (int i = 0; i < plan->limit_count; i++) {
        const toc_emergency_plan_limit *limit = &plan->limits[i];
        if (strcmp(limit->verb, step->verb) == 0 &&
            (limit->target[0] == '\0' || strcmp(limit->target, step->target) == 0)) {
            (void)toc_problems_error(drill->problems, step->verb_place,
                                     "step '%s' asks for what the limit '%s' forbids",
                                     step->name.id, limit->name.id);
        }
    }
}

static void check_limit(toc_drill *drill, const toc_emergency_plan *plan,
                        const toc_emergency_plan_limit *limit) {
    if (!check_verb(drill, limit->verb, limit->verb_place) || limit->target[0] == '\0') {
        return;
    }
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        toc_action_verb verb = toc_action_find(limit->verb);
        toc_input input = {.seat = toc_seat_name(drill, seat),
                           .verb = limit->verb,
                           .target = limit->target,
                           .parameters = ""};
        if (verb == TOC_VERBS || !toc_seat_may(drill, seat, verb) ||
            strcmp(toc_team_name(drill, toc_seat_team(drill, seat)), plan->name.id) != 0) {
            continue;
        }
        toc_problems *why = toc_problems_create();
        if (toc_action_check(drill, &input, why) != TOC_OK) {
            (void)toc_problems_error(drill->problems, limit->target_place, "limit '%s': %s",
                                     limit->name.id, toc_problems_at(why, 0).text);
        }
        toc_problems_destroy(why);
        return;
    }
}

static void check_level(toc_drill *drill, const toc_emergency_plan *plan,
                        const toc_emergency_plan_part *level) {
    const toc_emergency_plan_part *role = &plan->roles[level->by];
    uint32_t seat = toc_seat_find(drill, seat_name(drill, plan, role->seat));
    if (seat != TOC_INDEX_NONE && !toc_seat_may(drill, seat, TOC_VERB_ACTIVATE_PLAN)) {
        (void)toc_problems_error(drill->problems, level->place,
                                 "level '%s': %s may not set the plan in force: the role is not "
                                 "allowed %s",
                                 level->id, toc_seat_name(drill, seat),
                                 toc_role_allows(toc_action_permission(TOC_VERB_ACTIVATE_PLAN)));
    }
}

static void check_wording(const toc_drill *drill, const toc_emergency_plan_part *part) {
    if (drill->translated && part->zh[0] == '\0') {
        toc_problems_warn(drill->problems, part->place,
                          "'%.60s' has no text in 'zh', which others of this drill have", part->id);
    }
}

static void check_wordings(const toc_drill *drill, const toc_emergency_plan *plan) {
    check_wording(drill, &plan->name);
    for (int i = 0; i < plan->role_count; i++) {
        check_wording(drill, &plan->roles[i]);
    }
    for (int i = 0; i < plan->level_count; i++) {
        check_wording(drill, &plan->levels[i]);
    }
    for (int i = 0; i < plan->contact_count; i++) {
        check_wording(drill, &plan->contacts[i]);
    }
    for (int i = 0; i < plan->step_count; i++) {
        check_wording(drill, &plan->steps[i].name);
    }
    for (int i = 0; i < plan->limit_count; i++) {
        check_wording(drill, &plan->limits[i].name);
    }
}

static void check_plan(toc_drill *drill, const toc_emergency_plan *plan) {
    char hint[96];
    if (toc_team_find(drill, plan->name.id) == TOC_INDEX_NONE) {
        toc_names *names = toc_names_create();
        for (uint32_t i = 0; i < toc_team_count(drill); i++) {
            (void)toc_names_add(names, toc_team_name(drill, i), NULL);
        }
        (void)toc_problems_error(
            drill->problems, plan->name.place, "no team '%.60s' takes part that could follow it%s",
            plan->name.id,
            toc_spec_hint(toc_names_nearest(names, plan->name.id), hint, sizeof hint));
        toc_names_destroy(names);
        return;
    }
    for (int i = 0; i < plan->role_count; i++) {
        check_seat(drill, plan, plan->roles[i].place, plan->roles[i].seat);
        check_seat(drill, plan, plan->roles[i].place, plan->roles[i].deputy);
    }
    for (int i = 0; i < plan->level_count; i++) {
        check_level(drill, plan, &plan->levels[i]);
    }
    for (int i = 0; i < plan->step_count; i++) {
        check_step(drill, plan, &plan->steps[i]);
    }
    for (int i = 0; i < plan->limit_count; i++) {
        check_limit(drill, plan, &plan->limits[i]);
    }
    check_wordings(drill, plan);
}

void toc_emergency_check_all(toc_drill *drill) {
    for (uint32_t i = 0; i < toc_emergency_count(drill); i++) {
        check_plan(drill, toc_emergency_plan_at(drill, i));
    }
}
