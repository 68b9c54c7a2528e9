/* Bindings of a seat for the policies that play it: they convert and call. */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "drill/bind_options.h"
#include "drill/action.h"
#include "drill/emergency.h"
#include "drill/parameter.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "drill/team.h"
#include "drill/ticket.h"
#include "kernel/assert.h"
#include "script/binder.h"
#include "script/describe.h"
#include "script/variate.h"

/* Names the policy among the registry's entries. */
static const char policy_key = 0;

static struct toc_standin *self(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    return toc_standin_of(lua);
}

static toc_time now(const struct toc_standin *standin) {
    return toc_calendar_now(standin->all->calendar);
}

/* -- Who it is ----------------------------------------------------------------------------------
 */

static int seat_id(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    lua_pushstring(lua, toc_seat_name(standin->all->drill, standin->seat));
    return 1;
}

static int seat_team(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    lua_pushstring(lua, toc_team_name(drill, toc_seat_team(drill, standin->seat)));
    return 1;
}

static int seat_role(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    lua_pushstring(lua, toc_seat_role(standin->all->drill, standin->seat));
    return 1;
}

static int seat_now(lua_State *lua) {
    lua_pushinteger(lua, now(self(lua)));
    return 1;
}

static int seat_may(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    toc_action_verb verb = toc_bind_verb_at(lua, 2, "seat:may");
    lua_pushboolean(lua, toc_seat_may(standin->all->drill, standin->seat, verb));
    return 1;
}

/* -- Time ---------------------------------------------------------------------------------------
 */

static int seat_wait(lua_State *lua) {
    (void)self(lua);
    return toc_processes_wait(lua, toc_variate_time(lua, 2, "seat:wait", 0));
}

static struct toc_reader *reader_of(lua_State *lua, struct toc_standin *standin) {
    uint64_t process = toc_processes_current(lua);
    if (process == 0) {
        toc_host_error(lua, "only a seat's function can wait for something");
    }
    return toc_standin_reader(standin, process);
}

/* When a wait that may last as long as the value at `argument` says is over; TOC_NEVER. */
static toc_time deadline_at(lua_State *lua, const struct toc_standin *standin, int argument) {
    if (lua_isnoneornil(lua, argument)) {
        return TOC_NEVER;
    }
    toc_time longest = toc_variate_time(lua, argument, "the longest wait", 0);
    return longest < TOC_NEVER - now(standin) ? now(standin) + longest : TOC_NEVER;
}

static int wait_for_news(lua_State *lua, struct toc_standin *standin, toc_time deadline,
                         lua_KFunction then) {
    reader_of(lua, standin)->waits = true;
    return toc_processes_wait_then(lua, deadline == TOC_NEVER ? TOC_NEVER : deadline - now(standin),
                                   then, (lua_KContext)deadline);
}

/* Leaves the next observation that fits the filter at 2; false where there is none yet. */
static bool read_next(lua_State *lua, struct toc_standin *standin) {
    struct toc_reader *reader = reader_of(lua, standin);
    while (reader->read < standin->shown) {
        const toc_observation *observation =
            toc_observation_at(standin->all->drill, standin->seat, reader->read++);
        (void)toc_bind_sight_observation(lua, observation);
        if (toc_bind_sight_fits(lua, 2)) {
            return true;
        }
        lua_pop(lua, 1);
    }
    return false;
}

static int next_again(lua_State *lua, int status, lua_KContext deadline) {
    struct toc_standin *standin = toc_standin_of(lua);
    (void)status;
    reader_of(lua, standin)->waits = false;
    lua_settop(lua, 3);
    if (read_next(lua, standin)) {
        return 1;
    }
    if (now(standin) >= (toc_time)deadline) {
        lua_pushnil(lua);
        return 1;
    }
    return wait_for_news(lua, standin, (toc_time)deadline, next_again);
}

static int seat_next(lua_State *lua) {
    struct toc_standin *standin = self(lua);
    toc_bind_sight_check_filter(lua, 2, "seat:next");
    toc_time deadline = deadline_at(lua, standin, 3);
    return next_again(lua, LUA_OK, (lua_KContext)deadline);
}

