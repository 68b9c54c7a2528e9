#include "support/support.h"

#include <locale.h>

#include "script/stage.h"

static void errors_name_the_authors_file_and_line(void **state) {
    (void)state;
    stage_check("local x\nlocal y = x.name\n", "",
                "drills/dark/scenario.lua:2: attempt to index a nil value (local 'x')");
    stage_check("local x = = 2\n", "", "drills/dark/scenario.lua:1: unexpected symbol near '='");
    stage_check("local function f()\n  error('no crew')\nend\nf()\n", "",
                "drills/dark/scenario.lua:2: no crew");
    stage_check("error({})\n", "",
                "drills/dark/scenario.lua:1: the script raised an error that is not a text "
                "but a value of type table");
    stage_check("\nprinnt(1)\n", "",
                "drills/dark/scenario.lua:2: nothing is named 'prinnt' here; did you mean "
                "'print'?");
}

static void a_loop_without_end_is_ended_at_its_line(void **state) {
    (void)state;
    stage_check("local n = 0\nwhile true do\n  n = n + 1\nend\n", "",
                "drills/dark/scenario.lua:3: scenario: the script works without end (over "
                "20000000 units of work without waiting); is there a loop that never waits?");
}

static void too_much_memory_ends_the_script_at_its_line(void **state) {
    (void)state;
    stage_check("local list = {}\nfor i = 1, 1e9 do\n  list[i] = {i}\nend\n", "",
                "drills/dark/scenario.lua:3: scenario: the script needs more than 65536 KB of "
                "memory");
}

static void modules_come_from_the_package_and_the_library_only(void **state) {
    (void)state;
    stage *staged = stage_open("local m = require 'parts.crew'\n"
                               "print(m.size, require 'parts/crew.lua' == m, require 'flag')\n"
                               "print(require('tocsin').minutes(1))\n",
                               NULL);
    staged->sources[1] = (stage_source){"parts/crew.lua", "return {size = 4}"};
    staged->sources[2] = (stage_source){"flag.lua", "local x = 1"};
    (void)stage_run(staged);
    assert_string_equal(stage_problem(staged), "");
    assert_string_equal(staged->output, "4\ttrue\ttrue\n60000000\n");
    stage_close(staged);
    stage_check("require '../secret'\n", "",
                "drills/dark/scenario.lua:1: '../secret' is not a module's name (letters, digits, "
                "_ and -, parts separated by dots, at most 46 characters)");
    stage_check("require '/etc/passwd'\n", "",
                "drills/dark/scenario.lua:1: '/etc/passwd' is not a module's name (letters, "
                "digits, _ and -, parts separated by dots, at most 46 characters)");
    stage_check("require 'io'\n", "",
                "drills/dark/scenario.lua:1: there is no module 'io': neither io.lua in the "
                "package nor a part of the library 'tocsin'");
    stage_check("require 'scenario'\n", "",
                "drills/dark/scenario.lua:1: the module 'scenario.lua' requires itself");
}

static void the_operator_of_powers_is_refused_in_the_program_but_not_in_texts(void **state) {
    (void)state;
    stage_check("-- a ^ here\nprint('^', \"a\\\"^\", [[^]], [==[ ]] ^ ]==]) --[[\n^ ]] print(1)\n"
                "print(2 ^ 3)\n",
                "",
                "drills/dark/scenario.lua:4: the operator ^ is not available, its result differs "
                "by processor; write x * x or math.power(x, y)");
    stage_check("-- a ^ here\nprint('^', \"a\\\"^\", [[^]], [==[ ]] ^ ]==]) --[[\n^ ]] print(1)\n",
                "^\ta\"^\t^\t ]] ^ \n1\n", "");
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    stage_check("\x1bLua", "", "drills/dark/scenario.lua:1: this file is not a text");
    stage_check("\xEF\xBB\xBFprint('after a byte order mark')", "after a byte order mark\n", "");
    stage_check("print('\xe7\x94\xb5\xe7\xbd\x91')", "\xe7\x94\xb5\xe7\xbd\x91\n", "");
}

static void a_long_error_is_cut(void **state) {
    (void)state;
    stage *staged = stage_open("error(('x'):rep(100000))\n", NULL);
    assert_int_equal(stage_run(staged), TOC_BAD_INPUT);
    assert_true(strlen(stage_problem(staged)) < 600);
    stage_close(staged);
}

static const char counting[] =
    "local t, n = require 'tocsin', 0\n"
    "local function work(i) n = n + i % 3; local s = ('x'):rep(i % 50) .. n; return #s, {s} end\n"
    "t.start(function() for i = 1, 1e9 do work(i); if i % 100 == 0 then print(i, n) end end end)\n";

