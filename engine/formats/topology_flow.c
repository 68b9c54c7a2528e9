#include "formats/topology_flow.h"

#include "formats/topology_value.h"
#include "kernel/list.h"

#include <string.h>

static bool has(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_has(reader, attribute);
}

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

static toc_place place(const toc_topology_reader *reader) {
    return toc_xml_cursor_place(reader->cursor);
}

void toc_topology_flow_read_demand(toc_topology_reader *reader) {
    int64_t priority = 0;
    if (!has(reader, TOC_PROVIDES_PRIORITY) && !has(reader, TOC_PROVIDES_PATTERN)) {
        return;
    }
    toc_topology_value_whole(reader, TOC_PROVIDES_PRIORITY, 9, &priority);
    if (has(reader, TOC_PROVIDES_PRIORITY) && priority == 0) {
        toc_topology_value_wrong(reader, TOC_PROVIDES_PRIORITY,
                                 "1 (served first) to 9 (served last)", NULL);
    }
    toc_builder_demand(reader->builder, (unsigned)priority, text(reader, TOC_PROVIDES_PATTERN));
}

/* Unlimited is said by saying nothing. */
static void read_rate(toc_topology_reader *reader, toc_topology_attribute attribute, int64_t base,
                      int64_t *out) {
    toc_topology_value_amount(reader, attribute, base, out);
    if (has(reader, attribute) && *out == 0) {
        toc_topology_value_wrong(reader, attribute,
                                 "a rate above 0; without a rate there is no limit", NULL);
    }
}

void toc_topology_flow_read_supplies(toc_topology_reader *reader) {
    toc_flow_spec spec = {.service = text(reader, TOC_SUPPLIES_SERVICE),
                          .unit = toc_topology_value_unit(reader, TOC_SUPPLIES_UNIT),
                          .place = place(reader)};
    read_rate(reader, TOC_SUPPLIES_RATE, spec.unit != NULL ? spec.unit->base : 1, &spec.rate);
    toc_builder_supplies(reader->builder, &spec);
}

void toc_topology_flow_read_passes(toc_topology_reader *reader) {
    toc_flow_spec spec = {.service = text(reader, TOC_PASSES_SERVICE),
                          .unit = toc_topology_value_unit(reader, TOC_PASSES_UNIT),
                          .place = place(reader)};
    read_rate(reader, TOC_PASSES_RATE, spec.unit != NULL ? spec.unit->base : 1, &spec.rate);
    toc_builder_passes(reader->builder, &spec);
}

static void read_height(toc_topology_reader *reader, toc_topology_attribute attribute,
                        int32_t *out) {
    int64_t millimetres = *out;
    toc_topology_value_quantity(reader, attribute, "length", "4.5m", &millimetres);
    if (millimetres > INT32_MAX) {
        toc_topology_value_wrong(reader, attribute, "a length below 2147km", NULL);
        return;
    }
    *out = (int32_t)millimetres;
}

/* A tank begins at its least level where nothing else is said. */
void toc_topology_flow_read_tank(toc_topology_reader *reader) {
    const toc_unit *unit = toc_topology_value_unit(reader, TOC_TANK_UNIT);
    toc_tank_spec spec = {.service = text(reader, TOC_TANK_SERVICE), .place = place(reader)};
    if (unit != NULL && strcmp(unit->dimension, "volume") != 0) {
        toc_topology_value_wrong(reader, TOC_TANK_UNIT, "a unit of volume, like 'm3'", NULL);
        unit = NULL;
    }
    spec.volume = 1;
    spec.height_mm = 1;
    toc_topology_value_amount(reader, TOC_TANK_VOLUME, unit != NULL ? unit->base : 1, &spec.volume);
    read_height(reader, TOC_TANK_HEIGHT, &spec.height_mm);
    read_height(reader, TOC_TANK_LEAST, &spec.least_mm);
    spec.begins_mm = spec.least_mm;
    read_height(reader, TOC_TANK_BEGINS, &spec.begins_mm);
    toc_topology_value_quantity(reader, TOC_TANK_FILL, "flow", "50L/s", &spec.fill);
    toc_topology_value_quantity(reader, TOC_TANK_GIVE, "flow", "50L/s", &spec.give);
    spec.overflows = toc_topology_value_yes(reader, TOC_TANK_OVERFLOW);
    toc_builder_tank(reader->builder, &spec);
}

