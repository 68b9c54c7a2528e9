#include "formats/epanet_link.h"

#include "formats/plain_number.h"

#include <string.h>

static uint32_t first_line(const toc_epanet_network *network, uint32_t link) {
    return toc_epanet_network_link(network, link)->line;
}

/* The ends are the second and third word. */
static toc_epanet_link *add_link(toc_epanet_reading *reading, toc_epanet_link_kind kind,
                                 const char *what) {
    toc_epanet_network *network = reading->network;
    toc_epanet_link *link;
    uint32_t from = toc_epanet_reading_find(reading, 1, "node", network->node_ids);
    uint32_t to = toc_epanet_reading_find(reading, 2, "node", network->node_ids);
    if (from == TOC_NONE || to == TOC_NONE ||
        !toc_epanet_reading_enter(reading, network->link_ids, what, first_line)) {
        return NULL;
    }
    link = toc_list_add(&network->links, sizeof *link);
    *link = (toc_epanet_link){.kind = kind,
                              .line = reading->words.line,
                              .from = from,
                              .to = to,
                              .curve = TOC_NONE,
                              .speed = 1,
                              .type = ""};
    if (from == to) {
        toc_epanet_reading_wrong(reading, 2, "'%.60s' leads from '%.60s' to itself",
                                 toc_epanet_reading_word(reading, 0),
                                 toc_epanet_reading_word(reading, 1));
    }
    return link;
}

/* False where the word is no status of a pipe. */
static bool take_status(toc_epanet_link *link, const char *word) {
    if (toc_epanet_text_is(word, "CV")) {
        link->one_way = true;
    } else if (toc_epanet_text_is(word, "CLOSED")) {
        link->closed = true;
    } else if (!toc_epanet_text_is(word, "OPEN")) {
        return false;
    }
    return true;
}

void toc_epanet_link_pipe(toc_epanet_reading *reading) {
    double diameter = 0, ignored = 0;
    toc_epanet_link *link;
    const char *seventh = toc_epanet_reading_word(reading, 6);
    const char *eighth = toc_epanet_reading_word(reading, 7);
    if (!toc_epanet_reading_has(
            reading, 6, "id, node, node, length, diameter, roughness, minor loss, status")) {
        return;
    }
    link = add_link(reading, TOC_EPANET_PIPE, "link");
    if (link == NULL ||
        !toc_epanet_reading_number(reading, 3, "a length", 0, 1e9, &link->length_m) ||
        !toc_epanet_reading_number(reading, 4, "a diameter", 0, 1e9, &diameter) ||
        !toc_epanet_reading_number(reading, 5, "a roughness", 0, 1e9, &ignored)) {
        return;
    }
    link->length_m *= toc_epanet_reading_metre(reading);
    /* the minor loss may be left out before the status */
    if (seventh[0] != '\0' && !take_status(link, seventh)) {
        (void)toc_epanet_reading_number(reading, 6, "a minor loss", 0, 1e9, &ignored);
        if (eighth[0] != '\0' && !take_status(link, eighth)) {
            toc_epanet_reading_wrong(reading, 7,
                                     "the status is '%.40s'; expected Open, Closed or CV", eighth);
        }
    }
}

/* One "HEAD 8", "POWER 20", "SPEED 1.2", "PATTERN 3". */
static void read_parameter(toc_epanet_reading *reading, toc_epanet_link *pump, uint32_t word) {
    const double horsepower = 0.745699872;
    const char *name = toc_epanet_reading_word(reading, word);
    if (toc_epanet_text_is(name, "HEAD")) {
        pump->curve =
            toc_epanet_reading_find(reading, word + 1, "curve", reading->network->curve_ids);
    } else if (toc_epanet_text_is(name, "POWE")) {
        if (toc_epanet_reading_number(reading, word + 1, "a power", 0, 1e9, &pump->power_kw)) {
            pump->power_kw *= reading->network->us_units ? horsepower : 1;
        }
    } else if (toc_epanet_text_is(name, "SPEE")) {
        (void)toc_epanet_reading_number(reading, word + 1, "a speed", 0, 1e3, &pump->speed);
    } else if (!toc_epanet_text_is(name, "PATT")) {
        toc_epanet_reading_wrong(reading, word,
                                 "a pump has no '%.40s'; expected HEAD and a curve, POWER, SPEED "
                                 "or PATTERN",
                                 name);
    }
}

