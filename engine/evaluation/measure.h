/* Measure: what a record says in numbers, each with the entries of the trace it was made from.
   Works from the record alone: no scenario is run, no world built. Integrals are exact sums of
   steps. Texts live as long as the record. */
#ifndef EVALUATION_MEASURE_H
#define EVALUATION_MEASURE_H

#include "tocsin/record.h"
#include "tocsin/topology.h"

/* Something that happened, and the entry that says so; TOC_NEVER and 0 where it did not. */
typedef struct toc_measure_event {
    toc_time at;
    uint64_t entry;
} toc_measure_event;

/* From `at` on the value holds until the next step. */
typedef struct toc_measure_step {
    toc_time at;
    int64_t value;
    uint64_t entry;
} toc_measure_step;

/* A service of one operator. */
typedef struct toc_measure_service {
    const char *id, *operator_id, *unit;
    int64_t demand, base;        /* demand in base units, and how many of these a unit has */
    double demand_integral;      /* unit x hours */
    double loss_integral;        /* unit x hours: what was asked for and not given */
    double people_hours_lost;    /* people without it, over time */
    int64_t min_level_ppm;       /* lowest supply over demand */
    toc_measure_event min_level; /* when it was reached */
    int64_t most_people;         /* without it at once */
    toc_measure_event most_people_out;
    toc_measure_event first_loss, restored; /* restored: since when all demand is met again */
    toc_measure_step *supply, *people;      /* base units; people without it */
    size_t supply_count, people_count;
} toc_measure_service;

typedef enum toc_measure_outcome {
    TOC_OUTCOME_NOT_STARTED, /* what it waits for did not happen */
    TOC_OUTCOME_OPEN,        /* the record ends before it was decided */
    TOC_OUTCOME_MET,
    TOC_OUTCOME_LATE, /* met, but after its time */
    TOC_OUTCOME_MISSED
} toc_measure_outcome;

/* What an objective is held against: "csf", "DE.AE". */
typedef struct toc_measure_map {
    const char *framework, *entry;
} toc_measure_map;

typedef struct toc_measure_objective {
    const char *id, *text, *team, *by; /* team "" for anybody's; by: what met it */
    toc_time within, due;              /* TOC_NEVER: till the end */
    toc_measure_outcome outcome;
    toc_measure_event started, met, missed;
    uint64_t declared, because; /* entries: that it was set; what met it (0: not one entry) */
    toc_measure_map *maps;
    size_t map_count;
} toc_measure_objective;

typedef struct toc_measure_duty {
    const char *id, *text, *operator_id, *recipient, *source;
    toc_time within, due;
    toc_measure_outcome outcome; /* met: done in time */
    toc_measure_event started, done, missed;
    uint64_t declared, because;
    const char *content; /* which items the report told, and which not; "" where it did not say */
    int64_t told, asked; /* how many of the items that belong into it */
    uint64_t told_at;    /* entry */
} toc_measure_duty;

/* A team: an operator's, or an outside body's. */
typedef struct toc_measure_team {
    char id[96];
    const char *name; /* "" where the topology has none */
    bool owns_assets;
    toc_measure_event struck;   /* first asset of its that somebody made fail */
    toc_measure_event alarm;    /* first time it learned that something was not as it should be */
    toc_measure_event action;   /* first thing it did */
    toc_measure_event declared; /* incident */
    toc_measure_event first_loss, restored; /* of all its services */
    uint64_t actions, done, failed, refused, received;
} toc_measure_team;

typedef struct toc_measure_seat {
    const char *id;
    uint64_t requested, done, failed, refused; /* actions; refused: before they began */
    uint64_t received;                         /* injects and messages */
    toc_measure_event first;                   /* action */
} toc_measure_seat;

/* What the drill is, as said at its start; "" where the record does not say. */
typedef struct toc_measure_facts {
    const char *form, *span, *content, *starts, *topology_path;
    const char *classification; /* "" where the author gave none */
    toc_time length;
    const char *power_rule; /* of load flow and relays; "" where no power is generated */
} toc_measure_facts;

/* What became of one kind of service over all operators; `mixed` units are not added up. */
typedef struct toc_measure_total {
    const char *id, *unit;
    double loss_integral, people_hours_lost;
    int64_t most_people; /* without it at once, all operators together */
    toc_measure_event most_people_out;
    toc_measure_event first_loss, restored;
    bool mixed;
} toc_measure_total;

typedef struct toc_measures toc_measures;

/* Reads the whole record, which must outlive the measures. A record whose package has no topology
   that can be read is told. */
toc_status toc_measure_create(const toc_record *record, toc_problems *problems,
                              toc_measures **out_measures);
void toc_measure_destroy(toc_measures *measures);

const toc_record *toc_measure_record(const toc_measures *measures);
const toc_topology *toc_measure_topology(const toc_measures *measures);
toc_measure_facts toc_measure_facts_of(const toc_measures *measures);
/* When the record ends: everything is measured up to there. */
toc_time toc_measure_end(const toc_measures *measures);

size_t toc_measure_services(const toc_measures *measures);
const toc_measure_service *toc_measure_service_at(const toc_measures *measures, size_t index);
size_t toc_measure_totals(const toc_measures *measures);
const toc_measure_total *toc_measure_total_at(const toc_measures *measures, size_t index);
size_t toc_measure_objectives(const toc_measures *measures);
const toc_measure_objective *toc_measure_objective_at(const toc_measures *measures, size_t index);
size_t toc_measure_duties(const toc_measures *measures);
const toc_measure_duty *toc_measure_duty_at(const toc_measures *measures, size_t index);
size_t toc_measure_teams(const toc_measures *measures);
const toc_measure_team *toc_measure_team_at(const toc_measures *measures, size_t index);
size_t toc_measure_seats(const toc_measures *measures);
const toc_measure_seat *toc_measure_seat_at(const toc_measures *measures, size_t index);

/* How many objectives and triggered duties ended so. */
size_t toc_measure_objectives_met(const toc_measures *measures);
size_t toc_measure_duties_triggered(const toc_measures *measures);
size_t toc_measure_duties_on_time(const toc_measures *measures);
/* First when most people were without the service that most people lost; where nobody is counted,
   when the largest share of any service was missing. */
toc_measure_event toc_measure_worst(const toc_measures *measures);
/* "met", "late" ... */
const char *toc_measure_outcome_name(toc_measure_outcome outcome);

#endif
