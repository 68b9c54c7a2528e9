#include "drill/adversary.h"

#include <string.h>

#include "drill/effect.h"
#include "tocsin/technique.h"
#include "kernel/assert.h"
#include "model/foothold.h"
#include "model/sensor.h"

enum stage { UNDER_WAY, DONE, FAILED };

struct strike {
    toc_strike facts;
    enum stage stage;
    toc_obstacle obstacle; /* of a strike through a weakness */
    toc_time began, ended;
};

static const char *const skill_names[] = {"novice", "beginner", "intermediate", "expert"};
_Static_assert(sizeof skill_names / sizeof *skill_names == TOC_SKILLS, "a name for every skill");

const toc_adversary *toc_adversary_at(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->adversaries.count);
    return TOC_LIST_AT(const toc_adversary, &drill->adversaries, number);
}

const char *toc_adversary_skill_name(toc_skill skill) {
    TOC_ASSERT(skill < TOC_SKILLS);
    return skill_names[skill];
}

uint32_t toc_adversary_add(toc_drill *drill, const toc_adversary *adversary) {
    for (uint32_t i = 0; i < drill->adversaries.count; i++) {
        if (strcmp(toc_adversary_at(drill, i)->name, adversary->name) == 0) {
            return TOC_INDEX_NONE;
        }
    }
    *(toc_adversary *)toc_list_add(&drill->adversaries, sizeof *adversary) = *adversary;
    toc_adversary_enter(drill, drill->adversaries.count - 1);
    return drill->adversaries.count - 1;
}

void toc_adversary_enter(toc_drill *drill, uint32_t number) {
    const toc_adversary *adversary = toc_adversary_at(drill, number);
    uint32_t attacker = toc_intrusion_attacker(drill->world, adversary->name);
    TOC_ASSERT(attacker == number);
    if (adversary->at < drill->topology->asset_count) {
        toc_intrusion_begin_at(drill->world, attacker, adversary->at);
    }
}

static const char *element_id(const toc_drill *drill, uint32_t element) {
    return element == TOC_INDEX_NONE ? "" : toc_topology_element_id(drill->topology, element);
}

toc_time toc_adversary_takes(const toc_drill *drill, const toc_strike *strike) {
    /* 3 min for an expert; a median of 3 min / factor, and a spread as of any human work */
    static const toc_time medians[] = {20 * TOC_MINUTE, 10 * TOC_MINUTE,
                                       5 * TOC_MINUTE + 27 * TOC_SECOND, 3 * TOC_MINUTE};
    const toc_adversary *adversary = toc_adversary_at(drill, strike->adversary);
    toc_chance chance = {drill->options.seed, drill->options.replication};
    uint32_t occurrence = 0;
    for (uint32_t i = 0; i < drill->strikes.count; i++) {
        const toc_strike *other = &TOC_LIST_AT(const struct strike, &drill->strikes, i)->facts;
        occurrence += other->adversary == strike->adversary && other->element == strike->element &&
                      strcmp(other->technique, strike->technique) == 0;
    }
    const char *purpose = toc_arena_format(drill->arena, "%s at %s", strike->technique,
                                           element_id(drill, strike->element));
    toc_draw draw = {toc_chance_key(adversary->name), toc_chance_key(purpose), occurrence};
    return toc_chance_lognormal(&chance, draw, medians[adversary->skill], 0.5);
}

static void tell(toc_drill *drill, const toc_strike *strike, const char *text) {
    toc_trace_put(drill, TOC_TRACE_TECHNIQUE, element_id(drill, strike->element),
                  toc_adversary_at(drill, strike->adversary)->name, strike->technique, text, 0, 0);
}

uint32_t toc_adversary_begin(toc_drill *drill, const toc_strike *strike) {
    *(struct strike *)toc_list_add(&drill->strikes, sizeof(struct strike)) = (struct strike){
        .facts = *strike, .began = toc_calendar_now(drill->calendar), .ended = TOC_NEVER};
    const char *name = toc_technique_name(strike->technique);
    tell(drill, strike,
         name == NULL ? "started" : toc_arena_format(drill->arena, "started: %s", name));
    return drill->strikes.count - 1;
}

static bool is_isolated(const toc_drill *drill, uint32_t element) {
    return element != TOC_INDEX_NONE &&
           toc_world_has_cause(drill->world, element, TOC_CAUSE_ISOLATED);
}

/* The asset that stands in the way, or TOC_INDEX_NONE. */
static uint32_t obstacle(const toc_drill *drill, const toc_strike *strike) {
    uint32_t foothold = toc_adversary_at(drill, strike->adversary)->at;
    if (is_isolated(drill, strike->element) && strike->element != foothold) {
        return strike->element;
    }
    return is_isolated(drill, foothold) ? foothold : TOC_INDEX_NONE;
}

