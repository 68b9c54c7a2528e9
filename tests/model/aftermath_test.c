/* Aftermaths: what a topology comes to by itself, at rest and after outages. */
#include "model/small_world.h"

#include "tocsin/aftermath.h"

struct trial {
    struct small small;
    toc_aftermath *aftermath;
};

static void join(struct trial *trial, const char *id, const char *from, const char *to,
                 int64_t rating_w) {
    toc_link_spec link = {.id = id,
                          .from = from,
                          .to = to,
                          .kind = TOC_LINK_LINE,
                          .reactance = 0.1,
                          .rating = rating_w};
    toc_builder_link(trial->small.builder, &link);
}

static void load(struct trial *trial, const char *id, int64_t watts) {
    small_asset(&trial->small, id);
    toc_builder_provides(trial->small.builder, "power", toc_unit_find("MW"), watts, watts,
                         (toc_place){0});
}

/* A plant of 100 MW, a town of 60 MW behind two lines, a village of 20 MW behind one of them. */
static void begin(struct trial *trial) {
    memset(trial, 0, sizeof *trial);
    small_begin(&trial->small);
    small_asset(&trial->small, "plant");
    toc_builder_generates(trial->small.builder, 80000000000, 100000000000, "plant", (toc_place){0});
    load(trial, "town", 60000000);
    load(trial, "village", 20000000);
    join(trial, "north", "plant", "town", 60000000);
    join(trial, "south", "plant", "village", 90000000);
    join(trial, "east", "village", "town", 40000000);
}

static void go(struct trial *trial, const char *rule, const char *out, toc_time until) {
    uint32_t element = 0;
    toc_aftermath_wish wish = {.out = &element, .until = until, .rule = rule};
    small_run(&trial->small, 1);
    if (out != NULL) {
        element = small_at(&trial->small, out);
        wish.out_count = 1;
    }
    trial->aftermath = toc_aftermath_create(trial->small.topology, &wish);
}

static void finish(struct trial *trial) {
    toc_aftermath_destroy(trial->aftermath);
    small_end(&trial->small);
}

static toc_aftermath_link link_of(const struct trial *trial, const char *id) {
    uint32_t assets = trial->small.topology->asset_count;
    return toc_aftermath_link_of(trial->aftermath, small_at(&trial->small, id) - assets);
}

static void is_near(double got, double wanted) {
    double off = got < wanted ? wanted - got : got - wanted;
    if (!(off < 1e-9)) {
        fail_msg("%.12f is not %.12f", got, wanted);
    }
}

static void at_rest_everything_is_given(void **state) {
    struct trial trial;
    (void)state;
    begin(&trial);
    go(&trial, "none", NULL, TOC_HOUR);
    toc_aftermath_facts facts = toc_aftermath_facts_of(trial.aftermath);
    assert_true(facts.has_grid);
    assert_string_equal(facts.rule, "none");
    assert_int_equal(facts.islands, 1);
    assert_true(facts.changed == TOC_NEVER);
    is_near(link_of(&trial, "north").flow_mw + link_of(&trial, "south").flow_mw, 80);
    assert_int_equal(toc_aftermath_service_of(trial.aftermath, 0).level_ppm, 1000000);
    finish(&trial);
}

static void an_outage_is_held_against_the_flow_at_rest(void **state) {
    struct trial trial;
    (void)state;
    begin(&trial);
    go(&trial, "H", "north", TOC_HOUR);
    is_near(link_of(&trial, "north").flow_mw, 0);
    assert_true(link_of(&trial, "north").rest_mw > 40);
    is_near(link_of(&trial, "south").flow_mw, 80);
    assert_true(link_of(&trial, "east").is_overloaded);
    assert_int_equal(toc_aftermath_facts_of(trial.aftermath).trips, 0);
    finish(&trial);
}

static void relays_trip_at_their_time_and_are_told(void **state) {
    struct trial trial;
    bool told = false;
    (void)state;
    begin(&trial);
    go(&trial, NULL, "north", TOC_HOUR);
    /* 60 of 40 MW: half as much again as the limit, for fifteen seconds */
    assert_int_equal(link_of(&trial, "east").tripped_at, 15 * TOC_SECOND);
    for (uint32_t i = 0; i < toc_aftermath_event_count(trial.aftermath); i++) {
        toc_aftermath_event event = toc_aftermath_event_at(trial.aftermath, i);
        told = told || (event.kind == TOC_AFTERMATH_TRIP && event.at == 15 * TOC_SECOND);
    }
    assert_true(told);
    toc_aftermath_facts facts = toc_aftermath_facts_of(trial.aftermath);
    assert_string_equal(facts.rule, "H+T2");
    assert_int_equal(facts.trips, 1);
    is_near(facts.lost_mw, 60);
    toc_aftermath_asset town =
        toc_aftermath_asset_of(trial.aftermath, small_at(&trial.small, "town"));
    assert_false(town.is_lit);
    is_near(town.asks_mw, 60);
    is_near(town.gets_mw, 0);
    assert_int_equal(toc_aftermath_island_of(trial.aftermath, 0).buses, 2);
    is_near(toc_aftermath_island_of(trial.aftermath, 0).output_mw, 20);
    finish(&trial);
}

static void an_aftermath_ends_when_it_is_told_to(void **state) {
    struct trial trial;
    (void)state;
    begin(&trial);
    go(&trial, "H+T2", "north", 14 * TOC_SECOND);
    assert_true(link_of(&trial, "east").tripped_at == TOC_NEVER);
    finish(&trial);
}

static void without_any_source_all_is_dark_and_nothing_stops(void **state) {
    struct trial trial;
    (void)state;
    begin(&trial);
    go(&trial, "S+T1", "plant", TOC_HOUR);
    is_near(toc_aftermath_facts_of(trial.aftermath).lost_mw, 80);
    assert_int_equal(toc_aftermath_service_of(trial.aftermath, 0).supply, 0);
    finish(&trial);
}

static void a_topology_without_a_grid_has_an_aftermath(void **state) {
    struct trial trial = {.aftermath = NULL};
    (void)state;
    small_begin(&trial.small);
    load(&trial, "well", 1000);
    small_asset(&trial.small, "pump");
    small_needs(&trial.small, TOC_NEED_ALL, 0, "well");
    go(&trial, NULL, "well", TOC_HOUR);
    assert_false(toc_aftermath_facts_of(trial.aftermath).has_grid);
    assert_string_equal(
        toc_aftermath_asset_of(trial.aftermath, small_at(&trial.small, "pump")).operation, "off");
    finish(&trial);
}

static void the_rules_are_those_that_are_read(void **state) {
    size_t count = 0;
    (void)state;
    for (const char *rule; (rule = toc_aftermath_rule_at(count)) != NULL; count++) {
        assert_true(toc_aftermath_is_rule(rule));
    }
    assert_int_equal(count, 9);
    assert_false(toc_aftermath_is_rule("H+T3"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_rest_everything_is_given),
        cmocka_unit_test(an_outage_is_held_against_the_flow_at_rest),
        cmocka_unit_test(relays_trip_at_their_time_and_are_told),
        cmocka_unit_test(an_aftermath_ends_when_it_is_told_to),
        cmocka_unit_test(without_any_source_all_is_dark_and_nothing_stops),
        cmocka_unit_test(a_topology_without_a_grid_has_an_aftermath),
        cmocka_unit_test(the_rules_are_those_that_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
