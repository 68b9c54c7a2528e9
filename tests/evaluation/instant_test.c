#include "support/support.h"

#include "drawing/map.h"
#include "evaluation/instant.h"
#include "made_record.h"

static toc_map_state state_at(const made_record *made, toc_time at) {
    uint8_t *states = toc_instant_states(made->measures, at);
    uint32_t asset = toc_topology_find_element(toc_measure_topology(made->measures), "e-2");
    toc_map_state state = (toc_map_state)states[asset];
    free(states);
    return state;
}

static void who_holds_an_asset_is_seen_on_the_map_until_thrown_out(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "Held", made_topology);
    made_fact(&made, "topology", "", "", "topology.xml", 0);
    made_put(&made, 2 * TOC_MINUTE, TOC_TRACE_INTRUSION, "e-2", "RED", "access", "admin", 0, 2);
    made_put(&made, 5 * TOC_MINUTE, TOC_TRACE_OPERATION, "e-2", "", "failed", "", 2, 5);
    made_put(&made, 6 * TOC_MINUTE, TOC_TRACE_OPERATION, "e-2", "", "on", "", 5, 2);
    made_put(&made, 8 * TOC_MINUTE, TOC_TRACE_INTRUSION, "e-2", "RED", "implant", "", 0, 1);
    made_put(&made, 9 * TOC_MINUTE, TOC_TRACE_INTRUSION, "e-2", "RED", "access", "none", 2, 0);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    assert_int_equal(state_at(&made, TOC_MINUTE), TOC_MAP_NORMAL);
    assert_int_equal(state_at(&made, 3 * TOC_MINUTE), TOC_MAP_COMPROMISED);
    assert_int_equal(state_at(&made, 5 * TOC_MINUTE), TOC_MAP_FAILED);
    assert_int_equal(state_at(&made, 7 * TOC_MINUTE), TOC_MAP_COMPROMISED);
    assert_int_equal(state_at(&made, 10 * TOC_MINUTE), TOC_MAP_NORMAL);
    made_end(&made);
}

static void what_an_attacker_keeps_out_of_sight_is_without_data_on_the_map(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "Blind", made_topology);
    made_fact(&made, "topology", "", "", "topology.xml", 0);
    made_put(&made, 2 * TOC_MINUTE, TOC_TRACE_SIGHT, "e-2", "RED", "view", "lost", 1, 0);
    made_put(&made, 3 * TOC_MINUTE, TOC_TRACE_SIGHT, "e-2", "RED", "commands", "lost", 1, 0);
    made_put(&made, 5 * TOC_MINUTE, TOC_TRACE_SIGHT, "e-2", "", "view", "there", 0, 1);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    assert_int_equal(state_at(&made, TOC_MINUTE), TOC_MAP_NORMAL);
    assert_int_equal(state_at(&made, 4 * TOC_MINUTE), TOC_MAP_NO_DATA);
    assert_int_equal(state_at(&made, 6 * TOC_MINUTE), TOC_MAP_NORMAL);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_holds_an_asset_is_seen_on_the_map_until_thrown_out),
        cmocka_unit_test(what_an_attacker_keeps_out_of_sight_is_without_data_on_the_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
