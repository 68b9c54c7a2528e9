#include "formats/graphml_reader.h"

#include "formats/geography.h"
#include "formats/graph.h"
#include "formats/graphml_key.h"
#include "formats/plain_number.h"
#include "formats/plain_text.h"
#include "formats/topology_word.h"
#include "formats/xml_cursor.h"
#include "kernel/assert.h"

#include <stdio.h>
#include <string.h>

enum {
    ELEMENTS = 4000000,
    METRES_PER_PIXEL = 10 /* drawings have no scale; this makes a screen some ten kilometres */
};

/* What the data of one node, edge or graph said. */
struct facts {
    const char *values[TOC_GRAPHML_MEANINGS];
    const char *label; /* drawn on it, by yEd */
    double x, y;       /* of its shape, by yEd; y grows downwards */
    bool has_shape;
};

struct node {
    toc_graph_node said;
    double latitude, longitude;
    bool is_geographic;
};

struct reader {
    toc_xml_cursor *cursor;
    toc_problems *problems;
    const char *file, *space; /* the root's namespace */
    toc_arena *arena;
    toc_graphml_keys keys;
    toc_graph *graph;
    toc_geography geography;
    toc_list nodes; /* struct node, until all are known to lie on a globe or not */
    const char *name;
    bool has_speeds, has_graph, broken;
};

static toc_xml_event next(struct reader *reader) {
    toc_xml_event event = toc_xml_cursor_next(reader->cursor);
    reader->broken = reader->broken || event == TOC_XML_BROKEN;
    return event;
}

static void skip(struct reader *reader) {
    reader->broken = toc_xml_cursor_skip(reader->cursor) == TOC_XML_BROKEN || reader->broken;
}

/* Whether the next event still lies inside the element at `depth`. */
static bool inside(struct reader *reader, uint32_t depth, toc_xml_event *out_event) {
    *out_event = next(reader);
    return !reader->broken && *out_event != TOC_XML_DONE &&
           !(*out_event == TOC_XML_END && toc_xml_cursor_depth(reader->cursor) == depth);
}

static bool is_named(const struct reader *reader, const char *name) {
    return strcmp(toc_xml_cursor_name(reader->cursor), name) == 0;
}

/* An element of GraphML itself, not of somebody's additions. */
static bool is_own(const struct reader *reader, const char *name) {
    return is_named(reader, name) &&
           strcmp(toc_xml_cursor_namespace(reader->cursor), reader->space) == 0;
}

static const char *attribute(const struct reader *reader, const char *name) {
    const char *value = toc_xml_cursor_find(reader->cursor, name);
    return value != NULL ? value : "";
}

/* Copies an attribute, which lives only until the next event. */
static const char *keep(struct reader *reader, const char *name) {
    return toc_arena_text(reader->arena, attribute(reader, name));
}

static void wrong(struct reader *reader, toc_place place, const char *text) {
    (void)toc_problems_error(reader->problems, place, "%s", text);
    reader->broken = true;
}

/* All text directly in the element whose start was the last event; goes behind its end. */
static const char *read_text(struct reader *reader) {
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    const char *text = "";
    toc_xml_event event;
    while (inside(reader, depth, &event)) {
        if (event == TOC_XML_START) {
            skip(reader);
        } else if (event == TOC_XML_TEXT) {
            const char *more = toc_xml_cursor_text(reader->cursor);
            text = text[0] == '\0' ? toc_arena_text(reader->arena, more)
                                   : toc_arena_format(reader->arena, "%s%s", text, more);
            text = toc_plain_text_clean(reader->arena, text);
        }
    }
    return text;
}

/* yEd's drawing inside of <data>: the first label and the place of the shape. */
static void read_drawing(struct reader *reader, struct facts *facts) {
    if (is_named(reader, "NodeLabel") || is_named(reader, "Label.Text")) {
        const char *label = read_text(reader);
        facts->label = facts->label == NULL && label[0] != '\0' ? label : facts->label;
    } else if (is_named(reader, "Geometry") || is_named(reader, "RectD")) {
        bool large = is_named(reader, "RectD");
        facts->has_shape =
            facts->has_shape ||
            (toc_plain_number_read(attribute(reader, large ? "X" : "x"), &facts->x) &&
             toc_plain_number_read(attribute(reader, large ? "Y" : "y"), &facts->y));
    }
}

