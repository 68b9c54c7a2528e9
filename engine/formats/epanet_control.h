/* EPANET control: what opens and closes by itself: [CONTROLS], and of [RULES] those that say no
   more than a control could. */
#ifndef FORMATS_EPANET_CONTROL_H
#define FORMATS_EPANET_CONTROL_H

#include "formats/epanet_reading.h"

/* The present line of [CONTROLS]. Nodes and links must have been read. */
void toc_epanet_control_read(toc_epanet_reading *reading);
/* Every line of [RULES] at once. */
void toc_epanet_control_rules(toc_epanet_reading *reading);

#endif
