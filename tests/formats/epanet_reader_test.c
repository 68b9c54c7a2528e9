#include "imported.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct import import_bytes(const char *bytes, size_t size, const char *file) {
    toc_formats_source source = {bytes, size, file};
    return imported("epanet", &source, 1);
}

static struct import import_text(const char *text) {
    return import_bytes(text, strlen(text), "town.inp");
}

static const char *told(const struct import *import, size_t index, char line[1000]) {
    line[0] = '\0';
    if (index < toc_problems_kept(import->problems)) {
        (void)toc_problems_print(toc_problems_at(import->problems, index), line, 1000);
    }
    return line;
}

static uint32_t part(const struct import *import, const char *name) {
    for (uint32_t i = 0; i < import->result.part_count; i++) {
        if (strcmp(import->result.parts[i].name, name) == 0) {
            return import->result.parts[i].number;
        }
    }
    fail_msg("no part %s", name);
    return 0;
}

static const toc_asset *asset(const struct import *import, const char *id) {
    const toc_topology *topology = import->result.topology;
    uint32_t element = toc_topology_find_element(topology, id);
    if (element >= topology->asset_count) {
        fail_msg("no asset %s", id);
    }
    return &topology->assets[element];
}

#define NODES                                                                                      \
    "[TITLE]\nHarbour; the old town\n[JUNCTIONS]\n A 10 5 ; a comment\n B 12 7.5 night\n C 0\n"    \
    "[RESERVOIRS]\n Lake 40\n[TANKS]\n Tower 50 2 1 6 10 0\n"
#define LINKS                                                                                      \
    "[PIPES]\n P1 A B 100 150 100 0 Open\n P2 B Tower 300 150 100 CV\n P3 B C 10 20 130 0 "        \
    "Closed\n"                                                                                     \
    "[PUMPS]\n PU Lake A HEAD 1\n[VALVES]\n V C A 12 TCV 0 0\n"
#define ROWS "[CURVES]\n 1 40 60\n[PATTERNS]\n night 1 1.5\n night 0.5\n 1 1 2\n"

static void nodes_pipes_pumps_and_valves_become_assets_and_links(void **state) {
    struct import import = import_text(NODES LINKS ROWS "[OPTIONS]\nUnits LPS\n[END]\nwhatever");
    const toc_topology *t = import.result.topology;
    char line[1000];
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(toc_problems_kept(import.problems), 1);
    assert_string_equal(told(&import, 0, line),
                        "town.inp: warning: pressure is left out: losses of pipes 3, of valves TCV "
                        "1; pumps that give what their curves give without friction: 1");
    assert_string_equal(t->name, "Harbour; the old town");
    assert_int_equal(t->asset_count, 7);
    assert_int_equal(t->link_count, 7);
    assert_int_equal(asset(&import, "Lake")->kind, TOC_ASSET_RESERVOIR);
    assert_int_equal(asset(&import, "Tower")->kind, TOC_ASSET_TANK);
    assert_int_equal(asset(&import, "PU")->kind, TOC_ASSET_PUMP);
    assert_int_equal(asset(&import, "V")->kind, TOC_ASSET_VALVE);
    assert_true(t->links[2].off && !t->links[1].off);
    assert_string_equal(t->links[3].id, "PU-in");
    assert_string_equal(t->assets[t->links[4].from].id, "PU");
    assert_string_equal(t->assets[t->links[4].to].id, "A");
    assert_string_equal(import.result.units, "LPS");
    assert_int_equal(part(&import, "junctions"), 3);
    assert_int_equal(part(&import, "pipes"), 3);
    assert_int_equal(import.result.components, 1);
    finish(&import);
}

static const toc_provision *demand(const struct import *import, const char *id) {
    const toc_asset *of = asset(import, id);
    assert_int_equal(of->provision_count, 1);
    return &import->result.topology->provisions[of->first_provision];
}

