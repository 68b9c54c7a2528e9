#include "support/support.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "script/stage.h"

/* A plain Lua state is the oracle: what string.find, gsub and format do there. */

static uint64_t next_random(uint64_t *random) {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random >> 11;
}

static const char *pick(uint64_t *random, const char *const *from, size_t count) {
    return from[next_random(random) % count];
}

static void make_pattern(uint64_t *random, char *text, size_t size) {
    static const char *const parts[] = {"a",  "b",    "c",     ".",      "%a",   "%d",  "[ab]",
                                        "%w", "[^a]", "[a-c]", "[%d_]",  "%s",   "%S",  "1",
                                        "-",  "%-",   "%.",    "[%a-c]", "[]a]", "[^]]"};
    static const char *const repeats[] = {"", "", "", "*", "+", "-", "?"};
    static const char *const others[] = {"%bab", "%f[a]", "%f[%W]", "$", "^"};
    int open = 0, closed = 0;
    text[0] = '\0';
    if (next_random(random) % 5 == 0) {
        strcat(text, "^");
    }
    for (uint64_t left = 1 + next_random(random) % 6; left > 0; left--) {
        uint64_t choice = next_random(random) % 16;
        if (choice == 0 && open + closed < 3) {
            open++;
            strcat(text, "(");
        } else if (choice == 1 && closed > 0 && open == 0) {
            strcat(text, "%1");
            continue;
        } else if (choice == 2 && closed > 0) {
            strcat(text, "()");
            continue;
        } else if (choice == 3) {
            strcat(text, pick(random, others, sizeof others / sizeof *others));
            continue;
        }
        strcat(text, pick(random, parts, sizeof parts / sizeof *parts));
        strcat(text, pick(random, repeats, sizeof repeats / sizeof *repeats));
        if (open > 0 && next_random(random) % 2 == 0) {
            open--;
            closed++;
            strcat(text, ")");
        }
    }
    for (; open > 0; open--) {
        strcat(text, ")");
    }
    if (next_random(random) % 5 == 0) {
        strcat(text, "$");
    }
    assert_true(strlen(text) < size);
}

static void make_subject(uint64_t *random, char *text) {
    static const char letters[] = "aaabbbccc11_- .]";
    size_t length = next_random(random) % 12;
    for (size_t i = 0; i < length; i++) {
        text[i] = letters[next_random(random) % (sizeof letters - 1)];
    }
    text[length] = '\0';
}

static const char program[] = "return function(pattern, subject, init)\n"
                              "  local function show(...)\n"
                              "    local list = table.pack(...)\n"
                              "    for i = 1, list.n do list[i] = tostring(list[i]) end\n"
                              "    return table.concat(list, '|')\n"
                              "  end\n"
                              "  local out = {}\n"
                              "  local function add(...) local ok = ...\n"
                              "    out[#out + 1] = ok and show(...) or 'error' end\n"
                              "  add(pcall(string.find, subject, pattern, init))\n"
                              "  add(pcall(string.match, subject, pattern, init))\n"
                              "  add(pcall(string.gsub, subject, pattern, '<%0>'))\n"
                              "  add(pcall(string.gsub, subject, pattern, '<%1>', 2))\n"
                              "  add(pcall(function() local all = {}\n"
                              "    for a, b in string.gmatch(subject, pattern) do\n"
                              "      all[#all + 1] = tostring(a) .. ',' .. tostring(b)\n"
                              "    end return table.concat(all, ';') end))\n"
                              "  return table.concat(out, '\\n')\n"
                              "end\n";

