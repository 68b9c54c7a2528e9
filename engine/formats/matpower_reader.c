#include "formats/matpower_reader.h"

#include "formats/matpower_case.h"
#include "formats/plain_text.h"
#include "formats/shape.h"
#include "kernel/names.h"
#include "model/builder.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Columns of the case format, version 2. */
enum bus_column { BUS_ID, BUS_TYPE, BUS_PD, BUS_GS = 4, BUS_AREA = 6, BUS_VA = 8, BUS_COLUMNS = 9 };
enum gen_column { GEN_BUS, GEN_PG, GEN_STATUS = 7, GEN_PMAX, GEN_COLUMNS };
enum branch_column {
    BRANCH_FROM,
    BRANCH_TO,
    BRANCH_X = 3,
    BRANCH_RATE = 5,
    BRANCH_RATIO = 8,
    BRANCH_ANGLE,
    BRANCH_STATUS,
    BRANCH_COLUMNS
};
enum bus_type { REFERENCE = 3, ISOLATED = 4 };

struct reader {
    toc_matpower_case network;
    const toc_matpower_table *buses, *units, *branches;
    toc_problems *problems;
    toc_builder *builder;
    toc_names *ids; /* of buses, numbered as the rows */
    int64_t *taken; /* W, by bus: what units that run backwards take there */
    uint32_t takers;
    bool has_areas; /* more than one */
    bool failed;
};

static toc_place row_place(const struct reader *reader, const toc_matpower_table *table,
                           uint32_t row) {
    return (toc_place){reader->network.file, toc_matpower_case_line(table, row), 0};
}

static double at(const toc_matpower_table *table, uint32_t row, uint32_t column) {
    return toc_matpower_case_at(table, row, column);
}

static void wrong(struct reader *reader, const toc_matpower_table *table, uint32_t row,
                  const char *text) {
    reader->failed = true;
    (void)toc_problems_error(reader->problems, row_place(reader, table, row), "%s", text);
}

static const toc_matpower_table *need_table(struct reader *reader, const char *name,
                                            uint32_t columns) {
    const toc_matpower_table *table = toc_matpower_case_table(&reader->network, name);
    toc_place place = {reader->network.file, table != NULL ? table->line : 0, 0};
    if (table == NULL) {
        (void)toc_problems_error(reader->problems, place,
                                 "has no table mpc.%s; expected a MATPOWER case", name);
    } else if (table->rows > 0 && table->columns < columns) {
        (void)toc_problems_error(reader->problems, place,
                                 "mpc.%s has %u columns; expected at least %u", name,
                                 table->columns, columns);
    } else {
        return table;
    }
    reader->failed = true;
    return NULL;
}

/* "bus-101"; false where the cell holds no whole positive number. */
static bool bus_id(double cell, char buffer[32]) {
    if (!(cell >= 1 && cell < 1e9) || cell != floor(cell)) {
        return false;
    }
    (void)snprintf(buffer, 32, "bus-%lu", (unsigned long)cell);
    return true;
}

/* Power in parts of a watt; what no grid has is told. */
static int64_t power(struct reader *reader, const toc_matpower_table *table, uint32_t row,
                     uint32_t column, double parts_per_mw) {
    double value = at(table, row, column);
    if (!(value > -1e8 && value < 1e8)) {
        wrong(reader, table, row, "a power in this row is no number, or beyond all grids");
        return 0;
    }
    value *= parts_per_mw;
    return (int64_t)(value < 0 ? value - 0.5 : value + 0.5);
}

static void find_buses(struct reader *reader) {
    char id[32];
    bool was_new;
    for (uint32_t i = 0; i < reader->buses->rows; i++) {
        if (!bus_id(at(reader->buses, i, BUS_ID), id)) {
            wrong(reader, reader->buses, i, "a bus is numbered by no whole positive number");
            return;
        }
        (void)toc_names_add(reader->ids, id, &was_new);
        if (!was_new) {
            wrong(reader, reader->buses, i, "this bus number is taken already");
            return;
        }
        if (at(reader->buses, i, BUS_AREA) != at(reader->buses, 0, BUS_AREA)) {
            reader->has_areas = true;
        }
    }
}

