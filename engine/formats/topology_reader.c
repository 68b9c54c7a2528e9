#include "formats/topology_reader.h"

#include "formats/detection_reader.h"
#include "formats/depot_reader.h"
#include "formats/network_reader.h"
#include "formats/topology_flow.h"
#include "formats/topology_value.h"
#include "kernel/assert.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

#define NAMESPACE "urn:tocsin:topology:1"

enum { ELEMENTS = 20000000 };

static toc_place place(const toc_topology_reader *reader) {
    return toc_xml_cursor_place(reader->cursor);
}

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

static bool has(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_has(reader, attribute);
}

static void wrong(toc_topology_reader *reader, const char *what) {
    (void)toc_problems_error(reader->problems, place(reader), "%s", what);
}

static void expect(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    toc_builder_expect(reader->builder, text(reader, attribute));
}

static void read_operator(toc_topology_reader *reader) {
    toc_operator_spec spec = {.id = text(reader, TOC_OPERATOR_ID),
                              .name = text(reader, TOC_OPERATOR_NAME),
                              .sector = text(reader, TOC_OPERATOR_SECTOR),
                              .place = place(reader)};
    spec.cii = toc_topology_value_yes(reader, TOC_OPERATOR_CII);
    toc_builder_operator(reader->builder, &spec);
}

static void read_zone(toc_topology_reader *reader) {
    static const char *const targets[] = {"SL0", "SL1", "SL2", "SL3", "SL4", NULL};
    static const char *const insides[] = {"allow", "deny", NULL};
    toc_zone_spec spec = {.id = text(reader, TOC_ZONE_ID),
                          .name = text(reader, TOC_ZONE_NAME),
                          .operator_id = text(reader, TOC_ZONE_OPERATOR),
                          .place = place(reader)};
    int64_t level = 0;
    toc_topology_value_whole(reader, TOC_ZONE_LEVEL, 5, &level);
    spec.level = (int)level;
    spec.target = toc_topology_value_word(reader, TOC_ZONE_TARGET, targets, 0);
    spec.closed = toc_topology_value_word(reader, TOC_ZONE_INSIDE, insides, 0) == 1;
    toc_builder_zone(reader->builder, &spec);
}

/* An unknown kind becomes a plain node, so that references to the asset are not mistakes too. */
static toc_asset_kind read_kind(toc_topology_reader *reader) {
    const char *name = text(reader, TOC_ASSET_KIND), *names[TOC_ASSET_KINDS];
    toc_asset_kind kind = toc_topology_find_kind(name);
    if (kind < TOC_ASSET_KINDS || !has(reader, TOC_ASSET_KIND)) {
        return kind < TOC_ASSET_KINDS ? kind : TOC_ASSET_NODE;
    }
    for (unsigned i = 0; i < TOC_ASSET_KINDS; i++) {
        names[i] = toc_topology_kind((toc_asset_kind)i)->name;
    }
    toc_topology_value_wrong(reader, TOC_ASSET_KIND, "a kind of asset, like 'substation'",
                             toc_names_nearest_of(names, TOC_ASSET_KINDS, name));
    return TOC_ASSET_NODE;
}

static void read_asset(toc_topology_reader *reader) {
    toc_asset_spec spec = {.id = text(reader, TOC_ASSET_ID),
                           .name = text(reader, TOC_ASSET_NAME),
                           .operator_id = text(reader, TOC_ASSET_OPERATOR),
                           .zone_id = text(reader, TOC_ASSET_ZONE),
                           .place = place(reader)};
    int64_t people = 0;
    expect(reader, TOC_ASSET_ID);
    spec.kind = read_kind(reader);
    spec.placed = has(reader, TOC_ASSET_X) && has(reader, TOC_ASSET_Y);
    if (has(reader, TOC_ASSET_X) != has(reader, TOC_ASSET_Y)) {
        wrong(reader, "<asset> has one of x and y; expected both or neither");
    }
    toc_topology_value_km(reader, TOC_ASSET_X, &spec.x_m);
    toc_topology_value_km(reader, TOC_ASSET_Y, &spec.y_m);
    toc_topology_value_whole(reader, TOC_ASSET_PEOPLE, UINT32_MAX, &people);
    spec.people = (uint32_t)people;
    toc_topology_value_time(reader, TOC_ASSET_START, &spec.start_takes);
    spec.off = toc_topology_value_yes(reader, TOC_ASSET_OFF);
    toc_builder_asset(reader->builder, &spec);
    toc_depot_reader_asset(reader);
}

