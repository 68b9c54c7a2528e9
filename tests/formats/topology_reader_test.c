#include "support/support.h"

#include "model/builder.h"
#include "tocsin/formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPEN  "<topology xmlns=\"urn:tocsin:topology:1\" name=\"River City\">\n"
#define CLOSE "</topology>\n"

/* Operators, zones and assets that most of the tests lean on. */
#define TOWN                                                                                       \
    "<operator id=\"gridco\" name=\"Grid Company\" sector=\"power\" cii=\"yes\"/>\n"               \
    "<zone id=\"grid-ot\" operator=\"gridco\" level=\"2\" target=\"SL3\"/>\n"                      \
    "<asset id=\"ss-12\" kind=\"substation\" operator=\"gridco\" zone=\"grid-ot\"/>\n"             \
    "<asset id=\"rtu-12\" kind=\"rtu\" operator=\"gridco\" zone=\"grid-ot\"/>\n"

struct reading {
    toc_status status;
    toc_topology *topology;
    toc_problems *problems;
};

static struct reading read_text(const char *text) {
    struct reading reading = {TOC_OK, NULL, toc_problems_create()};
    reading.status = toc_formats_read_topology(text, strlen(text), "town.xml", reading.problems,
                                               &reading.topology);
    return reading;
}

static void finish(struct reading *reading) {
    toc_topology_destroy(reading->topology);
    toc_problems_destroy(reading->problems);
}

/* Reads a good file or fails with its first problem. */
static toc_topology *read_good(const char *text) {
    struct reading reading = read_text(text);
    toc_topology *topology = reading.topology;
    if (reading.status != TOC_OK) {
        char line[1000];
        (void)toc_problems_print(toc_problems_at(reading.problems, 0), line, sizeof line);
        fail_msg("%s", line);
    }
    reading.topology = NULL;
    finish(&reading);
    return topology;
}

/* The file must be refused with exactly these lines. */
static void assert_refused(const char *text, const char *const *lines, size_t count) {
    struct reading reading = read_text(text);
    char line[1000];
    assert_int_equal(reading.status, TOC_BAD_INPUT);
    assert_null(reading.topology);
    for (size_t i = 0; i < count && i < toc_problems_kept(reading.problems); i++) {
        (void)toc_problems_print(toc_problems_at(reading.problems, i), line, sizeof line);
        assert_string_equal(line, lines[i]);
    }
    assert_int_equal(toc_problems_count(reading.problems, TOC_ERROR), count);
    finish(&reading);
}

#define REFUSED(text, ...)                                                                         \
    do {                                                                                           \
        const char *const lines[] = {__VA_ARGS__};                                                 \
        assert_refused(text, lines, sizeof lines / sizeof lines[0]);                               \
    } while (0)

