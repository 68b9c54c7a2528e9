#include "formats/epanet_reading.h"

#include "formats/plain_number.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

toc_place toc_epanet_reading_place(const toc_epanet_reading *reading, uint32_t word) {
    uint32_t column = word < reading->words.count ? reading->words.column[word] : 0;
    return (toc_place){reading->text.file, reading->words.line, column};
}

void toc_epanet_reading_wrong(toc_epanet_reading *reading, uint32_t word, const char *format, ...) {
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)toc_problems_error(reading->problems, toc_epanet_reading_place(reading, word), "%s",
                             text);
    reading->failed = true;
}

const char *toc_epanet_reading_word(const toc_epanet_reading *reading, uint32_t word) {
    return word < reading->words.count ? reading->words.word[word] : "";
}

bool toc_epanet_reading_has(toc_epanet_reading *reading, uint32_t count, const char *expected) {
    if (reading->words.count >= count) {
        return true;
    }
    toc_epanet_reading_wrong(reading, TOC_NONE, "this line ends too early; expected: %s", expected);
    return false;
}

bool toc_epanet_reading_number(toc_epanet_reading *reading, uint32_t word, const char *what,
                               double low, double high, double *out) {
    const char *text = toc_epanet_reading_word(reading, word);
    double value;
    if (text[0] == '\0') {
        return true;
    }
    if (!toc_plain_number_read(text, &value)) {
        toc_epanet_reading_wrong(reading, word, "%s is '%.40s'; expected a number", what, text);
        return false;
    }
    if (!(value >= low && value <= high)) {
        toc_epanet_reading_wrong(reading, word, "%s is %.40s; expected a number from %g to %g",
                                 what, text, low, high);
        return false;
    }
    *out = value;
    return true;
}

uint32_t toc_epanet_reading_find(toc_epanet_reading *reading, uint32_t word, const char *what,
                                 const toc_names *ids) {
    const char *id = toc_epanet_reading_word(reading, word), *nearest;
    uint32_t number = toc_names_find(ids, id);
    if (number != TOC_NONE) {
        return number;
    }
    nearest = strlen(id) < 100 ? toc_names_nearest(ids, id) : NULL;
    toc_epanet_reading_wrong(reading, word, "there is no %s '%.60s'%s%.60s%s", what, id,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
    return TOC_NONE;
}

bool toc_epanet_reading_enter(toc_epanet_reading *reading, toc_names *ids, const char *what,
                              uint32_t (*first_line)(const toc_epanet_network *network,
                                                     uint32_t number)) {
    const char *id = toc_epanet_reading_word(reading, 0);
    bool was_new, first_time;
    uint32_t number = toc_names_add(ids, id, &was_new);
    if (was_new) {
        return true;
    }
    (void)toc_names_add(reading->told, toc_arena_format(reading->network->arena, "%s %s", what, id),
                        &first_time);
    if (first_time) {
        toc_epanet_reading_wrong(reading, 0,
                                 "%s '%.60s' stands here again, first in line %u; expected every "
                                 "id once",
                                 what, id, first_line(reading->network, number));
    }
    return false;
}

double toc_epanet_reading_metre(const toc_epanet_reading *reading) {
    return reading->network->us_units ? 0.3048 : 1;
}

/* "2:15" or "2:15:30" in hours. */
static bool read_clock(const char *text, double *out_hours) {
    unsigned hours = 0, minutes = 0, seconds = 0;
    int used = 0;
    if (text[0] < '0' || text[0] > '9' ||
        sscanf(text, "%6u:%2u%n:%2u%n", &hours, &minutes, &used, &seconds, &used) < 2 ||
        text[used] != '\0' || minutes > 59 || seconds > 59) {
        return false;
    }
    *out_hours = hours + minutes / 60.0 + seconds / 3600.0;
    return true;
}

bool toc_epanet_reading_time(toc_epanet_reading *reading, uint32_t word, toc_time *out) {
    const char *text = toc_epanet_reading_word(reading, word);
    const char *unit = toc_epanet_reading_word(reading, word + 1);
    const double longest = 1e6;
    double hours;
    if (strchr(text, ':') != NULL) {
        if (!read_clock(text, &hours)) {
            hours = -1;
        }
    } else if (!toc_plain_number_read(text, &hours)) {
        hours = -1;
    } else if (toc_epanet_text_is(unit, "SEC")) {
        hours /= 3600;
    } else if (toc_epanet_text_is(unit, "MIN")) {
        hours /= 60;
    } else if (toc_epanet_text_is(unit, "DAY")) {
        hours *= 24;
    }
    if (toc_epanet_text_is(unit, "AM") || toc_epanet_text_is(unit, "PM")) {
        bool noon = hours >= 12 && hours < 13;
        hours = hours >= 13 ? -1 : noon ? hours - 12 : hours;
        hours += hours >= 0 && toc_epanet_text_is(unit, "PM") ? 12 : 0;
    }
    if (!(hours >= 0 && hours <= longest)) {
        toc_epanet_reading_wrong(reading, word,
                                 "found the time '%.40s'; expected one like 1:30, "
                                 "90 MIN, 1.5 or 6:30 AM",
                                 text);
        return false;
    }
    *out = (toc_time)(hours * 3600.0 + 0.5) * TOC_SECOND;
    return true;
}
