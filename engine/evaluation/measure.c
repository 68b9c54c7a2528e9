#include "evaluation/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* A service while it is being summed up. */
struct sum {
    int64_t demand, supply, people, base;
    wide loss_us, people_us;
    toc_time since;
    int64_t worst;
};

struct toc_measures {
    const toc_record *record;
    toc_drill *drill; /* opened, never run: what the package says the drill is */
    const toc_topology *topology;
    toc_time end;
    toc_measure_service *services;
    struct sum *sums;
    toc_measure_objective *objectives;
    toc_measure_duty *duties;
    toc_measure_team *teams;
    size_t service_count, objective_count, duty_count, team_count;
    int64_t people_out, most_out;
    toc_time worst_instant;
    uint64_t worst_entry;
};

static void *grown(void *array, size_t count, size_t size) {
    /* doubling from powers of two: room for `count + 1` */
    if ((count & (count - 1)) != 0) {
        return array;
    }
    void *bigger = realloc(array, (count == 0 ? 1 : count * 2) * size);
    if (bigger == NULL) {
        (void)fprintf(stderr, "tocsin: out of memory\n");
        exit(TOC_SYSTEM_FAULT);
    }
    return bigger;
}

/* -- Services -----------------------------------------------------------------------------------
 */

static size_t service_of(const toc_measures *measures, const toc_trace_entry *entry) {
    size_t index = 0;
    while (index < measures->service_count &&
           (strcmp(measures->services[index].id, entry->subject) != 0 ||
            strcmp(measures->services[index].operator_id, entry->actor) != 0)) {
        index++;
    }
    return index;
}

static void integrate(struct sum *sum, toc_time now) {
    toc_time passed = now - sum->since;
    int64_t missing = sum->demand > sum->supply ? sum->demand - sum->supply : 0;
    sum->loss_us += (wide)missing * passed;
    sum->people_us += (wide)sum->people * passed;
    sum->since = now;
}

static double percent(const struct sum *sum) {
    return sum->demand <= 0 ? 100 : 100.0 * (double)sum->supply / (double)sum->demand;
}

static void add_point(toc_measure_service *service, toc_time at, double value) {
    if (service->point_count > 0 && service->points[service->point_count - 1].at == at) {
        service->points[service->point_count - 1].value = value;
        return;
    }
    service->points = grown(service->points, service->point_count, sizeof *service->points);
    service->points[service->point_count++] = (toc_chart_point){at, value};
}

static void begin_service(toc_measures *measures, const toc_trace_entry *entry) {
    size_t count = measures->service_count++;
    measures->services = grown(measures->services, count, sizeof *measures->services);
    measures->sums = grown(measures->sums, count, sizeof *measures->sums);
    const toc_unit *unit = toc_unit_find(entry->text);
    measures->services[count] = (toc_measure_service){.id = entry->subject,
                                                      .operator_id = entry->actor,
                                                      .unit = entry->text,
                                                      .worst_percent = 100,
                                                      .first_loss = TOC_NEVER,
                                                      .whole_again = TOC_NEVER};
    measures->sums[count] = (struct sum){.demand = entry->before,
                                         .supply = entry->after,
                                         .base = unit == NULL ? 1 : unit->base,
                                         .since = entry->time,
                                         .worst = entry->after};
}

static void on_service(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    size_t index = service_of(measures, entry);
    if (index == measures->service_count) {
        begin_service(measures, entry);
    }
    toc_measure_service *service = &measures->services[index];
    struct sum *sum = &measures->sums[index];
    integrate(sum, entry->time);
    sum->supply = entry->after;
    bool lost = sum->supply < sum->demand;
    if (lost && service->first_entry == 0) {
        service->first_entry = number;
        service->first_loss = entry->time;
    }
    if (sum->supply < sum->worst) {
        sum->worst = sum->supply;
        service->worst_entry = number;
        service->worst_percent = percent(sum);
    }
    service->whole_again = lost || service->first_entry == 0 ? TOC_NEVER : entry->time;
    service->whole_entry = service->whole_again == TOC_NEVER ? 0 : number;
    add_point(service, entry->time, percent(sum));
}

static void on_people(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    size_t index = service_of(measures, entry);
    if (index == measures->service_count) {
        return;
    }
    struct sum *sum = &measures->sums[index];
    integrate(sum, entry->time);
    measures->people_out += entry->after - sum->people;
    sum->people = entry->after;
    if (measures->people_out > measures->most_out) {
        measures->most_out = measures->people_out;
        measures->worst_instant = entry->time;
        measures->worst_entry = number;
    }
}

