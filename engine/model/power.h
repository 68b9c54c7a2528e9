/* Power: load flow, dispatch and relays of the electrical grid. Where a topology generates power,
   every instant in which the grid changed ends with a new flow: islands are found, each is balanced
   by the dispatch rule, flows follow, relays begin to count or trip, and each bus gives what it
   gets. A real grid is not predicted by this; a result names its rule. */
#ifndef MODEL_POWER_H
#define MODEL_POWER_H

#include "model/world.h"

typedef enum toc_dispatch_rule {
    TOC_DISPATCH_SLACK,    /* "none": the reference takes what does not add up */
    TOC_DISPATCH_SCALE,    /* "S": units are scaled down, or loads */
    TOC_DISPATCH_HEADROOM, /* "H": units use their headroom first, all the same share of it */
    TOC_DISPATCH_RULES
} toc_dispatch_rule;

typedef enum toc_relay_rule {
    TOC_RELAY_NONE,
    TOC_RELAY_INSTANT, /* "T1": all overloaded lines trip at once, round by round */
    TOC_RELAY_TIMED,   /* "T2": time-overcurrent, 15 s at half as much again as the rating */
    TOC_RELAY_RULES
} toc_relay_rule;

typedef struct toc_power_rules {
    toc_dispatch_rule dispatch;
    toc_relay_rule relay;
    /* Ratings for lines without one: so much above their flow at rest, at least the floor; 0: they
       stay unlimited. */
    int64_t margin_ppm, floor_w;
} toc_power_rules;

/* "H+T1", "S+T2", "H" (no relays) or "none"; false where it is none of these. */
bool toc_power_parse_rules(const char *text, toc_power_rules *out);
/* At least eight bytes. */
void toc_power_print_rules(const toc_power_rules *rules, char *buffer, size_t size);

/* Whether there is a grid; the others want one. Worlds begin with H+T2. */
bool toc_power_is_modelled(const toc_world *world);
/* Starts anew: schedules and loads as in the topology, balanced; relays cold. */
void toc_power_set_rules(toc_world *world, const toc_power_rules *rules);
/* The same before a run begins: nobody is told of it. */
void toc_power_begin(toc_world *world, const toc_power_rules *rules);
toc_power_rules toc_power_read_rules(const toc_world *world);

/* Figures of the latest flow, which is that of the end of an instant. Not a bus, or no power line:
   0, false or TOC_INDEX_NONE. */
bool toc_power_is_bus(const toc_world *world, uint32_t asset);
/* What the bus asks with its shunt, and what it gets; in milliwatts. */
int64_t toc_power_asked_milli(const toc_world *world, uint32_t asset);
int64_t toc_power_drawn_milli(const toc_world *world, uint32_t asset);
double toc_power_angle_deg(const toc_world *world, uint32_t asset);
uint32_t toc_power_island(const toc_world *world, uint32_t asset);
double toc_power_flow_mw(const toc_world *world, uint32_t link);
/* The flow at which the relay of a line begins to count, in W; 0: never. */
int64_t toc_power_rating(const toc_world *world, uint32_t link);
bool toc_power_is_overloaded(const toc_world *world, uint32_t link);
/* TOC_NEVER where no relay has opened it. */
toc_time toc_power_tripped_at(const toc_world *world, uint32_t link);
/* Of one entry of the topology's generations; and what all buses ask and do not get. */
double toc_power_output_mw(const toc_world *world, uint32_t generation);
double toc_power_lost_mw(const toc_world *world);
uint32_t toc_power_island_count(const toc_world *world);
/* How often relays have opened lines together since the rules were set. */
uint32_t toc_power_rounds(const toc_world *world);

/* Switches off a share of a bus's demand on purpose; 0 takes all back. */
void toc_power_shed(toc_world *world, uint32_t asset, int64_t share_ppm);
int64_t toc_power_shed_ppm(const toc_world *world, uint32_t asset);
/* What the unit shall give from now on; in milliwatts, not more than it can. */
void toc_power_schedule(toc_world *world, uint32_t generation, int64_t output_milli);

/* For the rest of the room. */
void toc_power_init(toc_world *world);
void toc_power_finish(toc_world *world);
/* What is asked for of a provision that is power rose by so much, in W. */
void toc_power_demand_changed(toc_world *world, uint32_t provision, int64_t by);
/* Demands changed in this instant, and the flow that meets them is yet to come. */
bool toc_power_is_unsettled(const toc_world *world);
/* Something of an electrical element changed: the instant will end with a new flow. */
void toc_power_touch(toc_world *world, uint32_t element);
/* A bus without power; false for what is no bus. */
bool toc_power_is_dead(const toc_world *world, uint32_t asset);
/* What of `demand` the bus can give, rounded down; all of it for what is no bus. */
int64_t toc_power_given(const toc_world *world, uint32_t asset, int64_t demand);
/* Share of its demand that a bus gets, ppm rounded down; 1000000 for what is no bus. */
int64_t toc_power_share_ppm(const toc_world *world, uint32_t asset);
void toc_power_digest(const toc_world *world, toc_digest *digest);

#endif
