/* score: measures of records, and their report. */
#include "cli/command.h"

#include <stdio.h>

#include "evaluation/report.h"
#include "tocsin/record.h"

enum { MOST_RECORDS = 16 };

static const toc_cli_option options[] = {
    {"output", "FILE", "the report (-o report.html)"},
};

static json_t *services_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(service->id));
        (void)json_object_set_new(object, "operator", toc_cli_text(service->operator_id));
        (void)json_object_set_new(object, "unit", toc_cli_text(service->unit));
        (void)json_object_set_new(object, "demand_integral", json_real(service->demand_integral));
        (void)json_object_set_new(object, "loss_integral", json_real(service->loss_integral));
        (void)json_object_set_new(object, "people_hours_lost",
                                  json_real(service->people_hours_lost));
        (void)json_object_set_new(object, "worst_percent", json_real(service->worst_percent));
        (void)json_object_set_new(object, "first_loss_us", toc_cli_time_json(service->first_loss));
        (void)json_object_set_new(object, "restored_at_us",
                                  toc_cli_time_json(service->whole_again));
        (void)json_object_set_new(object, "evidence",
                                  json_pack("[I,I,I]", (json_int_t)service->first_entry,
                                            (json_int_t)service->worst_entry,
                                            (json_int_t)service->whole_entry));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *objectives_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        const toc_measure_objective *objective = toc_measure_objective_at(measures, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(objective->id));
        (void)json_object_set_new(object, "met", json_boolean(objective->met));
        (void)json_object_set_new(
            object, "at_us", toc_cli_time_json(objective->met ? objective->decided_at : TOC_NEVER));
        (void)json_object_set_new(object, "evidence",
                                  json_pack("[I,I]", (json_int_t)objective->started_entry,
                                            (json_int_t)objective->decided_entry));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *duties_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        const toc_measure_duty *duty = toc_measure_duty_at(measures, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(duty->id));
        (void)json_object_set_new(object, "operator", toc_cli_text(duty->operator_id));
        (void)json_object_set_new(object, "due_us", toc_cli_time_json(duty->due));
        (void)json_object_set_new(object, "done_us", toc_cli_time_json(duty->done_at));
        (void)json_object_set_new(object, "on_time", json_boolean(duty->on_time));
        (void)json_object_set_new(
            object, "evidence",
            json_pack("[I,I]", (json_int_t)duty->started_entry, (json_int_t)duty->done_entry));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static void print_json(toc_cli_call *call, toc_measures *const *measures, size_t count) {
    json_t *records = json_array();
    for (size_t i = 0; i < count; i++) {
        toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures[i]));
        json_t *object = json_object();
        (void)json_object_set_new(object, "title", toc_cli_text(meta.title));
        (void)json_object_set_new(object, "policy", toc_cli_text(meta.policy));
        (void)json_object_set_new(object, "seed", json_integer((json_int_t)meta.seed));
        (void)json_object_set_new(object, "services", services_json(measures[i]));
        (void)json_object_set_new(object, "objectives", objectives_json(measures[i]));
        (void)json_object_set_new(object, "duties", duties_json(measures[i]));
        (void)json_array_append_new(records, object);
    }
    json_t *document = json_object();
    (void)json_object_set_new(document, "n", json_integer((json_int_t)count));
    (void)json_object_set_new(document, "records", records);
    toc_cli_print_json(call, document);
}

static void print_table(const toc_measures *measures) {
    toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures));
    size_t met = 0, on_time = 0;
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        met += toc_measure_objective_at(measures, i)->met;
    }
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        on_time += toc_measure_duty_at(measures, i)->on_time;
    }
    char title[256], policy[64];
    (void)printf("%s, played by %s: %zu of %zu objectives met, %zu of %zu duties in time\n",
                 toc_problems_show(meta.title, title, sizeof title),
                 toc_problems_show(meta.policy, policy, sizeof policy), met,
                 toc_measure_objectives(measures), on_time, toc_measure_duties(measures));
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        (void)printf("  %-12s %-14s %12.3f %s\xc2\xb7h not supplied, %.0f people-hours\n",
                     service->id, service->operator_id, service->loss_integral, service->unit,
                     service->people_hours_lost);
    }
}

static toc_status write_report(toc_cli_call *call, toc_measures *const *measures, size_t count) {
    const char *path = toc_cli_value(call, "output");
    if (path == NULL) {
        return TOC_OK;
    }
    toc_formats_buffer page = {0};
    toc_status status =
        toc_report_write((const toc_measures *const *)measures, count, call->problems, &page);
    if (status == TOC_OK) {
        status = toc_formats_save(path, &page, call->problems);
    }
    if (status == TOC_OK) {
        toc_cli_say(call, "The report is %s.", path);
    }
    toc_formats_buffer_finish(&page);
    return status;
}

static toc_status run(toc_cli_call *call) {
    toc_record *records[MOST_RECORDS] = {NULL};
    toc_measures *measures[MOST_RECORDS] = {NULL};
    size_t count = call->argument_count;
    toc_status status = TOC_OK;
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = toc_record_open(call->arguments[i], call->problems, &records[i]);
        if (status == TOC_OK) {
            status = toc_measure_create(records[i], call->problems, &measures[i]);
        }
    }
    if (status == TOC_OK) {
        status = write_report(call, measures, count);
    }
    if (status == TOC_OK && call->json) {
        print_json(call, measures, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (status == TOC_OK && !call->json) {
            print_table(measures[i]);
        }
        toc_measure_destroy(measures[i]);
        toc_record_close(records[i]);
    }
    return status;
}

const toc_cli_command toc_score_command = {
    .name = "score",
    .usage = "FILE.drill... [-o report.html]",
    .sentence = "what a drill was worth: measures, and a report",
    .example = "tocsin score evening.drill -o report.html",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = MOST_RECORDS,
    .run = run,
};