/* <data>: a plain value, or a drawing. Goes behind its end. */
static void read_data(struct reader *reader, toc_graphml_domain domain, struct facts *facts) {
    const toc_graphml_key *key =
        toc_graphml_key_find(&reader->keys, attribute(reader, "key"), domain);
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    bool is_list =
        key != NULL && (key->meaning == TOC_GRAPHML_NEEDS || key->meaning == TOC_GRAPHML_PROVIDES);
    const char *value = "";
    toc_xml_event event;
    while (inside(reader, depth, &event)) {
        if (event == TOC_XML_START) {
            read_drawing(reader, facts);
        } else if (event == TOC_XML_TEXT && toc_xml_cursor_depth(reader->cursor) == depth) {
            const char *text = toc_xml_cursor_text(reader->cursor);
            value = is_list ? toc_plain_text_whole(reader->arena, text)
                            : toc_plain_text_clean(reader->arena, text);
        }
    }
    /* "None" is how a script of the Topology Zoo says that there is no label */
    if (key != NULL && key->meaning < TOC_GRAPHML_MEANINGS && value[0] != '\0' &&
        strcmp(value, "None") != 0 && facts->values[key->meaning] == NULL) {
        facts->values[key->meaning] = value;
    }
}

/* Fills what was not said from the keys' defaults. */
static void apply_defaults(const struct reader *reader, toc_graphml_domain domain,
                           struct facts *facts) {
    for (unsigned i = 0; i < TOC_GRAPHML_MEANINGS; i++) {
        if (facts->values[i] == NULL) {
            facts->values[i] =
                toc_graphml_key_default_of(&reader->keys, domain, (toc_graphml_meaning)i);
        }
    }
}

static void read_key(struct reader *reader) {
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    toc_graphml_key *key =
        toc_graphml_key_add(&reader->keys, attribute(reader, "id"), attribute(reader, "for"),
                            attribute(reader, "attr.name"));
    toc_xml_event event;
    reader->has_speeds = reader->has_speeds || key->meaning == TOC_GRAPHML_SPEED ||
                         strcmp(key->name, "LinkSpeed") == 0;
    while (inside(reader, depth, &event)) {
        if (event == TOC_XML_START && is_own(reader, "default")) {
            toc_graphml_key_default(&reader->keys, key, read_text(reader));
        }
    }
}

static const char *value_of(const struct facts *facts, toc_graphml_meaning meaning) {
    return facts->values[meaning] != NULL ? facts->values[meaning] : "";
}

static bool number_of(const struct facts *facts, toc_graphml_meaning meaning, double *out) {
    return toc_plain_number_read(value_of(facts, meaning), out);
}

static toc_asset_kind kind_of(const struct reader *reader, const struct facts *facts) {
    toc_asset_kind kind = toc_topology_find_kind(value_of(facts, TOC_GRAPHML_KIND));
    if (kind < TOC_ASSET_KINDS) {
        return kind;
    }
    return reader->has_speeds ? TOC_ASSET_ROUTER : TOC_ASSET_NODE;
}

static void place_node(struct reader *reader, struct node *node, const struct facts *facts) {
    double x, y;
    node->is_geographic = number_of(facts, TOC_GRAPHML_LATITUDE, &node->latitude) &&
                          number_of(facts, TOC_GRAPHML_LONGITUDE, &node->longitude) &&
                          toc_geography_extend(&reader->geography, node->latitude, node->longitude);
    if (number_of(facts, TOC_GRAPHML_X, &x) && number_of(facts, TOC_GRAPHML_Y, &y)) {
        node->said.placed = true;
        node->said.x_m = x * 1000;
        node->said.y_m = y * 1000;
    } else if (facts->has_shape) {
        node->said.placed = true;
        node->said.x_m = facts->x * METRES_PER_PIXEL;
        node->said.y_m = -facts->y * METRES_PER_PIXEL;
    }
}

static void read_graph(struct reader *reader, const char *zone);