static void every_word_of_the_file_reaches_the_topology(void **state) {
    toc_topology *t = read_good(
        OPEN
        "<operator id=\"gridco\" name=\"Grid Company\" sector=\"power\" cii=\"yes\"/>"
        "<operator id=\"telco\"/>"
        "<zone id=\"grid-it\" name=\"Office\" operator=\"gridco\" level=\"4\"/>"
        "<zone id=\"grid-ot\" operator=\"gridco\" level=\"2\" target=\"SL3\"/>"
        "<conduit from=\"grid-it\" to=\"grid-ot\"><allow service=\"rdp\" to=\"jump-1\"/>"
        "<allow service=\"ntp\"/></conduit>"
        "<asset id=\"ss-12\" name=\"North\" kind=\"substation\" operator=\"gridco\" "
        "zone=\"grid-ot\" x=\"31.2\" y=\"-12.0\" people=\"22500\" start=\"90s\">"
        "<provides service=\"power\" capacity=\"120\" unit=\"MW\"/>"
        "<provides service=\"heat\" capacity=\"5\" demand=\"2.5\" unit=\"MW\"/>"
        "<needs any=\"feeder-3 feeder-7\"/>"
        "<needs at-least=\"2\" of=\"feeder-3 feeder-7 l-1\" for=\"start\"/>"
        "<needs service=\"control\" from=\"rtu-12\" else=\"manual\" after=\"20min\"/>"
        "<buffer kind=\"battery\" holds=\"8h\" refill=\"2h\" feeds=\"rtu-12\"/>"
        "<weakness id=\"default-credentials\" technique=\"T0812\" ease=\"0.6\"/>"
        "<work job=\"switch\" median=\"1h30min\" spread=\"0.25\"/></asset>"
        "<asset id=\"feeder-3\" kind=\"feeder\"/><asset id=\"feeder-7\" kind=\"feeder\"/>"
        "<asset id=\"rtu-12\" kind=\"rtu\"><needs all=\"ss-12\"/></asset>"
        "<asset id=\"jump-1\" kind=\"jump-host\" zone=\"grid-ot\"/>"
        "<asset id=\"ss-14\" kind=\"substation\"/><asset id=\"depot-e\" kind=\"depot\" x=\"0\" "
        "y=\"0\"/>"
        "<link id=\"l-1\" from=\"ss-12\" to=\"ss-14\" kind=\"line\" reactance=\"0.0586\" "
        "rating=\"175MW\"/>"
        "<crew id=\"gc-east\" name=\"East\" operator=\"gridco\" skills=\"switching repair\" "
        "base=\"depot-e\" size=\"4\" speed=\"55km/h\"/>" CLOSE);
    const toc_asset *ss = &t->assets[toc_topology_find_element(t, "ss-12")];
    (void)state;
    assert_string_equal(t->name, "River City");
    assert_true(t->operators[0].cii);
    assert_false(t->operators[1].cii);
    assert_string_equal(t->operators[1].name, "telco");
    assert_int_equal(t->zones[1].level, 2);
    assert_int_equal(t->zones[1].target, 3);
    assert_string_equal(t->zones[0].name, "Office");
    assert_int_equal(t->conduits[0].rule_count, 2);
    assert_int_equal(t->rules[0].to_asset, toc_topology_find_element(t, "jump-1"));
    assert_int_equal(t->rules[1].to_asset, TOC_INDEX_NONE);
    assert_string_equal(ss->name, "North");
    assert_int_equal(ss->kind, TOC_ASSET_SUBSTATION);
    assert_int_equal(ss->x_m, 31200);
    assert_int_equal(ss->y_m, -12000);
    assert_true(ss->placed);
    assert_int_equal(ss->people, 22500);
    assert_int_equal(ss->start_takes, 90 * TOC_SECOND);
    assert_int_equal(t->provisions[ss->first_provision].capacity, 120000000);
    assert_int_equal(t->provisions[ss->first_provision].demand, 120000000);
    assert_int_equal(t->provisions[ss->first_provision + 1].demand, 2500000);
    assert_int_equal(t->needs[ss->first_need].rule, TOC_NEED_ANY);
    assert_int_equal(t->needs[ss->first_need].purpose, TOC_NEED_RUN);
    assert_int_equal(t->needs[ss->first_need].fallback_after, TOC_NEVER);
    assert_int_equal(t->needs[ss->first_need + 1].at_least, 2);
    assert_int_equal(t->needs[ss->first_need + 1].purpose, TOC_NEED_START);
    assert_int_equal(t->needs[ss->first_need + 1].source_count, 3);
    assert_int_equal(t->needs[ss->first_need + 2].purpose, TOC_NEED_CONTROL);
    assert_int_equal(t->needs[ss->first_need + 2].fallback_after, 20 * TOC_MINUTE);
    assert_int_equal(t->buffers[0].holds, 8 * TOC_HOUR);
    assert_int_equal(t->buffers[0].refill, 2 * TOC_HOUR);
    assert_string_equal(t->weaknesses[0].technique, "T0812");
    assert_int_equal(t->weaknesses[0].ease_ppm, 600000);
    assert_string_equal(t->works[0].job, "switch");
    assert_int_equal(t->works[0].median, 90 * TOC_MINUTE);
    assert_int_equal(t->works[0].spread_ppm, 250000);
    assert_true(t->links[0].reactance > 0.0585999 && t->links[0].reactance < 0.0586001);
    assert_int_equal(t->links[0].rating, 175000000);
    assert_int_equal(t->crews[0].size, 4);
    assert_int_equal(t->crews[0].speed_m_per_hour, 55000);
    assert_string_equal(t->crews[0].skills, "switching repair");
    assert_int_equal(t->crews[0].base, toc_topology_find_element(t, "depot-e"));
    toc_topology_destroy(t);
}

