/* EPANET cyber: who senses, switches and tells whom in a water network, and the attacks on that: a
   .cpa file in the manner of epanetCPA, resolved against its network. */
#ifndef FORMATS_EPANET_CYBER_H
#define FORMATS_EPANET_CYBER_H

#include "formats/epanet_network.h"
#include "formats/epanet_sensor.h"
#include "tocsin/formats.h"

/* A controller, or the control room ("SCADA"). */
typedef struct toc_epanet_system {
    const char *id;
    uint32_t line;
    bool control_room;
    toc_list sensors;   /* toc_epanet_sensor */
    toc_list actuators; /* uint32_t, links */
    uint32_t report;    /* channel to the control room, TOC_NONE where there is none */
} toc_epanet_system;

typedef struct toc_epanet_channel {
    uint32_t from, to, line; /* systems */
    toc_list sensors;        /* toc_epanet_sensor */
} toc_epanet_channel;

typedef enum toc_epanet_attack_kind {
    TOC_EPANET_ON_COMMUNICATION, /* readings on their way */
    TOC_EPANET_ON_SENSOR,        /* readings at their source */
    TOC_EPANET_ON_ACTUATOR,      /* a pump or valve, whatever its controller says */
    TOC_EPANET_ON_CONTROL        /* the level at which a controller acts */
} toc_epanet_attack_kind;

typedef enum toc_epanet_method {
    TOC_EPANET_DOS,
    TOC_EPANET_CONSTANT,
    TOC_EPANET_OFFSET,
    TOC_EPANET_REPLAY
} toc_epanet_method;

/* "PU2>0": all terms of a condition must hold. */
typedef struct toc_epanet_term {
    enum { TOC_EPANET_OF_TIME, TOC_EPANET_OF_NODE, TOC_EPANET_OF_LINK } of;
    uint32_t number;  /* of the node or link */
    char relation[3]; /* "==", "<", ">=" ... */
    double value;     /* hours; metres; whether it runs */
} toc_epanet_term;

typedef struct toc_epanet_attack {
    toc_epanet_attack_kind kind;
    toc_epanet_method method;
    uint32_t line;
    const char *remark;        /* the comment before it, "" where there is none */
    uint32_t sender, receiver; /* systems; sender TOC_NONE: the sensor itself */
    toc_epanet_sensor sensor;  /* what it tampers with, unless it is a control */
    uint32_t control;          /* of the network, for TOC_EPANET_ON_CONTROL */
    double value;              /* constant or offset: metres, or 1 for a pump or valve that is open;
                                  replay: hours back; of a control, its level in metres */
    toc_list starts, ends;     /* toc_epanet_term, all of which must hold */
    bool never_starts, never_ends;
} toc_epanet_attack;

typedef struct toc_epanet_cyber {
    toc_arena *arena;
    const char *file;
    toc_names *ids;     /* of systems, numbered as the list */
    toc_list systems;   /* toc_epanet_system */
    toc_list channels;  /* toc_epanet_channel */
    toc_list attacks;   /* toc_epanet_attack */
    uint32_t room;      /* the system that is the control room; TOC_NONE: none */
    uint32_t *switched; /* by link: the system that switches it, TOC_NONE where none does */
    uint32_t *watched;  /* by node: the first system that senses something there, or TOC_NONE */
    toc_names *lessons; /* "system tank": who is told what level */
    toc_list lesson_of; /* uint32_t, the channel of each */
} toc_epanet_cyber;

/* Also puts initial levels that the file tells of into the network's tanks. The cyber part must be
   finished in either case. */
toc_status toc_epanet_cyber_read(const toc_formats_source *source, toc_problems *problems,
                                 toc_epanet_network *network, toc_epanet_cyber *out_cyber);
void toc_epanet_cyber_finish(toc_epanet_cyber *cyber);
const toc_epanet_system *toc_epanet_cyber_system(const toc_epanet_cyber *cyber, uint32_t system);
const toc_epanet_channel *toc_epanet_cyber_channel(const toc_epanet_cyber *cyber, uint32_t channel);
const toc_epanet_attack *toc_epanet_cyber_attack(const toc_epanet_cyber *cyber, uint32_t attack);
/* The system that switches a link; TOC_NONE where none does. */
uint32_t toc_epanet_cyber_switches(const toc_epanet_cyber *cyber, uint32_t link);
/* The first system that senses something at a node; TOC_NONE where none does. */
uint32_t toc_epanet_cyber_watches(const toc_epanet_cyber *cyber, uint32_t node);
/* The channel by which a system reports to the control room; TOC_NONE where it does not. */
uint32_t toc_epanet_cyber_reports(const toc_epanet_cyber *cyber, uint32_t system);
/* The channel by which a system learns a tank's level; TOC_NONE where it senses that itself or does
   not learn it. */
uint32_t toc_epanet_cyber_learns(const toc_epanet_cyber *cyber, uint32_t system, uint32_t tank);

#endif
