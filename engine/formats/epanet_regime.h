/* EPANET regime: how demands vary over the day, and what switches itself: patterns and controls on
   their way into the model's builder. */
#ifndef FORMATS_EPANET_REGIME_H
#define FORMATS_EPANET_REGIME_H

#include "formats/epanet_cyber.h"
#include "formats/epanet_name.h"
#include "model/builder.h"

typedef struct toc_epanet_regime {
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber; /* NULL: controls are by nobody */
    toc_epanet_names *names;
    toc_builder *builder;
    toc_problems *problems;
    const char **pattern; /* by pattern: its id in the topology, NULL where nothing varies by it */
} toc_epanet_regime;

/* Enters the patterns that demands vary by. Finish the regime. */
void toc_epanet_regime_patterns(toc_epanet_regime *regime);
void toc_epanet_regime_finish(toc_epanet_regime *regime);
/* "" for TOC_NONE. */
const char *toc_epanet_regime_pattern(const toc_epanet_regime *regime, uint32_t pattern);
/* Enters the controls; nodes and links must have been entered. */
void toc_epanet_regime_controls(const toc_epanet_regime *regime);

#endif
