#include "support/support.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_authors_file_and_line),
        cmocka_unit_test(a_loop_without_end_is_ended_at_its_line),
        cmocka_unit_test(too_much_memory_ends_the_script_at_its_line),
        cmocka_unit_test(modules_come_from_the_package_and_the_library_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
