#include "model/small_world.h"

/* Work that takes exactly this long, so that the order of events can be foretold. */
static void works(struct small *small, const char *job, toc_time takes) {
    toc_builder_work(small->builder, job, takes, 0, (toc_place){0});
}

static uint32_t order(struct small *small, const char *id, toc_job_kind kind, int32_t rank) {
    toc_job_order order = {
        .kind = kind, .element = small_at(small, id), .crew = TOC_INDEX_NONE, .rank = rank};
    const char *why = NULL;
    uint32_t job = toc_job_order_at(small->world, &order, &why);
    if (job == TOC_INDEX_NONE) {
        fail_msg("%s: %s", id, why);
    }
    toc_world_check(small->world);
    return job;
}

static void is_refused(struct small *small, toc_job_order order, const char *wanted) {
    const char *why = NULL;
    assert_int_equal(toc_job_order_at(small->world, &order, &why), TOC_INDEX_NONE);
    assert_string_equal(why, wanted);
}

static toc_job_stage stage(const struct small *small, uint32_t job) {
    return toc_job_read(small->world, job).stage;
}

/* 40 km/h over 40 km of straight line takes 1.3 h. */
static void a_crew_travels_works_and_mends(void **state) {
    struct small small;
    uint32_t job;
    (void)state;
    small_begin(&small);
    small_placed(&small, "depot", 0, 0);
    small_placed(&small, "ss-1", 40000, 0);
    works(&small, "repair", TOC_HOUR);
    small_crew(&small, "east", "switching repair", "depot", 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DAMAGED);
    job = order(&small, "ss-1", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(stage(&small, job), TOC_JOB_TRAVEL);
    assert_int_equal(toc_job_read(small.world, job).crew, 0);
    small_until(&small, 78 * TOC_MINUTE - 1);
    assert_int_equal(small_operation(&small, "ss-1"), TOC_FAILED);
    small_until(&small, 78 * TOC_MINUTE);
    assert_int_equal(stage(&small, job), TOC_JOB_WORK);
    assert_int_equal(small_operation(&small, "ss-1"), TOC_UNDER_REPAIR);
    small_until(&small, 138 * TOC_MINUTE);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_true(small_is_on(&small, "ss-1"));
    assert_int_equal(toc_job_read(small.world, job).ended_at, 138 * TOC_MINUTE);
    small_end(&small);
}

/* Opened breakers and burnt windings: the crew finds both, and does them one after the other. */
static void an_inspection_goes_on_with_what_its_crew_finds_to_do(void **state) {
    struct small small;
    uint32_t job;
    (void)state;
    small_begin(&small);
    small_asset(&small, "ss-1");
    works(&small, "inspect", 10 * TOC_MINUTE);
    works(&small, "switch", 20 * TOC_MINUTE);
    works(&small, "repair", TOC_HOUR);
    small_crew(&small, "east", "switching repair", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DAMAGED);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    job = order(&small, "ss-1", TOC_JOB_KIND_INSPECT, 0);
    assert_int_equal(toc_job_read(small.world, job).doing, TOC_JOB_KIND_INSPECT);
    small_until(&small, 10 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).doing, TOC_JOB_KIND_SWITCH);
    small_until(&small, 30 * TOC_MINUTE);
    assert_int_equal(toc_job_read(small.world, job).doing, TOC_JOB_KIND_REPAIR);
    assert_int_equal(small_operation(&small, "ss-1"), TOC_UNDER_REPAIR);
    small_until(&small, 90 * TOC_MINUTE);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_true(small_is_on(&small, "ss-1"));
    small_end(&small);
}

static void an_inspection_leaves_what_its_crew_has_no_skill_for(void **state) {
    struct small small;
    uint32_t job;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu-1");
    works(&small, "inspect", 10 * TOC_MINUTE);
    small_crew(&small, "east", "switching", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "rtu-1", TOC_CAUSE_DESTROYED);
    job = order(&small, "rtu-1", TOC_JOB_KIND_INSPECT, 0);
    small_until(&small, 10 * TOC_MINUTE);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_int_equal(small_operation(&small, "rtu-1"), TOC_FAILED);
    is_refused(&small,
               (toc_job_order){.kind = TOC_JOB_KIND_INSPECT,
                               .element = small_at(&small, "rtu-1"),
                               .crew = TOC_INDEX_NONE,
                               .remote = true},
               "that cannot be done from afar");
    small_end(&small);
}