static void demands_are_base_times_multiplier_and_follow_their_pattern(void **state) {
    struct import import = import_text(
        "[JUNCTIONS]\nA 1 5\nB 1 7 night\nC 1 9\nD 1 -2\nE 1 4\n[RESERVOIRS]\nR 9\n[DEMANDS]\nC 2 "
        "night\nC 6 flat\nE 3\nE 1\n" ROWS
        "flat 1\n[OPTIONS]\nUnits CMH\nDemand Multiplier 2\n[TIMES]\nPattern Timestep 0:30\n"
        "Pattern Start 1:00\n");
    const toc_topology *t = import.result.topology;
    const toc_pattern *night;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(demand(&import, "A")->demand, INT64_C(240000000));
    assert_int_equal(demand(&import, "B")->demand, INT64_C(336000000));
    /* 2 by night and 6 always, in place of 9; largest when night is 1.5 */
    assert_int_equal(demand(&import, "C")->demand, INT64_C(384000000));
    assert_in_range(demand(&import, "C")->capacity, 432000000, 432000200);
    assert_int_equal(demand(&import, "E")->demand, INT64_C(192000000));
    night = &t->patterns[demand(&import, "B")->pattern];
    assert_string_equal(night->id, "night");
    assert_int_equal(night->step, 30 * TOC_MINUTE);
    /* from the third step on, where the file's clock begins: 0.5, 1, 1.5 */
    assert_int_equal(night->factor_count, 3);
    assert_int_equal(t->factors_ppm[night->first_factor], 500000);
    assert_int_equal(t->factors_ppm[night->first_factor + 2], 1500000);
    /* what is asked for by a demand below 0 is given */
    assert_int_equal(t->origin_count, 2);
    assert_int_equal(t->origins[0].rate, INT64_C(144000000));
    assert_int_equal(t->origins[1].rate, 0);
    finish(&import);
}

static void tanks_hold_between_their_levels_what_the_file_says(void **state) {
    struct import import = import_text(
        "[TANKS]\nT 50 2 1 6 10 0\nU 50 2 1 5 0 0 vol yes\nV 1 0 0 0 5\n[CURVES]\nvol 0 "
        "0\nvol 1 10\nvol 3 40\nvol 5 90\n[OPTIONS]\nUNITS LPS\n");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->tank_count, 2);
    assert_int_equal(t->tanks[0].height_mm, 6000);
    assert_int_equal(t->tanks[0].begins_mm, 2000);
    assert_int_equal(t->tanks[0].least_mm, 1000);
    assert_false(t->tanks[0].overflows);
    /* 25 pi square metres, 6 m high */
    assert_int_equal(t->tanks[0].volume, INT64_C(471238898));
    /* 80 m3 between 1 m and 5 m: 100 m3 in a cylinder of 5 m */
    assert_int_equal(t->tanks[1].volume, INT64_C(100000000));
    assert_true(t->tanks[1].overflows);
    finish(&import);
}

static int64_t capacity(const struct import *import, const char *id) {
    const toc_topology *t = import->result.topology;
    for (uint32_t i = 0; i < t->throughput_count; i++) {
        if (strcmp(t->assets[t->throughputs[i].asset].id, id) == 0) {
            return t->throughputs[i].rate;
        }
    }
    fail_msg("%s passes nothing", id);
    return 0;
}

static void a_pump_gives_what_its_curve_gives_at_the_lift(void **state) {
    struct import import = import_text(
        "[JUNCTIONS]\nA 0\nB 0\nC 0\nD 0\n[RESERVOIRS]\nLow 0\n[TANKS]\nHigh 30 5 0 10 10\n"
        "[PIPES]\n1 A High 1 1 1\n[VALVES]\nF C A 100 FCV 7.5 0\n"
        "[PUMPS]\nsteep Low A HEAD points\neven Low A HEAD one\nweak Low A HEAD low\n"
        "strong Low A HEAD far\nlost Low D HEAD points\nfast Low A HEAD points SPEED 2\n"
        "motor Low A POWER 9.80665\n"
        "[CURVES]\npoints 0 60\npoints 20 40\npoints 40 0\none 10 20\nlow 0 30\nlow 8 20\nlow 9 "
        "0\nfar 10 80\nfar 30 50\n[OPTIONS]\nUNITS LPS\n");
    const int64_t l_s = 86400000;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    /* 35 m to lift: between 40 m at 20 L/s and 0 at 40 L/s */
    assert_int_equal(capacity(&import, "steep"), 45 * l_s / 2);
    /* 4/3 of 20 m is not enough: the design flow */
    assert_int_equal(capacity(&import, "even"), 10 * l_s);
    assert_int_equal(capacity(&import, "weak"), 8 * l_s);
    assert_int_equal(capacity(&import, "strong"), 30 * l_s);
    /* where it leads to nothing that stands free, all that its curve has */
    assert_int_equal(capacity(&import, "lost"), 40 * l_s);
    /* at twice the speed, four times the head: 35 m are 8.75 m, at twice 35.625 L/s */
    assert_int_equal(capacity(&import, "fast"), (int64_t)(71.25 * (double)l_s));
    /* 9.80665 kW lift 35 m times 28.57 L/s */
    assert_in_range(capacity(&import, "motor"), 28571 * l_s / 1000, 28572 * l_s / 1000);
    assert_int_equal(capacity(&import, "F"), 15 * l_s / 2);
    finish(&import);
}

