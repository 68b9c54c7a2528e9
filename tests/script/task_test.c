#include "support/support.h"

#include "script/stage.h"

#define PROLOGUE                                                                                   \
    "local t = require 'tocsin'\n"                                                                 \
    "local function sleeper(name, seconds) return function()\n"                                    \
    "  t.wait(t.seconds(seconds)); print(name, 'ends', t.now() // 1000000) end end\n"              \
    "local function at(...) print(t.now() // 1000000, ...) end\n"

static void a_task_is_waited_for(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local a = t.spawn(sleeper('a', 5))\n"
                         "  at(a, a.is_running, a:wait(), a.is_running, a:wait())\n"
                         "  local b = t.spawn(print, 'with', 'values')\n"
                         "  at(b:wait())\n"
                         "end)\n",
                "a\tends\t5\n5\ttask\ttrue\ttrue\tfalse\ttrue\nwith\tvalues\n5\ttrue\n", "");
}

static void a_wait_ends_when_its_time_has_run_out(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local a = t.spawn(sleeper('a', 5))\n"
                         "  local early = a:wait(t.seconds(2)); at(early, a.is_running)\n"
                         "  t.wait(t.seconds(10)); at('nobody woke it')\n"
                         "end)\n",
                "2\tfalse\ttrue\na\tends\t5\n12\tnobody woke it\n", "");
}

static void all_or_any_of_several_are_waited_for(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local a, b, c = t.spawn(sleeper('a', 5)), t.spawn(sleeper('b', 3)),\n"
                         "    t.spawn(sleeper('c', 9))\n"
                         "  local first = t.wait_any {a, b, c}; at(first == b)\n"
                         "  first = t.wait_any({a, c}, t.seconds(1)); at(first)\n"
                         "  local all = t.wait_all({a, b, c}, t.seconds(2)); at(all)\n"
                         "  all = t.wait_all {a, b, c}; at(all)\n"
                         "  first = t.wait_any {c, a}; at(first == c)\n"
                         "end)\n",
                "b\tends\t3\n3\ttrue\n4\tnil\na\tends\t5\n6\tfalse\nc\tends\t9\n9\ttrue\n9\ttrue\n",
                "");
}

static void cancelling_a_task_cancels_what_it_spawned(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local inner, innermost\n"
                         "  local outer = t.spawn(function()\n"
                         "    inner = t.spawn(function() innermost = t.spawn(sleeper('x', 5))\n"
                         "      sleeper('inner', 5)() end)\n"
                         "    sleeper('outer', 5)()\n"
                         "  end)\n"
                         "  local other = t.spawn(sleeper('other', 6))\n"
                         "  t.wait(t.seconds(1))\n"
                         "  print(outer:cancel(), inner.is_running, innermost.is_running)\n"
                         "  print(outer:cancel(), other.is_running)\n"
                         "end)\n",
                "true\tfalse\tfalse\nfalse\ttrue\nother\tends\t6\n", "");
}

static void what_a_task_spawned_goes_on_when_it_ends_by_itself(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local outer = t.spawn(function() t.spawn(sleeper('inner', 5)) end)\n"
                         "  outer:wait(); at('outer has ended')\n"
                         "  print(outer:cancel())\n"
                         "end)\n",
                "0\touter has ended\nfalse\ninner\tends\t5\n", "");
}

static void what_takes_too_long_is_cancelled(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local done = t.within(t.seconds(3), sleeper('quick', 2)); at(done)\n"
                         "  done = t.within(t.seconds(3), sleeper('slow', 4)); at(done)\n"
                         "  done = t.within(t.seconds(3), function(x) at(x) end, 'x'); at(done)\n"
                         "  t.wait(t.seconds(9)); at('end')\n"
                         "end)\n",
                "quick\tends\t2\n2\ttrue\n5\tfalse\n5\tx\n5\ttrue\n14\tend\n", "");
}

