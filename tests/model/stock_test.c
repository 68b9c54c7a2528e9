#include "model/small_world.h"

#include "model/stock.h"
#include "model/vendor.h"

/* Two depots 40 km apart, a station half-way, half an hour of straight way from each at 52 km/h. */
static void begin(struct small *small, uint32_t at_west, uint32_t at_east) {
    toc_crew_spec crew = {.id = "fitters",
                          .operator_id = "grid",
                          .skills = "electronics",
                          .base = "west",
                          .size = 1,
                          .speed_m_per_hour = 52000};
    small_begin(small);
    small_placed(small, "west", 0, 0);
    small_placed(small, "east", 40000, 0);
    small_placed(small, "ss-1", 20000, 0);
    toc_builder_depot_wants(small->builder, "transformer");
    toc_builder_work(small->builder, "replace", 2 * TOC_HOUR, 0, (toc_place){0});
    toc_builder_work(small->builder, "inspect", 10 * TOC_MINUTE, 0, (toc_place){0});
    small_placed(small, "ss-2", 30000, 0);
    toc_builder_depot_wants(small->builder, "transformer");
    toc_builder_work(small->builder, "replace", 2 * TOC_HOUR, 0, (toc_place){0});
    toc_builder_crew(small->builder, &crew);
    toc_builder_depot_stock(small->builder, "west", "transformer", at_west, (toc_place){0});
    toc_builder_depot_stock(small->builder, "east", "transformer", at_east, (toc_place){0});
}

static void sells(struct small *small, toc_time delivers, toc_time comes) {
    toc_vendor_spec spec = {.id = "maker",
                            .skills = comes == TOC_NEVER ? "" : "electronics",
                            .parts = "transformer breaker",
                            .comes = comes,
                            .delivers = delivers};
    toc_builder_depot_vendor(small->builder, &spec);
}

static uint32_t order(struct small *small, const char *id, toc_job_kind kind, uint32_t vendor) {
    toc_job_order wanted = {
        .kind = kind, .element = small_at(small, id), .crew = TOC_INDEX_NONE, .vendor = vendor};
    const char *why = NULL;
    uint32_t job = toc_job_order_at(small->world, &wanted, &why);
    if (job == TOC_INDEX_NONE) {
        fail_msg("%s: %s", id, why);
    }
    toc_world_check(small->world);
    return job;
}

static uint32_t replace(struct small *small, const char *id) {
    return order(small, id, TOC_JOB_KIND_REPLACE, 0);
}

static uint32_t lies(const struct small *small, const char *id) {
    return toc_stock_count(small->world, small_at(small, id), 0);
}

static void a_crew_fetches_the_part_where_it_is_soonest(void **state) {
    struct small small;
    (void)state;
    begin(&small, 1, 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DESTROYED);
    uint32_t job = replace(&small, "ss-1");
    assert_int_equal(toc_job_read(small.world, job).fetch, small_at(&small, "west"));
    assert_int_equal(lies(&small, "west"), 0); /* it is spoken for */
    small_until(&small, 0);
    assert_int_equal(toc_job_read(small.world, job).fetch, TOC_INDEX_NONE);
    assert_int_equal(toc_job_read(small.world, job).arrives_at, 30 * TOC_MINUTE);
    small_until(&small, 150 * TOC_MINUTE);
    assert_true(small_is_on(&small, "ss-1"));
    small_fail(&small, "ss-2", TOC_CAUSE_DESTROYED);
    job = replace(&small, "ss-2"); /* by the other depot, there and back */
    assert_int_equal(toc_job_read(small.world, job).fetch, small_at(&small, "east"));
    small_until(&small, 180 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).arrives_at, 195 * TOC_MINUTE);
    small_until(&small, 315 * TOC_MINUTE);
    assert_true(small_is_on(&small, "ss-2"));
    assert_int_equal(lies(&small, "east"), 0);
    small_end(&small);
}

static void without_a_part_work_waits_until_one_comes(void **state) {
    struct small small;
    (void)state;
    begin(&small, 0, 0);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DESTROYED);
    uint32_t job = replace(&small, "ss-1");
    assert_int_equal(toc_job_read(small.world, job).lacks, TOC_JOB_LACKS_PART);
    assert_false(toc_stock_has(small.world, 0, 0));
    small_until(&small, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_WAITING);
    toc_stock_put(small.world, small_at(&small, "ss-1"), 0, 1); /* brought to the spot */
    small_until(&small, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_TRAVEL);
    small_until(&small, 90 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_WORK);
    assert_int_equal(lies(&small, "ss-1"), 0);
    small_end(&small);
}

