/* State of stand-ins, shared by standin.c and the bindings of seats. */
#ifndef DRILL_STANDIN_STATE_H
#define DRILL_STANDIN_STATE_H

#include "drill/action.h"
#include "drill/observation.h"
#include "drill/patience.h"
#include "kernel/list.h"
#include "script/compiled.h"
#include "script/process.h"
#include "tocsin/standin.h"

struct toc_standins {
    toc_drill *drill;
    const toc_package *package;
    const char *policy_path;    /* "policies/reference.lua" */
    const char *policy_options; /* "pace=2:hands=1", "" for none */
    toc_standins_sink *sink;
    void *sink_object;
    toc_calendar *calendar; /* the stand-ins' own, kept in step with the drill */
    toc_compiled *compiled; /* the policy and what it requires, for all seats */
    toc_arena *arena;
    toc_problems *problems; /* scripts' errors; each call hands on what is new */
    size_t problems_told;
    toc_status status;
    toc_patience patience;     /* with all policies together */
    struct toc_standin *seats; /* one for each seat of the drill */
};

/* How far a process of a policy has read what its seat was shown. */
struct toc_reader {
    uint64_t process;
    uint32_t read;
    bool waits;
};

struct toc_standin {
    toc_standins *all;
    uint32_t seat;
    uint32_t shown; /* observations handed over so far */
    bool has_news;
    bool has_options; /* its policy has asked for them */
    uint32_t inputs;  /* given so far, by whoever */
    size_t bytes;     /* of their parameters */
    toc_host *host;
    toc_processes *processes;
    toc_list readers; /* struct toc_reader by slot of the process */
};

/* The stand-in whose script runs. */
struct toc_standin *toc_standin_of(lua_State *lua);
/* The process's own; one that is new begins with what is shown from now on. */
struct toc_reader *toc_standin_reader(struct toc_standin *standin, uint64_t process);
/* Gives the input to the drill and to the sink. What is wrong with it is told in `problems`. */
toc_status toc_standin_give(struct toc_standin *standin, toc_input *input, toc_problems *problems);

/* bind_seat.c: the class "seat" and the module "tocsin.policy". */
void toc_bind_seat_install(toc_host *host);
/* Finds what the policy (its module's result, on top of the stack) says for the seat, and starts
   it; false where the result is no policy. Takes the result off. */
bool toc_bind_seat_start(struct toc_standin *standin);

/* bind_sight.c: what a seat knows, as tables. */
/* An observation; one number of values pushed, as of a binding. */
int toc_bind_sight_observation(lua_State *lua, const toc_observation *observation);
/* Whether the table on top has what the filter at `filter` asks for: nil, a kind, or a table of
   fields, each a value or a list of values. */
bool toc_bind_sight_fits(lua_State *lua, int filter);
/* Refuses a filter of observations that is none. */
void toc_bind_sight_check_filter(lua_State *lua, int filter, const char *what);
int toc_bind_sight_assets(lua_State *lua);
int toc_bind_sight_asset(lua_State *lua);
int toc_bind_sight_mentioned(lua_State *lua);
int toc_bind_sight_ticket(lua_State *lua);
int toc_bind_sight_tickets(lua_State *lua);
/* Whether the operator believes it to be up. */
bool toc_bind_sight_is_up(const toc_drill *drill, uint32_t operator_index, uint32_t element);

/* bind_verb.c */
/* The action that a policy names. */
toc_action_verb toc_bind_verb_at(lua_State *lua, int argument, const char *what);
int toc_bind_verb_facts(lua_State *lua);

/* bind_order.c */
int toc_bind_order_list(lua_State *lua);
int toc_bind_order_board(lua_State *lua);

/* bind_roster.c */
int toc_bind_roster_crews(lua_State *lua);
int toc_bind_roster_stocks(lua_State *lua);
int toc_bind_roster_vendors(lua_State *lua);
int toc_bind_roster_neighbours(lua_State *lua);
int toc_bind_lookout_watch(lua_State *lua);
int toc_bind_roster_way(lua_State *lua);
int toc_bind_roster_duties(lua_State *lua);
/* bind_emergency.c */
int toc_bind_emergency_plan(lua_State *lua);
int toc_bind_roster_seats(lua_State *lua);
int toc_bind_roster_services(lua_State *lua);

#endif
