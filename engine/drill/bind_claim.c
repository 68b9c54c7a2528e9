/* Bindings of claims, for expectations.lua: require "tocsin.expect". */
#include <string.h>

#include "drill/claim.h"
#include "kernel/arena.h"
#include "script/binder.h"

enum { MOST_CLAIMS = 10000 };

/* A thing to expect something of is a claim without an event yet: which events it may have. */
enum subject { INJECT, OBJECTIVE, DUTY, SERVICE, ACTION, MARK, DECISION, DRILL, SUBJECTS };

static const struct {
    const char *noun, *can;
} subjects[SUBJECTS] = {
    [INJECT] = {"injects", "fires, never_fires"},
    [OBJECTIVE] = {"objectives", "is_met, is_missed"},
    [DUTY] = {"duties", "begins, is_done_in_time"},
    [SERVICE] = {"services", "stays_above, falls_below, is_whole"},
    [ACTION] = {"actions", "is_done"},
    [MARK] = {"marks", "is_reached"},
    [DECISION] = {"decisions", "is_made"},
    [DRILL] = {"drills", "ends"},
};

static int push(lua_State *lua, enum subject subject, uint32_t index, const char *class) {
    toc_binder_push(lua, class, index, (uint64_t)subject);
    return 1;
}

static const char *kept(lua_State *lua, int argument, const char *what) {
    const char *text = toc_binder_text(lua, argument, what);
    if (text[0] == '\0') {
        toc_host_error(lua, "%s: a name is missing", what);
    }
    toc_host_charge(lua, strlen(text));
    return toc_arena_text(toc_claim_of(lua)->arena, text);
}

static int add(lua_State *lua, enum subject subject, const char *id, const char *by,
               const char *on) {
    toc_claims *claims = toc_claim_of(lua);
    if (claims->items.count >= MOST_CLAIMS) {
        toc_host_error(lua, "more than %d expectations", MOST_CLAIMS);
    }
    toc_claim *claim = toc_list_add(&claims->items, sizeof *claim);
    *claim = (toc_claim){.event = TOC_CLAIM_EVENTS,
                         .id = id,
                         .by = by,
                         .on = on,
                         .until = TOC_NEVER,
                         .share = 1,
                         .policy = "reference",
                         .because = "",
                         .place = toc_host_place(lua),
                         .text = ""};
    claim->place.file = toc_arena_text(claims->arena, claim->place.file);
    return push(lua, subject, claims->items.count - 1, "subject");
}

static const char *optional(lua_State *lua, int argument, const char *what) {
    return lua_isnoneornil(lua, argument) ? "" : kept(lua, argument, what);
}

static int make_inject(lua_State *lua) {
    return add(lua, INJECT, kept(lua, 1, "inject"), "", "");
}

static int make_objective(lua_State *lua) {
    return add(lua, OBJECTIVE, kept(lua, 1, "objective"), "", "");
}

static int make_duty(lua_State *lua) {
    const char *by = optional(lua, 2, "operator");
    return add(lua, DUTY, kept(lua, 1, "duty"), by, "");
}

static int make_service(lua_State *lua) {
    const char *by = optional(lua, 2, "operator");
    return add(lua, SERVICE, kept(lua, 1, "service"), by, "");
}

static int make_action(lua_State *lua) {
    const char *by = optional(lua, 2, "seat"), *on = optional(lua, 3, "target");
    return add(lua, ACTION, kept(lua, 1, "action"), by, on);
}

static int make_mark(lua_State *lua) {
    return add(lua, MARK, kept(lua, 1, "mark"), "", "");
}

static int make_decision(lua_State *lua) {
    const char *on = optional(lua, 2, "option");
    return add(lua, DECISION, kept(lua, 1, "decision"), "", on);
}

static int make_drill(lua_State *lua) {
    return add(lua, DRILL, "", "", "");
}

static int expect(lua_State *lua) {
    uint64_t index = toc_binder_check(lua, 1, "subject");
    enum subject subject = (enum subject)toc_binder_second(lua, 1);
    /* the same thing may be expected something of more than once */
    toc_claims *claims = toc_claim_of(lua);
    toc_claim claim = *TOC_LIST_AT(toc_claim, &claims->items, (uint32_t)index);
    if (claim.event != TOC_CLAIM_EVENTS) {
        (void)add(lua, subject, claim.id, claim.by, claim.on);
        index = claims->items.count - 1;
    }
    TOC_LIST_AT(toc_claim, &claims->items, (uint32_t)index)->place.line = toc_host_place(lua).line;
    return push(lua, subject, (uint32_t)index, "expectation");
}

/* -- What is expected ---------------------------------------------------------------------------
 */

static toc_claim *self(lua_State *lua) {
    uint64_t index = toc_binder_check(lua, 1, "expectation");
    return TOC_LIST_AT(toc_claim, &toc_claim_of(lua)->items, (uint32_t)index);
}

