/* Numeric: exp by x = k ln 2 + r and a Taylor polynomial on |r| <= ln 2 / 2; log by x = m 2^e and
   the series of atanh((m - 1) / (m + 1)). Only + - * / and bits: the same double everywhere. */
#include "kernel/numeric.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the high one has 21 trailing zero bits, so k * high is exact. */
static const double ln2_high = 0x1.62e42fee00000p-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

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
    static const double inverse_factorial[] = {
        1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0,
        1.0 / 362880.0,     1.0 / 40320.0,     1.0 / 5040.0,     1.0 / 720.0,
        1.0 / 120.0,        1.0 / 24.0,        1.0 / 6.0,        0.5};
    double sum = 0;
    for (unsigned i = 0; i < sizeof inverse_factorial / sizeof inverse_factorial[0]; i++) {
        sum = sum * r + inverse_factorial[i];
    }
    double result = 1 + (r + r * r * sum);
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
    int64_t exponent = 0;
    if (x < 2.2250738585072014e-308) {
        x *= 18014398509481984.0; /* 2^54: out of the subnormal range */
        exponent = -54;
    }
    uint64_t bits = bits_of(x);
    exponent += (int64_t)(bits >> 52) - 1023;
    double m = of_bits((bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x3ff0000000000000));
    if (m > 1.4142135623730951) {
        m *= 0.5;
        exponent++;
    }
    double f = m - 1;
    double s = f / (2 + f);
    double z = s * s;
    double sum = 0;
    for (int odd = 23; odd >= 3; odd -= 2) {
        sum = (sum + 1.0 / odd) * z;
    }
    /* log m = 2 s (1 + sum) = f - f²/2 + s (f²/2 + 2 sum): the small terms keep the precision */
    double half_square = 0.5 * f * f;
    double k = (double)exponent;
    return k * ln2_high - ((half_square - (s * (half_square + 2 * sum) + k * ln2_low)) - f);
}
