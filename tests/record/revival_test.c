/* A live drill: inputs are given as time passes, committed, and only then executed. */
#include "small_record.h"

#include <signal.h>
#include <sys/wait.h>

static char told[8192];

static toc_package *template_package(void) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/assets/template", support_source());
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    assert_int_equal(toc_package_open(path, problems, &package), TOC_OK);
    toc_problems_destroy(problems);
    return package;
}

static const toc_package *the_package(void) {
    static toc_package *package;
    return package == NULL ? package = template_package() : package;
}

struct live {
    toc_record *record;
    toc_drill *drill;
    toc_problems *problems;
};

static void begin(struct live *live, const char *path) {
    toc_record_meta meta = {.title = "Live", .package_name = "template", .policy = "", .seed = 5};
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "%s", TOC_VERSION);
    live->problems = toc_problems_create();
    assert_int_equal(toc_record_create(path, the_package(), &meta, live->problems, &live->record),
                     TOC_OK);
    toc_drill_options options = {
        .seed = 5, .trace = toc_record_trace, .trace_object = live->record};
    assert_int_equal(toc_drill_open(the_package(), &options, live->problems, &live->drill), TOC_OK);
}

static void act(struct live *live, const char *seat, unsigned minute) {
    char text[64];
    (void)snprintf(text, sizeof text, "text=minute %u", minute);
    toc_input input = {.seat = seat, .verb = "note", .target = "", .parameters = text};
    assert_int_equal(toc_drill_submit(live->drill, &input, live->problems, &input.at), TOC_OK);
    assert_int_equal(toc_record_input(live->record, &input, live->problems), TOC_OK);
    assert_int_equal(toc_record_commit(live->record, live->problems), TOC_OK);
}

/* Plays minute by minute up to `until`; every `every` minutes the dispatcher does something. */
static void play(struct live *live, unsigned until, unsigned every) {
    unsigned minute = (unsigned)(toc_drill_now(live->drill) / TOC_MINUTE);
    for (; minute < until; minute++) {
        if (every != 0 && minute % every == 0) {
            act(live, "gridco.dispatcher", minute);
        }
        assert_int_equal(
            toc_drill_advance(live->drill, (toc_time)(minute + 1) * TOC_MINUTE, live->problems),
            TOC_OK);
        assert_int_equal(toc_record_digest(live->record, toc_drill_now(live->drill),
                                           toc_drill_digest(live->drill), live->problems),
                         TOC_OK);
        assert_int_equal(toc_record_commit(live->record, live->problems), TOC_OK);
    }
}

/* Ends the drill; its digest then. */
static uint64_t end(struct live *live) {
    uint64_t digest = toc_drill_digest(live->drill);
    assert_int_equal(toc_record_finish(live->record, toc_drill_now(live->drill), "ended", digest,
                                       toc_drill_events(live->drill), live->problems),
                     TOC_OK);
    assert_int_equal(toc_problems_count(live->problems, TOC_ERROR), 0);
    toc_drill_close(live->drill);
    toc_record_close(live->record);
    toc_problems_destroy(live->problems);
    return digest;
}

static void resume(struct live *live, const char *path) {
    live->problems = toc_problems_create();
    if (toc_record_resume(path, live->problems, &live->record, &live->drill) != TOC_OK) {
        (void)toc_problems_print(toc_problems_at(live->problems, 0), told, sizeof told);
        fail_msg("%s", told);
    }
}

static void rewind_to(struct live *live, unsigned minute, const char *why) {
    toc_drill *before = live->drill;
    assert_int_equal(
        toc_record_rewind(live->record, minute * TOC_MINUTE, why, live->problems, &live->drill),
        TOC_OK);
    toc_drill_close(before);
    assert_int_equal(toc_drill_now(live->drill), minute * TOC_MINUTE);
}

static void verifies(toc_record *record) {
    toc_problems *problems = toc_problems_create();
    toc_drill *drill = NULL;
    toc_status status = toc_record_replay(record, TOC_NEVER, true, NULL, NULL, problems, &drill);
    if (status != TOC_OK) {
        (void)toc_problems_print(toc_problems_at(problems, 0), told, sizeof told);
        fail_msg("%s", told);
    }
    toc_drill_close(drill);
    toc_problems_destroy(problems);
}

/* What nobody interrupted: acting every `every` minutes up to `stop`, then no more. */
static uint64_t undisturbed(const char *name, unsigned stop, unsigned every, unsigned until) {
    struct live live;
    begin(&live, small_path(name));
    play(&live, stop, every);
    play(&live, until, 0);
    return end(&live);
}