static toc_claim *of(lua_State *lua, enum subject subject, const char *method) {
    toc_claim *claim = self(lua);
    enum subject found = (enum subject)toc_binder_second(lua, 1);
    if (found != subject) {
        toc_host_error(lua, "%s is expected of %s; of %s there can be expected: %s", method,
                       subjects[subject].noun, subjects[found].noun, subjects[found].can);
    }
    if (claim->event != TOC_CLAIM_EVENTS) {
        toc_host_error(lua, "one expectation says one thing; write another for %s", method);
    }
    return claim;
}

static int say(lua_State *lua, enum subject subject, toc_claim_event event, const char *method) {
    of(lua, subject, method)->event = event;
    lua_settop(lua, 1);
    return 1;
}

static int fires(lua_State *lua) {
    return say(lua, INJECT, TOC_CLAIM_INJECT_FIRES, "fires");
}

static int fires_before(lua_State *lua) {
    toc_claim *claim = of(lua, INJECT, "fires_before");
    claim->until = toc_binder_time(lua, 2, "fires_before");
    return say(lua, INJECT, TOC_CLAIM_INJECT_FIRES, "fires_before");
}

static int never_fires(lua_State *lua) {
    of(lua, INJECT, "never_fires")->never = true;
    return say(lua, INJECT, TOC_CLAIM_INJECT_FIRES, "never_fires");
}

static int is_met(lua_State *lua) {
    return say(lua, OBJECTIVE, TOC_CLAIM_OBJECTIVE_MET, "is_met");
}

static int is_missed(lua_State *lua) {
    return say(lua, OBJECTIVE, TOC_CLAIM_OBJECTIVE_MISSED, "is_missed");
}

static int begins(lua_State *lua) {
    return say(lua, DUTY, TOC_CLAIM_DUTY_BEGINS, "begins");
}

static int is_done_in_time(lua_State *lua) {
    return say(lua, DUTY, TOC_CLAIM_DUTY_IN_TIME, "is_done_in_time");
}

static void read_level(lua_State *lua, toc_claim *claim, const char *method) {
    double level = toc_binder_number(lua, 2, method);
    if (!(level > 0) || level > 1) {
        toc_host_error(lua, "%s: a level lies above 0 and up to 1, found %.14g", method, level);
    }
    claim->level_ppm = (int64_t)(level * 1e6 + 0.5);
}

static int stays_above(lua_State *lua) {
    toc_claim *claim = of(lua, SERVICE, "stays_above");
    read_level(lua, claim, "stays_above");
    claim->never = true;
    return say(lua, SERVICE, TOC_CLAIM_SERVICE_BELOW, "stays_above");
}

static int falls_below(lua_State *lua) {
    read_level(lua, of(lua, SERVICE, "falls_below"), "falls_below");
    return say(lua, SERVICE, TOC_CLAIM_SERVICE_BELOW, "falls_below");
}

static int is_whole(lua_State *lua) {
    return say(lua, SERVICE, TOC_CLAIM_SERVICE_WHOLE, "is_whole");
}

static int is_done(lua_State *lua) {
    return say(lua, ACTION, TOC_CLAIM_ACTION_DONE, "is_done");
}

static int is_reached(lua_State *lua) {
    return say(lua, MARK, TOC_CLAIM_MARK_REACHED, "is_reached");
}

static int is_made(lua_State *lua) {
    return say(lua, DECISION, TOC_CLAIM_DECISION_MADE, "is_made");
}

static int ends(lua_State *lua) {
    return say(lua, DRILL, TOC_CLAIM_DRILL_ENDS, "ends");
}

/* -- When, how often, under whom ----------------------------------------------------------------
 */

static int before(lua_State *lua) {
    toc_claim *claim = self(lua);
    claim->until = toc_binder_time(lua, 2, "before");
    if (claim->never || claim->until < claim->from) {
        toc_host_error(lua, "before: %s",
                       claim->never ? "what never happens has no time"
                                    : "that is before its 'after'");
    }
    lua_settop(lua, 1);
    return 1;
}

static int after(lua_State *lua) {
    toc_claim *claim = self(lua);
    claim->from = toc_binder_time(lua, 2, "after");
    if (claim->never || claim->until < claim->from) {
        toc_host_error(lua, "after: %s",
                       claim->never ? "what never happens has no time"
                                    : "that is after its 'before'");
    }
    lua_settop(lua, 1);
    return 1;
}

static int never(lua_State *lua) {
    toc_claim *claim = self(lua);
    if (claim->from != 0 || claim->until != TOC_NEVER) {
        toc_host_error(lua, "never: what never happens has no time");
    }
    claim->never = true;
    lua_settop(lua, 1);
    return 1;
}