/* The row of the bus in a cell; TOC_NONE and told where there is none. */
static uint32_t find_bus(struct reader *reader, const toc_matpower_table *table, uint32_t row,
                         uint32_t column) {
    char id[32];
    uint32_t bus = TOC_NONE;
    if (bus_id(at(table, row, column), id)) {
        bus = toc_names_find(reader->ids, id);
    }
    if (bus == TOC_NONE) {
        char text[100];
        (void)snprintf(text, sizeof text, "this row of mpc.%s names bus %g, which is not there",
                       table->name, at(table, row, column));
        wrong(reader, table, row, text);
    }
    return bus;
}

static const char *text_at(const struct reader *reader, const char *list, uint32_t index) {
    const toc_matpower_texts *texts = toc_matpower_case_texts(&reader->network, list);
    return texts != NULL && index < texts->texts.count
               ? *TOC_LIST_AT(const char *, &texts->texts, index)
               : "";
}

/* Areas become zones, so that a map can show them; one area alone says nothing. */
static void build_areas(struct reader *reader) {
    toc_names *known = toc_names_create();
    for (uint32_t i = 0; i < reader->buses->rows && reader->has_areas; i++) {
        char id[32], name[32];
        bool was_new;
        (void)snprintf(id, sizeof id, "area-%g", at(reader->buses, i, BUS_AREA));
        (void)snprintf(name, sizeof name, "Area %g", at(reader->buses, i, BUS_AREA));
        (void)toc_names_add(known, id, &was_new);
        if (was_new) {
            toc_zone_spec zone = {.id = id,
                                  .name = name,
                                  .operator_id = "grid",
                                  .place = row_place(reader, reader->buses, i)};
            toc_builder_zone(reader->builder, &zone);
        }
    }
    toc_names_destroy(known);
}

/* A load or a shunt that gives is a unit of its own. */
static void build_negative_load(struct reader *reader, uint32_t row, int64_t watts,
                                const char *bus) {
    char id[48];
    toc_asset_spec asset = {.id = id,
                            .operator_id = "grid",
                            .kind = TOC_ASSET_GENERATOR,
                            .place = row_place(reader, reader->buses, row)};
    (void)snprintf(id, sizeof id, "feed-in-%s", bus);
    toc_builder_asset(reader->builder, &asset);
    toc_builder_generates(reader->builder, -watts * 1000, -watts * 1000, bus, asset.place);
}

static void build_buses(struct reader *reader) {
    const toc_matpower_table *table = reader->buses;
    for (uint32_t i = 0; i < table->rows; i++) {
        char zone[32];
        double type = at(table, i, BUS_TYPE), angle = at(table, i, BUS_VA);
        int64_t load = power(reader, table, i, BUS_PD, 1e6);
        int64_t shunt = power(reader, table, i, BUS_GS, 1e6);
        load = (load > 0 ? load : 0) + reader->taken[i];
        toc_place place = row_place(reader, table, i);
        toc_asset_spec asset = {.id = toc_names_at(reader->ids, i),
                                .name = text_at(reader, "bus_name", i),
                                .operator_id = "grid",
                                .kind = TOC_ASSET_BUS,
                                .off = type == ISOLATED,
                                .place = place};
        toc_bus_spec bus = {.reference = type == REFERENCE,
                            .angle_deg = type == REFERENCE ? angle : 0,
                            .shunt = shunt > 0 ? shunt : 0,
                            .place = place};
        (void)snprintf(zone, sizeof zone, "area-%g", at(table, i, BUS_AREA));
        asset.zone_id = reader->has_areas ? zone : "";
        toc_builder_asset(reader->builder, &asset);
        if (bus.reference || bus.shunt > 0) {
            toc_builder_bus(reader->builder, &bus);
        }
        if (load > 0) {
            toc_builder_provides(reader->builder, "power", toc_unit_find("MW"), load, load, place);
        }
    }
    for (uint32_t i = 0; i < table->rows; i++) {
        int64_t load = power(reader, table, i, BUS_PD, 1e6);
        int64_t shunt = power(reader, table, i, BUS_GS, 1e6);
        int64_t given = (load < 0 ? load : 0) + (shunt < 0 ? shunt : 0);
        if (given < 0) {
            build_negative_load(reader, i, given, toc_names_at(reader->ids, i));
        }
    }
}