/* Of capacity and demand, the one not said is as large as the other. */
static void read_provides(toc_topology_reader *reader) {
    const toc_unit *unit = toc_topology_value_unit(reader, TOC_PROVIDES_UNIT);
    int64_t base = unit != NULL ? unit->base : 1, capacity = 0, demand = 0;
    if (!has(reader, TOC_PROVIDES_CAPACITY) && !has(reader, TOC_PROVIDES_DEMAND)) {
        wrong(reader, "<provides> has neither 'capacity' nor 'demand'");
    }
    toc_topology_value_amount(reader, TOC_PROVIDES_CAPACITY, base, &capacity);
    toc_topology_value_amount(reader, TOC_PROVIDES_DEMAND, base, &demand);
    if (!has(reader, TOC_PROVIDES_CAPACITY)) {
        capacity = demand;
    }
    if (!has(reader, TOC_PROVIDES_DEMAND)) {
        demand = capacity;
    }
    toc_builder_provides(reader->builder, text(reader, TOC_PROVIDES_SERVICE), unit, capacity,
                         demand, place(reader));
    toc_topology_flow_read_demand(reader);
}

/* Which of the four ways to name sources was taken; NULL and told where not exactly one was. */
static const char *read_sources(toc_topology_reader *reader, toc_need_rule *out_rule) {
    static const struct {
        toc_topology_attribute attribute;
        toc_need_rule rule;
    } ways[] = {{TOC_NEEDS_ALL, TOC_NEED_ALL},
                {TOC_NEEDS_ANY, TOC_NEED_ANY},
                {TOC_NEEDS_OF, TOC_NEED_AT_LEAST},
                {TOC_NEEDS_FROM, TOC_NEED_ALL}};
    const char *sources = NULL;
    size_t taken = 0;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (has(reader, ways[i].attribute)) {
            sources = text(reader, ways[i].attribute);
            *out_rule = ways[i].rule;
            taken++;
        }
    }
    if (taken != 1) {
        wrong(reader, taken == 0 ? "<needs> names no source; expected one of 'all', 'any', "
                                   "'at-least' with 'of', or 'from'"
                                 : "<needs> names sources in more than one way; expected one of "
                                   "'all', 'any', 'at-least' with 'of', or 'from'");
        return NULL;
    }
    return sources;
}

static void read_hosts(toc_topology_reader *reader) {
    int64_t room = 0;
    toc_topology_value_whole(reader, TOC_HOSTS_ROOM, UINT32_MAX, &room);
    toc_builder_hosts(reader->builder, (uint32_t)room, place(reader));
}

static void read_failover(toc_topology_reader *reader, toc_need_spec *spec) {
    int64_t uses = 0;
    spec->through = text(reader, TOC_NEEDS_THROUGH);
    toc_topology_value_time(reader, TOC_NEEDS_FAILOVER, &spec->failover_takes);
    if (has(reader, TOC_NEEDS_FAILOVER) && spec->failover_takes == 0) {
        wrong(reader,
              "<needs> fails over in no time; leave 'failover' out where any source will do "
              "at once");
    }
    if (has(reader, TOC_NEEDS_THROUGH) && !has(reader, TOC_NEEDS_FAILOVER)) {
        wrong(reader, "<needs> has 'through' without 'failover'; expected both: failover=\"5min\" "
                      "through=\"control-plane\"");
    }
    toc_topology_value_whole(reader, TOC_NEEDS_USES, UINT32_MAX, &uses);
    spec->failover_uses = (uint32_t)uses;
    if (has(reader, TOC_NEEDS_USES) && !has(reader, TOC_NEEDS_FAILOVER)) {
        wrong(reader, "<needs> has 'uses' without 'failover'; expected both: failover=\"5min\" "
                      "uses=\"20\"");
    }
}

