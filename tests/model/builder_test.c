#include "support/support.h"

#include "model/builder_network.h"

#include <stdio.h>
#include <string.h>

static toc_place at(uint32_t line, uint32_t column) {
    return (toc_place){"town.xml", line, column};
}

static void add_operator(toc_builder *builder, const char *id, uint32_t line) {
    toc_operator_spec spec = {.id = id, .sector = "power", .cii = true, .place = at(line, 3)};
    toc_builder_operator(builder, &spec);
}

static void add_asset(toc_builder *builder, const char *id, const char *owner, uint32_t line) {
    toc_asset_spec spec = {
        .id = id, .operator_id = owner, .kind = TOC_ASSET_SUBSTATION, .place = at(line, 3)};
    toc_builder_asset(builder, &spec);
}

static void add_need(toc_builder *builder, const char *sources, toc_need_rule rule,
                     uint32_t at_least, uint32_t line) {
    toc_need_spec spec = {.sources = sources,
                          .rule = rule,
                          .at_least = at_least,
                          .fallback_after = TOC_NEVER,
                          .place = at(line, 5)};
    toc_builder_needs(builder, &spec);
}

static void add_link(toc_builder *builder, const char *id, const char *from, const char *to,
                     uint32_t line) {
    toc_link_spec spec = {
        .id = id, .from = from, .to = to, .kind = TOC_LINK_LINE, .place = at(line, 3)};
    toc_builder_link(builder, &spec);
}

/* Finishes a builder that must fail, and wants exactly this one message. */
static void fails_with(toc_builder *builder, const char *wanted) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    char text[1024];
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_null(topology);
    assert_int_equal(toc_problems_kept(problems), 1);
    (void)toc_problems_print(toc_problems_at(problems, 0), text, sizeof text);
    assert_string_equal(text, wanted);
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static toc_topology *succeeds(toc_builder *builder) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    toc_status status = toc_builder_finish(builder, problems, &topology);
    if (status != TOC_OK) {
        fail_msg("%s", toc_problems_at(problems, 0).text);
    }
    assert_int_equal(toc_problems_kept(problems), 0);
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
    return topology;
}

static toc_builder *start(void) {
    toc_builder *builder = toc_builder_create("Town");
    add_operator(builder, "grid", 2);
    return builder;
}

static void things_may_be_told_in_any_order(void **state) {
    toc_builder *builder = toc_builder_create("Town");
    toc_topology *topology;
    (void)state;
    add_link(builder, "l-1", "a", "b", 1);
    add_asset(builder, "a", "grid", 2);
    add_need(builder, "b l-1", TOC_NEED_ALL, 0, 3);
    add_asset(builder, "b", "grid", 4);
    add_operator(builder, "grid", 5);
    topology = succeeds(builder);
    assert_int_equal(topology->asset_count, 2);
    assert_int_equal(topology->links[0].from, 0);
    assert_int_equal(topology->links[0].to, 1);
    assert_int_equal(topology->sources[0], 1);
    assert_int_equal(topology->sources[1], 2);
    assert_int_equal(topology->assets[1].operator_index, 0);
    assert_string_equal(toc_topology_element_id(topology, 2), "l-1");
    toc_topology_destroy(topology);
}

static void names_are_found_again(void **state) {
    toc_builder *builder = start();
    toc_topology *topology;
    toc_crew_spec crew = {.id = "east", .operator_id = "grid", .skills = "switching"};
    toc_zone_spec zone = {.id = "ot", .operator_id = "grid", .level = 2, .target = 3};
    (void)state;
    toc_builder_zone(builder, &zone);
    add_asset(builder, "ss-1", "grid", 3);
    toc_builder_provides(builder, "power", toc_unit_find("MW"), 5, 5, at(4, 1));
    add_link(builder, "l-1", "ss-1", "ss-2", 5);
    add_asset(builder, "ss-2", "grid", 6);
    toc_builder_crew(builder, &crew);
    topology = succeeds(builder);
    assert_int_equal(toc_topology_find_operator(topology, "grid"), 0);
    assert_int_equal(toc_topology_find_zone(topology, "ot"), 0);
    assert_int_equal(toc_topology_find_crew(topology, "east"), 0);
    assert_int_equal(toc_topology_find_element(topology, "ss-2"), 1);
    assert_int_equal(toc_topology_find_element(topology, "l-1"), 2);
    assert_int_equal(toc_topology_find_element(topology, "ss-3"), TOC_INDEX_NONE);
    assert_string_equal(toc_topology_nearest_element(topology, "ss2"), "ss-2");
    assert_int_equal(toc_topology_find_service(topology, "power", 0), 0);
    assert_int_equal(toc_topology_find_service(topology, "power", TOC_INDEX_NONE), 0);
    assert_int_equal(toc_topology_find_service(topology, "power", 7), TOC_INDEX_NONE);
    assert_string_equal(topology->assets[0].name, "ss-1");
    assert_int_equal(topology->crews[0].size, 1);
    assert_int_equal(topology->crews[0].speed_m_per_hour, 40000);
    toc_topology_destroy(topology);
}

