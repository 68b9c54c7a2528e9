#include "formats/epanet_attack.h"

#include "formats/epanet_text.h"
#include "formats/plain_number.h"

#include <string.h>

struct line {
    toc_epanet_fields *fields;
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber;
    toc_epanet_attack attack;
};

enum field { TYPE, TARGET, STARTS, ENDS, ARGUMENTS };

static double metre(const struct line *line) {
    return line->network->us_units ? 0.3048 : 1;
}

static bool is_relation(char c) {
    return c == '=' || c == '<' || c == '>' || c == '~' || c == '!';
}

/* "PU2>0" without blanks and brackets. */
static bool read_term(struct line *line, uint32_t field, char *text, toc_epanet_term *out) {
    static const char *const relations[] = {"==", "<=", ">=", "<", ">"};
    size_t length = strcspn(text, "=<>~!"), signs = 0;
    char name[100];
    while (is_relation(text[length + signs])) {
        signs++;
    }
    if (length == 0 || length >= sizeof name || signs == 0 || signs > 2 ||
        !toc_plain_number_read(text + length + signs, &out->value)) {
        toc_epanet_field_wrong(line->fields, field,
                               "the condition '%.60s' is none; expected one like TIME==10 or PU2>0",
                               text);
        return false;
    }
    (void)memcpy(name, text, length);
    name[length] = '\0';
    (void)memcpy(out->relation, text + length, signs);
    out->relation[signs] = '\0';
    for (size_t i = 0; i <= sizeof relations / sizeof relations[0]; i++) {
        if (i == sizeof relations / sizeof relations[0]) {
            toc_epanet_field_wrong(
                line->fields, field,
                "found '%s' in a condition; expected ==, <, >, <= or >=", out->relation);
            return false;
        }
        if (strcmp(relations[i], out->relation) == 0) {
            break;
        }
    }
    out->of = TOC_EPANET_OF_TIME;
    if (strcmp(name, "TIME") == 0) {
        return true;
    }
    out->of = TOC_EPANET_OF_LINK;
    out->number = toc_names_find(line->network->link_ids, name);
    if (out->number == TOC_NONE) {
        out->of = TOC_EPANET_OF_NODE;
        out->number = toc_names_find(line->network->node_ids, name);
        out->value *= metre(line);
    }
    if (out->number == TOC_NONE) {
        toc_epanet_field_unknown(line->fields, field, "node or link", name,
                                 line->network->node_ids);
    }
    return out->number != TOC_NONE;
}

/* A moment before the start, or one that is none, never comes. */
static bool never_comes(const toc_epanet_term *term) {
    return term->of == TOC_EPANET_OF_TIME && term->value < 0 && term->relation[0] != '>';
}

/* "(TIME>50)&&(PU2>0)" */
static bool read_condition(struct line *line, uint32_t field, toc_list *terms, bool *out_never) {
    char *text = toc_arena_text(line->fields->arena, toc_epanet_field_at(line->fields, field));
    char *at = text, *next = text;
    if (strstr(text, "||") != NULL) {
        toc_epanet_field_wrong(line->fields, field,
                               "found '||'; expected conditions joined by &&: write one attack "
                               "for each");
        return false;
    }
    for (char *from = text; *from != '\0'; from++) {
        if (strchr(" \t()", *from) == NULL) {
            *next++ = *from;
        }
    }
    *next = '\0';
    while (at != NULL) {
        toc_epanet_term term = {.value = 0};
        next = strstr(at, "&&");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        if (!read_term(line, field, at, &term)) {
            return false;
        }
        *out_never = *out_never || never_comes(&term);
        *(toc_epanet_term *)toc_list_add(terms, sizeof term) = term;
        at = next;
    }
    return true;
}

