#include "papers/span.h"

#include <stdio.h>

#include "papers/phrase.h"

const char *toc_span_print(const char *language, toc_time span, char cell[TOC_SPAN_SIZE]) {
    static const struct {
        toc_time unit;
        toc_phrase_id name;
    } units[] = {{TOC_DAY, TOC_PHRASE_DAYS},
                 {TOC_HOUR, TOC_PHRASE_HOURS},
                 {TOC_MINUTE, TOC_PHRASE_MINUTES},
                 {TOC_SECOND, TOC_PHRASE_SECONDS}};
    int length = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        long count = (long)(span / units[i].unit);
        bool is_last = i + 1 == sizeof units / sizeof *units;
        if (count > 0 || (is_last && length == 0)) {
            length +=
                snprintf(cell + length, TOC_SPAN_SIZE - (size_t)length, "%s%ld %s",
                         length == 0 ? "" : " ", count, toc_phrase_in(language, units[i].name));
        }
        span -= count * units[i].unit;
    }
    return cell;
}

const char *toc_span_wall(toc_msel_clock clock, toc_time at, char cell[TOC_SPAN_SIZE]) {
    cell[0] = '\0';
    if (clock.known) {
        toc_time time = clock.time_of_day + at;
        int days = (int)(time / TOC_DAY), minutes = (int)(time % TOC_DAY / TOC_MINUTE);
        int begun = days > 0 ? snprintf(cell, TOC_SPAN_SIZE, "+%d d ", days) : 0;
        (void)snprintf(cell + begun, TOC_SPAN_SIZE - (size_t)begun, "%02d:%02d", minutes / 60,
                       minutes % 60);
    }
    return cell;
}
