/* Basin: what the trace and the operators are told of tanks, and of what the plant's own controls
   do. */
#ifndef DRILL_BASIN_H
#define DRILL_BASIN_H

#include "drill/state.h"

void toc_basin_on_change(toc_drill *drill, const toc_change *change);

/* What a seat knows of the level of a tank. */
typedef struct toc_basin_sight {
    bool is_shown; /* its operator gets, or got, reports of it */
    int32_t shown_mm;
    toc_time shown_at;
    int64_t trend_mm; /* a day; above 0 it rises */
    bool is_measured; /* a crew read the gauge */
    int32_t measured_mm;
    toc_time measured_at;
} toc_basin_sight;

/* False where the element has no tank. */
bool toc_basin_see(const toc_drill *drill, uint32_t seat, uint32_t element,
                   toc_basin_sight *out_sight);

#endif
