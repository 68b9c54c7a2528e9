/* Topology: what there is and what depends on what. Built once, never changed, shared by every
   world that runs on it; plain data to read. Indexes are positions in the arrays; TOC_NONE is none.

   Assets and links are both elements: element e is asset e while e < asset_count, and link
   e - asset_count above. What can fail is an element. */
#ifndef TOCSIN_TOPOLOGY_H
#define TOCSIN_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/problems.h"
#include "tocsin/time.h"
#include "tocsin/unit.h"

#define TOC_INDEX_NONE UINT32_MAX

typedef enum toc_asset_kind {
#define TOC_ASSET_KIND(id, name, title, family, attack_id) TOC_ASSET_##id,
#include "tocsin/asset_kind.def"
#undef TOC_ASSET_KIND
    TOC_ASSET_KINDS
} toc_asset_kind;

typedef struct toc_asset_kind_facts {
    const char *name;      /* as written in files: "substation" */
    const char *title;     /* as shown: "Substation" */
    const char *family;    /* electrical, ot, it, telecom, water, transport, health, fuel, place */
    const char *attack_id; /* ATT&CK for ICS asset id ("A0003"), "" for kinds of our own */
} toc_asset_kind_facts;

typedef enum toc_link_kind {
    TOC_LINK_LINE,        /* power line or cable */
    TOC_LINK_TRANSFORMER, /* between voltage levels */
    TOC_LINK_DATA,        /* network link of any medium */
    TOC_LINK_PIPE,        /* water, gas, fuel */
    TOC_LINK_ROAD,
    TOC_LINK_RAIL,
    TOC_LINK_TRAFFIC, /* no thing of its own: a legitimate flow over the network, see toc_traffic */
    TOC_LINK_KINDS
} toc_link_kind;

typedef struct toc_operator {
    const char *id, *name, *sector;
    bool cii; /* an operator of critical information infrastructure, with the duties of one */
} toc_operator;

typedef struct toc_zone {
    const char *id, *name;
    uint32_t operator_index;
    uint8_t level;  /* Purdue level 0..5 */
    uint8_t target; /* IEC 62443 SL-T 0..4 */
    bool closed;    /* nothing passes between the assets in it */
} toc_zone;

/* What conduits and rules may be made for: a phase of the mission, of which one holds at a time. */
typedef struct toc_network_phase {
    const char *id, *name;
} toc_network_phase;

/* Phases as a set: bit p for phase p, none for always. */
typedef uint32_t toc_phases;

/* The only way from one zone to another, in this direction. What its first matching rule allows
   passes, nothing else. */
typedef struct toc_conduit {
    const char *id;
    uint32_t from_zone, to_zone;
    uint32_t first_rule, rule_count;
    uint32_t sorted_count; /* of rule_order from first_rule on */
    toc_phases phases;     /* in which it is there */
} toc_conduit;

typedef struct toc_rule {
    uint32_t protocol;             /* TOC_INDEX_NONE: any */
    uint32_t from_asset, to_asset; /* TOC_INDEX_NONE: any asset of the zone */
    toc_phases phases;             /* in which it is read */
    bool deny;
} toc_rule;

/* What an asset takes from the network. An asset without any takes all that its zone lets in. */
typedef struct toc_listen {
    uint32_t asset;
    uint32_t protocol;               /* TOC_INDEX_NONE: any */
    uint32_t first_zone, zone_count; /* into listen_zones: from where; none: from anywhere */
} toc_listen;

/* A flow that somebody needs: it passes while both ends are up and the network lets it. The link
   is of kind TOC_LINK_TRAFFIC. */
typedef struct toc_traffic {
    uint32_t link, protocol;
} toc_traffic;

/* A service of one operator or of nobody: what people lose. */
typedef struct toc_service {
    const char *id;          /* "power"; not unique, the pair with the operator is */
    uint32_t operator_index; /* TOC_INDEX_NONE: nobody's */
    const toc_unit *unit;
    uint32_t commodity; /* of the same name, TOC_INDEX_NONE where nothing of it flows */
} toc_service;

/* What is carried by links from where it comes to those who ask for it: water, gas, fuel, data.
   There is one of a name, whoever's service it is. */
typedef struct toc_commodity {
    const char *service;
    const toc_unit *unit;
    bool flows; /* something supplies it or a tank holds it: demand is served through links only */
} toc_commodity;

/* An asset's part in a service, in base units of the service's unit. */
typedef struct toc_provision {
    uint32_t asset, service;
    int64_t capacity, demand; /* demand: what those who hang on this asset ask for */
    uint32_t pattern;         /* of the demand; TOC_INDEX_NONE: it is always the same */
    uint8_t priority;         /* 1 is served first, 9 last */
} toc_provision;

/* The priority of a demand where none is said. */
#define TOC_PRIORITY_USUAL 5

