/* Integral: the area is kept times two hours, so that the triangle under a ramp of whole units an
   hour over whole microseconds is a whole number as well. */
#include "kernel/integral.h"

#include "kernel/assert.h"

static const toc_wide scale = (toc_wide)2 * 3600 * 1000000;

static toc_wide product(toc_wide a, toc_wide b) {
    toc_wide result = 0;
    TOC_ASSERT(!__builtin_mul_overflow(a, b, &result));
    return result;
}

static toc_wide area_at(const toc_integral *integral, toc_time now) {
    TOC_ASSERT(now >= integral->since);
    toc_wide passed = (toc_wide)now - integral->since;
    toc_wide rectangle = product(product(integral->level, scale), passed);
    toc_wide triangle = product(product(integral->rate, passed), passed);
    return integral->area + rectangle + triangle;
}

toc_integral toc_integral_start(toc_time now, int64_t level) {
    return (toc_integral){.level = level, .start = now, .since = now};
}

void toc_integral_set(toc_integral *integral, toc_time now, int64_t level, int64_t per_hour) {
    integral->area = area_at(integral, now);
    integral->since = now;
    integral->level = level;
    integral->rate = per_hour;
}

toc_wide toc_integral_area(const toc_integral *integral, toc_time now) {
    toc_wide area = area_at(integral, now);
    toc_wide whole = area / scale;
    return whole - (area < 0 && whole * scale != area);
}

double toc_integral_hours(const toc_integral *integral, toc_time now) {
    return (double)area_at(integral, now) / (double)scale / (double)TOC_HOUR;
}

double toc_integral_mean(const toc_integral *integral, toc_time now) {
    if (now == integral->start) {
        return (double)integral->level;
    }
    return (double)area_at(integral, now) / (double)scale / (double)(now - integral->start);
}