/* A unit that takes power at the start (a pumped store, an interconnector) is a load of its bus. */
static void find_takers(struct reader *reader) {
    const toc_matpower_table *table = reader->units;
    for (uint32_t i = 0; i < table->rows && !reader->failed; i++) {
        int64_t output = power(reader, table, i, GEN_PG, 1e6);
        uint32_t bus = find_bus(reader, table, i, GEN_BUS);
        if (output < 0 && bus != TOC_NONE && at(table, i, GEN_STATUS) > 0) {
            reader->taken[bus] += -output;
            reader->takers++;
        }
    }
}

static toc_asset_kind kind_of_unit(const char *fuel) {
    if (strcmp(fuel, "wind") == 0) {
        return TOC_ASSET_WIND_FARM;
    }
    return strcmp(fuel, "solar") == 0 ? TOC_ASSET_SOLAR_FARM : TOC_ASSET_GENERATOR;
}

static void build_units(struct reader *reader) {
    const toc_matpower_table *table = reader->units;
    for (uint32_t i = 0; i < table->rows; i++) {
        char id[32], name[96];
        uint32_t bus = find_bus(reader, table, i, GEN_BUS);
        const char *fuel = text_at(reader, "genfuel", i);
        int64_t output = power(reader, table, i, GEN_PG, 1e9);
        int64_t most =
            isinf(at(table, i, GEN_PMAX)) ? output : power(reader, table, i, GEN_PMAX, 1e9);
        toc_asset_spec asset = {.id = id,
                                .operator_id = "grid",
                                .kind = kind_of_unit(fuel),
                                .off = !(at(table, i, GEN_STATUS) > 0),
                                .place = row_place(reader, table, i)};
        (void)snprintf(id, sizeof id, "unit-%u", i + 1);
        (void)snprintf(name, sizeof name, "Unit %u (%.60s)", i + 1, fuel);
        asset.name = fuel[0] != '\0' ? name : "";
        if (bus == TOC_NONE) {
            return;
        }
        if (output < 0) {
            continue; /* its load is built with the bus */
        }
        most = most >= 0 ? most : output;
        toc_builder_asset(reader->builder, &asset);
        toc_builder_generates(reader->builder, output, most, toc_names_at(reader->ids, bus),
                              asset.place);
    }
}

/* Gives how many branches have no limit: on those no overload can ever happen. */
static uint32_t build_branches(struct reader *reader, toc_shape_edge *edges) {
    const toc_matpower_table *table = reader->branches;
    double per_unit = 100 / reader->network.base_mva;
    uint32_t unlimited = 0;
    for (uint32_t i = 0; i < table->rows; i++) {
        uint32_t from = find_bus(reader, table, i, BRANCH_FROM);
        uint32_t to = find_bus(reader, table, i, BRANCH_TO);
        double rate = at(table, i, BRANCH_RATE), ratio = at(table, i, BRANCH_RATIO);
        double shift = at(table, i, BRANCH_ANGLE), reactance = at(table, i, BRANCH_X);
        char id[32];
        toc_link_spec link = {.id = id,
                              .kind = ratio != 0 ? TOC_LINK_TRANSFORMER : TOC_LINK_LINE,
                              .off = !(at(table, i, BRANCH_STATUS) > 0),
                              .reactance = reactance * per_unit,
                              .ratio = ratio,
                              .shift_deg = shift,
                              .place = row_place(reader, table, i)};
        if (from == TOC_NONE || to == TOC_NONE) {
            return unlimited;
        }
        if (!isfinite(link.reactance) || reactance == 0 || !isfinite(ratio) || !isfinite(shift)) {
            wrong(reader, table, i, "a branch needs a reactance that is not 0, and finite numbers");
            return unlimited;
        }
        (void)snprintf(id, sizeof id, "line-%u", i + 1);
        edges[i] = (toc_shape_edge){from, to};
        link.rating = isinf(rate) ? 0 : power(reader, table, i, BRANCH_RATE, 1e6);
        unlimited += link.rating == 0 ? 1 : 0;
        link.from = toc_names_at(reader->ids, from);
        link.to = toc_names_at(reader->ids, to);
        toc_builder_link(reader->builder, &link);
    }
    return unlimited;
}

