#include "support/support.h"

#include "model/builder_depot.h"
#include "model/builder_network.h"
#include "tocsin/formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static toc_topology *read_back(const char *bytes, size_t size) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    if (toc_formats_read_topology(bytes, size, "written.xml", problems, &topology) != TOC_OK) {
        char line[1000];
        (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
        fail_msg("%s\n%s", line, bytes);
    }
    toc_problems_destroy(problems);
    return topology;
}

/* Writes, reads, and writes again: the digests and the second text must be those of the first. */
static void assert_survives(const toc_topology *topology) {
    toc_formats_buffer first = {NULL, 0, 0}, second = {NULL, 0, 0};
    toc_topology *again;
    toc_formats_write_topology(topology, &first);
    again = read_back(first.bytes, first.size);
    assert_true(toc_topology_digest(again) == toc_topology_digest(topology));
    toc_formats_write_topology(again, &second);
    assert_string_equal(first.bytes, second.bytes);
    toc_formats_buffer_finish(&first);
    toc_formats_buffer_finish(&second);
    toc_topology_destroy(again);
}

static void a_file_with_every_word_reads_back_as_written(void **state) {
    char path[1000];
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/tests/formats/files/river-city.xml", support_source());
    assert_int_equal(toc_formats_load_topology(path, problems, &topology), TOC_OK);
    assert_int_equal(toc_problems_kept(problems), 0);
    assert_survives(topology);
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
}

