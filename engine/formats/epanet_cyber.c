#include "formats/epanet_cyber.h"

#include "formats/epanet_attack.h"
#include "formats/epanet_field.h"
#include "formats/plain_number.h"
#include "formats/plain_text.h"
#include "kernel/assert.h"

#include <stdlib.h>
#include <string.h>

/* Readings of one line, controllers, channels, attacks: more than any file has. */
enum { MANY = 10000 };

struct reader {
    toc_epanet_fields fields;
    toc_epanet_network *network;
    toc_epanet_cyber *cyber;
};

const toc_epanet_system *toc_epanet_cyber_system(const toc_epanet_cyber *cyber, uint32_t system) {
    TOC_ASSERT(system < cyber->systems.count);
    return TOC_LIST_AT(const toc_epanet_system, &cyber->systems, system);
}

const toc_epanet_channel *toc_epanet_cyber_channel(const toc_epanet_cyber *cyber,
                                                   uint32_t channel) {
    TOC_ASSERT(channel < cyber->channels.count);
    return TOC_LIST_AT(const toc_epanet_channel, &cyber->channels, channel);
}

const toc_epanet_attack *toc_epanet_cyber_attack(const toc_epanet_cyber *cyber, uint32_t attack) {
    TOC_ASSERT(attack < cyber->attacks.count);
    return TOC_LIST_AT(const toc_epanet_attack, &cyber->attacks, attack);
}

uint32_t toc_epanet_cyber_switches(const toc_epanet_cyber *cyber, uint32_t link) {
    return cyber->switched[link];
}

uint32_t toc_epanet_cyber_reports(const toc_epanet_cyber *cyber, uint32_t system) {
    return toc_epanet_cyber_system(cyber, system)->report;
}

uint32_t toc_epanet_cyber_watches(const toc_epanet_cyber *cyber, uint32_t node) {
    return cyber->watched[node];
}

static const char *lesson(toc_arena *arena, uint32_t system, uint32_t tank) {
    return toc_arena_format(arena, "%u %u", system, tank);
}

uint32_t toc_epanet_cyber_learns(const toc_epanet_cyber *cyber, uint32_t system, uint32_t tank) {
    uint32_t number = toc_names_find(cyber->lessons, lesson(cyber->arena, system, tank));
    return number == TOC_NONE ? TOC_NONE : *TOC_LIST_AT(uint32_t, &cyber->lesson_of, number);
}

static void read_sensors(struct reader *reader, uint32_t field, toc_list *sensors) {
    const char *at = toc_epanet_field_at(&reader->fields, field);
    while (!reader->fields.failed) {
        const char *name = toc_epanet_field_word(&reader->fields, &at);
        toc_epanet_sensor sensor;
        if (name[0] == '\0') {
            return;
        }
        if (sensors->count >= MANY) {
            toc_epanet_field_wrong(&reader->fields, field, "has more than %d readings", MANY);
            return;
        }
        if (toc_epanet_sensor_read(&reader->fields, field, name, reader->network, &sensor)) {
            *(toc_epanet_sensor *)toc_list_add(sensors, sizeof sensor) = sensor;
        }
    }
}

static uint32_t add_system(struct reader *reader, const char *id) {
    toc_epanet_system *system;
    bool was_new;
    uint32_t number = toc_names_add(reader->cyber->ids, id, &was_new);
    if (!was_new) {
        return TOC_NONE;
    }
    system = toc_list_add(&reader->cyber->systems, sizeof *system);
    system->id = toc_names_at(reader->cyber->ids, number);
    system->line = reader->fields.line;
    system->report = TOC_NONE;
    system->control_room = strcmp(id, "SCADA") == 0;
    if (system->control_room) {
        reader->cyber->room = number;
    }
    return number;
}

static void read_actuators(struct reader *reader, toc_epanet_system *system) {
    const char *at = toc_epanet_field_at(&reader->fields, 2);
    const toc_epanet_system *all = TOC_LIST_AT(toc_epanet_system, &reader->cyber->systems, 0);
    for (;;) {
        const char *name = toc_epanet_field_word(&reader->fields, &at);
        uint32_t link;
        if (name[0] == '\0') {
            return;
        }
        link = toc_names_find(reader->network->link_ids, name);
        if (link == TOC_NONE) {
            toc_epanet_field_unknown(&reader->fields, 2, "link", name, reader->network->link_ids);
        } else if (toc_epanet_cyber_switches(reader->cyber, link) != TOC_NONE) {
            toc_epanet_field_wrong(&reader->fields, 2,
                                   "'%.60s' is switched by another controller already; expected "
                                   "one for each",
                                   name);
        } else {
            *(uint32_t *)toc_list_add(&system->actuators, sizeof link) = link;
            reader->cyber->switched[link] = (uint32_t)(system - all);
        }
    }
}