static void read_needs(toc_topology_reader *reader) {
    static const char *const purposes[] = {"run", "start", "control", NULL};
    static const char *const ways[] = {"manual", NULL};
    toc_need_spec spec = {.service = text(reader, TOC_NEEDS_SERVICE),
                          .fallback_after = TOC_NEVER,
                          .place = place(reader)};
    int64_t at_least = 0;
    spec.sources = read_sources(reader, &spec.rule);
    spec.purpose = strcmp(spec.service, "control") == 0 ? TOC_NEED_CONTROL : TOC_NEED_RUN;
    spec.purpose = (toc_need_purpose)toc_topology_value_word(reader, TOC_NEEDS_FOR, purposes,
                                                             (int)spec.purpose);
    if (has(reader, TOC_NEEDS_AT_LEAST) != has(reader, TOC_NEEDS_OF)) {
        wrong(reader, "<needs> has one of 'at-least' and 'of'; expected both");
    }
    toc_topology_value_whole(reader, TOC_NEEDS_AT_LEAST, UINT32_MAX, &at_least);
    spec.at_least = (uint32_t)at_least;
    if (has(reader, TOC_NEEDS_ELSE) != has(reader, TOC_NEEDS_AFTER)) {
        wrong(reader, "<needs> has one of 'else' and 'after'; expected both: else=\"manual\" "
                      "after=\"20min\"");
    }
    (void)toc_topology_value_word(reader, TOC_NEEDS_ELSE, ways, 0);
    toc_topology_value_time(reader, TOC_NEEDS_AFTER, &spec.fallback_after);
    read_failover(reader, &spec);
    if (spec.sources != NULL) {
        toc_builder_needs(reader->builder, &spec);
    }
}

static void read_buffer(toc_topology_reader *reader) {
    toc_time holds = 1, refill = 0;
    toc_topology_value_time(reader, TOC_BUFFER_HOLDS, &holds);
    toc_topology_value_time(reader, TOC_BUFFER_REFILL, &refill);
    toc_builder_buffer(reader->builder, text(reader, TOC_BUFFER_KIND),
                       text(reader, TOC_BUFFER_FEEDS), holds, refill, place(reader));
}

static void read_work(toc_topology_reader *reader) {
    toc_time median = 1;
    int64_t spread = 0;
    toc_topology_value_time(reader, TOC_WORK_MEDIAN, &median);
    toc_topology_value_ppm(reader, TOC_WORK_SPREAD, 5, &spread);
    toc_builder_work(reader->builder, text(reader, TOC_WORK_JOB), median, spread, place(reader));
}

/* Without `most`, a unit cannot give more than it is scheduled for. */
static void read_generates(toc_topology_reader *reader) {
    int64_t output = 0, most = 0;
    toc_topology_value_milliwatts(reader, TOC_GENERATES_OUTPUT, &output);
    most = output;
    toc_topology_value_milliwatts(reader, TOC_GENERATES_MOST, &most);
    toc_builder_generates(reader->builder, output, most, text(reader, TOC_GENERATES_INTO),
                          place(reader));
}

static void read_bus(toc_topology_reader *reader) {
    toc_bus_spec spec = {.reference = toc_topology_value_yes(reader, TOC_BUS_REFERENCE),
                         .place = place(reader)};
    toc_topology_value_real(reader, TOC_BUS_ANGLE, &spec.angle_deg);
    toc_topology_value_quantity(reader, TOC_BUS_SHUNT, "power", "5MW", &spec.shunt);
    toc_builder_bus(reader->builder, &spec);
}

/* A number and a unit that is there for something: zero is no length and no speed. */
static void read_above_zero(toc_topology_reader *reader, toc_topology_attribute attribute,
                            const char *dimension, const char *example, int64_t *out) {
    int64_t value = -1;
    char expected[64];
    toc_topology_value_quantity(reader, attribute, dimension, example, &value);
    if (value == 0) {
        (void)snprintf(expected, sizeof expected, "a %s above 0, like %s", dimension, example);
        toc_topology_value_wrong(reader, attribute, expected, NULL);
    } else if (value > 0) {
        *out = value;
    }
}

