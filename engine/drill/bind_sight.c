/* Bindings of what a seat knows: what it was shown, and what its team believes. Nothing here reads
   the truth of the world. */
#include <lauxlib.h>
#include <string.h>

#include "drill/basin.h"
#include "drill/fieldwork.h"
#include "drill/duty.h"
#include "drill/marking.h"
#include "drill/message.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "drill/team.h"
#include "drill/ticket.h"
#include "kernel/assert.h"
#include "model/belief.h"
#include "model/failover.h"
#include "model/job.h"
#include "model/reach.h"
#include "model/sense.h"
#include "script/binder.h"

static struct toc_standin *self(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    return toc_standin_of(lua);
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

static void set_number(lua_State *lua, const char *key, int64_t number) {
    lua_pushinteger(lua, number);
    lua_setfield(lua, -2, key);
}

static void set_flag(lua_State *lua, const char *key, bool flag) {
    lua_pushboolean(lua, flag);
    lua_setfield(lua, -2, key);
}

/* TOC_NEVER is absent in scripts. */
static void set_time(lua_State *lua, const char *key, toc_time time) {
    if (time != TOC_NEVER) {
        set_number(lua, key, time);
    }
}

/* The files that came with the message of that number in the seat's inbox. */
static void set_attachments(lua_State *lua, uint32_t own_number) {
    const struct toc_standin *standin = toc_standin_of(lua);
    uint32_t number = standin->all->drill->hands_out
                          ? toc_message_of_inbox(standin->all->drill, standin->seat, own_number)
                          : 0;
    const toc_message *message = number == 0 ? NULL : toc_message_at(standin->all->drill, number);
    if (message == NULL || message->attachment_count == 0) {
        return;
    }
    lua_createtable(lua, (int)message->attachment_count, 0);
    for (uint32_t i = 0; i < message->attachment_count; i++) {
        lua_pushstring(lua, message->attachments[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "attachments");
}

/* What belongs into the report of a duty whose rules say so. */
static void set_content(lua_State *lua, const char *duty) {
    const char *content = toc_duty_content(toc_standin_of(lua)->all->drill, duty);
    if (content[0] != '\0') {
        set_text(lua, "content", content);
    }
}

/* -- Filters ------------------------------------------------------------------------------------
 */

static const char *const observation_keys[] = {
    "kind",   "at",      "asset",   "state",     "source",   "there",   "number",
    "from",   "channel", "text",    "tlp",       "verb",     "target",  "stage",
    "why",    "duty",    "due",     "recipient", "decision", "content", "attachments",
    "raised", "waiting", "request", "crew",      "to",       "about"};
static const char *const kind_names[] = {"message", "message", "alarm",    "control",
                                         "ticket",  "duty",    "decision", "approval",
                                         "alert",   "aid",     "shift",    "order"};
_Static_assert(sizeof kind_names / sizeof *kind_names == TOC_OBSERVED_KINDS, "a name each");

static void check_kind(lua_State *lua, int index, const char *what) {
    const char *kind = toc_binder_text(lua, index, what);
    for (int i = 0; i < TOC_OBSERVED_KINDS; i++) {
        if (strcmp(kind_names[i], kind) == 0) {
            return;
        }
    }
    const char *nearest = toc_names_nearest_of(kind_names, TOC_OBSERVED_KINDS, kind);
    toc_host_error(lua, "%s: there is no kind of observation '%.40s'%s%s%s", what, kind,
                   nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest,
                   nearest == NULL ? "" : "'?");
}

void toc_bind_sight_check_filter(lua_State *lua, int filter, const char *what) {
    if (lua_isnoneornil(lua, filter)) {
        return;
    }
    if (lua_type(lua, filter) == LUA_TSTRING) {
        check_kind(lua, filter, what);
        return;
    }
    toc_binder_check_keys(lua, filter, what, observation_keys,
                          sizeof observation_keys / sizeof *observation_keys);
    if (lua_getfield(lua, filter, "kind") == LUA_TSTRING) {
        check_kind(lua, -1, what);
    }
    lua_pop(lua, 1);
}

/* Whether the value on top is what stands at `wanted`, or one of the list there. */
static bool is_wanted(lua_State *lua, int wanted) {
    if (lua_type(lua, wanted) != LUA_TTABLE) {
        return lua_rawequal(lua, -1, wanted);
    }
    bool found = false;
    lua_Integer count = (lua_Integer)lua_rawlen(lua, wanted);
    toc_host_charge(lua, (uint64_t)count);
    for (lua_Integer i = 1; i <= count && !found; i++) {
        lua_rawgeti(lua, wanted, i);
        found = lua_rawequal(lua, -1, -2);
        lua_pop(lua, 1);
    }
    return found;
}

bool toc_bind_sight_fits(lua_State *lua, int filter) {
    int table = lua_gettop(lua);
    bool fits = true;
    toc_host_charge(lua, 20);
    if (lua_isnoneornil(lua, filter)) {
        return true;
    }
    if (lua_type(lua, filter) == LUA_TSTRING) {
        lua_getfield(lua, table, "kind");
        fits = lua_rawequal(lua, -1, filter);
        lua_pop(lua, 1);
        return fits;
    }
    for (lua_pushnil(lua); fits && lua_next(lua, filter) != 0; lua_pop(lua, 1)) {
        lua_pushvalue(lua, -2);
        lua_rawget(lua, table);
        fits = is_wanted(lua, lua_gettop(lua) - 1);
        lua_pop(lua, 1);
    }
    lua_settop(lua, table);
    return fits;
}

/* -- What it was shown --------------------------------------------------------------------------
 */

/* "stage: why" into two fields. */
static void set_stage(lua_State *lua, const char *text) {
    size_t length = strcspn(text, ":");
    lua_pushlstring(lua, text, length);
    lua_setfield(lua, -2, "stage");
    set_text(lua, "why", text[length] == '\0' ? "" : text + length + 2);
}

static void set_message(lua_State *lua, const toc_observation *observation) {
    set_number(lua, "number", observation->after);
    set_text(lua, "from", observation->actor);
    set_text(lua, "channel", observation->verb);
    set_text(lua, "text", observation->text);
    if (observation->before != TOC_MARKING_NONE) {
        set_text(lua, "tlp", toc_marking_name((toc_marking)observation->before));
    }
    if (observation->about != NULL) {
        set_text(lua, "about", observation->about);
    }
    set_attachments(lua, (uint32_t)observation->after);
}

/* What wants an answer until some time: its name and who is behind it go by these keys. */
static void set_question(lua_State *lua, const toc_observation *observation, const char *name,
                         const char *who) {
    set_text(lua, name, observation->subject);
    set_text(lua, "stage", observation->verb);
    set_text(lua, who, observation->actor);
    set_text(lua, "text", observation->text);
    set_time(lua, "due", observation->before);
}

int toc_bind_sight_observation(lua_State *lua, const toc_observation *observation) {
    toc_host_charge(lua, 50);
    luaL_checkstack(lua, 4, NULL);
    lua_createtable(lua, 0, 8);
    set_text(lua, "kind", kind_names[observation->kind]);
    set_number(lua, "at", observation->at);
    switch (observation->kind) {
    case TOC_OBSERVED_INJECT:
    case TOC_OBSERVED_MESSAGE:
        set_message(lua, observation);
        break;
    case TOC_OBSERVED_ALARM:
        set_text(lua, "asset", observation->subject);
        set_text(lua, "state", observation->verb);
        set_text(lua, "source", observation->text);
        break;
    case TOC_OBSERVED_CONTROL:
        set_text(lua, "asset", observation->subject);
        set_flag(lua, "there", observation->after != 0);
        break;
    case TOC_OBSERVED_TICKET:
        set_number(lua, "number", observation->after);
        set_text(lua, "verb", observation->verb);
        set_text(lua, "target", observation->subject);
        set_stage(lua, observation->text);
        break;
    case TOC_OBSERVED_DUTY:
        set_question(lua, observation, "duty", "recipient");
        set_content(lua, observation->subject);
        break;
    case TOC_OBSERVED_DECISION:
        set_question(lua, observation, "decision", "from");
        break;
    case TOC_OBSERVED_ALERT:
        set_text(lua, "asset", observation->subject);
        set_text(lua, "source", observation->actor);
        set_time(lua, "raised", observation->after);
        set_number(lua, "waiting", observation->before);
        break;
    case TOC_OBSERVED_APPROVAL:
    case TOC_OBSERVED_AID:
        set_question(lua, observation, "request", "from");
        break;
    case TOC_OBSERVED_SHIFT:
        set_text(lua, "crew", observation->subject);
        set_text(lua, "stage", observation->verb);
        break;
    case TOC_OBSERVED_ORDER:
        set_question(lua, observation, "to", "from");
        set_number(lua, "number", observation->after);
        break;
    case TOC_OBSERVED_KINDS:
        TOC_ASSERT(false); /* a kind of observation */
    }
    return 1;
}

static void push_ticket(lua_State *lua, const toc_drill *drill, const toc_ticket *ticket) {
    lua_createtable(lua, 0, 8);
    set_number(lua, "number", ticket->own_number);
    set_text(lua, "verb", toc_action_name(ticket->verb));
    set_text(lua, "target", ticket->target);
    set_text(lua, "stage", toc_ticket_stage_name(ticket->stage));
    set_text(lua, "why", ticket->why);
    set_flag(lua, "open", ticket->stage < TOC_TICKET_DONE);
    if (ticket->job != TOC_INDEX_NONE) {
        toc_job job = toc_job_read(drill->world, ticket->job);
        set_text(lua, "job", toc_job_kind_name(job.doing));
        if (job.crew != TOC_INDEX_NONE) {
            set_text(lua, "crew", drill->topology->crews[job.crew].id);
        }
        if (job.stage == TOC_JOB_WAITING && job.lacks != TOC_JOB_LACKS_NOTHING) {
            set_text(lua, "lacks", toc_job_lack_name(job.lacks));
        }
        if (job.stage == TOC_JOB_TRAVEL) {
            set_time(lua, "arrives", job.arrives_at);
        }
    }
    set_number(lua, "requested_at", ticket->requested_at);
    set_time(lua, "ended_at", ticket->ended_at);
}

int toc_bind_sight_ticket(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    int64_t number = toc_binder_integer(lua, 2, "the number of a ticket", 1, UINT32_MAX);
    if (number > standin->inputs) {
        toc_host_error(lua, "there is no ticket %d: this seat has done %d things", (int)number,
                       (int)standin->inputs);
    }
    toc_host_charge(lua, toc_ticket_count(drill));
    for (uint32_t i = toc_ticket_count(drill); i > 0; i--) {
        const toc_ticket *ticket = toc_ticket_at(drill, i);
        if (ticket->seat == standin->seat && ticket->own_number == number) {
            push_ticket(lua, drill, ticket);
            return 1;
        }
    }
    lua_createtable(lua, 0, 3); /* it is given within this instant and not taken up yet */
    set_number(lua, "number", number);
    set_text(lua, "stage", "given");
    set_flag(lua, "open", true);
    return 1;
}

int toc_bind_sight_tickets(lua_State *lua) {
    static const char *const keys[] = {"verb", "target", "stage", "open"};
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    lua_Integer count = 0;
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) {
        toc_binder_check_keys(lua, 2, "seat:tickets", keys, sizeof keys / sizeof *keys);
    }
    toc_host_charge(lua, toc_ticket_count(drill));
    lua_newtable(lua);
    for (uint32_t i = 1; i <= toc_ticket_count(drill); i++) {
        const toc_ticket *ticket = toc_ticket_at(drill, i);
        if (ticket->seat == standin->seat) {
            push_ticket(lua, drill, ticket);
            if (toc_bind_sight_fits(lua, 2)) {
                lua_rawseti(lua, 3, ++count);
            }
            lua_settop(lua, 3);
        }
    }
    return 1;
}

/* -- What its team believes ---------------------------------------------------------------------
 */

static void set_causes(lua_State *lua, uint32_t causes) {
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if ((causes & 1u << cause) != 0) {
            lua_pushstring(lua, toc_world_cause_name((toc_cause)cause));
            lua_rawseti(lua, -2, ++count);
        }
    }
    lua_setfield(lua, -2, "found");
}

static void set_card(lua_State *lua, const toc_team_card *card) {
    if (card != NULL && card->found_at != TOC_NEVER) {
        set_causes(lua, card->found);
        set_number(lua, "found_at", card->found_at);
    }
    if (card != NULL && card->said_at != TOC_NEVER) {
        set_text(lua, "said", toc_world_operation_name(card->said));
        lua_pushnumber(lua, (double)card->confidence_ppm / 1e6);
        lua_setfield(lua, -2, "confidence");
        set_number(lua, "said_at", card->said_at);
    }
    if (card != NULL && card->logs_at != TOC_NEVER) {
        set_text(lua, "intruder", toc_reach_access_name(card->intruder));
        set_number(lua, "logs_at", card->logs_at);
    }
    if (card != NULL && card->safe_at != TOC_NEVER) {
        set_number(lua, "safe_at", card->safe_at);
    }
}

/* Only its own people isolate an asset, so they know. */
static bool is_isolated_by_us(const toc_drill *drill, uint32_t operator_index, uint32_t element) {
    return toc_fieldwork_owns(drill, operator_index, element) &&
           toc_world_has_cause(drill->world, element, TOC_CAUSE_ISOLATED);
}

static void set_metres(lua_State *lua, const char *key, int64_t millimetres) {
    lua_pushnumber(lua, (double)millimetres / 1000.0);
    lua_setfield(lua, -2, key);
}

/* The level of its tank, as the screen shows it and as a crew read it. */
static void set_level(lua_State *lua, const struct toc_standin *standin, uint32_t asset) {
    toc_basin_sight sight;
    if (!toc_basin_see(standin->all->drill, standin->seat, asset, &sight)) {
        return;
    }
    if (sight.is_shown) {
        set_metres(lua, "level", sight.shown_mm);
        set_number(lua, "level_at", sight.shown_at);
        lua_pushnumber(lua, (double)sight.trend_mm / 24000.0);
        lua_setfield(lua, -2, "trend");
    }
    if (sight.is_measured) {
        set_metres(lua, "measured", sight.measured_mm);
        set_number(lua, "measured_at", sight.measured_at);
    }
}

static void set_belief(lua_State *lua, const struct toc_standin *standin, uint32_t element) {
    const toc_drill *drill = standin->all->drill;
    uint32_t operator_index = toc_seat_operator(drill, standin->seat);
    toc_belief belief = toc_belief_read(drill->world, operator_index, element);
    set_text(lua, "state", toc_world_operation_name(belief.operation));
    set_flag(lua, "down", belief.operation != TOC_ON && belief.operation != TOC_DEGRADED);
    set_number(lua, "since", belief.since);
    set_text(lua, "source", toc_belief_source_name(belief.source));
    set_flag(lua, "view", !belief.stale);
    set_flag(lua, "control", toc_sense_is_connected(drill->world, operator_index, element));
    set_flag(lua, "isolated", is_isolated_by_us(drill, operator_index, element));
    set_card(lua, toc_team_card_of(drill, toc_seat_team(drill, standin->seat), element));
}

bool toc_bind_sight_is_up(const toc_drill *drill, uint32_t operator_index, uint32_t element) {
    toc_belief belief = toc_belief_read(drill->world, operator_index, element);
    return belief.operation == TOC_ON || belief.operation == TOC_DEGRADED;
}

/* Adds to the list on top the sources of the need that are thought to be down, if the need is not
   met for want of them. */
static void add_lacking(lua_State *lua, const struct toc_standin *standin, const toc_need *need) {
    const toc_drill *drill = standin->all->drill;
    uint32_t operator_index = toc_seat_operator(drill, standin->seat), up = 0;
    uint32_t wanted = need->rule == TOC_NEED_ALL   ? need->source_count
                      : need->rule == TOC_NEED_ANY ? 1
                                                   : need->at_least;
    uint32_t lives_from =
        toc_failover_source(drill->world, (uint32_t)(need - drill->topology->needs));
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = drill->topology->sources[need->first_source + i];
        up += (lives_from == TOC_INDEX_NONE || lives_from == source) &&
              toc_bind_sight_is_up(drill, operator_index, source);
    }
    for (uint32_t i = 0; i < need->source_count && up < wanted; i++) {
        uint32_t source = drill->topology->sources[need->first_source + i];
        if (!toc_bind_sight_is_up(drill, operator_index, source)) {
            lua_pushstring(lua, toc_topology_element_id(drill->topology, source));
            lua_rawseti(lua, -2, (lua_Integer)lua_rawlen(lua, -2) + 1);
        }
    }
    toc_host_charge(lua, 20 * need->source_count);
}