static void read_node(struct reader *reader, const char *zone) {
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    struct facts facts = {.label = NULL};
    struct node *node;
    toc_place place = toc_xml_cursor_place(reader->cursor);
    const char *id = keep(reader, "id");
    int64_t people = 0;
    toc_xml_event event;
    if (id[0] == '\0') {
        wrong(reader, place, "<node> lacks its 'id'");
        return;
    }
    while (inside(reader, depth, &event)) {
        if (event == TOC_XML_START && is_own(reader, "data")) {
            read_data(reader, TOC_GRAPHML_NODE, &facts);
        } else if (event == TOC_XML_START && is_own(reader, "graph")) {
            read_graph(reader, facts.label != NULL ? facts.label : id);
        } else if (event == TOC_XML_START) {
            skip(reader);
        }
    }
    apply_defaults(reader, TOC_GRAPHML_NODE, &facts);
    node = toc_list_add(&reader->nodes, sizeof *node);
    node->said.raw_id = id;
    node->said.name = facts.label != NULL ? facts.label : value_of(&facts, TOC_GRAPHML_NAME);
    node->said.owner = value_of(&facts, TOC_GRAPHML_OWNER);
    node->said.zone =
        facts.values[TOC_GRAPHML_ZONE] != NULL ? facts.values[TOC_GRAPHML_ZONE] : zone;
    node->said.kind = kind_of(reader, &facts);
    node->said.needs = value_of(&facts, TOC_GRAPHML_NEEDS);
    node->said.provides = value_of(&facts, TOC_GRAPHML_PROVIDES);
    node->said.place = place;
    if (toc_plain_number_whole(value_of(&facts, TOC_GRAPHML_PEOPLE), 0, UINT32_MAX, &people)) {
        node->said.people = (uint32_t)people;
    }
    place_node(reader, node, &facts);
}

/* A rating with its unit tells the kind of link as well. */
static void rate_edge(toc_graph_edge *edge, const struct facts *facts) {
    const char *kind = value_of(facts, TOC_GRAPHML_KIND);
    const toc_unit *unit = NULL;
    int64_t quantity = 0;
    double speed = 0;
    bool rated = toc_unit_parse(value_of(facts, TOC_GRAPHML_CAPACITY), &quantity, &unit);
    edge->kind = rated ? toc_graph_rated_kind(unit) : TOC_LINK_DATA;
    for (unsigned i = 0; i < TOC_LINK_TRAFFIC; i++) {
        if (strcmp(toc_topology_link_kind_name((toc_link_kind)i), kind) == 0) {
            edge->kind = (toc_link_kind)i;
        }
    }
    if (rated && quantity > 0 &&
        strcmp(toc_topology_word_unit(edge->kind)->dimension, unit->dimension) == 0) {
        edge->rating = quantity;
    } else if (edge->kind == TOC_LINK_DATA && number_of(facts, TOC_GRAPHML_SPEED, &speed) &&
               speed >= 1 && speed < 1e18) {
        edge->rating = (int64_t)speed;
    }
}

static void read_edge(struct reader *reader) {
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    struct facts facts = {.label = NULL};
    toc_graph_edge edge = {.from = keep(reader, "source"),
                           .to = keep(reader, "target"),
                           .raw_id = keep(reader, "id"),
                           .place = toc_xml_cursor_place(reader->cursor)};
    toc_xml_event event;
    if (edge.from[0] == '\0' || edge.to[0] == '\0') {
        wrong(reader, edge.place,
              edge.from[0] == '\0' ? "<edge> lacks its 'source'" : "<edge> lacks its 'target'");
        return;
    }
    while (inside(reader, depth, &event)) {
        if (event == TOC_XML_START && is_own(reader, "data")) {
            read_data(reader, TOC_GRAPHML_EDGE, &facts);
        } else if (event == TOC_XML_START) {
            skip(reader);
        }
    }
    apply_defaults(reader, TOC_GRAPHML_EDGE, &facts);
    rate_edge(&edge, &facts);
    (void)number_of(&facts, TOC_GRAPHML_REACTANCE, &edge.reactance);
    toc_graph_add_edge(reader->graph, &edge);
}

