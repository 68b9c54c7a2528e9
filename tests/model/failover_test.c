/* Failover, and what hangs on a cloud: zones, control planes, regions, identity. */
#include "model/small_world.h"

#include "model/failover.h"

static void asset(struct small *small, const char *id, const char *operator_id,
                  toc_asset_kind kind) {
    toc_asset_spec spec = {.id = id, .operator_id = operator_id, .kind = kind};
    toc_builder_asset(small->builder, &spec);
}

static void needs(struct small *small, const char *sources, toc_need_rule rule,
                  toc_need_purpose purpose) {
    toc_need_spec spec = {.sources = sources,
                          .rule = rule,
                          .purpose = purpose,
                          .service = purpose == TOC_NEED_CONTROL ? "control" : "",
                          .fallback_after = TOC_NEVER};
    toc_builder_needs(small->builder, &spec);
}

static void moves(struct small *small, const char *sources, toc_time takes, const char *through) {
    toc_need_spec spec = {.sources = sources,
                          .rule = TOC_NEED_ANY,
                          .fallback_after = TOC_NEVER,
                          .failover_takes = takes,
                          .through = through};
    toc_builder_needs(small->builder, &spec);
}

/* Two regions of one provider, the first of two zones, one control plane and one identity provider;
   tenants of a power and a water operator. */
static void cloud(struct small *small) {
    toc_operator_spec provider = {.id = "provider"}, water = {.id = "waterco"};
    small_begin(small);
    toc_builder_operator(small->builder, &provider);
    toc_builder_operator(small->builder, &water);
    asset(small, "region-1", "provider", TOC_ASSET_CLOUD_REGION);
    asset(small, "region-2", "provider", TOC_ASSET_CLOUD_REGION);
    asset(small, "plane", "provider", TOC_ASSET_CLOUD_CONTROL);
    needs(small, "region-1 region-2", TOC_NEED_ANY, TOC_NEED_RUN);
    asset(small, "zone-a", "provider", TOC_ASSET_CLOUD_ZONE);
    needs(small, "region-1", TOC_NEED_ALL, TOC_NEED_RUN);
    asset(small, "zone-b", "provider", TOC_ASSET_CLOUD_ZONE);
    needs(small, "region-1", TOC_NEED_ALL, TOC_NEED_RUN);
    asset(small, "zone-c", "provider", TOC_ASSET_CLOUD_ZONE);
    needs(small, "region-2", TOC_NEED_ALL, TOC_NEED_RUN);
    asset(small, "login", "provider", TOC_ASSET_IDENTITY_PROVIDER);
    needs(small, "zone-a zone-b zone-c", TOC_NEED_ANY, TOC_NEED_RUN);
    asset(small, "dispatch", "grid", TOC_ASSET_APPLICATION); /* both zones at once */
    needs(small, "zone-a zone-b", TOC_NEED_ANY, TOC_NEED_RUN);
    needs(small, "plane", TOC_NEED_ALL, TOC_NEED_START);
    needs(small, "login", TOC_NEED_ALL, TOC_NEED_CONTROL);
    asset(small, "billing", "grid", TOC_ASSET_APPLICATION); /* one zone only */
    needs(small, "zone-a", TOC_NEED_ALL, TOC_NEED_RUN);
    needs(small, "plane", TOC_NEED_ALL, TOC_NEED_START);
    asset(small, "telemetry", "waterco", TOC_ASSET_APPLICATION); /* a standby elsewhere */
    moves(small, "zone-a zone-c", 5 * TOC_MINUTE, "plane");
    needs(small, "login", TOC_NEED_ALL, TOC_NEED_CONTROL);
    small_run(small, 1);
}

static bool is_up(struct small *small, const char *id) {
    return small_is_on(small, id);
}

static void lose(struct small *small, const char *id) {
    small_fail(small, id, TOC_CAUSE_DAMAGED);
    toc_world_check(small->world);
}

static void mend(struct small *small, const char *id) {
    small_clear(small, id, TOC_CAUSE_DAMAGED);
    toc_world_check(small->world);
}

static void run_to(struct small *small, toc_time time) {
    toc_calendar_run(small->calendar, time);
    toc_world_check(small->world);
}

static void with_one_zone_lost_who_runs_in_two_stays(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "zone-a");
    assert_true(is_up(&small, "dispatch"));
    assert_false(is_up(&small, "billing"));
    assert_false(is_up(&small, "telemetry"));
    assert_true(is_up(&small, "login"));
    small_end(&small);
}

