#include "formats/csv_reader.h"

#include "formats/csv_table.h"
#include "formats/geography.h"
#include "formats/graph.h"
#include "formats/plain_number.h"
#include "formats/plain_text.h"
#include "formats/topology_word.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

enum column {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_KIND,
    COLUMN_OWNER,
    COLUMN_ZONE,
    COLUMN_X,
    COLUMN_Y,
    COLUMN_LATITUDE,
    COLUMN_LONGITUDE,
    COLUMN_PEOPLE,
    COLUMN_NEEDS,
    COLUMN_PROVIDES,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_RATING,
    COLUMN_REACTANCE,
    COLUMNS
};

struct alias {
    enum column column;
    const char *name;
};

static const struct alias aliases[] = {
#define TOC_COLUMN(id, name) {COLUMN_##id, name},
#include "formats/csv_column.def"
#undef TOC_COLUMN
};

struct reader {
    toc_csv_table table;
    toc_problems *problems;
    toc_graph *graph;
    toc_arena *arena;
    toc_geography geography;
    toc_names *unknown_kinds;
    uint32_t column[COLUMNS]; /* where each is in the present table; TOC_NONE */
};

/* COLUMNS where the head says nothing to us. */
static enum column find_column(const char *head) {
    char name[100];
    (void)toc_plain_text_fold(head, name, sizeof name);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].name, name) == 0) {
            return aliases[i].column;
        }
    }
    return COLUMNS;
}

static toc_status read_head(struct reader *reader) {
    toc_place place = {reader->table.file, 0, 0};
    char unused[300] = "";
    size_t length = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        reader->column[i] = TOC_NONE;
    }
    if (toc_csv_table_rows(&reader->table) == 0) {
        return toc_problems_error(reader->problems, place, "is empty; expected a CSV table");
    }
    for (uint32_t i = 0; i < toc_csv_table_columns(&reader->table, 0); i++) {
        const char *head = toc_csv_table_at(&reader->table, 0, i);
        enum column column = find_column(head);
        if (column < COLUMNS && reader->column[column] == TOC_NONE) {
            reader->column[column] = i;
        } else if (head[0] != '\0' && length < sizeof unused) {
            int added = snprintf(unused + length, sizeof unused - length, "%s'%.40s'",
                                 length == 0 ? "" : ", ", head);
            length += added > 0 ? (size_t)added : 0;
        }
    }
    if (length > 0) {
        toc_problems_warn(reader->problems, toc_csv_table_place(&reader->table, 0),
                          "columns that are not used: %s", unused);
    }
    return TOC_OK;
}

static bool has(const struct reader *reader, enum column column) {
    return reader->column[column] != TOC_NONE;
}

static const char *cell(const struct reader *reader, uint32_t row, enum column column) {
    return has(reader, column) ? toc_csv_table_at(&reader->table, row, reader->column[column]) : "";
}

/* A number, with a comma for the point where semicolons part the cells. */
static bool number(const struct reader *reader, uint32_t row, enum column column, double *out) {
    char text[64];
    const char *found = cell(reader, row, column);
    if (found[0] == '\0' || strlen(found) >= sizeof text) {
        return false;
    }
    (void)snprintf(text, sizeof text, "%s", found);
    for (char *c = text; *c != '\0' && reader->table.separator == ';'; c++) {
        *c = *c == ',' ? '.' : *c;
    }
    return toc_plain_number_read(text, out);
}

