#include "formats/epanet_node.h"

#include <stdlib.h>
#include <string.h>

/* No water stands higher, in metres or feet, and no river carries more, in mL/d. */
static const double highest = 1e5, most_flow = 1e16;

/* Two patterns together repeat after as many steps as their common multiple, at most these. */
enum { COMMON_STEPS = 10000 };

/* A part of what a junction asks for. */
struct demand {
    uint32_t node, order, pattern;
    double base; /* mL/d */
    uint32_t line;
};

static uint32_t first_line(const toc_epanet_network *network, uint32_t node) {
    return toc_epanet_network_node(network, node)->line;
}

static toc_epanet_node *add_node(toc_epanet_reading *reading, toc_epanet_node_kind kind,
                                 const char *what) {
    toc_epanet_node *node;
    if (!toc_epanet_reading_enter(reading, reading->network->node_ids, what, first_line)) {
        return NULL;
    }
    node = toc_list_add(&reading->network->nodes, sizeof *node);
    node->kind = kind;
    node->line = reading->words.line;
    node->pattern = TOC_NONE;
    node->curve = TOC_NONE;
    return node;
}

/* A length of the file in metres. */
static bool read_metres(toc_epanet_reading *reading, uint32_t word, const char *what, double low,
                        double *out) {
    double value = *out / toc_epanet_reading_metre(reading);
    if (!toc_epanet_reading_number(reading, word, what, low, highest, &value)) {
        return false;
    }
    *out = value * toc_epanet_reading_metre(reading);
    return true;
}

/* The pattern that `word` names; the file's default where it names none. */
static uint32_t read_pattern(toc_epanet_reading *reading, uint32_t word) {
    const toc_epanet_network *network = reading->network;
    const char *id = toc_epanet_reading_word(reading, word);
    if (id[0] == '\0') {
        return toc_names_find(network->pattern_ids, network->default_pattern);
    }
    return toc_epanet_reading_find(reading, word, "pattern", network->pattern_ids);
}

/* In mL/d, without the file's multiplier, which may come later. */
static bool read_flow(toc_epanet_reading *reading, uint32_t word, double *out) {
    const toc_epanet_network *network = reading->network;
    double value = 0, most = most_flow / network->flow_ml_d;
    if (!toc_epanet_reading_number(reading, word, "a demand", -most, most, &value)) {
        return false;
    }
    *out = value * network->flow_ml_d;
    return true;
}

void toc_epanet_node_junction(toc_epanet_reading *reading) {
    toc_epanet_node *node = add_node(reading, TOC_EPANET_JUNCTION, "node");
    if (node == NULL) {
        return;
    }
    (void)read_metres(reading, 1, "an elevation", -highest, &node->head_m);
    (void)read_flow(reading, 2, &node->demand);
    if (node->demand != 0) {
        node->pattern = read_pattern(reading, 3);
    }
}

void toc_epanet_node_reservoir(toc_epanet_reading *reading) {
    toc_epanet_node *node = add_node(reading, TOC_EPANET_RESERVOIR, "node");
    if (node != NULL && toc_epanet_reading_has(reading, 2, "id, head")) {
        (void)read_metres(reading, 1, "a head", -highest, &node->head_m);
    }
}

/* The volume curve and whether the tank overflows; '*' stands for no curve. */
static void read_tank_ends(toc_epanet_reading *reading, toc_epanet_node *tank) {
    const char *curve = toc_epanet_reading_word(reading, 7);
    const toc_epanet_row *row;
    if (curve[0] != '\0' && strcmp(curve, "*") != 0) {
        tank->curve = toc_epanet_reading_find(reading, 7, "curve", reading->network->curve_ids);
    }
    tank->overflows = toc_epanet_text_is(toc_epanet_reading_word(reading, 8), "Y");
    if (tank->curve == TOC_NONE) {
        return;
    }
    row = toc_epanet_network_curve(reading->network, tank->curve);
    for (uint32_t i = 1; i < row->values.count; i += 2) {
        double volume = toc_epanet_network_value(row, i);
        double before = i > 1 ? toc_epanet_network_value(row, i - 2) : 0;
        if (volume < 0 || volume < before) {
            toc_epanet_reading_wrong(reading, 7,
                                     "the volume of curve '%.60s' falls; expected a tank that "
                                     "holds more the higher it stands",
                                     curve);
            return;
        }
    }
}