static void set_lacking(lua_State *lua, const struct toc_standin *standin, const toc_asset *asset) {
    const toc_topology *topology = standin->all->drill->topology;
    lua_newtable(lua);
    for (uint32_t i = 0; i < asset->need_count; i++) {
        const toc_need *need = &topology->needs[asset->first_need + i];
        if (need->purpose != TOC_NEED_CONTROL) {
            add_lacking(lua, standin, need);
        }
    }
    lua_setfield(lua, -2, "lacks");
}

static void push_asset(lua_State *lua, const struct toc_standin *standin, uint32_t number) {
    const toc_topology *topology = standin->all->drill->topology;
    const toc_asset *asset = &topology->assets[number];
    const toc_asset_kind_facts *kind = toc_topology_kind(asset->kind);
    toc_host_charge(lua, 100);
    lua_createtable(lua, 0, 32); /* as many as there may be: growing costs more than room */
    set_text(lua, "id", asset->id);
    set_text(lua, "name", asset->name);
    set_text(lua, "kind", kind->name);
    set_text(lua, "family", kind->family);
    set_number(lua, "people", asset->people);
    if (asset->operator_index != TOC_INDEX_NONE) {
        set_text(lua, "operator", topology->operators[asset->operator_index].id);
    }
    if (asset->zone != TOC_INDEX_NONE) {
        set_text(lua, "zone", topology->zones[asset->zone].id);
    }
    if (asset->placed) {
        lua_pushnumber(lua, asset->x_m / 1000.0);
        lua_setfield(lua, -2, "x");
        lua_pushnumber(lua, asset->y_m / 1000.0);
        lua_setfield(lua, -2, "y");
    }
    if (toc_seat_operator(standin->all->drill, standin->seat) != TOC_INDEX_NONE) {
        set_belief(lua, standin, number);
        set_level(lua, standin, number);
        set_lacking(lua, standin, asset);
    }
}