/* Multiplies a demand, step after step from the start of the drill, over and over. */
typedef struct toc_pattern {
    const char *id;
    toc_time step;
    uint32_t first_factor, factor_count; /* into factors_ppm */
} toc_pattern;

/* Where a commodity enters the links: reservoir, well, plant, gateway, depot. */
typedef struct toc_origin {
    uint32_t asset, commodity;
    int64_t rate; /* base units of the commodity's unit; 0: as much as is asked */
} toc_origin;

/* Lets a commodity pass, while it is up: pump, valve, treatment plant. */
typedef struct toc_throughput {
    uint32_t asset, commodity;
    int64_t rate; /* 0: as much as comes */
} toc_throughput;

/* A cylinder: its level is its content in proportion. */
typedef struct toc_tank {
    uint32_t asset, commodity;
    int64_t volume;     /* mL */
    int64_t fill, give; /* at most, mL a day; 0: as much as comes, as much as is asked */
    int32_t height_mm, begins_mm, least_mm;
    bool overflows; /* takes in more than it holds and spills it; else it stops taking */
} toc_tank;

typedef enum toc_control_sense { TOC_WHEN_BELOW, TOC_WHEN_ABOVE, TOC_WHEN_AT } toc_control_sense;

/* Switches an element when the level of a tank, as it is reported, comes to a mark, or at a time.
 */
typedef struct toc_control {
    uint32_t element;
    uint32_t by;      /* the asset that decides, TOC_INDEX_NONE: the element itself */
    uint32_t sees;    /* index into tanks; TOC_INDEX_NONE for TOC_WHEN_AT */
    uint32_t through; /* the element that carries the report, TOC_INDEX_NONE: none is needed */
    toc_control_sense sense;
    int32_t level_mm;
    toc_time at;
    bool on; /* what it switches to */
} toc_control;

/* Watches assets for attackers, and is sometimes wrong. */
typedef struct toc_sensor {
    const char *id;
    uint32_t operator_index; /* whose analysts get its alerts */
    uint32_t on; /* the asset that it runs on: blind while that is out; TOC_INDEX_NONE: none */
    uint32_t first_cover, cover_count; /* into covers: assets, rising */
    const char *techniques;            /* whose steps it notices, blanks between; "": all */
    int64_t chance_ppm;                /* to notice one step of an attacker on one of them */
    toc_time dwell;       /* mean time until it notices an attacker who stays; 0: never */
    toc_time false_every; /* mean time between its false alarms; 0: none */
} toc_sensor;

/* Who looks at the alerts of an operator. */
typedef struct toc_analysts {
    uint32_t operator_index, size;
    toc_time median; /* of looking at one alert: lognormal, with this sigma */
    int64_t spread_ppm;
    toc_time mean;       /* not 0: exponential with this mean instead */
    toc_time hunt_every; /* 0: they do not hunt by themselves */
    uint32_t hunt_looks; /* assets that one hunt looks at, with replacement */
    int64_t hunt_ppm;    /* chance to find an attacker on the asset that is looked at */
} toc_analysts;

typedef enum toc_need_rule { TOC_NEED_ALL, TOC_NEED_ANY, TOC_NEED_AT_LEAST } toc_need_rule;

/* What the need is for. A control need that fails leaves the asset running but out of remote
   control and out of sight. */
typedef enum toc_need_purpose { TOC_NEED_RUN, TOC_NEED_START, TOC_NEED_CONTROL } toc_need_purpose;

typedef struct toc_need {
    uint32_t asset;
    toc_need_rule rule;
    toc_need_purpose purpose;
    uint32_t at_least;                   /* for TOC_NEED_AT_LEAST */
    uint32_t first_source, source_count; /* into sources: element indexes */
    const char *service;                 /* what the sources give, "" where not said */
    toc_time fallback_after; /* else="manual": met again this long after it failed; TOC_NEVER */
} toc_need;

/* A need of any source that lives from one at a time: see model/failover.h. */
typedef struct toc_failover {
    uint32_t need;
    uint32_t through; /* element that must be up for it to move; TOC_INDEX_NONE: none */
    toc_time takes;   /* until another source has taken over; at least a microsecond */
    uint32_t uses;    /* of the room of the source that it lives from */
} toc_failover;

/* What an asset has for those who live from it by a failover, in a measure of the file's own.
   Assets without one have room for everybody. */
typedef struct toc_hosting {
    uint32_t asset, room;
} toc_hosting;

typedef struct toc_buffer {
    uint32_t asset;   /* whose failure it bridges */
    uint32_t feeds;   /* the asset that lives from it */
    const char *kind; /* "battery", "fuel", "tank", "stock" */
    toc_time holds;   /* how long it lasts when full */
    toc_time refill;  /* how long from empty to full, at least a microsecond */
} toc_buffer;

