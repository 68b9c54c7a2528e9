#include "formats/detection_writer.h"

#include "formats/paper.h"
#include "formats/plain_number.h"

static void share(toc_formats_buffer *buffer, const char *name, int64_t ppm) {
    char number[48];
    (void)toc_plain_number_scaled(ppm, 1000000, number, sizeof number);
    toc_paper_attribute(buffer, name, number);
}

static void write_sensor(const toc_topology *topology, const toc_sensor *sensor,
                         toc_formats_buffer *buffer) {
    const char *before = " covers=\"";
    toc_paper_text(buffer, "  <sensor");
    toc_paper_attribute(buffer, "id", sensor->id);
    toc_paper_attribute(buffer, "operator", topology->operators[sensor->operator_index].id);
    if (sensor->on != TOC_INDEX_NONE) {
        toc_paper_attribute(buffer, "on", topology->assets[sensor->on].id);
    }
    for (uint32_t i = 0; i < sensor->cover_count; i++) {
        toc_paper_text(buffer, before);
        toc_paper_xml(buffer, topology->assets[topology->covers[sensor->first_cover + i]].id);
        before = " ";
    }
    toc_paper_text(buffer, sensor->cover_count > 0 ? "\"" : " covers=\"\"");
    if (sensor->techniques[0] != '\0') {
        toc_paper_attribute(buffer, "techniques", sensor->techniques);
    }
    if (sensor->chance_ppm != 0) {
        share(buffer, "chance", sensor->chance_ppm);
    }
    if (sensor->dwell != 0) {
        toc_paper_time(buffer, "dwell", sensor->dwell);
    }
    if (sensor->false_every != 0) {
        toc_paper_time(buffer, "false", sensor->false_every);
    }
    toc_paper_text(buffer, "/>\n");
}

static void write_analysts(const toc_topology *topology, const toc_analysts *analysts,
                           toc_formats_buffer *buffer) {
    toc_paper_text(buffer, "  <analysts");
    toc_paper_attribute(buffer, "operator", topology->operators[analysts->operator_index].id);
    toc_paper_format(buffer, " size=\"%lu\"", (unsigned long)analysts->size);
    if (analysts->mean != 0) {
        toc_paper_time(buffer, "mean", analysts->mean);
    } else {
        toc_paper_time(buffer, "median", analysts->median);
        share(buffer, "spread", analysts->spread_ppm);
    }
    if (analysts->hunt_every != 0) {
        toc_paper_time(buffer, "hunts", analysts->hunt_every);
        toc_paper_format(buffer, " looks=\"%lu\"", (unsigned long)analysts->hunt_looks);
        share(buffer, "finds", analysts->hunt_ppm);
    }
    toc_paper_text(buffer, "/>\n");
}

void toc_detection_writer_all(const toc_topology *topology, toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < topology->sensor_count; i++) {
        write_sensor(topology, &topology->sensors[i], buffer);
    }
    for (uint32_t i = 0; i < topology->analysts_count; i++) {
        write_analysts(topology, &topology->analysts[i], buffer);
    }
}
