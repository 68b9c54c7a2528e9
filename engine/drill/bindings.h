/* Bindings: the Lua functions of this room, by the file that holds them. */
#ifndef DRILL_BINDINGS_H
#define DRILL_BINDINGS_H

#include "drill/inject.h"
#include "drill/spec.h"
#include "script/binder.h"

/* bind_drill.c: t.drill and the class "drill". */
void toc_bind_drill_install(toc_host *host);
/* The drill that the method at 1 is called on. */
toc_drill *toc_bind_drill_self(lua_State *lua);

/* bind_team.c */
int toc_bind_team_declare(lua_State *lua);

/* bind_objective.c */
int toc_bind_objective_declare(lua_State *lua);
int toc_bind_objective_duty(lua_State *lua);

/* bind_regime.c */
int toc_bind_regime_declare(lua_State *lua);

/* bind_emergency.c */
int toc_bind_emergency_declare(lua_State *lua);

/* bind_inject.c */
int toc_bind_inject_add(lua_State *lua);
void toc_bind_inject_install(toc_host *host);
/* Complains of seats, channel and time that cannot be. */
void toc_bind_inject_check(toc_spec *spec, toc_inject *inject);

/* bind_attachment.c: what comes with an inject, from the option `attach`; told where it cannot. */
void toc_bind_attachment_read(toc_spec *spec, toc_inject *inject);
/* NULL where the file can be handed out, else why it cannot, in `buffer`. */
const char *toc_bind_attachment_fault(const toc_drill *drill, const char *path, char *buffer,
                                      size_t size);

/* bind_call.c: the option `call` of an inject; NULL where it is not given. */
const toc_call *toc_bind_call_read(toc_spec *outer);

/* bind_msel.c */
int toc_bind_msel_add(lua_State *lua);

/* bind_wording.c: as the functions of spec.h, for what people read: "text" or { en = "text", zh =
   "..." }, of which the first is given back. */
const char *toc_bind_wording_text(toc_spec *spec, const char *key, const char *absent);
/* The same for names, which may well be alike in both languages. */
const char *toc_bind_wording_name(toc_spec *spec, const char *key, const char *absent);
const char *toc_bind_wording_position(toc_spec *spec, int position, const char *absent);
/* A list of such texts; how many. */
uint32_t toc_bind_wording_list(toc_spec *spec, const char *key, const char *const **out_texts);
/* What stands on top of the stack, where it stays. */
const char *toc_bind_wording_value(lua_State *lua, const char *what);

/* bind_variable.c */
int toc_bind_variable_set(lua_State *lua);
int toc_bind_variable_get(lua_State *lua);

/* bind_decision.c */
int toc_bind_decision_declare(lua_State *lua);
/* Has the function told what was chosen and by which seat ("" for nobody), as a process. */
void toc_bind_decision_chosen(toc_drill *drill, int function, const char *option, const char *seat);

/* bind_approval.c */
int toc_bind_approval_declare(lua_State *lua);
/* bind_order.c */
int toc_bind_order_command(lua_State *lua);

/* bind_phase.c */
int toc_bind_phase_declare(lua_State *lua);
int toc_bind_phase_current(lua_State *lua);

/* bind_perimeter.c */
int toc_bind_perimeter_block(lua_State *lua);
int toc_bind_perimeter_unblock(lua_State *lua);
int toc_bind_perimeter_isolate(lua_State *lua);
int toc_bind_perimeter_reconnect(lua_State *lua);
int toc_bind_perimeter_change_phase(lua_State *lua);

/* bind_persona.c */
int toc_bind_persona_declare(lua_State *lua);
/* Has the persona's function answer, as a process. */
void toc_bind_persona_answer(toc_drill *drill, uint32_t request);

/* bind_flow.c: what happens when. */
int toc_bind_flow_at(lua_State *lua);
int toc_bind_flow_when(lua_State *lua);
int toc_bind_flow_ends(lua_State *lua);
int toc_bind_flow_wait(lua_State *lua);
int toc_bind_flow_wait_until(lua_State *lua);
int toc_bind_flow_mark(lua_State *lua);
int toc_bind_flow_now(lua_State *lua);
int toc_bind_flow_fail(lua_State *lua);
int toc_bind_flow_clear(lua_State *lua);
/* Runs a function of the script as a process, with the object of that class as its argument: now,
   or at STARTEX where the scenario still declares. */
void toc_bind_flow_run(lua_State *lua, int function, const char *class_name, uint32_t number);
void toc_bind_flow_out_of_memory(toc_drill *drill);
/* How many drill:when there are. */
uint32_t toc_bind_flow_conditions(const toc_drill *drill);
/* The conditions of drill:when in the order they were declared; false past the last. */
bool toc_bind_flow_condition(const toc_drill *drill, uint32_t index, const char **out_name,
                             toc_place *out_place);
/* Sets off what was declared with times. */
void toc_bind_flow_begin(toc_drill *drill);
void toc_bind_flow_finish(toc_drill *drill);
/* Shared by all that wait: `entity` keys what is drawn. */
int toc_bind_flow_pause(lua_State *lua, uint32_t entity);

/* bind_criterion.c: t.declared and its like. */
void toc_bind_criterion_install(toc_host *host);
/* A criterion object or a function at `argument`. */
uint32_t toc_bind_criterion_read(lua_State *lua, int argument, const char *what);
/* The same of a field; TOC_INDEX_NONE where it is not given. */
uint32_t toc_bind_criterion_field(lua_State *lua, int table, const char *key, const char *what);

/* bind_situation.c: what conditions look at. */
void toc_bind_situation_install(toc_host *host);

/* bind_adversary.c */
int toc_bind_adversary_declare(lua_State *lua);
/* Steps of an adversary, as rows of its class. */
int toc_bind_strike_technique(lua_State *lua);
int toc_bind_strike_exploit(lua_State *lua);
int toc_bind_strike_scan(lua_State *lua);
int toc_bind_strike_move(lua_State *lua);
int toc_bind_strike_implant(lua_State *lua);
int toc_bind_strike_tamper(lua_State *lua);
/* Tells a step that waits for its table in vain. */
void toc_bind_strike_check_chains(lua_State *lua);
void toc_bind_adversary_install(toc_host *host);

#endif