static void a_capacity_or_a_demand_alone_stands_for_both(void **state) {
    toc_topology *t =
        read_good(OPEN "<asset id=\"a\" kind=\"city-district\">"
                       "<provides service=\"power\" demand=\"30\" unit=\"MW\"/></asset>" CLOSE);
    (void)state;
    assert_int_equal(t->provisions[0].capacity, 30000000);
    assert_int_equal(t->provisions[0].demand, 30000000);
    toc_topology_destroy(t);
}

static void a_grid_is_read_to_the_milliwatt(void **state) {
    toc_topology *t = read_good(
        OPEN
        "<asset id=\"b\" kind=\"bus\"><bus reference=\"yes\" angle=\"4.5\" shunt=\"2MW\"/></asset>"
        "<asset id=\"c\" kind=\"bus\"/>"
        "<asset id=\"u\" kind=\"generator\" off=\"yes\">"
        "<generates output=\"72.300000001MW\" most=\"0.25GW\" into=\"b\"/></asset>"
        "<asset id=\"v\" kind=\"generator\"><generates output=\"5kW\"/></asset>"
        "<link id=\"t\" from=\"b\" to=\"c\" kind=\"transformer\" reactance=\"0.2\" "
        "ratio=\"0.978\" shift=\"-5\" off=\"yes\"/>" CLOSE);
    (void)state;
    assert_true(t->buses[0].reference);
    assert_true(t->buses[0].angle_deg == 4.5);
    assert_int_equal(t->buses[0].shunt, 2000000);
    assert_true(t->assets[2].off);
    assert_false(t->assets[3].off);
    assert_int_equal(t->generations[0].output_milli, INT64_C(72300000001));
    assert_int_equal(t->generations[0].most_milli, INT64_C(250000000000));
    assert_int_equal(t->generations[0].bus, 0);
    assert_int_equal(t->generations[1].most_milli, 5000000);
    assert_int_equal(t->generations[1].bus, 3);
    assert_true(t->links[0].off);
    assert_true(t->taps[0].ratio == 0.978 && t->taps[0].shift_deg == -5);
    toc_topology_destroy(t);
}

static void misspelt_words_are_told_with_place_and_nearest(void **state) {
    (void)state;
    REFUSED(OPEN
            "<assett id=\"a\" kind=\"rtu\"/>\n  <asset id=\"b\" kind=\"rtuu\" zon=\"z\"/>" CLOSE,
            "town.xml:2:1: found <assett> in <topology>, expected operator, zone, phase, conduit, "
            "asset, link, traffic, pattern, control, sensor, analysts, crew, stock or vendor "
            "(nearest: 'asset')",
            "town.xml:3:29: <asset> has no attribute 'zon' (nearest: 'zone')",
            "town.xml:3:17: <asset kind=\"rtuu\">: expected a kind of asset, like 'substation' "
            "(nearest: 'rtu')");
}

static void a_missing_id_is_told_and_its_parts_are_still_read(void **state) {
    (void)state;
    REFUSED(OPEN "<asset kind=\"rtu\">\n<needs all=\"x\"/>\n<weakness id=\"w\" ease=\"2\"/>\n"
                 "<work median=\"1h\"/></asset>" CLOSE,
            "town.xml:2:1: <asset> lacks its 'id'",
            "town.xml:4:18: <weakness ease=\"2\">: expected a number between 0 and 1",
            "town.xml:5:1: <work> lacks its 'job'",
            "town.xml:3:1: 'asset-at-2:1' refers to 'x', which is not there");
}

