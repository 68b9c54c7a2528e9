/* EPANET network: what a network file says, in metres, cubic metres and millilitres a day, with
   every reference resolved and before anything of it is left out. */
#ifndef FORMATS_EPANET_NETWORK_H
#define FORMATS_EPANET_NETWORK_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "kernel/names.h"
#include "tocsin/problems.h"
#include "tocsin/time.h"
#include "tocsin/unit.h"

#include <stdbool.h>

typedef enum toc_epanet_node_kind {
    TOC_EPANET_JUNCTION,
    TOC_EPANET_RESERVOIR,
    TOC_EPANET_TANK
} toc_epanet_node_kind;

typedef struct toc_epanet_node {
    toc_epanet_node_kind kind;
    uint32_t line;
    double head_m; /* elevation of a junction or of a tank's bottom, the head of a reservoir */
    double x, y;   /* in the file's own units */
    bool placed;
    double demand;    /* mL/d, before the pattern */
    uint32_t pattern; /* of the demand; TOC_NONE: the same at all times */
    double initial_m, least_m, most_m, diameter_m; /* of a tank, above its bottom */
    uint32_t curve;                                /* volume by level; TOC_NONE: a cylinder */
    bool overflows;
} toc_epanet_node;

typedef enum toc_epanet_link_kind {
    TOC_EPANET_PIPE,
    TOC_EPANET_PUMP,
    TOC_EPANET_VALVE
} toc_epanet_link_kind;

typedef struct toc_epanet_link {
    toc_epanet_link_kind kind;
    uint32_t line, from, to;
    bool closed, one_way;
    double length_m;  /* of a pipe */
    uint32_t curve;   /* of a pump, head by flow; TOC_NONE: none */
    double power_kw;  /* of a pump that has no curve */
    double speed;     /* of a pump, 1: nominal */
    const char *type; /* of a valve: "PRV" */
    double setting;   /* of a valve, as written */
} toc_epanet_link;

/* Multipliers, or points of a curve: x at even, y at odd places. */
typedef struct toc_epanet_row {
    uint32_t line;
    toc_list values; /* double */
} toc_epanet_row;

typedef enum toc_epanet_when {
    TOC_EPANET_BELOW,
    TOC_EPANET_ABOVE,
    TOC_EPANET_AT /* after the start */
} toc_epanet_when;

typedef struct toc_epanet_control {
    uint32_t link, node, line;
    bool opens;
    toc_epanet_when when;
    double level_m; /* above the bottom of the tank `node` */
    toc_time at;
    bool daily; /* by the clock: again every day */
} toc_epanet_control;

typedef struct toc_epanet_network {
    toc_arena *arena;
    const char *file, *title;
    toc_names *node_ids, *link_ids, *pattern_ids, *curve_ids; /* numbered as the lists */
    toc_list nodes;                                           /* toc_epanet_node */
    toc_list links;                                           /* toc_epanet_link */
    toc_list patterns, curves;                                /* toc_epanet_row */
    toc_list controls;                                        /* toc_epanet_control */
    const char *flow_unit;                                    /* as written: "GPM" */
    const toc_unit *unit; /* the flow unit to show, nearest to it */
    double flow_ml_d;     /* mL/d in one of it */
    bool us_units;        /* feet; metres otherwise */
    double multiplier;    /* of all demands */
    const char *default_pattern;
    toc_time pattern_step, pattern_start, duration, clock_start;
    uint32_t lost_rules, lost_controls, lost_demands; /* that a topology cannot say */
} toc_epanet_network;

void toc_epanet_network_start(toc_epanet_network *network, const char *file);
void toc_epanet_network_finish(toc_epanet_network *network);
toc_epanet_node *toc_epanet_network_node(const toc_epanet_network *network, uint32_t node);
toc_epanet_link *toc_epanet_network_link(const toc_epanet_network *network, uint32_t link);
toc_epanet_row *toc_epanet_network_pattern(const toc_epanet_network *network, uint32_t pattern);
toc_epanet_row *toc_epanet_network_curve(const toc_epanet_network *network, uint32_t curve);
const toc_epanet_control *toc_epanet_network_control(const toc_epanet_network *network,
                                                     uint32_t control);
/* A curve or pattern's values; `index` below values.count. */
double toc_epanet_network_value(const toc_epanet_row *row, uint32_t index);
/* Where y is at x, along straight lines between the curve's points and level beyond its ends. */
double toc_epanet_network_along(const toc_epanet_row *curve, double x);
/* Cubic metres in a tank that stands so high. */
double toc_epanet_network_volume(const toc_epanet_network *network, const toc_epanet_node *tank,
                                 double level_m);

#endif
