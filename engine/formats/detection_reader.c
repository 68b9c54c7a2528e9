#include "formats/detection_reader.h"

#include "formats/network_reader.h"
#include "formats/topology_value.h"
#include "model/builder_detection.h"

#include <stdio.h>
#include <string.h>

enum { MILLION = 1000000 };
static const char blanks[] = " \t\r\n";

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

static bool has(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_has(reader, attribute);
}

/* "3/d" or "0.1/h": so often, and so that mean time apart. */
static void read_rate(toc_topology_reader *reader, toc_topology_attribute attribute,
                      toc_time *out) {
    static const char *const units[] = {"d", "h", "min", "s"};
    static const toc_time lengths[] = {24 * TOC_HOUR, TOC_HOUR, TOC_MINUTE, TOC_SECOND};
    const char *value = text(reader, attribute), *slash = strchr(value, '/');
    char digits[32];
    int64_t often = 0;
    size_t length = (size_t)(slash - value);
    if (length < sizeof digits && strspn(value, "0123456789.") == length) {
        (void)snprintf(digits, sizeof digits, "%.*s", (int)length, value);
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            if (strcmp(slash + 1, units[i]) == 0 &&
                toc_unit_parse_number(digits, MILLION, &often) && often > 0) {
                *out = lengths[i] * MILLION / often;
                return;
            }
        }
    }
    toc_topology_value_wrong(reader, attribute, "a rate like '3/d' or '0.1/h', or a time like '8h'",
                             NULL);
}

/* A mean time, or a rate; never is said by saying nothing. */
static void read_mean(toc_topology_reader *reader, toc_topology_attribute attribute,
                      toc_time *out) {
    if (strchr(text(reader, attribute), '/') != NULL) {
        read_rate(reader, attribute, out);
        return;
    }
    toc_topology_value_time(reader, attribute, out);
    if (has(reader, attribute) && *out == 0) {
        toc_topology_value_wrong(reader, attribute, "a time above 0; leave it out for never", NULL);
    }
}

static void check_techniques(toc_topology_reader *reader) {
    const char *list = text(reader, TOC_SENSOR_TECHNIQUES);
    char id[16];
    bool good = !has(reader, TOC_SENSOR_TECHNIQUES) || list[strspn(list, blanks)] != '\0';
    for (list += strspn(list, blanks); good && *list != '\0'; list += strspn(list, blanks)) {
        size_t length = strcspn(list, blanks);
        (void)snprintf(id, sizeof id, "%.*s", (int)length, list);
        good = length < sizeof id && toc_network_reader_is_technique(id);
        list += length;
    }
    if (!good) {
        toc_topology_value_wrong(reader, TOC_SENSOR_TECHNIQUES,
                                 "ATT&CK techniques, like 'T0812 T0855'", NULL);
    }
}

void toc_detection_reader_sensor(toc_topology_reader *reader) {
    toc_sensor_spec spec = {.id = text(reader, TOC_SENSOR_ID),
                            .operator_id = text(reader, TOC_SENSOR_OPERATOR),
                            .on = text(reader, TOC_SENSOR_ON),
                            .covers = text(reader, TOC_SENSOR_COVERS),
                            .techniques = text(reader, TOC_SENSOR_TECHNIQUES),
                            .place = toc_xml_cursor_place(reader->cursor)};
    check_techniques(reader);
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