static void a_standby_takes_over_after_its_time_and_stays(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "zone-a");
    run_to(&small, 5 * TOC_MINUTE - 1);
    assert_false(is_up(&small, "telemetry"));
    run_to(&small, 5 * TOC_MINUTE);
    assert_true(is_up(&small, "telemetry"));
    mend(&small, "zone-a");
    lose(&small, "zone-c"); /* it lives there now */
    assert_false(is_up(&small, "telemetry"));
    run_to(&small, 10 * TOC_MINUTE);
    assert_true(is_up(&small, "telemetry"));
    small_end(&small);
}

static void without_the_control_plane_what_runs_stays_but_nothing_moves_or_starts(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "plane");
    assert_true(is_up(&small, "dispatch"));
    assert_true(is_up(&small, "billing"));
    assert_true(is_up(&small, "telemetry"));
    lose(&small, "zone-a");
    run_to(&small, TOC_HOUR);
    assert_false(is_up(&small, "telemetry"));
    mend(&small, "zone-a");
    assert_false(is_up(&small, "billing"));  /* it wants the plane to start */
    assert_true(is_up(&small, "telemetry")); /* it never left the zone */
    lose(&small, "zone-a");
    mend(&small, "plane");
    run_to(&small, TOC_HOUR + 5 * TOC_MINUTE - 1);
    assert_false(is_up(&small, "telemetry"));
    run_to(&small, TOC_HOUR + 5 * TOC_MINUTE);
    assert_true(is_up(&small, "telemetry"));
    mend(&small, "zone-a");
    assert_true(is_up(&small, "billing"));
    small_end(&small);
}

static void a_move_that_loses_its_control_plane_begins_anew(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "zone-a");
    run_to(&small, 4 * TOC_MINUTE);
    lose(&small, "plane");
    run_to(&small, 6 * TOC_MINUTE);
    mend(&small, "plane");
    run_to(&small, 11 * TOC_MINUTE - 1);
    assert_false(is_up(&small, "telemetry"));
    run_to(&small, 11 * TOC_MINUTE);
    assert_true(is_up(&small, "telemetry"));
    small_end(&small);
}

static void a_region_takes_all_its_zones_and_tenants_of_two_sectors(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "region-1");
    assert_false(is_up(&small, "dispatch"));
    assert_false(is_up(&small, "billing"));
    assert_false(is_up(&small, "telemetry"));
    assert_true(is_up(&small, "plane")); /* it has a leg in the other region */
    run_to(&small, 5 * TOC_MINUTE);
    assert_true(is_up(&small, "telemetry"));
    mend(&small, "region-1");
    assert_true(is_up(&small, "dispatch") && is_up(&small, "billing"));
    small_end(&small);
}

static void with_both_regions_lost_the_plane_must_be_back_before_anything_starts(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "plane");
    lose(&small, "region-1");
    lose(&small, "region-2");
    mend(&small, "region-1");
    assert_true(is_up(&small, "zone-a"));
    assert_false(is_up(&small, "dispatch"));
    mend(&small, "plane");
    assert_true(is_up(&small, "dispatch"));
    assert_true(is_up(&small, "telemetry")); /* back where it was */
    small_end(&small);
}

static void without_the_identity_provider_nobody_logs_in_and_all_goes_on(void **state) {
    struct small small;
    (void)state;
    cloud(&small);
    lose(&small, "login");
    assert_true(is_up(&small, "dispatch") && is_up(&small, "telemetry"));
    assert_false(toc_world_has_control(small.world, small_at(&small, "dispatch")));
    assert_false(toc_world_has_control(small.world, small_at(&small, "telemetry")));
    mend(&small, "login");
    assert_true(toc_world_has_control(small.world, small_at(&small, "dispatch")));
    small_end(&small);
}

static void a_battery_bridges_while_the_standby_takes_over(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "main");
    toc_builder_buffer(small.builder, "battery", "site", 10 * TOC_MINUTE, 0, (toc_place){0});
    small_asset(&small, "spare");
    small_asset(&small, "site");
    moves(&small, "main spare", 3 * TOC_MINUTE, NULL);
    small_run(&small, 1);
    lose(&small, "main");
    for (toc_time minute = 0; minute <= 20; minute++) {
        run_to(&small, minute * TOC_MINUTE);
        assert_true(is_up(&small, "site"));
    }
    small_end(&small);
}