static void controls_and_plain_rules_switch_by_level_and_time(void **state) {
    struct import import =
        import_text(NODES LINKS ROWS
                    "[CONTROLS]\nLINK PU OPEN IF NODE Tower BELOW 2\nPUMP PU 0 IF TANK Tower ABOVE "
                    "5.5\nLINK P3 OPEN AT TIME 2:30\nLINK P3 CLOSED AT CLOCKTIME 1 AM\n"
                    "LINK PU OPEN IF NODE Tower BELOW -1\n[RULES]\nRULE 7\nIF TANK Tower LEVEL "
                    "BELOW 1.5\nTHEN PUMP PU STATUS IS OPEN\nAND VALVE V STATUS IS CLOSED\n"
                    "[TIMES]\nStart ClockTime 11 PM\n[STATUS]\nPU Closed\n[OPTIONS]\nUNITS LPS\n");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_true(asset(&import, "PU")->off);
    assert_int_equal(t->control_count, 2 + 1 + 7 + 2);
    assert_int_equal(t->controls[0].sense, TOC_WHEN_BELOW);
    assert_int_equal(t->controls[0].level_mm, 2000);
    assert_true(t->controls[0].on && !t->controls[1].on);
    assert_int_equal(t->controls[1].level_mm, 5500);
    assert_string_equal(toc_topology_element_id(t, t->controls[2].element), "P3");
    assert_int_equal(t->controls[2].at, 150 * TOC_MINUTE);
    /* every day at one in the morning, two hours after the start */
    assert_int_equal(t->controls[3].at, 2 * TOC_HOUR);
    assert_int_equal(t->controls[9].at, 146 * TOC_HOUR);
    assert_string_equal(toc_topology_element_id(t, t->controls[11].element), "V");
    assert_int_equal(t->controls[11].level_mm, 1500);
    finish(&import);
}

static void one_way_is_what_pumps_check_valves_and_pressure_valves_are(void **state) {
    struct import import =
        import_text(NODES LINKS ROWS "[VALVES]\nR A C 5 PRV 40 0\n[OPTIONS]\nUNITS LPS\n");
    const toc_topology *t = import.result.topology;
    static const struct {
        const char *id;
        bool one_way;
    } rows[] = {{"P1", false},   {"P2", true},   {"PU-in", true}, {"PU-out", true},
                {"V-in", false}, {"R-in", true}, {"R-out", true}};
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t link = toc_topology_find_element(t, rows[i].id) - t->asset_count;
        assert_int_equal(t->links[link].one_way, rows[i].one_way);
    }
    finish(&import);
}

static void links_carry_their_kind_where_a_node_has_their_id(void **state) {
    struct import import = import_text("[JUNCTIONS]\n9 1 1\n10 1 1\n[RESERVOIRS]\n1 5\n[PIPES]\n10 "
                                       "9 10 1 1 1\n[PUMPS]\n9 1 9 POWER 5\n");
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(import.result.topology->links[0].id, "pipe-10");
    assert_int_equal(asset(&import, "pump-9")->kind, TOC_ASSET_PUMP);
    finish(&import);
}

