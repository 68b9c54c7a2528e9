#include "evaluation/loss.h"

#include <string.h>

#include "evaluation/shelf.h"

static size_t service_of(const toc_measures *measures, const toc_trace_entry *entry) {
    size_t index = 0;
    while (index < measures->service_count &&
           (strcmp(measures->services[index].id, entry->subject) != 0 ||
            strcmp(measures->services[index].operator_id, entry->actor) != 0)) {
        index++;
    }
    return index;
}

static size_t total_of(const toc_measures *measures, const char *id) {
    size_t index = 0;
    while (index < measures->total_count && strcmp(measures->totals[index].id, id) != 0) {
        index++;
    }
    return index;
}

static void add_step(toc_measure_step **steps, size_t *count, int64_t value,
                     const toc_measure_entry *at) {
    if (*count > 0 && (*steps)[*count - 1].at == at->entry.time) {
        (*count)--; /* what lasted no time at all is no step */
    }
    *steps = toc_shelf_grow(*steps, *count, sizeof **steps);
    (*steps)[(*count)++] = (toc_measure_step){at->entry.time, value, at->number};
}

/* A service is told for the first time at STARTEX, with its demand. */
static void begin_service(toc_measures *measures, const toc_measure_entry *at) {
    const toc_trace_entry *entry = &at->entry;
    size_t count = measures->service_count++;
    const toc_unit *unit = toc_unit_find(entry->text);
    measures->services = toc_shelf_grow(measures->services, count, sizeof *measures->services);
    measures->sums = toc_shelf_grow(measures->sums, count, sizeof *measures->sums);
    measures->services[count] = (toc_measure_service){.id = entry->subject,
                                                      .operator_id = entry->actor,
                                                      .unit = entry->text,
                                                      .demand = entry->before,
                                                      .base = unit == NULL ? 1 : unit->base,
                                                      .min_level_ppm = 1000000,
                                                      .min_level = TOC_MEASURE_NONE,
                                                      .most_people_out = TOC_MEASURE_NONE,
                                                      .first_loss = TOC_MEASURE_NONE,
                                                      .restored = TOC_MEASURE_NONE};
    measures->sums[count] =
        (struct sum){.since = entry->time, .demand = entry->before, .supply = entry->before};
    size_t total = total_of(measures, entry->subject);
    if (total < measures->total_count) {
        measures->totals[total].mixed |= strcmp(measures->totals[total].unit, entry->text) != 0;
        return;
    }
    measures->totals = toc_shelf_grow(measures->totals, total, sizeof *measures->totals);
    measures->crowds = toc_shelf_grow(measures->crowds, total, sizeof *measures->crowds);
    measures->totals[total] = (toc_measure_total){.id = entry->subject,
                                                  .unit = entry->text,
                                                  .most_people_out = TOC_MEASURE_NONE,
                                                  .first_loss = TOC_MEASURE_NONE,
                                                  .restored = TOC_MEASURE_NONE};
    measures->crowds[total] = (struct crowd){0};
    measures->total_count++;
}

static int64_t missing_now(const struct sum *sum) {
    return sum->demand > sum->supply ? sum->demand - sum->supply : 0;
}

static void integrate(struct sum *sum, toc_time now) {
    toc_time passed = now - sum->since;
    sum->demand_us += (toc_wide)sum->demand * passed;
    sum->loss_us += (toc_wide)missing_now(sum) * passed;
    sum->people_us += (toc_wide)sum->people * passed;
    sum->since = now;
}

static int64_t level_ppm(const struct sum *sum) {
    return sum->demand <= 0 ? 1000000 : (int64_t)((toc_wide)sum->supply * 1000000 / sum->demand);
}

/* Curves show what is missing of the demand that there was at the start, so that a demand that
   varies does not look like a loss. */
static void note_supply(toc_measure_service *service, struct sum *sum,
                        const toc_measure_entry *at) {
    bool was_lost = sum->lost;
    sum->supply = at->entry.after;
    bool is_lost = sum->lost = missing_now(sum) > 0;
    int64_t level = level_ppm(sum);
    if (is_lost) {
        toc_measure_first(&service->first_loss, at);
        service->restored = TOC_MEASURE_NONE;
    } else if (was_lost) {
        service->restored = (toc_measure_event){at->entry.time, at->number};
    }
    if (level < service->min_level_ppm) {
        service->min_level_ppm = level;
        service->min_level = (toc_measure_event){at->entry.time, at->number};
    }
    add_step(&service->supply, &service->supply_count, service->demand - missing_now(sum), at);
}