static const char *ask(lua_State *lua, const char *pattern, const char *subject, int init) {
    lua_settop(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushstring(lua, pattern);
    lua_pushstring(lua, subject);
    lua_pushinteger(lua, init);
    assert_int_equal(lua_pcall(lua, 3, 1, 0), LUA_OK);
    return lua_tostring(lua, -1);
}

static void patterns_match_as_in_plain_lua(void **state) {
    (void)state;
    uint64_t random = support_seed("patterns_match_as_in_plain_lua");
    stage *staged = stage_open(program, NULL);
    assert_int_equal(toc_host_load(staged->host, "scenario.lua", staged->problems), TOC_OK);
    lua_State *own = toc_host_lua(staged->host), *plain = luaL_newstate();
    luaL_openlibs(plain);
    assert_int_equal(luaL_loadstring(plain, program), LUA_OK);
    lua_call(plain, 0, 1);
    int matched = 0;
    for (int i = 0; i < 30000; i++) {
        char pattern[128], subject[32];
        make_pattern(&random, pattern, sizeof pattern);
        make_subject(&random, subject);
        int init = (int)(next_random(&random) % 8) - 3;
        const char *expected = ask(plain, pattern, subject, init);
        const char *found = ask(own, pattern, subject, init);
        if (strcmp(expected, found) != 0) {
            fail_msg("pattern '%s' on '%s' from %d: expected\n%s\nfound\n%s", pattern, subject,
                     init, expected, found);
        }
        matched += strncmp(expected, "true|nil", 8) != 0 && strncmp(expected, "error", 5) != 0;
    }
    assert_true(matched > 5000);
    lua_close(plain);
    stage_close(staged);
}

static const char formats[] =
    "return function(format, value) local ok, text = pcall(string.format, format, value)\n"
    "  return ok and text or 'error' end\n";

static const char *format(lua_State *lua, const char *spec, double value, bool is_whole) {
    lua_settop(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushstring(lua, spec);
    if (is_whole) {
        lua_pushinteger(lua, (lua_Integer)value);
    } else {
        lua_pushnumber(lua, value);
    }
    assert_int_equal(lua_pcall(lua, 2, 1, 0), LUA_OK);
    return lua_tostring(lua, -1);
}

static void numbers_are_formatted_as_in_plain_lua(void **state) {
    (void)state;
    static const char *const specs[] = {
        "%d",  "%5d",   "%-5d|",  "%05d",    "%+d",  "%x",   "%X", "%#x",   "%o",
        "%f",  "%.2f",  "%10.3f", "%-9.1f|", "%e",   "%.3E", "%g", "%.10G", "%s",
        "%9s", "%-9s|", "%.2s",   "%%",      "a%db", "% d",  "%i"};
    static const double values[] = {0,    1,    -1,    42,   65,  3.25,         -2.5,
                                    1e15, 1e16, 1e300, 1e-7, 0.1, 123456789.125};
    stage *staged = stage_open(formats, NULL);
    assert_int_equal(toc_host_load(staged->host, "scenario.lua", staged->problems), TOC_OK);
    lua_State *plain = luaL_newstate();
    luaL_openlibs(plain);
    assert_int_equal(luaL_loadstring(plain, formats), LUA_OK);
    lua_call(plain, 0, 1);
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            bool is_whole = values[k] == (double)(lua_Integer)values[k] && values[k] < 1e15;
            const char *expected = format(plain, specs[i], values[k], is_whole);
            const char *found = format(toc_host_lua(staged->host), specs[i], values[k], is_whole);
            if (strcmp(found, expected) != 0) {
                fail_msg("'%s' of %g: expected '%s', found '%s'", specs[i], values[k], expected,
                         found);
            }
        }
    }
    lua_close(plain);
    stage_close(staged);
}

static void malformed_patterns_are_explained(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"(a", "a ( without its )"},
        {"a)", "a ) without its ("},
        {"[a", "a set [...] is not closed"},
        {"%", "it ends with a single %"},
        {"%b", "%b needs two characters"},
        {"%fa", "%f needs a set [...]"},
        {"%1", "% and a number names a capture that is not complete there"},
        {"(%1)", "% and a number names a capture that is not complete there"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char source[128], expected[256];
        (void)snprintf(source, sizeof source, "print(('abc'):match('%s'))\n", cases[i][0]);
        (void)snprintf(expected, sizeof expected,
                       "drills/dark/scenario.lua:1: the pattern '%s' is wrong: %s", cases[i][0],
                       cases[i][1]);
        stage_check(source, "", expected);
    }
}

static void texts_behave_as_in_plain_lua(void **state) {
    (void)state;
    stage_check("print(('hello'):byte(), ('hello'):byte(-1), #{('hello'):byte(1, -1)})\n"
                "print(string.char(72, 105), ('abc'):upper(), ('ABC'):lower(), ('abc'):reverse())\n"
                "print(('hello'):sub(2, 3), ('hello'):sub(-3), ('hello'):sub(4, 2) == '')\n"
                "print(('ab'):rep(3, '-'), (''):rep(5) == '', ('x'):rep(-1) == '', #'abc')\n"
                "print(('hello world'):find('o', 6), ('a.b'):find('.', 1, true))\n"
                "print(('x=1, y=2'):gsub('(%w)=(%w)', '%2=%1'))\n"
                "print(('hello'):gsub('l', {l = 'L'}), ('hello'):gsub('.', function(c)\n"
                "  return c == 'e' and 'E' end))\n"
                "print(tonumber('0x10'), tonumber('  12  '), tonumber('z', 36), tonumber('8', 8))\n"
                "print(tostring(1e15), 10 // 3, 7.0, -0.0, 1 / 0)\n",
                "104\t111\t5\nHi\tABC\tabc\tcba\nel\tllo\ttrue\nab-ab-ab\ttrue\ttrue\t3\n"
                "8\t2\t2\n1=x, 2=y\t2\nheLLo\thEllo\t5\n16\t12\t35\tnil\n"
                "1e+15\t3\t7.0\t-0.0\tinf\n",
                "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_as_in_plain_lua),
        cmocka_unit_test(numbers_are_formatted_as_in_plain_lua),
        cmocka_unit_test(malformed_patterns_are_explained),
        cmocka_unit_test(texts_behave_as_in_plain_lua),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
