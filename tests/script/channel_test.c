#include "support/support.h"

#include "script/stage.h"

#define PROLOGUE                                                                                   \
    "local t = require 'tocsin'\n"                                                                 \
    "local s = t.seconds\n"                                                                        \
    "local function at(...) print(t.now() // 1000000, ...) end\n"                                  \
    "local line = t.channel()\n"

static void things_come_out_as_they_went_in_with_their_time(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.spawn(function()\n"
                         "  local list = {1}\n"
                         "  line:put('text'); line:put(7); line:put(0.5); line:put(false)\n"
                         "  line:put(list); line:put(line); line:put(print)\n"
                         "  at(line.length)\n"
                         "  t.wait(s(3))\n"
                         "  at(line:get()); at(line:get()); at(line:get()); at(line:get())\n"
                         "  at(line:get() == list, line:get() == line, line:get() == print)\n"
                         "  at(line.length)\n"
                         "end)\n",
                "0\t7\n3\ttext\t3000000\n3\t7\t3000000\n3\t0.5\t3000000\n3\tfalse\t3000000\n"
                "3\ttrue\ttrue\ttrue\n3\t0\n",
                "");
}

static void who_finds_nothing_waits_and_those_who_wait_are_served_in_order(void **state) {
    (void)state;
    stage_check(PROLOGUE "for i = 1, 3 do t.spawn(function() at(i, line:get()) end) end\n"
                         "t.spawn(function() t.wait(s(1)); line:put('a'); t.wait(s(1))\n"
                         "  line:put('b'); line:put('c'); line:put('d'); at(line.length) end)\n",
                "1\t1\ta\t0\n2\t3\n2\t2\tb\t0\n2\t3\tc\t0\n", "");
}

static void nobody_takes_what_is_promised_to_another(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.spawn(function() at('waited', line:get()) end)\n"
                         "t.spawn(function() t.wait(s(1)); line:put('a')\n"
                         "  at('came late', line:get(s(5))) end)\n"
                         "t.spawn(function() t.wait(s(3)); line:put('b') end)\n",
                "1\twaited\ta\t0\n3\tcame late\tb\t0\n", "");
}

static void a_wait_with_a_limit_ends_with_nothing(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "t.spawn(function() at(line:get(s(2))); at(line:get(0))\n"
                "  at(line:get(t.uniform('patience', s(4), s(4)))) end)\n"
                "t.spawn(function() t.wait(s(10)); line:put('late'); at(line.length) end)\n",
                "2\tnil\n2\tnil\n6\tnil\n10\t1\n", "");
}

static void what_was_promised_to_a_process_that_is_cancelled_goes_to_the_next(void **state) {
    (void)state;
    stage_check(PROLOGUE "local first = t.spawn(function() at('never', line:get()) end)\n"
                         "t.spawn(function() at('second', line:get()) end)\n"
                         "t.spawn(function() t.wait(s(1)); line:put('a'); first:cancel() end)\n",
                "1\tsecond\ta\t0\n", "");
}

static void a_process_that_is_cancelled_while_it_waits_is_passed_over(void **state) {
    (void)state;
    stage_check(PROLOGUE "local first = t.spawn(function() at('never', line:get()) end)\n"
                         "t.spawn(function() at('second', line:get()) end)\n"
                         "t.spawn(function() t.wait(s(1)); first:cancel(); t.wait(s(1))\n"
                         "  line:put('a') end)\n",
                "2\tsecond\ta\t0\n", "");
}

/* Woken by number, as a condition does it: it keeps its place in front. */
static void who_is_woken_for_other_reasons_goes_on_waiting_in_its_place(void **state) {
    (void)state;
    stage_check(PROLOGUE "local first = t.start(function() at('first', line:get(s(9))) end)\n"
                         "t.start(function() at('second', line:get()) end)\n"
                         "t.start(function() t.wait(s(1)); at(t.wake(first)); t.wait(s(1))\n"
                         "  line:put('a'); line:put('b') end)\n",
                "1\ttrue\n2\tfirst\ta\t0\n2\tsecond\tb\t0\n", "");
}