/* Plays in a process of its own that is killed at minute `until`, after one more input. */
static void play_and_be_killed(const char *path, unsigned until) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct live live;
        begin(&live, path);
        play(&live, until, 7);
        act(&live, "gridco.incident_lead", until);
        (void)kill(getpid(), SIGKILL);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how));
}

static void a_killed_drill_goes_on_with_every_acknowledged_action(void **state) {
    (void)state;
    const char *path = small_path("killed.drill"), *whole = small_path("whole.drill");
    play_and_be_killed(path, 43);
    struct live live;
    resume(&live, path);
    /* the last action was acknowledged and not yet executed; now it is */
    assert_int_equal(toc_drill_now(live.drill), 43 * TOC_MINUTE + 1);
    play(&live, 90, 7);
    uint64_t digest = end(&live);

    begin(&live, whole);
    play(&live, 43, 7);
    act(&live, "gridco.incident_lead", 43);
    play(&live, 90, 7);
    assert_true(end(&live) == digest);

    toc_record *resumed = small_open(path, told, sizeof told);
    toc_record *other = small_open(whole, told, sizeof told);
    assert_non_null(resumed);
    assert_int_equal(toc_record_branch_count(resumed), 1);
    assert_true(small_content(resumed) == small_content(other));
    verifies(resumed);
    toc_record_close(resumed);
    toc_record_close(other);
}

static void a_drill_killed_at_once_goes_on_from_its_beginning(void **state) {
    (void)state;
    const char *path = small_path("at-once.drill");
    struct live live;
    begin(&live, path);
    toc_drill_close(live.drill);
    toc_record_close(live.record);
    toc_problems_destroy(live.problems);
    resume(&live, path);
    assert_int_equal(toc_drill_now(live.drill), 0);
    play(&live, 60, 7);
    assert_true(end(&live) == undisturbed("not-at-once.drill", 60, 7, 60));
    toc_record *record = small_open(path, told, sizeof told);
    verifies(record);
    toc_record_close(record);
}

static void a_finished_drill_is_not_resumed(void **state) {
    (void)state;
    const char *path = small_path("finished.drill");
    (void)undisturbed("finished.drill", 10, 3, 10);
    toc_problems *problems = toc_problems_create();
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    assert_int_equal(toc_record_resume(path, problems, &record, &drill), TOC_BAD_INPUT);
    (void)toc_problems_print(toc_problems_at(problems, 0), told, sizeof told);
    assert_non_null(strstr(told, "was finished"));
    assert_null(record);
    toc_problems_destroy(problems);
    record = small_open(path, told, sizeof told);
    assert_non_null(record);
    toc_record_close(record);
}

static void time_taken_back_is_as_if_it_had_not_been(void **state) {
    (void)state;
    const char *path = small_path("rewound.drill");
    struct live live;
    begin(&live, path);
    play(&live, 60, 7);
    rewind_to(&live, 30, "the radio had failed");
    play(&live, 80, 0);
    uint64_t digest = end(&live);
    assert_true(digest == undisturbed("straight.drill", 30, 7, 80));

    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_int_equal(toc_record_branch_count(record), 2);
    toc_record_branch branch = toc_record_branch_at(record, 2);
    assert_int_equal(branch.parent, 1);
    assert_int_equal(branch.forked_at, 30 * TOC_MINUTE);
    assert_string_equal(branch.why, "the radio had failed");
    assert_int_equal(toc_record_input_count(record), 5); /* minutes 0, 7, 14, 21, 28 */
    verifies(record);
    toc_record *straight = small_open(small_path("straight.drill"), told, sizeof told);
    assert_true(small_content(record) == small_content(straight));
    toc_record_close(straight);
    /* nothing of what was taken back is lost */
    toc_record_select(record, 1);
    assert_int_equal(toc_record_input_count(record), 9);
    assert_int_equal(toc_record_digest_count(record), 60);
    verifies(record);
    toc_record_close(record);
}

static void time_can_be_taken_back_again_and_to_before_the_last_time(void **state) {
    (void)state;
    const char *path = small_path("again.drill");
    struct live live;
    begin(&live, path);
    play(&live, 40, 7);
    rewind_to(&live, 30, "once");
    play(&live, 50, 11);
    rewind_to(&live, 20, "twice");
    play(&live, 35, 0);
    rewind_to(&live, 35, "in place");
    play(&live, 45, 0);
    assert_true(end(&live) == undisturbed("again-straight.drill", 20, 7, 45));
    toc_record *record = small_open(path, told, sizeof told);
    assert_int_equal(toc_record_branch_count(record), 4);
    for (uint32_t number = 1; number <= 4; number++) {
        toc_record_select(record, number);
        verifies(record);
    }
    toc_record_close(record);
}

