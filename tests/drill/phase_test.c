#include "support/support.h"

#include "rehearsal.h"

static void a_phase_tells_everybody_its_situation_and_others_start_from_it(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:phase \"P1\" { \"Warning\", at = 0, situation = \"A mail is going round.\" }\n"
            "drill:phase \"P2\" { \"Impact\", after = \"dark\" }\n"
            "drill:phase \"P3\" { \"Recovery\", when = t.service(\"power\", { below = 0.6 }) }\n"
            "drill:objective \"O1\" { \"x\", after = \"P2\" }\n"
            "drill:at(t.minutes(9), function(d) print(d.current_phase) d:mark \"dark\" d:wait(1)\n"
            "  print(d.current_phase) d:wait(t.minutes(5)) d:fail(\"ss-1\", \"damage\")\n"
            "  d:fail(\"ss-2\", \"damage\") end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 inject|P1|exercise control|briefing|A mail is going round.\n"
                             "00:00:00 delivered|P1|gridco.dispatcher|briefing|\n"
                             "00:00:00 delivered|P1|gridco.soc|briefing|\n"
                             "00:00:00 phase|P1||began|Warning\n");
    rehearsal_expect(played, "00:09:00 log||scenario||P1\n");
    rehearsal_expect(played, "00:09:00 phase|P2||began|Impact\n");
    rehearsal_expect(played, "00:09:00 log||scenario||P2\n");
    rehearsal_expect(played, "00:09:00 objective|O1||started|");
    rehearsal_expect(played, "00:14:00 phase|P3||began|Recovery\n");
    rehearsal_close(played);
}

static void the_stages_of_a_standard_come_from_the_library(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("require(\"tocsin.phases\").gbt38645(drill, { execution = t.minutes(5),\n"
                  "  recovery = t.marked \"over\" })\n"
                  "drill:at(t.minutes(30), function(d) d:mark \"over\" end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 phase|start||began|Preparation and start\n");
    rehearsal_expect(played, "00:05:00 phase|execution||began|Execution\n");
    rehearsal_expect(played, "00:30:00 phase|recovery||began|System recovery\n");
    assert_int_equal(rehearsal_count(played, " phase|"), 3);
    rehearsal_close(played);
}

static void a_stage_that_is_none_is_told_at_the_authors_line(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("require(\"tocsin.phases\").gbt38645(drill, { excution = t.minutes(5) })\n"),
        NULL, 1);
    assert_null(played->drill);
    assert_string_equal(rehearsal_problem(played, 0),
                        "dark/scenario.lua:4: phases.gbt38645: there is no stage 'excution'; there "
                        "are start, execution, ending and recovery");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phase_tells_everybody_its_situation_and_others_start_from_it),
        cmocka_unit_test(the_stages_of_a_standard_come_from_the_library),
        cmocka_unit_test(a_stage_that_is_none_is_told_at_the_authors_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