/* By name or title, however it is spelt; a kind that is not known makes a plain node, told once. */
static toc_asset_kind find_kind(struct reader *reader, uint32_t row) {
    const char *text = cell(reader, row, COLUMN_KIND), *names[TOC_ASSET_KINDS], *nearest;
    char wanted[100], name[100];
    bool was_new;
    (void)toc_plain_text_fold(text, wanted, sizeof wanted);
    for (unsigned i = 0; i < TOC_ASSET_KINDS; i++) {
        const toc_asset_kind_facts *kind = toc_topology_kind((toc_asset_kind)i);
        names[i] = kind->name;
        (void)toc_plain_text_fold(kind->name, name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            return (toc_asset_kind)i;
        }
        (void)toc_plain_text_fold(kind->title, name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            return (toc_asset_kind)i;
        }
    }
    (void)toc_names_add(reader->unknown_kinds, wanted, &was_new);
    if (was_new && wanted[0] != '\0') {
        nearest = toc_names_nearest_of(names, TOC_ASSET_KINDS, wanted);
        toc_problems_warn(reader->problems, toc_csv_table_place(&reader->table, row),
                          "there is no kind of asset '%.60s'%s%s%s; such assets become nodes", text,
                          nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                          nearest != NULL ? "')" : "");
    }
    return TOC_ASSET_NODE;
}

static toc_status read_asset(struct reader *reader, uint32_t row) {
    double x = 0, y = 0;
    int64_t people = 0;
    toc_place place = toc_csv_table_place(&reader->table, row);
    toc_graph_node node = {.raw_id = cell(reader, row, COLUMN_ID),
                           .name = cell(reader, row, COLUMN_NAME),
                           .owner = cell(reader, row, COLUMN_OWNER),
                           .zone = cell(reader, row, COLUMN_ZONE),
                           .needs = cell(reader, row, COLUMN_NEEDS),
                           .provides = cell(reader, row, COLUMN_PROVIDES),
                           .place = place};
    if (!has(reader, COLUMN_ID)) {
        node.raw_id = node.name;
    }
    if (node.raw_id[0] == '\0') {
        return toc_problems_error(reader->problems, place, "this row has no id");
    }
    node.kind = find_kind(reader, row);
    if (number(reader, row, COLUMN_LATITUDE, &y) && number(reader, row, COLUMN_LONGITUDE, &x)) {
        node.placed = y >= -90 && y <= 90 && x >= -180 && x <= 180;
        toc_geography_project(&reader->geography, y, x, &node.x_m, &node.y_m);
    } else if (number(reader, row, COLUMN_X, &x) && number(reader, row, COLUMN_Y, &y)) {
        node.placed = true;
        node.x_m = x * 1000;
        node.y_m = y * 1000;
    }
    if (cell(reader, row, COLUMN_PEOPLE)[0] != '\0' &&
        !toc_plain_number_whole(cell(reader, row, COLUMN_PEOPLE), 0, UINT32_MAX, &people)) {
        return toc_problems_error(reader->problems, place,
                                  "the number of people is '%.40s'; expected a whole number",
                                  cell(reader, row, COLUMN_PEOPLE));
    }
    node.people = (uint32_t)people;
    if (!toc_graph_add_node(reader->graph, &node)) {
        return toc_problems_error(reader->problems, place, "the id '%.80s' is taken already",
                                  node.raw_id);
    }
    return TOC_OK;
}

static toc_status read_link(struct reader *reader, uint32_t row) {
    const char *kind = cell(reader, row, COLUMN_KIND), *rating = cell(reader, row, COLUMN_RATING);
    const toc_unit *unit = NULL;
    toc_place place = toc_csv_table_place(&reader->table, row);
    toc_graph_edge edge = {.from = cell(reader, row, COLUMN_FROM),
                           .to = cell(reader, row, COLUMN_TO),
                           .raw_id = cell(reader, row, COLUMN_ID),
                           .kind = TOC_LINK_DATA,
                           .place = place};
    if (edge.from[0] == '\0' || edge.to[0] == '\0') {
        return toc_problems_error(reader->problems, place, "this link has no %s",
                                  edge.from[0] == '\0' ? "'from'" : "'to'");
    }
    if (rating[0] != '\0') {
        if (!toc_unit_parse(rating, &edge.rating, &unit) || edge.rating < 0) {
            return toc_problems_error(reader->problems, place,
                                      "the rating is '%.40s'; expected a number and a unit, like "
                                      "'175MW' or '10Gbit/s'",
                                      rating);
        }
        edge.kind = toc_graph_rated_kind(unit);
    }
    for (unsigned i = 0; i < TOC_LINK_TRAFFIC; i++) {
        char wanted[40];
        (void)toc_plain_text_fold(kind, wanted, sizeof wanted);
        if (strcmp(toc_topology_link_kind_name((toc_link_kind)i), wanted) == 0) {
            edge.kind = (toc_link_kind)i;
        }
    }
    if (unit != NULL &&
        strcmp(toc_topology_word_unit(edge.kind)->dimension, unit->dimension) != 0) {
        return toc_problems_error(reader->problems, place,
                                  "a link of kind '%s' is not rated in %s; expected something like "
                                  "'%s'",
                                  toc_topology_link_kind_name(edge.kind), unit->name,
                                  toc_topology_word_example(edge.kind));
    }
    (void)number(reader, row, COLUMN_REACTANCE, &edge.reactance);
    toc_graph_add_edge(reader->graph, &edge);
    return TOC_OK;
}

