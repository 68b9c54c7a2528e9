/* Power state: the electrical part of a world, shared by the files that make it up. Power is whole
   milliwatts in state (a watt is too coarse for the relays' clocks); only the flow itself is
   computed in floating point, by + - x / alone. Names that end in _milli are milliwatts. */
#ifndef MODEL_POWER_STATE_H
#define MODEL_POWER_STATE_H

#include "model/flow.h"
#include "model/power.h"
#include "model/world_state.h"

__extension__ typedef __int128 toc_power_wide;

struct power_bus {
    uint32_t asset;
    bool reference, energised;
    double angle_rad;     /* given, of a reference */
    int64_t demand_milli; /* what is asked, with the shunt */
    int64_t shed_ppm;     /* share of the demand that is switched off on purpose */
    int64_t drawn_milli;  /* what it gets */
    /* What the rest of the world takes it to get, and of what. */
    int64_t told_milli, told_demand_milli;
    bool blamed; /* its island has no solution */
};

struct power_unit {
    uint32_t asset, bus;
    bool online;
    int64_t scheduled_milli, most_milli;
    int64_t output_milli;
};

struct power_line {
    uint32_t link;
    int64_t rating_milli; /* 0: unlimited */
    int64_t loading_milli;
    toc_power_wide heat; /* milliwatts x µs above the rating; never negative */
    toc_time tripped_at;
    bool overloaded;
};

/* Sums of one island. */
struct power_island {
    int64_t load_milli, output_milli, room_milli;
    uint32_t reference; /* bus */
    bool sourced;       /* a unit gives in it, and its flow has a solution: its buses have power */
    bool marked;        /* the reference is one that the topology names */
};

struct power {
    toc_power_rules rules;
    uint32_t bus_count, unit_count, line_count, island_count, rounds;
    struct power_bus *buses;
    struct power_unit *units;
    struct power_line *lines;
    toc_flow_branch *branches; /* one for each line */
    uint32_t *bus_of_asset, *line_of_link;
    uint32_t *island_of;          /* bus */
    struct power_island *islands; /* bus_count of them */
    bool *in, *fixed;
    double *angles; /* radians */
    toc_flow *flow;
    bool factored, evaluating, wants_reset, lights_wait, demand_moves;
    toc_time relays_at;   /* up to when the lines' heat is reckoned */
    toc_time blamed_at;   /* when an island was last found without a solution */
    uint64_t evaluations; /* in this instant */
    toc_event_id evaluation, relay;
};

#endif
