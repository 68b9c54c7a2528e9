/* Measure: what a record says in numbers, each with the entries of the trace it was made from.
   Works from the record alone; integrals are exact sums of steps. */
#ifndef EVALUATION_MEASURE_H
#define EVALUATION_MEASURE_H

#include "drawing/chart.h"
#include "tocsin/record.h"
#include "tocsin/topology.h"

/* A service of one operator. */
typedef struct toc_measure_service {
    const char *id, *operator_id, *unit;
    double demand;          /* in units; constant over the drill */
    double demand_integral; /* unit x hours */
    double loss_integral;   /* unit x hours: demand that was not supplied */
    double people_hours_lost;
    double worst_percent;                           /* lowest supply, % of demand */
    toc_time first_loss, whole_again;               /* TOC_NEVER: none; not before the end */
    uint64_t first_entry, worst_entry, whole_entry; /* 0: none */
    toc_chart_point *points;                        /* % of demand */
    size_t point_count;
} toc_measure_service;

typedef struct toc_measure_objective {
    const char *id, *text, *by;
    bool started, met;
    toc_time started_at, decided_at; /* TOC_NEVER where not */
    uint64_t started_entry, decided_entry;
} toc_measure_objective;

typedef struct toc_measure_duty {
    const char *id, *operator_id, *recipient;
    toc_time started_at, due, done_at;
    bool on_time;
    uint64_t started_entry, done_entry;
} toc_measure_duty;

/* What a team did, and when it did what matters first. */
typedef struct toc_measure_team {
    const char *id;
    uint64_t actions, refused;
    toc_time first_attack, first_alarm, first_action, declared; /* TOC_NEVER where not */
    uint64_t attack_entry, alarm_entry, action_entry, declared_entry;
} toc_measure_team;

typedef struct toc_measures toc_measures;

/* Reads the whole record, which must outlive the measures. A record whose package has no topology
   is told. */
toc_status toc_measure_create(const toc_record *record, toc_problems *problems,
                              toc_measures **out_measures);
void toc_measure_destroy(toc_measures *measures);

const toc_record *toc_measure_record(const toc_measures *measures);
const toc_topology *toc_measure_topology(const toc_measures *measures);
/* When the record ends. */
toc_time toc_measure_end(const toc_measures *measures);
size_t toc_measure_services(const toc_measures *measures);
const toc_measure_service *toc_measure_service_at(const toc_measures *measures, size_t index);
size_t toc_measure_objectives(const toc_measures *measures);
const toc_measure_objective *toc_measure_objective_at(const toc_measures *measures, size_t index);
size_t toc_measure_duties(const toc_measures *measures);
const toc_measure_duty *toc_measure_duty_at(const toc_measures *measures, size_t index);
size_t toc_measure_teams(const toc_measures *measures);
const toc_measure_team *toc_measure_team_at(const toc_measures *measures, size_t index);
/* When most people were without a service, and the entry that made it so; TOC_NEVER and 0 where
   nobody ever was. */
toc_time toc_measure_worst_instant(const toc_measures *measures, uint64_t *out_entry);
/* Operation of each element then, as names ("on", "failed" ...); asset_count + link_count texts. */
void toc_measure_operations(const toc_measures *measures, toc_time at, const char **out_names);

#endif