static void an_asset_belongs_to_the_operator_of_its_zone_where_none_is_said(void **state) {
    toc_builder *builder = start();
    toc_zone_spec zone = {.id = "ot", .operator_id = "grid"};
    toc_asset_spec asset = {.id = "a", .zone_id = "ot", .kind = TOC_ASSET_PLC};
    toc_topology *topology;
    (void)state;
    toc_builder_asset(builder, &asset);
    toc_builder_zone(builder, &zone);
    topology = succeeds(builder);
    assert_int_equal(topology->assets[0].operator_index, 0);
    toc_topology_destroy(topology);
}

static void a_reference_to_nothing_names_the_nearest(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "feeder-3", "grid", 3);
    add_asset(builder, "ss-1", "grid", 4);
    add_need(builder, "feder-3", TOC_NEED_ANY, 0, 5);
    fails_with(builder, "town.xml:5:5: 'ss-1' refers to 'feder-3', which is not there "
                        "(nearest: 'feeder-3')");
}

static void a_name_that_is_only_referred_to_is_not_offered(void **state) {
    (void)state;
    toc_builder *builder = toc_builder_create("");
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    add_operator(builder, "grid", 2);
    add_asset(builder, "ss-1", "grid", 3);
    add_need(builder, "feeder-4", TOC_NEED_ALL, 0, 4);
    add_asset(builder, "feeder-3", "grid", 5);
    add_link(builder, "l-1", "ss-1", "feeder-4", 6);
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_kept(problems), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_non_null(strstr(toc_problems_at(problems, i).text,
                               "refers to 'feeder-4', which is not there (nearest: 'feeder-3')"));
    }
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static void an_unknown_operator_names_the_nearest(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "ss-1", "grit", 3);
    fails_with(builder, "town.xml:3:3: 'ss-1': there is no operator 'grit' (nearest: 'grid')");
}

static void an_id_can_be_taken_once_by_assets_and_links_together(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_link(builder, "a", "a", "b", 5);
    fails_with(builder, "town.xml:5:3: link id 'a' is taken already");
}

static void nothing_depends_on_itself(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_need(builder, "a", TOC_NEED_ALL, 0, 4);
    fails_with(builder, "town.xml:4:5: asset 'a' depends on itself");
}

static void a_source_counts_once_in_a_need(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_asset(builder, "c", "grid", 5);
    add_need(builder, "a b a", TOC_NEED_AT_LEAST, 2, 6);
    fails_with(builder, "town.xml:6:5: asset 'c' names a source twice in one need");
}

static void more_sources_than_there_are_cannot_be_needed(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_need(builder, "a", TOC_NEED_AT_LEAST, 2, 5);
    fails_with(builder, "town.xml:5:5: asset 'b' needs at least 2 of only 1 sources");
}

static void a_need_names_a_source(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_need(builder, "  ", TOC_NEED_ALL, 0, 4);
    fails_with(builder, "town.xml:4:5: asset 'a' has a need that names no source");
}

static void quantities_are_not_negative(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_provides(builder, "power", toc_unit_find("MW"), -1, 0, at(4, 9));
    fails_with(builder, "town.xml:4:9: asset 'a' has a negative capacity of service 'power'");
}

static void units_of_one_service_can_be_added(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_provides(builder, "supply", toc_unit_find("MW"), 1, 1, at(4, 9));
    add_asset(builder, "b", "grid", 5);
    toc_builder_provides(builder, "supply", toc_unit_find("kW"), 1, 1, at(6, 9));
    toc_builder_provides(builder, "heat", toc_unit_find("kW"), 1, 1, at(7, 9));
    add_asset(builder, "c", "grid", 8);
    toc_builder_provides(builder, "supply", toc_unit_find("L/s"), 1, 1, at(9, 9));
    fails_with(builder, "town.xml:9:9: asset 'c' gives service 'supply' in L/s, others of its "
                        "operator in MW");
}

static void what_is_provided_fits_the_counters(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_provides(builder, "x", NULL, INT64_MAX / 1000, 0, at(4, 9));
    toc_builder_provides(builder, "y", NULL, 1, 0, at(5, 9));
    fails_with(builder, "town.xml:5:9: what is provided is more than can be counted");
}