static void numbers_and_units_are_checked(void **state) {
    (void)state;
    REFUSED(
        OPEN TOWN "<asset id=\"p\" kind=\"pump\" operator=\"gridco\" people=\"-3\" start=\"5\">\n"
                  "<provides service=\"water\" capacity=\"-5\" unit=\"m3/h\"/>\n"
                  "<provides service=\"power\" capacity=\"1e\" unit=\"Mw\"/>\n"
                  "<provides service=\"x\" unit=\"MW\"/></asset>\n"
                  "<link from=\"ss-12\" to=\"rtu-12\" kind=\"line\" rating=\"10 m3/h\"/>\n"
                  "<link from=\"ss-12\" to=\"rtu-12\" kind=\"lyne\" reactance=\"0x10\"/>\n" CLOSE,
        "town.xml:6:45: <asset people=\"-3\">: expected a whole number from 0 to 4294967295",
        "town.xml:6:57: <asset start=\"5\">: expected a time like '8h', '20min' or '1h30min'",
        "town.xml:7:27: <provides capacity=\"-5\">: expected a number that is not negative",
        "town.xml:8:41: <provides unit=\"Mw\">: expected a unit, like 'MW', 'm3/h' or 'people' "
        "(nearest: 'MW')",
        "town.xml:8:27: <provides capacity=\"1e\">: expected a number that fits",
        "town.xml:9:1: <provides> has neither 'capacity' nor 'demand'",
        "town.xml:10:44: <link rating=\"10 m3/h\">: expected a number and a unit of power, like "
        "'175MW'",
        "town.xml:11:32: <link kind=\"lyne\">: expected line, transformer, data, pipe, road or "
        "rail (nearest: 'line')",
        "town.xml:11:44: <link reactance=\"0x10\">: expected a number");
}

static void only_a_road_has_a_length_and_a_speed(void **state) {
    (void)state;
    REFUSED(OPEN TOWN
            "<link from=\"ss-12\" to=\"rtu-12\" kind=\"road\" length=\"5 W\" speed=\"0km/h\"/>\n"
            "<link id=\"l\" from=\"ss-12\" to=\"rtu-12\" kind=\"rail\" speed=\"90km/h\"/>\n"
            "<link id=\"r\" from=\"ss-12\" to=\"rtu-12\" kind=\"road\" length=\"3e6km\"/>" CLOSE,
            "town.xml:6:44: <link length=\"5 W\">: expected a number and a unit of length, like "
            "'12km'",
            "town.xml:6:57: <link speed=\"0km/h\">: expected a speed above 0, like 80km/h",
            "town.xml:7:1: link 'l' has a speed, which only a road has",
            "town.xml:8:1: road 'r' has no usable length");
}

static void parts_lie_where_somebody_owns_them_and_vendors_say_what_they_do(void **state) {
    (void)state;
    REFUSED(OPEN TOWN "<stock at=\"ss-13\" part=\"fuse\"/>\n"
                      "<stock at=\"ss-12\" part=\"big fuse\" count=\"-1\"/>\n"
                      "<vendor id=\"a\"/>\n"
                      "<vendor id=\"b\" skills=\"repair\" parts=\"fuse\"/>" CLOSE,
            "town.xml:7:35: <stock count=\"-1\">: expected a whole number from 0 to 1000000",
            "town.xml:7:19: <stock part=\"big fuse\">: expected the name of one part, without "
            "blanks",
            "town.xml:6:1: 'fuse' refers to 'ss-13', which is not there (nearest: 'ss-12')",
            "town.xml:8:1: vendor 'a' has neither skills nor parts",
            "town.xml:9:1: vendor 'b' has one of 'parts' and 'delivers'; expected both: "
            "parts=\"transformer\" delivers=\"36h\"",
            "town.xml:9:1: vendor 'b' has one of 'skills' and 'comes'; expected both: "
            "skills=\"electronics\" comes=\"4h\"");
}

static void a_crew_that_hands_over_works_in_shifts(void **state) {
    (void)state;
    REFUSED(OPEN TOWN "<crew id=\"a\" operator=\"gridco\" skills=\"repair\" base=\"ss-12\" "
                      "handover=\"1h\"/>\n"
                      "<crew id=\"b\" operator=\"gridco\" skills=\"repair\" base=\"ss-12\" "
                      "shift=\"0h\"/>" CLOSE,
            "town.xml:6:1: <crew> has 'handover' without 'shift'; expected both: shift=\"8h\" "
            "handover=\"30min\"",
            "town.xml:7:61: <crew shift=\"0h\">: expected a time above 0, like 8h");
}

