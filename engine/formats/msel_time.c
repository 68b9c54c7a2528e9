#include "formats/msel_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "formats/plain_number.h"

enum { FORM = 64 };

/* Days since 1970-01-01 of a date of the Gregorian calendar. After H. Hinnant, "chrono-compatible
   low-level date algorithms". */
static int64_t day_of(int64_t year, int64_t month, int64_t day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t day, int64_t *out_year, int *out_month, int *out_day) {
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097, of_era = day - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    *out_day = (int)(of_year - (153 * month + 2) / 5 + 1);
    *out_month = (int)(month < 10 ? month + 3 : month - 9);
    *out_year = year + era * 400 + (*out_month <= 2);
}

static bool is_date(int year, int month, int day) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (month == 2 && leap);
}

/* -- Parts of a text: each reads on from *at, and goes behind what it took ----------------------
 */

static void skip_blanks(const char **at) {
    *at += strspn(*at, " ");
}

static bool take(const char **at, char c) {
    bool found = **at == c;
    *at += found;
    return found;
}

static bool take_number(const char **at, int most, int *out) {
    int value = 0, digits = 0;
    while ((*at)[digits] >= '0' && (*at)[digits] <= '9' && digits < most) {
        value = value * 10 + ((*at)[digits++] - '0');
    }
    *at += digits;
    *out = value;
    return digits > 0 && !(**at >= '0' && **at <= '9');
}

/* ".250" after seconds. */
static bool take_fraction(const char **at, toc_time *time) {
    toc_time unit = TOC_SECOND / 10;
    if (!take(at, '.')) {
        return true;
    }
    if (**at < '0' || **at > '9') {
        return false;
    }
    for (; **at >= '0' && **at <= '9' && unit > 0; (*at)++, unit /= 10) {
        *time += (**at - '0') * unit;
    }
    return true;
}

/* hours:minutes[:seconds[.parts]]; of the day where `is_clock`. */
static bool take_hours(const char **at, bool is_clock, toc_time *out) {
    int hours = 0, minutes = 0, seconds = 0;
    if (!take_number(at, 5, &hours) || !(take(at, ':') || take(at, 'h')) ||
        !take_number(at, 2, &minutes) || minutes > 59 || (is_clock && hours > 23)) {
        return false;
    }
    *out = hours * TOC_HOUR + minutes * TOC_MINUTE;
    if (take(at, ':')) {
        if (!take_number(at, 2, &seconds) || seconds > 59) {
            return false;
        }
        *out += seconds * TOC_SECOND;
        return take_fraction(at, out);
    }
    return true;
}

static bool take_date(const char **at, int64_t *out_day, bool *out_ambiguous) {
    int one = 0, two = 0, three = 0;
    char sign = '\0';
    if (!take_number(at, 4, &one) || (**at != '-' && **at != '/' && **at != '.')) {
        return false;
    }
    sign = *(*at)++;
    if (!take_number(at, 2, &two) || !take(at, sign) || !take_number(at, 4, &three)) {
        return false;
    }
    if (one >= 1900) {
        *out_day = day_of(one, two, three);
        return is_date(one, two, three);
    }
    /* day and month: which is which shows where one is past twelve */
    *out_ambiguous = one <= 12 && two <= 12 && one != two;
    bool month_first = two > 12;
    int day = month_first ? two : one, month = month_first ? one : two;
    *out_day = day_of(three, month, day);
    return is_date(three, month, day);
}

/* -- Forms --------------------------------------------------------------------------------------
 */

static toc_msel_time_verdict since_start(toc_time time, toc_time *out) {
    *out = time;
    return time < 0 ? TOC_MSEL_TIME_EARLY : TOC_MSEL_TIME_READ;
}

static toc_msel_time_verdict on_wall(int64_t day, toc_time of_day, toc_msel_clock clock,
                                     toc_time *out) {
    if (!clock.known) {
        return TOC_MSEL_TIME_NO_CLOCK;
    }
    return since_start((day - clock.day) * TOC_DAY + of_day - clock.time_of_day, out);
}