int toc_bind_sight_asset(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_topology *topology = standin->all->drill->topology;
    const char *id = toc_binder_text(lua, 2, "seat:asset");
    uint32_t element = toc_topology_find_element(topology, id);
    if (element == TOC_INDEX_NONE) {
        const char *nearest = toc_topology_nearest_element(topology, id);
        toc_host_charge(lua, UINT64_C(50) * topology->asset_count);
        toc_host_error(lua, "there is no asset or link '%.60s'%s%s%s", id,
                       nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest,
                       nearest == NULL ? "" : "'?");
    }
    if (element < topology->asset_count) {
        push_asset(lua, standin, element);
        return 1;
    }
    lua_createtable(lua, 0, 10);
    set_text(lua, "id", id);
    set_text(lua, "kind",
             toc_topology_link_kind_name(topology->links[element - topology->asset_count].kind));
    set_text(lua, "family", "link");
    set_number(lua, "people", 0);
    if (toc_seat_operator(standin->all->drill, standin->seat) != TOC_INDEX_NONE) {
        set_belief(lua, standin, element);
    }
    return 1;
}

/* Whether the value that the filter wants of `key` is, or has among them, the text; a filter that
   does not ask for it lets it pass. Spares making tables of what does not fit anyway. */
static bool may_fit(lua_State *lua, const char *key, const char *text) {
    if (lua_isnil(lua, 2)) {
        return true;
    }
    int wanted = lua_gettop(lua) + 1;
    lua_getfield(lua, 2, key);
    lua_pushstring(lua, text);
    bool fits = lua_isnil(lua, wanted) || is_wanted(lua, wanted);
    lua_settop(lua, wanted - 1);
    return fits;
}

