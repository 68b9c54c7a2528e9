/* Water case: words for telling small water works in tests. Rates are in litres a second. */
#ifndef TESTS_MODEL_WATER_CASE_H
#define TESTS_MODEL_WATER_CASE_H

#include "small_world.h"

#include "model/reading.h"
#include "model/tank.h"
#include "model/transport.h"

static const int64_t litre_per_second = 86400000;

static inline void water_source(struct small *small, const char *id, int64_t rate) {
    toc_flow_spec spec = {
        .service = "water", .unit = toc_unit_find("L/s"), .rate = rate * litre_per_second};
    small_asset(small, id);
    toc_builder_supplies(small->builder, &spec);
}

static inline void water_pump(struct small *small, const char *id, int64_t rate) {
    toc_flow_spec spec = {
        .service = "water", .unit = toc_unit_find("L/s"), .rate = rate * litre_per_second};
    small_asset(small, id);
    toc_builder_passes(small->builder, &spec);
}

static inline void water_user(struct small *small, const char *id, int64_t demand,
                              unsigned priority) {
    small_asset(small, id);
    toc_builder_provides(small->builder, "water", toc_unit_find("L/s"), demand * litre_per_second,
                         demand * litre_per_second, (toc_place){0});
    toc_builder_demand(small->builder, priority, "");
}

/* Of as many cubic metres as millimetres, so that a litre is a micrometre. */
static inline void water_tank(struct small *small, const char *id, int32_t begins_mm,
                              bool overflows) {
    toc_tank_spec spec = {.service = "water",
                          .volume = INT64_C(10000) * 1000000,
                          .height_mm = 10000,
                          .begins_mm = begins_mm,
                          .overflows = overflows};
    small_asset(small, id);
    toc_builder_tank(small->builder, &spec);
}

static inline void water_pipe(struct small *small, const char *from, const char *to,
                              int64_t rating) {
    toc_link_spec spec = {
        .from = from, .to = to, .kind = TOC_LINK_PIPE, .rating = rating * litre_per_second};
    toc_builder_link(small->builder, &spec);
}

static inline void water_one_way(struct small *small, const char *from, const char *to) {
    toc_link_spec spec = {
        .from = from, .to = to, .kind = TOC_LINK_PIPE, .carries = "water", .one_way = true};
    toc_builder_link(small->builder, &spec);
}

/* Below the level: on; above: off. */
static inline void water_control(struct small *small, const char *of, const char *sees,
                                 int32_t level_mm, bool on) {
    toc_control_spec spec = {.of = of,
                             .sees = sees,
                             .sense = on ? TOC_WHEN_BELOW : TOC_WHEN_ABOVE,
                             .level_mm = level_mm,
                             .on = on};
    toc_builder_control(small->builder, &spec);
}

static inline int64_t water_at(const struct small *small, const char *id) {
    return toc_transport_inflow(small->world, small_at(small, id), 0);
}

static inline toc_tank_figures water_in(const struct small *small, const char *id) {
    return toc_tank_read(small->world, toc_tank_find(small->world, small_at(small, id)));
}

#endif
