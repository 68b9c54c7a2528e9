#include "support/support.h"

#include <string.h>

#include "rehearsal.h"
#include "tocsin/plan.h"

static uint32_t part_of(const toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        if (strcmp(toc_plan_at(drill, i).id, id) == 0) {
            return i;
        }
    }
    fail_msg("there is no part %s", id);
    return 0;
}

static void a_plan_tells_limits_clocks_and_what_meets_each_part(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:objective \"O1\" { \"x\", within = t.minutes(30), after = \"dark\",\n"
                  "  met = t.declared "
                  "\"incident\" }\n"
                  "drill:objective \"O2\" { \"y\" }\n"
                  "drill:objective \"O3\" { \"z\", met = t.all { t.declared \"incident\",\n"
                  "  t.any { t.marked \"dark\", t.service(\"power\", { at_least = 0.99 }) } } }\n"
                  "drill:duty \"D1\" { operator = \"gridco\", to = \"gridco.soc\", within = "
                  "t.hours(1),\n"
                  "  trigger = t.marked \"dark\", clock = \"aware\" }\n"),
        NULL, 1);
    const toc_drill *drill = played->drill;
    toc_plan_evidence seen;
    uint32_t first = part_of(drill, "O1"), nested = part_of(drill, "O3"),
             duty = part_of(drill, "D1");
    toc_plan_part part = toc_plan_at(drill, first);
    assert_int_equal(part.within, 30 * TOC_MINUTE);
    assert_string_equal(part.after, "dark");
    assert_false(toc_plan_evidence_at(drill, part_of(drill, "O2"), 0, &seen));
    assert_int_equal(toc_plan_at(drill, part_of(drill, "O2")).within, TOC_NEVER);
    static const struct {
        toc_plan_evidence_kind kind;
        unsigned depth;
    } expected[] = {{TOC_PLAN_ALL, 0},
                    {TOC_PLAN_DECLARED, 1},
                    {TOC_PLAN_ANY, 1},
                    {TOC_PLAN_MARKED, 2},
                    {TOC_PLAN_SERVICE, 2}};
    for (uint32_t i = 0; i < 5; i++) {
        assert_true(toc_plan_evidence_at(drill, nested, i, &seen));
        assert_int_equal(seen.kind, expected[i].kind);
        assert_int_equal(seen.depth, expected[i].depth);
    }
    assert_int_equal(seen.level_ppm, 990000);
    assert_false(toc_plan_evidence_at(drill, nested, 5, &seen));
    part = toc_plan_at(drill, duty);
    assert_string_equal(part.clock, "aware");
    assert_string_equal(part.team, "gridco");
    assert_string_equal(part.recipient, "gridco.soc");
    assert_true(toc_plan_evidence_at(drill, duty, 0, &seen));
    assert_int_equal(seen.kind, TOC_PLAN_MARKED);
    assert_string_equal(seen.what, "dark");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_tells_limits_clocks_and_what_meets_each_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
