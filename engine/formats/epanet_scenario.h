/* EPANET scenario: the attacks that a .cpa file tells of, as a plan that can be played. */
#ifndef FORMATS_EPANET_SCENARIO_H
#define FORMATS_EPANET_SCENARIO_H

#include "formats/epanet_cyber.h"
#include "formats/epanet_name.h"
#include "tocsin/formats.h"

/* Appends scenario.lua and briefing.md. What of the attacks the plan cannot play stands in it as a
   comment, and is told. */
void toc_epanet_scenario_write(const toc_epanet_network *network, const toc_epanet_cyber *cyber,
                               const toc_epanet_names *names, toc_problems *problems,
                               toc_formats_import *out_import);

#endif