static void read_supply(toc_measures *measures, const toc_measure_entry *at) {
    size_t index = service_of(measures, &at->entry);
    if (index == measures->service_count) {
        begin_service(measures, at);
    }
    toc_measure_service *service = &measures->services[index];
    integrate(&measures->sums[index], at->entry.time);
    note_supply(service, &measures->sums[index], at);
}

/* What this makes of the service is told by the row of its supply that follows. */
static void read_demand(toc_measures *measures, const toc_measure_entry *at) {
    size_t index = service_of(measures, &at->entry);
    if (index < measures->service_count) {
        integrate(&measures->sums[index], at->entry.time);
        measures->sums[index].demand = at->entry.after;
    }
}

static void read_people(toc_measures *measures, const toc_measure_entry *at) {
    size_t index = service_of(measures, &at->entry);
    if (index == measures->service_count) {
        return;
    }
    toc_measure_service *service = &measures->services[index];
    struct sum *sum = &measures->sums[index];
    integrate(sum, at->entry.time);
    size_t total = total_of(measures, service->id);
    struct crowd *crowd = &measures->crowds[total];
    crowd->people += at->entry.after - sum->people;
    sum->people = at->entry.after;
    toc_measure_event now = {at->entry.time, at->number};
    if (sum->people > service->most_people) {
        service->most_people = sum->people;
        service->most_people_out = now;
    }
    if (crowd->people > measures->totals[total].most_people) {
        measures->totals[total].most_people = crowd->people;
        measures->totals[total].most_people_out = now;
    }
    add_step(&service->people, &service->people_count, at->entry.after, at);
}

void toc_loss_read(toc_measures *measures, const toc_measure_entry *at) {
    if (at->entry.kind == TOC_TRACE_SERVICE) {
        read_supply(measures, at);
    } else if (at->entry.kind == TOC_TRACE_DEMAND) {
        read_demand(measures, at);
    } else {
        read_people(measures, at);
    }
}

static void add_to_total(toc_measure_total *total, const toc_measure_service *service) {
    total->loss_integral += service->loss_integral;
    total->people_hours_lost += service->people_hours_lost;
    if (service->first_loss.entry == 0) {
        return;
    }
    bool is_first = total->first_loss.entry == 0;
    if (is_first || service->first_loss.at < total->first_loss.at) {
        total->first_loss = service->first_loss;
    }
    /* whole again when the last is; TOC_NEVER is the latest time there is */
    if (is_first || service->restored.at > total->restored.at) {
        total->restored = service->restored;
    }
}

/* What most people felt comes first; else the order is that of the topology. */
static void sort_totals(toc_measures *measures) {
    for (size_t i = 1; i < measures->total_count; i++) {
        toc_measure_total total = measures->totals[i];
        size_t to = i;
        while (to > 0 && measures->totals[to - 1].people_hours_lost < total.people_hours_lost) {
            measures->totals[to] = measures->totals[to - 1];
            to--;
        }
        measures->totals[to] = total;
    }
}

void toc_loss_close(toc_measures *measures) {
    for (size_t i = 0; i < measures->service_count; i++) {
        toc_measure_service *service = &measures->services[i];
        struct sum *sum = &measures->sums[i];
        integrate(sum, measures->end);
        double unit_hours = (double)service->base * (double)TOC_HOUR;
        service->demand_integral = (double)sum->demand_us / unit_hours;
        service->loss_integral = (double)sum->loss_us / unit_hours;
        service->people_hours_lost = (double)sum->people_us / (double)TOC_HOUR;
        add_to_total(&measures->totals[total_of(measures, service->id)], service);
    }
    sort_totals(measures);
}

int64_t toc_loss_missing(const toc_measure_service *service, size_t step) {
    int64_t supply = service->supply[step].value;
    return service->demand > supply ? service->demand - supply : 0;
}

toc_time toc_loss_lasts(const toc_measures *measures, const toc_measure_service *service,
                        size_t step) {
    toc_time until =
        step + 1 < service->supply_count ? service->supply[step + 1].at : measures->end;
    return until - service->supply[step].at;
}
