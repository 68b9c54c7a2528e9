/* Journey: how long crews take to an asset or a link after outages, and by where. */
#ifndef CLI_JOURNEY_H
#define CLI_JOURNEY_H

#include "cli/flowed.h"

void toc_journey_print(const toc_flowed *flowed, uint32_t element);
/* One object for each crew. */
json_t *toc_journey_json(const toc_flowed *flowed, uint32_t element);

#endif