/* "constant 5.6", "DoS", "replay 50 0.05 7 0". */
static bool read_method(struct line *line) {
    static const char *const names[] = {"DoS", "constant", "offset", "replay"};
    const char *at = toc_epanet_field_at(line->fields, ARGUMENTS);
    const char *name = toc_epanet_field_word(line->fields, &at);
    const char *value = toc_epanet_field_word(line->fields, &at);
    size_t i = 0;
    while (i < 4 && strcmp(names[i], name) != 0) {
        i++;
    }
    if (i == 4) {
        toc_epanet_field_wrong(line->fields, ARGUMENTS,
                               "there is no way to tamper with readings '%.40s'; expected DoS, "
                               "constant, offset or replay",
                               name);
        return false;
    }
    line->attack.method = (toc_epanet_method)i;
    if (line->attack.method == TOC_EPANET_DOS) {
        return true;
    }
    if (!toc_plain_number_read(value, &line->attack.value)) {
        toc_epanet_field_wrong(line->fields, ARGUMENTS, "%s is '%.40s'; expected a number", name,
                               value);
        return false;
    }
    if (line->attack.method != TOC_EPANET_REPLAY && line->attack.sensor.of_node) {
        line->attack.value *= metre(line);
    }
    return true;
}

static uint32_t find_end(struct line *line, const char *id) {
    uint32_t system = TOC_NONE;
    if (strcmp(id, "NULL") != 0) {
        system = toc_names_find(line->cyber->ids, id);
        if (system == TOC_NONE) {
            toc_epanet_field_unknown(line->fields, TARGET, "controller", id, line->cyber->ids);
        }
    }
    return system;
}

/* Whether the reading takes the way that is attacked. */
static bool check_way(struct line *line, const char *reading) {
    const toc_epanet_attack *attack = &line->attack;
    const toc_epanet_system *receiver;
    bool travels = false;
    if (attack->receiver == TOC_NONE) {
        return true;
    }
    receiver = toc_epanet_cyber_system(line->cyber, attack->receiver);
    for (uint32_t i = 0; i < line->cyber->channels.count && attack->sender != TOC_NONE; i++) {
        const toc_epanet_channel *channel = toc_epanet_cyber_channel(line->cyber, i);
        travels = travels || (channel->from == attack->sender && channel->to == attack->receiver &&
                              toc_epanet_sensor_among(&channel->sensors, &attack->sensor));
    }
    if (attack->sender == TOC_NONE) {
        travels = toc_epanet_sensor_among(&receiver->sensors, &attack->sensor);
    }
    if (!travels) {
        toc_epanet_field_wrong(line->fields, TARGET,
                               "no link carries '%.60s' that way; expected one of [CYBERLINKS], "
                               "or NULL and the controller that senses it",
                               reading);
    }
    return travels;
}

/* "PLC2-P_T1-PLC1": names may hold '-', so the first and the last part it. */
static void read_communication(struct line *line) {
    char *text = toc_arena_text(line->fields->arena, toc_epanet_field_at(line->fields, TARGET));
    char *first = strchr(text, '-'), *last = strrchr(text, '-');
    toc_epanet_attack *attack = &line->attack;
    if (first == NULL || last == first) {
        toc_epanet_field_wrong(line->fields, TARGET,
                               "the target is '%.60s'; expected SENDER-READING-RECEIVER", text);
        return;
    }
    *first = '\0';
    *last = '\0';
    attack->sender = find_end(line, text);
    attack->receiver = find_end(line, last + 1);
    if (line->fields->failed ||
        !toc_epanet_sensor_read(line->fields, TARGET, first + 1, line->network, &attack->sensor)) {
        return;
    }
    if (attack->receiver == TOC_NONE) {
        attack->kind = TOC_EPANET_ON_ACTUATOR;
        if (attack->sensor.of_node) {
            toc_epanet_field_wrong(line->fields, TARGET,
                                   "'%.60s' reaches nobody; expected a receiver", first + 1);
            return;
        }
    }
    if (check_way(line, first + 1)) {
        (void)read_method(line);
    }
}

static void read_sensor(struct line *line) {
    if (toc_epanet_sensor_read(line->fields, TARGET, toc_epanet_field_at(line->fields, TARGET),
                               line->network, &line->attack.sensor)) {
        (void)read_method(line);
    }
}