static toc_msel_time_verdict clock_time(const char *at, toc_msel_clock clock, toc_time *out) {
    toc_time of_day = 0;
    if (!take_hours(&at, true, &of_day) || *at != '\0') {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    return on_wall(clock.day + (of_day < clock.time_of_day), of_day, clock, out);
}

static toc_msel_time_verdict dated(const char *at, toc_msel_clock clock, toc_time *out) {
    int64_t day = 0;
    toc_time of_day = 0;
    bool ambiguous = false;
    if (!take_date(&at, &day, &ambiguous)) {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    (void)(take(&at, 'T') || take(&at, 't'));
    skip_blanks(&at);
    if (*at != '\0' && (!take_hours(&at, true, &of_day) || *at != '\0')) {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    return ambiguous ? TOC_MSEL_TIME_AMBIGUOUS : on_wall(day, of_day, clock, out);
}

/* "T+00:15", "+15". */
static toc_msel_time_verdict offset(const char *at, toc_time *out) {
    toc_time time = 0;
    int minutes = 0;
    const char *again;
    (void)(take(&at, 'T') || take(&at, 't'));
    bool is_early = *at == '-';
    if (!take(&at, '+') && !take(&at, '-')) {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    again = at;
    if (!take_hours(&at, false, &time)) {
        at = again;
        if (!take_number(&at, 6, &minutes)) {
            return TOC_MSEL_TIME_UNCLEAR;
        }
        (void)(take(&at, 'm') && take(&at, 'i') && take(&at, 'n'));
        time = minutes * TOC_MINUTE;
    }
    return *at != '\0' ? TOC_MSEL_TIME_UNCLEAR : since_start(is_early ? -time : time, out);
}

/* "D+1 H+2 M-5" in any order, J as in French; or "D+0 09:05", the time of day of that day. */
static toc_msel_time_verdict steps(const char *at, toc_msel_clock clock, toc_time *out) {
    toc_time time = 0, of_day = 0;
    int64_t days = 0;
    bool has_days = false;
    while (*at != '\0') {
        static const struct {
            char letter;
            toc_time unit;
        } units[] = {
            {'D', TOC_DAY}, {'J', TOC_DAY}, {'H', TOC_HOUR}, {'M', TOC_MINUTE}, {'S', TOC_SECOND}};
        size_t i = 0;
        int number = 0;
        while (i < 5 && units[i].letter != (*at >= 'a' ? *at - 'a' + 'A' : *at)) {
            i++;
        }
        if (i == 5) {
            if (!has_days || !take_hours(&at, true, &of_day) || *at != '\0') {
                return TOC_MSEL_TIME_UNCLEAR;
            }
            return on_wall(clock.day + days, of_day, clock, out);
        }
        at++;
        bool is_minus = *at == '-';
        if ((!take(&at, '+') && !take(&at, '-')) || !take_number(&at, 6, &number)) {
            return TOC_MSEL_TIME_UNCLEAR;
        }
        has_days = has_days || i < 2;
        days += i < 2 ? (is_minus ? -number : number) : 0;
        time += (is_minus ? -number : number) * units[i].unit;
        skip_blanks(&at);
    }
    return since_start(time, out);
}

/* What a spreadsheet saves of a time: days, since 1899-12-30 where there is a date. */
static toc_msel_time_verdict serial(const char *text, toc_msel_clock clock, toc_time *out) {
    double days = 0;
    if (strchr(text, '.') == NULL || !toc_plain_number_read(text, &days) || days < 0 ||
        days > 200000) {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    int64_t whole = (int64_t)days;
    /* to the second: the fraction of a day holds no more */
    toc_time of_day = (toc_time)((days - (double)whole) * 86400 + 0.5) * TOC_SECOND;
    if (whole == 0) {
        return on_wall(clock.day + (of_day < clock.time_of_day), of_day, clock, out);
    }
    return on_wall(whole - 25569, of_day, clock, out);
}

toc_msel_time_verdict toc_msel_time_read(const char *text, toc_msel_clock clock, toc_time *out) {
    char form[FORM];
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    *out = TOC_NEVER;
    if (length == 0) {
        return TOC_MSEL_TIME_NONE;
    }
    if (length >= sizeof form) {
        return TOC_MSEL_TIME_UNCLEAR;
    }
    memcpy(form, text, length);
    form[length] = '\0';
    toc_msel_time_verdict verdict = offset(form, out);
    verdict = verdict == TOC_MSEL_TIME_UNCLEAR ? steps(form, clock, out) : verdict;
    verdict = verdict == TOC_MSEL_TIME_UNCLEAR ? clock_time(form, clock, out) : verdict;
    verdict = verdict == TOC_MSEL_TIME_UNCLEAR ? dated(form, clock, out) : verdict;
    verdict = verdict == TOC_MSEL_TIME_UNCLEAR ? serial(form, clock, out) : verdict;
    if (verdict != TOC_MSEL_TIME_READ) {
        *out = TOC_NEVER;
    }
    return verdict;
}

const char *toc_msel_time_advice(toc_msel_time_verdict verdict) {
    switch (verdict) {
    case TOC_MSEL_TIME_UNCLEAR:
        return "is no time; write T+01:30, D+0 H+1 M+30, 09:30 or 2025-06-30 09:30";
    case TOC_MSEL_TIME_AMBIGUOUS:
        return "could be two dates; write the year first, like 2025-06-30 09:30";
    case TOC_MSEL_TIME_EARLY:
        return "lies before the drill starts";
    case TOC_MSEL_TIME_NO_CLOCK:
        return "is a time on the wall; say when the drill starts, or write T+01:30";
    case TOC_MSEL_TIME_READ:
    case TOC_MSEL_TIME_NONE:
        break;
    }
    return "";
}

void toc_msel_time_print(toc_time time, char *buffer, size_t size) {
    int64_t hours = time / TOC_HOUR, minutes = time % TOC_HOUR / TOC_MINUTE;
    int64_t seconds = time % TOC_MINUTE / TOC_SECOND, parts = time % TOC_SECOND;
    if (parts != 0) {
        (void)snprintf(buffer, size, "T+%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%06" PRId64,
                       hours, minutes, seconds, parts);
    } else if (seconds != 0) {
        (void)snprintf(buffer, size, "T+%02" PRId64 ":%02" PRId64 ":%02" PRId64, hours, minutes,
                       seconds);
    } else {
        (void)snprintf(buffer, size, "T+%02" PRId64 ":%02" PRId64, hours, minutes);
    }
}

void toc_msel_time_print_wall(toc_time time, toc_msel_clock clock, char *buffer, size_t size) {
    if (!clock.known) {
        toc_msel_time_print(time, buffer, size);
        return;
    }
    int64_t year = 0;
    int month = 0, day = 0;
    toc_time at = clock.time_of_day + time;
    date_of(clock.day + at / TOC_DAY, &year, &month, &day);
    at %= TOC_DAY;
    (void)snprintf(buffer, size, "%04" PRId64 "-%02d-%02d %02" PRId64 ":%02" PRId64, year, month,
                   day, at / TOC_HOUR, at % TOC_HOUR / TOC_MINUTE);
    if (at % TOC_MINUTE != 0) {
        size_t length = strlen(buffer);
        (void)snprintf(buffer + length, size - length, ":%02" PRId64, at % TOC_MINUTE / TOC_SECOND);
    }
}
