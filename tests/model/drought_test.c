/* Who lives from what another asset has of something that flows, when that one runs dry. */
#include "water_case.h"

static void needs_water_of(struct small *small, const char *source) {
    toc_need_spec spec = {
        .sources = source, .rule = TOC_NEED_ALL, .service = "water", .fallback_after = TOC_NEVER};
    toc_builder_needs(small->builder, &spec);
}

/* A source, a main, a town that gets its water through it, and a plant that cools with the town's
   water; a school that needs the town for something else. */
static void begin(struct small *small, toc_time tank_holds) {
    small_begin(small);
    water_source(small, "spring", 50);
    water_user(small, "town", 20, 0);
    if (tank_holds > 0) {
        toc_builder_buffer(small->builder, "tank", "plant", tank_holds, TOC_HOUR, (toc_place){0});
    }
    small_asset(small, "plant");
    needs_water_of(small, "town");
    small_asset(small, "school");
    small_needs(small, TOC_NEED_ALL, 0, "town");
    water_pipe(small, "spring", "town", 0);
    small_run(small, 1);
}

static void what_is_up_but_dry_gives_nothing(void **state) {
    struct small small;
    (void)state;
    begin(&small, 0);
    small_until(&small, TOC_MINUTE);
    assert_true(small_is_on(&small, "plant"));
    small_fail(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_MINUTE);
    assert_true(small_is_on(&small, "town"));
    assert_true(small_is_on(&small, "school"));
    assert_false(small_is_on(&small, "plant"));
    small_clear(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_MINUTE + 59 * TOC_SECOND);
    assert_false(small_is_on(&small, "plant"));
    small_until(&small, 3 * TOC_MINUTE);
    assert_true(small_is_on(&small, "plant"));
    small_end(&small);
}

static void a_dry_asset_that_fails_and_returns_is_counted_once(void **state) {
    struct small small;
    (void)state;
    begin(&small, 0);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, 2 * TOC_MINUTE);
    small_fail(&small, "town", TOC_CAUSE_DAMAGED);
    small_until(&small, 3 * TOC_MINUTE);
    assert_false(small_is_on(&small, "school"));
    small_clear(&small, "town", TOC_CAUSE_DAMAGED);
    small_until(&small, 10 * TOC_MINUTE);
    assert_true(small_is_on(&small, "school"));
    assert_false(small_is_on(&small, "plant"));
    small_clear(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, 20 * TOC_MINUTE);
    assert_true(small_is_on(&small, "plant"));
    small_end(&small);
}

static void a_store_between_them_lasts_its_time(void **state) {
    struct small small;
    (void)state;
    begin(&small, 8 * TOC_HOUR);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, 8 * TOC_HOUR);
    assert_true(small_is_on(&small, "plant"));
    small_until(&small, 8 * TOC_HOUR + 2 * TOC_MINUTE);
    assert_false(small_is_on(&small, "plant"));
    small_end(&small);
}

static void who_is_dry_from_the_start_gives_nothing_from_the_start(void **state) {
    struct small small;
    toc_asset_spec off = {
        .id = "valve", .operator_id = "grid", .kind = TOC_ASSET_PUMP, .off = true};
    (void)state;
    small_begin(&small);
    water_source(&small, "spring", 50);
    toc_builder_asset(small.builder, &off);
    water_user(&small, "town", 20, 0);
    small_asset(&small, "plant");
    needs_water_of(&small, "town");
    water_pipe(&small, "spring", "valve", 0);
    water_pipe(&small, "valve", "town", 0);
    small_run(&small, 1);
    assert_false(small_is_on(&small, "plant"));
    small_clear(&small, "valve", TOC_CAUSE_SWITCHED_OFF);
    small_until(&small, TOC_HOUR);
    assert_true(small_is_on(&small, "plant"));
    small_end(&small);
}

static void
who_drinks_away_what_it_lives_from_comes_and_goes_but_not_within_an_instant(void **state) {
    struct small small;
    uint32_t times = 0;
    (void)state;
    small_begin(&small);
    water_source(&small, "spring", 50);
    water_user(&small, "town", 20, 9);
    water_user(&small, "plant", 50, 1);
    needs_water_of(&small, "town");
    water_pipe(&small, "spring", "town", 0);
    water_pipe(&small, "spring", "plant", 0);
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    for (uint32_t i = 0; i < small.change_count; i++) {
        times += small.changes[i].kind == TOC_CHANGE_OPERATION &&
                 small.changes[i].subject == small_at(&small, "plant");
    }
    assert_true(times <= 2 * 60);
    small_end(&small);
}

static void a_view_denied_at_a_dry_asset_is_lost_once(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "spring", 50);
    water_user(&small, "works", 20, 0);
    small_asset(&small, "valve");
    needs_water_of(&small, "works");
    small_needs_for(&small, TOC_NEED_CONTROL, "works", TOC_NEVER);
    water_pipe(&small, "spring", "works", 0);
    small_run(&small, 1);
    small_fail(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "works", TOC_CAUSE_VIEW_DENIED);
    assert_false(toc_world_has_view(small.world, small_at(&small, "valve")));
    small_clear(&small, "spring", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_false(toc_world_has_view(small.world, small_at(&small, "valve")));
    small_clear(&small, "works", TOC_CAUSE_VIEW_DENIED);
    assert_true(toc_world_has_view(small.world, small_at(&small, "valve")));
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_up_but_dry_gives_nothing),
        cmocka_unit_test(a_dry_asset_that_fails_and_returns_is_counted_once),
        cmocka_unit_test(a_store_between_them_lasts_its_time),
        cmocka_unit_test(
            who_drinks_away_what_it_lives_from_comes_and_goes_but_not_within_an_instant),
        cmocka_unit_test(a_view_denied_at_a_dry_asset_is_lost_once),
        cmocka_unit_test(who_is_dry_from_the_start_gives_nothing_from_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
