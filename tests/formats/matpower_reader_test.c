#include "imported.h"

#include "model/power.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct import import_bytes(const char *bytes, size_t size, const char *file) {
    toc_formats_source source = {bytes, size, file};
    return imported("matpower", &source, 1);
}

static struct import import_text(const char *text) {
    return import_bytes(text, strlen(text), "grid.m");
}

/* The status is TOC_BAD_USAGE where the data is not there. */
static struct import import_case(const char *name) {
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    struct import import = {TOC_BAD_USAGE, {.topology = NULL}, NULL};
    char path[100];
    (void)snprintf(path, sizeof path, "power-matpower/%s.m", name);
    if (support_data(path) != NULL) {
        assert_int_equal(toc_formats_load(support_data(path), problems, &buffer), TOC_OK);
        import = import_bytes(buffer.bytes, buffer.size, path);
    }
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
    return import;
}

static void assert_told(const struct import *import, const char *wanted) {
    char line[1000] = "";
    assert_true(toc_problems_kept(import->problems) > 0);
    (void)toc_problems_print(toc_problems_at(import->problems, 0), line, sizeof line);
    assert_string_equal(line, wanted);
}

#define HEAD "function mpc = tiny\nmpc.version = '2';\nmpc.baseMVA = 50;\n"
#define BUSES                                                                                      \
    "mpc.bus = [\n 7 3 0 0 1.5 0 1 1 4.25 110 1 1.1 0.9; % the slack\n"                            \
    " 12 1 80.5, 30 0 0 2 1 0 110 1 1.1 0.9\n 3 1 -4 0 0 0 2 1 0 110 1 1.1 0.9];\n"
#define UNITS "mpc.gen = [7 72.3 0 0 0 1 100 1 250 0; 12 1 0 0 0 1 100 0 Inf 0];\n"
#define BRANCHES                                                                                   \
    "mpc.branch = [\n 7 12 0.01 0.1 0 ...\n 175 0 0 0 0 1 -360 360;\n"                             \
    " 7 12 0.01 0.2 0 0 0 0 0.978 -5 0 -360 360];\n"

static void every_column_that_a_flow_needs_is_read(void **state) {
    struct import import =
        import_text(HEAD BUSES UNITS BRANCHES "mpc.bus_name = {\n'North  ''A''';\n\"Mill\"\n};\n"
                                              "mpc.genfuel = {'wind'; 'coal'};\nend\n");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(t->operators[0].name, "tiny");
    assert_string_equal(t->assets[0].id, "bus-7");
    assert_string_equal(t->assets[0].name, "North 'A'");
    assert_string_equal(t->assets[1].name, "Mill");
    assert_string_equal(t->assets[2].name, "bus-3");
    assert_true(t->buses[0].reference && t->buses[0].angle_deg == 4.25);
    assert_int_equal(t->buses[0].shunt, 1500000);
    assert_int_equal(t->provisions[0].demand, 80500000);
    assert_int_equal(t->zone_count, 2);
    assert_string_equal(t->zones[t->assets[1].zone].name, "Area 2");
    /* a load that gives, and the two units */
    assert_int_equal(t->generation_count, 3);
    assert_int_equal(t->generations[0].output_milli, INT64_C(4000000000));
    assert_int_equal(t->generations[1].output_milli, INT64_C(72300000000));
    assert_int_equal(t->generations[1].most_milli, INT64_C(250000000000));
    assert_int_equal(t->assets[t->generations[1].asset].kind, TOC_ASSET_WIND_FARM);
    assert_true(t->assets[t->generations[2].asset].off);
    assert_int_equal(t->generations[2].bus, 1);
    /* reactance from 50 to 100 MVA */
    assert_true(t->links[0].reactance == 0.2);
    assert_int_equal(t->links[0].rating, 175000000);
    assert_int_equal(t->links[1].kind, TOC_LINK_TRANSFORMER);
    assert_true(t->links[1].off);
    assert_true(t->taps[0].ratio == 0.978 && t->taps[0].shift_deg == -5);
    assert_int_equal(import.result.nodes, 3);
    assert_int_equal(import.result.parallel_edges, 1);
    assert_int_equal(import.result.components, 2);
    assert_told(&import, "grid.m: warning: 1 of 2 branches have no limit (rateA is 0): they can "
                         "never be overloaded");
    finish(&import);
}

