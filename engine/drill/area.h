/* Area: a part of the topology that an action names as a whole: a zone, or assets with blanks
   between them. */
#ifndef DRILL_AREA_H
#define DRILL_AREA_H

#include "drill/state.h"

/* What the target of an action names; what is no asset is told with the nearest that is. */
toc_status toc_area_check(const toc_drill *drill, const char *target, toc_problems *problems);
/* Whether the asset is in the area, which toc_area_check has let pass. */
bool toc_area_has(const toc_drill *drill, const char *target, uint32_t asset);

#endif