/* "PLC1, P_T1 F_PU1, PU1 PU2". */
static void read_node(struct reader *reader) {
    const char *id = toc_epanet_field_at(&reader->fields, 0);
    uint32_t number = add_system(reader, id);
    toc_epanet_system *system;
    if (number == TOC_NONE) {
        toc_epanet_field_wrong(&reader->fields, 0,
                               "'%.60s' stands here again; expected every "
                               "controller once",
                               id);
        return;
    }
    system = TOC_LIST_AT(toc_epanet_system, &reader->cyber->systems, number);
    read_sensors(reader, 1, &system->sensors);
    for (uint32_t i = 0; i < system->sensors.count; i++) {
        const toc_epanet_sensor *sensor = TOC_LIST_AT(toc_epanet_sensor, &system->sensors, i);
        if (sensor->of_node && reader->cyber->watched[sensor->of] == TOC_NONE) {
            reader->cyber->watched[sensor->of] = number;
        }
    }
    read_actuators(reader, system);
}

/* The control room need not be told of as a node. */
static uint32_t find_system(struct reader *reader, uint32_t field) {
    const char *id = toc_epanet_field_at(&reader->fields, field);
    uint32_t number = toc_names_find(reader->cyber->ids, id);
    if (number == TOC_NONE && strcmp(id, "SCADA") == 0) {
        return add_system(reader, id);
    }
    if (number == TOC_NONE) {
        toc_epanet_field_unknown(&reader->fields, field, "controller", id, reader->cyber->ids);
    }
    return number;
}

/* The first channel that tells a system of a level is the one it learns it by. */
static void learn(toc_epanet_cyber *cyber, uint32_t number) {
    const toc_epanet_channel *channel = toc_epanet_cyber_channel(cyber, number);
    for (uint32_t i = 0; i < channel->sensors.count; i++) {
        const toc_epanet_sensor *sensor =
            TOC_LIST_AT(const toc_epanet_sensor, &channel->sensors, i);
        bool was_new = false;
        if (sensor->variable == TOC_EPANET_LEVEL) {
            (void)toc_names_add(cyber->lessons, lesson(cyber->arena, channel->to, sensor->of),
                                &was_new);
        }
        if (was_new) {
            *(uint32_t *)toc_list_add(&cyber->lesson_of, sizeof number) = number;
        }
    }
}

/* "PLC2, PLC1, P_T1". */
static void read_channel(struct reader *reader) {
    uint32_t from = find_system(reader, 0), to = find_system(reader, 1);
    toc_epanet_channel *channel;
    toc_epanet_system *teller;
    if (from == TOC_NONE || to == TOC_NONE) {
        return;
    }
    if (from == to) {
        toc_epanet_field_wrong(&reader->fields, 1, "'%.60s' tells itself; expected two controllers",
                               toc_epanet_field_at(&reader->fields, 0));
        return;
    }
    channel = toc_list_add(&reader->cyber->channels, sizeof *channel);
    channel->from = from;
    channel->to = to;
    channel->line = reader->fields.line;
    read_sensors(reader, 2, &channel->sensors);
    learn(reader->cyber, reader->cyber->channels.count - 1);
    teller = TOC_LIST_AT(toc_epanet_system, &reader->cyber->systems, from);
    if (to == reader->cyber->room && teller->report == TOC_NONE) {
        teller->report = reader->cyber->channels.count - 1;
    }
}

struct ranked {
    const char *id;
    uint32_t node;
};

static int by_id(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    return strcmp(a->id, b->id);
}

/* "initial_conditions, 4 3.75": levels of the tanks, these in the order of their names. */
static void read_levels(struct reader *reader) {
    toc_epanet_network *network = reader->network;
    const char *at = toc_epanet_field_at(&reader->fields, 1);
    struct ranked *tanks = toc_arena_heap(NULL, network->nodes.count + (size_t)1, sizeof *tanks);
    uint32_t count = 0;
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        if (toc_epanet_network_node(network, i)->kind == TOC_EPANET_TANK) {
            tanks[count++] = (struct ranked){toc_names_at(network->node_ids, i), i};
        }
    }
    if (count > 1) {
        qsort(tanks, count, sizeof *tanks, by_id);
    }
    for (uint32_t i = 0;; i++) {
        const char *word = toc_epanet_field_word(&reader->fields, &at);
        double level, metre = network->us_units ? 0.3048 : 1;
        toc_epanet_node *tank;
        if (word[0] == '\0') {
            break;
        }
        if (i >= count) {
            toc_epanet_field_wrong(&reader->fields, 1,
                                   "there are more initial levels than tanks; expected %u", count);
            break;
        }
        tank = toc_epanet_network_node(network, tanks[i].node);
        if (!toc_plain_number_read(word, &level) || level * metre < tank->least_m ||
            level * metre > tank->most_m) {
            toc_epanet_field_wrong(&reader->fields, 1,
                                   "the initial level '%.40s' is none of tank '%.60s'; expected "
                                   "one from %g to %g",
                                   word, tanks[i].id, tank->least_m / metre, tank->most_m / metre);
            break;
        }
        tank->initial_m = level * metre;
    }
    toc_arena_heap_free(tanks);
}

