/* Scenario: runs scenario.lua, which declares the drill, and sets off what it declared. */
#ifndef DRILL_SCENARIO_H
#define DRILL_SCENARIO_H

#include "drill/state.h"

/* Creates the host and runs the script; mistakes are told among the drill's own problems. */
toc_status toc_scenario_run(toc_drill *drill);
/* Called by t.drill: reads the topology where none was handed in, and makes the world on it. */
void toc_scenario_settle(lua_State *lua, const char *topology_path);
/* STARTEX. */
void toc_scenario_begin(toc_drill *drill);
/* "gridco.dispatcher" is itself, of "gridco", and of "*", which is everybody. */
bool toc_scenario_is_of(const toc_drill *drill, uint32_t seat, const char *team);
/* Whether words can be addressed to it: a seat, a team, or somebody of an operator of the topology
   that has no team in this drill, whom exercise control stands in for. */
bool toc_scenario_reaches(const toc_drill *drill, const char *name);

#endif
