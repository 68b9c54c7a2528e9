#include "model/small_world.h"

#include "model/builder_network.h"
#include "model/network.h"

#include <stdio.h>

static void zone(struct small *small, const char *id, bool closed) {
    toc_zone_spec spec = {.id = id, .operator_id = "grid", .closed = closed};
    toc_builder_zone(small->builder, &spec);
}

static void host(struct small *small, const char *id, const char *zone_id) {
    toc_asset_spec spec = {
        .id = id, .operator_id = "grid", .zone_id = zone_id, .kind = TOC_ASSET_HOST};
    toc_builder_asset(small->builder, &spec);
}

static void conduit(struct small *small, const char *from, const char *to, const char *phases) {
    toc_conduit_spec spec = {.from = from, .to = to, .phases = phases};
    toc_builder_network_conduit(small->builder, &spec);
}

static void rule(struct small *small, bool deny, const char *service, const char *from,
                 const char *to) {
    toc_rule_spec spec = {.service = service, .from = from, .to = to, .deny = deny};
    toc_builder_network_rule(small->builder, &spec);
}

static void listens(struct small *small, const char *service, const char *zones) {
    toc_builder_network_listens(small->builder, service, zones, (toc_place){NULL, 0, 0});
}

static void traffic(struct small *small, const char *id, const char *from, const char *to,
                    const char *service) {
    toc_traffic_spec spec = {.id = id, .from = from, .to = to, .service = service};
    toc_builder_network_traffic(small->builder, &spec);
}

static void phase(struct small *small, const char *id) {
    toc_builder_network_phase(small->builder, id, "", (toc_place){NULL, 0, 0});
}

static bool permits(const struct small *small, const char *from, const char *to,
                    const char *service) {
    return toc_network_permits(small->world, small_at(small, from), small_at(small, to), service);
}

static uint32_t conduit_at(const struct small *small, const char *id) {
    uint32_t found = toc_topology_find_conduit(small->topology, id);
    assert_true(found != TOC_INDEX_NONE);
    return found;
}

static void block(struct small *small, const char *id, bool blocked) {
    assert_true(toc_network_block(small->world, conduit_at(small, id), blocked));
    toc_world_check(small->world);
}

/* An office, a control room with a jump host, a field; the usual way from one to the next. */
static void begin_plant(struct small *small) {
    small_begin(small);
    zone(small, "office", false);
    zone(small, "control", false);
    zone(small, "field", true);
    host(small, "pc", "office");
    host(small, "printer", "office");
    host(small, "jump", "control");
    host(small, "hmi", "control");
    host(small, "rtu-1", "field");
    host(small, "rtu-2", "field");
    conduit(small, "office", "control", "");
    rule(small, false, "rdp", "", "jump");
    conduit(small, "control", "field", "");
    rule(small, false, "iec-104", "", "");
}

static void nothing_passes_between_zones_but_what_a_conduit_allows(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    small_run(&small, 1);
    assert_true(permits(&small, "pc", "jump", "rdp"));
    assert_true(permits(&small, "pc", "jump", ""));
    assert_false(permits(&small, "pc", "jump", "ssh"));
    assert_false(permits(&small, "pc", "hmi", "rdp"));
    assert_false(permits(&small, "pc", "hmi", ""));
    assert_true(permits(&small, "hmi", "rtu-1", "iec-104"));
    small_end(&small);
}

static void a_conduit_is_a_way_in_one_direction(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    small_run(&small, 1);
    assert_false(permits(&small, "jump", "pc", "rdp"));
    assert_false(permits(&small, "rtu-1", "hmi", "iec-104"));
    small_end(&small);
}

static void two_hops_want_a_foothold_between_them(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    small_run(&small, 1);
    assert_false(permits(&small, "pc", "rtu-1", "iec-104"));
    assert_false(permits(&small, "pc", "rtu-1", "rdp"));
    small_end(&small);
}

static void within_a_zone_all_passes_unless_it_is_closed(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    small_run(&small, 1);
    assert_true(permits(&small, "pc", "printer", "anything"));
    assert_false(permits(&small, "rtu-1", "rtu-2", "iec-104"));
    assert_true(permits(&small, "rtu-1", "rtu-1", "iec-104"));
    small_end(&small);
}