int toc_bind_sight_assets(lua_State *lua) {
    static const char *const keys[] = {"id",    "kind", "family",  "operator", "zone",   "people",
                                       "state", "down", "control", "view",     "source", "said"};
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t operator_index = toc_seat_operator(drill, standin->seat);
    bool all = false;
    lua_Integer count = 0;
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) {
        toc_binder_check_keys(lua, 2, "seat:assets", keys, sizeof keys / sizeof *keys);
        all = lua_getfield(lua, 2, "operator") != LUA_TNIL;
        lua_pop(lua, 1);
    }
    toc_host_charge(lua, drill->topology->asset_count);
    lua_newtable(lua);
    for (uint32_t i = 0; i < drill->topology->asset_count; i++) {
        const toc_asset *asset = &drill->topology->assets[i];
        const toc_asset_kind_facts *kind = toc_topology_kind(asset->kind);
        bool is_ours = operator_index != TOC_INDEX_NONE && asset->operator_index == operator_index;
        if ((all || is_ours) && may_fit(lua, "kind", kind->name) &&
            may_fit(lua, "family", kind->family)) {
            push_asset(lua, standin, i);
            if (toc_bind_sight_fits(lua, 2)) {
                lua_rawseti(lua, 3, ++count);
            }
            lua_settop(lua, 3);
        }
    }
    return 1;
}