static void read_link(toc_topology_reader *reader) {
    const char *kinds[TOC_LINK_TRAFFIC + 1];
    toc_link_spec spec = {.id = text(reader, TOC_LINK_ID),
                          .from = text(reader, TOC_LINK_FROM),
                          .to = text(reader, TOC_LINK_TO),
                          .place = place(reader)};
    expect(reader, TOC_LINK_FROM);
    expect(reader, TOC_LINK_TO);
    expect(reader, TOC_LINK_ID);
    for (unsigned i = 0; i < TOC_LINK_TRAFFIC; i++) {
        kinds[i] = toc_topology_link_kind_name((toc_link_kind)i);
    }
    kinds[TOC_LINK_TRAFFIC] = NULL;
    spec.kind = (toc_link_kind)toc_topology_value_word(reader, TOC_LINK_KIND, kinds, 0);
    spec.off = toc_topology_value_yes(reader, TOC_LINK_OFF);
    toc_topology_value_real(reader, TOC_LINK_REACTANCE, &spec.reactance);
    toc_topology_value_real(reader, TOC_LINK_RATIO, &spec.ratio);
    toc_topology_value_real(reader, TOC_LINK_SHIFT, &spec.shift_deg);
    toc_topology_flow_read_link(reader, &spec);
    read_above_zero(reader, TOC_LINK_LENGTH, "length", "12km", &spec.length_mm);
    read_above_zero(reader, TOC_LINK_SPEED, "speed", "80km/h", &spec.speed_m_per_hour);
    toc_builder_link(reader->builder, &spec);
}

static void read_shift(toc_topology_reader *reader, toc_crew_spec *spec) {
    toc_topology_value_time(reader, TOC_CREW_SHIFT, &spec->shift);
    spec->handover = has(reader, TOC_CREW_SHIFT) ? 30 * TOC_MINUTE : 0;
    toc_topology_value_time(reader, TOC_CREW_HANDOVER, &spec->handover);
    if (has(reader, TOC_CREW_SHIFT) && spec->shift == 0) {
        toc_topology_value_wrong(reader, TOC_CREW_SHIFT, "a time above 0, like 8h", NULL);
    }
    if (has(reader, TOC_CREW_HANDOVER) && !has(reader, TOC_CREW_SHIFT)) {
        wrong(reader, "<crew> has 'handover' without 'shift'; expected both: shift=\"8h\" "
                      "handover=\"30min\"");
    }
}

static void read_crew(toc_topology_reader *reader) {
    toc_crew_spec spec = {.id = text(reader, TOC_CREW_ID),
                          .name = text(reader, TOC_CREW_NAME),
                          .operator_id = text(reader, TOC_CREW_OPERATOR),
                          .skills = text(reader, TOC_CREW_SKILLS),
                          .base = text(reader, TOC_CREW_BASE),
                          .place = place(reader)};
    int64_t size = 1;
    toc_topology_value_whole(reader, TOC_CREW_SIZE, 1000, &size);
    spec.size = (uint32_t)size;
    read_shift(reader, &spec);
    toc_topology_value_quantity(reader, TOC_CREW_SPEED, "speed", "40km/h", &spec.speed_m_per_hour);
    toc_builder_crew(reader->builder, &spec);
}

static void read_element(toc_topology_reader *reader) {
    static void (*const readers[])(toc_topology_reader * reader) = {
        [TOC_ELEMENT_OPERATOR] = read_operator,
        [TOC_ELEMENT_ZONE] = read_zone,
        [TOC_ELEMENT_PHASE] = toc_network_reader_phase,
        [TOC_ELEMENT_CONDUIT] = toc_network_reader_conduit,
        [TOC_ELEMENT_ALLOW] = toc_network_reader_rule,
        [TOC_ELEMENT_DENY] = toc_network_reader_rule,
        [TOC_ELEMENT_ASSET] = read_asset,
        [TOC_ELEMENT_PROVIDES] = read_provides,
        [TOC_ELEMENT_NEEDS] = read_needs,
        [TOC_ELEMENT_HOSTS] = read_hosts,
        [TOC_ELEMENT_BUFFER] = read_buffer,
        [TOC_ELEMENT_WEAKNESS] = toc_network_reader_weakness,
        [TOC_ELEMENT_LISTENS] = toc_network_reader_listens,
        [TOC_ELEMENT_WORK] = read_work,
        [TOC_ELEMENT_GENERATES] = read_generates,
        [TOC_ELEMENT_BUS] = read_bus,
        [TOC_ELEMENT_LINK] = read_link,
        [TOC_ELEMENT_TRAFFIC] = toc_network_reader_traffic,
        [TOC_ELEMENT_CREW] = read_crew,
        [TOC_ELEMENT_SENSOR] = toc_detection_reader_sensor,
        [TOC_ELEMENT_ANALYSTS] = toc_detection_reader_analysts,
        [TOC_ELEMENT_STOCK] = toc_depot_reader_stock,
        [TOC_ELEMENT_VENDOR] = toc_depot_reader_vendor,
        [TOC_ELEMENT_SUPPLIES] = toc_topology_flow_read_supplies,
        [TOC_ELEMENT_PASSES] = toc_topology_flow_read_passes,
        [TOC_ELEMENT_TANK] = toc_topology_flow_read_tank,
        [TOC_ELEMENT_PATTERN] = toc_topology_flow_read_pattern,
        [TOC_ELEMENT_CONTROL] = toc_topology_flow_read_control,
    };
    if (reader->element == TOC_ELEMENT_TOPOLOGY) {
        reader->builder = toc_builder_create(text(reader, TOC_TOPOLOGY_NAME));
    } else {
        readers[reader->element](reader);
    }
}

