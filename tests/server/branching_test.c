/* Branches of a drill that is played: begun, left, gone back to. */
#include "small_hall.h"

#define TELL_SOC(id)                                                                               \
    "{\"m\":\"act\",\"id\":\"" id "\",\"verb\":\"notify_peer\",\"target\":\"gridco.soc\","         \
    "\"parameters\":{\"text\":\"Look here\"}}"
#define BRANCH(id, fields) "{\"m\":\"command\",\"id\":\"" id "\",\"command\":\"branch\"" fields "}"

static uint32_t told_soc(small_hall *hall) {
    uint32_t soc = 0;
    assert_true(toc_stream_find_seat(hall->drill, "gridco.soc", &soc));
    return toc_stream_count(hall->drill, soc);
}

static void a_new_branch_changes_nothing_for_those_who_play(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    toc_peer player = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 20);
    while (hall_hears(hall, player, "{\"m\":")) { /* what was sent so far */
    }
    toc_time before = toc_drill_now(hall->drill);
    hall_say(hall, player, TELL_SOC("same-step"));
    hall_say(hall, control, BRANCH("b", ",\"parameters\":{\"name\":\"wait and see\"}"));
    hall_pass(hall, 70); /* telling somebody takes a minute */
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"b\""));
    assert_true(toc_drill_now(hall->drill) > before); /* the clock goes on */
    assert_int_equal(told_soc(hall), 1);
    const char *event = hall_hear(hall, player, "{\"m\":\"event\"");
    for (; event != NULL; event = hall_hear(hall, player, "{\"m\":\"event\"")) {
        assert_null(strstr(event, "\"kind\":\"drill\""));
    }
    hall_cut(hall);
    hall_resume(hall);
    assert_int_equal(told_soc(hall), 1);
    assert_int_equal(toc_record_branch_count(hall->record), 2);
    hall_close(hall);
}

static void verify_all(small_hall *hall, uint32_t count) {
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    hall_must(hall, toc_record_open(hall->path, hall->problems, &record));
    assert_int_equal(toc_record_branch_count(record), count);
    for (uint32_t number = 1; number <= count; number++) {
        toc_record_select(record, number);
        hall_must(hall,
                  toc_record_replay(record, TOC_NEVER, true, NULL, NULL, hall->problems, &drill));
        toc_drill_close(drill);
    }
    toc_record_close(record);
}

static void control_goes_back_to_the_branch_that_it_left(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    toc_peer player = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 60);
    hall_say(hall, player, TELL_SOC("on-1"));
    hall_pass(hall, 70);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"w\",\"command\":\"rewind\",\"at\":35000000}");
    hall_pass(hall, 2);
    assert_int_equal(told_soc(hall), 0);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"r\",\"command\":\"resume\"}");
    hall_pass(hall, 10);
    hall_say(hall, control, BRANCH("none", ",\"target\":\"7\""));
    hall_say(hall, control, BRANCH("late", ",\"target\":\"1\",\"at\":3600000000"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"none\""));
    assert_true(hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"late\""));
    hall_say(hall, control, BRANCH("back", ",\"target\":\"1\""));
    hall_pass(hall, 2);
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"back\""));
    assert_int_equal(told_soc(hall), 1); /* what was done there is done again */
    toc_time stands = toc_drill_now(hall->drill);
    assert_true(stands > 120 * TOC_SECOND);
    hall_pass(hall, 5);
    assert_true(toc_drill_now(hall->drill) == stands);
    const char *told = NULL, *branches = NULL;
    while ((told = hall_hear(hall, control, "{\"m\":\"truth\"")) != NULL) {
        branches = strstr(told, "\"branches\"") != NULL ? strstr(told, "\"branches\"") : branches;
    }
    assert_non_null(branches);
    assert_non_null(strstr(branches, "{\"id\":\"3\",\"from\":\"1\""));
    hall_cut(hall);
    hall_resume(hall);
    assert_true(toc_drill_now(hall->drill) >= stands);
    assert_int_equal(told_soc(hall), 1);
    control = hall_join(hall, hall->control, 0);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"e\",\"command\":\"end\"}");
    hall_pass(hall, 5);
    hall_cut(hall);
    verify_all(hall, 3);
    hall_close(hall);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_branch_changes_nothing_for_those_who_play),
        cmocka_unit_test(control_goes_back_to_the_branch_that_it_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