static void the_first_rule_that_fits_decides(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    zone(&small, "a", false);
    zone(&small, "b", false);
    host(&small, "a1", "a");
    host(&small, "a2", "a");
    host(&small, "b1", "b");
    host(&small, "b2", "b");
    conduit(&small, "a", "b", "");
    rule(&small, true, "ssh", "a1", "");
    rule(&small, false, "ssh", "", "");
    rule(&small, true, "any", "", "b2");
    rule(&small, false, "any", "", "");
    rule(&small, true, "http", "", "");
    small_run(&small, 1);
    assert_false(permits(&small, "a1", "b1", "ssh"));
    assert_true(permits(&small, "a2", "b1", "ssh"));
    assert_true(permits(&small, "a2", "b2", "ssh"));
    assert_false(permits(&small, "a2", "b2", "http"));
    assert_true(permits(&small, "a1", "b1", "http"));
    assert_true(permits(&small, "a1", "b1", "never-named"));
    assert_false(permits(&small, "a1", "b2", ""));
    small_end(&small);
}

static void an_asset_that_listens_takes_nothing_else(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    host(&small, "archive", "control");
    listens(&small, "https", "office control");
    listens(&small, "ssh", "office");
    conduit(&small, "office", "control", "");
    rule(&small, false, "any", "", "archive");
    small_run(&small, 1);
    assert_true(permits(&small, "pc", "archive", "https"));
    assert_true(permits(&small, "pc", "archive", "ssh"));
    assert_true(permits(&small, "hmi", "archive", "https"));
    assert_false(permits(&small, "hmi", "archive", "ssh"));
    assert_false(permits(&small, "pc", "archive", "rdp"));
    small_end(&small);
}

static void a_service_refused_by_the_asset_does_not_pass(void **state) {
    struct small small;
    uint32_t rdp;
    (void)state;
    begin_plant(&small);
    small_run(&small, 1);
    rdp = toc_topology_find_protocol(small.topology, "rdp");
    assert_true(toc_network_refuse(small.world, small_at(&small, "jump"), rdp, true));
    assert_false(toc_network_refuse(small.world, small_at(&small, "jump"), rdp, true));
    assert_false(permits(&small, "pc", "jump", "rdp"));
    assert_false(permits(&small, "hmi", "jump", "rdp"));
    assert_true(permits(&small, "hmi", "jump", "ssh"));
    assert_true(toc_network_refuse(small.world, small_at(&small, "jump"), rdp, false));
    assert_true(permits(&small, "pc", "jump", "rdp"));
    small_end(&small);
}

static void without_zones_everything_passes(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    small_run(&small, 1);
    assert_true(permits(&small, "a", "b", "ssh"));
    small_end(&small);
}

static void what_is_in_no_zone_is_behind_no_conduit(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    small_asset(&small, "stray");
    small_run(&small, 1);
    assert_false(permits(&small, "stray", "pc", "rdp"));
    assert_false(permits(&small, "pc", "stray", "rdp"));
    small_end(&small);
}

/* -- What depends on it ------------------------------------------------------------------------ */

/* The plant with a pump that is controlled over traffic to its RTU, and that runs on recipes which
   an office program sends. */
static void begin_traffic(struct small *small) {
    begin_plant(small);
    traffic(small, "polling", "hmi", "rtu-1", "iec-104");
    traffic(small, "recipes", "pc", "jump", "rdp");
    host(small, "pump", "field");
    small_needs_for(small, TOC_NEED_CONTROL, "polling", TOC_NEVER);
    toc_builder_provides(small->builder, "water", toc_unit_find("m3/h"), 100, 100,
                         (toc_place){NULL, 0, 0});
    host(small, "mixer", "field");
    small_needs(small, TOC_NEED_ALL, 0, "recipes");
    toc_builder_provides(small->builder, "water", toc_unit_find("m3/h"), 300, 300,
                         (toc_place){NULL, 0, 0});
}

static bool has_control(const struct small *small, const char *id) {
    return toc_world_has_control(small->world, small_at(small, id));
}

static void a_blocked_conduit_cuts_what_depends_on_it(void **state) {
    struct small small;
    (void)state;
    begin_traffic(&small);
    small_run(&small, 1);
    assert_true(has_control(&small, "pump"));
    block(&small, "control..field", true);
    assert_false(small_is_on(&small, "polling"));
    assert_false(has_control(&small, "pump"));
    assert_true(small_is_on(&small, "pump"));
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    block(&small, "office..control", true);
    assert_false(small_is_on(&small, "mixer"));
    assert_int_equal(toc_service_level_ppm(small.world, 0), 250000);
    block(&small, "control..field", false);
    block(&small, "office..control", false);
    assert_true(has_control(&small, "pump"));
    assert_true(small_is_on(&small, "mixer"));
    assert_false(toc_network_block(small.world, conduit_at(&small, "control..field"), false));
    small_end(&small);
}