static void a_thing_may_be_put_after_a_time(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.spawn(function() line:put('a', s(2)); at('put')\n"
                         "  line:put('b', t.uniform('delay', s(1), s(1))); at('put') end)\n"
                         "t.spawn(function() t.wait(s(2)); t.wait(s(3)); at(line:get())\n"
                         "  at(line:get()) end)\n",
                "2\tput\n3\tput\n5\ta\t3000000\n5\tb\t2000000\n", "");
}

static void serving_takes_a_thing_and_the_time_that_work_takes(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "t.spawn(function() for i = 1, 3 do at('done', line:serve(s(4))) end end)\n"
                "t.spawn(function() t.wait(s(1)); line:put('a'); line:put('b')\n"
                "  t.wait(s(20)); line:put('c') end)\n",
                "5\tdone\ta\t0\n9\tdone\tb\t4000000\n25\tdone\tc\t0\n", "");
}

static void a_line_grows_and_turns_without_losing_anything(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "t.spawn(function()\n"
                "  local next_in, next_out = 1, 1\n"
                "  for round = 1, 200 do\n"
                "    for _ = 1, round % 37 do line:put(next_in); next_in = next_in + 1 end\n"
                "    for _ = 1, round % 31 do\n"
                "      if line.length > 0 then\n"
                "        assert(line:get() == next_out); next_out = next_out + 1\n"
                "      end\n"
                "    end\n"
                "  end\n"
                "  print(line.length == next_in - next_out, line.length > 100)\n"
                "end)\n",
                "true\ttrue\n", "");
}

static void mistakes_are_told_at_their_line(void **state) {
    (void)state;
    stage_check(PROLOGUE "line:put()\n", "",
                "drills/dark/scenario.lua:5: channel:put: there is nothing to put");
    stage_check(PROLOGUE "line:get()\n", "",
                "drills/dark/scenario.lua:5: only a plan or another process can wait, and this is "
                "none");
    stage_check(PROLOGUE "t.spawn(function() line.get(7) end)\n", "",
                "drills/dark/scenario.lua:5: expected a channel, found 7 (is the call written with "
                "a colon?)");
    stage_check(PROLOGUE "for i = 1, 20000 do t.channel() end\n", "",
                "drills/dark/scenario.lua:5: more than 10000 channels; one serves for any number "
                "of things");
}

static void a_line_without_end_meets_the_limit_of_memory(void **state) {
    (void)state;
    toc_host_options options = {.bytes = (size_t)4 << 20};
    stage *staged = stage_open(PROLOGUE "while true do line:put(1) end\n", &options);
    assert_int_not_equal(stage_run(staged), TOC_OK);
    assert_non_null(strstr(stage_problem(staged), "needs more than 4096 KB of memory"));
    stage_close(staged);
}

/* What nobody holds any more is collected although it went through a line. */
static void a_line_keeps_nothing_that_was_taken_out(void **state) {
    (void)state;
    stage *staged = stage_open(PROLOGUE "t.spawn(function()\n"
                                        "  for i = 1, 200000 do line:put({i}); line:get() end\n"
                                        "end)\n",
                               NULL);
    assert_int_equal(stage_run(staged), TOC_OK);
    assert_true(toc_host_bytes(staged->host) < 1 << 20);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_come_out_as_they_went_in_with_their_time),
        cmocka_unit_test(who_finds_nothing_waits_and_those_who_wait_are_served_in_order),
        cmocka_unit_test(nobody_takes_what_is_promised_to_another),
        cmocka_unit_test(a_wait_with_a_limit_ends_with_nothing),
        cmocka_unit_test(what_was_promised_to_a_process_that_is_cancelled_goes_to_the_next),
        cmocka_unit_test(a_process_that_is_cancelled_while_it_waits_is_passed_over),
        cmocka_unit_test(who_is_woken_for_other_reasons_goes_on_waiting_in_its_place),
        cmocka_unit_test(a_thing_may_be_put_after_a_time),
        cmocka_unit_test(serving_takes_a_thing_and_the_time_that_work_takes),
        cmocka_unit_test(a_line_grows_and_turns_without_losing_anything),
        cmocka_unit_test(mistakes_are_told_at_their_line),
        cmocka_unit_test(a_line_without_end_meets_the_limit_of_memory),
        cmocka_unit_test(a_line_keeps_nothing_that_was_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