static void code_is_refused_at_its_line(void **state) {
    static const char *const codes[] = {"mpc.bus(:, 3) = mpc.bus(:, 3) / 1e3;",
                                        "define_constants;",
                                        "mpc.baseMVA = 10 * 2;",
                                        "mpc.x = [1 2*3];",
                                        "[PQ, PV] = idx_bus;",
                                        "if 1, mpc.y = 2; end",
                                        "mpc.z = zeros(3);"};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char text[2000];
        struct import import;
        (void)snprintf(text, sizeof text, "%s%s\n", HEAD BUSES UNITS BRANCHES, codes[i]);
        import = import_text(text);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_count(import.problems, TOC_ERROR), 1);
        assert_int_equal(toc_problems_at(import.problems, 0).place.line, 13);
        assert_non_null(strstr(toc_problems_at(import.problems, 0).text, "found code ("));
        finish(&import);
    }
}

/* Written as large published cases are: names in cells, costs of several lengths, tables of areas
   and direct current, fields of fields, block comments, infinite limits, tabs, continued lines. */
static void what_published_cases_are_written_with_is_read(void **state) {
    static const char text[] =
        "function mpc = case_large\r\n%CASE_LARGE  a case\n%   with \xC3\xA9 and 'quotes\n\n"
        "%% MATPOWER Case Format : Version 2\nmpc.version = \"2\";\n%%-----  Power Flow Data  "
        "-----%%\n%{\nmpc.bus = zeros(3);\n  %{\n  inner\n  %}\n%}\nmpc.baseMVA = 1e2;\n"
        "mpc.bus = [\n\t1\t3\t-0\t-0\t-0.5\t0\t1\t1.0\t0\t380\t1\t1.1\t.9;\t% slack; 'x'\n"
        "\t2201\t2\t1E1\t0\t0\t-5.\t1\t1\t+1.5e-05\t380\t1\tInf\t0;\n\n"
        "\t9533\t1\t-20\t0\t0\t0\t1\t1\t0\t380\t1\t1.1\t0.9 ...more\n;\n];\n"
        "mpc.gen = [\t1\t12.5\t0\tInf\t-Inf\t1\t100\t1\t10\t0\n"
        "\t2201\t-545.7\t0\t0\t0\t1\t100\t1\t100\t-727.6\n"
        "\t2201\t-1\t0\t0\t0\t1\t100\t0\t100\t-1 ];\n"
        "mpc.branch = [\n1, 2201, 0, -0.3697, 0, 0, 0, 0, 0, 0, 1, -360, 360;\n"
        "2201 9533 0 4e-05 0 9900 0 0 0 -30 1 -360 360];\n"
        "mpc.gencost = [ 2 0 0 3 0.01 40 0; 2 0 0 3 0.1 20 0; 2 0 0 3 1 2 3 ];\n"
        "mpc.areas = [ 1 1; ];\nmpc.dcline = [];\nmpc.reserves.zones = [1 1 1];\n"
        "mpc.if.map = [];\nmpc.bus_name = {\n\t'A  V2',\n\t'';\n\t'Caf\xE9 %3'\n};\n"
        "mpc.gentype = {'ST'; 'GT'; 'HY'};\nreturn;\n";
    struct import import = import_bytes(text, sizeof text - 1, "large.m");
    const toc_topology *t = import.result.topology;
    char line[1000];
    (void)state;
    if (import.status != TOC_OK) {
        (void)toc_problems_print(toc_problems_at(import.problems, 0), line, sizeof line);
        fail_msg("%s", line);
    }
    assert_int_equal(import.result.nodes, 3);
    assert_string_equal(t->assets[0].name, "A V2");
    assert_string_equal(t->assets[2].id, "bus-9533");
    /* the shunt and the load that give, and the one unit that gives */
    assert_int_equal(t->generation_count, 3);
    assert_int_equal(t->generations[0].output_milli, INT64_C(500000000));
    assert_int_equal(t->generations[1].output_milli, INT64_C(20000000000));
    assert_int_equal(t->generations[2].output_milli, INT64_C(12500000000));
    assert_int_equal(t->generations[2].most_milli, INT64_C(10000000000));
    /* 10 MW of load and 545.7 MW of the unit that runs backwards */
    assert_int_equal(t->provisions[0].demand, 555700000);
    assert_true(t->links[0].reactance == -0.3697);
    assert_true(t->taps[0].shift_deg == -30);
    assert_int_equal(toc_problems_count(import.problems, TOC_WARNING), 2);
    finish(&import);
}

