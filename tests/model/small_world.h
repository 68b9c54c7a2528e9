/* Small world: a topology told in a few lines and a world on it, for tests of the model. */
#ifndef TESTS_MODEL_SMALL_WORLD_H
#define TESTS_MODEL_SMALL_WORLD_H

#include "support/support.h"

#include "model/belief.h"
#include "model/builder.h"
#include "model/builder_depot.h"
#include "model/job.h"
#include "model/service.h"
#include "model/world.h"

#include <string.h>

enum { SMALL_CHANGES = 4096 };

struct small {
    toc_builder *builder;
    toc_topology *topology;
    toc_calendar *calendar;
    toc_conditions *conditions;
    toc_world *world;
    toc_change changes[SMALL_CHANGES];
    toc_time change_times[SMALL_CHANGES];
    uint32_t change_count;
};

static inline void small_listen(void *object, const toc_change *change) {
    struct small *small = object;
    if (small->change_count < SMALL_CHANGES) {
        small->change_times[small->change_count] = toc_calendar_now(small->calendar);
        small->changes[small->change_count++] = *change;
    }
}

/* Begins a topology with one operator "grid". */
static inline void small_begin(struct small *small) {
    toc_operator_spec spec = {.id = "grid"};
    memset(small, 0, sizeof *small);
    small->builder = toc_builder_create("small");
    toc_builder_operator(small->builder, &spec);
}

static inline void small_asset(struct small *small, const char *id) {
    toc_asset_spec spec = {.id = id, .operator_id = "grid", .kind = TOC_ASSET_NODE};
    toc_builder_asset(small->builder, &spec);
}

static inline void small_placed(struct small *small, const char *id, int32_t x_m, uint32_t people) {
    toc_asset_spec spec = {.id = id,
                           .operator_id = "grid",
                           .kind = TOC_ASSET_SUBSTATION,
                           .placed = true,
                           .x_m = x_m,
                           .people = people};
    toc_builder_asset(small->builder, &spec);
}

static inline void small_starting(struct small *small, const char *id, toc_time start_takes) {
    toc_asset_spec spec = {
        .id = id, .operator_id = "grid", .kind = TOC_ASSET_NODE, .start_takes = start_takes};
    toc_builder_asset(small->builder, &spec);
}

static inline void small_needs(struct small *small, toc_need_rule rule, uint32_t at_least,
                               const char *sources) {
    toc_need_spec spec = {
        .sources = sources, .rule = rule, .at_least = at_least, .fallback_after = TOC_NEVER};
    toc_builder_needs(small->builder, &spec);
}

static inline void small_needs_for(struct small *small, toc_need_purpose purpose,
                                   const char *sources, toc_time fallback_after) {
    toc_need_spec spec = {.sources = sources,
                          .rule = TOC_NEED_ALL,
                          .purpose = purpose,
                          .fallback_after = fallback_after};
    toc_builder_needs(small->builder, &spec);
}

static inline void small_link(struct small *small, const char *id, const char *from,
                              const char *to) {
    toc_link_spec spec = {.id = id, .from = from, .to = to, .kind = TOC_LINK_DATA};
    toc_builder_link(small->builder, &spec);
}

static inline void small_crew(struct small *small, const char *id, const char *skills,
                              const char *base, uint32_t size) {
    toc_crew_spec spec = {
        .id = id, .operator_id = "grid", .skills = skills, .base = base, .size = size};
    toc_builder_crew(small->builder, &spec);
}

/* A vendor of every skill there is that comes after this long. */
static inline void small_vendor(struct small *small, const char *id, toc_time comes) {
    toc_vendor_spec spec = {.id = id,
                            .skills = "switching repair electronics it network clearing",
                            .comes = comes,
                            .delivers = TOC_NEVER,
                            .spread_ppm = 400000};
    toc_builder_depot_vendor(small->builder, &spec);
}

static inline void small_run(struct small *small, uint64_t seed) {
    toc_problems *problems = toc_problems_create();
    if (toc_builder_finish(small->builder, problems, &small->topology) != TOC_OK) {
        fail_msg("%s", toc_problems_at(problems, 0).text);
    }
    toc_problems_destroy(problems);
    toc_builder_destroy(small->builder);
    small->builder = NULL;
    small->calendar = toc_calendar_create();
    small->conditions = toc_conditions_create(small->calendar);
    small->world = toc_world_create(small->topology, small->calendar, small->conditions,
                                    (toc_chance){seed, 0}, small_listen, small);
    toc_world_check(small->world);
}

static inline void small_end(struct small *small) {
    toc_world_check(small->world);
    toc_world_destroy(small->world);
    toc_conditions_destroy(small->conditions);
    toc_calendar_destroy(small->calendar);
    toc_topology_destroy(small->topology);
}

static inline uint32_t small_at(const struct small *small, const char *id) {
    uint32_t element = toc_topology_find_element(small->topology, id);
    assert_true(element != TOC_INDEX_NONE);
    return element;
}

static inline void small_fail(struct small *small, const char *id, toc_cause cause) {
    assert_true(toc_world_fail(small->world, small_at(small, id), cause));
    toc_world_check(small->world);
}

static inline void small_clear(struct small *small, const char *id, toc_cause cause) {
    assert_true(toc_world_clear(small->world, small_at(small, id), cause));
    toc_world_check(small->world);
}

static inline toc_operation small_operation(const struct small *small, const char *id) {
    return toc_world_operation(small->world, small_at(small, id));
}

static inline bool small_is_on(const struct small *small, const char *id) {
    return small_operation(small, id) == TOC_ON;
}

/* Runs to an absolute time, checking the world after every event. */
static inline void small_until(struct small *small, toc_time time) {
    while (toc_calendar_next(small->calendar) <= time) {
        (void)toc_calendar_step(small->calendar);
        toc_world_check(small->world);
    }
    toc_calendar_run(small->calendar, time);
}

/* When the last change of that kind on the subject was told; TOC_NEVER where there was none. */
static inline toc_time small_last_change(const struct small *small, toc_change_kind kind,
                                         uint32_t subject) {
    for (uint32_t i = small->change_count; i > 0; i--) {
        if (small->changes[i - 1].kind == kind && small->changes[i - 1].subject == subject) {
            return small->change_times[i - 1];
        }
    }
    return TOC_NEVER;
}

#endif