/* Three tenants in two zones and a region with room for seventy. */
static void crowd(struct small *small) {
    static const struct {
        const char *id, *sources;
        toc_time takes;
        uint32_t uses;
    } tenants[] = {{"slow", "zone-a region", 10 * TOC_MINUTE, 40},
                   {"quick", "zone-a region", 2 * TOC_MINUTE, 40},
                   {"small", "zone-b region", 2 * TOC_MINUTE, 30}};
    small_begin(small);
    asset(small, "zone-a", "grid", TOC_ASSET_CLOUD_ZONE);
    toc_builder_hosts(small->builder, 80, (toc_place){"", 0, 0});
    asset(small, "zone-b", "grid", TOC_ASSET_CLOUD_ZONE);
    asset(small, "region", "grid", TOC_ASSET_CLOUD_REGION);
    toc_builder_hosts(small->builder, 70, (toc_place){"", 0, 0});
    for (size_t i = 0; i < sizeof tenants / sizeof *tenants; i++) {
        toc_need_spec spec = {.sources = tenants[i].sources,
                              .rule = TOC_NEED_ANY,
                              .fallback_after = TOC_NEVER,
                              .failover_takes = tenants[i].takes,
                              .failover_uses = tenants[i].uses};
        asset(small, tenants[i].id, "grid", TOC_ASSET_TENANT);
        toc_builder_needs(small->builder, &spec);
    }
    small_run(small, 1);
}

static void who_comes_first_takes_the_room_and_the_last_is_left_out(void **state) {
    struct small small;
    (void)state;
    crowd(&small);
    lose(&small, "zone-a");
    run_to(&small, TOC_HOUR);
    assert_true(is_up(&small, "quick"));
    assert_false(is_up(&small, "slow")); /* thirty are left, it takes forty */
    assert_true(toc_failover_is_crowded_out(small.world, 0));
    assert_false(toc_failover_is_crowded_out(small.world, 1));
    lose(&small, "zone-b");
    run_to(&small, 2 * TOC_HOUR);
    assert_true(is_up(&small, "small")); /* and fits in still */
    mend(&small, "zone-a");
    run_to(&small, 3 * TOC_HOUR);
    assert_true(is_up(&small, "slow")); /* back in the place that it has kept */
    small_end(&small);
}

static void a_place_is_free_again_when_its_tenant_has_moved_on(void **state) {
    struct small small;
    (void)state;
    crowd(&small);
    lose(&small, "zone-a");
    run_to(&small, TOC_HOUR); /* quick is in the region */
    mend(&small, "zone-a");
    lose(&small, "region");
    run_to(&small, 2 * TOC_HOUR); /* and back */
    assert_true(is_up(&small, "quick"));
    mend(&small, "region");
    lose(&small, "zone-a");
    toc_calendar_run(small.calendar, 2 * TOC_HOUR + 2 * TOC_MINUTE);
    toc_world_check(small.world);
    assert_true(is_up(&small, "quick"));
    small_end(&small);
}

static void more_tenants_than_room_from_the_beginning_is_a_mistake(void **state) {
    struct small small;
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    small_begin(&small);
    small_asset(&small, "zone");
    toc_builder_hosts(small.builder, 50, (toc_place){"", 0, 0});
    small_asset(&small, "other");
    for (int i = 0; i < 2; i++) {
        toc_need_spec spec = {.sources = "zone other",
                              .rule = TOC_NEED_ANY,
                              .fallback_after = TOC_NEVER,
                              .failover_takes = TOC_MINUTE,
                              .failover_uses = 30};
        small_asset(&small, i == 0 ? "first" : "second");
        toc_builder_needs(small.builder, &spec);
    }
    assert_int_equal(toc_builder_finish(small.builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 1);
    toc_builder_destroy(small.builder);
    toc_problems_destroy(problems);
}

static void what_cannot_fail_over_is_told(void **state) {
    struct small small;
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    small_begin(&small);
    small_asset(&small, "one");
    small_asset(&small, "lonely");
    moves(&small, "one", TOC_MINUTE, NULL);
    small_asset(&small, "own");
    moves(&small, "one lonely", TOC_MINUTE, "own");
    small_asset(&small, "lost");
    moves(&small, "one lonely", TOC_MINUTE, "nowhere");
    assert_int_equal(toc_builder_finish(small.builder, problems, &topology), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 3);
    toc_builder_destroy(small.builder);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_one_zone_lost_who_runs_in_two_stays),
        cmocka_unit_test(a_standby_takes_over_after_its_time_and_stays),
        cmocka_unit_test(without_the_control_plane_what_runs_stays_but_nothing_moves_or_starts),
        cmocka_unit_test(a_move_that_loses_its_control_plane_begins_anew),
        cmocka_unit_test(a_region_takes_all_its_zones_and_tenants_of_two_sectors),
        cmocka_unit_test(with_both_regions_lost_the_plane_must_be_back_before_anything_starts),
        cmocka_unit_test(without_the_identity_provider_nobody_logs_in_and_all_goes_on),
        cmocka_unit_test(a_battery_bridges_while_the_standby_takes_over),
        cmocka_unit_test(who_comes_first_takes_the_room_and_the_last_is_left_out),
        cmocka_unit_test(a_place_is_free_again_when_its_tenant_has_moved_on),
        cmocka_unit_test(more_tenants_than_room_from_the_beginning_is_a_mistake),
        cmocka_unit_test(what_cannot_fail_over_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