static void sections_are_known_by_their_first_letters_in_any_order(void **state) {
    struct import import = import_text(
        "\xEF\xBB\xBF[Coordinates]\r\n a 0 0\r\n b 30 40\r\n[pipe]\r\n1 a b 5000 1 1\r\n"
        "[junc]\r\n a 0 5\r\n[RESERVOIR]\r\n b 0\r\n[opti]\r\nunits cmh\r\n");
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(import.result.units, "CMH");
    /* 50 units as drawn are 5 km of pipe */
    assert_true(asset(&import, "a")->placed);
    assert_int_equal(asset(&import, "b")->x_m - asset(&import, "a")->x_m, 3000);
    assert_int_equal(asset(&import, "b")->y_m - asset(&import, "a")->y_m, 4000);
    finish(&import);
}

static void mistakes_are_told_with_their_place_and_the_nearest_name(void **state) {
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "town.inp: has no junction, reservoir or tank; expected a network file of EPANET "
             "(.inp)"},
        {"<?xml version='1.0'?>", "town.inp:1:1: found '<?xml version='1.0'?>' before the first "
                                  "section; expected a network file of EPANET, which begins with "
                                  "[TITLE] or another section"},
        {"[JUNKTIONS]\n", "town.inp:1:1: there is no section [JUNKTIONS] (nearest: [JUNCTIONS]) in "
                          "a network file of EPANET"},
        {"[JUNCTIONS]\nA 1\nB 1\nA 2\n A 3",
         "town.inp:4:1: node 'A' stands here again, first in line 2; expected every id once"},
        {"[JUNCTIONS]\nA low", "town.inp:2:3: an elevation is 'low'; expected a number"},
        {"[JUNCTIONS]\nA nan", "town.inp:2:3: an elevation is 'nan'; expected a number"},
        {"[JUNCTIONS]\nA 1 1e300", "town.inp:2:5: a demand is 1e300; expected a number from "
                                   "-1.83453e+09 to 1.83453e+09"},
        {"[JUNCTIONS]\nA 1 5 nigth\n[PATTERNS]\nnight 1",
         "town.inp:2:7: there is no pattern 'nigth' (nearest: 'night')"},
        {"[TANKS]\nT 1 2 3 4 5", "town.inp:2:5: the levels of tank 'T' are 2, 3 and 4; expected "
                                 "the initial one between the minimum and the maximum"},
        {"[TANKS]\nT 1 3 2 4 -5", "town.inp:2:11: a diameter is -5; expected a number from 0 to "
                                  "100000"},
        {"[TANKS]\nT 1 3 2 4 0", "town.inp:2:11: the diameter of a tank is 0; expected a diameter "
                                 "or a volume curve"},
        {"[TANKS]\nT 1 3 2 4 5 0 C\n[CURVES]\nC 0 5\nC 4 1",
         "town.inp:2:15: the volume of curve 'C' falls; expected a tank that holds more the higher "
         "it stands"},
        {"[CURVES]\nC 5 1\nC 4 2",
         "town.inp:2: curve 'C' is none; expected points of x and y, x rising"},
        {NODES "[PIPES]\nP A Lak 1 1 1\n" ROWS,
         "town.inp:12:5: there is no node 'Lak' (nearest: 'Lake')"},
        {NODES "[PIPES]\nP A Lake\n" ROWS,
         "town.inp:12: this line ends too early; expected: id, node, node, length, diameter, "
         "roughness, minor loss, status"},
        {NODES "[PIPES]\nP A A 1 1 1\n" ROWS, "town.inp:12:5: 'P' leads from 'A' to itself"},
        {NODES "[PUMPS]\nP A B SPEED 1\n" ROWS,
         "town.inp:12:1: pump 'P' has neither a curve nor a power; "
         "expected HEAD and a curve, or POWER"},
        {NODES "[PUMPS]\nP A B HAED 1\n" ROWS,
         "town.inp:12:7: a pump has no 'HAED'; expected HEAD and a "
         "curve, POWER, SPEED or PATTERN"},
        {NODES "[VALVES]\nV A B 5 XYZ 1 0\n" ROWS,
         "town.inp:12:9: there is no type of valve 'XYZ'; "
         "expected PRV, PSV, PBV, FCV, TCV, GPV or PCV"},
        {NODES LINKS ROWS "[CONTROLS]\nLINK PX OPEN IF NODE Tower BELOW 4",
         "town.inp:26:6: there is no link 'PX' (nearest: 'P1')"},
        {NODES LINKS ROWS "[CONTROLS]\nLINK PU OPEN IF NODE Tower UNDER 4",
         "town.inp:26:28: found 'UNDER'; expected ABOVE or BELOW"},
        {NODES LINKS ROWS "[CONTROLS]\nLINK PU OPEN AT TIME noon",
         "town.inp:26:22: found the time 'noon'; expected one like 1:30, 90 MIN, 1.5 or 6:30 AM"},
        {NODES LINKS ROWS "[STATUS]\nPU shut",
         "town.inp:26:4: the status is 'shut'; expected Open, Closed, Active or a number"},
        {NODES "[OPTIONS]\nUNITS GBM\n" ROWS,
         "town.inp:12:7: there is no unit of flow 'GBM' (nearest: "
         "'GPM'); expected CFS, GPM, MGD, IMGD, AFD, LPS, LPM, MLD, "
         "CMH, CMD or CMS"},
        {NODES "[TIMES]\nPattern Timestep 0\n" ROWS,
         "town.inp:12:18: the step of patterns is 0; expected "
         "a time"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct import import = import_text(rows[i].text);
        char line[1000];
        assert_string_equal(told(&import, 0, line), rows[i].told);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_count(import.problems, TOC_ERROR), 1);
        assert_null(import.result.topology);
        finish(&import);
    }
}