/* The places must be known before the first is projected. */
static void extend_geography(struct reader *reader) {
    for (uint32_t row = 1; row < toc_csv_table_rows(&reader->table); row++) {
        double latitude, longitude;
        if (number(reader, row, COLUMN_LATITUDE, &latitude) &&
            number(reader, row, COLUMN_LONGITUDE, &longitude)) {
            (void)toc_geography_extend(&reader->geography, latitude, longitude);
        }
    }
}

/* All mistakes of the table are told. */
static toc_status read_rows(struct reader *reader) {
    bool links = has(reader, COLUMN_FROM) && has(reader, COLUMN_TO);
    toc_status status = TOC_OK;
    if (!links && !has(reader, COLUMN_ID) && !has(reader, COLUMN_NAME)) {
        return toc_problems_error(reader->problems, toc_csv_table_place(&reader->table, 0),
                                  "the head has neither a column 'id' (a table of assets) nor "
                                  "'from' and 'to' (a table of links)");
    }
    for (uint32_t row = 1; row < toc_csv_table_rows(&reader->table); row++) {
        toc_status told = links ? read_link(reader, row) : read_asset(reader, row);
        status = told != TOC_OK ? told : status;
    }
    return status;
}

static toc_status read_source(struct reader *reader, const toc_formats_source *source,
                              bool only_places) {
    toc_problems *quiet = toc_problems_create(), *problems = reader->problems;
    toc_status status;
    reader->problems = only_places ? quiet : problems;
    status = toc_csv_table_read(source, false, reader->problems, &reader->table);
    if (status == TOC_OK) {
        status = read_head(reader);
    }
    if (status == TOC_OK && only_places) {
        extend_geography(reader);
    } else if (status == TOC_OK) {
        status = read_rows(reader);
    }
    toc_csv_table_finish(&reader->table);
    toc_problems_destroy(quiet);
    reader->problems = problems;
    return status;
}

/* "dir/north-assets.csv" gives "north-assets". */
static const char *name_of(toc_arena *arena, const char *file) {
    const char *slash = strrchr(file, '/'), *base = slash != NULL ? slash + 1 : file;
    return toc_arena_text_n(arena, base, strcspn(base, "."));
}

toc_status toc_csv_reader_read(const toc_formats_source *sources, size_t count,
                               toc_problems *problems, toc_formats_import *out_import) {
    struct reader reader = {.problems = problems,
                            .graph = toc_graph_create(),
                            .arena = toc_arena_create(),
                            .unknown_kinds = toc_names_create()};
    toc_status status = TOC_OK;
    for (size_t i = 0; i < count; i++) {
        (void)read_source(&reader, &sources[i], true);
    }
    for (size_t i = 0; i < count; i++) {
        toc_status told = read_source(&reader, &sources[i], false);
        status = told != TOC_OK ? told : status;
    }
    if (status == TOC_OK) {
        status = toc_graph_finish(reader.graph, name_of(reader.arena, sources[0].file),
                                  sources[0].file, problems, out_import);
    }
    toc_graph_destroy(reader.graph);
    toc_names_destroy(reader.unknown_kinds);
    toc_arena_destroy(reader.arena);
    return status;
}