static void a_process_that_is_woken_for_another_reason_goes_on_waiting(void **state) {
    (void)state;
    stage_check(PROLOGUE "local waiter = t.start(function()\n"
                         "  local a = t.spawn(sleeper('a', 5))\n"
                         "  at(a:wait(t.seconds(8)))\n"
                         "  at(t.within(t.seconds(8), sleeper('b', 3)))\n"
                         "end)\n"
                         "t.start(function() for i = 1, 7 do t.wait(t.seconds(1))\n"
                         "  t.wake(waiter) end end)\n",
                "a\tends\t5\n5\ttrue\nb\tends\t8\n8\ttrue\n", "");
}

static void a_task_that_cancels_itself_ends_at_its_next_wait(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local a\n"
                         "  a = t.spawn(function() at(a:cancel()); t.wait(1); print('never') end)\n"
                         "  at(a:wait())\n"
                         "end)\n",
                "0\ttrue\n0\ttrue\n", "");
}

static void an_old_task_is_never_taken_for_a_new_one(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.start(function()\n"
                         "  local old = t.spawn(function() end); old:wait()\n"
                         "  local new = t.spawn(sleeper('new', 5))\n"
                         "  print(old == new, old.is_running, old:cancel(), new.is_running)\n"
                         "  for i = 1, 5000 do t.spawn(function() end):wait() end\n"
                         "  print(new.is_running)\n"
                         "end)\n",
                "false\tfalse\tfalse\ttrue\ntrue\nnew\tends\t5\n", "");
}

static void a_chain_of_tasks_however_long_is_cancelled(void **state) {
    (void)state;
    stage_check(PROLOGUE "local count = 0\n"
                         "local function link(n) count = count + 1\n"
                         "  if n > 0 then t.spawn(link, n - 1) end; t.wait(t.hours(1))\n"
                         "  print('never') end\n"
                         "t.start(function() local a = t.spawn(link, 20000); t.wait(1)\n"
                         "  print(count, a:cancel()); t.wait(t.hours(2)) end)\n",
                "20001\ttrue\n", "");
}

static void mistakes_are_told(void **state) {
    (void)state;
    stage_check(PROLOGUE "t.spawn(5)\n", "",
                "drills/dark/scenario.lua:5: t.spawn: expected a function, found 5");
    stage_check(PROLOGUE "t.spawn(print):wait()\n", "",
                "drills/dark/scenario.lua:5: task:wait: only a plan or another process can wait");
    stage_check(PROLOGUE "t.start(function() t.wait_all {} end)\n", "",
                "drills/dark/scenario.lua:5: t.wait_all: expected 1 to 200 tasks, found 0");
    stage_check(PROLOGUE "t.start(function() t.wait_any {t.spawn(print), 7} end)\n", "",
                "drills/dark/scenario.lua:5: expected a task, found 7");
    stage_check(PROLOGUE "local a\na = t.spawn(function() a:wait() end)\n", "",
                "drills/dark/scenario.lua:6: task:wait: a task cannot wait for itself");
    stage_check(PROLOGUE "t.spawn(function() t.wait(t.seconds(1)); error 'late' end)\n", "",
                "drills/dark/scenario.lua:5: late");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_is_waited_for),
        cmocka_unit_test(a_wait_ends_when_its_time_has_run_out),
        cmocka_unit_test(all_or_any_of_several_are_waited_for),
        cmocka_unit_test(cancelling_a_task_cancels_what_it_spawned),
        cmocka_unit_test(what_a_task_spawned_goes_on_when_it_ends_by_itself),
        cmocka_unit_test(what_takes_too_long_is_cancelled),
        cmocka_unit_test(a_process_that_is_woken_for_another_reason_goes_on_waiting),
        cmocka_unit_test(a_task_that_cancels_itself_ends_at_its_next_wait),
        cmocka_unit_test(an_old_task_is_never_taken_for_a_new_one),
        cmocka_unit_test(a_chain_of_tasks_however_long_is_cancelled),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