static int await_again(lua_State *lua, int status, lua_KContext deadline) {
    struct toc_standin *standin = toc_standin_of(lua);
    (void)status;
    reader_of(lua, standin)->waits = false;
    lua_settop(lua, 2);
    (void)toc_bind_sight_ticket(lua);
    lua_getfield(lua, 3, "open");
    bool is_open = lua_toboolean(lua, -1);
    lua_settop(lua, 3);
    if (!is_open || now(standin) >= (toc_time)deadline) {
        return 1;
    }
    return wait_for_news(lua, standin, (toc_time)deadline, await_again);
}

static int seat_await(lua_State *lua) {
    struct toc_standin *standin = self(lua);
    (void)toc_binder_integer(lua, 2, "the number of a ticket", 1, UINT32_MAX);
    toc_time deadline = deadline_at(lua, standin, 3);
    return await_again(lua, LUA_OK, (lua_KContext)deadline);
}

/* -- Things it does at once ---------------------------------------------------------------------
 */

static void start(lua_State *lua, struct toc_standin *standin, int arguments) {
    uint64_t process = toc_processes_start(standin->processes, lua, arguments, TOC_DEFENDER);
    if (process != 0) {
        (void)toc_standin_reader(standin, process);
    }
}

static void check_function(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (lua_type(lua, argument) != LUA_TFUNCTION) {
        toc_host_error(lua, "%s: expected a function, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
}

/* (seat, function, ...) -> function(seat, ...) */
static int seat_start(lua_State *lua) {
    struct toc_standin *standin = self(lua);
    check_function(lua, 2, "seat:start");
    lua_pushvalue(lua, 1);
    lua_insert(lua, 3);
    start(lua, standin, lua_gettop(lua) - 2);
    return 0;
}

/* A process of its own: (seat, filter, function). */
static int watch(lua_State *lua, int status, lua_KContext context) {
    struct toc_standin *standin = toc_standin_of(lua);
    (void)status;
    (void)context;
    lua_settop(lua, 3);
    while (read_next(lua, standin)) {
        lua_pushvalue(lua, 3);
        lua_pushvalue(lua, 1);
        lua_rotate(lua, 4, -1);
        start(lua, standin, 2);
        lua_settop(lua, 3);
    }
    return wait_for_news(lua, standin, TOC_NEVER, watch);
}

static int begin_watch(lua_State *lua) {
    return watch(lua, LUA_OK, 0);
}

static int seat_on(lua_State *lua) {
    struct toc_standin *standin = self(lua);
    toc_bind_sight_check_filter(lua, 2, "seat:on");
    check_function(lua, 3, "seat:on");
    lua_settop(lua, 3);
    lua_pushcfunction(lua, begin_watch);
    lua_insert(lua, 1);
    start(lua, standin, 3);
    return 0;
}

/* -- Acting -------------------------------------------------------------------------------------
 */

/* A text, or a table with an id, as seat:assets gives them; "" where it is not given. */
static const char *target_at(lua_State *lua, int argument) {
    if (lua_isnoneornil(lua, argument)) {
        return "";
    }
    if (lua_type(lua, argument) == LUA_TTABLE) {
        lua_getfield(lua, argument, "id");
        lua_replace(lua, argument);
    }
    return toc_binder_text(lua, argument, "the target");
}

/* The list of texts on top becomes one text with blanks between. */
static void join(lua_State *lua, const char *key) {
    luaL_Buffer all;
    int list = lua_gettop(lua);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, list);
    luaL_checkstack(lua, LUA_MINSTACK, key);
    luaL_buffinit(lua, &all);
    for (lua_Integer i = 1; i <= count; i++) {
        (void)lua_rawgeti(lua, list, i);
        (void)toc_binder_text(lua, -1, key);
        toc_host_charge(lua, 10 + lua_rawlen(lua, -1));
        luaL_addvalue(&all);
        if (i < count) {
            luaL_addchar(&all, ' ');
        }
    }
    luaL_pushresult(&all);
    lua_replace(lua, list);
}

/* The value on top as a text: numbers as people write them. */
static const char *value_text(lua_State *lua, const char *key, char *buffer, size_t size) {
    if (lua_type(lua, -1) == LUA_TTABLE && lua_rawlen(lua, -1) > 0) {
        join(lua, key);
    } else if (lua_type(lua, -1) == LUA_TTABLE) {
        lua_getfield(lua, -1, "id");
        lua_replace(lua, -2);
    }
    if (lua_isinteger(lua, -1)) {
        (void)snprintf(buffer, size, "%lld", (long long)lua_tointeger(lua, -1));
        return buffer;
    }
    if (lua_type(lua, -1) == LUA_TNUMBER) {
        (void)snprintf(buffer, size, "%.6f", toc_binder_number(lua, -1, key));
        return buffer;
    }
    return toc_binder_text(lua, -1, key);
}

enum { KEYS = 160 };

/* Names of the verb's parameters; where there are emergency plans, that of the step as well. */
static void list_keys(lua_State *lua, toc_action_verb verb, char keys[KEYS]) {
    bool takes_step = toc_emergency_takes(toc_standin_of(lua)->all->drill, "step");
    const char *own = toc_action_keys(verb);
    TOC_ASSERT(strlen(own) + sizeof " step" <= KEYS);
    (void)snprintf(keys, KEYS, "%s%s%s", own, takes_step && own[0] != '\0' ? " " : "",
                   takes_step ? "step" : "");
}

/* Lines of the parameters in the table at `table`, in the order in which the verb names them; the
   text is left on the stack. */
static const char *write_parameters(lua_State *lua, int table, toc_action_verb verb) {
    char key[32], number[64], keys[KEYS];
    luaL_Buffer lines;
    list_keys(lua, verb, keys);
    luaL_buffinit(lua, &lines);
    for (const char *at = keys; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        TOC_ASSERT(length < sizeof key);
        memcpy(key, at, length);
        key[length] = '\0';
        at += length;
        if (lua_getfield(lua, table, key) != LUA_TNIL) {
            const char *value = value_text(lua, key, number, sizeof number);
            size_t size = toc_parameter_write(key, value, NULL, 0) + 1;
            char *line = lua_newuserdatauv(lua, size, 0);
            toc_host_charge(lua, size);
            (void)toc_parameter_write(key, value, line, size);
            lua_pushstring(lua, line);
            lua_replace(lua, -3);
            lua_pop(lua, 1);
            luaL_addvalue(&lines);
        } else {
            lua_pop(lua, 1);
        }
    }
    luaL_pushresult(&lines);
    return lua_tostring(lua, -1);
}

static void check_parameters(lua_State *lua, int table, toc_action_verb verb) {
    char copy[KEYS], what[64];
    const char *names[TOC_PARAMETER_KEYS];
    size_t count = 0;
    list_keys(lua, verb, copy);
    (void)snprintf(what, sizeof what, "%s", toc_action_name(verb));
    for (char *at = copy; *at != '\0';) {
        TOC_ASSERT(count < TOC_PARAMETER_KEYS);
        names[count++] = at;
        at += strcspn(at, " ");
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    toc_binder_check_keys(lua, table, what, names, count);
}

/* Gives the input; what is wrong with it is an error at the author's line. */
static int give(lua_State *lua, toc_action_verb verb, const char *target, const char *parameters) {
    struct toc_standin *standin = toc_standin_of(lua);
    char text[512] = "";
    toc_input input = {.seat = toc_seat_name(standin->all->drill, standin->seat),
                       .verb = toc_action_name(verb),
                       .target = target,
                       .parameters = parameters};
    toc_host_charge(lua, 100 + strlen(parameters));
    toc_problems *problems = toc_problems_create();
    toc_status status = toc_standin_give(standin, &input, problems);
    if (toc_problems_kept(problems) > 0) {
        (void)snprintf(text, sizeof text, "%s", toc_problems_at(problems, 0).text);
    }
    toc_problems_destroy(problems);
    if (status != TOC_OK) {
        toc_host_error(lua, "%s", text);
    }
    lua_pushinteger(lua, standin->inputs);
    return 1;
}

static int seat_act(lua_State *lua) {
    (void)self(lua);
    toc_action_verb verb = toc_bind_verb_at(lua, 2, "seat:act");
    lua_settop(lua, 4);
    const char *target = target_at(lua, 3);
    const char *parameters = "";
    if (!lua_isnil(lua, 4)) {
        check_parameters(lua, 4, verb);
        parameters = write_parameters(lua, 4, verb);
    }
    return give(lua, verb, target, parameters);
}

static int seat_say(lua_State *lua) {
    (void)self(lua);
    lua_settop(lua, 4);
    const char *target = target_at(lua, 2);
    (void)toc_binder_text(lua, 3, "seat:say");
    lua_createtable(lua, 0, 2);
    lua_pushvalue(lua, 3);
    lua_setfield(lua, -2, "text");
    lua_pushvalue(lua, 4);
    lua_setfield(lua, -2, "about");
    const char *parameters = write_parameters(lua, 5, TOC_VERB_NOTIFY_PEER);
    return give(lua, TOC_VERB_NOTIFY_PEER, target, parameters);
}

static const toc_binding seat_rows[] = {
    {"id", seat_id, true, "seat.id: string", "Its name: gridco.dispatcher."},
    {"team", seat_team, true, "seat.team: string", "Its team: gridco."},
    {"role", seat_role, true, "seat.role: string", "Its role: dispatcher."},
    {"now", seat_now, false, "seat:now() -> time", "Drill time."},
    {"may", seat_may, false, "seat:may(verb: string) -> boolean",
     "Whether its role is allowed that action."},
    {"verb", toc_bind_verb_facts, false, "seat:verb(verb: string) -> table",
     "What an action is: id, help, parameters, takes, undo (the action that takes it back), final "
     "(nothing does), allowed."},
    {"wait", seat_wait, false, "seat:wait(time: time|variate)", "Lets time pass."},
    {"next", seat_next, false,
     "seat:next(filter?: string|table, longest?: time|variate) -> observation?",
     "Waits for the next thing that the seat is shown and that fits; nil where the time is over."},
    {"on", seat_on, false, "seat:on(filter: string|table|nil, body: function)",
     "From now on runs body(seat, observation) beside the rest for everything shown that fits."},
    {"start", seat_start, false, "seat:start(body: function, ...)",
     "Runs body(seat, ...) beside the rest."},
    {"act", seat_act, false,
     "seat:act(verb: string, target?: string|table, parameters?: table) -> integer",
     "Does something; gives the number of its ticket."},
    {"say", seat_say, false, "seat:say(to: string|table, text: string, about?: string) -> integer",
     "Tells another seat something; the action notify_peer. `about` is what a stand-in there will "
     "take it for: intrusion, oddity, warning, incident, suspicion, fault, public, authority."},
    {"await", seat_await, false, "seat:await(number: integer, longest?: time|variate) -> ticket",
     "Waits until that ticket has ended, or the time is over."},
    {"ticket", toc_bind_sight_ticket, false, "seat:ticket(number: integer) -> ticket",
     "How one of its actions stands: verb, target, stage, why, open, job, crew, arrives, "
     "lacks (crew, road, part or rest, while it waits)."},
    {"tickets", toc_bind_sight_tickets, false, "seat:tickets(filter?: table) -> ticket[]",
     "Its actions so far that fit."},
    {"orders", toc_bind_order_list, false, "seat:orders(filter?: table) -> table[]",
     "Orders that it gave or got: number, from, to, text, stage (given, acknowledged, under-way, "
     "done, overdue), verb, asset, due, at."},
    {"board", toc_bind_order_board, false, "seat:board() -> table[]",
     "What its team has put on its status board with set_belief: asset, state, confidence, by, "
     "at."},
    {"assets", toc_bind_sight_assets, false, "seat:assets(filter?: table) -> asset[]",
     "Its operator's assets (others' with operator=) as the team believes them to be."},
    {"asset", toc_bind_sight_asset, false, "seat:asset(id: string) -> asset",
     "One asset or link as the team believes it to be: state, down, since, source, view (its "
     "telemetry arrives), control (it is connected); of a tank level, trend (metres an hour) and "
     "level_at as they are shown, measured and measured_at as a crew read them on the spot."},
    {"mentioned", toc_bind_sight_mentioned, false, "seat:mentioned(text: string) -> asset[]",
     "Its operator's assets whose id or name stands in the text."},
    {"services", toc_bind_roster_services, false, "seat:services() -> service[]",
     "Its operator's services with the level, 0 to 1, that follows from what the team believes."},
    {"crews", toc_bind_roster_crews, false, "seat:crews() -> crew[]",
     "Its operator's crews: id, skills, can (kinds of work), size, busy, free, speed, x, y "
     "(base), by_road, lent_to (by us), owner (who lent it us), shift (fresh, tired, "
     "spent or handover, where it works in shifts), on_since, parties (doing: nothing, travel or "
     "work; at, arrives, carries, x, y)."},
    {"way", toc_bind_roster_way, false, "seat:way(crew: string|table, to: string|table) -> time?",
     "How long the nearest free party of a crew takes there over open roads; nil where none is "
     "free, or no open road leads there."},
    {"stocks", toc_bind_roster_stocks, false, "seat:stocks() -> stock[]",
     "Its operator's parts in stock: part, at, count."},
    {"vendors", toc_bind_roster_vendors, false, "seat:vendors() -> vendor[]",
     "Who can be called in or sells parts: id, name, can (kinds of work), parts, comes, "
     "delivers (usual times)."},
    {"duties", toc_bind_roster_duties, false, "seat:duties() -> duty[]",
     "What its team may come to owe: id, text, recipient, clock (what it waits for), content "
     "(items of the report)."},
    {"plan", toc_bind_emergency_plan, false, "seat:plan() -> table",
     "Steps of its operator's emergency plan that are its to do: id, text, verb, target, "
     "condition, state (open, started, done, late), optional, ready (what comes before is done), "
     "due, done_at; and since, when the plan came into force."},
    {"watch", toc_bind_lookout_watch, false,
     "seat:watch() -> { sensors: { id: string, on?: string, covers: string[] }[], analysts: "
     "integer, waiting: integer }",
     "What its operator watches with: sensors with the assets that they cover, how many analysts "
     "there are, and how many alerts wait for one."},
    {"neighbours", toc_bind_roster_neighbours, false, "seat:neighbours() -> neighbour[]",
     "Other operators that have a team and crews: id, name, can (kinds of work)."},
    {"seats", toc_bind_roster_seats, false, "seat:seats(filter?: table) -> seat[]",
     "Who takes part: id, team, role."},
};

static const toc_bound_class seat_class = {
    "seat", "A seat that a policy plays: it sees what the seat is shown, and acts by inputs.",
    seat_rows, sizeof seat_rows / sizeof *seat_rows};

/* -- The policy ---------------------------------------------------------------------------------
 */

static int make_policy(lua_State *lua) {
    char found[128];
    if (lua_type(lua, 1) != LUA_TTABLE) {
        toc_host_error(lua, "p.policy: expected a table of functions by role or seat, found %s",
                       toc_describe_value(lua, 1, found, sizeof found));
    }
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING || lua_type(lua, -1) != LUA_TFUNCTION) {
            toc_host_error(lua, "p.policy: expected functions by role or seat, found %s",
                           toc_describe_value(lua, lua_type(lua, -2) == LUA_TSTRING ? -1 : -2,
                                              found, sizeof found));
        }
    }
    lua_settop(lua, 1);
    lua_pushvalue(lua, 1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &policy_key);
    return 1;
}

