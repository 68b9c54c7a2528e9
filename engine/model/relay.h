/* Relay: time-overcurrent protection. Each line's relay sums what flows above the rating, forgets
   it at the same pace below, and opens the line at half the rating for fifteen seconds: rule T2,
   the law that DCSIMSEP publishes. */
#ifndef MODEL_RELAY_H
#define MODEL_RELAY_H

#include "model/power_state.h"

/* Reckons the heat up to now, at the loading since the last reckoning. */
void toc_relay_advance(struct power *power, toc_time now);
bool toc_relay_is_due(const struct power_line *line);
/* When the next relay will open its line if nothing changes; TOC_NEVER where none will. */
toc_time toc_relay_next(const struct power *power);

#endif
