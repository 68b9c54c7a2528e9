#include "model/small_world.h"

#include "model/builder_network.h"
#include "model/network.h"
#include "script/bind_world.h"
#include "script/stage.h"

static int look(lua_State *lua) {
    toc_bind_world_push(lua);
    return 1;
}

static const toc_binding rows[] = {{.name = "world", .call = look}};
static const toc_bound_class functions = {"t", "", rows, 1};

static void host(struct small *small, const char *id, const char *zone, const char *weak_over) {
    toc_asset_spec spec = {
        .id = id, .operator_id = "grid", .zone_id = zone, .kind = TOC_ASSET_HOST};
    toc_weakness_spec weakness = {
        .id = "w", .service = weak_over, .ease_ppm = 1000000, .gives = TOC_ACCESS_USER};
    toc_builder_asset(small->builder, &spec);
    if (weak_over[0] != '\0') {
        toc_builder_weakness(small->builder, &weakness);
    }
}

static void build(struct small *small) {
    toc_zone_spec office = {.id = "office", .operator_id = "grid"}, plant = {.id = "plant"};
    toc_conduit_spec conduit = {.from = "office", .to = "plant"};
    toc_rule_spec rule = {.service = "rdp"};
    toc_traffic_spec traffic = {.id = "support", .from = "pc", .to = "hmi", .service = "rdp"};
    toc_place nowhere = {.file = NULL};
    small_begin(small);
    toc_builder_zone(small->builder, &office);
    toc_builder_zone(small->builder, &plant);
    toc_builder_network_phase(small->builder, "calm", "", nowhere);
    host(small, "pc", "office", "");
    host(small, "mail", "office", "smtp");
    host(small, "hmi", "plant", "rdp");
    host(small, "plc", "plant", "s7");
    toc_builder_network_conduit(small->builder, &conduit);
    toc_builder_network_rule(small->builder, &rule);
    toc_builder_network_traffic(small->builder, &traffic);
    small_run(small, 1);
}

static void check(const char *body, const char *output, const char *problem) {
    static char source[4096];
    struct small small;
    stage *staged;
    build(&small);
    (void)toc_network_block(small.world, 0, false);
    (void)snprintf(source, sizeof source, "local t = require 'tocsin'\nlocal w = t.world()\n%s",
                   body);
    staged = stage_open(source, NULL);
    toc_binder_module(staged->host, "tocsin.core", &functions);
    toc_bind_world_install(staged->host, small.world, small.conditions);
    (void)stage_run(staged);
    assert_string_equal(stage_problem(staged), problem);
    assert_string_equal(staged->output, output);
    stage_close(staged);
    small_end(&small);
}

static void conduits_and_traffic_are_found_by_id(void **state) {
    (void)state;
    check("local c, f = w:conduit 'office..plant', w:traffic 'support'\n"
          "print(c, c.from, c.to, c.is_blocked, #w:conduits(), c == w:conduits()[1])\n"
          "print(f, f.from, f.to, f.service, f.passes, w.phase, w:zone('office').is_isolated)\n",
          "conduit office..plant\toffice\tplant\tfalse\t1\ttrue\n"
          "traffic support\tpc\thmi\trdp\ttrue\tcalm\tfalse\n",
          "");
    check("w:conduit 'ofice..plant'\n", "",
          "drills/dark/scenario.lua:3: there is no conduit 'ofice..plant'; did you mean "
          "'office..plant'?");
    check("w:traffic 'suport'\n", "",
          "drills/dark/scenario.lua:3: there is no traffic 'suport'; did you mean 'support'?");
}

static void what_passes_can_be_asked(void **state) {
    (void)state;
    check("print(w:permits('pc', 'hmi', 'rdp'), w:permits('pc', w:asset 'hmi'),\n"
          "  w:permits('hmi', 'pc'), w:permits('pc', 'plc', 's7'))\n",
          "true\ttrue\tfalse\tfalse\n", "");
    check("w:permits('pc', 'hmi', 'rpd')\n", "",
          "drills/dark/scenario.lua:3: there is no service of the network 'rpd'; did you mean "
          "'rdp'?");
    check("w:permits('pc', 'support')\n", "",
          "drills/dark/scenario.lua:3: world:permits: 'support' is a link, not an asset");
}

static void reach_tells_who_is_held_how_and_after_how_many_hops(void **state) {
    (void)state;
    check("for _, r in ipairs(w:reach 'pc') do print(r.asset, r.access, r.hops) end\n"
          "for _, r in ipairs(w:reach { 'hmi', w:asset 'mail' }) do print(r.asset, r.hops) end\n"
          "print(w:reaches('pc', 'plc'), w:reaches('plc', 'pc'), #w:reach {})\n",
          "asset pc\tadmin\t0\nasset mail\tuser\t1\nasset hmi\tuser\t1\nasset plc\tuser\t2\n"
          "asset mail\t0\nasset hmi\t0\nasset plc\t1\ntrue\tfalse\t0\n",
          "");
    check("w:reach { 'pcc' }\n", "",
          "drills/dark/scenario.lua:3: there is no asset or link 'pcc'; did you mean 'pc'?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conduits_and_traffic_are_found_by_id),
        cmocka_unit_test(what_passes_can_be_asked),
        cmocka_unit_test(reach_tells_who_is_held_how_and_after_how_many_hops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
