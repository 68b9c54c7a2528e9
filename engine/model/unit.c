#include "tocsin/unit.h"

#include "kernel/names.h"

#include <string.h>

static const toc_unit units[] = {
#define TOC_UNIT(name, dimension, base) {name, dimension, base},
#include "model/unit.def"
#undef TOC_UNIT
};

static const char *const unit_names[] = {
#define TOC_UNIT(name, dimension, base) name,
#include "model/unit.def"
#undef TOC_UNIT
};

enum { UNITS = sizeof units / sizeof units[0] };

/* A decimal number as it stands in the text: digits times ten to the exponent, exactly. */
struct decimal {
    uint64_t digits;
    int exponent;
    bool negative;
};

static const toc_unit *find(const char *name, size_t length) {
    for (size_t i = 0; i < UNITS; i++) {
        if (units[i].name[0] == name[0] && strlen(units[i].name) == length &&
            memcmp(units[i].name, name, length) == 0) {
            return &units[i];
        }
    }
    return NULL;
}

const toc_unit *toc_unit_find(const char *name) {
    return find(name, strlen(name));
}

const char *toc_unit_nearest(const char *name) {
    return toc_names_nearest_of(unit_names, UNITS, name);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *text) {
    while (is_blank(*text)) {
        text++;
    }
    return text;
}

/* Digits past the nineteenth cannot change a result that fits 64 bits by more than its rounding:
   they only move the point, and behind it not even that. */
static const char *read_digits(const char *text, struct decimal *out, bool fraction, bool *any) {
    for (; is_digit(*text); text++) {
        *any = true;
        if (out->digits < UINT64_C(1000000000000000000)) {
            out->digits = out->digits * 10 + (uint64_t)(*text - '0');
            out->exponent -= fraction ? 1 : 0;
        } else if (!fraction && out->exponent < 100000) {
            out->exponent++;
        }
    }
    return text;
}

/* "e" counts as an exponent only before digits, so that a unit may begin with it. */
static const char *read_exponent(const char *text, struct decimal *out) {
    const char *digits = text + 1;
    bool negative = *digits == '-';
    int value = 0;
    if (*digits == '-' || *digits == '+') {
        digits++;
    }
    if (!is_digit(*digits)) {
        return text;
    }
    for (; is_digit(*digits); digits++) {
        value = value < 100000 ? value * 10 + (*digits - '0') : value;
    }
    out->exponent += negative ? -value : value;
    return digits;
}

/* The first character after the number, NULL where there is none. */
static const char *read_decimal(const char *text, struct decimal *out) {
    bool any = false;
    *out = (struct decimal){0, 0, *text == '-'};
    if (*text == '-' || *text == '+') {
        text++;
    }
    text = read_digits(text, out, false, &any);
    if (*text == '.') {
        text = read_digits(text + 1, out, true, &any);
    }
    if (!any) {
        return NULL;
    }
    return *text == 'e' || *text == 'E' ? read_exponent(text, out) : text;
}

static bool scale(struct decimal number, int64_t base, int64_t *out) {
    __extension__ unsigned __int128 value = number.digits;
    __extension__ unsigned __int128 rest = 0, divisor = 1;
    const uint64_t limit = INT64_MAX;
    value *= (uint64_t)base;
    if (value == 0) {
        *out = 0;
        return true;
    }
    for (; number.exponent > 0; number.exponent--) {
        if (value > limit) {
            return false;
        }
        value *= 10;
    }
    if (number.exponent < -38) {
        *out = 0;
        return true;
    }
    for (; number.exponent < 0; number.exponent++) {
        divisor *= 10;
    }
    rest = value % divisor;
    value = value / divisor + (rest >= divisor - rest ? 1 : 0);
    if (value > limit) {
        return false;
    }
    *out = number.negative ? -(int64_t)value : (int64_t)value;
    return true;
}

bool toc_unit_parse_number(const char *text, int64_t base, int64_t *out) {
    struct decimal number;
    const char *end = read_decimal(skip_blanks(text), &number);
    return end != NULL && *skip_blanks(end) == '\0' && scale(number, base, out);
}

bool toc_unit_parse(const char *text, int64_t *out, const toc_unit **unit) {
    struct decimal number;
    const char *end = read_decimal(skip_blanks(text), &number);
    const toc_unit *found;
    size_t length;
    int64_t value;
    if (end == NULL) {
        return false;
    }
    end = skip_blanks(end);
    length = strlen(end);
    while (length > 0 && is_blank(end[length - 1])) {
        length--;
    }
    found = find(end, length);
    if (found == NULL || !scale(number, found->base, &value)) {
        return false;
    }
    *out = value;
    *unit = found;
    return true;
}

static int64_t time_unit(const char *name, size_t length) {
    static const struct {
        const char *name;
        int64_t base;
    } table[] = {{"d", TOC_DAY},    {"h", TOC_HOUR},           {"min", TOC_MINUTE},
                 {"s", TOC_SECOND}, {"ms", TOC_SECOND / 1000}, {"us", TOC_MICROSECOND}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0) {
            return table[i].base;
        }
    }
    return 0;
}

bool toc_unit_parse_time(const char *text, toc_time *out) {
    toc_time total = 0;
    int64_t coarser = INT64_MAX;
    text = skip_blanks(text);
    do {
        struct decimal number;
        const char *end = read_decimal(text, &number), *name;
        int64_t base, part;
        if (end == NULL || number.negative) {
            return false;
        }
        name = skip_blanks(end);
        for (end = name; *end >= 'a' && *end <= 'z'; end++) {
        }
        base = time_unit(name, (size_t)(end - name));
        if (base == 0 && number.digits == 0 && end == name && total == 0) {
            base = 1; /* nothing is nothing in every unit */
        }
        if (base == 0 || base >= coarser || !scale(number, base, &part) ||
            part >= TOC_NEVER - total) {
            return false;
        }
        coarser = base;
        total += part;
        text = skip_blanks(end);
    } while (*text != '\0');
    *out = total;
    return true;
}
