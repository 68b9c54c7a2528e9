/* EPANET inlet: which tanks controls fill, and through which valves. */
#ifndef FORMATS_EPANET_INLET_H
#define FORMATS_EPANET_INLET_H

#include "formats/epanet_network.h"

typedef enum toc_epanet_way {
    TOC_EPANET_BOTH_WAYS,
    TOC_EPANET_FORTH,
    TOC_EPANET_BACK
} toc_epanet_way;

typedef struct toc_epanet_inlets {
    bool *filled;        /* by node: a control stops what fills this tank */
    toc_epanet_way *way; /* by link: which way water goes through it */
} toc_epanet_inlets;

/* A valve that a control closes when a tank is high is the tank's inlet: water goes through it only
   towards the tank. Finish the inlets. */
void toc_epanet_inlet_find(const toc_epanet_network *network, toc_epanet_inlets *out_inlets);
void toc_epanet_inlet_finish(toc_epanet_inlets *inlets);

#endif
