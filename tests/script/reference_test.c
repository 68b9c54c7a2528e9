#include "support/support.h"

#include "script/bind_world.h"
#include "script/reference.h"
#include "script/stage.h"

static void write(void *object, const char *bytes, size_t size) {
    char *text = object;
    assert_true(strlen(text) + size < 1 << 16);
    strncat(text, bytes, size);
}

static int nothing(lua_State *lua) {
    (void)lua;
    return 0;
}

static const toc_binding yard_rows[] = {
    {"size", nothing, true, "yard.size: integer?", "How many fit in."},
    {"add", nothing, false,
     "yard:add \"name\" { text, weight?: number, at?: time, tags?: { any? } } -> crate",
     "Adds a crate."},
    {"find", nothing, false, "yard:find(filter?: { kind?: string }, ...) -> yard[]", "Finds some."},
};
static const toc_bound_class yard = {"yard", "A place.", yard_rows, 3};
static const toc_binding strange_rows[] = {{"odd", nothing, false, "odd", "Unreadable."}};
static const toc_bound_class strange = {"strange", "Odd.", strange_rows, 1};

static void write_both(stage *staged, char *stubs, char *page, size_t *unreadable) {
    const toc_reference_part parts[] = {{staged->host, "tocsin", "t", "Scenarios"}};
    toc_reference_sink sink = {write, stubs};
    *unreadable = toc_reference_stubs(parts, 1, 0, &sink);
    sink.object = page;
    toc_reference_page(parts, 1, &sink);
}

static void rows_become_annotations_and_a_page(void **state) {
    (void)state;
    static char stubs[1 << 16], page[1 << 16];
    size_t unreadable = 1;
    stage *staged = stage_open("", NULL);
    toc_binder_class(staged->host, &yard);
    write_both(staged, stubs, page, &unreadable);
    assert_non_null(strstr(stubs, "--- A place.\n---@class tocsin.yard\n"
                                  "---@field size integer? How many fit in.\nlocal yard = {}\n"));
    assert_non_null(strstr(stubs, "---@class tocsin.yard.add.options\n---@field [1] string\n"
                                  "---@field weight? number\n---@field at? tocsin.time\n"
                                  "---@field tags? table\n"));
    assert_non_null(strstr(stubs, "--- Adds a crate.\n---@param name string\n"
                                  "---@return fun(options: tocsin.yard.add.options): tocsin.crate\n"
                                  "function yard:add(name) end\n"));
    assert_non_null(strstr(stubs, "---@param filter? tocsin.yard.find.options\n---@param ... any\n"
                                  "---@return tocsin.yard[]\nfunction yard:find(filter, ...) end"));
    assert_non_null(strstr(stubs, "---@alias tocsin.crate table\n"));
    assert_non_null(strstr(stubs, "function t.minutes(number) end\n"));
    assert_non_null(strstr(page, "### yard\n\nA place.\n\n- `yard.size: integer?`  \n"
                                 "  How many fit in.\n"));
    stage_close(staged);
}

static void a_row_that_cannot_be_read_is_counted(void **state) {
    (void)state;
    static char stubs[1 << 16], page[1 << 16];
    size_t unreadable = 0;
    stage *staged = stage_open("", NULL);
    toc_binder_class(staged->host, &strange);
    write_both(staged, stubs, page, &unreadable);
    /* and the five that the stage binds without one */
    assert_int_equal(unreadable, 1 + 5);
    stage_close(staged);
}

static void every_row_of_this_room_can_be_read_and_says_what_it_is(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_calendar *calendar = toc_calendar_create();
    toc_host_options options = {.name = "reference"};
    toc_host *host = toc_host_create(&options, problems);
    toc_processes *processes = toc_processes_create(host, calendar, problems, NULL, NULL);
    static char stubs[1 << 16];
    toc_bind_world_classes(host);
    const toc_reference_part parts[] = {{host, "tocsin", "t", "Scenarios"}};
    toc_reference_sink sink = {write, stubs};
    assert_int_equal(toc_reference_stubs(parts, 1, 0, &sink), 0);
    for (size_t i = 0; i < toc_binder_bound_count(host); i++) {
        bool is_class = false;
        const toc_bound_class *bound = toc_binder_bound_at(host, i, &is_class);
        for (size_t k = 0; k < bound->count; k++) {
            const char *sentence = bound->rows[k].sentence;
            assert_int_equal(sentence[strlen(sentence) - 1], '.');
        }
    }
    lua_State *plain = luaL_newstate();
    if (luaL_loadstring(plain, stubs) != LUA_OK) {
        fail_msg("%s", lua_tostring(plain, -1));
    }
    lua_close(plain);
    toc_processes_destroy(processes);
    toc_host_destroy(host);
    toc_calendar_destroy(calendar);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_annotations_and_a_page),
        cmocka_unit_test(a_row_that_cannot_be_read_is_counted),
        cmocka_unit_test(every_row_of_this_room_can_be_read_and_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