static void a_service_is_provided_once_by_an_asset(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_provides(builder, "x", NULL, 1, 1, at(4, 9));
    toc_builder_provides(builder, "x", NULL, 1, 1, at(5, 9));
    fails_with(builder, "town.xml:5:9: asset 'a' provides service 'x' twice");
}

static void a_service_may_have_no_operator(void **state) {
    toc_builder *builder = start();
    toc_topology *topology;
    (void)state;
    add_asset(builder, "a", "", 3);
    toc_builder_provides(builder, "x", NULL, 1, 1, at(4, 9));
    topology = succeeds(builder);
    assert_int_equal(topology->services[0].operator_index, TOC_INDEX_NONE);
    assert_string_equal(toc_topology_operator_id(topology, TOC_INDEX_NONE), "");
    assert_string_equal(toc_topology_operator_id(topology, 0), "grid");
    toc_topology_destroy(topology);
}

static void ids_have_no_blanks(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "two words", "grid", 3);
    fails_with(builder,
               "town.xml:3:3: asset id 'two words' has a blank or control character in it");
}

static void a_link_joins_two_assets(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_link(builder, "l", "a", "a", 4);
    fails_with(builder, "town.xml:4:3: link 'l' joins 'a' with itself");
    builder = start();
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_link(builder, "l", "a", "b", 5);
    add_link(builder, "m", "a", "l", 6);
    fails_with(builder, "town.xml:6:3: 'm' refers to the link 'l' where an asset is wanted");
}

static void links_without_an_id_are_called_after_their_ends(void **state) {
    toc_builder *builder = start();
    toc_topology *topology;
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_link(builder, "", "a", "b", 5);
    add_link(builder, NULL, "a", "b", 6);
    topology = succeeds(builder);
    assert_string_equal(topology->links[0].id, "a..b");
    assert_string_equal(topology->links[1].id, "a..b#2");
    assert_int_equal(toc_topology_find_element(topology, "a..b#2"), 3);
    toc_topology_destroy(topology);
}

static void jobs_of_an_asset_are_known_ones(void **state) {
    toc_builder *builder = start();
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_work(builder, "repiar", TOC_HOUR, 0, at(4, 5));
    fails_with(builder, "town.xml:4:5: asset 'a': there is no job 'repiar' (nearest: 'repair')");
}

static void a_conduit_allows_only_what_is_behind_it(void **state) {
    toc_builder *builder = start();
    toc_zone_spec it = {.id = "it"}, ot = {.id = "ot"};
    toc_asset_spec jump = {.id = "jump", .zone_id = "it", .kind = TOC_ASSET_JUMP_HOST};
    (void)state;
    toc_builder_zone(builder, &it);
    toc_builder_zone(builder, &ot);
    toc_builder_asset(builder, &jump);
    toc_conduit_spec conduit = {.from = "it", .to = "ot", .place = at(5, 3)};
    toc_rule_spec rule = {.service = "rdp", .to = "jump", .place = at(6, 5)};
    toc_builder_network_conduit(builder, &conduit);
    toc_builder_network_rule(builder, &rule);
    fails_with(builder, "town.xml:6:5: this rule is for what comes to 'jump', which is not in the "
                        "zone 'ot'");
}

static void a_buffer_that_bridges_nothing_is_worth_a_warning(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    add_asset(builder, "a", "grid", 3);
    toc_builder_buffer(builder, "battery", "b", TOC_HOUR, 0, at(4, 5));
    add_asset(builder, "b", "grid", 5);
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_OK);
    assert_int_equal(toc_problems_count(problems, TOC_WARNING), 1);
    assert_int_equal(toc_problems_at(problems, 0).place.line, 4);
    assert_int_equal(topology->buffers[0].refill, TOC_HOUR);
    toc_problems_destroy(problems);
    toc_topology_destroy(topology);
    toc_builder_destroy(builder);
}

static void all_mistakes_are_told_in_the_order_of_the_file(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    add_asset(builder, "a", "grud", 9);
    add_need(builder, "x", TOC_NEED_ALL, 0, 10);
    add_link(builder, "l", "a", "q", 4);
    add_asset(builder, "a", "grid", 12);
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 4);
    assert_int_equal(toc_problems_at(problems, 0).place.line, 4);
    assert_int_equal(toc_problems_at(problems, 1).place.line, 9);
    assert_int_equal(toc_problems_at(problems, 2).place.line, 10);
    assert_int_equal(toc_problems_at(problems, 3).place.line, 12);
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static void dependents_are_listed_once_and_rising(void **state) {
    toc_builder *builder = start();
    toc_topology *topology;
    (void)state;
    add_asset(builder, "a", "grid", 3);
    add_asset(builder, "b", "grid", 4);
    add_need(builder, "a d", TOC_NEED_ALL, 0, 5);
    add_need(builder, "a", TOC_NEED_ANY, 0, 6);
    add_asset(builder, "c", "grid", 7);
    add_need(builder, "b a", TOC_NEED_ALL, 0, 8);
    add_asset(builder, "d", "grid", 9);
    topology = succeeds(builder);
    assert_int_equal(topology->dependent_first[0], 0);
    assert_int_equal(topology->dependent_first[1], 2);
    assert_int_equal(topology->dependents[0], 1);
    assert_int_equal(topology->dependents[1], 2);
    assert_int_equal(topology->dependent_first[2], 3);
    assert_int_equal(topology->dependents[2], 2);
    assert_int_equal(topology->dependent_first[4] - topology->dependent_first[3], 1);
    assert_int_equal(topology->wanted_first[1] - topology->wanted_first[0], 3);
    toc_topology_destroy(topology);
}

