#include "evaluation/moment.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char never[] = "\xe2\x80\x93";

static char *clock_text(toc_time time, char *buffer) {
    int64_t seconds = time / TOC_SECOND;
    int64_t days = seconds / 86400;
    int hours = (int)(seconds % 86400 / 3600);
    int minutes = (int)(seconds % 3600 / 60);
    if (days > 0) {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, "%" PRId64 " d %02d:%02d:%02d", days, hours,
                       minutes, (int)(seconds % 60));
    } else {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, "%02d:%02d:%02d", hours, minutes,
                       (int)(seconds % 60));
    }
    return buffer;
}

char *toc_moment_print(toc_time time, char *buffer) {
    if (time == TOC_NEVER) {
        return strcpy(buffer, never);
    }
    return clock_text(time, buffer);
}

char *toc_moment_span(toc_time time, char *buffer) {
    if (time == TOC_NEVER) {
        return strcpy(buffer, never);
    }
    const char *sign = time < 0 ? "\xe2\x88\x92" : "";
    int64_t seconds = ((time < 0 ? -time : time) + TOC_SECOND / 2) / TOC_SECOND;
    if (seconds < 60) {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, "%s%" PRId64 "\xc2\xa0s", sign, seconds);
    } else if (seconds < 3600 && seconds % 60 == 0) {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, "%s%" PRId64 "\xc2\xa0min", sign, seconds / 60);
    } else if (seconds < 3600) {
        (void)snprintf(buffer, TOC_MOMENT_SIZE,
                       "%s%" PRId64 "\xc2\xa0min\xc2\xa0%02" PRId64 "\xc2\xa0s", sign, seconds / 60,
                       seconds % 60);
    } else {
        int64_t minutes = (seconds + 30) / 60;
        (void)snprintf(buffer, TOC_MOMENT_SIZE,
                       "%s%" PRId64 "\xc2\xa0h\xc2\xa0%02" PRId64 "\xc2\xa0min", sign, minutes / 60,
                       minutes % 60);
    }
    return buffer;
}

/* Minutes since midnight, or -1. */
static int start_of_day(const char *starts) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    if (starts == NULL ||
        sscanf(starts, "%4d-%2d-%2d %2d:%2d", &year, &month, &day, &hour, &minute) != 5 ||
        hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return -1;
    }
    return hour * 60 + minute;
}

bool toc_moment_is_start(const char *starts) {
    return start_of_day(starts) >= 0;
}

toc_time toc_moment_of_day(const char *starts) {
    int minutes = start_of_day(starts);
    return minutes < 0 ? 0 : minutes * TOC_MINUTE;
}

char *toc_moment_local(const char *starts, toc_time time, char *buffer) {
    int start = start_of_day(starts);
    if (time == TOC_NEVER || start < 0) {
        return toc_moment_print(time, buffer);
    }
    int64_t seconds = start * INT64_C(60) + time / TOC_SECOND;
    (void)clock_text(seconds % 86400 * TOC_SECOND, buffer);
    if (seconds >= 86400) {
        size_t length = strlen(buffer);
        (void)snprintf(buffer + length, TOC_MOMENT_SIZE - length,
                       "\xc2\xa0"
                       "+%" PRId64 "\xc2\xa0"
                       "d",
                       seconds / 86400);
    }
    return buffer;
}

char *toc_moment_short(const char *starts, toc_time time, char *buffer) {
    int start = start_of_day(starts);
    int64_t minutes = (start < 0 ? 0 : start) + time / TOC_MINUTE;
    if (start >= 0) {
        minutes %= INT64_C(1440);
    }
    (void)snprintf(buffer, TOC_MOMENT_SIZE, "%" PRId64 ":%02" PRId64, minutes / 60, minutes % 60);
    return buffer;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

char *toc_moment_day(const char *starts, toc_time time, char *buffer) {
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int start = start_of_day(starts), year = 0, month = 0, day = 0;
    int64_t minutes = start + time / TOC_MINUTE;
    if (start < 0 || minutes % 1440 != 0 ||
        sscanf(starts, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12 ||
        day < 1 || day > days_of(year, month)) {
        return toc_moment_short(starts, time, buffer);
    }
    for (int64_t left = minutes / 1440; left > 0; left--) {
        if (++day > days_of(year, month)) {
            day = 1;
            year += month == 12;
            month = month % 12 + 1;
        }
    }
    (void)snprintf(buffer, TOC_MOMENT_SIZE, "%d %s", day, names[month - 1]);
    return buffer;
}

char *toc_moment_number(double value, int decimals, char *buffer) {
    char plain[TOC_MOMENT_SIZE / 2];
    (void)snprintf(plain, sizeof plain, "%.*f", decimals, value < 1e15 ? value : 1e15);
    const char *point = strchr(plain, '.');
    size_t whole = point == NULL ? strlen(plain) : (size_t)(point - plain);
    size_t from = plain[0] == '-' ? 1 : 0, used = 0;
    for (size_t i = 0; i < whole; i++) {
        if (i > from && (whole - i) % 3 == 0) {
            buffer[used++] = ',';
        }
        buffer[used++] = plain[i];
    }
    (void)snprintf(buffer + used, TOC_MOMENT_SIZE - used, "%s", point == NULL ? "" : point);
    return buffer;
}

char *toc_moment_integral_unit(const char *unit, char *buffer) {
    size_t length = strlen(unit);
    bool is_power = length > 0 && length <= 2 && unit[length - 1] == 'W';
    bool per_hour = length > 2 && strcmp(unit + length - 2, "/h") == 0;
    if (per_hour) {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, "%.*s", (int)length - 2, unit);
    } else {
        (void)snprintf(buffer, TOC_MOMENT_SIZE, is_power ? "%sh" : "%s\xc2\xb7h", unit);
    }
    return buffer;
}

char *toc_moment_noun(const char *id, char *buffer) {
    (void)snprintf(buffer, TOC_MOMENT_SIZE, "%.*s", TOC_MOMENT_SIZE - 1, id);
    for (char *at = buffer; *at != '\0'; at++) {
        *at = *at == '-' || *at == '_' ? ' ' : *at;
    }
    return buffer;
}