static void a_rewound_drill_that_was_killed_goes_on_where_it_was(void **state) {
    (void)state;
    const char *path = small_path("both.drill");
    struct live live;
    begin(&live, path);
    play(&live, 40, 7);
    rewind_to(&live, 30, "once");
    play(&live, 33, 0);
    toc_drill_close(live.drill);
    toc_record_close(live.record);
    toc_problems_destroy(live.problems);
    resume(&live, path);
    assert_int_equal(toc_drill_now(live.drill), 33 * TOC_MINUTE);
    play(&live, 50, 0);
    assert_true(end(&live) == undisturbed("both-straight.drill", 30, 7, 50));
    toc_record *record = small_open(path, told, sizeof told);
    assert_int_equal(toc_record_branch_count(record), 2);
    verifies(record);
    toc_record_close(record);
}

static void a_drill_goes_on_on_a_new_branch_with_what_was_given_before(void **state) {
    (void)state;
    const char *path = small_path("split.drill");
    struct live live;
    begin(&live, path);
    play(&live, 20, 7);
    act(&live, "gridco.dispatcher", 20); /* acknowledged, and not yet passed */
    assert_int_equal(
        toc_record_split(live.record, toc_drill_now(live.drill), "what if we wait", live.problems),
        TOC_OK);
    play(&live, 40, 11);
    (void)end(&live);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_int_equal(toc_record_branch_count(record), 2);
    assert_string_equal(toc_record_branch_at(record, 2).why, "what if we wait");
    assert_int_equal(toc_record_input_count(record), 6); /* 0, 7, 14, 20; 22, 33 */
    verifies(record);
    toc_record_select(record, 1);
    assert_int_equal(toc_record_input_count(record), 4);
    verifies(record);
    toc_record_close(record);
}

static void a_branch_that_was_left_is_gone_back_to(void **state) {
    (void)state;
    const char *path = small_path("fork.drill");
    struct live live;
    toc_drill *drill = NULL;
    begin(&live, path);
    play(&live, 30, 7);
    rewind_to(&live, 10, "another way");
    play(&live, 25, 4);
    assert_int_equal(toc_record_fork(live.record, 3, TOC_NEVER, "", live.problems, &drill),
                     TOC_BAD_INPUT);
    assert_int_equal(toc_record_fork(live.record, 1, 31 * TOC_MINUTE, "", live.problems, &drill),
                     TOC_BAD_INPUT);
    toc_problems_destroy(live.problems); /* and the drill goes on as if nothing had been asked */
    live.problems = toc_problems_create();
    play(&live, 28, 0);
    assert_int_equal(toc_record_fork(live.record, 1, TOC_NEVER, "back", live.problems, &drill),
                     TOC_OK);
    toc_drill_close(live.drill);
    live.drill = drill;
    assert_int_equal(toc_drill_now(drill), 30 * TOC_MINUTE);
    play(&live, 45, 0);
    assert_true(end(&live) == undisturbed("fork-straight.drill", 30, 7, 45));
    toc_record *record = small_open(path, told, sizeof told);
    assert_int_equal(toc_record_branch_count(record), 3);
    assert_int_equal(toc_record_branch_at(record, 3).parent, 1);
    assert_int_equal(toc_record_branch_end(record, 2), 28 * TOC_MINUTE);
    for (uint32_t number = 1; number <= 3; number++) {
        toc_record_select(record, number);
        verifies(record);
    }
    toc_record_close(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_drill_goes_on_with_every_acknowledged_action),
        cmocka_unit_test(a_drill_killed_at_once_goes_on_from_its_beginning),
        cmocka_unit_test(a_finished_drill_is_not_resumed),
        cmocka_unit_test(time_taken_back_is_as_if_it_had_not_been),
        cmocka_unit_test(time_can_be_taken_back_again_and_to_before_the_last_time),
        cmocka_unit_test(a_rewound_drill_that_was_killed_goes_on_where_it_was),
        cmocka_unit_test(a_drill_goes_on_on_a_new_branch_with_what_was_given_before),
        cmocka_unit_test(a_branch_that_was_left_is_gone_back_to),
    };
    int failed = cmocka_run_group_tests(tests, NULL, small_clean);
    toc_package_destroy((toc_package *)(uintptr_t)the_package());
    return failed;
}
