/* Numeric: exp by x = k ln 2 + r and a Taylor polynomial on |r| <= ln 2 / 2; log by x = m 2^k and
   m = c (1 + r) with c the middle of one of 128 intervals. Only + - * and bits: the same double
   everywhere. */
#include "kernel/numeric.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the high one has 21 trailing zero bits, so k * high is exact. */
static const double ln2_high = 0x1.62e42fee00000p-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

/* Lower end of the first interval: 75.5 steps of 2^-8 below 1, so that 1 lies in the middle of one
   and what is next to it loses nothing. */
#define FIRST_INTERVAL UINT64_C(0x3fe6900000000000)

static const struct {
    double inverse, high, low;
} log_rows[128] = {
#define LOG_ROW(inverse, high, low) {inverse, high, low},
#include "kernel/numeric.def"
#undef LOG_ROW
};

static uint64_t bits_of(double x) {
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits) {
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static double power_of_two(int64_t exponent) {
    return of_bits((uint64_t)(exponent + 1023) << 52);
}

double toc_numeric_exp(double x) {
    if (x != x) {
        return x;
    }
    if (x > 709.782712893384) {
        return of_bits(UINT64_C(0x7ff0000000000000));
    }
    if (x < -745.2) {
        return 0;
    }
    double scaled = x * 1.4426950408889634;
    int64_t k = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    double r = (x - (double)k * ln2_high) - (double)k * ln2_low;
    /* 1/2! + r/3! + ... + r^11/13!, paired so that the multiplications overlap */
    double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
    double low = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    double middle = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    double high =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    double sum = low + (r4 * middle + r8 * high);
    double result = 1 + (r + r2 * sum);
    /* in two steps, so that results below the normal range come out right as well */
    int64_t half = k / 2;
    return result * power_of_two(half) * power_of_two(k - half);
}

double toc_numeric_log(double x) {
    if (x != x || x < 0) {
        return of_bits(UINT64_C(0x7ff8000000000000));
    }
    if (x == 0) {
        return of_bits(UINT64_C(0xfff0000000000000));
    }
    if (x > 1.7976931348623157e308) {
        return x;
    }
    uint64_t bits = bits_of(x);
    int64_t exponent = 0;
    if (x < 2.2250738585072014e-308) {
        bits = bits_of(x * 18014398509481984.0); /* 2^54: out of the subnormal range */
        exponent = -54;
    }
    /* m in [0.705, 1.41) and its interval, without a branch that nobody could foresee */
    uint64_t above = bits - FIRST_INTERVAL;
    exponent += (int64_t)above >> 52;
    double m = of_bits(bits - (above & UINT64_C(0xfff0000000000000)));
    uint64_t interval = above >> 45 & 127;
    double c = of_bits(FIRST_INTERVAL + (interval << 45) + (UINT64_C(1) << 44));
    double r = (m - c) * log_rows[interval].inverse;
    double r2 = r * r;
    double sum = (-1.0 / 2 + r * (1.0 / 3)) +
                 r2 * ((-1.0 / 4 + r * (1.0 / 5)) + r2 * (-1.0 / 6 + r * (1.0 / 7)));
    double k = (double)exponent;
    double whole = k * ln2_high + log_rows[interval].high; /* exact */
    double high = whole + r;
    double low = ((whole - high) + r) + (k * ln2_low + log_rows[interval].low);
    return (low + r2 * sum) + high;
}
