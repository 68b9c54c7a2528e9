#include "support/support.h"

#include <sys/wait.h>
#include <unistd.h>

#include "script/stage.h"

/* Every name that a script can reach from its environment, with what it is. */
static const char walk[] =
    "local seen = {}\n"
    "local function show(prefix, from)\n"
    "  if seen[prefix] then return end\n"
    "  for name, value in pairs(from) do\n"
    "    print(prefix .. tostring(name), type(value))\n"
    "    if type(value) == 'table' then show(prefix .. tostring(name) .. '.', value) end\n"
    "  end\n"
    "end\n"
    "show('', _ENV)\n";

static void a_script_reaches_the_names_on_the_list_and_no_others(void **state) {
    (void)state;
    char path[4096], golden[1 << 14];
    (void)snprintf(path, sizeof path, "%s/tests/golden/sandbox_globals.txt", support_source());
    stage *staged = stage_open(walk, NULL);
    assert_int_equal(stage_run(staged), TOC_OK);
    if (getenv("TOCSIN_BLESS") != NULL) {
        FILE *blessed = fopen(path, "w");
        assert_non_null(blessed);
        (void)fputs(staged->output, blessed);
        (void)fclose(blessed);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    golden[fread(golden, 1, sizeof golden - 1, file)] = '\0';
    (void)fclose(file);
    assert_string_equal(staged->output, golden);
    stage_close(staged);
}

/* Whatever differs between two runs of Lua: hash seeds, addresses, the clock. */
static const char revealing[] =
    "local t = require 'tocsin'\n"
    "local names = {}\n"
    "for i = 1, 200 do names['key' .. i * 7919 % 1000] = i; names[i * 1.5] = i end\n"
    "names[true] = 1; names[false] = 0\n"
    "for name, value in pairs(names) do print(name, value) end\n"
    "print({}, print, pairs, function() end, setmetatable({}, {}))\n"
    "print(tostring({}), string.format('%s %s', {}, print))\n"
    "local list = {}\n"
    "for i = 1, 500 do list[i] = {key = i % 7, place = i} end\n"
    "table.sort(list, function(a, b) return a.key < b.key end)\n"
    "for i = 1, 500 do print(list[i].key, list[i].place) end\n"
    "for i = 1, 20 do print(math.random(), math.random(6), t.between('dice', 1, 6)) end\n"
    "print(pcall(function() return {} < {} end))\n"
    "print(pcall(function() return {} .. 'x' end))\n"
    "print(pcall(error, {}))\n"
    "print(pcall(string.rep, {}), pcall(ipairs, print), pcall(next, 1))\n"
    "print(next(names), next(names, 'key1'), 0 / 0)\n"
    "for name in pairs(t) do print(name) end\n"
    "for i = 1, 5 do t.start(function()\n"
    "  t.wait(t.exponential('gap', t.seconds(10))); print(i, t.now()) end) end\n";

/* For the second process: prints what the scenario prints. */
static int reveal(void) {
    stage *staged = stage_open(revealing, NULL);
    if (stage_run(staged) != TOC_OK) {
        (void)fprintf(stderr, "%s\n", stage_problem(staged));
        return 1;
    }
    (void)fputs(staged->output, stdout);
    stage_close(staged);
    return 0;
}

static void two_programs_with_other_addresses_see_the_same(void **state) {
    (void)state;
    static char first[1 << 16];
    stage *staged = stage_open(revealing, NULL);
    assert_int_equal(stage_run(staged), TOC_OK);
    for (int run = 0; run < 4; run++) {
        int ends[2], status = 0;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            (void)dup2(ends[1], STDOUT_FILENO);
            (void)close(ends[0]);
            (void)execl("/proc/self/exe", "sandbox", "reveal", (char *)NULL);
            _exit(2);
        }
        (void)close(ends[1]);
        size_t length = 0;
        for (ssize_t got; (got = read(ends[0], first + length, sizeof first - 1 - length)) > 0;) {
            length += (size_t)got;
        }
        first[length] = '\0';
        (void)close(ends[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_string_equal(first, staged->output);
    }
    stage_close(staged);
}

static void the_order_of_pairs_is_numbers_then_texts_then_booleans(void **state) {
    (void)state;
    stage_check(
        "for k in pairs {b = 1, a = 1, [2] = 1, [-1] = 1, [1.5] = 1, [true] = 1,\n"
        "    [false] = 1, ['a\\0b'] = 1, [9007199254740993] = 1, [9007199254740992.5] = 1,\n"
        "    [1e300] = 1, [-1e300] = 1, [math.huge] = 1} do print(k) end\n",
        "-1e+300\n-1\n1.5\n2\n9007199254740992\n9007199254740993\n1e+300\ninf\na\n"
        "a\nb\nfalse\ntrue\n", /* print's line ends at a zero byte */
        "");
}

static void pairs_survives_changes_and_next_agrees_with_it(void **state) {
    (void)state;
    stage_check("local t = {a = 1, b = 2, c = 3, 10, 20}\n"
                "for k, v in pairs(t) do t[k] = nil; t.zzz = 1; if k == 1 then t.b = nil end\n"
                "  print(k, v) end\n"
                "local u = {x = 1, 5, 6, [2.5] = 7}\n"
                "local k, v = next(u)\n"
                "while k ~= nil do print(k, v); k, v = next(u, k) end\n"
                "print(next({}), next({1}, 1))\n"
                "for k, v in pairs({7, nil, 9}) do print(k, v) end\n",
                "1\t10\n2\t20\na\t1\nc\t3\n1\t5\n2\t6\n2.5\t7\nx\t1\nnil\tnil\n1\t7\n3\t9\n", "");
    stage_check("for k in pairs({[{}] = 1}) do end\n", "",
                "drills/dark/scenario.lua:1: this table has a table as a key: such keys have no "
                "order, so the table cannot be walked");
}

static void sort_keeps_the_order_of_equals_and_explains_what_it_cannot_compare(void **state) {
    (void)state;
    stage_check("local l = {'b1', 'a1', 'b2', 'a2', 'b3'}\n"
                "table.sort(l, function(a, b) return a:sub(1, 1) < b:sub(1, 1) end)\n"
                "print(table.concat(l, ' '))\n"
                "local m = {3, 1.5, 2, -1}; table.sort(m); print(table.concat(m, ' '))\n"
                "table.sort({}); table.sort({1})\n"
                "table.sort({1, 'a'})\n",
                "a1 a2 b1 b2 b3\n-1 1.5 2 3\n",
                "drills/dark/scenario.lua:6: table.sort cannot compare the text 'a' with 1; give "
                "it a function that can");
}

static void lists_behave_as_in_plain_lua(void **state) {
    (void)state;
    stage_check("local l = {1, 2, 3}; table.insert(l, 4); table.insert(l, 1, 0)\n"
                "print(table.concat(l, ','), table.remove(l), table.remove(l, 1), #l)\n"
                "print(table.unpack(l), table.unpack({1, 2, 3}, 2), table.pack(1, nil, 3).n)\n"
                "print(table.concat(table.move({1, 2, 3}, 1, 3, 2), ','), table.remove({}))\n"
                "print(table.concat(table.move({1, 2, 3}, 2, 3, 1), ','), table.concat({}, ','))\n"
                "print(table.concat({1, 2.5, 'x'}, '-', 2, 3), select('#', nil, nil))\n"
                "print(select(2, 'a', 'b', 'c'), (select(-1, 'a', 'b')))\n",
                "0,1,2,3,4\t4\t0\t3\n1\t2\t3\n1,1,2,3\tnil\n2,3,3\t\n2.5-x\t2\nb\tb\n", "");
}

int main(int count, char **words) {
    if (count == 2 && strcmp(words[1], "reveal") == 0) {
        return reveal();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_reaches_the_names_on_the_list_and_no_others),
        cmocka_unit_test(two_programs_with_other_addresses_see_the_same),
        cmocka_unit_test(the_order_of_pairs_is_numbers_then_texts_then_booleans),
        cmocka_unit_test(pairs_survives_changes_and_next_agrees_with_it),
        cmocka_unit_test(sort_keeps_the_order_of_equals_and_explains_what_it_cannot_compare),
        cmocka_unit_test(lists_behave_as_in_plain_lua),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
