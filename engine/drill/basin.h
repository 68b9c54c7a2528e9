/* Basin: what the trace and the operators are told of tanks, and of what the plant's own controls
   do. */
#ifndef DRILL_BASIN_H
#define DRILL_BASIN_H

#include "drill/state.h"

void toc_basin_on_change(toc_drill *drill, const toc_change *change);

#endif
