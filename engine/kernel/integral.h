/* Integral: what a quantity that changes by steps and at rates amounts to over time, exactly: no
   sampling, no rounding until it is read. For time-weighted means, loss and use. */
#ifndef KERNEL_INTEGRAL_H
#define KERNEL_INTEGRAL_H

#include <stdint.h>

#include "tocsin/time.h"

__extension__ typedef __int128 toc_wide;

/* Zero it, or begin it with toc_integral_start. */
typedef struct toc_integral {
    toc_wide area; /* up to `since`, times 2 hours, in quantity and microseconds */
    int64_t level, rate;
    toc_time start, since;
} toc_integral;

toc_integral toc_integral_start(toc_time now, int64_t level);
/* From now on the quantity is `level`, changing by `per_hour`; now must not go back. */
void toc_integral_set(toc_integral *integral, toc_time now, int64_t level, int64_t per_hour);
/* In quantity times microseconds, rounded down. Quantity times hours must stay below 6e17: the load
   of a continent in watts, for centuries. */
toc_wide toc_integral_area(const toc_integral *integral, toc_time now);
/* In quantity times hours. */
double toc_integral_hours(const toc_integral *integral, toc_time now);
/* Mean over the time since the start; the level where no time has passed. */
double toc_integral_mean(const toc_integral *integral, toc_time now);

#endif
