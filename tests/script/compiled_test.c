#include "support/support.h"

#include "script/compiled.h"
#include "script/stage.h"

static const char shared[] = "local m = {}\n"
                             "function m.size(x)\n"
                             "  return x.size + 1\n"
                             "end\n"
                             "return m\n";

/* A host of its own that shares what is compiled. */
static toc_host *host_of(stage *staged, toc_compiled *compiled) {
    toc_host_options options = {.name = "scenario",
                                .find = stage_find,
                                .object = staged,
                                .shown_path = stage_shown,
                                .print = stage_print,
                                .compiled = compiled};
    return toc_host_create(&options, staged->problems);
}

static void run(stage *staged, toc_compiled *compiled) {
    toc_host *host = host_of(staged, compiled);
    if (toc_host_load(host, "scenario.lua", staged->problems) == TOC_OK) {
        lua_pop(toc_host_lua(host), 1);
    }
    toc_host_destroy(host);
}

static void every_host_runs_a_source_of_its_own_though_it_was_compiled_once(void **state) {
    stage *staged = stage_open("local m = require 'parts.crew'\n"
                               "print(m.seen, m.size { size = 3 })\n"
                               "m.seen = true\n",
                               NULL);
    toc_compiled *compiled = toc_compiled_create();
    (void)state;
    staged->sources[1] = (stage_source){"parts/crew.lua", shared};
    run(staged, compiled);
    /* what stands in the package now is not what was compiled: nobody reads it again */
    staged->sources[1].text = "return nil";
    run(staged, compiled);
    assert_string_equal(staged->output, "nil\t4\nnil\t4\n");
    assert_string_equal(stage_problem(staged), "");
    toc_compiled_destroy(compiled);
    stage_close(staged);
}

static void a_mistake_has_its_line_in_the_second_host_as_in_the_first(void **state) {
    (void)state;
    for (uint32_t hosts = 1; hosts <= 2; hosts++) {
        stage *staged = stage_open("local m = require 'parts.crew'\nm.size(nil)\n", NULL);
        toc_compiled *compiled = toc_compiled_create();
        staged->sources[1] = (stage_source){"parts/crew.lua", shared};
        for (uint32_t i = 0; i < hosts; i++) {
            toc_problems_destroy(staged->problems);
            staged->problems = toc_problems_create();
            run(staged, compiled);
        }
        assert_string_equal(stage_problem(staged),
                            "parts/crew.lua:3: attempt to index a nil value (local 'x')");
        toc_compiled_destroy(compiled);
        stage_close(staged);
    }
}

static void what_is_refused_is_kept_for_nobody(void **state) {
    static const char *const refused[] = {"return 2 ^ 3", "return = 3", "\x1bLua"};
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        stage *staged = stage_open(refused[i], NULL);
        toc_compiled *compiled = toc_compiled_create();
        for (int host = 0; host < 2; host++) {
            toc_problems_destroy(staged->problems);
            staged->problems = toc_problems_create();
            run(staged, compiled);
            assert_int_equal(toc_problems_kept(staged->problems), 1);
        }
        toc_compiled_destroy(compiled);
        stage_close(staged);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_host_runs_a_source_of_its_own_though_it_was_compiled_once),
        cmocka_unit_test(a_mistake_has_its_line_in_the_second_host_as_in_the_first),
        cmocka_unit_test(what_is_refused_is_kept_for_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