static int under(lua_State *lua) {
    self(lua)->policy = kept(lua, 2, "under");
    lua_settop(lua, 1);
    return 1;
}

static int in_at_least(lua_State *lua) {
    double share = toc_binder_number(lua, 2, "in_at_least");
    if (!(share > 0) || share > 1) {
        toc_host_error(lua,
                       "in_at_least: a share of runs lies above 0 and up to 1, like 0.95 or "
                       "t.percent(95); found %.14g",
                       share);
    }
    self(lua)->share = share;
    lua_settop(lua, 1);
    return 1;
}

static int because(lua_State *lua) {
    self(lua)->because = kept(lua, 2, "because");
    lua_settop(lua, 1);
    return 1;
}

static const toc_binding expectation_rows[] = {
    {"fires", fires, false, "expectation:fires() -> expectation", "The inject comes."},
    {"fires_before", fires_before, false, "expectation:fires_before(time: time) -> expectation",
     "The inject comes, and first before that time."},
    {"never_fires", never_fires, false, "expectation:never_fires() -> expectation",
     "The inject never comes."},
    {"is_met", is_met, false, "expectation:is_met() -> expectation", "The objective is met."},
    {"is_missed", is_missed, false, "expectation:is_missed() -> expectation",
     "The objective is missed."},
    {"begins", begins, false, "expectation:begins() -> expectation", "The duty begins."},
    {"is_done_in_time", is_done_in_time, false, "expectation:is_done_in_time() -> expectation",
     "The duty is done before it is due."},
    {"stays_above", stays_above, false, "expectation:stays_above(level: number) -> expectation",
     "The service never falls below that share of demand, 0 to 1."},
    {"falls_below", falls_below, false, "expectation:falls_below(level: number) -> expectation",
     "The service falls below that share of demand, 0 to 1."},
    {"is_whole", is_whole, false, "expectation:is_whole() -> expectation",
     "All demand of the service is met at the end; a time says since when at the latest."},
    {"is_done", is_done, false, "expectation:is_done() -> expectation",
     "Somebody does it and succeeds."},
    {"is_reached", is_reached, false, "expectation:is_reached() -> expectation",
     "The mark is reached."},
    {"is_made", is_made, false, "expectation:is_made() -> expectation",
     "The decision is made by somebody, not by its default."},
    {"ends", ends, false, "expectation:ends() -> expectation", "The drill ends."},
    {"before", before, false, "expectation:before(time: time) -> expectation",
     "And first at that time or before."},
    {"after", after, false, "expectation:after(time: time) -> expectation",
     "And first at that time or after."},
    {"never", never, false, "expectation:never() -> expectation", "And that never happens."},
    {"under", under, false, "expectation:under(policy: string) -> expectation",
     "Under that policy; reference where it is not said."},
    {"in_at_least", in_at_least, false, "expectation:in_at_least(share: number) -> expectation",
     "In so many of the runs; in all where it is not said."},
    {"because", because, false, "expectation:because(reason: string) -> expectation",
     "Why it is expected, told where it does not hold."},
};

static const toc_binding function_rows[] = {
    {"expect", expect, false, "e.expect(subject: subject) -> expectation",
     "Begins an expectation of an inject, objective, duty, service, action, mark, decision or of "
     "the drill."},
    {"inject", make_inject, false, "e.inject(id: string) -> subject", "An inject."},
    {"objective", make_objective, false, "e.objective(id: string) -> subject", "An objective."},
    {"duty", make_duty, false, "e.duty(id: string, operator?: string) -> subject",
     "A duty, of anybody where no operator is named."},
    {"service", make_service, false, "e.service(id: string, operator?: string) -> subject",
     "A service, of all operators together where none is named."},
    {"action", make_action, false, "e.action(verb: string, by?: string, on?: string) -> subject",
     "An action; by a seat or a team, on a target, where these are named."},
    {"mark", make_mark, false, "e.mark(name: string) -> subject",
     "A milestone that an adversary or the scenario reaches."},
    {"decision", make_decision, false, "e.decision(id: string, option?: string) -> subject",
     "A decision, made for that option where one is named."},
    {"drill", make_drill, false, "e.drill() -> subject", "The drill as a whole."},
};

static const toc_bound_class thing_class = {
    "subject", "Something of which something can be expected.", NULL, 0};
static const toc_bound_class expectation_class = {
    "expectation",
    "What the author expects of the drill, in all of its runs or in a share of them.",
    expectation_rows, sizeof expectation_rows / sizeof *expectation_rows};
static const toc_bound_class functions = {"e", "Expectations: what must hold in every run.",
                                          function_rows,
                                          sizeof function_rows / sizeof *function_rows};

void toc_bind_claim_install(toc_host *host) {
    toc_binder_class(host, &thing_class);
    toc_binder_class(host, &expectation_class);
    toc_binder_module(host, "tocsin.expect", &functions);
}
