/* Sample: what many values say together, with what chance leaves open. */
#ifndef STUDY_SAMPLE_H
#define STUDY_SAMPLE_H

#include <stddef.h>

/* `low` to `high` holds the mean of all possible runs with 95 % confidence (Student's t). Nothing
   in it: count 0 and zeros. */
typedef struct toc_sample {
    size_t count;
    double mean, sd, low, high;
    double least, p10, median, p90, most;
} toc_sample;

/* Sorts the values. */
toc_sample toc_sample_of(double *values, size_t count);

typedef struct toc_sample_share {
    size_t hits, count;
    double share, low, high; /* 95 %, Wilson's interval */
} toc_sample_share;

toc_sample_share toc_sample_share_of(size_t hits, size_t count);

#endif