void toc_topology_flow_read_link(toc_topology_reader *reader, toc_link_spec *spec) {
    spec->carries = text(reader, TOC_LINK_CARRIES);
    spec->one_way = toc_topology_value_yes(reader, TOC_LINK_ONE_WAY);
    if (!has(reader, TOC_LINK_CARRIES)) {
        toc_topology_value_quantity(reader, TOC_LINK_RATING,
                                    toc_topology_word_unit(spec->kind)->dimension,
                                    toc_topology_word_example(spec->kind), &spec->rating);
        return;
    }
    toc_topology_value_any(reader, TOC_LINK_RATING, toc_topology_word_example(spec->kind),
                           &spec->rating, &spec->rated_in);
}

static void read_factors(toc_topology_reader *reader, toc_list *factors) {
    const char *left = text(reader, TOC_PATTERN_FACTORS);
    for (left += strspn(left, " \t\r\n"); *left != '\0'; left += strspn(left, " \t\r\n")) {
        size_t length = strcspn(left, " \t\r\n");
        char number[64];
        int64_t factor = -1;
        if (length < sizeof number) {
            memcpy(number, left, length);
            number[length] = '\0';
        }
        if (length >= sizeof number || !toc_unit_parse_number(number, 1000000, &factor) ||
            number[0] == '-') {
            toc_topology_value_wrong(reader, TOC_PATTERN_FACTORS,
                                     "numbers from 0 up, with blanks between them", NULL);
            return;
        }
        *(int64_t *)toc_list_add(factors, sizeof factor) = factor;
        left += length;
    }
}

void toc_topology_flow_read_pattern(toc_topology_reader *reader) {
    toc_pattern_spec spec = {.id = text(reader, TOC_PATTERN_ID), .place = place(reader)};
    toc_list factors = {0};
    spec.step = TOC_HOUR;
    toc_topology_value_time(reader, TOC_PATTERN_STEP, &spec.step);
    read_factors(reader, &factors);
    spec.factors_ppm = factors.items;
    spec.factor_count = factors.count;
    toc_builder_pattern(reader->builder, &spec);
    toc_list_finish(&factors);
}

void toc_topology_flow_read_control(toc_topology_reader *reader) {
    static const char *const deeds[] = {"off", "on", "close", "open", NULL};
    toc_control_spec spec = {.of = text(reader, TOC_CONTROL_OF),
                             .by = text(reader, TOC_CONTROL_BY),
                             .sees = text(reader, TOC_CONTROL_SEES),
                             .through = text(reader, TOC_CONTROL_THROUGH),
                             .place = place(reader)};
    int said = (has(reader, TOC_CONTROL_BELOW) ? 1 : 0) + (has(reader, TOC_CONTROL_ABOVE) ? 1 : 0) +
               (has(reader, TOC_CONTROL_AT) ? 1 : 0);
    if (said != 1 || has(reader, TOC_CONTROL_AT) == has(reader, TOC_CONTROL_SEES)) {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "<control> wants 'sees' with 'below' or 'above', or 'at' alone");
        return;
    }
    spec.sense = has(reader, TOC_CONTROL_BELOW)   ? TOC_WHEN_BELOW
                 : has(reader, TOC_CONTROL_ABOVE) ? TOC_WHEN_ABOVE
                                                  : TOC_WHEN_AT;
    read_height(reader, TOC_CONTROL_BELOW, &spec.level_mm);
    read_height(reader, TOC_CONTROL_ABOVE, &spec.level_mm);
    toc_topology_value_time(reader, TOC_CONTROL_AT, &spec.at);
    spec.on = toc_topology_value_word(reader, TOC_CONTROL_THEN, deeds, 0) % 2 == 1;
    toc_builder_control(reader->builder, &spec);
}
