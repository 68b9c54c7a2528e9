#include "support/support.h"

#include "script/stage.h"

#define PROLOGUE "local t = require 'tocsin'\n"

static void processes_run_in_the_order_of_time_then_of_starting(void **state) {
    (void)state;
    stage_check(PROLOGUE "for i = 1, 3 do t.start(function(name)\n"
                         "  print(name, 'starts', t.now())\n"
                         "  t.wait(t.seconds(4 - i)); print(name, 'goes on', t.now())\n"
                         "  t.wait(t.seconds(i)); print(name, 'ends', t.now())\n"
                         "end, 'p' .. i) end\n",
                "p1\tstarts\t0\np2\tstarts\t0\np3\tstarts\t0\n"
                "p3\tgoes on\t1000000\np2\tgoes on\t2000000\np1\tgoes on\t3000000\n"
                "p3\tends\t4000000\np2\tends\t4000000\np1\tends\t4000000\n",
                "");
}

static void a_woken_process_goes_on_at_once_and_learns_that_it_was_woken(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "local sleeper = t.start(function()\n"
                "  print(t.wait(t.hours(1)), t.now()); print(t.wait(), t.now())\n"
                "  print(t.wait(t.seconds(1)), t.now())\n"
                "end)\n"
                "t.start(function() t.wait(t.seconds(5)); print(t.wake(sleeper), t.wake(sleeper))\n"
                "  t.wait(t.seconds(5)); print(t.wake(sleeper)) end)\n",
                "true\tfalse\ntrue\t5000000\ntrue\ntrue\t10000000\nfalse\t11000000\n", "");
}

static void a_cancelled_process_never_runs_again(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "local p = t.start(function() t.wait(t.seconds(9)); print('never') end)\n"
                "local q = t.start(function() print('never') end)\n"
                "print(t.cancel(q), t.cancel(q))\n"
                "local r\n"
                "r = t.start(function() print(t.cancel(r)); t.wait(t.seconds(1))\n"
                "  print('never') end)\n"
                "t.start(function() t.wait(t.seconds(1)); print(t.cancel(p), t.cancel(p),\n"
                "  t.wake(p)) end)\n",
                "true\tfalse\ntrue\ntrue\tfalse\tfalse\n", "");
}

static void a_process_waits_within_pcall(void **state) {
    (void)state;
    stage_check(PROLOGUE
                "t.start(function()\n"
                "  print(pcall(function() t.wait(t.seconds(1)); error('late', 0) end))\n"
                "  print(xpcall(function() return t.wait(t.seconds(1)), t.now() end, print))\n"
                "end)\n",
                "false\tlate\ntrue\tfalse\t2000000\n", "");
}

static void an_error_in_a_process_is_told_with_its_line_and_stops_the_calendar(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  t.wait(t.seconds(1))\n"
                         "  local x = nil + 1\n"
                         "end)\n"
                         "t.start(function() t.wait(t.seconds(2)); print('never') end)\n",
                "", "drills/dark/scenario.lua:4: attempt to perform arithmetic on a nil value");
}

static void waiting_outside_a_process_is_an_error_that_says_so(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.wait(t.seconds(1))\n", "",
                "drills/dark/scenario.lua:2: only a plan or another process can wait, and this is "
                "none");
    stage_check(PROLOGUE "t.start(function()\n"
                         "  table.sort({2, 1}, function(a, b) t.wait(1) return a < b end)\n"
                         "end)\n",
                "",
                "drills/dark/scenario.lua:3: a process cannot wait inside a function that sort, "
                "gsub or an operator calls");
}

static void a_loop_whose_waits_take_no_time_is_found(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  while true do\n"
                         "    t.wait(0)\n"
                         "  end\n"
                         "end)\n",
                "",
                "drills/dark/scenario.lua:4: processes have run 1000000 times at one instant; is "
                "there a loop whose waits take no time?");
}

static void coroutines_are_used_again_by_later_processes(void **state) {
    (void)state;
    stage *staged = stage_open(
        PROLOGUE "local function nothing() t.wait(1) end\n"
                 "t.start(function() for i = 1, 10000 do t.start(nothing); t.wait(2) end\n"
                 "end)\n",
        NULL);
    assert_int_equal(stage_run(staged), TOC_OK);
    assert_int_equal(toc_processes_count(staged->processes), 0);
    assert_true(toc_host_bytes(staged->host) < 100000);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processes_run_in_the_order_of_time_then_of_starting),
        cmocka_unit_test(a_woken_process_goes_on_at_once_and_learns_that_it_was_woken),
        cmocka_unit_test(a_cancelled_process_never_runs_again),
        cmocka_unit_test(a_process_waits_within_pcall),
        cmocka_unit_test(an_error_in_a_process_is_told_with_its_line_and_stops_the_calendar),
        cmocka_unit_test(waiting_outside_a_process_is_an_error_that_says_so),
        cmocka_unit_test(a_loop_whose_waits_take_no_time_is_found),
        cmocka_unit_test(coroutines_are_used_again_by_later_processes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
