/* EPANET pump: how much a pump delivers, where there is no hydraulics to tell. */
#ifndef FORMATS_EPANET_PUMP_H
#define FORMATS_EPANET_PUMP_H

#include "formats/epanet_network.h"

/* Heads at which water stands free, as seen from each node. */
typedef struct toc_epanet_heads {
    uint32_t *nearest; /* by node: the reservoir or tank that fewest pipes and valves lead to;
                          TOC_NONE where none does */
} toc_epanet_heads;

/* Closed pipes lead nowhere, nor do valves and check valves unless
   they are asked for. Finish them. */
void toc_epanet_pump_heads(const toc_epanet_network *network, bool through_valves,
                           toc_epanet_heads *out_heads);
void toc_epanet_pump_finish(toc_epanet_heads *heads);
/* mL/d; 0 where nothing limits it. The flow at which the pump's curve just lifts water from where
   it stands before the pump to where it stands behind it (a tank half full), without friction:
   somewhat more than a hydraulic model would find. Where that cannot be told or the curve does not
   reach so far, the largest flow of the curve; where it cannot lift so high, the design flow. */
double toc_epanet_pump_capacity(const toc_epanet_network *network, const toc_epanet_heads *heads,
                                const toc_epanet_link *pump);

#endif
