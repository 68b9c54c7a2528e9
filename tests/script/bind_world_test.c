#include "model/small_world.h"

#include "script/bind_world.h"
#include "script/stage.h"

struct scene {
    struct small small;
    stage *staged;
};

static int look(lua_State *lua) {
    toc_bind_world_push(lua);
    return 1;
}

static int element_of(lua_State *lua) {
    lua_pushinteger(lua, toc_bind_world_element(lua, 1, "target"));
    return 1;
}

static const toc_binding rows[] = {{.name = "world", .call = look},
                                   {.name = "element", .call = element_of}};
static const toc_bound_class functions = {"t", "", rows, 2};

static void build(struct small *small) {
    toc_operator_spec water = {.id = "aqua", .name = "Water Works", .sector = "water", .cii = true};
    toc_zone_spec zone = {.id = "ot", .name = "Control", .operator_id = "grid"};
    toc_asset_spec pump = {.id = "pump-1", .operator_id = "aqua", .kind = TOC_ASSET_PUMP};
    toc_asset_spec main_substation = {.id = "ss-1",
                                      .name = "Main",
                                      .operator_id = "grid",
                                      .zone_id = "ot",
                                      .kind = TOC_ASSET_SUBSTATION,
                                      .placed = true,
                                      .x_m = 1500,
                                      .y_m = -250,
                                      .people = 900};
    toc_place nowhere = {.file = NULL};
    const toc_unit *mw = toc_unit_find("MW");
    small_begin(small);
    toc_builder_operator(small->builder, &water);
    toc_builder_zone(small->builder, &zone);
    toc_builder_asset(small->builder, &main_substation);
    toc_builder_provides(small->builder, "power", mw, 100000000, 80000000, nowhere);
    small_placed(small, "ss-2", 0, 100);
    toc_builder_provides(small->builder, "power", mw, 20000000, 20000000, nowhere);
    toc_builder_asset(small->builder, &pump);
    toc_builder_provides(small->builder, "power", mw, 0, 10000000, nowhere);
    small_link(small, "l-1", "ss-1", "ss-2");
    small_run(small, 1);
}

static struct scene *begin(const char *body) {
    static char source[4096];
    struct scene *scene = calloc(1, sizeof *scene);
    build(&scene->small);
    (void)snprintf(source, sizeof source, "local t = require 'tocsin'\nlocal w = t.world()\n%s",
                   body);
    scene->staged = stage_open(source, NULL);
    toc_binder_module(scene->staged->host, "tocsin.core", &functions);
    toc_bind_world_install(scene->staged->host, scene->small.world, scene->small.conditions);
    return scene;
}

static void end(struct scene *scene) {
    stage_close(scene->staged);
    small_end(&scene->small);
    free(scene);
}

static void check(const char *body, const char *output, const char *problem) {
    struct scene *scene = begin(body);
    (void)stage_run(scene->staged);
    assert_string_equal(stage_problem(scene->staged), problem);
    assert_string_equal(scene->staged->output, output);
    end(scene);
}

static void assets_tell_what_the_topology_says_and_how_they_are(void **state) {
    (void)state;
    check("local s = w:asset 'ss-1'\n"
          "print(s, s.name, s.kind, s.operator, s.zone, s.x, s.y, s.people)\n"
          "print(s.operation, s.is_up, s.capability, s.has_control, #s.causes,\n"
          "  s:has_cause 'damaged')\n"
          "print(w:asset('pump-1').zone, w:asset('pump-1').x, w.now, w)\n",
          "asset ss-1\tMain\tsubstation\tgrid\tot\t1.5\t-0.25\t900\n"
          "on\ttrue\t1.0\ttrue\t0\tfalse\nnil\tnil\t0\tworld\n",
          "");
}

static void assets_are_chosen_by_filters_in_the_topologys_order(void **state) {
    (void)state;
    check("local function ids(filter) local out = {}\n"
          "  for i, a in ipairs(w:assets(filter)) do out[i] = a.id end\n"
          "  print(table.concat(out, ' ')) end\n"
          "ids(); ids {}; ids {kind = 'substation'}; ids {operator = {'aqua', 'grid'}}\n"
          "ids {kind = {'pump', 'substation'}, operator = 'aqua'}; ids {zone = 'ot'}\n"
          "ids {id = {'ss-2', 'pump-1'}}\n",
          "ss-1 ss-2 pump-1\nss-1 ss-2 pump-1\nss-1 ss-2\nss-1 ss-2 pump-1\npump-1\nss-1\n"
          "ss-2 pump-1\n",
          "");
    check("w:assets {kinds = 'pump'}\n", "",
          "drills/dark/scenario.lua:3: assets has no option 'kinds'; did you mean 'kind'?");
    check("w:assets {kind = 'substatoin'}\n", "",
          "drills/dark/scenario.lua:3: there is no asset kind 'substatoin'; did you mean "
          "'substation'?");
    check("w:assets {operator = {'grid', 'agua'}}\n", "",
          "drills/dark/scenario.lua:3: there is no operator 'agua'; did you mean 'aqua'?");
}