/* A graph inside a node is a group of yEd's: its nodes belong to a zone. */
static void read_graph(struct reader *reader, const char *zone) {
    uint32_t depth = toc_xml_cursor_depth(reader->cursor);
    struct facts facts = {.label = NULL};
    toc_xml_event event;
    while (inside(reader, depth, &event)) {
        if (event != TOC_XML_START) {
            continue;
        }
        if (is_own(reader, "node")) {
            read_node(reader, zone);
        } else if (is_own(reader, "edge")) {
            read_edge(reader);
        } else if (is_own(reader, "data")) {
            read_data(reader, TOC_GRAPHML_GRAPH, &facts);
        } else {
            if (is_own(reader, "hyperedge")) {
                toc_problems_warn(reader->problems, toc_xml_cursor_place(reader->cursor),
                                  "a hyperedge is left out: a link joins two assets");
            }
            skip(reader);
        }
    }
    if (zone[0] == '\0' && reader->name == NULL) {
        reader->name = facts.values[TOC_GRAPHML_NAME] != NULL ? facts.values[TOC_GRAPHML_NAME]
                                                              : facts.values[TOC_GRAPHML_NETWORK];
    }
}

static void read_file(struct reader *reader) {
    toc_xml_event event;
    if (next(reader) != TOC_XML_START) {
        return;
    }
    if (!is_named(reader, "graphml")) {
        (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                 "found <%.80s>, expected <graphml>",
                                 toc_xml_cursor_name(reader->cursor));
        reader->broken = true;
        return;
    }
    reader->space = toc_arena_text(reader->arena, toc_xml_cursor_namespace(reader->cursor));
    while (inside(reader, 1, &event)) {
        if (event != TOC_XML_START) {
            continue;
        }
        if (is_own(reader, "key")) {
            read_key(reader);
        } else if (is_own(reader, "graph") && !reader->has_graph) {
            reader->has_graph = true;
            read_graph(reader, "");
        } else {
            if (is_own(reader, "graph")) {
                toc_problems_warn(reader->problems, toc_xml_cursor_place(reader->cursor),
                                  "only the first graph of the file is read");
            }
            skip(reader);
        }
    }
    while (!reader->broken && next(reader) != TOC_XML_DONE) {
    }
}

/* Where the file knows latitudes, they place the nodes; pixels would lie elsewhere. */
static void add_nodes(struct reader *reader) {
    for (uint32_t i = 0; i < reader->nodes.count && !reader->broken; i++) {
        struct node *node = TOC_LIST_AT(struct node, &reader->nodes, i);
        if (reader->geography.any) {
            node->said.placed = node->is_geographic;
            if (node->is_geographic) {
                toc_geography_project(&reader->geography, node->latitude, node->longitude,
                                      &node->said.x_m, &node->said.y_m);
            }
        }
        if (!toc_graph_add_node(reader->graph, &node->said)) {
            (void)toc_problems_error(reader->problems, node->said.place,
                                     "the node id '%.80s' is taken already", node->said.raw_id);
            reader->broken = true;
        }
    }
}

/* "dir/Abilene.graphml" gives "Abilene". */
static const char *name_of_file(struct reader *reader) {
    const char *slash = strrchr(reader->file, '/');
    const char *base = slash != NULL ? slash + 1 : reader->file, *dot = strrchr(base, '.');
    return dot != NULL && dot != base ? toc_arena_text_n(reader->arena, base, (size_t)(dot - base))
                                      : base;
}

toc_status toc_graphml_reader_read(const toc_formats_source *source, toc_problems *problems,
                                   toc_formats_import *out_import) {
    static const toc_xml_options options = {.elements = ELEMENTS, .expects = "GraphML"};
    struct reader reader = {.problems = problems,
                            .file = source->file,
                            .space = "",
                            .arena = toc_arena_create(),
                            .graph = toc_graph_create()};
    toc_status status = TOC_BAD_INPUT;
    toc_graphml_key_start(&reader.keys, reader.arena);
    reader.cursor = toc_xml_cursor_open(source, &options, problems);
    read_file(&reader);
    toc_xml_cursor_close(reader.cursor);
    if (!reader.broken && !reader.has_graph) {
        toc_place whole = {source->file, 0, 0};
        wrong(&reader, whole, "holds no <graph>");
    }
    add_nodes(&reader);
    if (!reader.broken) {
        status = toc_graph_finish(reader.graph,
                                  reader.name != NULL ? reader.name : name_of_file(&reader),
                                  source->file, problems, out_import);
    }
    toc_graph_destroy(reader.graph);
    toc_list_finish(&reader.nodes);
    toc_graphml_key_finish(&reader.keys);
    toc_arena_destroy(reader.arena);
    return status;
}
