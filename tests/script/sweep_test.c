#include "support/support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script/stage.h"

/* Touches every part of the host that takes memory, with what is known to break Lua when memory
   is refused at the wrong moment: metatables in the making, texts, coroutines, deep stacks. */
static const char busy[] =
    "local t = require 'tocsin'\n"
    "local other = require 'other'\n"
    "local weak = setmetatable({__newindex = {}}, {__mode = 'v', __gc = print})\n"
    "local text = ''\n"
    "for i = 1, 40 do\n"
    "  weak[i] = setmetatable({}, {__index = function(_, k) return k .. i end})\n"
    "  text = text .. weak[i].name .. '|'\n"
    "end\n"
    "local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end\n"
    "local list = {}\n"
    "for word in text:gmatch('%a+%d+') do list[#list + 1] = word:gsub('%d', '<%0>'):upper() end\n"
    "table.sort(list, function(a, b) return a > b end)\n"
    "local joined = table.concat(list, ','):rep(3)\n"
    "local named = {}\n"
    "for i = 1, 60 do named['key' .. i] = {i, i / 3, tostring(i)} end\n"
    "for name, value in pairs(named) do named[name] = value[1] .. string.format('%9.3f', "
    "value[2])\n"
    "end\n"
    "for i = 1, 6 do\n"
    "  t.start(function(a)\n"
    "    local ok, e = pcall(function() t.wait(t.exponential('gap', t.seconds(3)));\n"
    "      if i % 2 == 0 then error('process ' .. i .. a .. joined) end end)\n"
    "    local p = t.start(function() t.wait(); print(e) end)\n"
    "    if i == 3 then t.cancel(p) else t.wake(p) end\n"
    "    print(deep(100), xpcall(deep, print, {}))\n"
    "  end, text)\n"
    "end\n"
    "print(joined, other.value, pcall(error, {}), pcall(deep, 900))\n";

/* Grows Lua's own stacks, which are moved when they grow. */
static const char deep[] = "local t = require 'tocsin'\n"
                           "local other = require 'other'\n"
                           "local function down(n) return 1 + down(n + 1) end\n"
                           "t.start(function() print(pcall(down, 1)) end)\n"
                           "print(xpcall(down, down, 1))\n";

static bool run_once(const char *scenario, size_t bytes) {
    toc_host_options options = {.bytes = bytes, .chance = {.seed = 7}, .instructions = 3000000};
    stage *staged = stage_open(scenario, &options);
    bool done = false;
    if (staged->host != NULL) {
        staged->sources[1] = (stage_source){"other.lua", "return {value = ('x'):rep(50)}"};
        done = stage_run(staged) == TOC_OK;
    }
    /* either all went well or somebody is told why not */
    if (done != (toc_problems_count(staged->problems, TOC_ERROR) == 0)) {
        _exit(3);
    }
    stage_close(staged);
    return done;
}

enum { LEAST = 4096, STEP = 16 };

/* The least limit at which the scenario runs to its end, in whole steps. */
static size_t enough(void) {
    size_t low = LEAST, high = 4 << 20;
    while (high - low > STEP) {
        size_t middle = (low + high) / 2;
        if (run_once(busy, middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

static void no_memory_limit_whatever_ends_in_a_signal(void **state) {
    (void)state;
    enum { BATCH = 256 };
    size_t most = enough() + 64 * STEP, limits = (most - LEAST) / STEP;
    assert_true(limits > 1000);
    for (size_t first = 0; first < limits; first += BATCH) {
        int status = 0;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            for (size_t i = first; i < first + BATCH && i < limits; i++) {
                (void)run_once(busy, LEAST + i * STEP);
            }
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        if (status != 0) {
            fail_msg("status %d with a limit in the %d steps of %d bytes from %zu", status, BATCH,
                     STEP, LEAST + first * STEP);
        }
    }
    (void)fprintf(stderr, "%zu limits up to %zu bytes\n", limits, most);
}

static void no_limit_ends_a_deep_recursion_in_a_signal(void **state) {
    (void)state;
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        for (size_t bytes = 50000; bytes < 30000000; bytes += bytes / 50) {
            (void)run_once(deep, bytes);
        }
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void a_limit_too_small_to_begin_with_is_told(void **state) {
    (void)state;
    toc_host_options options = {.bytes = 2000};
    stage *staged = stage_open("return 1", &options);
    assert_null(staged->host);
    assert_string_equal(stage_problem(staged),
                        "scenario: too little memory is allowed to start a script");
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_memory_limit_whatever_ends_in_a_signal),
        cmocka_unit_test(no_limit_ends_a_deep_recursion_in_a_signal),
        cmocka_unit_test(a_limit_too_small_to_begin_with_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
