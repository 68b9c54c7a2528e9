/* Bindings of the drill itself: t.drill { ... } and what hangs on it. */
#include <string.h>

#include "drill/bindings.h"
#include "drill/gridwork.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "script/bind_world.h"

toc_drill *toc_bind_drill_self(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "drill");
    return toc_spec_drill(lua);
}

static void read_kind(toc_spec *outer) {
    static const char *const keys[] = {"form", "span", "content"};
    static const char *const forms[] = {"tabletop", "practical", "demonstration"};
    static const char *const spans[] = {"in-house", "in-sector", "cross-sector", "regional",
                                        "cross-region"};
    static const char *const contents[] = {"comprehensive", "thematic"};
    toc_drill *drill = outer->drill;
    drill->form = forms[1];
    drill->span = spans[0];
    drill->content = contents[1];
    if (!toc_spec_has(outer, "kind")) {
        return;
    }
    toc_spec spec = toc_spec_open_inner(outer, "kind", keys, 3);
    drill->form = toc_spec_word(&spec, "form", forms, 3, drill->form);
    drill->span = toc_spec_word(&spec, "span", spans, 5, drill->span);
    drill->content = toc_spec_word(&spec, "content", contents, 2, drill->content);
    lua_pop(outer->lua, 1);
}

/* Whether `text` has a digit for each 0 of the pattern, and its other characters as they are. */
static bool has_shape(const char *text, const char *pattern) {
    for (; *pattern != '\0'; pattern++, text++) {
        bool is_digit = *text >= '0' && *text <= '9';
        if (*pattern == '0' ? !is_digit : *text != *pattern) {
            return false;
        }
    }
    return true;
}

static int number_at(const char *text) {
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* "2015-12-23 15:00 Europe/Kyiv": a date and a time that there are, and a zone by name. */
static bool is_start(const char *text) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!has_shape(text, "0000-00-00 00:00 ")) {
        return false;
    }
    int month = number_at(text + 5), day = number_at(text + 8);
    const char *zone = text + 17;
    size_t length = strlen(zone);
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           number_at(text + 11) < 24 && number_at(text + 14) < 60 && length > 0 && length <= 40 &&
           strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
               length;
}

enum { MOST_DAYS = 366 };

static void read_times(toc_spec *spec) {
    toc_drill *drill = spec->drill;
    drill->starts = toc_spec_text(spec, "starts", "");
    if (drill->starts[0] != '\0' && !is_start(drill->starts)) {
        toc_spec_complain(spec, "starts",
                          "starts: expected a date, a time and a time zone like "
                          "\"2026-03-01 08:00 Europe/Berlin\", found '%.60s'",
                          drill->starts);
    }
    drill->length = toc_spec_time(spec, "length", TOC_NEVER);
    if (drill->length == TOC_NEVER) {
        if (!spec->faulty) {
            toc_spec_complain(spec, NULL, "the drill has no length; say length = t.hours(4)");
        }
        drill->length = TOC_DAY;
    }
    if (drill->length < TOC_SECOND || drill->length > MOST_DAYS * TOC_DAY) {
        toc_spec_complain(spec, "length", "length: a drill lasts from a second to %d days",
                          MOST_DAYS);
        drill->length = TOC_DAY;
    }
}

/* t.drill { ... } */
static int make_drill(lua_State *lua) {
    static const char *const keys[] = {"title",     "kind",   "topology",       "starts",
                                       "length",    "power",  "classification", "place",
                                       "organiser", "purpose"};
    toc_drill *drill = toc_spec_drill(lua);
    if (drill->world != NULL) {
        toc_host_error(lua, "t.drill: a scenario declares one drill, and it has one already");
    }
    toc_spec spec = toc_spec_open(lua, 1, "t.drill", keys, sizeof keys / sizeof *keys);
    drill->title = toc_bind_wording_text(&spec, "title", "");
    if (drill->title[0] == '\0') {
        toc_spec_complain(&spec, NULL, "the drill has no title; say title = \"...\"");
    }
    drill->classification = toc_bind_wording_text(&spec, "classification", "");
    drill->place = toc_bind_wording_text(&spec, "place", "");
    drill->organiser = toc_bind_wording_text(&spec, "organiser", "");
    drill->purpose = toc_bind_wording_text(&spec, "purpose", "");
    read_kind(&spec);
    read_times(&spec);
    drill->topology_path = toc_spec_text(&spec, "topology", "topology.xml");
    toc_scenario_settle(lua, drill->topology_path);
    toc_gridwork_read_rules(&spec);
    toc_binder_push(lua, "drill", 0, 0);
    return 1;
}

static int drill_title(lua_State *lua) {
    lua_pushstring(lua, toc_bind_drill_self(lua)->title);
    return 1;
}

static int drill_length(lua_State *lua) {
    lua_pushinteger(lua, toc_bind_drill_self(lua)->length);
    return 1;
}

static int drill_assets(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    return toc_bind_world_assets(lua, 2);
}

