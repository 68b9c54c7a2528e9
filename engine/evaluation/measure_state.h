/* State of measures, shared by the files of this room that fill them in. */
#ifndef EVALUATION_MEASURE_STATE_H
#define EVALUATION_MEASURE_STATE_H

#include "evaluation/measure.h"

__extension__ typedef __int128 toc_wide;

/* A service while it is being summed up. */
struct sum {
    toc_wide loss_us, people_us;
    toc_time since;
    toc_wide demand_us;
    int64_t demand, supply, people; /* demand: now; that of the service is the one at the start */
    bool lost;
};

/* One kind of service over all operators while the record is read. */
struct crowd {
    int64_t people;
};

struct toc_measures {
    const toc_record *record;
    toc_topology *topology;
    toc_measure_facts facts;
    toc_time end;
    toc_measure_service *services;
    struct sum *sums; /* of each service */
    toc_measure_total *totals;
    struct crowd *crowds; /* of each total */
    toc_measure_objective *objectives;
    toc_measure_duty *duties;
    toc_measure_team *teams;
    toc_measure_seat *seats;
    size_t service_count, total_count, objective_count, duty_count, team_count, seat_count;
};

/* An entry of the record and its number. */
typedef struct toc_measure_entry {
    toc_trace_entry entry;
    uint64_t number;
} toc_measure_entry;

#define TOC_MEASURE_NONE ((toc_measure_event){TOC_NEVER, 0})

/* Sets it where nothing was set before. */
static inline void toc_measure_first(toc_measure_event *event, const toc_measure_entry *at) {
    if (event->entry == 0) {
        *event = (toc_measure_event){at->entry.time, at->number};
    }
}

#endif
