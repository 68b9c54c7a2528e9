/* score: measures of records, and their report. */
#include "cli/command.h"

#include "cli/measured.h"
#include "evaluation/report.h"
#include "tocsin/record.h"

enum { MOST_RECORDS = 16 };

static const toc_cli_option options[] = {
    {"output", "FILE", "the report (-o report.html)"},
    {"language", "L", "texts of the scenario in en (the default) or zh"},
};

static void print_json(toc_cli_call *call, toc_measures *const *measures, size_t count) {
    json_t *records = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(records, toc_measured_json(measures[i]));
    }
    json_t *document = json_object();
    (void)json_object_set_new(document, "n", json_integer((json_int_t)count));
    (void)json_object_set_new(document, "records", records);
    toc_cli_print_json(call, document);
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
    const char *language = NULL;
    toc_status status = toc_cli_language(call, &language);
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = toc_record_open(call->arguments[i], call->problems, &records[i]);
        if (status == TOC_OK) {
            toc_record_speak(records[i], language);
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
            toc_measured_print(measures[i]);
        }
        toc_measure_destroy(measures[i]);
        toc_record_close(records[i]);
    }
    return status;
}

const toc_cli_command toc_score_command = {
    .name = "score",
    .usage = "FILE.drill... [-o report.html] [--language L]",
    .sentence = "what a drill was worth: measures, and a report",
    .example = "tocsin score evening.drill -o report.html",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = MOST_RECORDS,
    .run = run,
};