/* Head and flow at the design point, as files of old tell it: a curve of one point. */
static void read_design_point(toc_epanet_reading *reading, toc_epanet_link *pump) {
    toc_epanet_network *network = reading->network;
    const char *id =
        toc_arena_format(network->arena, "%s curve", toc_epanet_reading_word(reading, 0));
    double head = 0, flow = 0;
    toc_epanet_row *curve;
    if (!toc_epanet_reading_number(reading, 3, "a head", 0, 1e9, &head) ||
        !toc_epanet_reading_number(reading, 4, "a flow", 0, 1e9, &flow)) {
        return;
    }
    pump->curve = toc_names_add(network->curve_ids, id, NULL);
    curve = toc_list_add(&network->curves, sizeof *curve);
    curve->line = reading->words.line;
    *(double *)toc_list_add(&curve->values, sizeof flow) = flow;
    *(double *)toc_list_add(&curve->values, sizeof head) = head;
}

void toc_epanet_link_pump(toc_epanet_reading *reading) {
    toc_epanet_link *pump;
    double ignored;
    if (!toc_epanet_reading_has(reading, 4, "id, node, node, HEAD curve or POWER kilowatts")) {
        return;
    }
    pump = add_link(reading, TOC_EPANET_PUMP, "link");
    if (pump == NULL) {
        return;
    }
    pump->one_way = true;
    if (reading->words.count == 5 &&
        toc_plain_number_read(toc_epanet_reading_word(reading, 3), &ignored)) {
        read_design_point(reading, pump);
        return;
    }
    for (uint32_t i = 3; i < reading->words.count; i += 2) {
        if (i + 1 >= reading->words.count) {
            toc_epanet_reading_wrong(reading, i, "'%.40s' needs a value behind it",
                                     toc_epanet_reading_word(reading, i));
            return;
        }
        read_parameter(reading, pump, i);
    }
    if (pump->curve == TOC_NONE && pump->power_kw <= 0 && !reading->failed) {
        toc_epanet_reading_wrong(reading, 0,
                                 "pump '%.60s' has neither a curve nor a power; expected HEAD and "
                                 "a curve, or POWER",
                                 toc_epanet_reading_word(reading, 0));
    }
}

void toc_epanet_link_valve(toc_epanet_reading *reading) {
    static const char *const types[] = {"PRV", "PSV", "PBV", "FCV", "TCV", "GPV", "PCV"};
    enum { TYPES = sizeof types / sizeof types[0] };
    const char *type = toc_epanet_reading_word(reading, 4);
    double ignored = 0;
    toc_epanet_link *valve;
    size_t i = 0;
    if (!toc_epanet_reading_has(reading, 6,
                                "id, node, node, diameter, type, setting, minor loss")) {
        return;
    }
    valve = add_link(reading, TOC_EPANET_VALVE, "link");
    if (valve == NULL) {
        return;
    }
    while (i < TYPES && !toc_epanet_text_is(type, types[i])) {
        i++;
    }
    if (i == TYPES) {
        toc_epanet_reading_wrong(reading, 4,
                                 "there is no type of valve '%.40s'; expected PRV, PSV, PBV, FCV, "
                                 "TCV, GPV or PCV",
                                 type);
        return;
    }
    valve->type = types[i];
    valve->one_way = i == 0 || i == 1 || i == 3;
    (void)toc_epanet_reading_number(reading, 3, "a diameter", 0, 1e9, &ignored);
    /* a GPV's setting is the name of a curve */
    if (strcmp(valve->type, "GPV") != 0) {
        double low = strcmp(valve->type, "FCV") == 0 ? 0 : -1e9;
        (void)toc_epanet_reading_number(reading, 5, "a setting", low, 1e9, &valve->setting);
    }
}

void toc_epanet_link_status(toc_epanet_reading *reading) {
    const char *status = toc_epanet_reading_word(reading, 1);
    toc_epanet_link *link;
    uint32_t number;
    double setting = 0;
    if (!toc_epanet_reading_has(reading, 2, "link, status or setting")) {
        return;
    }
    number = toc_epanet_reading_find(reading, 0, "link", reading->network->link_ids);
    if (number == TOC_NONE) {
        return;
    }
    link = toc_epanet_network_link(reading->network, number);
    if (toc_epanet_text_is(status, "CLOSED")) {
        link->closed = true;
    } else if (toc_epanet_text_is(status, "OPEN") || toc_epanet_text_is(status, "ACTI")) {
        link->closed = false;
    } else if (!toc_plain_number_read(status, &setting)) {
        toc_epanet_reading_wrong(
            reading, 1, "the status is '%.40s'; expected Open, Closed, Active or a number", status);
    } else if (link->kind == TOC_EPANET_PUMP) {
        link->closed = setting <= 0;
        link->speed = setting > 0 && setting < 1e3 ? setting : link->speed;
    } else if (link->kind == TOC_EPANET_VALVE) {
        link->setting = setting;
        link->closed = false;
    }
}
