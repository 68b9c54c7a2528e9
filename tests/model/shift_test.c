#include "model/small_world.h"

#include "model/shift.h"

/* One party that repairs in an hour and works eight-hour shifts. */
static void begin(struct small *small) {
    toc_crew_spec crew = {.id = "fitters",
                          .operator_id = "grid",
                          .skills = "repair",
                          .size = 1,
                          .shift = 8 * TOC_HOUR,
                          .handover = 30 * TOC_MINUTE};
    small_begin(small);
    small_asset(small, "ss-1");
    toc_builder_work(small->builder, "repair", TOC_HOUR, 0, (toc_place){0});
    small_asset(small, "ss-2");
    toc_builder_work(small->builder, "repair", TOC_HOUR, 0, (toc_place){0});
    toc_builder_crew(small->builder, &crew);
    small_crew(small, "smiths", "switching", NULL, 1);
    small_run(small, 1);
}

static uint32_t repair(struct small *small, const char *id) {
    toc_job_order order = {
        .kind = TOC_JOB_KIND_REPAIR, .element = small_at(small, id), .crew = TOC_INDEX_NONE};
    const char *why = NULL;
    small_fail(small, id, TOC_CAUSE_DAMAGED);
    uint32_t job = toc_job_order_at(small->world, &order, &why);
    assert_int_not_equal(job, TOC_INDEX_NONE);
    small_until(small, toc_calendar_now(small->calendar));
    return job;
}

/* From when it is ordered to when it is done. */
static toc_time takes(struct small *small, const char *id) {
    toc_time before = toc_calendar_now(small->calendar);
    uint32_t job = repair(small, id);
    while (toc_job_read(small->world, job).stage < TOC_JOB_DONE) {
        assert_true(toc_calendar_step(small->calendar));
        toc_world_check(small->world);
    }
    return toc_calendar_now(small->calendar) - before;
}

static void tired_people_take_longer_and_stop_in_the_end(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    assert_int_equal(takes(&small, "ss-1"), TOC_HOUR);
    small_until(&small, 8 * TOC_HOUR - 1);
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_FRESH);
    small_until(&small, 8 * TOC_HOUR);
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_TIRED);
    assert_int_equal(small_last_change(&small, TOC_CHANGE_SHIFT, 0), 8 * TOC_HOUR);
    assert_int_equal(takes(&small, "ss-1"), 90 * TOC_MINUTE);
    small_until(&small, 15 * TOC_HOUR + 30 * TOC_MINUTE);
    uint32_t last = repair(&small, "ss-1");
    small_until(&small, 16 * TOC_HOUR);
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_SPENT);
    uint32_t job = repair(&small, "ss-2");
    small_until(&small, 17 * TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, last).stage, TOC_JOB_DONE); /* it is not left */
    small_until(&small, 30 * TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_WAITING);
    assert_int_equal(toc_shift_of(small.world, 1), TOC_SHIFT_FRESH); /* who works no shifts */
    small_end(&small);
}

static void the_next_shift_comes_after_the_handover(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_until(&small, 16 * TOC_HOUR);
    uint32_t job = repair(&small, "ss-1");
    assert_int_equal(toc_job_read(small.world, job).lacks, TOC_JOB_LACKS_REST);
    assert_null(toc_shift_change(small.world, 0));
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_HANDOVER);
    assert_string_equal(toc_shift_change(small.world, 0), "the crew is handing over already");
    small_until(&small, 16 * TOC_HOUR + 30 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_WORK);
    assert_string_equal(toc_shift_change(small.world, 0),
                        "those who went off have not rested for a shift");
    small_until(&small, 17 * TOC_HOUR + 30 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_DONE);
    small_until(&small, 24 * TOC_HOUR);
    assert_null(toc_shift_change(small.world, 0));
    assert_string_equal(toc_shift_change(small.world, 1), "the crew works no shifts");
    small_end(&small);
}

static void work_under_way_takes_longer_by_the_handover(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    uint32_t job = repair(&small, "ss-1");
    small_until(&small, 20 * TOC_MINUTE);
    assert_null(toc_shift_change(small.world, 0));
    small_until(&small, 90 * TOC_MINUTE - 1);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_WORK);
    small_until(&small, 90 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_DONE);
    small_until(&small, 8 * TOC_HOUR + 49 * TOC_MINUTE);
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_FRESH); /* on since 00:50 */
    small_until(&small, 8 * TOC_HOUR + 50 * TOC_MINUTE);
    assert_int_equal(toc_shift_of(small.world, 0), TOC_SHIFT_TIRED);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tired_people_take_longer_and_stop_in_the_end),
        cmocka_unit_test(the_next_shift_comes_after_the_handover),
        cmocka_unit_test(work_under_way_takes_longer_by_the_handover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