void toc_epanet_node_tank(toc_epanet_reading *reading) {
    toc_epanet_node *tank;
    /* of old, a tank of which only the elevation is told is a reservoir */
    if (reading->words.count <= 3) {
        toc_epanet_node_reservoir(reading);
        return;
    }
    tank = add_node(reading, TOC_EPANET_TANK, "node");
    if (tank == NULL ||
        !toc_epanet_reading_has(reading, 6,
                                "id, elevation, initial level, minimum level, maximum "
                                "level, diameter, minimum volume, volume curve") ||
        !read_metres(reading, 1, "an elevation", -highest, &tank->head_m) ||
        !read_metres(reading, 2, "an initial level", 0, &tank->initial_m) ||
        !read_metres(reading, 3, "a minimum level", 0, &tank->least_m) ||
        !read_metres(reading, 4, "a maximum level", 0, &tank->most_m) ||
        !read_metres(reading, 5, "a diameter", 0, &tank->diameter_m)) {
        return;
    }
    if (tank->least_m > tank->initial_m || tank->initial_m > tank->most_m) {
        toc_epanet_reading_wrong(
            reading, 2,
            "the levels of tank '%.60s' are %s, %s and %s; expected the "
            "initial one between the minimum and the maximum",
            toc_epanet_reading_word(reading, 0), toc_epanet_reading_word(reading, 2),
            toc_epanet_reading_word(reading, 3), toc_epanet_reading_word(reading, 4));
        return;
    }
    read_tank_ends(reading, tank);
    if (tank->curve == TOC_NONE && !(tank->diameter_m > 0)) {
        toc_epanet_reading_wrong(reading, 5,
                                 "the diameter of a tank is 0; expected a diameter or "
                                 "a volume curve");
    }
}

void toc_epanet_node_coordinates(toc_epanet_reading *reading) {
    uint32_t number;
    toc_epanet_node *node;
    if (!toc_epanet_reading_has(reading, 3, "node, x, y")) {
        return;
    }
    number = toc_epanet_reading_find(reading, 0, "node", reading->network->node_ids);
    if (number != TOC_NONE) {
        node = toc_epanet_network_node(reading->network, number);
        node->placed = toc_epanet_reading_number(reading, 1, "x", -1e15, 1e15, &node->x) &&
                       toc_epanet_reading_number(reading, 2, "y", -1e15, 1e15, &node->y);
    }
}

static void read_demand(toc_epanet_reading *reading, toc_list *demands) {
    struct demand demand = {.order = demands->count, .line = reading->words.line};
    if (!toc_epanet_reading_has(reading, 2, "junction, demand, pattern")) {
        return;
    }
    /* of old, this was where the multiplier stood */
    if (toc_epanet_text_is(toc_epanet_reading_word(reading, 0), "MULT") &&
        toc_names_find(reading->network->node_ids, toc_epanet_reading_word(reading, 0)) ==
            TOC_NONE) {
        (void)toc_epanet_reading_number(reading, 1, "the multiplier of demands", 0, 1e6,
                                        &reading->network->multiplier);
        return;
    }
    demand.node = toc_epanet_reading_find(reading, 0, "junction", reading->network->node_ids);
    demand.pattern = read_pattern(reading, 2);
    if (demand.node != TOC_NONE &&
        toc_epanet_network_node(reading->network, demand.node)->kind != TOC_EPANET_JUNCTION) {
        reading->network->lost_demands++;
    } else if (demand.node != TOC_NONE && read_flow(reading, 1, &demand.base)) {
        *(struct demand *)toc_list_add(demands, sizeof demand) = demand;
    }
}