static void a_budget_ends_a_script_at_the_same_point_every_time(void **state) {
    (void)state;
    char first[64] = "";
    uint64_t used = 0;
    for (int run = 0; run < 3; run++) {
        toc_host_options options = {.instructions = 300000};
        stage *staged = stage_open(counting, &options);
        assert_int_equal(stage_run(staged), TOC_BAD_INPUT);
        assert_true(toc_host_is_finished(staged->host));
        const char *last = staged->output + staged->output_length - 1;
        while (last > staged->output && last[-1] != '\n') {
            last--;
        }
        if (run == 0) {
            (void)snprintf(first, sizeof first, "%s", last);
            used = toc_host_instructions(staged->host);
        }
        assert_string_equal(last, first);
        assert_int_equal(toc_host_instructions(staged->host), used);
        stage_close(staged);
    }
    assert_true(strlen(first) > 0);
}

static void nothing_runs_in_a_finished_host(void **state) {
    (void)state;
    toc_host_options options = {.instructions = 10000};
    stage *staged = stage_open("print('once')\nwhile true do end\n", &options);
    lua_State *lua = toc_host_lua(staged->host);
    assert_int_equal(stage_run(staged), TOC_BAD_INPUT);
    assert_int_equal(toc_host_load(staged->host, "scenario.lua", staged->problems), TOC_BAD_INPUT);
    assert_int_equal(lua_gettop(lua), 0);
    assert_string_equal(staged->output, "once\n");
    assert_int_equal(toc_problems_count(staged->problems, TOC_ERROR), 1); /* told once */
    stage_close(staged);
}

static void each_callback_has_a_fresh_budget_but_the_total_is_one(void **state) {
    (void)state;
    static const char waits[] = "local t = require 'tocsin'\n"
                                "t.start(function()\n"
                                "  for i = 1, 100 do\n"
                                "    for k = 1, 5000 do end\n"
                                "    t.wait(1); print(i)\n"
                                "  end\n"
                                "end)\n";
    toc_host_options options = {.instructions = 20000};
    stage *staged = stage_open(waits, &options);
    assert_int_equal(stage_run(staged), TOC_OK);
    stage_close(staged);
    options.total = 100000;
    staged = stage_open(waits, &options);
    assert_int_equal(stage_run(staged), TOC_BAD_INPUT);
    assert_non_null(strstr(stage_problem(staged), "that a whole drill may take"));
    stage_close(staged);
}

static bool stop_at_once(void *object) {
    (void)object;
    return true;
}

static void whoever_runs_a_script_can_stop_it(void **state) {
    (void)state;
    toc_host_options options = {.stop = stop_at_once};
    stage *staged =
        stage_open("pcall(function()\n  while true do end\nend)\nprint('never')\n", &options);
    assert_int_equal(stage_run(staged), TOC_BAD_INPUT);
    assert_string_equal(stage_problem(staged),
                        "drills/dark/scenario.lua:2: scenario: the script "
                        "was stopped from outside; it "
                        "works too long at one time, is there a loop without end?");
    assert_string_equal(staged->output, "");
    stage_close(staged);
}

static void the_users_language_changes_nothing(void **state) {
    (void)state;
    static const char *const wanted[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "zh_CN.UTF-8", "C.UTF-8"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (setlocale(LC_ALL, wanted[i]) != NULL) {
            stage_check("print(1.5, tostring(2.5), 'B' < 'a', '\xc3\xa9' < 'z', 1.5 .. '')\n"
                        "print(tonumber('1.5'), tonumber('1,5'), string.format('%.2f', 0.5))\n",
                        "1.5\t2.5\ttrue\tfalse\t1.5\n1.5\tnil\t0.50\n", "");
        }
    }
    (void)setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_authors_file_and_line),
        cmocka_unit_test(a_loop_without_end_is_ended_at_its_line),
        cmocka_unit_test(too_much_memory_ends_the_script_at_its_line),
        cmocka_unit_test(modules_come_from_the_package_and_the_library_only),
        cmocka_unit_test(the_operator_of_powers_is_refused_in_the_program_but_not_in_texts),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(a_long_error_is_cut),
        cmocka_unit_test(a_budget_ends_a_script_at_the_same_point_every_time),
        cmocka_unit_test(nothing_runs_in_a_finished_host),
        cmocka_unit_test(each_callback_has_a_fresh_budget_but_the_total_is_one),
        cmocka_unit_test(whoever_runs_a_script_can_stop_it),
        cmocka_unit_test(the_users_language_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
