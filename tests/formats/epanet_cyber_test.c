#include "imported.h"

#include <stdio.h>
#include <string.h>

#define TOWN                                                                                       \
    "[JUNCTIONS]\n A 10 5\n B 12 7\n[RESERVOIRS]\n Lake 40\n[TANKS]\n Tower 50 2 1 6 10 0\n"       \
    " Attic 70 1 0 3 5 0\n[PIPES]\n P1 A Tower 100 150 100\n P2 B Attic 1 1 1\n"                   \
    "[PUMPS]\n PU Lake A HEAD 1\n[VALVES]\n V A B 12 TCV 0 0\n[CURVES]\n 1 40 60\n"                \
    "[CONTROLS]\nLINK PU OPEN IF NODE Tower BELOW 2\nLINK PU CLOSED IF NODE Tower ABOVE 5\n"       \
    "[OPTIONS]\nUNITS LPS\n[COORDINATES]\nA 0 0\nTower 0 100\nLake 10 0\n"
#define NODES                                                                                      \
    "[CYBERNODES]\n; Name, Sensors, Actuators\n PLC1, F_PU P_A, PU\n PLC2, P_Tower,\n"             \
    " PLC3, P_Attic, V\n; SCADA\n"
#define LINKS "[CYBERLINKS]\nPLC1, SCADA, F_PU P_A\nPLC2, SCADA, P_Tower\nPLC2, PLC1, P_Tower\n"

static struct import import_cyber(const char *cyber) {
    struct import import = {TOC_OK, {.topology = NULL}, toc_problems_create()};
    toc_formats_source town = {TOWN, sizeof TOWN - 1, "town.inp"};
    toc_formats_source said = {cyber, strlen(cyber), "town.cpa"};
    toc_formats_wish wish = {.sources = &town, .count = 1, .cyber = &said};
    import.status = toc_formats_import_wished("epanet", &wish, import.problems, &import.result);
    return import;
}

static const char *told(const struct import *import, size_t index, char line[1000]) {
    line[0] = '\0';
    if (index < toc_problems_kept(import->problems)) {
        (void)toc_problems_print(toc_problems_at(import->problems, index), line, 1000);
    }
    return line;
}

static const toc_asset *asset(const struct import *import, const char *id) {
    uint32_t element = toc_topology_find_element(import->result.topology, id);
    if (element >= import->result.topology->asset_count) {
        fail_msg("no asset %s", id);
    }
    return &import->result.topology->assets[element];
}

static void controllers_become_zones_with_what_they_sense_and_switch(void **state) {
    struct import import = import_cyber(NODES LINKS);
    const toc_topology *t = import.result.topology;
    char line[1000];
    (void)state;
    assert_true(strstr(told(&import, 0, line), "warning: pressure is left out") != NULL);
    assert_int_equal(toc_problems_kept(import.problems), 1);
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->zone_count, 4);
    assert_int_equal(t->conduit_count, 3);
    assert_int_equal(asset(&import, "PLC1")->kind, TOC_ASSET_PLC);
    assert_int_equal(asset(&import, "SCADA")->kind, TOC_ASSET_CONTROL_SERVER);
    assert_string_equal(t->zones[asset(&import, "Tower")->zone].id, "PLC2");
    assert_string_equal(t->zones[asset(&import, "PU")->zone].id, "PLC1");
    assert_int_equal(t->zones[asset(&import, "SCADA")->zone].level, 2);
    assert_int_equal(asset(&import, "B")->zone, TOC_INDEX_NONE);
    /* nobody sees or switches the pump from afar without its controller */
    assert_int_equal(t->needs[asset(&import, "PU")->first_need].purpose, TOC_NEED_CONTROL);
    assert_true(toc_topology_find_element(t, "PLC2-PLC1") != TOC_INDEX_NONE);
    /* it decides by what it is told of the tower over that link */
    assert_int_equal(t->control_count, 2);
    assert_string_equal(toc_topology_element_id(t, t->controls[0].by), "PLC1");
    assert_string_equal(toc_topology_element_id(t, t->controls[0].through), "PLC2-PLC1");
    assert_true(t->tanks[0].overflows);
    assert_true(toc_topology_find_element(t, "Tower-PLC2") != TOC_INDEX_NONE);
    assert_true(toc_topology_find_element(t, "Attic-PLC3") != TOC_INDEX_NONE);
    assert_true(asset(&import, "PLC1")->placed && !asset(&import, "SCADA")->placed);
    finish(&import);
}

