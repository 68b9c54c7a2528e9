/* Chance: Philox4x32-10, keyed and never drawn in order. A draw is a function of (seed,
   replication, entity, purpose, occurrence), so changing one thing in a scenario changes only
   what depends on it. One uniform per variate, inverse transform, own exp and log.
   Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC11). */
#ifndef KERNEL_CHANCE_H
#define KERNEL_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/time.h"

typedef struct toc_chance {
    uint64_t seed;
    uint32_t replication;
} toc_chance;

/* What happens (purpose) to whom (entity) for the n-th time (occurrence). */
typedef struct toc_draw {
    uint32_t entity, purpose, occurrence;
} toc_draw;

/* 32-bit key of a name; entities and purposes are keyed by name, never by index. */
uint32_t toc_chance_key(const char *name);

void toc_chance_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
uint64_t toc_chance_bits(const toc_chance *chance, toc_draw draw);
/* Open interval (0, 1), 53 bits. */
double toc_chance_uniform(const toc_chance *chance, toc_draw draw);
/* True with `ppm` chances in a million. */
bool toc_chance_happens(const toc_chance *chance, toc_draw draw, int64_t ppm);
/* Both ends included. */
int64_t toc_chance_between(const toc_chance *chance, toc_draw draw, int64_t low, int64_t high);
/* Durations, rounded once to whole microseconds; means and medians must not be negative. */
toc_time toc_chance_exponential(const toc_chance *chance, toc_draw draw, toc_time mean);
/* The next draws of a source at once, `first` and those that follow it by occurrence: the same
   values as one by one, in less time. */
enum { TOC_CHANCE_BATCH = 8 };
void toc_chance_exponentials(const toc_chance *chance, toc_draw first, toc_time mean,
                             toc_time out[TOC_CHANCE_BATCH]);
toc_time toc_chance_lognormal(const toc_chance *chance, toc_draw draw, toc_time median,
                              double sigma);
toc_time toc_chance_triangular(const toc_chance *chance, toc_draw draw, toc_time low, toc_time mode,
                               toc_time high);
/* Standard normal by inverse transform (Wichura's AS 241). */
double toc_chance_normal(const toc_chance *chance, toc_draw draw);

#endif