static void who_is_called_in_from_outside_takes_long_and_can_do_all(void **state) {
    struct small small;
    const char *why = NULL;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu-1");
    works(&small, "inspect", 10 * TOC_MINUTE);
    works(&small, "replace", TOC_HOUR);
    small_vendor(&small, "maker", 3 * TOC_HOUR);
    small_run(&small, 1);
    small_fail(&small, "rtu-1", TOC_CAUSE_DESTROYED);
    toc_job_order call = {
        .kind = TOC_JOB_KIND_INSPECT, .element = small_at(&small, "rtu-1"), .crew = TOC_INDEX_NONE};
    is_refused(&small, call, "nobody has the skill");
    call.vendor = 1;
    uint32_t job = toc_job_order_at(small.world, &call, &why);
    assert_int_equal(stage(&small, job), TOC_JOB_TRAVEL);
    small_until(&small, TOC_HOUR);
    assert_int_equal(stage(&small, job), TOC_JOB_TRAVEL);
    small_until(&small, 2 * TOC_DAY);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_true(small_is_on(&small, "rtu-1"));
    assert_true(toc_job_read(small.world, job).ended_at > TOC_HOUR + 70 * TOC_MINUTE);
    small_end(&small);
}

static void a_look_finds_out_and_touches_nothing(void **state) {
    struct small small;
    const char *why = NULL;
    (void)state;
    small_begin(&small);
    small_asset(&small, "ss-1");
    small_crew(&small, "east", "switching", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    toc_job_order look = {.kind = TOC_JOB_KIND_INSPECT,
                          .element = small_at(&small, "ss-1"),
                          .crew = TOC_INDEX_NONE,
                          .look_only = true};
    uint32_t job = toc_job_order_at(small.world, &look, &why);
    small_until(&small, TOC_DAY);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_false(small_is_on(&small, "ss-1"));
    small_end(&small);
}

static void a_lent_crew_takes_the_other_operators_orders(void **state) {
    struct small small;
    const char *why = NULL;
    (void)state;
    small_begin(&small);
    toc_operator_spec neighbour_spec = {.id = "neighbour", .name = "Neighbour", .sector = "power"};
    toc_builder_operator(small.builder, &neighbour_spec);
    small_asset(&small, "ss-1");
    small_asset(&small, "ss-2");
    small_crew(&small, "east", "repair", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DAMAGED);
    small_fail(&small, "ss-2", TOC_CAUSE_DAMAGED);
    uint32_t neighbour = toc_topology_find_operator(small.topology, "neighbour");
    toc_job_order aid = {.kind = TOC_JOB_KIND_REPAIR,
                         .element = small_at(&small, "ss-1"),
                         .operator_index = neighbour,
                         .crew = TOC_INDEX_NONE};
    is_refused(&small, aid, "nobody has the skill");
    toc_job_lend_crew(small.world, 0, neighbour);
    assert_int_equal(toc_job_crew_serves(small.world, 0), neighbour);
    uint32_t job = toc_job_order_at(small.world, &aid, &why);
    toc_job_order own = aid;
    own.element = small_at(&small, "ss-2");
    own.operator_index = 0;
    is_refused(&small, own, "nobody has the skill");
    toc_job_lend_crew(small.world, 0, 0); /* it ends what it is doing, and comes home */
    uint32_t home = order(&small, "ss-2", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(stage(&small, home), TOC_JOB_WAITING);
    small_until(&small, 2 * TOC_DAY);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_int_equal(stage(&small, home), TOC_JOB_DONE);
    small_end(&small);
}

static void one_party_takes_waiting_jobs_by_rank_then_order(void **state) {
    struct small small;
    uint32_t a, b, c, d;
    (void)state;
    small_begin(&small);
    for (int i = 0; i < 4; i++) {
        small_asset(&small, (const char *[]){"a", "b", "c", "d"}[i]);
        works(&small, "repair", TOC_HOUR);
    }
    small_crew(&small, "east", "repair", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_DAMAGED);
    small_fail(&small, "c", TOC_CAUSE_DAMAGED);
    small_fail(&small, "d", TOC_CAUSE_DAMAGED);
    a = order(&small, "a", TOC_JOB_KIND_REPAIR, 5);
    b = order(&small, "b", TOC_JOB_KIND_REPAIR, 5);
    c = order(&small, "c", TOC_JOB_KIND_REPAIR, 1);
    d = order(&small, "d", TOC_JOB_KIND_REPAIR, 9);
    assert_int_equal(stage(&small, b), TOC_JOB_WAITING);
    assert_true(toc_job_rank(small.world, d, 0));
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_job_read(small.world, a).ended_at, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, d).ended_at, 2 * TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, c).ended_at, 3 * TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, b).ended_at, 4 * TOC_HOUR);
    assert_false(toc_job_rank(small.world, d, 7));
    small_end(&small);
}

