#include "formats/topology_value.h"

#include "formats/plain_number.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

static toc_place place_of(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_xml_cursor_attribute_place(reader->cursor,
                                          toc_topology_word_attribute(attribute)->name);
}

void toc_topology_value_wrong(toc_topology_reader *reader, toc_topology_attribute attribute,
                              const char *expected, const char *nearest) {
    const char *name = toc_topology_word_attribute(attribute)->name;
    const char *found = toc_topology_value_text(reader, attribute);
    (void)toc_problems_error(
        reader->problems, place_of(reader, attribute), "<%s %s=\"%.80s%s\">: expected %s%s%s%s",
        toc_topology_word_element(reader->element)->name, name, found,
        strlen(found) > 80 ? "..." : "", expected, nearest != NULL ? " (nearest: '" : "",
        nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
}

bool toc_topology_value_has(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return reader->values[attribute] != NULL;
}

const char *toc_topology_value_text(const toc_topology_reader *reader,
                                    toc_topology_attribute attribute) {
    const char *value = reader->values[attribute];
    return value != NULL ? value : "";
}

int toc_topology_value_word(toc_topology_reader *reader, toc_topology_attribute attribute,
                            const char *const *words, int fallback) {
    const char *value = reader->values[attribute];
    char expected[300] = "";
    size_t length = 0;
    int count = 0;
    if (value == NULL) {
        return fallback;
    }
    for (; words[count] != NULL; count++) {
        if (toc_names_same(words[count], value)) {
            return count;
        }
    }
    for (int i = 0; i < count && length < sizeof expected; i++) {
        const char *separator = i == 0 ? "" : i == count - 1 ? " or " : ", ";
        int added =
            snprintf(expected + length, sizeof expected - length, "%s%s", separator, words[i]);
        length += added > 0 ? (size_t)added : 0;
    }
    toc_topology_value_wrong(reader, attribute, expected,
                             toc_names_nearest_of(words, (size_t)count, value));
    return fallback;
}

bool toc_topology_value_yes(toc_topology_reader *reader, toc_topology_attribute attribute) {
    static const char *const answers[] = {"no", "yes", NULL};
    return toc_topology_value_word(reader, attribute, answers, 0) == 1;
}

void toc_topology_value_whole(toc_topology_reader *reader, toc_topology_attribute attribute,
                              int64_t most, int64_t *out) {
    const char *value = reader->values[attribute];
    char expected[80];
    if (value == NULL || toc_plain_number_whole(value, 0, most, out)) {
        return;
    }
    (void)snprintf(expected, sizeof expected, "a whole number from 0 to %lld", (long long)most);
    toc_topology_value_wrong(reader, attribute, expected, NULL);
}

/* toc_unit_parse_number with nothing before or behind the number. */
static bool read_number(const char *text, int64_t base, int64_t *out) {
    size_t length = strlen(text);
    return length > 0 && strspn(text, "0123456789.+-eE") == length &&
           toc_unit_parse_number(text, base, out);
}

void toc_topology_value_amount(toc_topology_reader *reader, toc_topology_attribute attribute,
                               int64_t base, int64_t *out) {
    const char *value = reader->values[attribute];
    int64_t amount;
    if (value == NULL) {
        return;
    }
    if (!read_number(value, base, &amount)) {
        toc_topology_value_wrong(reader, attribute, "a number that fits", NULL);
    } else if (value[0] == '-') {
        toc_topology_value_wrong(reader, attribute, "a number that is not negative", NULL);
    } else {
        *out = amount;
    }
}

void toc_topology_value_ppm(toc_topology_reader *reader, toc_topology_attribute attribute,
                            int64_t most, int64_t *out) {
    const char *value = reader->values[attribute];
    char expected[80];
    int64_t ppm;
    if (value == NULL) {
        return;
    }
    if (read_number(value, 1000000, &ppm) && value[0] != '-' && ppm <= most * 1000000) {
        *out = ppm;
        return;
    }
    (void)snprintf(expected, sizeof expected, "a number between 0 and %lld", (long long)most);
    toc_topology_value_wrong(reader, attribute, expected, NULL);
}

void toc_topology_value_km(toc_topology_reader *reader, toc_topology_attribute attribute,
                           int32_t *out) {
    const int64_t limit_m = 100000000;
    const char *value = reader->values[attribute];
    int64_t metres;
    if (value == NULL) {
        return;
    }
    if (read_number(value, 1000, &metres) && metres >= -limit_m && metres <= limit_m) {
        *out = (int32_t)metres;
        return;
    }
    toc_topology_value_wrong(reader, attribute, "kilometres between -100000 and 100000", NULL);
}

void toc_topology_value_real(toc_topology_reader *reader, toc_topology_attribute attribute,
                             double *out) {
    const char *value = reader->values[attribute];
    if (value != NULL && !toc_plain_number_read(value, out)) {
        toc_topology_value_wrong(reader, attribute, "a number", NULL);
    }
}

void toc_topology_value_time(toc_topology_reader *reader, toc_topology_attribute attribute,
                             toc_time *out) {
    const char *value = reader->values[attribute];
    if (value != NULL && !toc_unit_parse_time(value, out)) {
        toc_topology_value_wrong(reader, attribute, "a time like '8h', '20min' or '1h30min'", NULL);
    }
}

/* Number and unit, in parts of the unit's base: 1000 for thousandths. Tells what is wrong. */
static bool read_quantity(toc_topology_reader *reader, toc_topology_attribute attribute,
                          const char *dimension, const char *example, int64_t parts, int64_t *out) {
    const char *value = reader->values[attribute], *nearest = NULL;
    size_t number = strspn(value, "0123456789.+-eE ");
    const toc_unit *unit = NULL;
    char expected[120], digits[64];
    int64_t quantity;
    if (toc_unit_parse(value, &quantity, &unit) && strcmp(unit->dimension, dimension) == 0 &&
        number < sizeof digits) {
        (void)snprintf(digits, sizeof digits, "%.*s", (int)number, value);
        if (quantity < 0) {
            toc_topology_value_wrong(reader, attribute, "a quantity that is not negative", NULL);
            return false;
        }
        if (toc_unit_parse_number(digits, unit->base * parts, out)) {
            return true;
        }
    }
    if (unit == NULL) {
        nearest = toc_unit_nearest(value + number);
    }
    (void)snprintf(expected, sizeof expected, "a number and a unit of %s, like '%s'", dimension,
                   example);
    toc_topology_value_wrong(reader, attribute, expected, nearest);
    return false;
}

void toc_topology_value_quantity(toc_topology_reader *reader, toc_topology_attribute attribute,
                                 const char *dimension, const char *example, int64_t *out) {
    int64_t quantity;
    if (reader->values[attribute] != NULL &&
        read_quantity(reader, attribute, dimension, example, 1, &quantity)) {
        *out = quantity;
    }
}

void toc_topology_value_any(toc_topology_reader *reader, toc_topology_attribute attribute,
                            const char *example, int64_t *out, const toc_unit **out_unit) {
    const char *value = reader->values[attribute];
    const toc_unit *unit = NULL;
    int64_t quantity = 0;
    if (value == NULL) {
        return;
    }
    (void)toc_unit_parse(value, &quantity, &unit);
    if (read_quantity(reader, attribute, unit != NULL ? unit->dimension : "what is carried",
                      example, 1, &quantity)) {
        *out = quantity;
        *out_unit = unit;
    }
}

void toc_topology_value_milliwatts(toc_topology_reader *reader, toc_topology_attribute attribute,
                                   int64_t *out) {
    int64_t quantity;
    if (reader->values[attribute] != NULL &&
        read_quantity(reader, attribute, "power", "163MW", 1000, &quantity)) {
        *out = quantity;
    }
}

const toc_unit *toc_topology_value_unit(toc_topology_reader *reader,
                                        toc_topology_attribute attribute) {
    const char *value = reader->values[attribute];
    const toc_unit *unit = value != NULL ? toc_unit_find(value) : NULL;
    if (unit == NULL && value != NULL) {
        toc_topology_value_wrong(reader, attribute, "a unit, like 'MW', 'm3/h' or 'people'",
                                 toc_unit_nearest(value));
    }
    return unit;
}