/* What an attacker has of an asset. */
typedef enum toc_access { TOC_ACCESS_NONE, TOC_ACCESS_USER, TOC_ACCESS_ADMIN } toc_access;

typedef struct toc_weakness {
    uint32_t asset;
    const char *id, *technique; /* ATT&CK technique id, "" where not said */
    int64_t ease_ppm;
    uint32_t protocol; /* over which it is used from elsewhere; TOC_INDEX_NONE: over any */
    uint8_t from;      /* toc_access: what it takes to have of the asset before; none: nothing */
    uint8_t gives;     /* toc_access */
} toc_weakness;

/* How long a job on this asset takes, where it is not the job's own default. */
typedef struct toc_work {
    uint32_t asset;
    const char *job; /* as in job.def: "switch", "repair", "replace", "reimage" ... */
    toc_time median;
    int64_t spread_ppm; /* sigma of the lognormal, in millionths */
} toc_work;

typedef struct toc_crew {
    const char *id, *name;
    uint32_t operator_index;
    const char *skills; /* blank-separated */
    uint32_t base;      /* asset, or TOC_INDEX_NONE with x and y below */
    int32_t x_m, y_m;
    uint32_t size; /* how many jobs it can do at once: parties that can be sent apart */
    int64_t speed_m_per_hour;
    toc_time shift, handover; /* shift 0: it works no shifts */
} toc_crew;

/* Replacing this asset takes such a part. */
typedef struct toc_part_want {
    uint32_t asset, part;
} toc_part_want;

/* Parts that lie at an asset at the start, for whom it belongs to. */
typedef struct toc_stock {
    uint32_t asset, part, count;
} toc_stock;

/* Who can be called in, or sells parts. */
typedef struct toc_vendor {
    const char *id, *name;
    const char *skills;              /* blank-separated; "": nobody comes */
    uint32_t first_part, part_count; /* into vendor_parts */
    toc_time comes, delivers;        /* medians; TOC_NEVER where it has no skills, no parts */
    int64_t spread_ppm;              /* sigma of the lognormal of both, in millionths */
    uint32_t size;                   /* how many calls it answers at once */
} toc_vendor;

typedef struct toc_asset {
    const char *id, *name;
    toc_asset_kind kind;
    uint32_t operator_index, zone;
    int32_t x_m, y_m; /* metres from an origin of the file's own; valid if placed */
    bool placed;
    bool off;             /* begins switched off */
    uint32_t people;      /* served through this asset */
    toc_time start_takes; /* from start to on */
    uint32_t first_provision, provision_count;
    uint32_t first_need, need_count;
    uint32_t first_weakness, weakness_count;
    uint32_t first_work, work_count;
    uint32_t first_listen, listen_count;
} toc_asset;

typedef struct toc_link {
    const char *id;
    toc_link_kind kind;
    uint32_t from, to; /* assets */
    uint32_t carries;  /* commodity, or TOC_INDEX_NONE */
    bool off;          /* begins open */
    bool one_way;      /* what it carries, and who travels a road, goes only from `from` to `to` */
    double reactance;  /* per unit on 100 MVA; 0 where not said */
    int64_t rating;    /* base units; 0: unlimited */
} toc_link;

/* What is said of a road beyond its ends, of the few that say it. A length that is not said is the
   straight way between its ends; a speed that is not said is that of who travels. */
typedef struct toc_road {
    uint32_t link;
    int64_t length_mm, speed_m_per_hour; /* 0: not said */
} toc_road;

/* A transformer's off-nominal ratio and phase shift, of the few links that have them. */
typedef struct toc_tap {
    uint32_t link;
    double ratio;     /* voltage at `from` over voltage at `to`, in per unit; never 0 */
    double shift_deg; /* phase at `from` ahead of `to` */
} toc_tap;

/* Power that an asset generates. Where a topology has any, its lines and transformers carry a load
   flow, and the ends of these are buses; the load of a bus is its demand of services in W. */
typedef struct toc_generation {
    uint32_t asset, bus;              /* the bus may be the asset itself */
    int64_t output_milli, most_milli; /* as scheduled, and up to where it can be raised; mW, because
                                         relays time the last digits of a schedule */
} toc_generation;

/* What is said of a bus beyond its load. */
typedef struct toc_bus {
    uint32_t asset;
    bool reference; /* its angle is given; without a dispatch rule it takes what does not add up */
    double angle_deg; /* of a reference */
    int64_t shunt;    /* drawn by a shunt at nominal voltage; W */
} toc_bus;