static void warn(struct reader *reader, uint32_t unlimited) {
    toc_place whole = {reader->network.file, 0, 0};
    const toc_matpower_table *direct = toc_matpower_case_table(&reader->network, "dcline");
    if (unlimited > 0) {
        toc_problems_warn(reader->problems, whole,
                          "%u of %u branches have no limit (rateA is 0): they can never be "
                          "overloaded",
                          unlimited, reader->branches->rows);
    }
    if (reader->takers > 0) {
        toc_problems_warn(reader->problems, whole,
                          "units that take power at the start have become loads of their buses: "
                          "%u",
                          reader->takers);
    }
    if (direct != NULL && direct->rows > 0) {
        toc_problems_warn(reader->problems, whole, "direct-current lines are left out: %u",
                          direct->rows);
    }
}

static toc_status build(struct reader *reader, toc_formats_import *out_import) {
    toc_operator_spec owner = {.id = "grid", .name = reader->network.name, .sector = "power"};
    toc_shape_edge *edges = toc_arena_heap(NULL, reader->branches->rows + (size_t)1, sizeof *edges);
    toc_formats_import result = {.topology = NULL};
    toc_status status = TOC_BAD_INPUT;
    uint32_t unlimited = 0;
    owner.place.file = reader->network.file;
    toc_builder_operator(reader->builder, &owner);
    reader->taken = toc_arena_heap(NULL, reader->buses->rows + (size_t)1, sizeof *reader->taken);
    (void)memset(reader->taken, 0, (reader->buses->rows + (size_t)1) * sizeof *reader->taken);
    build_areas(reader);
    find_takers(reader);
    if (!reader->failed) {
        build_buses(reader);
    }
    if (!reader->failed) {
        build_units(reader);
    }
    if (!reader->failed) {
        unlimited = build_branches(reader, edges);
    }
    if (!reader->failed) {
        toc_shape_measure(reader->buses->rows, edges, reader->branches->rows, &result);
        status = toc_builder_finish(reader->builder, reader->problems, &result.topology);
    }
    if (status == TOC_OK) {
        warn(reader, unlimited);
        *out_import = result;
    }
    toc_arena_heap_free(edges);
    toc_arena_heap_free(reader->taken);
    return status;
}

toc_status toc_matpower_reader_read(const toc_formats_source *source, toc_problems *problems,
                                    toc_formats_import *out_import) {
    struct reader reader = {.problems = problems, .ids = toc_names_create()};
    toc_status status = toc_matpower_case_read(source, problems, &reader.network);
    toc_place whole = {source->file, 0, 0};
    if (status == TOC_OK && !(reader.network.base_mva > 0 && isfinite(reader.network.base_mva))) {
        status = toc_problems_error(problems, whole, "mpc.baseMVA is not a positive number");
    }
    if (status == TOC_OK) {
        reader.buses = need_table(&reader, "bus", BUS_COLUMNS);
        reader.units = reader.failed ? NULL : need_table(&reader, "gen", GEN_COLUMNS);
        reader.branches = reader.failed ? NULL : need_table(&reader, "branch", BRANCH_COLUMNS);
        status = reader.failed ? TOC_BAD_INPUT : TOC_OK;
    }
    if (status == TOC_OK) {
        reader.builder = toc_builder_create(reader.network.name);
        find_buses(&reader);
        status = reader.failed ? TOC_BAD_INPUT : build(&reader, out_import);
        toc_builder_destroy(reader.builder);
    }
    toc_names_destroy(reader.ids);
    toc_matpower_case_finish(&reader.network);
    return status;
}