static void take_effect(toc_drill *drill, const toc_strike *strike) {
    bool is_there;
    toc_cause needless =
        toc_effect_needless(drill->world, strike->effect, strike->element, &is_there);
    TOC_ASSERT(strike->element != TOC_INDEX_NONE);
    if (needless != TOC_CAUSES) {
        tell(drill, strike,
             toc_arena_format(drill->arena, "done: %s changes nothing, it is %s %s", strike->effect,
                              is_there ? toc_world_cause_name(needless) : "not",
                              is_there ? "already" : toc_world_cause_name(needless)));
        return;
    }
    tell(drill, strike, toc_arena_format(drill->arena, "done: %s", strike->effect));
    drill->actor = toc_adversary_at(drill, strike->adversary)->name;
    (void)toc_effect_apply(drill->world, strike->effect, strike->element, &strike->pretence);
    drill->actor = "";
}

static const char *const obstacle_names[] = {"", "access", "reach", "immune", "luck", "closed"};
_Static_assert(sizeof obstacle_names / sizeof *obstacle_names == TOC_OBSTACLES, "names for all");

const char *toc_adversary_obstacle(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->strikes.count);
    return obstacle_names[TOC_LIST_AT(const struct strike, &drill->strikes, number)->obstacle];
}

/* -- Ends of strikes --------------------------------------------------------------------------- */

/* What became of a strike: obstacle and text. */
struct outcome {
    toc_obstacle obstacle;
    const char *text;
};

static toc_obstacle missing(const toc_drill *drill, const toc_strike *strike) {
    bool is_asset = strike->element < drill->topology->asset_count;
    toc_access has = is_asset
                         ? toc_intrusion_access(drill->world, strike->adversary, strike->element)
                         : TOC_ACCESS_NONE;
    toc_access wanted = strike->asks == TOC_ASKS_ADMIN ? TOC_ACCESS_ADMIN : TOC_ACCESS_USER;
    if (strike->asks == TOC_ASKS_NOTHING || strike->element == TOC_INDEX_NONE) {
        return TOC_OBSTACLE_NONE;
    }
    if (strike->asks == TOC_ASKS_REACH) {
        return toc_foothold_reaches(drill->world, strike->adversary, strike->element)
                   ? TOC_OBSTACLE_NONE
                   : TOC_OBSTACLE_REACH;
    }
    return has >= wanted ? TOC_OBSTACLE_NONE : TOC_OBSTACLE_ACCESS;
}

/* Goes through the weakness that the strike is aimed at. */
static struct outcome go_through(toc_drill *drill, const toc_strike *strike) {
    toc_attempt attempt = {strike->adversary,
                           (uint32_t)(strike->weakness - drill->topology->weaknesses),
                           strike->success_ppm};
    toc_obstacle obstacle = toc_intrusion_attempt(drill->world, attempt);
    return (struct outcome){
        obstacle, toc_arena_format(drill->arena, "%s %s",
                                   obstacle == TOC_OBSTACLE_NONE ? "done: through" : "failed:",
                                   strike->weakness->id)};
}

static struct outcome move_on(toc_drill *drill, const toc_strike *strike) {
    toc_foothold_move move = {strike->adversary, strike->element, strike->protocol, strike->gives,
                              strike->has_secrets};
    toc_obstacle obstacle = toc_foothold_move_on(drill->world, &move);
    return (struct outcome){obstacle, obstacle == TOC_OBSTACLE_NONE ? "done: logged on"
                                                                    : "failed: not let in"};
}

/* What is left on the asset or changed there. */
static struct outcome leave(toc_drill *drill, const toc_strike *strike) {
    bool changed = strike->step == TOC_STEP_IMPLANT
                       ? toc_intrusion_implant(drill->world, strike->adversary, strike->element)
                       : toc_intrusion_tamper(drill->world, strike->element);
    const char *what = strike->step == TOC_STEP_IMPLANT ? "implant" : "tampered with";
    return (struct outcome){
        TOC_OBSTACLE_NONE,
        toc_arena_format(drill->arena, changed ? "done: %s" : "done: %s already", what)};
}

static bool is_among(const toc_strike *strike, uint32_t asset) {
    bool found = strike->among == NULL;
    for (uint32_t i = 0; i < strike->among_count && !found; i++) {
        found = strike->among[i] == asset;
    }
    return found;
}

uint32_t toc_adversary_found(const toc_drill *drill, uint32_t number, uint32_t *place) {
    const toc_strike *strike = &TOC_LIST_AT(const struct strike, &drill->strikes, number)->facts;
    while (*place < drill->topology->asset_count) {
        uint32_t asset = (*place)++;
        bool is_there =
            strike->zone == TOC_INDEX_NONE || drill->topology->assets[asset].zone == strike->zone;
        if (is_there && is_among(strike, asset) &&
            toc_intrusion_access(drill->world, strike->adversary, asset) == TOC_ACCESS_NONE &&
            toc_foothold_towards(drill->world, strike->adversary, asset, TOC_INDEX_NONE) !=
                TOC_INDEX_NONE) {
            return asset;
        }
    }
    return TOC_INDEX_NONE;
}

