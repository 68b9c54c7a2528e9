/* Aftermath: the world of a topology at rest, or after outages, with nobody who acts: services,
   load flow, relays that trip, what starts and stops by itself. No drill, no chance: the same
   topology and the same wish give the same aftermath. */
#ifndef TOCSIN_AFTERMATH_H
#define TOCSIN_AFTERMATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/time.h"
#include "tocsin/topology.h"

/* Called now and then while the world runs on; `now` never passes `until`. */
typedef void toc_aftermath_watch(void *object, toc_time now, toc_time until);

typedef struct toc_aftermath_wish {
    const uint32_t *out; /* elements that fail together */
    size_t out_count;
    toc_time out_at, until; /* when they fail, and how long the world goes on */
    const char *rule;       /* a rule of power, see toc_aftermath_is_rule; NULL: "H+T2" */
    /* Lines without a rating get one so much above what they carry at rest, at least the floor;
       no margin: they stay unlimited. */
    int64_t margin_ppm, floor_w;
    toc_aftermath_watch *watch; /* or NULL */
    void *watch_object;
} toc_aftermath_wish;

typedef struct toc_aftermath toc_aftermath;

/* "none", "S", "H", or one of these with "+T1" or "+T2". */
bool toc_aftermath_is_rule(const char *text);
/* The rules by number, NULL behind the last. */
const char *toc_aftermath_rule_at(size_t number);

/* Runs the world to its end. The elements must be there, the rule must be one, and the topology
   must outlive what is returned; the caller destroys it. */
toc_aftermath *toc_aftermath_create(const toc_topology *topology, const toc_aftermath_wish *wish);
void toc_aftermath_destroy(toc_aftermath *aftermath);

typedef struct toc_aftermath_facts {
    bool has_grid;    /* it generates power: the rest of these has a meaning */
    const char *rule; /* by which power was dispatched and lines were opened */
    uint32_t islands; /* electrical ones, dark ones too */
    uint32_t rounds;  /* how often relays opened lines together */
    uint32_t trips;   /* lines that relays opened and that are open */
    double lost_mw;   /* what buses ask and do not get */
    toc_time changed; /* when the last thing happened; TOC_NEVER where nothing did */
    uint64_t digest;  /* of all state */
} toc_aftermath_facts;

typedef struct toc_aftermath_service {
    int64_t demand, supply; /* base units of the service's unit */
    int64_t level_ppm, least_ppm;
    int64_t people_out;  /* without it at the end */
    toc_time first_loss; /* TOC_NEVER where there was none */
} toc_aftermath_service;

typedef struct toc_aftermath_asset {
    const char *operation;   /* "on", "failed" ... */
    bool is_bus, is_lit;     /* lit: a bus with power */
    double angle_deg;        /* of a bus that is lit */
    double asks_mw, gets_mw; /* of a bus, with its shunt */
    uint32_t island;         /* TOC_INDEX_NONE where it is in none */
    bool is_crowded_out;     /* there is a standby for it, and no room left in it */
} toc_aftermath_asset;

typedef struct toc_aftermath_island {
    uint32_t buses, first_bus; /* the first of its buses, an asset */
    double asks_mw, gets_mw, output_mw;
    bool is_lit;
} toc_aftermath_island;

typedef struct toc_aftermath_link {
    const char *operation;
    bool is_line, is_overloaded;
    double flow_mw, rest_mw; /* from `from` to `to`: at the end, and before the outages */
    uint32_t commodity;      /* what it carries; TOC_INDEX_NONE where nothing flows through it */
    int64_t carried, rest_carried; /* base units of the commodity's unit; less what comes back */
    int64_t rating_w;              /* 0: unlimited */
    toc_time tripped_at;           /* TOC_NEVER where no relay has opened it */
} toc_aftermath_link;

typedef struct toc_aftermath_tank {
    const char *phase; /* "empty", "between", "full", "overflowing" */
    int64_t volume_ml, spilt_ml;
    int64_t inflow; /* mL a day; below 0: it gives */
    int32_t level_mm, rest_level_mm;
} toc_aftermath_tank;

toc_aftermath_facts toc_aftermath_facts_of(const toc_aftermath *aftermath);
toc_aftermath_service toc_aftermath_service_of(const toc_aftermath *aftermath, uint32_t service);
/* A bus is an end of a power line, or where a unit feeds in. */
toc_aftermath_asset toc_aftermath_asset_of(const toc_aftermath *aftermath, uint32_t asset);
toc_aftermath_link toc_aftermath_link_of(const toc_aftermath *aftermath, uint32_t link);
/* One of the topology's tanks. */
toc_aftermath_tank toc_aftermath_tank_of(const toc_aftermath *aftermath, uint32_t tank);
/* Sums of one electrical island; takes a walk over all buses. */
toc_aftermath_island toc_aftermath_island_of(const toc_aftermath *aftermath, uint32_t island);
/* What one entry of the topology's generations gives. */
double toc_aftermath_output_mw(const toc_aftermath *aftermath, uint32_t generation);

/* How long a crew takes from its base to an asset or link over what is open at the end, TOC_NEVER
   where no open road leads there. *out_count is how many assets it comes by, of which the first
   `most` are given; none where there are no roads. */
toc_time toc_aftermath_journey(const toc_aftermath *aftermath, uint32_t crew, uint32_t element,
                               uint32_t *out_assets, uint32_t most, uint32_t *out_count);

typedef enum toc_aftermath_event_kind {
    TOC_AFTERMATH_TRIP,      /* subject link */
    TOC_AFTERMATH_OVERLOAD,  /* subject link; value 1 begins, 0 ends */
    TOC_AFTERMATH_OPERATION, /* subject element; state says what it is now */
    TOC_AFTERMATH_LEVEL,     /* subject service; value in ppm */
    TOC_AFTERMATH_TANK       /* subject asset; state says what its tank is now */
} toc_aftermath_event_kind;

typedef struct toc_aftermath_event {
    toc_time at;
    toc_aftermath_event_kind kind;
    uint32_t subject;
    int64_t value;
    const char *state;
} toc_aftermath_event;

/* What happened from the outages on, in order. */
uint32_t toc_aftermath_event_count(const toc_aftermath *aftermath);
toc_aftermath_event toc_aftermath_event_at(const toc_aftermath *aftermath, uint32_t number);

#endif