/* "Actuator, PU1, .., .., 0" or with "constant 0". */
static void read_actuator(struct line *line) {
    const char *name = toc_epanet_field_at(line->fields, TARGET);
    const char *text = toc_epanet_field_at(line->fields, ARGUMENTS);
    uint32_t link = toc_names_find(line->network->link_ids, name);
    if (link == TOC_NONE) {
        toc_epanet_field_unknown(line->fields, TARGET, "link", name, line->network->link_ids);
        return;
    }
    line->attack.sensor = (toc_epanet_sensor){TOC_EPANET_STATE, false, link};
    line->attack.method = TOC_EPANET_CONSTANT;
    if (!toc_plain_number_read(text, &line->attack.value)) {
        (void)read_method(line);
    }
}

/* "CTRL17n": the seventeenth control's level. What its link is set to ("CTRL17l") is refused. */
static void read_control(struct line *line) {
    const char *name = toc_epanet_field_at(line->fields, TARGET);
    const char *text = toc_epanet_field_at(line->fields, ARGUMENTS);
    size_t digits = strspn(name + (strncmp(name, "CTRL", 4) == 0 ? 4 : 0), "0123456789");
    int64_t number = 0;
    if (strncmp(name, "CTRL", 4) != 0 || digits == 0 || digits > 7 ||
        strcmp(name + 4 + digits, "n") != 0 ||
        !toc_plain_number_whole(toc_arena_text_n(line->fields->arena, name + 4, digits), 1,
                                line->network->controls.count, &number) ||
        toc_epanet_network_control(line->network, (uint32_t)number - 1)->when == TOC_EPANET_AT) {
        toc_epanet_field_wrong(line->fields, TARGET,
                               "the target is '%.60s'; expected CTRL, the number of a control by a "
                               "tank's level (up to %u) and n",
                               name, line->network->controls.count);
        return;
    }
    line->attack.control = (uint32_t)number - 1;
    if (!toc_plain_number_read(text, &line->attack.value)) {
        toc_epanet_field_wrong(line->fields, ARGUMENTS, "found '%.40s'; expected a level", text);
        return;
    }
    line->attack.value *= metre(line);
}

static void read_target(struct line *line) {
    static const char *const types[] = {"Communication", "Sensor", "Actuator", "Control"};
    const char *type = toc_epanet_field_at(line->fields, TYPE), *nearest;
    for (size_t i = 0; i < 4; i++) {
        if (toc_epanet_text_is(type, types[i]) && strlen(type) == strlen(types[i])) {
            line->attack.kind = (toc_epanet_attack_kind)i;
            if (i == 0) {
                read_communication(line);
            } else if (i == 1) {
                read_sensor(line);
            } else if (i == 2) {
                read_actuator(line);
            } else {
                read_control(line);
            }
            return;
        }
    }
    nearest = strlen(type) < 40 ? toc_names_nearest_of(types, 4, type) : NULL;
    toc_epanet_field_wrong(line->fields, TYPE,
                           "there is no attack of type '%.40s'%s%s%s; expected Communication, "
                           "Sensor, Actuator or Control",
                           type, nearest != NULL ? " (nearest: '" : "",
                           nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
}

void toc_epanet_attack_read(toc_epanet_fields *fields, const toc_epanet_network *network,
                            toc_epanet_cyber *cyber) {
    struct line line = {.fields = fields,
                        .network = network,
                        .cyber = cyber,
                        .attack = {.line = fields->line,
                                   .remark = fields->remark,
                                   .sender = TOC_NONE,
                                   .receiver = TOC_NONE,
                                   .control = TOC_NONE}};
    if (fields->count < 5) {
        toc_epanet_field_wrong(fields, TOC_EPANET_FIELDS,
                               "this line ends too early; expected: type, target, condition to "
                               "begin, condition to end, arguments");
        return;
    }
    read_target(&line);
    if (!fields->failed) {
        (void)read_condition(&line, STARTS, &line.attack.starts, &line.attack.never_starts);
    }
    if (!fields->failed) {
        (void)read_condition(&line, ENDS, &line.attack.ends, &line.attack.never_ends);
    }
    *(toc_epanet_attack *)toc_list_add(&cyber->attacks, sizeof line.attack) = line.attack;
}