static void broken_tables_are_told_with_their_line(void **state) {
    static const struct {
        const char *text, *told;
    } rows[] = {
        {HEAD BUSES UNITS "mpc.branch = [7 12 0.01 0.1 0 1 1 1 0 0 1;\n 7 12 0.01];",
         "grid.m:10: this row of mpc.branch has 3 numbers, the first has 11"},
        {HEAD BUSES UNITS "mpc.branch = [7 13 0.01 0.1 0 1 1 1 0 0 1];",
         "grid.m:9: this row of mpc.branch names bus 13, which is not there"},
        {HEAD BUSES UNITS "mpc.branch = [7 12 0.01 0 0 1 1 1 0 0 1];",
         "grid.m:9: a branch needs a reactance that is not 0, and finite numbers"},
        {HEAD BUSES UNITS "mpc.branch = [7 12 0.01 0.1", "grid.m:9:28: the file ends within a "
                                                         "table; expected ']'"},
        {"function [baseMVA, bus, gen, branch] = case9\n",
         "grid.m:1:10: found a case of version 1, which gives its tables one by one; expected "
         "version '2' (function mpc = ...)"},
        {HEAD "mpc.bus = [1 3 0 0 0 0 1 1 0; 1 3 0 0 0 0 1 1 0];" UNITS BRANCHES,
         "grid.m:4: this bus number is taken already"},
        {HEAD "mpc.bus = [1.5 3 0 0 0 0 1 1 0];" UNITS BRANCHES,
         "grid.m:4: a bus is numbered by no whole positive number"},
        {HEAD "mpc.bus = [1 3 0 0];" UNITS BRANCHES,
         "grid.m:4: mpc.bus has 4 columns; expected at least 9"},
        {HEAD BUSES UNITS, "grid.m: has no table mpc.branch; expected a MATPOWER case"},
        {"mpc.version = '1';", "grid.m:1:18: only version '2' of the case format is read"},
        {"", "grid.m: has no table mpc.bus; expected a MATPOWER case"},
        {"<?xml version='1.0'?>",
         "grid.m:1:1: found code ('<?xml version='1.0'?>'), expected tables of plain numbers: code "
         "is not run, and without it the numbers of this file are not what they should be"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct import import = import_text(rows[i].text);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_null(import.result.topology);
        assert_told(&import, rows[i].told);
        finish(&import);
    }
}

static double expected(const char *name, const char *metric) {
    char wanted[200], line[300];
    double value = -1;
    FILE *table = fopen(support_data("EXPECTED.tsv"), "r");
    assert_non_null(table);
    (void)snprintf(wanted, sizeof wanted, "power-matpower/%s.m\t%s\t", name, metric);
    while (fgets(line, sizeof line, table) != NULL) {
        if (strncmp(line, wanted, strlen(wanted)) == 0) {
            value = strtod(line + strlen(wanted), NULL);
        }
    }
    (void)fclose(table);
    return value;
}

static void other_peoples_cases_give_the_counts_of_an_independent_reader(void **state) {
    static const char *const names[] = {"case5",  "case9",   "case14",
                                        "case39", "case118", "case_ACTIVSg200"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct import import = import_case(names[i]);
        const toc_topology *t = import.result.topology;
        uint32_t unlimited = 0, off = 0;
        double demand = 0, most = 0;
        if (import.status == TOC_BAD_USAGE) {
            skip();
        }
        assert_int_equal(import.status, TOC_OK);
        for (uint32_t k = 0; k < t->link_count; k++) {
            unlimited += t->links[k].rating == 0 ? 1 : 0;
            off += t->links[k].off ? 1 : 0;
        }
        for (uint32_t k = 0; k < t->provision_count; k++) {
            demand += (double)t->provisions[k].demand / 1e6;
        }
        for (uint32_t k = 0; k < t->generation_count; k++) {
            most += t->assets[t->generations[k].asset].off
                        ? 0
                        : (double)t->generations[k].most_milli / 1e9;
        }
        assert_int_equal(import.result.nodes, (long)expected(names[i], "buses"));
        assert_int_equal(import.result.edges, (long)expected(names[i], "branches"));
        assert_int_equal(import.result.components,
                         (long)expected(names[i], "components_in_service"));
        assert_int_equal(unlimited, (long)expected(names[i], "branches_rateA_zero"));
        assert_int_equal(off, (long)expected(names[i], "branches_out_of_service"));
        assert_true(t->generation_count >= (uint32_t)expected(names[i], "gens"));
        assert_in_range((long)(demand * 10 + 0.5),
                        (long)(expected(names[i], "sum_Pd_as_written") * 10),
                        (long)(expected(names[i], "sum_Pd_as_written") * 10) + 1);
        assert_in_range((long)(most * 10 + 0.5),
                        (long)(expected(names[i], "gen_Pmax_in_service") * 10),
                        (long)(expected(names[i], "gen_Pmax_in_service") * 10) + 1);
        finish(&import);
    }
}

static void a_case_that_converts_its_units_in_code_is_refused(void **state) {
    struct import import = import_case("case33bw");
    (void)state;
    if (import.status == TOC_BAD_USAGE) {
        skip();
    }
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_int_equal(toc_problems_kept(import.problems), 1);
    assert_int_equal(toc_problems_at(import.problems, 0).place.line, 115);
    finish(&import);
}

static void assert_near(double got, double wanted, const char *what, int number) {
    double off = got < wanted ? wanted - got : got - wanted;
    if (!(off <= 1e-6)) {
        fail_msg("%s %d: %.10f is not %.10f", what, number, got, wanted);
    }
}

/* Compares the flow of a world on the topology with MATPOWER's own. */
static void compare_flow(const toc_world *world, const char *name) {
    char path[100], line[256];
    int section = 0, flows = 0, angles = 0;
    FILE *file;
    (void)snprintf(path, sizeof path, "expected-power/dcpf_%s.txt", name);
    file = fopen(support_data(path), "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        int a = 0, b = 0;
        double value = 0;
        char id[32];
        section += line[0] >= 'A' ? 1 : 0;
        if (section == 1 && sscanf(line, "%d %lf", &a, &value) == 2) {
            (void)snprintf(id, sizeof id, "bus-%d", a);
            assert_near(toc_power_angle_deg(
                            world, toc_topology_find_element(toc_world_topology(world), id)),
                        value, "angle", a);
            angles++;
        } else if (section == 3 && sscanf(line, "%d %d %lf", &a, &b, &value) == 3) {
            assert_near(toc_power_flow_mw(world, (uint32_t)flows), value, "flow", flows + 1);
            flows++;
        }
    }
    (void)fclose(file);
    assert_true(angles > 0 && flows > 0);
}

/* Imported, written as native XML, read back, and then run: the whole way a user's grid goes. */
static void an_imported_grid_flows_as_matpower_has_it(void **state) {
    static const char *const names[] = {"case5", "case9", "case14", "case39", "case118"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct import import = import_case(names[i]);
        toc_formats_buffer buffer = {NULL, 0, 0};
        toc_topology *topology = NULL;
        toc_calendar *calendar;
        toc_conditions *conditions;
        toc_power_rules rules;
        toc_world *world;
        if (import.status == TOC_BAD_USAGE) {
            skip();
        }
        toc_formats_write_topology(import.result.topology, &buffer);
        assert_int_equal(toc_formats_read_topology(buffer.bytes, buffer.size, "written.xml",
                                                   import.problems, &topology),
                         TOC_OK);
        calendar = toc_calendar_create();
        conditions = toc_conditions_create(calendar);
        world = toc_world_create(topology, calendar, conditions, (toc_chance){1, 0}, NULL, NULL);
        assert_true(toc_power_parse_rules("none", &rules));
        toc_power_set_rules(world, &rules);
        toc_calendar_run(calendar, TOC_SECOND);
        compare_flow(world, names[i]);
        toc_world_destroy(world);
        toc_conditions_destroy(conditions);
        toc_calendar_destroy(calendar);
        toc_topology_destroy(topology);
        toc_formats_buffer_finish(&buffer);
        finish(&import);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_that_a_flow_needs_is_read),
        cmocka_unit_test(code_is_refused_at_its_line),
        cmocka_unit_test(what_published_cases_are_written_with_is_read),
        cmocka_unit_test(broken_tables_are_told_with_their_line),
        cmocka_unit_test(other_peoples_cases_give_the_counts_of_an_independent_reader),
        cmocka_unit_test(a_case_that_converts_its_units_in_code_is_refused),
        cmocka_unit_test(an_imported_grid_flows_as_matpower_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