static void mistakes_are_told_with_their_place_and_the_nearest_name(void **state) {
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "town.cpa: has no [CYBERNODES]; expected a file of cyber-physical attacks (.cpa)"},
        {"PLC1, P_A,", "town.cpa:1:1: this line stands in no section; expected [CYBERNODES], "
                       "[CYBERLINKS], [CYBERATTACKS] or [CYBEROPTIONS]"},
        {"[CYBERNODE]\nPLC1, P_A,",
         "town.cpa:2:1: this line stands in [CYBERNODE] (nearest: [CYBERNODES]); expected "
         "[CYBERNODES], [CYBERLINKS], [CYBERATTACKS] or [CYBEROPTIONS]"},
        {"[CYBERNODES]\nPLC1, P_Towr,", "town.cpa:2:7: there is no node 'Towr' (nearest: 'Tower')"},
        {"[CYBERNODES]\nPLC1, X_Tower,", "town.cpa:2:7: 'X_Tower' is no reading; expected P_ "
                                         "(level or pressure), F_ (flow) or S_ (state) before the "
                                         "name"},
        {"[CYBERNODES]\nPLC1, P_A, PV", "town.cpa:2:12: there is no link 'PV' (nearest: 'P1')"},
        {"[CYBERNODES]\nPLC1, P_A, PU\nPLC2, , PU",
         "town.cpa:3:9: 'PU' is switched by another controller already; expected one for each"},
        {NODES "PLC1, ,", "town.cpa:7:1: 'PLC1' stands here again; expected every controller once"},
        {NODES "[CYBERLINKS]\nPLC1, PLC9, P_A",
         "town.cpa:8:7: there is no controller 'PLC9' (nearest: 'PLC1')"},
        {NODES "[CYBERLINKS]\nPLC1, PLC1, P_A",
         "town.cpa:8:7: 'PLC1' tells itself; expected two controllers"},
        {NODES LINKS "[CYBERATTACKS]\nComunication, PLC2-P_Tower-PLC1, TIME==1, TIME==2, DoS",
         "town.cpa:12:1: there is no attack of type 'Comunication' (nearest: 'Communication'); "
         "expected Communication, Sensor, Actuator or Control"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC1-P_Tower-PLC2, TIME==1, TIME==2, DoS",
         "town.cpa:12:16: no link carries 'P_Tower' that way; expected one of [CYBERLINKS], or "
         "NULL and the controller that senses it"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, P_Tower, TIME==1, TIME==2, DoS",
         "town.cpa:12:16: the target is 'P_Tower'; expected SENDER-READING-RECEIVER"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, TIME=1, TIME==2, DoS",
         "town.cpa:12:35: found '=' in a condition; expected ==, <, >, <= or >="},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, noon, TIME==2, DoS",
         "town.cpa:12:35: the condition 'noon' is none; expected one like TIME==10 or PU2>0"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, (PX>1)&&(TIME>2), "
                     "TIME==2, DoS",
         "town.cpa:12:35: there is no node or link 'PX'"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, TIME==1||PU>0, TIME==2, "
                     "DoS",
         "town.cpa:12:35: found '||'; expected conditions joined by &&: write one attack for each"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, TIME==1, TIME==2, jam",
         "town.cpa:12:53: there is no way to tamper with readings 'jam'; expected DoS, constant, "
         "offset or replay"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1, TIME==1, TIME==2, "
                     "constant high",
         "town.cpa:12:53: constant is 'high'; expected a number"},
        {NODES LINKS "[CYBERATTACKS]\nCommunication, PLC2-P_Tower-PLC1",
         "town.cpa:12: this line ends too early; expected: type, target, condition to begin, "
         "condition to end, arguments"},
        {NODES LINKS "[CYBERATTACKS]\nControl, CTRL3n, TIME==1, TIME==2, 1",
         "town.cpa:12:10: the target is 'CTRL3n'; expected CTRL, the number of a control by a "
         "tank's level (up to 2) and n"},
        {NODES "[CYBEROPTIONS]\ninitial_conditions, 2 2 2",
         "town.cpa:8:21: there are more initial levels than tanks; expected 2"},
        {NODES "[CYBEROPTIONS]\ninitial_conditions, 4",
         "town.cpa:8:21: the initial level '4' is none of tank 'Attic'; expected one from 0 to 3"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct import import = import_cyber(rows[i].text);
        char line[1000];
        assert_string_equal(told(&import, 0, line), rows[i].told);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_count(import.problems, TOC_ERROR), 1);
        assert_null(import.result.topology);
        finish(&import);
    }
}

static void formats_that_know_no_controllers_refuse_them(void **state) {
    toc_formats_source graph = {"<graphml/>", 10, "a.graphml"};
    toc_formats_wish wish = {.sources = &graph, .count = 1, .cyber = &graph};
    struct import import = {TOC_OK, {.topology = NULL}, toc_problems_create()};
    (void)state;
    assert_int_equal(toc_formats_import_wished("graphml", &wish, import.problems, &import.result),
                     TOC_BAD_USAGE);
    finish(&import);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controllers_become_zones_with_what_they_sense_and_switch),
        cmocka_unit_test(mistakes_are_told_with_their_place_and_the_nearest_name),
        cmocka_unit_test(formats_that_know_no_controllers_refuse_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