static void what_is_written_is_plain_to_read(void **state) {
    static const char text[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"A &lt; B\">\n"
        "  <operator id=\"o\" sector=\"power\" cii=\"yes\"/>\n"
        "  <asset id=\"s\" name=\"a&#9;b &quot;c&quot;\" kind=\"substation\" operator=\"o\" "
        "x=\"1.5\" y=\"-0.001\" people=\"7\" start=\"1h30min\">\n"
        "    <provides service=\"power\" capacity=\"120.5\" unit=\"MW\"/>\n"
        "    <needs all=\"t\" else=\"manual\" after=\"250ms\"/>\n"
        "  </asset>\n"
        "  <asset id=\"t\" kind=\"feeder\" operator=\"o\"/>\n"
        "  <link id=\"l\" from=\"s\" to=\"t\" kind=\"line\" reactance=\"0.0586\" "
        "rating=\"175MW\"/>\n"
        "  <crew id=\"c\" operator=\"o\" skills=\"repair\" base=\"s\" size=\"1\" "
        "speed=\"40km/h\"/>\n"
        "</topology>\n";
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_topology *topology = read_back(text, strlen(text));
    (void)state;
    toc_formats_write_topology(topology, &buffer);
    assert_string_equal(buffer.bytes, text);
    toc_formats_buffer_finish(&buffer);
    toc_topology_destroy(topology);
}

struct dice {
    uint64_t state;
};

static uint64_t roll(struct dice *dice, uint64_t sides) {
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return dice->state % sides;
}

/* A text of awkward characters; never empty. */
static const char *awkward(struct dice *dice, char *buffer) {
    static const char *const pieces[] = {"<",  ">", "&",   "\"", "'", "\t", "\n",
                                         "河", "é", "]]>", "x",  " ", "--", "\r"};
    buffer[0] = 'n';
    buffer[1] = '\0';
    for (uint64_t i = roll(dice, 6); i > 0; i--) {
        (void)strcat(buffer, pieces[roll(dice, sizeof pieces / sizeof pieces[0])]);
    }
    return buffer;
}

/* Things that flow, some of them without limits. */
static void add_flows(toc_builder *builder, struct dice *dice) {
    toc_flow_spec flow = {.service = "water", .unit = toc_unit_find("L/s")};
    toc_tank_spec tank = {.service = "water", .height_mm = 1 + (int32_t)roll(dice, 50000)};
    toc_builder_demand(builder, (unsigned)roll(dice, 10), roll(dice, 2) == 0 ? "p1" : "");
    flow.rate = roll(dice, 3) == 0 ? 0 : (int64_t)roll(dice, UINT64_C(1) << 40);
    if (roll(dice, 2) == 0) {
        toc_builder_supplies(builder, &flow);
    }
    if (roll(dice, 2) == 0) {
        toc_builder_passes(builder, &flow);
    }
    tank.volume = 1 + (int64_t)roll(dice, UINT64_C(1) << 50);
    tank.fill = roll(dice, 2) == 0 ? 0 : (int64_t)roll(dice, UINT64_C(1) << 40);
    tank.give = roll(dice, 2) == 0 ? 0 : (int64_t)roll(dice, UINT64_C(1) << 40);
    tank.begins_mm = (int32_t)roll(dice, (uint64_t)tank.height_mm);
    tank.least_mm = (int32_t)roll(dice, (uint64_t)tank.begins_mm + 1);
    tank.overflows = roll(dice, 2) == 0;
    toc_builder_tank(builder, &tank);
}

static void add_courses(toc_builder *builder, struct dice *dice) {
    int64_t factors[5];
    toc_pattern_spec pattern = {.id = "p1", .factors_ppm = factors, .factor_count = 5};
    toc_control_spec control = {.of = "a1", .sees = "a0", .through = "a3"};
    pattern.step = 1 + (toc_time)roll(dice, 1000000000000);
    for (int i = 0; i < 5; i++) {
        factors[i] = (int64_t)roll(dice, 100000001);
    }
    toc_builder_pattern(builder, &pattern);
    control.sense = roll(dice, 2) == 0 ? TOC_WHEN_BELOW : TOC_WHEN_ABOVE;
    control.level_mm = (int32_t)roll(dice, 50000);
    control.on = roll(dice, 2) == 0;
    toc_builder_control(builder, &control);
    control = (toc_control_spec){.of = "a2", .by = "a1", .sense = TOC_WHEN_AT};
    control.at = (toc_time)roll(dice, 1000000000000);
    toc_builder_control(builder, &control);
}

static void add_parts(toc_builder *builder, struct dice *dice, unsigned asset, unsigned assets) {
    static const char *const units[] = {"gpm", "m3/s", "ML/d", "L/h"};
    const toc_place nowhere = {NULL, 0, 0};
    char sources[60], feeds[20];
    toc_need_spec need = {.sources = sources, .rule = TOC_NEED_ANY, .fallback_after = TOC_NEVER};
    unsigned first = (asset + 1) % assets, second = (asset + 2) % assets;
    (void)snprintf(sources, sizeof sources, "a%u a%u", first, second);
    (void)snprintf(feeds, sizeof feeds, "a%u", first);
    toc_builder_provides(builder, "water", toc_unit_find(units[roll(dice, 4)]),
                         (int64_t)roll(dice, UINT64_C(1) << 40),
                         (int64_t)roll(dice, UINT64_C(1) << 40), nowhere);
    need.rule = (toc_need_rule)roll(dice, 3);
    need.purpose = (toc_need_purpose)roll(dice, 3);
    need.at_least = 1 + (uint32_t)roll(dice, 2);
    need.service = roll(dice, 2) == 0 ? "control" : "power";
    need.fallback_after = roll(dice, 2) == 0 ? TOC_NEVER : (toc_time)roll(dice, 1000000000000);
    if (need.rule == TOC_NEED_ANY && need.purpose != TOC_NEED_START &&
        need.fallback_after == TOC_NEVER) {
        need.failover_takes = (toc_time)roll(dice, 1000000000000);
        need.through = roll(dice, 2) == 0 ? feeds : NULL;
    }
    toc_builder_needs(builder, &need);
    if (roll(dice, 2) == 0) {
        toc_builder_buffer(builder, "fuel", feeds, 1 + (toc_time)roll(dice, 1000000000000),
                           1 + (toc_time)roll(dice, 1000000000000), nowhere);
    }
    if (roll(dice, 3) == 0) {
        toc_bus_spec bus = {roll(dice, 2) == 0, (double)roll(dice, 7200) / 20 - 180,
                            (int64_t)roll(dice, 1000000000), nowhere};
        toc_builder_bus(builder, &bus);
        toc_builder_generates(builder, (int64_t)roll(dice, UINT64_C(1) << 40),
                              (int64_t)roll(dice, UINT64_C(1) << 40), feeds, nowhere);
    }
    add_flows(builder, dice);
    toc_weakness_spec weakness = {.id = "w",
                                  .technique = "T0812",
                                  .service = roll(dice, 2) == 0 ? "rdp" : "",
                                  .ease_ppm = (int64_t)roll(dice, 1000001),
                                  .gives = (toc_access)roll(dice, 3)};
    toc_builder_weakness(builder, &weakness);
    toc_builder_work(builder, "repair", 1 + (toc_time)roll(dice, 1000000000000),
                     (int64_t)roll(dice, 5000001), nowhere);
}

/* Three zones with conduits between them, and what goes over the network. */
static void add_network(toc_builder *builder, struct dice *dice, unsigned assets) {
    static const char *const phases[] = {"", "p0", "p1 p0", "p2"};
    static const char *const services[] = {"rdp", "any", "iec-104", "a & b"};
    char from[20], to[20];
    for (unsigned i = 0; i < 3; i++) {
        (void)snprintf(from, sizeof from, "p%u", i);
        toc_builder_network_phase(builder, from, awkward(dice, (char[100]){0}), (toc_place){0});
    }
    for (unsigned i = 0; i < 3 + roll(dice, 5); i++) {
        unsigned source = (unsigned)roll(dice, 3);
        toc_conduit_spec conduit = {.from = from, .to = to, .phases = phases[roll(dice, 4)]};
        (void)snprintf(from, sizeof from, "z%u", source);
        (void)snprintf(to, sizeof to, "z%u", (source + 1 + (unsigned)roll(dice, 2)) % 3);
        toc_builder_network_conduit(builder, &conduit);
        for (uint64_t rules = roll(dice, 4); rules > 0; rules--) {
            toc_rule_spec rule = {.service = services[roll(dice, 4)],
                                  .deny = roll(dice, 2) == 0,
                                  .phases = phases[roll(dice, 4)]};
            toc_builder_network_rule(builder, &rule);
        }
    }
    for (unsigned i = 0; i < roll(dice, 4); i++) {
        toc_traffic_spec traffic = {
            .from = from, .to = to, .service = "rdp", .off = roll(dice, 3) == 0};
        (void)snprintf(from, sizeof from, "a%u", i);
        (void)snprintf(to, sizeof to, "a%u", (i + 1) % assets);
        toc_builder_network_traffic(builder, &traffic);
    }
}

static void add_depot(toc_builder *builder, struct dice *dice) {
    char text[100];
    toc_vendor_spec works = {.id = "works",
                             .name = awkward(dice, text),
                             .parts = roll(dice, 2) == 0 ? "trans<former" : "relay trans<former",
                             .comes = TOC_NEVER,
                             .delivers = (toc_time)roll(dice, 1000000000000),
                             .spread_ppm = (int64_t)roll(dice, 900000),
                             .size = 1 + (uint32_t)roll(dice, 3)};
    toc_vendor_spec people = {.id = "people",
                              .skills = "electronics it",
                              .comes = (toc_time)roll(dice, 1000000000000),
                              .delivers = TOC_NEVER};
    if (roll(dice, 2) == 0) {
        toc_builder_depot_vendor(builder, &works);
        toc_builder_depot_vendor(builder, &people);
    }
    toc_crew_spec crew = {.id = "night",
                          .operator_id = "o",
                          .skills = "it",
                          .base = "a1",
                          .shift = 1 + (toc_time)roll(dice, 1000000000000),
                          .handover = (toc_time)roll(dice, 1000000000000)};
    toc_builder_crew(builder, &crew);
    toc_builder_depot_stock(builder, "a2", "relay", (uint32_t)roll(dice, 1000), (toc_place){0});
}

static toc_topology *any_topology(struct dice *dice) {
    unsigned assets = 4 + (unsigned)roll(dice, 20);
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    char text[100], id[20], from[20], to[20];
    toc_builder *builder = toc_builder_create(awkward(dice, text));
    toc_operator_spec owner = {.id = "o", .name = awkward(dice, text), .cii = true};
    toc_builder_operator(builder, &owner);
    for (unsigned i = 0; i < 3; i++) {
        toc_zone_spec zone = {.id = id, .closed = roll(dice, 2) == 0};
        (void)snprintf(id, sizeof id, "z%u", i);
        toc_builder_zone(builder, &zone);
    }
    for (unsigned i = 0; i < assets; i++) {
        toc_asset_spec spec = {.id = id, .name = awkward(dice, text), .operator_id = "o"};
        (void)snprintf(id, sizeof id, "a%u", i);
        spec.kind = (toc_asset_kind)roll(dice, TOC_ASSET_KINDS);
        spec.placed = roll(dice, 2) == 0;
        spec.x_m = (int32_t)roll(dice, 100000000) - 50000000;
        spec.y_m = (int32_t)roll(dice, 100000000) - 50000000;
        spec.people = (uint32_t)roll(dice, UINT32_MAX);
        spec.off = roll(dice, 5) == 0;
        spec.start_takes = (toc_time)roll(dice, 1000000000000);
        toc_builder_asset(builder, &spec);
        add_parts(builder, dice, i, assets);
        toc_builder_depot_wants(builder, roll(dice, 4) == 0 ? "trans<former" : "");
        if (roll(dice, 3) == 0) {
            toc_builder_network_listens(builder, roll(dice, 2) == 0 ? "rdp" : "any",
                                        roll(dice, 2) == 0 ? "z0 z2" : "", (toc_place){0});
        }
    }
    add_network(builder, dice, assets);
    for (unsigned i = 0; i < assets; i++) {
        toc_link_spec spec = {.from = from, .to = to};
        (void)snprintf(from, sizeof from, "a%u", i);
        (void)snprintf(to, sizeof to, "a%u", (i + 1) % assets);
        spec.kind = (toc_link_kind)roll(dice, TOC_LINK_TRAFFIC);
        spec.reactance = (double)roll(dice, UINT64_C(1) << 53) / 7e15;
        spec.rating = (int64_t)roll(dice, UINT64_C(1) << 50);
        spec.ratio = roll(dice, 3) == 0 ? 0.9 + (double)roll(dice, 1000) / 5000 : 0;
        spec.shift_deg = roll(dice, 4) == 0 ? (double)roll(dice, 600) / 10 - 30 : 0;
        spec.off = roll(dice, 5) == 0;
        spec.carries = roll(dice, 2) == 0 ? "water" : roll(dice, 2) == 0 ? "gas" : "";
        spec.one_way = spec.carries[0] != '\0' && roll(dice, 3) == 0;
        if (spec.kind == TOC_LINK_ROAD) {
            spec.length_mm = roll(dice, 3) == 0 ? 0 : (int64_t)roll(dice, 90000000000);
            spec.speed_m_per_hour = roll(dice, 3) == 0 ? 0 : (int64_t)roll(dice, 200000);
        }
        toc_builder_link(builder, &spec);
    }
    add_courses(builder, dice);
    add_depot(builder, dice);
    if (toc_builder_finish(builder, problems, &topology) != TOC_OK) {
        fail_msg("%s", toc_problems_at(problems, 0).text);
    }
    toc_builder_destroy(builder);
    toc_problems_destroy(problems);
    return topology;
}

static void any_topology_reads_back_as_written(void **state) {
    struct dice dice = {support_seed("any_topology_reads_back_as_written")};
    (void)state;
    for (int i = 0; i < 200; i++) {
        toc_topology *topology = any_topology(&dice);
        assert_survives(topology);
        toc_topology_destroy(topology);
    }
}

static void saving_replaces_a_file_whole(void **state) {
    char path[] = "/tmp/tocsin-save-XXXXXX";
    toc_formats_buffer buffer = {NULL, 0, 0}, back = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    static const char text[] = "<topology xmlns=\"urn:tocsin:topology:1\"/>";
    toc_topology *topology = read_back(text, strlen(text));
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    toc_formats_write_topology(topology, &buffer);
    assert_int_equal(toc_formats_save(path, &buffer, problems), TOC_OK);
    assert_int_equal(toc_formats_load(path, problems, &back), TOC_OK);
    assert_string_equal(buffer.bytes, back.bytes);
    assert_int_equal(toc_formats_save("/nowhere/x.xml", &buffer, problems), TOC_SYSTEM_FAULT);
    assert_int_equal(remove(path), 0);
    toc_formats_buffer_finish(&buffer);
    toc_formats_buffer_finish(&back);
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_with_every_word_reads_back_as_written),
        cmocka_unit_test(what_is_written_is_plain_to_read),
        cmocka_unit_test(any_topology_reads_back_as_written),
        cmocka_unit_test(saving_replaces_a_file_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