static bool is_same_letter(char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b) || (b >= 'A' && b <= 'Z' && b + 32 == a);
}

/* Whether the words stand in the text as a whole, not as part of a longer word or number. */
static bool mentions(const char *text, const char *words) {
    size_t length = strlen(words);
    for (const char *at = text; *at != '\0' && length > 0; at++) {
        size_t same = 0;
        while (same < length && is_same_letter(at[same], words[same])) {
            same++;
        }
        bool begins = at == text || strchr(" \t\n.,;:!?'\"()", at[-1]) != NULL;
        if (same == length && begins && strchr(" \t\n.,;:!?'\"()", at[length]) != NULL) {
            return true;
        }
    }
    return false;
}

int toc_bind_sight_mentioned(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    const char *text = toc_binder_text(lua, 2, "seat:mentioned");
    uint32_t operator_index = toc_seat_operator(drill, standin->seat);
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < drill->topology->asset_count; i++) {
        const toc_asset *asset = &drill->topology->assets[i];
        if (operator_index != TOC_INDEX_NONE && asset->operator_index == operator_index) {
            toc_host_charge(lua, 2 + strlen(text) / 8);
            if (mentions(text, asset->id) || mentions(text, asset->name)) {
                push_asset(lua, standin, i);
                lua_rawseti(lua, -2, ++count);
            }
        }
    }
    return 1;
}