static uint64_t digest_with(int64_t capacity, double reactance) {
    toc_builder *builder = start();
    toc_topology *topology;
    toc_link_spec link = {.id = "l", .from = "a", .to = "b", .reactance = reactance};
    uint64_t digest;
    add_asset(builder, "a", "grid", 3);
    toc_builder_provides(builder, "x", NULL, capacity, 1, at(4, 9));
    add_asset(builder, "b", "grid", 5);
    toc_builder_link(builder, &link);
    topology = succeeds(builder);
    digest = toc_topology_digest(topology);
    toc_topology_destroy(topology);
    return digest;
}

static void the_digest_sees_what_a_run_can_depend_on(void **state) {
    (void)state;
    assert_true(digest_with(5, 0.1) == digest_with(5, 0.1));
    assert_true(digest_with(5, 0.1) != digest_with(6, 0.1));
    assert_true(digest_with(5, 0.1) != digest_with(5, 0.2));
}

static void every_kind_is_found_by_its_name_and_no_two_share_one(void **state) {
    unsigned attack_kinds = 0;
    (void)state;
    for (int kind = 0; kind < TOC_ASSET_KINDS; kind++) {
        const toc_asset_kind_facts *facts = toc_topology_kind((toc_asset_kind)kind);
        assert_int_equal(toc_topology_find_kind(facts->name), kind);
        attack_kinds += facts->attack_id[0] == 'A' ? 1u : 0u;
    }
    assert_int_equal(attack_kinds, 18);
    assert_int_equal(toc_topology_find_kind("sub-station"), TOC_ASSET_KINDS);
    assert_string_equal(toc_topology_nearest_kind("sub-station"), "substation");
}

static void a_thousand_mistakes_do_not_bury_the_user(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    for (uint32_t i = 0; i < 1500; i++) {
        add_asset(builder, "same", "grid", i + 3);
    }
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_true(toc_problems_kept(problems) <= 1000);
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_may_be_told_in_any_order),
        cmocka_unit_test(names_are_found_again),
        cmocka_unit_test(an_asset_belongs_to_the_operator_of_its_zone_where_none_is_said),
        cmocka_unit_test(a_reference_to_nothing_names_the_nearest),
        cmocka_unit_test(a_name_that_is_only_referred_to_is_not_offered),
        cmocka_unit_test(an_unknown_operator_names_the_nearest),
        cmocka_unit_test(an_id_can_be_taken_once_by_assets_and_links_together),
        cmocka_unit_test(nothing_depends_on_itself),
        cmocka_unit_test(a_source_counts_once_in_a_need),
        cmocka_unit_test(more_sources_than_there_are_cannot_be_needed),
        cmocka_unit_test(a_need_names_a_source),
        cmocka_unit_test(quantities_are_not_negative),
        cmocka_unit_test(units_of_one_service_can_be_added),
        cmocka_unit_test(what_is_provided_fits_the_counters),
        cmocka_unit_test(a_service_is_provided_once_by_an_asset),
        cmocka_unit_test(a_service_may_have_no_operator),
        cmocka_unit_test(ids_have_no_blanks),
        cmocka_unit_test(a_link_joins_two_assets),
        cmocka_unit_test(links_without_an_id_are_called_after_their_ends),
        cmocka_unit_test(jobs_of_an_asset_are_known_ones),
        cmocka_unit_test(a_conduit_allows_only_what_is_behind_it),
        cmocka_unit_test(a_buffer_that_bridges_nothing_is_worth_a_warning),
        cmocka_unit_test(all_mistakes_are_told_in_the_order_of_the_file),
        cmocka_unit_test(dependents_are_listed_once_and_rising),
        cmocka_unit_test(the_digest_sees_what_a_run_can_depend_on),
        cmocka_unit_test(every_kind_is_found_by_its_name_and_no_two_share_one),
        cmocka_unit_test(a_thousand_mistakes_do_not_bury_the_user),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
