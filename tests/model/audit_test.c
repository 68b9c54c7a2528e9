#include "support/support.h"

#include "model/builder_network.h"

#include <stdio.h>
#include <string.h>

static toc_place at(uint32_t line) {
    return (toc_place){"town.xml", line, 1};
}

static void zone(toc_builder *builder, const char *id, bool closed) {
    toc_zone_spec spec = {.id = id, .closed = closed};
    toc_builder_zone(builder, &spec);
}

static void host(toc_builder *builder, const char *id, const char *zone_id) {
    toc_asset_spec spec = {.id = id, .zone_id = zone_id, .kind = TOC_ASSET_HOST};
    toc_builder_asset(builder, &spec);
}

static void weakness(toc_builder *builder, uint32_t line, const char *service, toc_access from) {
    toc_weakness_spec spec = {
        .id = "w", .service = service, .from = from, .ease_ppm = 1, .place = at(line)};
    toc_builder_weakness(builder, &spec);
}

static void conduit(toc_builder *builder, uint32_t line, const char *from, const char *to) {
    toc_conduit_spec spec = {.from = from, .to = to, .place = at(line)};
    toc_builder_network_conduit(builder, &spec);
}

static void rule(toc_builder *builder, uint32_t line, bool deny, const char *service,
                 const char *phases) {
    toc_rule_spec spec = {.service = service, .deny = deny, .phases = phases, .place = at(line)};
    toc_builder_network_rule(builder, &spec);
}

static void traffic(toc_builder *builder, uint32_t line, const char *from, const char *to,
                    const char *service) {
    toc_traffic_spec spec = {.from = from, .to = to, .service = service, .place = at(line)};
    toc_builder_network_traffic(builder, &spec);
}

/* Two zones with two hosts each. */
static toc_builder *start(void) {
    toc_builder *builder = toc_builder_create("town");
    zone(builder, "office", false);
    zone(builder, "plant", true);
    host(builder, "pc", "office");
    host(builder, "mail", "office");
    host(builder, "hmi", "plant");
    host(builder, "plc", "plant");
    return builder;
}

/* The topology is made, and these are all the warnings. */
static void warns(toc_builder *builder, const char *const *wanted) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    char line[2048];
    size_t count = 0;
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_OK);
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        (void)toc_problems_print(toc_problems_at(problems, i), line, sizeof line);
        assert_non_null(wanted[count]);
        assert_string_equal(line, wanted[count]);
        count++;
    }
    assert_null(wanted[count]);
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static void a_conduit_that_lets_nothing_pass_is_told(void **state) {
    toc_builder *builder = start();
    (void)state;
    conduit(builder, 3, "office", "plant");
    conduit(builder, 4, "plant", "office");
    rule(builder, 5, true, "any", "");
    rule(builder, 6, false, "ssh", "");
    warns(builder,
          (const char *const[]){
              "town.xml:3:1: warning: conduit 'office..plant' lets nothing pass: it has no rules",
              "town.xml:4:1: warning: conduit 'plant..office' lets nothing pass: none of its rules "
              "that are "
              "read allows anything",
              "town.xml:6:1: warning: this rule of conduit 'plant..office' is never read: an "
              "earlier one "
              "decides all that it is for",
              NULL});
}

static void a_rule_for_some_phases_leaves_the_others_to_later_rules(void **state) {
    toc_builder *builder = start();
    (void)state;
    toc_builder_network_phase(builder, "day", "", at(1));
    toc_builder_network_phase(builder, "night", "", at(1));
    conduit(builder, 3, "office", "plant");
    rule(builder, 4, true, "ssh", "day");
    rule(builder, 5, false, "ssh", "");
    rule(builder, 6, false, "ssh", "night");
    warns(builder,
          (const char *const[]){"town.xml:6:1: warning: this rule of conduit 'office..plant' is "
                                "never read: an earlier one decides all that it is for",
                                NULL});
}

static void traffic_that_never_passes_is_told_with_the_reason(void **state) {
    toc_builder *builder = start();
    (void)state;
    host(builder, "stray", "");
    host(builder, "proxy", "office");
    toc_builder_network_listens(builder, "https", "", at(2));
    toc_builder_network_phase(builder, "day", "", at(1));
    toc_builder_network_phase(builder, "night", "", at(1));
    conduit(builder, 3, "office", "plant");
    rule(builder, 4, false, "rdp", "night");
    traffic(builder, 5, "pc", "hmi", "rdp");
    traffic(builder, 6, "pc", "hmi", "ssh");
    traffic(builder, 7, "hmi", "plc", "s7");
    traffic(builder, 8, "pc", "stray", "ssh");
    traffic(builder, 9, "pc", "proxy", "ssh");
    traffic(builder, 10, "pc", "proxy", "https");
    warns(builder, (const char *const[]){"town.xml:6:1: warning: traffic 'pc..hmi#2' never passes: "
                                         "from 'pc' to 'hmi' over ssh, no "
                                         "conduit between their zones allows it",
                                         "town.xml:7:1: warning: traffic 'hmi..plc' never passes: "
                                         "from 'hmi' to 'plc' over s7, nothing "
                                         "passes inside their zone",
                                         "town.xml:8:1: warning: traffic 'pc..stray' never passes: "
                                         "from 'pc' to 'stray' over ssh, one "
                                         "of its ends is in no zone",
                                         "town.xml:9:1: warning: traffic 'pc..proxy' never passes: "
                                         "from 'pc' to 'proxy' over ssh, its "
                                         "end does not listen for it",
                                         NULL});
}

