/* Dispatch: how the units of each island are made to give what its loads draw. */
#ifndef MODEL_DISPATCH_H
#define MODEL_DISPATCH_H

#include "model/power_state.h"

/* Sums up the islands: load, output, headroom, a reference, whether any unit is online. */
void toc_dispatch_survey(struct power *power);
/* Changes outputs and loads by the rule; islands without a source lose all. */
void toc_dispatch_balance(struct power *power);

#endif