static void unknown_attribute(toc_topology_reader *reader, const toc_xml_attribute *attribute) {
    const char *element = toc_topology_word_element(reader->element)->name;
    const char *nearest = toc_topology_word_nearest_attribute(reader->element, attribute->name);
    (void)toc_problems_error(reader->problems,
                             toc_xml_cursor_attribute_place(reader->cursor, attribute->name),
                             "<%s> has no attribute '%.80s'%s%s%s", element, attribute->name,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
}

/* The attribute of that name from `first` up to `last`; `last` where there is none. People write
   them in much the same order every time: the search begins behind the one before. */
static unsigned find_attribute(unsigned first, unsigned last, unsigned start, const char *name) {
    for (unsigned i = 0; i < last - first; i++) {
        unsigned at = start + i < last ? start + i : start + i - (last - first);
        if (toc_names_same(toc_topology_word_attribute((toc_topology_attribute)at)->name, name)) {
            return at;
        }
    }
    return last;
}

/* Puts the attributes where they can be found by number; false where one that must be there is
   not, so that the element cannot be read at all. */
static bool sort_attributes(toc_topology_reader *reader) {
    unsigned first = toc_topology_word_first(reader->element);
    unsigned last = toc_topology_word_last(reader->element), at = last;
    size_t count = toc_xml_cursor_attributes(reader->cursor);
    bool complete = true;
    for (unsigned i = first; i < last; i++) {
        reader->values[i] = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const toc_xml_attribute *attribute = toc_xml_cursor_attribute(reader->cursor, i);
        if (attribute->prefix != NULL && strcmp(attribute->prefix, "xsi") == 0) {
            continue; /* where the schema is; for editors */
        }
        at = find_attribute(first, last, at < last ? at + 1 : first, attribute->name);
        if (at < last && attribute->prefix == NULL) {
            reader->values[at] = attribute->value;
        } else {
            unknown_attribute(reader, attribute);
        }
    }
    for (unsigned i = first; i < last; i++) {
        const toc_topology_attribute_facts *facts =
            toc_topology_word_attribute((toc_topology_attribute)i);
        if (facts->required && (reader->values[i] == NULL || reader->values[i][0] == '\0')) {
            const char *element = toc_topology_word_element(reader->element)->name;
            complete = false;
            (void)toc_problems_error(reader->problems, place(reader), "<%s> lacks its '%s'",
                                     element, facts->name);
        }
    }
    return complete;
}

/* Builds what the element says. One that lacks something is left out, but an asset is kept under a
   name that tells where it stands: its parts and those that refer to it are no mistakes. */
static toc_xml_event build_element(toc_topology_reader *reader) {
    char id[48];
    if (!sort_attributes(reader)) {
        toc_place at = place(reader);
        if (reader->element == TOC_ELEMENT_CONDUIT) {
            return toc_xml_cursor_skip(reader->cursor);
        }
        if (reader->element != TOC_ELEMENT_ASSET) {
            return TOC_XML_START;
        }
        if (text(reader, TOC_ASSET_ID)[0] == '\0') {
            (void)snprintf(id, sizeof id, "asset-at-%u:%u", at.line, at.column);
            reader->values[TOC_ASSET_ID] = id;
        }
    }
    read_element(reader);
    reader->values[TOC_ASSET_ID] = NULL;
    return TOC_XML_START;
}

static void unexpected_element(toc_topology_reader *reader, toc_topology_element parent) {
    const char *name = toc_xml_cursor_name(reader->cursor);
    const char *nearest = toc_topology_word_nearest_child(parent, name);
    const char *in = toc_topology_word_element(parent)->name;
    char expected[200];
    if (strcmp(toc_xml_cursor_namespace(reader->cursor), NAMESPACE) != 0) {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "found <%.80s> of the namespace '%.80s' in <%s>, expected "
                                 "elements of '" NAMESPACE "'",
                                 name, toc_xml_cursor_namespace(reader->cursor), in);
    } else if (toc_topology_word_children(parent, expected, sizeof expected) == 0) {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "found <%.80s> in <%s>, which holds no elements", name, in);
    } else {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "found <%.80s> in <%s>, expected %s%s%s%s", name, in, expected,
                                 nearest != NULL ? " (nearest: '" : "",
                                 nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
    }
}