static void what_a_topology_cannot_say_is_told_with_its_number(void **state) {
    struct import import =
        import_text(NODES LINKS ROWS
                    "[EMITTERS]\nA 0.5\nB 0.5\n[RULES]\nRULE 1\nIF TANK Tower LEVEL < 2\nAND "
                    "SYSTEM TIME > 5\nTHEN PUMP PU STATUS = OPEN\nPRIORITY 3\nRULE 2\nIF TANK "
                    "Tower LEVEL ABOVE 3\nTHEN PUMP PU STATUS IS CLOSED\n[CONTROLS]\nLINK V 40 "
                    "IF NODE Tower BELOW 2\nLINK PU OPEN IF NODE A BELOW 20\n[DEMANDS]\nTower "
                    "5\n[QUALITY]\nA 0.5\n");
    char line[1000];
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(told(&import, 0, line),
                        "town.inp: warning: section [EMITTERS] is left out: a topology says "
                        "nothing of outflow that depends on pressure (lines: 2)");
    assert_string_equal(told(&import, 1, line), "town.inp: warning: rules that say more than a "
                                                "tank's level or a time are left out: 1");
    assert_string_equal(told(&import, 2, line),
                        "town.inp: warning: controls by pressure, or that change a valve's "
                        "setting, are left out: 2");
    assert_string_equal(told(&import, 3, line), "town.inp: warning: demands at nodes that are no "
                                                "junctions are left out: 1");
    finish(&import);
}

static void people_are_estimated_only_where_that_is_wished(void **state) {
    /* 5 L/s by a pattern of 1 and 2, at 150 L a day for each */
    static const char text[] = NODES LINKS ROWS "[OPTIONS]\nUNITS LPS\n";
    toc_formats_source source = {text, sizeof text - 1, "town.inp"};
    toc_formats_wish wish = {.sources = &source, .count = 1, .litres_a_day = 150};
    struct import none = import_text(text), some = {TOC_OK, {.topology = NULL}, NULL};
    (void)state;
    some.problems = toc_problems_create();
    some.status = toc_formats_import_wished("epanet", &wish, some.problems, &some.result);
    assert_int_equal(some.status, TOC_OK);
    assert_int_equal(asset(&none, "A")->people, 0);
    assert_int_equal(asset(&some, "A")->people, 4320);
    assert_int_equal(asset(&some, "B")->people, 4320);
    finish(&none);
    finish(&some);
}

static void text_that_a_terminal_would_obey_is_harmless(void **state) {
    struct import import =
        import_text("[TITLE]\nA\x1B[31mB\xE2\x80\xAE\n[JUNCTIONS]\nx\x07y 1\n"
                    "\xFF\xFE 2\n[RESERVOIRS]\nr 5\n[PIPES]\n\xE2\x80\xAE x\x07y r "
                    "1 1 1\n");
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    toc_formats_write_topology(import.result.topology, &buffer);
    for (size_t i = 0; i < buffer.size; i++) {
        assert_true((unsigned char)buffer.bytes[i] >= 32 || buffer.bytes[i] == '\n');
    }
    assert_null(strstr(buffer.bytes, "\xE2\x80\xAE"));
    toc_formats_buffer_finish(&buffer);
    finish(&import);
    import = import_text("[JUNCTIONS]\nA 1 1 p\x1B[2J\n");
    char line[1000];
    assert_null(strchr(told(&import, 0, line), '\x1B'));
    finish(&import);
}

