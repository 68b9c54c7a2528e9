#include "support/support.h"

#include "script/binder.h"
#include "script/stage.h"

static int crate_id(lua_State *lua) {
    lua_pushfstring(lua, "c-%d", (int)toc_binder_check(lua, 1, "crate"));
    return 1;
}

static int crate_mark(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "crate");
    lua_pushinteger(lua, (lua_Integer)toc_binder_second(lua, 1));
    return 1;
}

static int crate_next(lua_State *lua) {
    uint64_t number = toc_binder_check(lua, 1, "crate");
    toc_binder_push(lua, "crate", number + 1, toc_binder_second(lua, 1));
    return 1;
}

static const toc_binding crate_rows[] = {
    {"id", crate_id, true, "crate.id: string", "Its name."},
    {"mark", crate_mark, true, "crate.mark: integer", "Its mark."},
    {"next_one", crate_next, false, "crate:next_one() -> crate", "The one after it."},
};
static const toc_bound_class crate = {"crate", "A box.", crate_rows, 3};

static int yard_id(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "yard");
    lua_pushliteral(lua, "north");
    return 1;
}

static const toc_binding yard_rows[] = {
    {"id", yard_id, true, "yard.id: string", "Its name."},
};
static const toc_bound_class yard = {"yard", "A place.", yard_rows, 1};

static int make_crate(lua_State *lua) {
    toc_binder_push(lua, "crate", (uint64_t)toc_binder_integer(lua, 1, "crate", 0, UINT32_MAX),
                    (uint64_t)toc_binder_integer(lua, 2, "mark", 0, 0xFFFFFF));
    return 1;
}

static int make_yard(lua_State *lua) {
    toc_binder_push(lua, "yard", 0, 0);
    return 1;
}

static int take_options(lua_State *lua) {
    static const char *const names[] = {"at", "within", "text"};
    toc_binder_check_keys(lua, 1, "an inject", names, 3);
    return 0;
}

static int take_values(lua_State *lua) {
    lua_pushstring(lua, toc_binder_text(lua, 1, "the name"));
    lua_pushinteger(lua, toc_binder_integer(lua, 2, "the size", 1, 9));
    lua_pushnumber(lua, toc_binder_number(lua, 3, "the share"));
    lua_pushinteger(lua, toc_binder_time(lua, 4, "the delay"));
    return 4;
}

static const toc_binding function_rows[] = {
    {"crate", make_crate, false, "t.crate(n, m) -> crate", "A crate."},
    {"yard", make_yard, false, "t.yard() -> yard", "The yard."},
    {"options", take_options, false, "t.options(table)", "Takes options."},
    {"values", take_values, false, "t.values(...)", "Takes values."},
};
static const toc_bound_class functions = {"t", "Functions.", function_rows, 4};

static void check(const char *body, const char *output, const char *problem) {
    char source[4096];
    (void)snprintf(source, sizeof source, "local t = require 'tocsin'\n%s", body);
    stage *staged = stage_open(source, NULL);
    toc_binder_class(staged->host, &crate);
    toc_binder_class(staged->host, &yard);
    toc_binder_module(staged->host, "tocsin.core", &functions);
    (void)stage_run(staged);
    assert_string_equal(stage_problem(staged), problem);
    assert_string_equal(staged->output, output);
    stage_close(staged);
}

static void objects_have_fields_and_methods(void **state) {
    (void)state;
    check("local c = t.crate(4294967294, 16777215)\n"
          "print(c, c.id == 'c--2', c.mark, c:next_one().id, type(c), c:next_one().mark)\n",
          "crate c--2\ttrue\t16777215\tc--1\tcrate\t16777215\n", "");
}

static void equal_numbers_give_the_same_object_fit_to_be_a_key(void **state) {
    (void)state;
    check("local a, b, c = t.crate(1, 0), t.crate(1, 0), t.crate(1, 2)\n"
          "print(a == b, a == c, rawequal(a, b), a == t.yard())\n"
          "local of = {[a] = 'first', [t.yard()] = 'yard', [c] = 'marked', [t.crate(0, 9)] = 'z',\n"
          "  x = 'text'}\n"
          "print(of[b], of[c])\n"
          "for k, v in pairs(of) do print(k, v) end\n",
          "true\tfalse\ttrue\tfalse\nfirst\tmarked\nx\ttext\ncrate c-0\tz\ncrate c-1\tfirst\n"
          "crate c-1\tmarked\nyard north\tyard\n",
          "");
}

static void what_an_object_lacks_is_told_with_the_nearest_name(void **state) {
    (void)state;
    check("local c = t.crate(1, 0)\nprint(c.marc)\n", "",
          "drills/dark/scenario.lua:3: the class crate has no 'marc'; did you mean 'mark'?");
    check("print(t.crate(1, 0).colour)\n", "",
          "drills/dark/scenario.lua:2: the class crate has no 'colour'");
    check("t.crate(1, 0).mark = 2\n", "",
          "drills/dark/scenario.lua:2: crate c-1: the text 'mark' cannot be set by an assignment");
    check("t.crat(1, 0)\n", "",
          "drills/dark/scenario.lua:2: nothing is named 'crat' here; did you mean 'crate'?");
}