typedef struct toc_topology {
    const char *name;
    const toc_operator *operators;
    const toc_zone *zones;
    const toc_network_phase *phases; /* a world begins in the first */
    const toc_conduit *conduits;
    const toc_rule *rules;
    const char *const *protocols; /* services of the network, as rules name them: "rdp" */
    const toc_listen *listens;    /* grouped by asset, rising */
    const uint32_t *listen_zones;
    const toc_asset *assets;
    const toc_link *links;
    const toc_service *services;
    const toc_provision *provisions; /* grouped by asset */
    const toc_need *needs;           /* grouped by asset */
    const uint32_t *sources;
    const toc_failover *failovers; /* rising by need */
    const toc_hosting *hostings;   /* rising by asset, one each */
    const toc_buffer *buffers;     /* grouped by asset, used up in this order */
    const toc_weakness *weaknesses;
    const toc_work *works;
    const toc_crew *crews;
    const toc_tap *taps;         /* rising by link */
    const toc_road *roads;       /* rising by link */
    const toc_traffic *traffics; /* rising by link */
    const toc_generation *generations;
    const toc_bus *buses;
    const toc_commodity *commodities;
    const toc_origin *origins; /* grouped by asset, like throughputs and tanks */
    const toc_throughput *throughputs;
    const toc_tank *tanks;
    const toc_pattern *patterns;
    const int64_t *factors_ppm;
    const toc_control *controls;
    const toc_sensor *sensors;
    const toc_analysts *analysts; /* one for an operator at most */
    const uint32_t *covers;
    /* dependents of element e: dependents[dependent_first[e] .. dependent_first[e + 1]), asset
       indexes in rising order, each once */
    const uint32_t *dependent_first, *dependents;
    /* needs that name element e: wanted_by[wanted_first[e] .. wanted_first[e + 1]), rising */
    const uint32_t *wanted_first, *wanted_by;
    /* conduits out of zone z: conduit_order[conduit_from[z] .. conduit_from[z + 1]), rising by the
       zone they lead to, then by index */
    const uint32_t *conduit_from, *conduit_order;
    /* a conduit's rules by (from, to, protocol, index), without those that are never read */
    const uint32_t *rule_order;
    uint32_t operator_count, zone_count, conduit_count, rule_count, asset_count, link_count,
        service_count, provision_count, need_count, source_count, failover_count, hosting_count,
        buffer_count, weakness_count, work_count, crew_count, tap_count, generation_count,
        bus_count, phase_count, protocol_count, listen_count, listen_zone_count, traffic_count,
        commodity_count, origin_count, throughput_count, tank_count, pattern_count, factor_count,
        control_count, sensor_count, analysts_count, cover_count;
    uint32_t road_count;
    const char *const *parts;        /* names */
    const toc_part_want *part_wants; /* rising by asset */
    const toc_stock *stocks;
    const toc_vendor *vendors;
    const uint32_t *vendor_parts;
    uint32_t part_count, part_want_count, stock_count, vendor_count, vendor_part_count;
} toc_topology;

void toc_topology_destroy(toc_topology *topology);

const toc_asset_kind_facts *toc_topology_kind(toc_asset_kind kind);
/* TOC_ASSET_KINDS where there is no such kind. */
toc_asset_kind toc_topology_find_kind(const char *name);
/* The kind's name most like `name`, or NULL. */
const char *toc_topology_nearest_kind(const char *name);
const char *toc_topology_link_kind_name(toc_link_kind kind);

/* All of these give TOC_INDEX_NONE where there is none. */
uint32_t toc_topology_find_operator(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_zone(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_element(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_crew(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_sensor(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_vendor(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_part(const toc_topology *topology, const char *name);
/* The part that replacing the element takes. */
uint32_t toc_topology_part_of(const toc_topology *topology, uint32_t element);
uint32_t toc_topology_find_conduit(const toc_topology *topology, const char *id);
uint32_t toc_topology_find_phase(const toc_topology *topology, const char *id);
/* A service of the network, that rules, weaknesses and traffic name. */
uint32_t toc_topology_find_protocol(const toc_topology *topology, const char *name);
/* The index into traffics of a link, none where it is no traffic. */
uint32_t toc_topology_find_traffic(const toc_topology *topology, uint32_t link);
/* `operator_index` TOC_INDEX_NONE: the first operator that has it. */
uint32_t toc_topology_find_service(const toc_topology *topology, const char *id,
                                   uint32_t operator_index);
/* "" for TOC_INDEX_NONE. */
const char *toc_topology_operator_id(const toc_topology *topology, uint32_t operator_index);
const char *toc_topology_element_id(const toc_topology *topology, uint32_t element);
/* The element's id most like `id`, or NULL. */
const char *toc_topology_nearest_element(const toc_topology *topology, const char *id);
/* The same among conduits. */
const char *toc_topology_nearest_conduit(const toc_topology *topology, const char *id);
/* Hash of everything that a run can depend on, in index order. */
uint64_t toc_topology_digest(const toc_topology *topology);

#endif