static void a_need_says_its_sources_in_exactly_one_way(void **state) {
    (void)state;
    REFUSED(OPEN TOWN "<asset id=\"a\" kind=\"rtu\">\n<needs/>\n"
                      "<needs all=\"ss-12\" any=\"rtu-12\"/>\n<needs of=\"ss-12 rtu-12\"/>\n"
                      "<needs all=\"ss-12\" else=\"magic\"/>\n"
                      "<needs all=\"ss-12\" for=\"fun\"/></asset>" CLOSE,
            "town.xml:7:1: <needs> names no source; expected one of 'all', 'any', 'at-least' with "
            "'of', or 'from'",
            "town.xml:8:1: <needs> names sources in more than one way; expected one of 'all', "
            "'any', 'at-least' with 'of', or 'from'",
            "town.xml:9:1: <needs> has one of 'at-least' and 'of'; expected both",
            "town.xml:10:1: <needs> has one of 'else' and 'after'; expected both: else=\"manual\" "
            "after=\"20min\"",
            "town.xml:10:20: <needs else=\"magic\">: expected manual",
            "town.xml:11:20: <needs for=\"fun\">: expected run, start or control (nearest: 'run')",
            "town.xml:9:1: asset 'a' needs at least 0 sources, which is no need");
}

static void a_failover_is_one_of_several_and_takes_its_time(void **state) {
    (void)state;
    REFUSED(OPEN TOWN "<asset id=\"a\" kind=\"tenant\">\n"
                      "<needs any=\"ss-12 rtu-12\" through=\"ss-14\"/>\n"
                      "<needs any=\"ss-12 rtu-12\" failover=\"0s\"/>\n"
                      "<needs all=\"ss-12 rtu-12\" failover=\"5min\"/>\n"
                      "<needs any=\"ss-12 rtu-12\" failover=\"5min\" through=\"rtu-13\"/>\n"
                      "</asset>" CLOSE,
            "town.xml:7:1: <needs> has 'through' without 'failover'; expected both: "
            "failover=\"5min\" through=\"control-plane\"",
            "town.xml:8:1: <needs> fails over in no time; leave 'failover' out where any source "
            "will do at once",
            "town.xml:9:1: asset 'a' has a failover, which wants 'any' of at least two sources",
            "town.xml:10:1: 'a' refers to 'rtu-13', which is not there (nearest: 'rtu-12')");
}

static void a_sensor_says_how_often_by_a_mean_time_or_a_rate(void **state) {
    static const char town[] =
        OPEN TOWN "<sensor id=\"a\" operator=\"gridco\" covers=\"grid-ot\" dwell=\"0.1/h\" "
                  "false=\"3/d\" techniques=\"T0855 T1059.001\"/>" CLOSE;
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    assert_int_equal(toc_formats_read_topology(town, strlen(town), "town.xml", problems, &topology),
                     TOC_OK);
    assert_int_equal(topology->sensors[0].dwell, 10 * TOC_HOUR);
    assert_int_equal(topology->sensors[0].false_every, 8 * TOC_HOUR);
    assert_string_equal(topology->sensors[0].techniques, "T0855 T1059.001");
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
    REFUSED(
        OPEN TOWN "<sensor id=\"a\" operator=\"gridco\" covers=\"grid-ot\" dwell=\"0/h\" "
                  "false=\"3/year\" techniques=\"T0855,T0812\"/>" CLOSE,
        "town.xml:6:78: <sensor techniques=\"T0855,T0812\">: expected ATT&CK techniques, like "
        "'T0812 T0855'",
        "town.xml:6:51: <sensor dwell=\"0/h\">: expected a rate like '3/d' or '0.1/h', or a time "
        "like '8h'",
        "town.xml:6:63: <sensor false=\"3/year\">: expected a rate like '3/d' or '0.1/h', or a "
        "time like '8h'");
}

static void elements_stand_where_they_belong(void **state) {
    (void)state;
    REFUSED(OPEN TOWN "<needs all=\"ss-12\"/>\n<asset id=\"a\" kind=\"rtu\"><asset id=\"b\" "
                      "kind=\"rtu\"/><needs all=\"ss-12\"><x/></needs>\nhello </asset>" CLOSE,
            "town.xml:6:1: found <needs> in <topology>, expected operator, zone, phase, conduit, "
            "asset, link, traffic, pattern, control, sensor, analysts, crew, stock or vendor",
            "town.xml:7:26: found <asset> in <asset>, expected provides, needs, hosts, buffer, "
            "weakness, "
            "listens, work, generates, bus, supplies, passes or tank (nearest: 'passes')",
            "town.xml:7:71: found <x> in <needs>, which holds no elements",
            "town.xml:7:71: found the text 'hello ' near this element, expected elements only");
}

