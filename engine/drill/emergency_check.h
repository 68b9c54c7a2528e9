/* Whether an emergency plan can be followed in this drill: its seats, actions, targets and times.
 */
#ifndef DRILL_EMERGENCY_CHECK_H
#define DRILL_EMERGENCY_CHECK_H

#include "drill/emergency.h"

/* Tells every mistake of every plan, at its place in the file. */
void toc_emergency_check_all(toc_drill *drill);

#endif