static void services_are_one_operators_or_all_together(void **state) {
    (void)state;
    check(
        "local g, a, all = w:service('power', 'grid'), w:service('power', w:operator 'aqua'),\n"
        "  w:service 'power'\n"
        "print(g, g.operator, g.level, g.supply, g.demand, g.unit, g.loss)\n"
        "print(a.operator, all.operator, all.demand, a == all, g == w:service('power', 'grid'))\n",
        "service power\tgrid\t1.0\t100.0\t100.0\tMW\t0.0\naqua\tnil\t110.0\tfalse\ttrue\n", "");
    check("w:service 'powr'\n", "",
          "drills/dark/scenario.lua:3: there is no service 'powr'; did you mean 'power'?");
    check("w:service('power', 'gird')\n", "",
          "drills/dark/scenario.lua:3: there is no operator 'gird'; did you mean 'grid'?");
}

static void operators_and_zones_are_found_by_id(void **state) {
    (void)state;
    check("local o, z = w:operator 'aqua', w:zone 'ot'\n"
          "print(o, o.name, o.sector, o.is_cii, z, z.name, z.operator)\n",
          "operator aqua\tWater Works\twater\ttrue\tzone ot\tControl\tgrid\n", "");
    check("w:zone 'it'\n", "",
          "drills/dark/scenario.lua:3: there is no zone 'it'; did you mean "
          "'ot'?");
}

static void unknown_assets_are_told_with_the_nearest(void **state) {
    (void)state;
    check("w:asset 'ss-3'\n", "",
          "drills/dark/scenario.lua:3: there is no asset or link 'ss-3'; did you mean 'ss-1'?");
    check("w:asset 'l-1'\n", "", "drills/dark/scenario.lua:3: 'l-1' is a link, not an asset");
    check("print(t.element 'l-1', t.element(w:asset 'ss-2'))\nt.element(5)\n", "3\t1\n",
          "drills/dark/scenario.lua:4: target: expected an asset or its id, found 5");
    check("w:asset('ss-1'):has_cause 'damagd'\n", "",
          "drills/dark/scenario.lua:3: has_cause: there is no cause 'damagd'; did you mean "
          "'damaged'?");
}

static bool ask(void *object, uint64_t argument) {
    struct scene *scene = object;
    lua_State *lua = toc_host_lua(scene->staged->host);
    (void)argument;
    lua_pushvalue(lua, 1);
    if (toc_host_call(scene->staged->host, 0, 1, scene->staged->problems) != TOC_OK) {
        return false;
    }
    bool holds = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return holds;
}

static void note(void *object, uint64_t argument) {
    (void)argument;
    stage_print(((struct scene *)object)->staged, "fired");
}

static void a_condition_is_asked_again_only_when_what_it_read_changes(void **state) {
    (void)state;
    struct scene *scene = begin("return function() return w:service('power', 'grid').level < 0.5\n"
                                "  or w:asset('ss-2'):has_cause 'wiped' end\n");
    assert_int_equal(toc_host_load(scene->staged->host, "scenario.lua", scene->staged->problems),
                     TOC_OK);
    (void)toc_conditions_add(scene->small.conditions, ask, note, scene, 0);
    small_until(&scene->small, TOC_SECOND);
    uint64_t asked = toc_conditions_asked(scene->small.conditions);
    small_fail(&scene->small, "pump-1", TOC_CAUSE_DAMAGED);
    small_until(&scene->small, 2 * TOC_SECOND);
    assert_int_equal(toc_conditions_asked(scene->small.conditions), asked);
    assert_string_equal(scene->staged->output, "");
    small_fail(&scene->small, "ss-1", TOC_CAUSE_DAMAGED);
    small_until(&scene->small, 3 * TOC_SECOND);
    assert_string_equal(stage_problem(scene->staged), "");
    assert_string_equal(scene->staged->output, "fired\n");
    end(scene);
}

static void what_has_failed_is_seen_to_have(void **state) {
    (void)state;
    struct scene *scene =
        begin("return function() local s = w:asset 'ss-1'\n"
              "print(s.operation, s.is_up, s.capability, table.concat(s.causes, ' '))\n"
              "print(w:service('power', 'grid').level, w:service('power', 'grid').loss) end\n");
    assert_int_equal(toc_host_load(scene->staged->host, "scenario.lua", scene->staged->problems),
                     TOC_OK);
    small_fail(&scene->small, "ss-1", TOC_CAUSE_DAMAGED);
    small_fail(&scene->small, "ss-1", TOC_CAUSE_FLOODED);
    small_until(&scene->small, TOC_HOUR);
    (void)ask(scene, 0);
    assert_string_equal(stage_problem(scene->staged), "");
    assert_string_equal(scene->staged->output, "failed\tfalse\t0.0\tdamaged flooded\n0.2\t80.0\n");
    end(scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assets_tell_what_the_topology_says_and_how_they_are),
        cmocka_unit_test(assets_are_chosen_by_filters_in_the_topologys_order),
        cmocka_unit_test(services_are_one_operators_or_all_together),
        cmocka_unit_test(operators_and_zones_are_found_by_id),
        cmocka_unit_test(unknown_assets_are_told_with_the_nearest),
        cmocka_unit_test(a_condition_is_asked_again_only_when_what_it_read_changes),
        cmocka_unit_test(what_has_failed_is_seen_to_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