static void a_part_that_is_called_off_is_there_for_others(void **state) {
    struct small small;
    (void)state;
    begin(&small, 0, 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DESTROYED);
    small_fail(&small, "ss-2", TOC_CAUSE_DESTROYED);
    uint32_t first = replace(&small, "ss-1"), second = replace(&small, "ss-2");
    assert_int_equal(toc_job_read(small.world, second).lacks, TOC_JOB_LACKS_PART);
    small_until(&small, 30 * TOC_MINUTE);
    assert_true(toc_job_cancel(small.world, first));
    small_until(&small, 30 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, second).stage, TOC_JOB_TRAVEL);
    small_until(&small, TOC_HOUR); /* loaded: it stays on the van */
    assert_true(toc_job_cancel(small.world, second));
    assert_int_equal(lies(&small, "east"), 0);
    first = replace(&small, "ss-1");
    assert_int_equal(toc_job_read(small.world, first).fetch, TOC_INDEX_NONE);
    assert_int_equal(toc_job_read(small.world, first).arrives_at, 90 * TOC_MINUTE);
    small_until(&small, 210 * TOC_MINUTE);
    assert_true(small_is_on(&small, "ss-1"));
    small_end(&small);
}

static void an_inspection_without_the_part_only_finds_out(void **state) {
    struct small small;
    (void)state;
    begin(&small, 1, 0);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DESTROYED);
    uint32_t job = order(&small, "ss-1", TOC_JOB_KIND_INSPECT, 0);
    small_until(&small, 40 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_DONE);
    assert_int_equal(small_operation(&small, "ss-1"), TOC_FAILED);
    assert_int_equal(lies(&small, "west"), 1);
    small_end(&small);
}

static void a_vendor_brings_the_part_it_sells(void **state) {
    struct small small;
    const char *why = NULL;
    (void)state;
    begin(&small, 0, 0);
    sells(&small, 5 * TOC_HOUR, 3 * TOC_HOUR);
    small_vendor(&small, "handy", TOC_HOUR);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DESTROYED);
    small_fail(&small, "ss-2", TOC_CAUSE_DESTROYED);
    toc_job_order call = {.kind = TOC_JOB_KIND_REPLACE,
                          .element = small_at(&small, "ss-1"),
                          .crew = TOC_INDEX_NONE,
                          .vendor = 2};
    assert_int_equal(toc_job_order_at(small.world, &call, &why), TOC_INDEX_NONE);
    assert_string_equal(why, "the vendor does not have the part that it takes");
    uint32_t job = order(&small, "ss-1", TOC_JOB_KIND_REPLACE, 1);
    assert_int_equal(toc_job_read(small.world, job).arrives_at, 5 * TOC_HOUR);
    call.vendor = 1;
    call.element = small_at(&small, "ss-2");
    assert_int_equal(toc_job_order_at(small.world, &call, &why), TOC_INDEX_NONE);
    assert_string_equal(why, "all of the vendor's people are out");
    call.kind = TOC_JOB_KIND_REPAIR;
    assert_int_equal(toc_job_order_at(small.world, &call, &why), TOC_INDEX_NONE);
    assert_string_equal(why, "the vendor's people do not have the skill");
    small_until(&small, 7 * TOC_HOUR);
    assert_true(small_is_on(&small, "ss-1"));
    (void)order(&small, "ss-2", TOC_JOB_KIND_REPLACE, 1); /* they are home again */
    small_end(&small);
}

static void how_long_a_delivery_takes_is_drawn_for_each_order(void **state) {
    struct small small;
    (void)state;
    begin(&small, 0, 0);
    toc_vendor_spec spec = {.id = "maker",
                            .parts = "transformer",
                            .comes = TOC_NEVER,
                            .delivers = 30 * TOC_HOUR,
                            .spread_ppm = 300000};
    toc_builder_depot_vendor(small.builder, &spec);
    small_run(&small, 7);
    toc_time first = toc_vendor_delivers(small.world, 0, 0, 0);
    assert_int_equal(toc_vendor_delivers(small.world, 0, 0, 0), first);
    assert_true(toc_vendor_delivers(small.world, 0, 0, 1) != first);
    uint32_t sooner = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        sooner += toc_vendor_delivers(small.world, 0, 0, i) < 30 * TOC_HOUR;
    }
    assert_in_range(sooner, 440, 560); /* it is the median; 3.8 sigma */
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crew_fetches_the_part_where_it_is_soonest),
        cmocka_unit_test(without_a_part_work_waits_until_one_comes),
        cmocka_unit_test(a_part_that_is_called_off_is_there_for_others),
        cmocka_unit_test(an_inspection_without_the_part_only_finds_out),
        cmocka_unit_test(a_vendor_brings_the_part_it_sells),
        cmocka_unit_test(how_long_a_delivery_takes_is_drawn_for_each_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
