/* EPANET option: units, the multiplier of demands, and times. */
#ifndef FORMATS_EPANET_OPTION_H
#define FORMATS_EPANET_OPTION_H

#include "formats/epanet_reading.h"

/* The present line of [OPTIONS], of [TIMES]. */
void toc_epanet_option_read(toc_epanet_reading *reading);
void toc_epanet_option_time(toc_epanet_reading *reading);

#endif