static void arguments_are_checked_at_the_authors_line(void **state) {
    (void)state;
    check("t.crate(1, 0).next_one({})\n", "",
          "drills/dark/scenario.lua:2: expected a crate, found a table (is the call written with a "
          "colon?)");
    check("t.crate(1, 0).next_one(t.yard())\n", "",
          "drills/dark/scenario.lua:2: expected a crate, found yard north (is the call written "
          "with a colon?)");
    check("print(t.values('a', 3, 0.5, t.seconds(2)))\n", "a\t3\t0.5\t2000000\n", "");
    check("t.values(3)\n", "", "drills/dark/scenario.lua:2: the name: expected a text, found 3");
    check("t.values('a', 10)\n", "",
          "drills/dark/scenario.lua:2: the size: expected a whole number from 1 to 9, found 10");
    check("t.values('a', 2.5)\n", "",
          "drills/dark/scenario.lua:2: the size: expected a whole number from 1 to 9, found 2.5");
    check("t.values('a', '2')\n", "",
          "drills/dark/scenario.lua:2: the size: expected a whole number from 1 to 9, found the "
          "text '2'");
    check("t.values('a', 2, 0 / 0)\n", "",
          "drills/dark/scenario.lua:2: the share: expected a number, found nan");
    check("t.values('a', 2, 1, -1)\n", "",
          "drills/dark/scenario.lua:2: the delay: expected a time like t.minutes(5), found -1");
    check("t.values('a\\0b')\n", "",
          "drills/dark/scenario.lua:2: the name: the text holds a zero byte");
}

static void unknown_options_are_told_first_by_name(void **state) {
    (void)state;
    check("t.options { at = 1, 'positional', text = 'x' }\n", "", "");
    check("t.options {\n  at = 1, zeal = 1, witin = 2,\n}\n", "",
          "drills/dark/scenario.lua:2: an inject has no option 'witin'; did you mean 'within'?");
    check("t.options 'x'\n", "",
          "drills/dark/scenario.lua:2: an inject: expected a table of options, found the text "
          "'x'");
}

static void draws_are_keyed_by_name_and_count(void **state) {
    (void)state;
    check("local function three(name) return t.between(name, 1, 1000000),\n"
          "  t.between(name, 1, 1000000), t.between(name, 1, 1000000) end\n"
          "local a, b, c = three('a')\n"
          "print(a ~= b and b ~= c)\n"
          "print(pcall(t.happens, 'x', 2))\n"
          "print(t.happens('always', 1), t.happens('never', 0))\n"
          "local d = t.between('between others', 1, 1000000)\n"
          "print(pcall(t.triangular, 'x', 3, 2, 1))\n",
          "true\nfalse\tscenario.lua:6: the chance: expected a number from 0 to 1, found 2\n"
          "true\tfalse\nfalse\tscenario.lua:9: a triangular draw takes its times in order: "
          "shortest, likeliest, longest\n",
          "");
}

static void one_more_draw_changes_no_other(void **state) {
    (void)state;
    static const char *const more[] = {"", "t.between('other', 1, 6); math.random()\n"};
    char first[256] = "";
    for (int i = 0; i < 2; i++) {
        char source[1024];
        (void)snprintf(source, sizeof source,
                       "local t = require 'tocsin'\nt.start(function()\n"
                       "  for i = 1, 5 do %s t.wait(t.lognormal('work', t.minutes(5)))\n"
                       "  print(t.now()) end end)\n",
                       more[i]);
        stage *staged = stage_open(source, NULL);
        assert_int_equal(stage_run(staged), TOC_OK);
        if (i == 0) {
            (void)snprintf(first, sizeof first, "%s", staged->output);
        }
        assert_string_equal(staged->output, first);
        stage_close(staged);
    }
    assert_true(strlen(first) > 30);
}

static void quantities_are_whole_numbers(void **state) {
    (void)state;
    check(
        "print(t.ms(1.5), t.seconds(2), t.minutes(0.1), t.hours(1), t.days(1), t.time '1h30min')\n"
        "print(t.kW(1), t.MW(2.5), t.GW(1), t.amount '175MW', math.type(t.MW(0.5)))\n"
        "t.minutes(-1)\n",
        "1500\t2000000\t6000000\t3600000000\t86400000000\t5400000000\n"
        "1000\t2500000\t1000000000\t175000000\tinteger\n",
        "drills/dark/scenario.lua:4: t.minutes: expected a number from 0 up, found -1");
    check("t.time '5 apples'\n", "",
          "drills/dark/scenario.lua:2: t.time: '5 apples' is not a time like 1h30min, 90s or 2d");
    check("t.hours(1e18)\n", "", "drills/dark/scenario.lua:2: t.hours: 1e+18 is too much");
}

static void everything_bound_can_be_listed(void **state) {
    (void)state;
    stage *staged = stage_open("", NULL);
    toc_binder_class(staged->host, &crate);
    size_t count = toc_binder_bound_count(staged->host);
    bool is_class = false;
    assert_ptr_equal(toc_binder_bound_at(staged->host, count - 1, &is_class), &crate);
    assert_true(is_class);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_have_fields_and_methods),
        cmocka_unit_test(equal_numbers_give_the_same_object_fit_to_be_a_key),
        cmocka_unit_test(what_an_object_lacks_is_told_with_the_nearest_name),
        cmocka_unit_test(arguments_are_checked_at_the_authors_line),
        cmocka_unit_test(unknown_options_are_told_first_by_name),
        cmocka_unit_test(draws_are_keyed_by_name_and_count),
        cmocka_unit_test(one_more_draw_changes_no_other),
        cmocka_unit_test(quantities_are_whole_numbers),
        cmocka_unit_test(everything_bound_can_be_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