/* What else an option can be bears on how epanetCPA works, not on the world. */
static void read_option(struct reader *reader) {
    const char *name = toc_epanet_field_at(&reader->fields, 0);
    if (strcmp(name, "initial_conditions") == 0) {
        read_levels(reader);
    } else if (strcmp(name, "patterns_file") == 0) {
        toc_place place = {reader->fields.file, reader->fields.line, reader->fields.column[0]};
        toc_problems_warn(reader->fields.problems, place,
                          "the patterns of '%.60s' are left out; those of the network file hold",
                          toc_epanet_field_at(&reader->fields, 1));
    }
}

static void read_line(struct reader *reader) {
    const char *section = reader->fields.section;
    const toc_epanet_cyber *cyber = reader->cyber;
    if (cyber->systems.count > MANY || cyber->channels.count > MANY ||
        cyber->attacks.count > MANY) {
        toc_epanet_field_wrong(&reader->fields, 0, "has more than %d controllers, links or attacks",
                               MANY);
        return;
    }
    if (strcmp(section, "CYBERNODES") == 0) {
        read_node(reader);
    } else if (strcmp(section, "CYBERLINKS") == 0) {
        read_channel(reader);
    } else if (strcmp(section, "CYBERATTACKS") == 0) {
        toc_epanet_attack_read(&reader->fields, reader->network, reader->cyber);
    } else if (strcmp(section, "CYBEROPTIONS") == 0) {
        read_option(reader);
    } else {
        static const char *const names[] = {"CYBERNODES", "CYBERLINKS", "CYBERATTACKS",
                                            "CYBEROPTIONS"};
        const char *nearest = strlen(section) < 40 ? toc_names_nearest_of(names, 4, section) : NULL;
        toc_epanet_field_wrong(&reader->fields, 0,
                               "this line stands in %s%.40s%s%s%s%s; expected [CYBERNODES], "
                               "[CYBERLINKS], [CYBERATTACKS] or [CYBEROPTIONS]",
                               section[0] != '\0' ? "[" : "no section", section,
                               section[0] != '\0' ? "]" : "", nearest != NULL ? " (nearest: [" : "",
                               nearest != NULL ? nearest : "", nearest != NULL ? "])" : "");
    }
}

toc_status toc_epanet_cyber_read(const toc_formats_source *source, toc_problems *problems,
                                 toc_epanet_network *network, toc_epanet_cyber *out_cyber) {
    struct reader reader = {.network = network, .cyber = out_cyber};
    *out_cyber = (toc_epanet_cyber){.arena = toc_arena_create(),
                                    .file = source->file,
                                    .ids = toc_names_create(),
                                    .lessons = toc_names_create(),
                                    .room = TOC_NONE};
    out_cyber->switched =
        toc_arena_heap(NULL, network->links.count + (size_t)1, sizeof *out_cyber->switched);
    out_cyber->watched =
        toc_arena_heap(NULL, network->nodes.count + (size_t)1, sizeof *out_cyber->watched);
    for (uint32_t i = 0; i < network->links.count; i++) {
        out_cyber->switched[i] = TOC_NONE;
    }
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        out_cyber->watched[i] = TOC_NONE;
    }
    if (!toc_epanet_field_start(&reader.fields, source, out_cyber->arena, problems)) {
        return TOC_BAD_INPUT;
    }
    while (!reader.fields.failed && toc_epanet_field_next(&reader.fields)) {
        read_line(&reader);
    }
    if (!reader.fields.failed && out_cyber->systems.count == 0) {
        toc_place whole = {source->file, 0, 0};
        return toc_problems_error(problems, whole,
                                  "has no [CYBERNODES]; expected a file of cyber-physical attacks "
                                  "(.cpa)");
    }
    return reader.fields.failed ? TOC_BAD_INPUT : TOC_OK;
}

void toc_epanet_cyber_finish(toc_epanet_cyber *cyber) {
    for (uint32_t i = 0; i < cyber->systems.count; i++) {
        toc_epanet_system *system = TOC_LIST_AT(toc_epanet_system, &cyber->systems, i);
        toc_list_finish(&system->sensors);
        toc_list_finish(&system->actuators);
    }
    for (uint32_t i = 0; i < cyber->channels.count; i++) {
        toc_list_finish(&TOC_LIST_AT(toc_epanet_channel, &cyber->channels, i)->sensors);
    }
    for (uint32_t i = 0; i < cyber->attacks.count; i++) {
        toc_list_finish(&TOC_LIST_AT(toc_epanet_attack, &cyber->attacks, i)->starts);
        toc_list_finish(&TOC_LIST_AT(toc_epanet_attack, &cyber->attacks, i)->ends);
    }
    toc_list_finish(&cyber->systems);
    toc_list_finish(&cyber->channels);
    toc_list_finish(&cyber->attacks);
    toc_list_finish(&cyber->lesson_of);
    toc_arena_heap_free(cyber->switched);
    toc_arena_heap_free(cyber->watched);
    toc_names_destroy(cyber->lessons);
    toc_names_destroy(cyber->ids);
    toc_arena_destroy(cyber->arena);
}