static void two_parties_work_at_the_same_time(void **state) {
    struct small small;
    uint32_t a, b, c;
    (void)state;
    small_begin(&small);
    for (int i = 0; i < 3; i++) {
        small_asset(&small, (const char *[]){"a", "b", "c"}[i]);
        works(&small, "repair", TOC_HOUR);
    }
    small_crew(&small, "east", "repair", NULL, 2);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_DAMAGED);
    small_fail(&small, "c", TOC_CAUSE_DAMAGED);
    a = order(&small, "a", TOC_JOB_KIND_REPAIR, 0);
    b = order(&small, "b", TOC_JOB_KIND_REPAIR, 0);
    c = order(&small, "c", TOC_JOB_KIND_REPAIR, 0);
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_job_read(small.world, a).ended_at, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, b).ended_at, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, c).ended_at, 2 * TOC_HOUR);
    small_end(&small);
}

static void the_nearest_free_party_goes_and_stays_where_it_worked(void **state) {
    struct small small;
    uint32_t first, second;
    (void)state;
    small_begin(&small);
    small_placed(&small, "west", 0, 0);
    small_placed(&small, "east", 100000, 0);
    small_placed(&small, "ss-1", 90000, 0);
    works(&small, "repair", TOC_HOUR);
    small_placed(&small, "ss-2", 60000, 0);
    works(&small, "repair", TOC_HOUR);
    small_crew(&small, "crew-w", "repair", "west", 1);
    small_crew(&small, "crew-e", "repair", "east", 1);
    small_run(&small, 1);
    small_fail(&small, "ss-1", TOC_CAUSE_DAMAGED);
    first = order(&small, "ss-1", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(toc_job_read(small.world, first).crew,
                     toc_topology_find_crew(small.topology, "crew-e"));
    small_until(&small, TOC_DAY);
    /* From 90 km the eastern crew is still nearer to 60 km than the western one from 0 km. */
    small_fail(&small, "ss-2", TOC_CAUSE_DAMAGED);
    second = order(&small, "ss-2", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(toc_job_read(small.world, second).crew,
                     toc_topology_find_crew(small.topology, "crew-e"));
    small_until(&small, 2 * TOC_DAY);
    /* 30 km x 1.3 at 40 km/h is 58.5 minutes. */
    assert_int_equal(toc_job_read(small.world, second).ended_at,
                     TOC_DAY + TOC_HOUR + 58 * TOC_MINUTE + 30 * TOC_SECOND);
    small_end(&small);
}

static void a_party_takes_only_jobs_of_its_skill(void **state) {
    struct small small;
    uint32_t a, b;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    works(&small, "repair", TOC_HOUR);
    small_asset(&small, "b");
    works(&small, "reimage", TOC_HOUR);
    small_crew(&small, "fitters", "repair", NULL, 1);
    small_crew(&small, "admins", "it", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_WIPED);
    b = order(&small, "b", TOC_JOB_KIND_REIMAGE, 0);
    a = order(&small, "a", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(toc_job_read(small.world, a).crew, 0);
    assert_int_equal(toc_job_read(small.world, b).crew, 1);
    is_refused(&small, (toc_job_order){.kind = TOC_JOB_KIND_SWITCH, .crew = TOC_INDEX_NONE},
               "nobody has the skill");
    is_refused(&small, (toc_job_order){.kind = TOC_JOB_KIND_SWITCH, .crew = 1},
               "that crew does not have the skill");
    is_refused(&small, (toc_job_order){.kind = TOC_JOB_KIND_REPAIR, .crew = 0},
               "a job of that kind is under way there");
    small_end(&small);
}

static void a_crew_asked_for_by_name_is_waited_for(void **state) {
    struct small small;
    uint32_t a, b;
    toc_job_order wanted = {.kind = TOC_JOB_KIND_REPAIR, .crew = 0};
    const char *why = NULL;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    works(&small, "repair", TOC_HOUR);
    small_asset(&small, "b");
    works(&small, "repair", TOC_HOUR);
    small_crew(&small, "one", "repair", NULL, 1);
    small_crew(&small, "two", "repair", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_DAMAGED);
    wanted.element = small_at(&small, "a");
    a = toc_job_order_at(small.world, &wanted, &why);
    wanted.element = small_at(&small, "b");
    b = toc_job_order_at(small.world, &wanted, &why);
    assert_int_equal(stage(&small, b), TOC_JOB_WAITING);
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_job_read(small.world, a).ended_at, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, b).ended_at, 2 * TOC_HOUR);
    small_end(&small);
}

static void begin_remote(struct small *small) {
    small_begin(small);
    small_asset(small, "rtu");
    small_asset(small, "ss-1");
    small_needs_for(small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_run(small, 1);
}

static const toc_job_order remote_switch = {
    .kind = TOC_JOB_KIND_SWITCH, .element = 1, .crew = TOC_INDEX_NONE, .remote = true};

static void breakers_are_closed_from_afar(void **state) {
    struct small small;
    const char *why = NULL;
    uint32_t job;
    (void)state;
    begin_remote(&small);
    is_refused(&small, remote_switch, "there is nothing of that kind to do");
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    job = toc_job_order_at(small.world, &remote_switch, &why);
    assert_int_equal(stage(&small, job), TOC_JOB_WORK);
    small_until(&small, TOC_HOUR);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_true(small_is_on(&small, "ss-1"));
    small_end(&small);
}

static void a_remote_job_fails_when_control_is_lost_meanwhile(void **state) {
    struct small small;
    const char *why = NULL;
    uint32_t job;
    (void)state;
    begin_remote(&small);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    job = toc_job_order_at(small.world, &remote_switch, &why);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(stage(&small, job), TOC_JOB_FAILED);
    assert_int_equal(small_operation(&small, "ss-1"), TOC_OFF);
    is_refused(&small, remote_switch, "there is no remote control");
    small_end(&small);
}

static void what_is_broken_cannot_be_mended_from_afar(void **state) {
    struct small small;
    toc_job_order repair = remote_switch;
    (void)state;
    begin_remote(&small);
    small_fail(&small, "ss-1", TOC_CAUSE_DAMAGED);
    repair.kind = TOC_JOB_KIND_REPAIR;
    is_refused(&small, repair, "that cannot be done from afar");
    small_end(&small);
}

static void a_crew_sent_for_nothing_finds_that_out_on_the_spot(void **state) {
    struct small small;
    uint32_t job;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu");
    small_placed(&small, "depot", 0, 0);
    small_placed(&small, "ss-1", 40000, 0);
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_crew(&small, "east", "repair", "depot", 1);
    small_run(&small, 1);
    is_refused(&small,
               (toc_job_order){.kind = TOC_JOB_KIND_REPAIR, .element = 2, .crew = TOC_INDEX_NONE},
               "there is nothing of that kind to do");
    small_fail(&small, "rtu", TOC_CAUSE_WIPED); /* now nobody can know */
    job = order(&small, "ss-1", TOC_JOB_KIND_REPAIR, 0);
    small_until(&small, 78 * TOC_MINUTE);
    assert_int_equal(stage(&small, job), TOC_JOB_DONE);
    assert_int_equal(toc_belief_read(small.world, 0, 2).source, TOC_SEEN_BY_CREW);
    small_end(&small);
}

static void a_cancelled_job_frees_its_party_where_it_is(void **state) {
    struct small small;
    uint32_t far, near;
    (void)state;
    small_begin(&small);
    small_placed(&small, "depot", 0, 0);
    small_placed(&small, "far", 40000, 0);
    works(&small, "repair", TOC_HOUR);
    small_placed(&small, "near", 20000, 0);
    works(&small, "repair", TOC_HOUR);
    small_crew(&small, "east", "repair", "depot", 1);
    small_run(&small, 1);
    small_fail(&small, "far", TOC_CAUSE_DAMAGED);
    small_fail(&small, "near", TOC_CAUSE_DAMAGED);
    far = order(&small, "far", TOC_JOB_KIND_REPAIR, 0);
    near = order(&small, "near", TOC_JOB_KIND_REPAIR, 0);
    small_until(&small, 39 * TOC_MINUTE); /* half way: at 20 km */
    assert_true(toc_job_cancel(small.world, far));
    toc_world_check(small.world);
    assert_false(toc_job_cancel(small.world, far));
    small_until(&small, 39 * TOC_MINUTE);
    assert_int_equal(stage(&small, near), TOC_JOB_WORK);
    assert_true(toc_job_cancel(small.world, near));
    assert_int_equal(small_operation(&small, "near"), TOC_FAILED);
    small_until(&small, TOC_DAY);
    assert_int_equal(small_operation(&small, "near"), TOC_FAILED);
    small_end(&small);
}

static void a_cancelled_job_no_longer_waits(void **state) {
    struct small small;
    uint32_t a, b;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    small_crew(&small, "east", "repair", NULL, 1);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_DAMAGED);
    a = order(&small, "a", TOC_JOB_KIND_REPAIR, 0);
    b = order(&small, "b", TOC_JOB_KIND_REPAIR, 0);
    assert_true(toc_job_cancel(small.world, b));
    small_until(&small, TOC_DAY);
    assert_int_equal(stage(&small, a), TOC_JOB_DONE);
    assert_int_equal(stage(&small, b), TOC_JOB_CANCELLED);
    b = order(&small, "b", TOC_JOB_KIND_REPAIR, 0);
    assert_int_equal(stage(&small, b), TOC_JOB_TRAVEL);
    small_end(&small);
}

static toc_time repair_time(uint64_t seed, uint32_t times) {
    struct small small;
    toc_time before = 0;
    uint32_t job;
    small_begin(&small);
    small_asset(&small, "other");
    small_asset(&small, "a");
    small_crew(&small, "east", "repair", NULL, 1);
    small_run(&small, seed);
    for (uint32_t i = 0; i <= times; i++) {
        before = toc_calendar_now(small.calendar);
        small_fail(&small, "a", TOC_CAUSE_DAMAGED);
        job = order(&small, "a", TOC_JOB_KIND_REPAIR, 0);
        while (stage(&small, job) != TOC_JOB_DONE) {
            assert_true(toc_calendar_step(small.calendar));
        }
    }
    before = toc_calendar_now(small.calendar) - before;
    small_end(&small);
    return before;
}

static void how_long_work_takes_is_drawn_for_each_occurrence(void **state) {
    (void)state;
    assert_int_equal(repair_time(7, 0), repair_time(7, 0));
    assert_true(repair_time(7, 0) != repair_time(8, 0));
    assert_true(repair_time(7, 0) != repair_time(7, 1));
    assert_true(repair_time(7, 0) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crew_travels_works_and_mends),
        cmocka_unit_test(an_inspection_goes_on_with_what_its_crew_finds_to_do),
        cmocka_unit_test(an_inspection_leaves_what_its_crew_has_no_skill_for),
        cmocka_unit_test(who_is_called_in_from_outside_takes_long_and_can_do_all),
        cmocka_unit_test(a_look_finds_out_and_touches_nothing),
        cmocka_unit_test(a_lent_crew_takes_the_other_operators_orders),
        cmocka_unit_test(one_party_takes_waiting_jobs_by_rank_then_order),
        cmocka_unit_test(two_parties_work_at_the_same_time),
        cmocka_unit_test(the_nearest_free_party_goes_and_stays_where_it_worked),
        cmocka_unit_test(a_party_takes_only_jobs_of_its_skill),
        cmocka_unit_test(a_crew_asked_for_by_name_is_waited_for),
        cmocka_unit_test(breakers_are_closed_from_afar),
        cmocka_unit_test(a_remote_job_fails_when_control_is_lost_meanwhile),
        cmocka_unit_test(what_is_broken_cannot_be_mended_from_afar),
        cmocka_unit_test(a_crew_sent_for_nothing_finds_that_out_on_the_spot),
        cmocka_unit_test(a_cancelled_job_frees_its_party_where_it_is),
        cmocka_unit_test(a_cancelled_job_no_longer_waits),
        cmocka_unit_test(how_long_work_takes_is_drawn_for_each_occurrence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
