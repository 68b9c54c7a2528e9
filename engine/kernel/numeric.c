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
    /* z/3 + z^2/5 + ... + z^11/23, paired likewise */
    double z2 = z * z, z4 = z2 * z2, z8 = z4 * z4;
    double low = (1.0 / 3 + z * (1.0 / 5)) + z2 * (1.0 / 7 + z * (1.0 / 9));
    double middle = (1.0 / 11 + z * (1.0 / 13)) + z2 * (1.0 / 15 + z * (1.0 / 17));
    double high = (1.0 / 19 + z * (1.0 / 21)) + z2 * (1.0 / 23);
    double sum = z * (low + (z4 * middle + z8 * high));
    /* log m = 2 s (1 + sum) = f - f²/2 + s (f²/2 + 2 sum): the small terms keep the precision */
    double half_square = 0.5 * f * f;
    double k = (double)exponent;
    return k * ln2_high - ((half_square - (s * (half_square + 2 * sum) + k * ln2_low)) - f);
}