static void an_isolated_jump_host_cuts_what_goes_over_it(void **state) {
    struct small small;
    (void)state;
    begin_traffic(&small);
    small_run(&small, 1);
    small_fail(&small, "jump", TOC_CAUSE_ISOLATED);
    assert_false(small_is_on(&small, "recipes"));
    assert_false(small_is_on(&small, "mixer"));
    assert_true(has_control(&small, "pump"));
    assert_false(permits(&small, "pc", "jump", "rdp"));
    assert_false(permits(&small, "hmi", "jump", "rdp"));
    small_clear(&small, "jump", TOC_CAUSE_ISOLATED);
    assert_true(small_is_on(&small, "mixer"));
    small_end(&small);
}

static void traffic_is_down_while_an_end_is(void **state) {
    struct small small;
    (void)state;
    begin_traffic(&small);
    small_run(&small, 1);
    small_fail(&small, "rtu-1", TOC_CAUSE_DESTROYED);
    assert_false(has_control(&small, "pump"));
    small_fail(&small, "hmi", TOC_CAUSE_WIPED);
    small_clear(&small, "rtu-1", TOC_CAUSE_DESTROYED);
    assert_false(has_control(&small, "pump"));
    small_clear(&small, "hmi", TOC_CAUSE_WIPED);
    assert_true(has_control(&small, "pump"));
    small_end(&small);
}

static void traffic_can_be_cut_by_itself(void **state) {
    struct small small;
    (void)state;
    begin_traffic(&small);
    small_run(&small, 1);
    small_fail(&small, "polling", TOC_CAUSE_FLOODED);
    assert_false(has_control(&small, "pump"));
    small_clear(&small, "polling", TOC_CAUSE_FLOODED);
    assert_true(has_control(&small, "pump"));
    small_end(&small);
}

static void a_zone_that_is_cut_off_keeps_what_is_inside(void **state) {
    struct small small;
    uint32_t control;
    (void)state;
    begin_traffic(&small);
    small_run(&small, 1);
    control = toc_topology_find_zone(small.topology, "control");
    assert_true(toc_network_cut_zone(small.world, control, true));
    toc_world_check(small.world);
    assert_false(permits(&small, "pc", "jump", "rdp"));
    assert_true(permits(&small, "hmi", "jump", "rdp"));
    assert_false(small_is_on(&small, "mixer"));
    assert_false(has_control(&small, "pump"));
    assert_true(toc_network_cut_zone(small.world, control, false));
    assert_true(small_is_on(&small, "mixer"));
    assert_true(has_control(&small, "pump"));
    small_end(&small);
}

static void traffic_that_nothing_allows_is_down_from_the_start(void **state) {
    struct small small;
    (void)state;
    begin_plant(&small);
    traffic(&small, "wrong", "pc", "hmi", "ssh");
    host(&small, "viewer", "office");
    small_needs_for(&small, TOC_NEED_CONTROL, "wrong", TOC_NEVER);
    small_run(&small, 1);
    assert_int_equal(small_operation(&small, "wrong"), TOC_OFF);
    assert_false(has_control(&small, "viewer"));
    assert_int_equal(small.change_count, 0);
    small_end(&small);
}

static void another_way_within_the_instant_is_no_gap(void **state) {
    struct small small;
    toc_need_spec either = {.sources = "by-day by-night",
                            .rule = TOC_NEED_ANY,
                            .purpose = TOC_NEED_CONTROL,
                            .fallback_after = TOC_NEVER};
    (void)state;
    small_begin(&small);
    phase(&small, "day");
    phase(&small, "night");
    zone(&small, "a", false);
    zone(&small, "b", false);
    host(&small, "centre", "a");
    host(&small, "gateway", "b");
    conduit(&small, "a", "b", "day");
    rule(&small, false, "dnp3", "", "");
    conduit(&small, "b", "a", "night");
    rule(&small, false, "dnp3", "", "");
    traffic(&small, "by-day", "centre", "gateway", "dnp3");
    traffic(&small, "by-night", "gateway", "centre", "dnp3");
    host(&small, "valve", "b");
    toc_builder_needs(small.builder, &either);
    small_run(&small, 1);
    assert_true(small_is_on(&small, "by-day"));
    assert_false(small_is_on(&small, "by-night"));
    assert_true(toc_network_set_phase(small.world, 1));
    assert_false(small_is_on(&small, "by-day"));
    assert_true(small_is_on(&small, "by-night"));
    assert_true(has_control(&small, "valve"));
    assert_int_equal(small_last_change(&small, TOC_CHANGE_CONTROL, small_at(&small, "valve")),
                     TOC_NEVER);
    small_end(&small);
}