static toc_xml_event start_element(toc_topology_reader *reader, toc_topology_element parent) {
    reader->element = toc_topology_word_find(toc_xml_cursor_name(reader->cursor));
    if (reader->element == TOC_ELEMENT_NOTHING ||
        toc_topology_word_element(reader->element)->parent != parent ||
        strcmp(toc_xml_cursor_namespace(reader->cursor), NAMESPACE) != 0) {
        unexpected_element(reader, parent);
        return toc_xml_cursor_skip(reader->cursor);
    }
    return build_element(reader);
}

/* Other files that people may take for a topology, and what to do with them. */
static const char *importer_for(const char *root) {
    if (strcmp(root, "graphml") == 0) {
        return "; 'tocsin import graphml' reads GraphML";
    }
    if (strcmp(root, "nmaprun") == 0) {
        return "; 'tocsin import nmap' reads scans";
    }
    return "";
}

static toc_xml_event start_root(toc_topology_reader *reader) {
    const char *name = toc_xml_cursor_name(reader->cursor);
    const char *space = toc_xml_cursor_namespace(reader->cursor);
    if (strcmp(name, "topology") == 0 && strcmp(space, NAMESPACE) == 0) {
        reader->element = TOC_ELEMENT_TOPOLOGY;
        return build_element(reader);
    }
    if (strcmp(name, "topology") == 0) {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "<topology> is of the namespace '%.80s', expected "
                                 "xmlns=\"" NAMESPACE "\"",
                                 space);
    } else {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "found <%.80s>, expected <topology xmlns=\"" NAMESPACE "\">%s",
                                 name, importer_for(name));
    }
    return TOC_XML_BROKEN;
}

static void stray_text(toc_topology_reader *reader) {
    const char *found = toc_xml_cursor_text(reader->cursor);
    found += strspn(found, " \t\r\n");
    if (found[0] != '\0') {
        (void)toc_problems_error(reader->problems, place(reader),
                                 "found the text '%.40s' near this element, expected elements only",
                                 found);
    }
}

/* False where the file broke off. */
static bool read_all(toc_topology_reader *reader) {
    toc_topology_element parents[8] = {TOC_ELEMENT_NOTHING};
    size_t depth = 0;
    for (;;) {
        toc_xml_event event = toc_xml_cursor_next(reader->cursor);
        if (event == TOC_XML_TEXT) {
            stray_text(reader);
        } else if (event == TOC_XML_END) {
            TOC_ASSERT(depth > 0);
            depth--;
        } else if (event == TOC_XML_START) {
            event = depth == 0 ? start_root(reader) : start_element(reader, parents[depth]);
            if (event == TOC_XML_START) {
                depth++;
                TOC_ASSERT(depth < sizeof parents / sizeof parents[0]);
                parents[depth] = reader->element;
            }
        }
        if (event == TOC_XML_DONE || event == TOC_XML_BROKEN) {
            return event == TOC_XML_DONE;
        }
    }
}

toc_status toc_topology_reader_read(const toc_formats_source *source, toc_problems *problems,
                                    toc_topology **out_topology) {
    static const toc_xml_options options = {.elements = ELEMENTS, .expects = "a topology"};
    toc_topology_reader reader = {.problems = problems};
    size_t errors = toc_problems_count(problems, TOC_ERROR);
    toc_topology *topology = NULL;
    bool complete;
    reader.cursor = toc_xml_cursor_open(source, &options, problems);
    complete = read_all(&reader);
    toc_xml_cursor_close(reader.cursor);
    if (complete && reader.builder != NULL) {
        (void)toc_builder_finish(reader.builder, problems, &topology);
    }
    toc_builder_destroy(reader.builder);
    if (toc_problems_count(problems, TOC_ERROR) > errors) {
        toc_topology_destroy(topology);
        return TOC_BAD_INPUT;
    }
    TOC_ASSERT(topology != NULL);
    *out_topology = topology;
    return TOC_OK;
}
