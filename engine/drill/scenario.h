/* Scenario: runs scenario.lua, which declares the drill, and sets off what it declared. */
#ifndef DRILL_SCENARIO_H
#define DRILL_SCENARIO_H

#include "drill/state.h"

/* Creates the host and runs the script. All mistakes are told. */
toc_status toc_scenario_run(toc_drill *drill, toc_problems *problems);
/* The team of a seat "gridco.dispatcher" is "gridco": true where `seat` is `team` or of it. */
bool toc_scenario_is_of(const toc_drill *drill, uint32_t seat, const char *team);

#endif
