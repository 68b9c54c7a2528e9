/* draw: a topology as a picture. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/map.h"
#include "evaluation/instant.h"
#include "evaluation/measure.h"
#include "tocsin/formats.h"
#include "tocsin/record.h"

enum { LARGEST = 16384 };

static const toc_cli_option options[] = {
    {"output", "FILE", "where it goes: -o map.svg, .png or .pdf"},
    {"theme", "NAME", "light (the default) or dark"},
    {"width", "N", "pixels or points; 1600 where it is not said"},
    {"height", "N", "pixels or points; 1000 where it is not said"},
    {"needs", NULL, "dependencies as well"},
    {"at", "T", "a record's map at this drill time (3h07m); its end where it is not said"},
};

static toc_status draw_record(toc_cli_call *call, toc_map_request *request,
                              toc_formats_buffer *picture) {
    toc_record *record = NULL;
    toc_measures *measures = NULL;
    toc_time until = TOC_NEVER;
    toc_status status = toc_cli_time(call, "at", &until);
    if (status == TOC_OK) {
        status = toc_record_open(call->arguments[0], call->problems, &record);
    }
    if (status == TOC_OK) {
        status = toc_measure_create(record, call->problems, &measures);
    }
    if (status == TOC_OK) {
        toc_record_meta meta = toc_record_meta_of(record);
        uint8_t *states = toc_instant_states(measures, until);
        char subtitle[160], when[64];
        (void)toc_time_print(until == TOC_NEVER ? meta.ended_at : until, when, sizeof when);
        (void)snprintf(subtitle, sizeof subtitle, "%.80s at %s", meta.title, when);
        request->subtitle = subtitle;
        request->states = states;
        request->classification = toc_measure_facts_of(measures).classification;
        request->topology = toc_measure_topology(measures);
        status = toc_map_draw(request, call->problems, picture);
        free(states);
    }
    toc_measure_destroy(measures);
    toc_record_close(record);
    return status;
}

static toc_status draw_topology(toc_cli_call *call, toc_map_request *request,
                                toc_formats_buffer *picture) {
    toc_topology *topology = NULL;
    toc_status status = toc_formats_load_topology(call->arguments[0], call->problems, &topology);
    if (status == TOC_OK) {
        request->topology = topology;
        status = toc_map_draw(request, call->problems, picture);
    }
    toc_topology_destroy(topology);
    return status;
}

static toc_status read_request(toc_cli_call *call, toc_map_request *request) {
    uint64_t width = 1600, height = 1000;
    const char *path = toc_cli_value(call, "output");
    const char *theme = toc_cli_value(call, "theme");
    if (path == NULL) {
        return toc_cli_usage(call, "say where the picture goes: -o map.svg");
    }
    request->format = toc_map_format_of(path);
    if (request->format == TOC_MAP_FORMATS) {
        return toc_cli_usage(call, "'%s' should end in .svg, .png or .pdf", path);
    }
    request->theme = theme == NULL ? NULL : toc_theme_find(theme);
    if (theme != NULL && request->theme == NULL) {
        return toc_cli_usage(call, "there is no theme '%s'; there are light and dark", theme);
    }
    toc_status status = toc_cli_number(call, "width", &width);
    if (status == TOC_OK) {
        status = toc_cli_number(call, "height", &height);
    }
    if (status == TOC_OK && (width < 64 || height < 64 || width > LARGEST || height > LARGEST)) {
        status = toc_cli_usage(call, "width and height lie between 64 and %d", LARGEST);
    }
    request->width = (int)width;
    request->height = (int)height;
    request->needs = toc_cli_value(call, "needs") != NULL;
    return status;
}

static bool is_record(const char *path) {
    size_t length = strlen(path);
    return length > 6 && strcmp(path + length - 6, ".drill") == 0;
}

static toc_status run(toc_cli_call *call) {
    toc_map_request request = {0};
    toc_formats_buffer picture = {0};
    toc_status status = read_request(call, &request);
    if (status == TOC_OK) {
        status = is_record(call->arguments[0]) ? draw_record(call, &request, &picture)
                                               : draw_topology(call, &request, &picture);
    }
    if (status == TOC_OK) {
        status = toc_formats_save(toc_cli_value(call, "output"), &picture, call->problems);
    }
    if (status == TOC_OK && call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "output", toc_cli_text(toc_cli_value(call, "output")));
        (void)json_object_set_new(document, "bytes", json_integer((json_int_t)picture.size));
        toc_cli_print_json(call, document);
    } else if (status == TOC_OK) {
        toc_cli_say(call, "The picture is %s.", toc_cli_value(call, "output"));
    }
    toc_formats_buffer_finish(&picture);
    return status;
}

const toc_cli_command toc_draw_command = {
    .name = "draw",
    .usage = "TOPOLOGY|FILE.drill -o map.svg|.png|.pdf",
    .sentence = "draws the map",
    .example = "tocsin draw scenarios/ukraine-2015/topology.xml -o map.svg",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
