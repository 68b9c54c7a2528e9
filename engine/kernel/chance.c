#include "kernel/chance.h"

#include <string.h>

#include "kernel/assert.h"
#include "kernel/digest.h"
#include "kernel/numeric.h"

/* How far a normal variate may fall: beyond, durations would leave int64. */
#define LONGEST_DURATION ((double)(365000 * TOC_DAY))

uint32_t toc_chance_key(const char *name) {
    toc_digest digest = toc_digest_start();
    toc_digest_text(&digest, name);
    return (uint32_t)(toc_digest_value(digest) >> 32);
}

void toc_chance_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)c0 * UINT32_C(0xd2511f53);
        uint64_t product1 = (uint64_t)c2 * UINT32_C(0xcd9e8d57);
        c0 = (uint32_t)(product1 >> 32) ^ (c1 ^ k0); /* the bracket does not wait for the product */
        c2 = (uint32_t)(product0 >> 32) ^ (c3 ^ k1);
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        k0 += UINT32_C(0x9e3779b9);
        k1 += UINT32_C(0xbb67ae85);
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

uint64_t toc_chance_bits(const toc_chance *chance, toc_draw draw) {
    uint32_t counter[4] = {draw.occurrence, draw.purpose, draw.entity, chance->replication};
    uint32_t key[2] = {(uint32_t)chance->seed, (uint32_t)(chance->seed >> 32)};
    uint32_t out[4];
    toc_chance_philox(counter, key, out);
    return (uint64_t)out[1] << 32 | out[0];
}

double toc_chance_uniform(const toc_chance *chance, toc_draw draw) {
    return ((double)(toc_chance_bits(chance, draw) >> 11) + 0.5) * 0x1p-53;
}

bool toc_chance_happens(const toc_chance *chance, toc_draw draw, int64_t ppm) {
    return toc_chance_uniform(chance, draw) * 1e6 < (double)ppm;
}

int64_t toc_chance_between(const toc_chance *chance, toc_draw draw, int64_t low, int64_t high) {
    TOC_ASSERT(low <= high);
    uint64_t span = (uint64_t)high - (uint64_t)low;
    uint64_t bits = toc_chance_bits(chance, draw);
    if (span == UINT64_MAX) {
        return (int64_t)bits;
    }
    /* multiply-shift: one draw per variate; the bias is below span / 2^64 */
    __extension__ unsigned __int128 product = (unsigned __int128)bits * (span + 1);
    return (int64_t)((uint64_t)low + (uint64_t)(product >> 64));
}

static toc_time rounded(double microseconds) {
    TOC_ASSERT(microseconds >= 0);
    return (toc_time)((microseconds > LONGEST_DURATION ? LONGEST_DURATION : microseconds) + 0.5);
}

toc_time toc_chance_exponential(const toc_chance *chance, toc_draw draw, toc_time mean) {
    TOC_ASSERT(mean >= 0);
    return rounded(-toc_numeric_log(toc_chance_uniform(chance, draw)) * (double)mean);
}

toc_time toc_chance_lognormal(const toc_chance *chance, toc_draw draw, toc_time median,
                              double sigma) {
    TOC_ASSERT(median >= 0 && sigma >= 0);
    return rounded((double)median * toc_numeric_exp(sigma * toc_chance_normal(chance, draw)));
}

/* IEEE asks that a square root is rounded correctly, so this one is the same everywhere. */
static double root(double x) {
    return __builtin_sqrt(x);
}

toc_time toc_chance_triangular(const toc_chance *chance, toc_draw draw, toc_time low, toc_time mode,
                               toc_time high) {
    TOC_ASSERT(0 <= low && low <= mode && mode <= high);
    double a = (double)low, c = (double)mode, b = (double)high;
    double u = toc_chance_uniform(chance, draw);
    if (b <= a) {
        return low;
    }
    if (u * (b - a) < c - a) {
        return rounded(a + root(u * (b - a) * (c - a)));
    }
    return rounded(b - root((1 - u) * (b - a) * (b - c)));
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
double toc_chance_normal(const toc_chance *chance, toc_draw draw) {
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
    double u = toc_chance_uniform(chance, draw);
    double q = u - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        return q * ratio(a, b, 0.180625 - q * q);
    }
    double r = root(-toc_numeric_log(q < 0 ? u : 1 - u));
    double tail = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
    return q < 0 ? -tail : tail;
}