/* -- Phases ------------------------------------------------------------------------------------ */

enum { CC4_ZONES = 7, CC4_PHASES = 3 };

static const char *const cc4_zones[CC4_ZONES] = {
    "hq",           "contractor",    "restricted-a", "operational-a",
    "restricted-b", "operational-b", "internet"};

static const char *const cc4_phases[CC4_PHASES] = {"planning", "mission-a", "mission-b"};

/* Communication policy of TTCP CAGE Challenge 4 (its README, tables 1 to 3): a row is where from,
   a column where to. */
static const char *const cc4_policy[CC4_PHASES][CC4_ZONES] = {
    {"1110101", "1110101", "1111101", "0011000", "1110111", "0000110", "1110101"},
    {"1110101", "1100101", "1010000", "0001000", "1100111", "0000110", "1100101"},
    {"1110101", "1110001", "1111001", "0011000", "1000100", "0000010", "1110001"}};

static void cc4_conduit(struct small *small, int from, int to) {
    char phases[100] = "";
    for (int p = 0; p < CC4_PHASES; p++) {
        if (cc4_policy[p][from][to] == '1') {
            (void)strcat(phases, phases[0] != '\0' ? " " : "");
            (void)strcat(phases, cc4_phases[p]);
        }
    }
    if (phases[0] != '\0') {
        conduit(small, cc4_zones[from], cc4_zones[to], phases);
        rule(small, false, "any", "", "");
    }
}

static void a_change_of_phase_changes_who_reaches_whom(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    for (int p = 0; p < CC4_PHASES; p++) {
        phase(&small, cc4_phases[p]);
    }
    for (int z = 0; z < CC4_ZONES; z++) {
        char id[40];
        zone(&small, cc4_zones[z], false);
        (void)snprintf(id, sizeof id, "host-%s", cc4_zones[z]);
        host(&small, id, cc4_zones[z]);
        for (int to = 0; to < CC4_ZONES; to++) {
            if (to != z) {
                cc4_conduit(&small, z, to);
            }
        }
    }
    small_run(&small, 1);
    for (uint32_t p = 0; p < CC4_PHASES; p++) {
        assert_true(toc_network_set_phase(small.world, p) == (p != 0));
        assert_int_equal(toc_network_current_phase(small.world), p);
        toc_world_check(small.world);
        for (uint32_t from = 0; from < CC4_ZONES; from++) {
            for (uint32_t to = 0; to < CC4_ZONES; to++) {
                assert_int_equal(toc_network_permits(small.world, from, to, "ssh"),
                                 cc4_policy[p][from][to] == '1');
            }
        }
    }
    assert_true(toc_network_set_phase(small.world, 1));
    for (int other = 0; other < CC4_ZONES; other++) {
        assert_int_equal(toc_network_permits(small.world, 3, (uint32_t)other, ""), other == 3);
        assert_int_equal(toc_network_permits(small.world, (uint32_t)other, 3, ""), other == 3);
    }
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_passes_between_zones_but_what_a_conduit_allows),
        cmocka_unit_test(a_conduit_is_a_way_in_one_direction),
        cmocka_unit_test(two_hops_want_a_foothold_between_them),
        cmocka_unit_test(within_a_zone_all_passes_unless_it_is_closed),
        cmocka_unit_test(the_first_rule_that_fits_decides),
        cmocka_unit_test(an_asset_that_listens_takes_nothing_else),
        cmocka_unit_test(a_service_refused_by_the_asset_does_not_pass),
        cmocka_unit_test(without_zones_everything_passes),
        cmocka_unit_test(what_is_in_no_zone_is_behind_no_conduit),
        cmocka_unit_test(a_blocked_conduit_cuts_what_depends_on_it),
        cmocka_unit_test(an_isolated_jump_host_cuts_what_goes_over_it),
        cmocka_unit_test(traffic_is_down_while_an_end_is),
        cmocka_unit_test(traffic_can_be_cut_by_itself),
        cmocka_unit_test(a_zone_that_is_cut_off_keeps_what_is_inside),
        cmocka_unit_test(traffic_that_nothing_allows_is_down_from_the_start),
        cmocka_unit_test(another_way_within_the_instant_is_no_gap),
        cmocka_unit_test(a_change_of_phase_changes_who_reaches_whom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
