#include "evaluation/measure.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/effort.h"
#include "evaluation/loss.h"
#include "evaluation/shelf.h"
#include "evaluation/verdict.h"
#include "tocsin/formats.h"

static void read_fact(toc_measures *measures, const toc_measure_entry *at) {
    const toc_trace_entry *entry = &at->entry;
    const struct {
        const char *verb, **into;
    } texts[] = {{"form", &measures->facts.form},
                 {"span", &measures->facts.span},
                 {"content", &measures->facts.content},
                 {"starts", &measures->facts.starts},
                 {"classification", &measures->facts.classification},
                 {"power", &measures->facts.power_rule},
                 {"topology", &measures->facts.topology_path}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(entry->verb, texts[i].verb) == 0) {
            *texts[i].into = entry->text;
            return;
        }
    }
    if (strcmp(entry->verb, "length") == 0) {
        measures->facts.length = entry->before;
    }
}

/* The facts stand at the beginning, before the time has moved; the topology is needed for the rest.
 */
static void read_facts(toc_measures *measures) {
    uint64_t count = toc_record_trace_count(measures->record);
    measures->facts = (toc_measure_facts){.form = "",
                                          .span = "",
                                          .content = "",
                                          .starts = "",
                                          .topology_path = "topology.xml",
                                          .length = TOC_NEVER,
                                          .power_rule = "",
                                          .classification = ""};
    for (uint64_t number = 1; number <= count; number++) {
        toc_measure_entry at = {toc_record_trace_at(measures->record, number), number};
        if (at.entry.time > 0) {
            return;
        }
        if (at.entry.kind == TOC_TRACE_FACT) {
            read_fact(measures, &at);
        }
    }
}

static toc_status read_topology(toc_measures *measures, toc_problems *problems) {
    const toc_package *package = toc_record_package(measures->record);
    const char *path = measures->facts.topology_path;
    toc_package_file file;
    if (!toc_package_find(package, path, &file)) {
        return toc_problems_error(problems, (toc_place){.file = toc_package_name(package)},
                                  "the record's package has no topology '%.200s'", path);
    }
    return toc_formats_read_topology(file.bytes, file.size, toc_package_shown(package, path),
                                     problems, &measures->topology);
}

static void read_entry(toc_measures *measures, const toc_measure_entry *at) {
    switch ((int)at->entry.kind) {
    case TOC_TRACE_FACT:
        if (strcmp(at->entry.verb, "seat") == 0) {
            toc_effort_read_seat(measures, &at->entry);
        } else {
            toc_verdict_read_fact(measures, at);
        }
        break;
    case TOC_TRACE_DEMAND:
    case TOC_TRACE_SERVICE:
    case TOC_TRACE_PEOPLE:
        toc_loss_read(measures, at);
        break;
    case TOC_TRACE_OBJECTIVE:
    case TOC_TRACE_DUTY:
        toc_verdict_read(measures, at);
        break;
    default:
        toc_effort_read(measures, at);
        break;
    }
}

/* A record that was cut short vouches for what it holds up to its last digest or entry. */
static toc_time end_of(const toc_record *record) {
    toc_record_meta meta = toc_record_meta_of(record);
    if (meta.ended_at != TOC_NEVER) {
        return meta.ended_at;
    }
    uint64_t entries = toc_record_trace_count(record), digests = toc_record_digest_count(record);
    toc_time end = entries == 0 ? 0 : toc_record_trace_at(record, entries).time, at = 0;
    if (digests > 0) {
        (void)toc_record_digest_at(record, digests, &at);
    }
    return end > at ? end : at;
}

toc_status toc_measure_create(const toc_record *record, toc_problems *problems,
                              toc_measures **out_measures) {
    toc_measures *measures = toc_shelf_zeroed(1, sizeof *measures);
    measures->record = record;
    measures->end = end_of(record);
    read_facts(measures);
    toc_status status = read_topology(measures, problems);
    if (status != TOC_OK) {
        toc_measure_destroy(measures);
        return status;
    }
    toc_effort_begin(measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_measure_entry at = {toc_record_trace_at(record, number), number};
        read_entry(measures, &at);
    }
    toc_loss_close(measures);
    toc_verdict_close(measures);
    toc_effort_close(measures);
    *out_measures = measures;
    return TOC_OK;
}

void toc_measure_destroy(toc_measures *measures) {
    if (measures == NULL) {
        return;
    }
    for (size_t i = 0; i < measures->service_count; i++) {
        free(measures->services[i].supply);
        free(measures->services[i].people);
    }
    for (size_t i = 0; i < measures->objective_count; i++) {
        free(measures->objectives[i].maps);
    }
    free(measures->services);
    free(measures->sums);
    free(measures->totals);
    free(measures->crowds);
    free(measures->objectives);
    free(measures->duties);
    free(measures->teams);
    free(measures->seats);
    toc_topology_destroy(measures->topology);
    free(measures);
}

const toc_record *toc_measure_record(const toc_measures *measures) {
    return measures->record;
}

const toc_topology *toc_measure_topology(const toc_measures *measures) {
    return measures->topology;
}

toc_measure_facts toc_measure_facts_of(const toc_measures *measures) {
    return measures->facts;
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

size_t toc_measure_totals(const toc_measures *measures) {
    return measures->total_count;
}

const toc_measure_total *toc_measure_total_at(const toc_measures *measures, size_t index) {
    return &measures->totals[index];
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

size_t toc_measure_seats(const toc_measures *measures) {
    return measures->seat_count;
}

const toc_measure_seat *toc_measure_seat_at(const toc_measures *measures, size_t index) {
    return &measures->seats[index];
}

size_t toc_measure_objectives_met(const toc_measures *measures) {
    size_t count = 0;
    for (size_t i = 0; i < measures->objective_count; i++) {
        count += measures->objectives[i].outcome == TOC_OUTCOME_MET;
    }
    return count;
}

size_t toc_measure_duties_triggered(const toc_measures *measures) {
    size_t count = 0;
    for (size_t i = 0; i < measures->duty_count; i++) {
        count += measures->duties[i].outcome != TOC_OUTCOME_NOT_STARTED;
    }
    return count;
}

size_t toc_measure_duties_on_time(const toc_measures *measures) {
    size_t count = 0;
    for (size_t i = 0; i < measures->duty_count; i++) {
        count += measures->duties[i].outcome == TOC_OUTCOME_MET;
    }
    return count;
}

toc_measure_event toc_measure_worst(const toc_measures *measures) {
    toc_measure_event worst = TOC_MEASURE_NONE;
    int64_t most = 0, lowest = 1000000;
    for (size_t i = 0; i < measures->total_count; i++) {
        if (measures->totals[i].most_people > most) {
            most = measures->totals[i].most_people;
            worst = measures->totals[i].most_people_out;
        }
    }
    for (size_t i = 0; most == 0 && i < measures->service_count; i++) {
        if (measures->services[i].min_level_ppm < lowest) {
            lowest = measures->services[i].min_level_ppm;
            worst = measures->services[i].min_level;
        }
    }
    return worst;
}

const char *toc_measure_outcome_name(toc_measure_outcome outcome) {
    static const char *const names[] = {"not-started", "open", "met", "late", "missed"};
    return names[outcome];
}
