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

/* Philox on lanes: what differs from lane to lane is only the first word of the counter, and the
   rounds of different lanes do not wait for each other. */
struct lanes {
    uint32_t c0[TOC_CHANCE_BATCH], c1[TOC_CHANCE_BATCH], c2[TOC_CHANCE_BATCH], c3[TOC_CHANCE_BATCH];
};

static void philox_lanes(struct lanes *lanes, uint32_t k0, uint32_t k1) {
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < TOC_CHANCE_BATCH; i++) {
            uint64_t product0 = (uint64_t)lanes->c0[i] * UINT32_C(0xd2511f53);
            uint64_t product1 = (uint64_t)lanes->c2[i] * UINT32_C(0xcd9e8d57);
            lanes->c0[i] = (uint32_t)(product1 >> 32) ^ (lanes->c1[i] ^ k0);
            lanes->c2[i] = (uint32_t)(product0 >> 32) ^ (lanes->c3[i] ^ k1);
            lanes->c1[i] = (uint32_t)product1;
            lanes->c3[i] = (uint32_t)product0;
        }
        k0 += UINT32_C(0x9e3779b9);
        k1 += UINT32_C(0xbb67ae85);
    }
}

void toc_chance_exponentials(const toc_chance *chance, toc_draw first, toc_time mean,
                             toc_time out[TOC_CHANCE_BATCH]) {
    struct lanes lanes;
    double values[TOC_CHANCE_BATCH];
    TOC_ASSERT(mean >= 0);
    for (uint32_t i = 0; i < TOC_CHANCE_BATCH; i++) {
        lanes.c0[i] = first.occurrence + i;
        lanes.c1[i] = first.purpose;
        lanes.c2[i] = first.entity;
        lanes.c3[i] = chance->replication;
    }
    philox_lanes(&lanes, (uint32_t)chance->seed, (uint32_t)(chance->seed >> 32));
    for (int i = 0; i < TOC_CHANCE_BATCH; i++) {
        uint64_t bits = (uint64_t)lanes.c1[i] << 32 | lanes.c0[i];
        values[i] = ((double)(bits >> 11) + 0.5) * 0x1p-53;
    }
    toc_numeric_logs(values, TOC_CHANCE_BATCH);
    for (int i = 0; i < TOC_CHANCE_BATCH; i++) {
        out[i] = rounded(-values[i] * (double)mean);
    }
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

double toc_chance_normal(const toc_chance *chance, toc_draw draw) {
    return toc_numeric_normal(toc_chance_uniform(chance, draw));
}