static void another_root_or_namespace_is_refused(void **state) {
    (void)state;
    REFUSED("<topology name=\"x\"/>", "town.xml:1:1: <topology> is of the namespace '', expected "
                                      "xmlns=\"urn:tocsin:topology:1\"");
    REFUSED("<!-- c -->\n<graphml/>",
            "town.xml:2:1: found <graphml>, expected <topology xmlns=\"urn:tocsin:topology:1\">; "
            "'tocsin import graphml' reads GraphML");
    REFUSED(OPEN "<asset xmlns=\"urn:else\" id=\"a\" kind=\"rtu\"/>" CLOSE,
            "town.xml:2:1: found <asset> of the namespace 'urn:else' in <topology>, expected "
            "elements of 'urn:tocsin:topology:1'");
}

static void broken_markup_is_one_line_with_its_place(void **state) {
    (void)state;
    REFUSED("", "town.xml: is empty; expected a topology");
    REFUSED(OPEN "<asset id=\"a\" kind=\"rtu\">\n</topology>",
            "town.xml:3:12: is not well-formed XML: Opening and ending tag mismatch: asset line 2 "
            "and topology");
    REFUSED(OPEN "<asset id=\"&boom;\" kind=\"rtu\"/>" CLOSE,
            "town.xml:2:18: is not well-formed XML: Entity 'boom' not defined");
}

static void a_document_type_is_refused_before_it_is_read(void **state) {
    (void)state;
    REFUSED(
        "<?xml version=\"1.0\"?>\n<!-- c --> <!DOCTYPE topology [<!ENTITY a \"b\">]>\n" OPEN CLOSE,
        "town.xml:2:12: found a document type declaration (<!DOCTYPE); such files are not read, "
        "because it can define entities and name other files");
    REFUSED("<!DOCTYPE topology>" OPEN CLOSE,
            "town.xml:1:1: found a document type declaration (<!DOCTYPE); such files are not read, "
            "because it can define entities and name other files");
}

static void columns_count_characters_and_lines_stay_exact_past_65535(void **state) {
    size_t lines = 70000;
    char *text = malloc(lines + 400);
    struct reading reading;
    char found[300];
    (void)state;
    assert_non_null(text);
    memcpy(text, OPEN, strlen(OPEN));
    memset(text + strlen(OPEN), '\n', lines);
    (void)strcpy(text + strlen(OPEN) + lines, "<!-- 河城 --><asset id=\"河\" kind=\"x\"/>" CLOSE);
    reading = read_text(text);
    (void)toc_problems_print(toc_problems_at(reading.problems, 0), found, sizeof found);
    assert_string_equal(found, "town.xml:70002:26: <asset kind=\"x\">: expected a kind of asset, "
                               "like 'substation'");
    finish(&reading);
    free(text);
}

static void an_attribute_or_a_nest_beyond_the_limits_is_refused(void **state) {
    char *text = calloc(1, 80000);
    struct reading reading;
    (void)state;
    assert_non_null(text);
    (void)strcpy(text, OPEN "<asset kind=\"rtu\" id=\"");
    memset(text + strlen(text), 'a', 70000);
    (void)strcat(text, "\"/>" CLOSE);
    reading = read_text(text);
    assert_int_equal(reading.status, TOC_BAD_INPUT);
    assert_string_equal(toc_problems_at(reading.problems, 0).text,
                        "an attribute is longer than 64 KB");
    assert_int_equal(toc_problems_at(reading.problems, 0).place.column, 19);
    finish(&reading);
    (void)strcpy(text, OPEN);
    for (int i = 0; i < 70; i++) {
        (void)strcat(text, "<x>");
    }
    reading = read_text(text);
    assert_int_equal(reading.status, TOC_BAD_INPUT);
    assert_string_equal(toc_problems_at(reading.problems, 1).text,
                        "elements are nested deeper than 64");
    finish(&reading);
    free(text);
}

/* What libxml2 writes to standard error while the bytes are read. */
static long noise_of(const char *bytes, size_t size) {
    FILE *noise = tmpfile();
    int saved = dup(STDERR_FILENO);
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    long length;
    (void)dup2(fileno(noise), STDERR_FILENO);
    (void)toc_formats_read_topology(bytes, size, "town.xml", problems, &topology);
    (void)dup2(saved, STDERR_FILENO);
    (void)close(saved);
    (void)fseek(noise, 0, SEEK_END);
    length = ftell(noise);
    (void)fclose(noise);
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
    return length;
}