static const toc_binding policy_rows[] = {
    {"policy", make_policy, false, "p.policy(functions: table) -> policy",
     "What a policy's module returns: a function(seat) by seat (gridco.soc), role (soc) or "
     "default."},
    {"options", toc_bind_options, false, "p.options(usual: table) -> table",
     "What whoever asked for the policy wants of it: numbers and times by name, the usual ones "
     "where "
     "nothing was said (reference:pace=2:competence=70%)."},
};

static const toc_bound_class policy_functions = {"p", "Policies: who plays seats nobody fills.",
                                                 policy_rows,
                                                 sizeof policy_rows / sizeof *policy_rows};

void toc_bind_seat_install(toc_host *host) {
    toc_binder_class(host, &seat_class);
    toc_binder_module(host, "tocsin.policy", &policy_functions);
}

/* (standin, policy) -> function or nil, seat; whether it is a policy stands in the first's place.
 */
static int find_function(lua_State *lua) {
    const struct toc_standin *standin = toc_standin_of(lua);
    const toc_drill *drill = standin->all->drill;
    const char *const names[] = {toc_seat_name(drill, standin->seat),
                                 toc_seat_role(drill, standin->seat), "default"};
    lua_pushnil(lua);
    for (size_t i = 0; i < sizeof names / sizeof *names && lua_isnil(lua, -1); i++) {
        lua_pop(lua, 1);
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &policy_key);
        lua_pushstring(lua, names[i]);
        lua_rawget(lua, -2);
        lua_remove(lua, -2);
    }
    toc_binder_push(lua, "seat", standin->seat, 0);
    return 2;
}

bool toc_bind_seat_start(struct toc_standin *standin) {
    lua_State *lua = toc_host_lua(standin->host);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &policy_key);
    bool is_policy = !lua_isnil(lua, -1) && lua_rawequal(lua, -1, -2);
    lua_pop(lua, 2);
    if (is_policy && toc_host_protect(standin->host, find_function, NULL, 2)) {
        if (lua_isfunction(lua, -2)) {
            start(lua, standin, 1);
        } else {
            lua_pop(lua, 2);
        }
    }
    return is_policy;
}
