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

/* Of a positive number with those bits, times 2^exponent. */
static inline double log_of_bits(uint64_t bits, int64_t exponent) {
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
    return log_of_bits(bits, exponent);
}

void toc_numeric_logs(double *x, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        x[i] = log_of_bits(bits_of(x[i]), 0);
    }
}

static double ratio(const double *numerator, const double *denominator, double x) {
    double above = 0, below = 0;
    for (int i = 7; i >= 0; i--) {
        above = above * x + numerator[i];
        below = below * x + denominator[i];
    }
    return above / below;
}

/* Coefficients: M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988). */
double toc_numeric_normal(double probability) {
    static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                1.9715909503065514427e3, 1.3731693765509461125e4,
                                4.5921953931549871457e4, 6.7265770927008700853e4,
                                3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[8] = {1.0,
                                4.2313330701600911252e1,
                                6.8718700749205790830e2,
                                5.3941960214247511077e3,
                                2.1213794301586595867e4,
                                3.9307895800092710610e4,
                                2.8729085735721942674e4,
                                5.2264952788528545610e3};
    static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    double u = probability, q = u - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        return q * ratio(a, b, 0.180625 - q * q);
    }
    double r = __builtin_sqrt(-toc_numeric_log(q < 0 ? u : 1 - u));
    double tail = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
    return q < 0 ? -tail : tail;
}