static void end_services(toc_measures *measures) {
    const double hour = (double)TOC_HOUR;
    for (size_t i = 0; i < measures->service_count; i++) {
        toc_measure_service *service = &measures->services[i];
        struct sum *sum = &measures->sums[i];
        integrate(sum, measures->end);
        double base = (double)sum->base;
        service->demand = (double)sum->demand / base;
        service->demand_integral = (double)((wide)sum->demand * measures->end) / (base * hour);
        service->loss_integral = (double)sum->loss_us / (base * hour);
        service->people_hours_lost = (double)sum->people_us / hour;
        add_point(service, measures->end, percent(sum));
    }
}

/* -- Objectives and duties ----------------------------------------------------------------------
 */

static void read_objectives(toc_measures *measures) {
    size_t count = toc_drill_facts_of(measures->drill).objectives;
    for (size_t i = 0; i < count; i++) {
        toc_drill_objective objective = toc_drill_objective_at(measures->drill, (uint32_t)i);
        measures->objectives = grown(measures->objectives, i, sizeof *measures->objectives);
        measures->objectives[measures->objective_count++] =
            (toc_measure_objective){.id = objective.id,
                                    .text = objective.text,
                                    .by = "",
                                    .started_at = TOC_NEVER,
                                    .decided_at = TOC_NEVER};
    }
}

static void on_objective(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    for (size_t i = 0; i < measures->objective_count; i++) {
        toc_measure_objective *objective = &measures->objectives[i];
        if (strcmp(objective->id, entry->subject) != 0) {
            continue;
        }
        if (strcmp(entry->verb, "started") == 0) {
            objective->started = true;
            objective->started_at = entry->time;
            objective->started_entry = number;
        } else {
            objective->met = strcmp(entry->verb, "met") == 0;
            objective->decided_at = entry->time;
            objective->decided_entry = number;
            objective->by = entry->text;
        }
        return;
    }
}

static void on_duty(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    if (strcmp(entry->verb, "started") == 0) {
        measures->duties = grown(measures->duties, measures->duty_count, sizeof *measures->duties);
        measures->duties[measures->duty_count++] = (toc_measure_duty){.id = entry->subject,
                                                                      .operator_id = entry->actor,
                                                                      .recipient = entry->text,
                                                                      .started_at = entry->time,
                                                                      .due = entry->before,
                                                                      .done_at = TOC_NEVER,
                                                                      .started_entry = number};
        return;
    }
    for (size_t i = 0; i < measures->duty_count; i++) {
        toc_measure_duty *duty = &measures->duties[i];
        if (strcmp(entry->verb, "done") == 0 && strcmp(duty->id, entry->subject) == 0 &&
            duty->done_at == TOC_NEVER) {
            duty->done_at = entry->time;
            duty->done_entry = number;
            duty->on_time = entry->time <= duty->due;
        }
    }
}

/* -- Teams --------------------------------------------------------------------------------------
 */

/* The team of "gridco.soc" or "gridco" itself; NULL where it is no operator of the topology. */
static toc_measure_team *team_of(toc_measures *measures, const char *name) {
    size_t length = strcspn(name, ".");
    for (size_t i = 0; i < measures->team_count; i++) {
        const char *id = measures->teams[i].id;
        if (strlen(id) == length && strncmp(id, name, length) == 0) {
            return &measures->teams[i];
        }
    }
    return NULL;
}

static void read_teams(toc_measures *measures) {
    for (uint32_t i = 0; i < measures->topology->operator_count; i++) {
        measures->teams = grown(measures->teams, i, sizeof *measures->teams);
        measures->teams[measures->team_count++] =
            (toc_measure_team){.id = measures->topology->operators[i].id,
                               .first_attack = TOC_NEVER,
                               .first_alarm = TOC_NEVER,
                               .first_action = TOC_NEVER,
                               .declared = TOC_NEVER};
    }
}

static void note_first(toc_time *at, uint64_t *entry_number, const toc_trace_entry *entry,
                       uint64_t number) {
    if (*entry_number == 0) {
        *at = entry->time;
        *entry_number = number;
    }
}

static void on_attack(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    uint32_t element = toc_topology_find_element(measures->topology, entry->subject);
    if (element >= measures->topology->asset_count) {
        return;
    }
    uint32_t owner = measures->topology->assets[element].operator_index;
    if (owner != TOC_INDEX_NONE) {
        toc_measure_team *team = &measures->teams[owner];
        note_first(&team->first_attack, &team->attack_entry, entry, number);
    }
}

static void on_action(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    toc_measure_team *team = team_of(measures, entry->actor);
    if (team == NULL) {
        return;
    }
    if (strcmp(entry->text, "requested") == 0) {
        team->actions++;
        note_first(&team->first_action, &team->action_entry, entry, number);
    }
    team->refused += strncmp(entry->text, "refused", 7) == 0;
    if (strcmp(entry->verb, "declare_incident") == 0 && strncmp(entry->text, "done", 4) == 0) {
        note_first(&team->declared, &team->declared_entry, entry, number);
    }
}