static int drill_asset(lua_State *lua) {
    const toc_drill *drill = toc_bind_drill_self(lua);
    uint32_t element = toc_bind_world_element(lua, 2, "drill:asset");
    if (element >= drill->topology->asset_count) {
        toc_host_error(lua, "'%.60s' is a link, not an asset",
                       toc_topology_element_id(drill->topology, element));
    }
    toc_binder_push(lua, "asset", element, 0);
    return 1;
}

/* As the world tells it, so that what runs in the drill need not wait for a condition to read it.
 */
static int drill_service(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    int count = lua_gettop(lua);
    toc_bind_world_push(lua);
    lua_replace(lua, 1);
    lua_getfield(lua, 1, "service");
    lua_insert(lua, 1);
    lua_call(lua, count, 1);
    return 1;
}

static const toc_binding rows[] = {
    {"title", drill_title, true, "drill.title: string", "Its title."},
    {"length", drill_length, true, "drill.length: time", "When it ends at the latest."},
    {"now", toc_bind_flow_now, true, "drill.now: time", "Drill time: since the start."},
    {"team", toc_bind_team_declare, false, "drill:team \"gridco\" { \"dispatcher\", ... }",
     "The seats of an operator of the topology, or of an outside body."},
    {"command", toc_bind_order_command, false, "drill:command(team: string, over: string|string[])",
     "Seats of the team that have command may give orders to seats of these teams, as to their "
     "own."},
    {"objective", toc_bind_objective_declare, false,
     "drill:objective \"O1\" { text, within?: time, after?: string, met?: criterion, team?: "
     "string, "
     "maps?: table }",
     "What is evaluated. Its time starts with the drill, or with the milestone or inject `after`; "
     "without `met` evaluators judge it."},
    {"injects", toc_bind_msel_add, false, "drill:injects(path: string) -> integer",
     "Takes every row of an event list in the package, CSV or XLSX, as an inject; how many. Teams "
     "come first."},
    {"inject", toc_bind_inject_add, false,
     "drill:inject { id?: string, at?: time, when?: criterion, unless?: criterion, to?: "
     "string|string[], channel?: string, from?: wording, text?: wording, kind?: string, on?: "
     "asset|string|table, effect?: string, share?: number, lasts?: time, expects?: string[], "
     "within?: time, hidden?: boolean, contingency?: boolean, attach?: string[], "
     "call?: { says: wording, answers?: wording[], within?: time } } -> inject",
     "Something that seats are told, or that happens to assets: at a time, as soon as a criterion "
     "holds, or by hand; in a function that runs in the drill, at once. It does not come if "
     "`unless` holds then. `share` of the assets `on` are hit, for as long as it `lasts`. What it "
     "`expects` is watched `within` a time. It brings the files of the package to `attach`: PNG, "
     "PDF or text. With a `call` it is spoken: exercise control gets a card with what to say, and "
     "by "
     "turns what may be asked and what to answer; who calls reports it, and where nobody does "
     "`within` "
     "5 minutes, the text comes in writing."},
    {"when", toc_bind_flow_when, false,
     "drill:when(what: criterion|fun(w: situation): boolean, run: fun(d: drill))",
     "Runs the function once, when it first holds."},
    {"at", toc_bind_flow_at, false, "drill:at(time: time, run: fun(d: drill))",
     "Runs the function at that time of the drill."},
    {"ends", toc_bind_flow_ends, false, "drill:ends(what: criterion|fun(w: situation): boolean)",
     "Ends the drill before its length, when it first holds."},
    {"adversary", toc_bind_adversary_declare, false,
     "drill:adversary { name?: string, at?: asset|string, skill?: string } -> adversary",
     "Who attacks, from where, and how well: novice, beginner, intermediate, expert."},
    {"duty", toc_bind_objective_duty, false,
     "drill:duty \"id\" { operator: string, to: string, within: time, trigger: criterion, clock?: "
     "string, text?: wording, source?: string }",
     "A report that an operator owes. Its clock starts when it is triggered, or not before the "
     "team has discovered it, is aware of it or has determined it."},
    {"duties", toc_bind_regime_declare, false,
     "drill:duties \"cn-2025\" { operator: string, severity?: { level = criterion }, role?: string "
     "}",
     "The reporting duties that a rulebook lays on an operator: cn-2025, nis2, cip-008, or one of "
     "the package's as duties/NAME.xml. A seat or team is said for each role that is played."},
    {"plan", toc_bind_emergency_declare, false, "drill:plan(path: string)",
     "Takes the emergency plan of an operator, a file of the package: its steps are recognised in "
     "what its seats do."},
    {"assets", drill_assets, false,
     "drill:assets(filter?: { kind?, operator?, zone?, id? }) -> asset[]",
     "The assets that pass the filter, in the order of the topology."},
    {"asset", drill_asset, false, "drill:asset(id: string) -> asset", "The asset of that id."},
    {"service", drill_service, false, "drill:service(id: string, operator?: string) -> service",
     "A service of one operator, or of all together."},
    {"wait", toc_bind_flow_wait, false, "drill:wait(time: time|variate)",
     "In a function that runs in the drill: lets that much time go by."},
    {"wait_until", toc_bind_flow_wait_until, false,
     "drill:wait_until(what: criterion|fun(w: situation): boolean, at_most?: time) -> boolean",
     "Waits until it holds; false where the time was up before."},
    {"mark", toc_bind_flow_mark, false, "drill:mark(name: string) -> boolean",
     "A milestone that objectives can start from. The first time counts."},
    {"decision", toc_bind_decision_declare, false,
     "drill:decision \"id\" { question, to: string|string[], options: wording[], within?: time, "
     "default?: string, at?: time, when?: criterion, from?: wording, channel?: string, chosen?: "
     "fun(d: drill, option: string, seat: string) }",
     "A choice that one of the seats has to make with the action decide; when the time is over the "
     "default is taken."},
    {"approval", toc_bind_approval_declare, false,
     "drill:approval { verb: string|string[], by: string|string[], on?: asset|string|table, team?: "
     "string, within?: time }",
     "Those actions wait until another seat, of those roles or by those names, approves them; "
     "after "
     "half an hour, or the time said, they are refused."},
    {"phase", toc_bind_phase_declare, false,
     "drill:phase \"id\" { title, situation?: wording, at?: time, after?: string, when?: criterion "
     "}",
     "A move or stage: everybody is told its situation as it begins, and its id is a mark."},
    {"current_phase", toc_bind_phase_current, true, "drill.current_phase: string",
     "Id of the phase that has begun last, \"\" before the first."},
    {"persona", toc_bind_persona_declare, false,
     "drill:persona \"id\" { name, channel?: string, about?: wording, answers?: wording|fun(d: "
     "drill, "
     "asked: { seat: string, text: string, helped: boolean }): string?, unable?: wording, delay?: "
     "time, spread?: number, competence?: number, capacity?: integer }",
     "Somebody outside the teams. Injects can come `from` it; seats can ask it, and it answers "
     "after a delay, as many at a time as its capacity, and can help as often as its competence."},
    {"set", toc_bind_variable_set, false, "drill:set(name: string, value: wording|number|boolean)",
     "Keeps a variable, for conditions (w:get) and texts, where \"{name}\" stands for it."},
    {"get", toc_bind_variable_get, false, "drill:get(name: string) -> string|number|boolean",
     "The variable of that name."},
    {"fail", toc_bind_flow_fail, false,
     "drill:fail(asset: asset|string, effect: string) -> boolean",
     "Makes an asset fail; false where it had failed so already."},
    {"clear", toc_bind_flow_clear, false,
     "drill:clear(asset: asset|string, effect: string) -> boolean",
     "Takes the effect back; false where it was not there."},
    {"block", toc_bind_perimeter_block, false, "drill:block(conduit: conduit|string) -> boolean",
     "Lets nothing pass the conduit; false where it was blocked already."},
    {"unblock", toc_bind_perimeter_unblock, false,
     "drill:unblock(conduit: conduit|string) -> boolean",
     "Lets pass again what the rules allow; false where it was not blocked."},
    {"isolate_zone", toc_bind_perimeter_isolate, false,
     "drill:isolate_zone(zone: zone|string) -> boolean",
     "Cuts the zone off all others; false where it was so already."},
    {"reconnect_zone", toc_bind_perimeter_reconnect, false,
     "drill:reconnect_zone(zone: zone|string) -> boolean",
     "Joins the zone with the others again; false where it was not cut off."},
    {"change_phase", toc_bind_perimeter_change_phase, false,
     "drill:change_phase(phase: string) -> boolean",
     "Has the conduits and rules of that phase of the topology hold; a drill:phase of the same id "
     "does so as it begins. False where it held already."},
};

static const toc_bound_class drill_class = {"drill", "A drill: what is declared and what happens.",
                                            rows, sizeof rows / sizeof *rows};

static const toc_binding functions[] = {
    {"drill", make_drill, false,
     "t.drill { title: wording, length: time, kind?: { form?, span?, content? }, topology?: "
     "string, "
     "starts?: string, power?: string|{ rule?: string, margin?: number, floor?: string }, "
     "classification?: wording, place?: wording, organiser?: wording, purpose?: wording } -> "
     "drill",
     "Begins a drill. A scenario declares one, and returns it. A wording is a text, or { en = "
     "\"...\", zh = \"...\" }. `power` says how power is shared "
     "and "
     "how overloaded lines open where plants generate it: \"H+T2\" where it is not said; with a "
     "`margin` lines without a limit get one so much above what they carry at rest."},
};

static const toc_bound_class module = {"t", "The drill.", functions, 1};

void toc_bind_drill_install(toc_host *host) {
    toc_binder_class(host, &drill_class);
    toc_binder_module(host, "tocsin.core", &module);
    toc_bind_inject_install(host);
    toc_bind_criterion_install(host);
    toc_bind_situation_install(host);
    toc_bind_adversary_install(host);
}