static void a_line_of_a_megabyte_and_endless_words_are_refused(void **state) {
    size_t size = 1 << 20;
    char *text = calloc(1, size + 100);
    struct import import;
    char line[1000];
    (void)state;
    (void)snprintf(text, 100, "[JUNCTIONS]\nA ");
    memset(text + strlen(text), '7', size);
    import = import_text(text);
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_true(strlen(told(&import, 0, line)) < 200);
    finish(&import);
    (void)memset(text, 0, size);
    (void)snprintf(text, 100, "[PATTERNS]\nA ");
    for (size_t i = strlen(text); i + 1 < size; i += 2) {
        (void)memcpy(text + i, "1 ", 2);
    }
    import = import_text(text);
    assert_string_equal(told(&import, 0, line),
                        "town.inp:2:257: this line has more than 128 words");
    finish(&import);
    free(text);
    import = import_bytes("[JUNCTIONS]\n\0\n", 14, "town.inp");
    assert_string_equal(told(&import, 0, line),
                        "town.inp: is no text file; expected a network file of EPANET (.inp)");
    finish(&import);
}

static void real_networks_are_read_whole(void **state) {
    static const struct {
        const char *file, *units;
        uint32_t junctions, tanks, pipes, pumps, valves, controls;
    } rows[] = {{"water-epanet/Net1.inp", "GPM", 9, 1, 12, 1, 0, 2},
                {"water-epanet/Net3.inp", "GPM", 92, 3, 117, 2, 0, 6},
                {"water-cyberphysical/ctown_map.inp", "LPS", 388, 7, 429, 11, 4, 20}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        toc_formats_buffer buffer = {NULL, 0, 0};
        toc_problems *problems = toc_problems_create();
        struct import import;
        if (support_data(rows[i].file) == NULL) {
            toc_problems_destroy(problems);
            skip();
        }
        assert_int_equal(toc_formats_load(support_data(rows[i].file), problems, &buffer), TOC_OK);
        toc_problems_destroy(problems);
        import = import_bytes(buffer.bytes, buffer.size, rows[i].file);
        assert_int_equal(import.status, TOC_OK);
        assert_string_equal(import.result.units, rows[i].units);
        assert_int_equal(part(&import, "junctions"), rows[i].junctions);
        assert_int_equal(part(&import, "tanks"), rows[i].tanks);
        assert_int_equal(part(&import, "pipes"), rows[i].pipes);
        assert_int_equal(part(&import, "pumps"), rows[i].pumps);
        assert_int_equal(part(&import, "valves"), rows[i].valves);
        assert_int_equal(part(&import, "controls"), rows[i].controls);
        finish(&import);
        toc_formats_buffer_finish(&buffer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_pipes_pumps_and_valves_become_assets_and_links),
        cmocka_unit_test(demands_are_base_times_multiplier_and_follow_their_pattern),
        cmocka_unit_test(tanks_hold_between_their_levels_what_the_file_says),
        cmocka_unit_test(a_pump_gives_what_its_curve_gives_at_the_lift),
        cmocka_unit_test(controls_and_plain_rules_switch_by_level_and_time),
        cmocka_unit_test(one_way_is_what_pumps_check_valves_and_pressure_valves_are),
        cmocka_unit_test(links_carry_their_kind_where_a_node_has_their_id),
        cmocka_unit_test(sections_are_known_by_their_first_letters_in_any_order),
        cmocka_unit_test(mistakes_are_told_with_their_place_and_the_nearest_name),
        cmocka_unit_test(what_a_topology_cannot_say_is_told_with_its_number),
        cmocka_unit_test(people_are_estimated_only_where_that_is_wished),
        cmocka_unit_test(text_that_a_terminal_would_obey_is_harmless),
        cmocka_unit_test(a_line_of_a_megabyte_and_endless_words_are_refused),
        cmocka_unit_test(real_networks_are_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