/* Whoever looks around knocks at every door. */
static struct outcome look_around(toc_drill *drill, uint32_t number) {
    toc_strike strike = TOC_LIST_AT(const struct strike, &drill->strikes, number)->facts;
    uint32_t place = 0, count = 0, asset;
    while ((asset = toc_adversary_found(drill, number, &place)) != TOC_INDEX_NONE) {
        count++;
        (void)toc_sensor_step(drill->world, strike.adversary, asset, strike.technique,
                              strike.noise_ppm);
    }
    return (struct outcome){TOC_OBSTACLE_NONE,
                            toc_arena_format(drill->arena, "done: found %u", count)};
}

static struct outcome carry_out(toc_drill *drill, uint32_t number) {
    toc_strike strike = TOC_LIST_AT(const struct strike, &drill->strikes, number)->facts;
    toc_obstacle lacks = missing(drill, &strike);
    if (lacks != TOC_OBSTACLE_NONE) {
        return (struct outcome){lacks, "failed"};
    }
    switch (strike.step) {
    case TOC_STEP_EXPLOIT:
        return go_through(drill, &strike);
    case TOC_STEP_SCAN:
        return look_around(drill, number);
    case TOC_STEP_MOVE:
        return move_on(drill, &strike);
    case TOC_STEP_IMPLANT:
    case TOC_STEP_TAMPER:
        return leave(drill, &strike);
    case TOC_STEP_TECHNIQUE:
    case TOC_STEPS:
        break;
    }
    if (strike.effect[0] != '\0') {
        take_effect(drill, &strike);
        return (struct outcome){TOC_OBSTACLE_NONE, NULL};
    }
    return (struct outcome){TOC_OBSTACLE_NONE, "done"};
}

bool toc_adversary_complete(toc_drill *drill, uint32_t number) {
    static const char *const reasons[] = {"",
                                          "it takes access to the asset first",
                                          "the network lets nothing through to it",
                                          "this adversary cannot use it",
                                          "not this time",
                                          "it has been closed"};
    TOC_ASSERT(number < drill->strikes.count);
    struct strike *strike = TOC_LIST_AT(struct strike, &drill->strikes, number);
    uint32_t in_the_way = obstacle(drill, &strike->facts);
    strike->ended = toc_calendar_now(drill->calendar);
    if (strike->facts.element < drill->topology->asset_count) {
        (void)toc_sensor_step(drill->world, strike->facts.adversary, strike->facts.element,
                              strike->facts.technique, strike->facts.noise_ppm);
    }
    if (in_the_way != TOC_INDEX_NONE && strike->facts.step != TOC_STEP_EXPLOIT) {
        strike->stage = FAILED;
        tell(drill, &strike->facts,
             toc_arena_format(drill->arena, "failed: %s is isolated",
                              element_id(drill, in_the_way)));
        return false;
    }
    struct outcome outcome = carry_out(drill, number);
    strike = TOC_LIST_AT(struct strike, &drill->strikes, number);
    strike->obstacle = outcome.obstacle;
    strike->stage = outcome.obstacle == TOC_OBSTACLE_NONE ? DONE : FAILED;
    if (outcome.text != NULL) {
        tell(drill, &strike->facts,
             toc_arena_format(drill->arena, "%s%s%s", outcome.text,
                              strike->stage == DONE ? "" : ", ", reasons[outcome.obstacle]));
    }
    return strike->stage == DONE;
}

toc_truth_adversary toc_adversary_read(const toc_drill *drill, uint32_t number) {
    static const char *const outcomes[] = {"under way", "done", "failed"};
    toc_truth_adversary truth = {
        .id = toc_adversary_at(drill, number)->name, .technique = "", .target = "", .outcome = ""};
    for (uint32_t i = 0; i < drill->strikes.count; i++) {
        const struct strike *strike = TOC_LIST_AT(const struct strike, &drill->strikes, i);
        if (strike->facts.adversary == number) {
            truth.steps++;
            truth.technique = strike->facts.technique;
            truth.target = element_id(drill, strike->facts.element);
            truth.outcome = outcomes[strike->stage];
        }
    }
    return truth;
}

void toc_adversary_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->strikes.count; i++) {
        const struct strike *strike = TOC_LIST_AT(const struct strike, &drill->strikes, i);
        toc_digest_text(digest, strike->facts.technique);
        toc_digest_u64(digest, (uint64_t)strike->facts.adversary << 32 | strike->facts.element);
        toc_digest_u64(digest, strike->stage);
        toc_digest_i64(digest, strike->began);
        toc_digest_i64(digest, strike->ended);
    }
}

void toc_adversary_finish(toc_drill *drill) {
    toc_list_finish(&drill->adversaries);
    toc_list_finish(&drill->strikes);
}
