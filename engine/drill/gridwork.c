#include "drill/gridwork.h"

#include <string.h>

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "model/power.h"
#include "model/sight.h"
#include "tocsin/aftermath.h"

enum { MOST_RULES = 16 };

/* -- Actions ----------------------------------------------------------------------------------- */

static const char *not_ours(const toc_drill *drill, const toc_ticket *ticket) {
    uint32_t us = toc_seat_operator(drill, ticket->seat);
    if (us == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    return toc_fieldwork_owns(drill, us, ticket->object) ? NULL : "it belongs to another operator";
}

static const char *out_of_reach(const toc_drill *drill, const toc_ticket *ticket) {
    if (toc_team_is_manual(drill, toc_seat_operator(drill, ticket->seat))) {
        return "the team switches by hand";
    }
    return toc_world_has_control(drill->world, ticket->object)
               ? NULL
               : toc_sight_refusal(drill->world, ticket->object);
}

/* The first generation of the asset, TOC_INDEX_NONE where it generates nothing. */
static uint32_t generation_of(const toc_topology *topology, uint32_t asset) {
    for (uint32_t i = 0; i < topology->generation_count; i++) {
        if (topology->generations[i].asset == asset) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

static int64_t output_milli(const toc_ticket *ticket) {
    const toc_unit *unit = NULL;
    int64_t watts = 0;
    const char *text = toc_parameter_text(&ticket->parameters, "output");
    bool read = text != NULL && toc_unit_parse(text, &watts, &unit);
    TOC_ASSERT(read);
    return watts * 1000;
}

static const char *refuse_unit(toc_drill *drill, const toc_ticket *ticket) {
    const toc_topology *topology = drill->topology;
    uint32_t generation = generation_of(topology, ticket->object);
    if (generation == TOC_INDEX_NONE) {
        return "it generates no power";
    }
    if (toc_parameter_text(&ticket->parameters, "output") == NULL) {
        return "the output is not said";
    }
    int64_t most = topology->generations[generation].most_milli;
    if (output_milli(ticket) > most) {
        return toc_arena_format(drill->arena, "it gives %.3f MW at most", (double)most / 1e9);
    }
    return NULL;
}

static const char *refuse_bus(const toc_drill *drill, const toc_ticket *ticket) {
    if (!toc_power_is_bus(drill->world, ticket->object)) {
        return "it is no bus of a power grid: only what carries load there can shed a share of it";
    }
    if (ticket->verb == TOC_VERB_RESTORE_LOAD) {
        return toc_power_shed_ppm(drill->world, ticket->object) == 0 ? "none of its load is shed"
                                                                     : NULL;
    }
    return toc_power_asked_milli(drill->world, ticket->object) == 0 ? "it carries no load" : NULL;
}

const char *toc_gridwork_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = not_ours(drill, ticket);
    if (why == NULL &&
        (ticket->object >= drill->topology->asset_count || !toc_power_is_modelled(drill->world))) {
        why = "it is part of no power grid";
    }
    if (why == NULL) {
        why = ticket->verb == TOC_VERB_REDISPATCH ? refuse_unit(drill, ticket)
                                                  : refuse_bus(drill, ticket);
    }
    return why != NULL ? why : out_of_reach(drill, ticket);
}

static const char *share_text(toc_drill *drill, int64_t ppm) {
    return toc_arena_format(drill->arena, "%g %% of its load is shed", (double)ppm / 1e4);
}

/* What a restore leaves shed is what it says, nothing where it says nothing. */
const char *toc_gridwork_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const char *why = out_of_reach(drill, ticket);
    if (why != NULL) {
        return why;
    }
    drill->actor = toc_seat_name(drill, ticket->seat);
    if (ticket->verb == TOC_VERB_REDISPATCH) {
        toc_power_schedule(drill->world, generation_of(drill->topology, ticket->object),
                           output_milli(ticket));
        *out_said = toc_parameter_text(&ticket->parameters, "output");
    } else {
        int64_t all = ticket->verb == TOC_VERB_SHED_LOAD ? 1000000 : 0;
        int64_t share = toc_parameter_ppm(&ticket->parameters, "share", all);
        toc_power_shed(drill->world, ticket->object, share);
        *out_said = share_text(drill, share);
    }
    drill->actor = "";
    return NULL;
}

/* -- Rules ------------------------------------------------------------------------------------- */

static void complain(toc_spec *spec, const char *key, const char *found) {
    const char *names[MOST_RULES];
    char hint[96];
    size_t count = 0;
    for (const char *name; (name = toc_aftermath_rule_at(count)) != NULL; count++) {
        TOC_ASSERT(count < MOST_RULES);
        names[count] = name;
    }
    toc_spec_complain(spec, key,
                      "%s: '%.40s' is no rule of power; there are none, S and H, each alone or "
                      "with +T1 or +T2%s",
                      key, found,
                      toc_spec_hint(toc_names_nearest_of(names, count, found), hint, sizeof hint));
}

static void read_rule(toc_spec *spec, const char *key, toc_power_rules *rules) {
    const char *text = toc_spec_text(spec, key, "H+T2");
    if (!toc_power_parse_rules(text, rules)) {
        complain(spec, key, text);
    }
}

static void read_limits(toc_spec *spec, toc_power_rules *rules) {
    double margin = toc_spec_number(spec, "margin", 0, 1000, 0);
    const char *floor = toc_spec_text(spec, "floor", "0MW");
    const toc_unit *unit = NULL;
    rules->margin_ppm = (int64_t)(margin * 1e6 + 0.5);
    if (!toc_unit_parse(floor, &rules->floor_w, &unit) || strcmp(unit->dimension, "power") != 0 ||
        rules->floor_w < 0 || rules->floor_w > INT64_MAX / 1000) {
        toc_spec_complain(spec, "floor", "floor: expected a power like \"10MW\", found '%.40s'",
                          floor);
        rules->floor_w = 0;
    }
}

void toc_gridwork_read_rules(toc_spec *spec) {
    static const char *const keys[] = {"rule", "margin", "floor"};
    toc_power_rules rules = {TOC_DISPATCH_HEADROOM, TOC_RELAY_TIMED, 0, 0};
    if (!toc_spec_has(spec, "power")) {
        return;
    }
    lua_pushstring(spec->lua, "power");
    bool is_table = lua_rawget(spec->lua, spec->table) == LUA_TTABLE;
    lua_pop(spec->lua, 1);
    if (is_table) {
        toc_spec inner = toc_spec_open_inner(spec, "power", keys, 3);
        read_rule(&inner, "rule", &rules);
        read_limits(&inner, &rules);
        lua_pop(spec->lua, 1);
    } else {
        read_rule(spec, "power", &rules);
    }
    if (toc_power_is_modelled(spec->drill->world)) {
        toc_power_begin(spec->drill->world, &rules);
    } else {
        toc_spec_complain(spec, "power",
                          "power: nothing in the topology generates power; say <generates> of its "
                          "plants, or leave this out");
    }
}

const char *toc_gridwork_rule(const toc_drill *drill) {
    toc_power_rules rules, listed;
    const char *name;
    if (!toc_power_is_modelled(drill->world)) {
        return "";
    }
    rules = toc_power_read_rules(drill->world);
    for (size_t i = 0; (name = toc_aftermath_rule_at(i)) != NULL; i++) {
        if (toc_power_parse_rules(name, &listed) && listed.dispatch == rules.dispatch &&
            listed.relay == rules.relay) {
            return name;
        }
    }
    TOC_ASSERT(false); /* a rule that is listed */
    return "";
}