static void a_weakness_that_nobody_can_use_is_told(void **state) {
    toc_builder *builder = start();
    (void)state;
    host(builder, "plc-2", "plant");
    weakness(builder, 2, "s7", TOC_ACCESS_NONE);
    weakness(builder, 3, "rdp", TOC_ACCESS_NONE);
    weakness(builder, 4, "", TOC_ACCESS_NONE);
    weakness(builder, 5, "", TOC_ACCESS_USER);
    host(builder, "printer", "office");
    weakness(builder, 6, "ipp", TOC_ACCESS_NONE);
    toc_builder_network_listens(builder, "ipp", "plant", at(6));
    conduit(builder, 7, "office", "plant");
    rule(builder, 8, false, "rdp", "");
    warns(builder, (const char *const[]){"town.xml:2:1: warning: nobody can use weakness 'w' of "
                                         "'plc-2' from elsewhere: in no phase the "
                                         "network lets s7 through to it",
                                         "town.xml:6:1: warning: nobody can use weakness 'w' of "
                                         "'printer' from elsewhere: in no phase "
                                         "the network lets ipp through to it",
                                         NULL});
}

static void an_asset_that_needs_its_own_traffic_to_run_is_a_mistake(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    toc_need_spec need = {.sources = "polling", .fallback_after = TOC_NEVER, .place = at(4)};
    toc_traffic_spec spec = {.id = "polling", .from = "pump", .to = "mail", .service = "s7"};
    (void)state;
    host(builder, "pump", "office");
    toc_builder_needs(builder, &need);
    toc_builder_network_traffic(builder, &spec);
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_string_equal(toc_problems_at(problems, 0).text,
                        "asset 'pump' needs the traffic 'polling' to run, which passes only while "
                        "'pump' runs; it may be needed for control");
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static void what_a_conduit_names_must_be_there(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    static const char *const wanted[] = {
        "town.xml:2:1: there is no phase 'nigth' (nearest: 'night')",
        "town.xml:3:1: a conduit joins zone 'plant' with itself; what passes inside a zone is said "
        "at the zone",
        "town.xml:4:1: 'conduit': there is no zone 'ofice' (nearest: 'office')",
        "town.xml:5:1: this rule is for what comes from 'hmi', which is not in the zone 'office'"};
    toc_conduit_spec first = {
        .from = "office", .to = "plant", .phases = "night nigth", .place = at(2)};
    toc_rule_spec stray = {.service = "ssh", .from = "hmi", .place = at(5)};
    (void)state;
    toc_builder_network_phase(builder, "night", "", at(1));
    toc_builder_network_conduit(builder, &first);
    toc_builder_network_rule(builder, &stray);
    conduit(builder, 3, "plant", "plant");
    conduit(builder, 4, "ofice", "plant");
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_kept(problems), 4);
    for (size_t i = 0; i < 4; i++) {
        char line[2048];
        (void)toc_problems_print(toc_problems_at(problems, i), line, sizeof line);
        assert_string_equal(line, wanted[i]);
    }
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

static void conduits_between_two_zones_can_be_counted(void **state) {
    toc_builder *builder = start();
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    char line[2048];
    (void)state;
    for (uint32_t i = 0; i < 70; i++) {
        conduit(builder, 10 + i, "office", "plant");
    }
    assert_int_equal(toc_builder_finish(builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_kept(problems), 1);
    (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
    assert_string_equal(line,
                        "town.xml:74:1: there are more than 64 conduits from 'office' to 'plant'");
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conduit_that_lets_nothing_pass_is_told),
        cmocka_unit_test(a_rule_for_some_phases_leaves_the_others_to_later_rules),
        cmocka_unit_test(traffic_that_never_passes_is_told_with_the_reason),
        cmocka_unit_test(a_weakness_that_nobody_can_use_is_told),
        cmocka_unit_test(an_asset_that_needs_its_own_traffic_to_run_is_a_mistake),
        cmocka_unit_test(what_a_conduit_names_must_be_there),
        cmocka_unit_test(conduits_between_two_zones_can_be_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