static void a_broken_encoding_makes_no_noise(void **state) {
    static const char utf16[] = "\xFF\xFE<\0a\0>\0\x00\xDC\x00\xDC";
    static const char unknown[] = "<?xml version='1.0' encoding='klingon'?><a/>";
    static const char wide[] =
        "<?xml version='1.0' encoding='UTF-16'?><topology>\xD8\x00</topology>";
    (void)state;
    assert_int_equal(noise_of(utf16, sizeof utf16 - 1), 0);
    assert_int_equal(noise_of(unknown, sizeof unknown - 1), 0);
    assert_int_equal(noise_of(wide, sizeof wide - 1), 0);
}

static void hostile_files_are_refused_in_one_line_and_in_silence(void **state) {
    static const char *const files[] = {"758588.xml",
                                        "759398.xml",
                                        "attr6.xml",
                                        "ebcdic_566012.xml",
                                        "huge_dtd.xml",
                                        "iso-8859-5.xml",
                                        "isolat1",
                                        "lol_classic.xml",
                                        "lol_eg.xml",
                                        "lol_ig_content.xml",
                                        "lol_long_value.xml",
                                        "lol_param.xml",
                                        "quadratic-defattr.xml",
                                        "truncated-utf16.xml",
                                        "utf16bebom.xml",
                                        "utf16lebom.xml",
                                        "utf8-1.xml",
                                        "utf8-2.xml",
                                        "utf8bom.xml"};
    FILE *silence = tmpfile();
    int saved = dup(STDERR_FILENO);
    size_t refused = 0;
    (void)state;
    if (support_data("nasty-xml/lol_classic.xml") == NULL) {
        (void)fclose(silence);
        skip();
    }
    (void)dup2(fileno(silence), STDERR_FILENO);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[100];
        toc_problems *problems = toc_problems_create();
        toc_topology *topology = NULL;
        (void)snprintf(name, sizeof name, "nasty-xml/%s", files[i]);
        if (toc_formats_load_topology(support_data(name), problems, &topology) == TOC_BAD_INPUT &&
            topology == NULL && toc_problems_count(problems, TOC_ERROR) == 1) {
            refused++;
        }
        toc_problems_destroy(problems);
    }
    (void)dup2(saved, STDERR_FILENO);
    (void)close(saved);
    assert_int_equal(refused, sizeof files / sizeof files[0]);
    assert_int_equal(fseek(silence, 0, SEEK_END), 0);
    assert_int_equal(ftell(silence), 0);
    (void)fclose(silence);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_the_file_reaches_the_topology),
        cmocka_unit_test(a_capacity_or_a_demand_alone_stands_for_both),
        cmocka_unit_test(a_grid_is_read_to_the_milliwatt),
        cmocka_unit_test(misspelt_words_are_told_with_place_and_nearest),
        cmocka_unit_test(a_missing_id_is_told_and_its_parts_are_still_read),
        cmocka_unit_test(numbers_and_units_are_checked),
        cmocka_unit_test(only_a_road_has_a_length_and_a_speed),
        cmocka_unit_test(parts_lie_where_somebody_owns_them_and_vendors_say_what_they_do),
        cmocka_unit_test(a_crew_that_hands_over_works_in_shifts),
        cmocka_unit_test(a_need_says_its_sources_in_exactly_one_way),
        cmocka_unit_test(a_failover_is_one_of_several_and_takes_its_time),
        cmocka_unit_test(a_sensor_says_how_often_by_a_mean_time_or_a_rate),
        cmocka_unit_test(elements_stand_where_they_belong),
        cmocka_unit_test(another_root_or_namespace_is_refused),
        cmocka_unit_test(broken_markup_is_one_line_with_its_place),
        cmocka_unit_test(a_document_type_is_refused_before_it_is_read),
        cmocka_unit_test(columns_count_characters_and_lines_stay_exact_past_65535),
        cmocka_unit_test(an_attribute_or_a_nest_beyond_the_limits_is_refused),
        cmocka_unit_test(a_broken_encoding_makes_no_noise),
        cmocka_unit_test(hostile_files_are_refused_in_one_line_and_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
