#include "formats/detection_reader.h"

#include "formats/topology_value.h"
#include "model/builder_detection.h"

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

static bool has(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_has(reader, attribute);
}

/* A mean time; never is said by saying nothing. */
static void read_mean(toc_topology_reader *reader, toc_topology_attribute attribute,
                      toc_time *out) {
    toc_topology_value_time(reader, attribute, out);
    if (has(reader, attribute) && *out == 0) {
        toc_topology_value_wrong(reader, attribute, "a time above 0; leave it out for never", NULL);
    }
}

void toc_detection_reader_sensor(toc_topology_reader *reader) {
    toc_sensor_spec spec = {.id = text(reader, TOC_SENSOR_ID),
                            .operator_id = text(reader, TOC_SENSOR_OPERATOR),
                            .on = text(reader, TOC_SENSOR_ON),
                            .covers = text(reader, TOC_SENSOR_COVERS),
                            .place = toc_xml_cursor_place(reader->cursor)};
    toc_topology_value_ppm(reader, TOC_SENSOR_CHANCE, 1, &spec.chance_ppm);
    read_mean(reader, TOC_SENSOR_DWELL, &spec.dwell);
    read_mean(reader, TOC_SENSOR_FALSE, &spec.false_every);
    toc_builder_detection_sensor(reader->builder, &spec);
}

static void read_hunts(toc_topology_reader *reader, toc_analysts_spec *spec) {
    int64_t looks = 2;
    spec->hunt_ppm = 600000;
    read_mean(reader, TOC_ANALYSTS_HUNTS, &spec->hunt_every);
    toc_topology_value_whole(reader, TOC_ANALYSTS_LOOKS, 1000000, &looks);
    toc_topology_value_ppm(reader, TOC_ANALYSTS_FINDS, 1, &spec->hunt_ppm);
    spec->hunt_looks = (uint32_t)looks;
    if (!has(reader, TOC_ANALYSTS_HUNTS) &&
        (has(reader, TOC_ANALYSTS_LOOKS) || has(reader, TOC_ANALYSTS_FINDS))) {
        toc_topology_value_wrong(
            reader, has(reader, TOC_ANALYSTS_LOOKS) ? TOC_ANALYSTS_LOOKS : TOC_ANALYSTS_FINDS,
            "hunts=\"8h\" beside it, for how often they hunt", NULL);
    }
}

/* Two people, twenty minutes each time: planning values of ours. */
void toc_detection_reader_analysts(toc_topology_reader *reader) {
    toc_analysts_spec spec = {.operator_id = text(reader, TOC_ANALYSTS_OPERATOR),
                              .median = 20 * TOC_MINUTE,
                              .spread_ppm = 500000,
                              .place = toc_xml_cursor_place(reader->cursor)};
    int64_t size = 2;
    toc_topology_value_whole(reader, TOC_ANALYSTS_SIZE, 1000, &size);
    spec.size = (uint32_t)size;
    read_mean(reader, TOC_ANALYSTS_MEDIAN, &spec.median);
    toc_topology_value_ppm(reader, TOC_ANALYSTS_SPREAD, 5, &spec.spread_ppm);
    read_mean(reader, TOC_ANALYSTS_MEAN, &spec.mean);
    if (has(reader, TOC_ANALYSTS_MEAN) &&
        (has(reader, TOC_ANALYSTS_MEDIAN) || has(reader, TOC_ANALYSTS_SPREAD))) {
        toc_topology_value_wrong(reader, TOC_ANALYSTS_MEAN,
                                 "either a mean (exponential) or median and spread (lognormal)",
                                 NULL);
    }
    read_hunts(reader, &spec);
    toc_builder_detection_analysts(reader->builder, &spec);
}
