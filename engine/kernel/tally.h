/* Tally: observations one after another, and what they say: mean, quantiles, and an interval that
   holds although neighbours resemble each other, as times in a queue do. */
#ifndef KERNEL_TALLY_H
#define KERNEL_TALLY_H

#include <stdint.h>

typedef struct toc_tally toc_tally;

/* The mean is believed to lie within mean - half_width .. mean + half_width. */
typedef struct toc_interval {
    double mean, half_width;
} toc_interval;

toc_tally *toc_tally_create(void);
void toc_tally_destroy(toc_tally *tally);
void toc_tally_add(toc_tally *tally, int64_t value);
uint64_t toc_tally_count(const toc_tally *tally);
/* Of the exact sum; 0 where there is no observation. */
double toc_tally_mean(const toc_tally *tally);
/* Sample variance; 0 below two observations. */
double toc_tally_variance(const toc_tally *tally);
/* The least value such that at least `ppm` in a million of the observations are no larger. There
   must be one. */
int64_t toc_tally_quantile(toc_tally *tally, int64_t ppm);
/* By batch means: the observations in their order, but for the first `skipped` and what does not
   divide, in `batches` (2 or more) equal batches, and Student's distribution over the batches'
   means. `confidence` is 0.99, say. Every batch must hold an observation. */
toc_interval toc_tally_interval(const toc_tally *tally, uint64_t skipped, uint32_t batches,
                                double confidence);

#endif
