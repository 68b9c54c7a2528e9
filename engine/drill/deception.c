#include "drill/deception.h"

#include <string.h>

#include "drill/observation.h"
#include "kernel/assert.h"
#include "model/belief.h"
#include "model/tank.h"

/* -- What authors say of it -------------------------------------------------------------------- */

enum { FROZEN = TOC_OPERATIONS, WORDS };

static const double most_metres = 1e6;

toc_pretence toc_deception_read(toc_spec *spec, const char *effect) {
    static const char *const asked[] = {"shows", "level"};
    const char *words[WORDS];
    toc_pretence pretence = {.shown = TOC_ON};
    for (int i = 0; i < TOC_OPERATIONS; i++) {
        words[i] = toc_world_operation_name((toc_operation)i);
    }
    words[FROZEN] = "frozen";
    for (size_t i = 0; i < 2; i++) {
        if (toc_spec_has(spec, asked[i]) && strcmp(effect, "falsify") != 0) {
            toc_spec_complain(spec, asked[i], "%s: only the effect \"falsify\" shows something",
                              asked[i]);
            return pretence;
        }
    }
    const char *word = toc_spec_word(spec, "shows", words, WORDS, "frozen");
    for (int i = 0; i < TOC_OPERATIONS; i++) {
        if (strcmp(words[i], word) == 0) {
            pretence.is_state = true;
            pretence.shown = (toc_operation)i;
        }
    }
    pretence.is_level = toc_spec_has(spec, "level");
    pretence.level_mm = (int32_t)(toc_spec_number(spec, "level", 0, most_metres, 0) * 1e3 + 0.5);
    return pretence;
}

void toc_deception_check(toc_spec *spec, const char *effect, const uint32_t *elements,
                         uint32_t count) {
    const toc_topology *topology = spec->drill->topology;
    for (uint32_t i = 0; i < count; i++) {
        const char *id = toc_topology_element_id(topology, elements[i]);
        const char *why = toc_effect_obstacle(spec->drill->world, effect, elements[i]);
        bool has_tank = elements[i] < topology->asset_count &&
                        toc_tank_find(spec->drill->world, elements[i]) != TOC_INDEX_NONE;
        if (why != NULL) {
            toc_spec_complain(spec, "effect", "effect: '%s' %s; '%.60s' is none", effect, why, id);
            return;
        }
        if (toc_spec_has(spec, "level") && !has_tank) {
            toc_spec_complain(spec, "level", "level: '%.60s' has no tank whose level is told", id);
            return;
        }
    }
}

/* -- What seats see of it ---------------------------------------------------------------------- */

static bool is_loss(const toc_observation *observation, const char *asset) {
    bool lost = observation->kind == TOC_OBSERVED_ALARM
                    ? strcmp(observation->verb, "view-lost") == 0
                    : observation->kind == TOC_OBSERVED_CONTROL && observation->after == 0;
    return lost && strcmp(observation->subject, asset) == 0;
}

toc_time toc_deception_blind_since(const toc_drill *drill, uint32_t seat, uint32_t element) {
    const toc_topology *topology = drill->topology;
    const toc_link *link =
        element < topology->asset_count ? NULL : &topology->links[element - topology->asset_count];
    const char *one = topology->assets[link == NULL ? element : link->from].id;
    const char *other = topology->assets[link == NULL ? element : link->to].id;
    for (uint32_t i = toc_observation_count(drill, seat); i > 0; i--) {
        const toc_observation *observation = toc_observation_at(drill, seat, i - 1);
        if (is_loss(observation, one) || is_loss(observation, other)) {
            return observation->at;
        }
    }
    return TOC_NEVER;
}

/* -- What comes of it -------------------------------------------------------------------------- */

static void put(toc_drill *drill, const toc_change *change, const char *verb, const char *text) {
    toc_trace_put(drill, TOC_TRACE_SIGHT, toc_topology_element_id(drill->topology, change->subject),
                  drill->actor, verb, text, change->before, change->after);
}

/* Who looks at a screen sees that nothing comes any more; that commands are not carried out shows
   only when one is given. */
static void tell(toc_drill *drill, const toc_change *change) {
    const toc_asset *asset = &drill->topology->assets[change->subject];
    toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                   .kind = TOC_OBSERVED_ALARM,
                                   .subject = asset->id,
                                   .actor = "",
                                   .verb = change->after != 0 ? "view-back" : "view-lost",
                                   .text = toc_belief_source_name(TOC_SEEN_BY_TELEMETRY),
                                   .before = change->before,
                                   .after = change->after};
    if (asset->operator_index != TOC_INDEX_NONE) {
        toc_observation_add_team(
            drill, toc_topology_operator_id(drill->topology, asset->operator_index), &observation);
    }
}

void toc_deception_on_change(toc_drill *drill, const toc_change *change) {
    if (change->kind == TOC_CHANGE_SHOWN) {
        put(drill, change, "shown", toc_world_operation_name((toc_operation)change->after));
        return;
    }
    put(drill, change, change->kind == TOC_CHANGE_VIEW ? "view" : "commands",
        change->after != 0 ? "there" : "lost");
    if (change->kind == TOC_CHANGE_VIEW) {
        tell(drill, change);
    }
}
