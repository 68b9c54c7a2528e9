#include "drill/adversary.h"

#include <string.h>

#include "drill/effect.h"
#include "tocsin/technique.h"
#include "kernel/assert.h"
#include "model/intrusion.h"
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

/* Goes through the weakness that the strike is aimed at. */
static bool go_through(toc_drill *drill, struct strike *strike) {
    static const char *const reasons[] = {"",
                                          "it takes access to the asset first",
                                          "the network lets nothing through to it",
                                          "this adversary cannot use it",
                                          "not this time",
                                          "it has been closed"};
    const toc_weakness *weakness = strike->facts.weakness;
    toc_attempt attempt = {strike->facts.adversary,
                           (uint32_t)(weakness - drill->topology->weaknesses),
                           strike->facts.success_ppm};
    strike->obstacle = toc_intrusion_attempt(drill->world, attempt);
    strike->stage = strike->obstacle == TOC_OBSTACLE_NONE ? DONE : FAILED;
    const char *text = strike->stage == DONE ? "done: through" : "failed:";
    tell(drill, &strike->facts,
         toc_arena_format(drill->arena, "%s %s%s%s", text, weakness->id,
                          strike->stage == DONE ? "" : ", ", reasons[strike->obstacle]));
    return strike->stage == DONE;
}

bool toc_adversary_complete(toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->strikes.count);
    struct strike *strike = TOC_LIST_AT(struct strike, &drill->strikes, number);
    uint32_t in_the_way = obstacle(drill, &strike->facts);
    strike->ended = toc_calendar_now(drill->calendar);
    if (strike->facts.element < drill->topology->asset_count) {
        (void)toc_sensor_step(drill->world, strike->facts.adversary, strike->facts.element,
                              strike->facts.technique, strike->facts.noise_ppm);
    }
    if (strike->facts.weakness != NULL) {
        return go_through(drill, strike);
    }
    strike->stage = in_the_way == TOC_INDEX_NONE ? DONE : FAILED;
    if (in_the_way != TOC_INDEX_NONE) {
        tell(drill, &strike->facts,
             toc_arena_format(drill->arena, "failed: %s is isolated",
                              element_id(drill, in_the_way)));
        return false;
    }
    if (strike->facts.effect[0] == '\0') {
        tell(drill, &strike->facts, "done");
    } else {
        take_effect(drill, &strike->facts);
    }
    return true;
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
