#include "support/support.h"

#include "rehearsal.h"
#include "tocsin/truth.h"

static const char plan[] = REHEARSAL(
    "drill:inject { id = \"A\", at = t.minutes(10), to = \"gridco.soc\", text = \"a\" }\n"
    "drill:inject { id = \"C\", at = t.minutes(5), to = { \"gridco.soc\" }, text = \"c\", call = { "
    "says = \"Hello?\", answers = { \"Who?\", \"Me.\" } } }\n"
    "drill:inject { id = \"H\", contingency = true, to = \"gridco\", text = \"h\" }\n"
    "local red = drill:adversary { name = \"RED\" }\n"
    "red:plan(function(a) a:wait(t.minutes(2)) a:technique \"T0855\" { on = \"ss-1\", effect = "
    "\"open-breaker\", takes = t.minutes(1) } end)\n");

static toc_truth_inject inject(const rehearsal *played, const char *id) {
    for (uint32_t i = 0; i < toc_truth_inject_count(played->drill); i++) {
        toc_truth_inject found = toc_truth_inject_at(played->drill, i);
        if (strcmp(found.id, id) == 0) {
            return found;
        }
    }
    fail_msg("no inject %s", id);
    return (toc_truth_inject){.id = NULL};
}

static void control_sees_where_every_inject_stands(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, 6 * TOC_MINUTE);
    assert_string_equal(inject(played, "A").state, "pending");
    assert_int_equal(inject(played, "A").at, 10 * TOC_MINUTE);
    assert_string_equal(inject(played, "H").state, "pending");
    assert_int_equal(inject(played, "H").at, TOC_NEVER);
    toc_truth_inject call = inject(played, "C");
    assert_string_equal(call.state, "due");
    assert_int_equal(call.at, 5 * TOC_MINUTE);
    assert_string_equal(call.script, "Hello?");
    assert_int_equal(call.answer_count, 2);
    assert_string_equal(call.answers[1], "Me.");
    rehearsal_play(played, 11 * TOC_MINUTE);
    assert_string_equal(inject(played, "A").state, "delivered");
    assert_string_equal(inject(played, "C").state, "delivered");
    rehearsal_close(played);
}

static void control_sees_what_is_wrong_with_an_asset_and_how_far_the_attack_is(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    assert_int_equal(toc_truth_adversary_count(played->drill), 1);
    assert_int_equal(toc_truth_adversary_at(played->drill, 0).steps, 0);
    assert_string_equal(toc_truth_adversary_at(played->drill, 0).outcome, "");
    rehearsal_play(played, 2 * TOC_MINUTE + TOC_SECOND);
    assert_string_equal(toc_truth_adversary_at(played->drill, 0).outcome, "under way");
    rehearsal_play(played, 4 * TOC_MINUTE);
    toc_truth_adversary red = toc_truth_adversary_at(played->drill, 0);
    assert_string_equal(red.id, "RED");
    assert_string_equal(red.technique, "T0855");
    assert_string_equal(red.target, "ss-1");
    assert_string_equal(red.outcome, "done");
    uint32_t station = toc_topology_find_element(toc_drill_topology(played->drill), "ss-1");
    toc_truth_element element = toc_truth_element_at(played->drill, station);
    assert_string_equal(element.operation, "off");
    assert_int_equal(element.cause_count, 1);
    assert_string_equal(element.causes[0], "opened");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_sees_where_every_inject_stands),
        cmocka_unit_test(control_sees_what_is_wrong_with_an_asset_and_how_far_the_attack_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
