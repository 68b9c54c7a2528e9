/* Grid case: a power network read from the plain tables of tests' data, as a world. Takes only what
   a DC power flow wants: buses, units and branches of a MATPOWER case, or of the cascade inputs. */
#ifndef TESTS_MODEL_GRID_CASE_H
#define TESTS_MODEL_GRID_CASE_H

#include "model/power.h"
#include "model/small_world.h"

#include <stdio.h>
#include <stdlib.h>

enum { CASE_ROWS = 500, CASE_COLUMNS = 24 };

struct table {
    double cells[CASE_ROWS][CASE_COLUMNS];
    uint32_t rows;
};

struct grid_case {
    struct table buses, units, branches;
};

/* Reads the rows between "mpc.NAME = [" and "]". */
static inline void case_table(struct table *table, const char *path, const char *name) {
    char line[4096], head[64];
    bool inside = false;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    (void)snprintf(head, sizeof head, "mpc.%s = [", name);
    memset(table, 0, sizeof *table);
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line, *end = NULL;
        uint32_t column = 0;
        if (!inside) {
            inside = strncmp(line, head, strlen(head)) == 0;
            continue;
        }
        if (line[0] == ']') {
            break;
        }
        for (double value = strtod(at, &end); end != at && column < CASE_COLUMNS;
             value = strtod(at, &end)) {
            table->cells[table->rows][column++] = value;
            at = end;
        }
        table->rows += column > 0 ? 1 : 0;
        assert_true(table->rows < CASE_ROWS);
    }
    (void)fclose(file);
}

static inline void case_read(struct grid_case *grid, const char *path) {
    case_table(&grid->buses, path, "bus");
    case_table(&grid->units, path, "gen");
    case_table(&grid->branches, path, "branch");
}

/* Reads "bus N", "gen BUS P MIN MAX STATUS", "load BUS P STATUS", "branch I J X RATIO SHIFT RATING
   STATUS FLOW". */
static inline void case_read_plain(struct grid_case *grid, const char *path) {
    char line[512];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    memset(grid, 0, sizeof *grid);
    while (fgets(line, sizeof line, file) != NULL) {
        double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0;
        char word[16];
        int fields =
            sscanf(line, "%15s %lf %lf %lf %lf %lf %lf %lf", word, &a, &b, &c, &d, &e, &f, &g);
        if (fields >= 2 && strcmp(word, "bus") == 0) {
            double *row = grid->buses.cells[grid->buses.rows++];
            row[0] = a;
            row[1] = 1;
        } else if (strcmp(word, "load") == 0) {
            for (uint32_t i = 0; i < grid->buses.rows; i++) {
                grid->buses.cells[i][2] += grid->buses.cells[i][0] == a ? b * c : 0;
            }
        } else if (strcmp(word, "gen") == 0) {
            double *row = grid->units.cells[grid->units.rows++];
            row[0] = a;
            row[1] = b;
            row[7] = e;
            row[8] = d;
        } else if (strcmp(word, "branch") == 0) {
            double *row = grid->branches.cells[grid->branches.rows++];
            row[0] = a;
            row[1] = b;
            row[3] = c;
            row[5] = f;
            row[10] = g;
        }
    }
    (void)fclose(file);
}

/* The case of that name, false where the data is not there. The network of case6ww is that of the
   cascade inputs. */
static inline bool case_find(struct grid_case *grid, const char *name) {
    const char *plain = "expected-power/dcsimsep_case6_input.txt";
    char path[128];
    (void)snprintf(path, sizeof path, "power-matpower/%s.m", name);
    if (support_data(path) != NULL) {
        case_read(grid, support_data(path));
        return true;
    }
    if (strcmp(name, "case6ww") == 0 && support_data(plain) != NULL) {
        case_read_plain(grid, support_data(plain));
        grid->units.cells[0][1] = 0; /* MATPOWER leaves the first unit to the flow */
        return true;
    }
    return false;
}

static inline int64_t case_watts(double megawatts) {
    return (int64_t)(megawatts * 1e6 + (megawatts < 0 ? -0.5 : 0.5));
}

static inline int64_t case_milli(double megawatts) {
    return (int64_t)(megawatts * 1e9 + 0.5);
}

static inline void case_buses(const struct grid_case *grid, toc_builder *builder) {
    char id[32];
    for (uint32_t i = 0; i < grid->buses.rows; i++) {
        const double *row = grid->buses.cells[i];
        toc_asset_spec asset = {.id = id, .operator_id = "grid", .kind = TOC_ASSET_BUS};
        toc_bus_spec bus = {.reference = row[1] == 3,
                            .angle_deg = row[1] == 3 ? row[8] : 0,
                            .shunt = case_watts(row[4])};
        (void)snprintf(id, sizeof id, "bus-%d", (int)row[0]);
        toc_builder_asset(builder, &asset);
        toc_builder_bus(builder, &bus);
        if (row[2] > 0) {
            toc_builder_provides(builder, "power", toc_unit_find("W"), case_watts(row[2]),
                                 case_watts(row[2]), (toc_place){0});
        }
    }
}

/* Builds the case as a world; `small` needs small_end. */
static inline void case_run(const struct grid_case *grid, struct small *small) {
    char id[32], from[32], to[32];
    small_begin(small);
    case_buses(grid, small->builder);
    for (uint32_t i = 0; i < grid->units.rows; i++) {
        const double *row = grid->units.cells[i];
        toc_asset_spec asset = {
            .id = id, .operator_id = "grid", .kind = TOC_ASSET_GENERATOR, .off = row[7] <= 0};
        (void)snprintf(id, sizeof id, "unit-%u", i + 1);
        (void)snprintf(to, sizeof to, "bus-%d", (int)row[0]);
        toc_builder_asset(small->builder, &asset);
        toc_builder_generates(small->builder, case_milli(row[1]), case_milli(row[8]), to,
                              (toc_place){0});
    }
    for (uint32_t i = 0; i < grid->branches.rows; i++) {
        const double *row = grid->branches.cells[i];
        toc_link_spec link = {.id = id,
                              .from = from,
                              .to = to,
                              .kind = row[8] != 0 ? TOC_LINK_TRANSFORMER : TOC_LINK_LINE,
                              .off = row[10] <= 0,
                              .reactance = row[3],
                              .ratio = row[8],
                              .shift_deg = row[9],
                              .rating = case_watts(row[5])};
        (void)snprintf(id, sizeof id, "line-%u", i + 1);
        (void)snprintf(from, sizeof from, "bus-%d", (int)row[0]);
        (void)snprintf(to, sizeof to, "bus-%d", (int)row[1]);
        toc_builder_link(small->builder, &link);
    }
    small_run(small, 1);
}

static inline void case_rules(struct small *small, const char *name, double margin,
                              double floor_mw) {
    toc_power_rules rules;
    assert_true(toc_power_parse_rules(name, &rules));
    rules.margin_ppm = (int64_t)(margin * 1e6);
    rules.floor_w = case_watts(floor_mw);
    toc_power_set_rules(small->world, &rules);
    toc_world_check(small->world);
}

#endif
