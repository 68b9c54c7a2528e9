/* Builder: how a topology comes to be. Whoever reads a file adds what it finds, in any order, by
   name and with its place; finish resolves every reference and finds every mistake, or gives no
   topology at all. Specs are copied; NULL texts are empty, an absent number is its zero. */
#ifndef MODEL_BUILDER_H
#define MODEL_BUILDER_H

#include "tocsin/topology.h"

typedef struct toc_builder toc_builder;

typedef struct toc_operator_spec {
    const char *id, *name, *sector;
    bool cii;
    toc_place place;
} toc_operator_spec;

typedef struct toc_zone_spec {
    const char *id, *name, *operator_id;
    int level, target;
    bool closed; /* nothing passes between the assets in it */
    toc_place place;
} toc_zone_spec;

typedef struct toc_asset_spec {
    const char *id, *name, *zone_id;
    const char *operator_id; /* empty: the operator of the zone */
    toc_asset_kind kind;
    int32_t x_m, y_m;
    bool placed;
    bool off; /* begins switched off */
    uint32_t people;
    toc_time start_takes;
    toc_place place;
} toc_asset_spec;

typedef struct toc_need_spec {
    const char *sources; /* blank-separated ids of assets or links */
    const char *service;
    toc_need_rule rule;
    toc_need_purpose purpose;
    uint32_t at_least;
    toc_time fallback_after; /* TOC_NEVER: no fallback */
    toc_time failover_takes; /* 0: it lives from all of its sources at once */
    uint32_t failover_uses;  /* room that it takes at the source that it lives from */
    const char *through;     /* element through which a failover is ordered; NULL or empty: none */
    toc_place place;
} toc_need_spec;

typedef struct toc_link_spec {
    const char
        *id; /* empty: the builder makes one of its ends, with a number where that is taken */
    const char *from, *to;
    toc_link_kind kind;
    bool off; /* begins open */
    double reactance;
    double ratio, shift_deg; /* ratio 0: 1 */
    int64_t rating;
    const char *carries;      /* service; empty: a pipe carries the one that there is for pipes */
    const toc_unit *rated_in; /* NULL: the unit of its kind */
    bool one_way;             /* only from `from` to `to` */
    int64_t length_mm, speed_m_per_hour; /* of a road; 0: see toc_road */
    toc_place place;
} toc_link_spec;

/* Where a service enters the links, or how much of it can pass an asset. */
typedef struct toc_flow_spec {
    const char *service;
    const toc_unit *unit;
    int64_t rate; /* base units; 0: without a limit */
    toc_place place;
} toc_flow_spec;

typedef struct toc_tank_spec {
    const char *service;
    int64_t volume;     /* mL */
    int64_t fill, give; /* at most, mL a day; 0: without a limit */
    int32_t height_mm, begins_mm, least_mm;
    bool overflows;
    toc_place place;
} toc_tank_spec;

typedef struct toc_pattern_spec {
    const char *id;
    toc_time step;
    const int64_t *factors_ppm;
    uint32_t factor_count;
    toc_place place;
} toc_pattern_spec;

typedef struct toc_control_spec {
    const char *of;                  /* asset or link */
    const char *by, *sees, *through; /* empty: nobody, nothing; `sees` is an asset with a tank */
    toc_control_sense sense;
    int32_t level_mm; /* for TOC_WHEN_BELOW and TOC_WHEN_ABOVE */
    toc_time at;      /* for TOC_WHEN_AT */
    bool on;
    toc_place place;
} toc_control_spec;

typedef struct toc_bus_spec {
    bool reference;
    double angle_deg;
    int64_t shunt;
    toc_place place;
} toc_bus_spec;

typedef struct toc_weakness_spec {
    const char *id, *technique;
    const char *service; /* of the network, over which it is used; empty or "any": over any */
    int64_t ease_ppm;
    toc_access from, gives; /* gives none: admin */
    toc_place place;
} toc_weakness_spec;

typedef struct toc_crew_spec {
    const char *id, *name, *operator_id, *skills, *base;
    uint32_t size;
    int64_t speed_m_per_hour; /* 0: the default of 40 km/h */
    toc_time shift, handover; /* shift 0: it works no shifts */
    toc_place place;
} toc_crew_spec;

toc_builder *toc_builder_create(const char *name);
void toc_builder_destroy(toc_builder *builder);

void toc_builder_operator(toc_builder *builder, const toc_operator_spec *spec);
void toc_builder_zone(toc_builder *builder, const toc_zone_spec *spec);
/* An asset stays open for what belongs to it until the next asset. */
void toc_builder_asset(toc_builder *builder, const toc_asset_spec *spec);
/* A reader that finds no demand passes the capacity; unit NULL: pieces. */
void toc_builder_provides(toc_builder *builder, const char *service, const toc_unit *unit,
                          int64_t capacity, int64_t demand, toc_place place);
/* How the demand just told ranks (1 to 9, 0: as usual) and by which pattern it varies (empty:
   none); place is that of the demand. */
void toc_builder_demand(toc_builder *builder, unsigned priority, const char *pattern);
void toc_builder_needs(toc_builder *builder, const toc_need_spec *spec);
/* Room for those who live from the open asset by a failover. */
void toc_builder_hosts(toc_builder *builder, uint32_t room, toc_place place);
/* refill 0: as long as it holds. */
void toc_builder_buffer(toc_builder *builder, const char *kind, const char *feeds, toc_time holds,
                        toc_time refill, toc_place place);
void toc_builder_weakness(toc_builder *builder, const toc_weakness_spec *spec);
void toc_builder_work(toc_builder *builder, const char *job, toc_time median, int64_t spread_ppm,
                      toc_place place);
/* In milliwatts; `into` empty: the asset is a bus of its own. */
void toc_builder_generates(toc_builder *builder, int64_t output_milli, int64_t most_milli,
                           const char *into, toc_place place);
void toc_builder_bus(toc_builder *builder, const toc_bus_spec *spec);
void toc_builder_supplies(toc_builder *builder, const toc_flow_spec *spec);
void toc_builder_passes(toc_builder *builder, const toc_flow_spec *spec);
void toc_builder_tank(toc_builder *builder, const toc_tank_spec *spec);
void toc_builder_link(toc_builder *builder, const toc_link_spec *spec);
void toc_builder_pattern(toc_builder *builder, const toc_pattern_spec *spec);
void toc_builder_control(toc_builder *builder, const toc_control_spec *spec);
void toc_builder_crew(toc_builder *builder, const toc_crew_spec *spec);

/* An asset or link of that id will be told or referred to soon; said early, it is found sooner. */
void toc_builder_expect(const toc_builder *builder, const char *id);

/* Uses the builder up (it still must be destroyed). Duplicate ids, dangling references (with the
   nearest name), self-dependency, negative quantities and units that do not fit are each told. */
toc_status toc_builder_finish(toc_builder *builder, toc_problems *problems,
                              toc_topology **out_topology);

#endif
