#include "formats/plain_number.h"

#include "kernel/assert.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* strtod takes hexadecimal, "nan" and leading blanks as well; files do not. */
static bool has_number_shape(const char *text) {
    size_t digits = 0;
    text += *text == '-' || *text == '+' ? 1 : 0;
    for (; is_digit(*text); text++) {
        digits++;
    }
    if (*text == '.') {
        for (text++; is_digit(*text); text++) {
            digits++;
        }
    }
    if (digits == 0) {
        return false;
    }
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+' ? 1 : 0;
        if (!is_digit(*text)) {
            return false;
        }
        while (is_digit(*text)) {
            text++;
        }
    }
    return *text == '\0';
}

/* strtod reads with the locale's decimal point, so the text is given that. */
static double read_in_locale(const char *text) {
    const char *point = localeconv()->decimal_point, *dot = strchr(text, '.');
    char copy[400];
    if (dot == NULL || strcmp(point, ".") == 0) {
        return strtod(text, NULL);
    }
    if (strlen(text) + strlen(point) >= sizeof copy) {
        return HUGE_VAL;
    }
    (void)snprintf(copy, sizeof copy, "%.*s%s%s", (int)(dot - text), text, point, dot + 1);
    return strtod(copy, NULL);
}

bool toc_plain_number_read(const char *text, double *out) {
    double value;
    if (!has_number_shape(text)) {
        return false;
    }
    value = read_in_locale(text);
    if (!isfinite(value)) {
        return false;
    }
    *out = value;
    return true;
}

bool toc_plain_number_whole(const char *text, int64_t low, int64_t high, int64_t *out) {
    bool negative = *text == '-';
    int64_t value = 0;
    text += negative ? 1 : 0;
    if (!is_digit(*text)) {
        return false;
    }
    for (; is_digit(*text); text++) {
        int digit = *text - '0';
        if (value > (INT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    value = negative ? -value : value;
    if (*text != '\0' || value < low || value > high) {
        return false;
    }
    *out = value;
    return true;
}

size_t toc_plain_number_print(double value, char *buffer, size_t size) {
    const char *point = localeconv()->decimal_point;
    int length = 0;
    TOC_ASSERT(isfinite(value) && size >= 40);
    for (int digits = 1; digits <= 17; digits++) {
        length = snprintf(buffer, size, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) {
            break;
        }
    }
    if (strcmp(point, ".") != 0 && strstr(buffer, point) != NULL) {
        char *at = strstr(buffer, point);
        size_t extra = strlen(point);
        *at = '.';
        memmove(at + 1, at + extra, strlen(at + extra) + 1);
        length -= (int)extra - 1;
    }
    return (size_t)length;
}

size_t toc_plain_number_scaled(int64_t value, int64_t base, char *buffer, size_t size) {
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t rest = magnitude % (uint64_t)base, reach = 1;
    char digits[24];
    size_t count = 0;
    int length;
    TOC_ASSERT(base > 0 && base < INT64_MAX / 20 && size >= 48);
    /* half a base unit is the most that rounding may be off */
    while (rest != 0 && reach <= 2 * (uint64_t)base && count < sizeof digits - 1) {
        rest *= 10;
        reach *= 10;
        digits[count++] = (char)('0' + rest / (uint64_t)base);
        rest %= (uint64_t)base;
    }
    digits[count] = '\0';
    length =
        snprintf(buffer, size, "%s%llu%s%s", value < 0 ? "-" : "",
                 (unsigned long long)(magnitude / (uint64_t)base), count > 0 ? "." : "", digits);
    return length > 0 ? (size_t)length : 0;
}
