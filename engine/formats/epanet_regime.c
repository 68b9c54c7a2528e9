#include "formats/epanet_regime.h"

#include "formats/plain_text.h"

/* What happens at a time of day happens on each of the first days; a drill of more is none. */
enum { DAYS = 7 };

static toc_place place_of(const toc_epanet_regime *regime, uint32_t line) {
    return (toc_place){regime->network->file, line, 0};
}

/* A factor in millionths; what flows back is none. */
static int64_t factor_of(double multiplier, uint32_t *backwards) {
    const double most = 1000;
    if (multiplier < 0) {
        ++*backwards;
        return 0;
    }
    return (int64_t)((multiplier < most ? multiplier : most) * 1000000 + 0.5);
}

/* The pattern from the step on at which the file's clock begins. */
static void build_pattern(toc_epanet_regime *regime, uint32_t number, uint32_t *backwards) {
    const toc_epanet_network *network = regime->network;
    const toc_epanet_row *row = toc_epanet_network_pattern(network, number);
    uint32_t count = row->values.count;
    uint32_t first = (uint32_t)(network->pattern_start / network->pattern_step % count);
    int64_t *factors = toc_arena_heap(NULL, count, sizeof *factors);
    toc_pattern_spec spec = {.id = regime->pattern[number],
                             .step = network->pattern_step,
                             .factors_ppm = factors,
                             .factor_count = count,
                             .place = place_of(regime, row->line)};
    for (uint32_t i = 0; i < count; i++) {
        factors[i] = factor_of(toc_epanet_network_value(row, (first + i) % count), backwards);
    }
    toc_builder_pattern(regime->builder, &spec);
    toc_arena_heap_free(factors);
}

void toc_epanet_regime_patterns(toc_epanet_regime *regime) {
    const toc_epanet_network *network = regime->network;
    toc_names *taken = toc_names_create();
    uint32_t count = network->patterns.count, backwards = 0;
    regime->pattern = toc_arena_heap(NULL, count + (size_t)1, sizeof *regime->pattern);
    for (uint32_t i = 0; i < count; i++) {
        regime->pattern[i] = NULL;
    }
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        const toc_epanet_node *node = toc_epanet_network_node(network, i);
        if (node->pattern == TOC_NONE || node->demand == 0 ||
            regime->pattern[node->pattern] != NULL) {
            continue;
        }
        regime->pattern[node->pattern] =
            toc_plain_text_id(regime->names->arena, taken,
                              toc_names_at(network->pattern_ids, node->pattern), "pattern");
        build_pattern(regime, node->pattern, &backwards);
    }
    if (backwards > 0) {
        toc_problems_warn(regime->problems, place_of(regime, 0),
                          "multipliers below 0 have become 0: %u", backwards);
    }
    toc_names_destroy(taken);
}

void toc_epanet_regime_finish(toc_epanet_regime *regime) {
    toc_arena_heap_free(regime->pattern);
}

const char *toc_epanet_regime_pattern(const toc_epanet_regime *regime, uint32_t pattern) {
    return pattern == TOC_NONE || regime->pattern[pattern] == NULL ? "" : regime->pattern[pattern];
}

/* By the clock of the file, which does not begin at midnight, on every day. */
static void build_moments(const toc_epanet_regime *regime, const toc_epanet_control *control,
                          toc_control_spec *spec) {
    int days = control->daily ? DAYS : 1;
    spec->at = control->at;
    if (control->daily) {
        spec->at = (control->at - regime->network->clock_start) % TOC_DAY;
        spec->at += spec->at < 0 ? TOC_DAY : 0;
    }
    for (int day = 0; day < days; day++, spec->at += TOC_DAY) {
        toc_builder_control(regime->builder, spec);
    }
}

/* Who decides, and what brings it the level. False where nothing does. */
static bool find_decider(const toc_epanet_regime *regime, const toc_epanet_control *control,
                         toc_control_spec *spec) {
    const toc_epanet_cyber *cyber = regime->cyber;
    uint32_t system = cyber != NULL ? toc_epanet_cyber_switches(cyber, control->link) : TOC_NONE;
    uint32_t channel;
    if (system == TOC_NONE) {
        return true;
    }
    spec->by = regime->names->system[system];
    if (control->when == TOC_EPANET_AT) {
        return true;
    }
    if (toc_epanet_cyber_watches(cyber, control->node) == system) {
        spec->through = regime->names->sensor[control->node];
        return true;
    }
    channel = toc_epanet_cyber_learns(cyber, system, control->node);
    if (channel == TOC_NONE) {
        toc_epanet_sensor level = {TOC_EPANET_LEVEL, true, control->node};
        return toc_epanet_sensor_among(&toc_epanet_cyber_system(cyber, system)->sensors, &level);
    }
    spec->through = regime->names->channel[channel];
    return true;
}

void toc_epanet_regime_controls(const toc_epanet_regime *regime) {
    const toc_epanet_network *network = regime->network;
    uint32_t never = 0, blind = 0;
    for (uint32_t i = 0; i < network->controls.count; i++) {
        const toc_epanet_control *control = toc_epanet_network_control(network, i);
        toc_control_spec spec = {.of = regime->names->link[control->link],
                                 .on = control->opens,
                                 .place = place_of(regime, control->line)};
        blind += find_decider(regime, control, &spec) ? 0 : 1;
        if (control->when == TOC_EPANET_AT) {
            spec.sense = TOC_WHEN_AT;
            build_moments(regime, control, &spec);
            continue;
        }
        if (control->level_m < 0 || control->level_m > 1e6) {
            never++;
            continue;
        }
        spec.sense = control->when == TOC_EPANET_BELOW ? TOC_WHEN_BELOW : TOC_WHEN_ABOVE;
        spec.sees = regime->names->node[control->node];
        spec.level_mm = (int32_t)(control->level_m * 1000 + 0.5);
        toc_builder_control(regime->builder, &spec);
    }
    if (never > 0) {
        toc_problems_warn(regime->problems, place_of(regime, 0),
                          "controls at levels that no tank has are left out: %u", never);
    }
    if (blind > 0) {
        toc_problems_warn(regime->problems, place_of(regime, 0),
                          "controllers that no link tells of the level they act on are taken to "
                          "know it: %u",
                          blind);
    }
}