static int by_node(const void *left, const void *right) {
    const struct demand *a = left, *b = right;
    if (a->node != b->node) {
        return a->node < b->node ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

static uint32_t length_of(const toc_epanet_network *network, uint32_t pattern) {
    return pattern == TOC_NONE ? 1 : toc_epanet_network_pattern(network, pattern)->values.count;
}

static double multiplier_at(const toc_epanet_network *network, uint32_t pattern, uint32_t step) {
    const toc_epanet_row *row;
    if (pattern == TOC_NONE) {
        return 1;
    }
    row = toc_epanet_network_pattern(network, pattern);
    return toc_epanet_network_value(row, step % row->values.count);
}

static uint32_t common_steps(const toc_epanet_network *network, const struct demand *demands,
                             uint32_t count) {
    uint32_t steps = 1;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = length_of(network, demands[i].pattern), a = steps, b = other;
        while (b != 0) {
            uint32_t rest = a % b;
            a = b;
            b = rest;
        }
        if (steps / a > COMMON_STEPS / other) {
            return 0;
        }
        steps = steps / a * other;
    }
    return steps;
}

/* What several demands with patterns of their own come to: one demand with one pattern. */
static uint32_t mixed_pattern(toc_epanet_reading *reading, const struct demand *demands,
                              uint32_t count, double total) {
    toc_epanet_network *network = reading->network;
    uint32_t steps = common_steps(network, demands, count), number;
    const char *id;
    toc_epanet_row *row;
    if (steps == 0) {
        toc_place place = {network->file, demands[0].line, 0};
        (void)toc_problems_error(reading->problems, place,
                                 "the patterns of this junction's demands repeat together only "
                                 "after more than %d steps; expected patterns of one length",
                                 COMMON_STEPS);
        reading->failed = true;
        return TOC_NONE;
    }
    id = toc_arena_format(network->arena, "%s demand",
                          toc_names_at(network->node_ids, demands[0].node));
    number = toc_names_add(network->pattern_ids, id, NULL);
    row = toc_list_add(&network->patterns, sizeof *row);
    row->line = demands[0].line;
    for (uint32_t step = 0; step < steps; step++) {
        double sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            sum += demands[i].base * multiplier_at(network, demands[i].pattern, step);
        }
        *(double *)toc_list_add(&row->values, sizeof sum) = sum / total;
    }
    return number;
}

static void settle_demands(toc_epanet_reading *reading, const struct demand *demands,
                           uint32_t count) {
    toc_epanet_node *node = toc_epanet_network_node(reading->network, demands[0].node);
    bool same = true;
    node->demand = 0;
    node->pattern = demands[0].pattern;
    for (uint32_t i = 0; i < count; i++) {
        node->demand += demands[i].base;
        same = same && demands[i].pattern == demands[0].pattern;
    }
    if (!same && node->demand != 0) {
        node->pattern = mixed_pattern(reading, demands, count, node->demand);
    }
}

void toc_epanet_node_demands(toc_epanet_reading *reading) {
    toc_list demands = {NULL, 0, 0};
    uint32_t first = 0;
    for (uint32_t i = 0; i < reading->text.lines.count; i++) {
        const toc_epanet_line *line = TOC_LIST_AT(toc_epanet_line, &reading->text.lines, i);
        if (line->section == TOC_EPANET_DEMANDS &&
            toc_epanet_text_cut(&reading->text, i, reading->problems, &reading->words)) {
            read_demand(reading, &demands);
        }
    }
    if (demands.count > 1) {
        qsort(demands.items, demands.count, sizeof(struct demand), by_node);
    }
    for (uint32_t i = 1; i <= demands.count && !reading->failed; i++) {
        const struct demand *start = TOC_LIST_AT(struct demand, &demands, first);
        if (i == demands.count || TOC_LIST_AT(struct demand, &demands, i)->node != start->node) {
            settle_demands(reading, start, i - first);
            first = i;
        }
    }
    toc_list_finish(&demands);
}