static void on_belief(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    toc_measure_team *team = team_of(measures, entry->actor);
    if (team != NULL && strcmp(entry->verb, "on") != 0) {
        note_first(&team->first_alarm, &team->alarm_entry, entry, number);
    }
}

/* -- The whole ----------------------------------------------------------------------------------
 */

static void read_entry(toc_measures *measures, const toc_trace_entry *entry, uint64_t number) {
    if (entry->kind == TOC_TRACE_SERVICE) {
        on_service(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_PEOPLE) {
        on_people(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_OBJECTIVE) {
        on_objective(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_DUTY) {
        on_duty(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_TECHNIQUE) {
        on_attack(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_ACTION) {
        on_action(measures, entry, number);
    } else if (entry->kind == TOC_TRACE_BELIEF) {
        on_belief(measures, entry, number);
    }
}

toc_status toc_measure_create(const toc_record *record, toc_problems *problems,
                              toc_measures **out_measures) {
    toc_record_meta meta = toc_record_meta_of(record);
    toc_drill_options options = {.seed = meta.seed, .replication = meta.replication};
    toc_drill *drill = NULL;
    toc_status status = toc_drill_open(toc_record_package(record), &options, problems, &drill);
    if (status != TOC_OK) {
        return status;
    }
    toc_measures *measures = grown(NULL, 0, sizeof *measures);
    *measures = (toc_measures){.record = record,
                               .drill = drill,
                               .topology = toc_drill_topology(drill),
                               .worst_instant = TOC_NEVER};
    read_objectives(measures);
    read_teams(measures);
    uint64_t count = toc_record_trace_count(record);
    measures->end = meta.ended_at;
    if (measures->end == TOC_NEVER) {
        measures->end = count == 0 ? 0 : toc_record_trace_at(record, count).time;
    }
    for (uint64_t number = 1; number <= count; number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        read_entry(measures, &entry, number);
    }
    end_services(measures);
    *out_measures = measures;
    return TOC_OK;
}

void toc_measure_destroy(toc_measures *measures) {
    if (measures == NULL) {
        return;
    }
    for (size_t i = 0; i < measures->service_count; i++) {
        free(measures->services[i].points);
    }
    free(measures->services);
    free(measures->sums);
    free(measures->objectives);
    free(measures->duties);
    free(measures->teams);
    toc_drill_close(measures->drill);
    free(measures);
}

const toc_record *toc_measure_record(const toc_measures *measures) {
    return measures->record;
}

const toc_topology *toc_measure_topology(const toc_measures *measures) {
    return measures->topology;
}

toc_time toc_measure_end(const toc_measures *measures) {
    return measures->end;
}

size_t toc_measure_services(const toc_measures *measures) {
    return measures->service_count;
}

const toc_measure_service *toc_measure_service_at(const toc_measures *measures, size_t index) {
    return &measures->services[index];
}

size_t toc_measure_objectives(const toc_measures *measures) {
    return measures->objective_count;
}

const toc_measure_objective *toc_measure_objective_at(const toc_measures *measures, size_t index) {
    return &measures->objectives[index];
}

size_t toc_measure_duties(const toc_measures *measures) {
    return measures->duty_count;
}

const toc_measure_duty *toc_measure_duty_at(const toc_measures *measures, size_t index) {
    return &measures->duties[index];
}

size_t toc_measure_teams(const toc_measures *measures) {
    return measures->team_count;
}

const toc_measure_team *toc_measure_team_at(const toc_measures *measures, size_t index) {
    return &measures->teams[index];
}

toc_time toc_measure_worst_instant(const toc_measures *measures, uint64_t *out_entry) {
    *out_entry = measures->worst_entry;
    return measures->worst_instant;
}

void toc_measure_operations(const toc_measures *measures, toc_time at, const char **out_names) {
    const toc_topology *topology = measures->topology;
    for (uint32_t i = 0; i < topology->asset_count + topology->link_count; i++) {
        out_names[i] = "on";
    }
    for (uint64_t number = 1; number <= toc_record_trace_count(measures->record); number++) {
        toc_trace_entry entry = toc_record_trace_at(measures->record, number);
        if (entry.time > at) {
            return;
        }
        uint32_t element = entry.kind == TOC_TRACE_OPERATION
                               ? toc_topology_find_element(topology, entry.subject)
                               : TOC_INDEX_NONE;
        if (element != TOC_INDEX_NONE) {
            out_names[element] = entry.verb;
        }
    }
}
