/* Calendar and chance together against the closed forms of reliability: what is measured must hold
   them within its own interval of 99 %. */
#include "support/support.h"

#include <math.h>
#include <stdio.h>

#include "kernel/calendar.h"
#include "kernel/chance.h"
#include "kernel/integral.h"
#include "kernel/tally.h"

#define UNIT    TOC_HOUR
#define SAMPLES 40000
#define PARTS   5

static void holds(const char *what, const toc_tally *tally, double scale, double expected) {
    toc_interval interval = toc_tally_interval(tally, 0, 20, 0.99);
    double mean = interval.mean / scale, half = interval.half_width / scale;
    (void)fprintf(stderr, "  %s: %.6f +- %.6f, expected %.6f\n", what, mean, half, expected);
    if (!(fabs(mean - expected) <= half)) {
        fail_msg("%s: %.6f is not within %.6f +- %.6f", what, expected, mean, half);
    }
    assert_true(half < 0.1 * expected);
}

static toc_time drawn(const toc_chance *chance, uint32_t part, uint32_t purpose, uint32_t nth,
                      double mean) {
    toc_draw draw = {.entity = part, .purpose = purpose, .occurrence = nth};
    return toc_chance_exponential(chance, draw, (toc_time)(mean * (double)UNIT + 0.5));
}

/* ---- parts that fail and are mended by crews ---- */

struct system {
    toc_calendar *calendar;
    toc_chance chance;
    double fails, mends;        /* means, in units */
    uint32_t parts, needed, up; /* it works while `needed` parts are up */
    uint32_t crews;             /* 0: what fails stays so */
    uint32_t drawn_failures[PARTS], drawn_repairs[PARTS];
    uint32_t broken[PARTS], broken_count; /* in their order */
    toc_integral works;
    bool ends_when_down;
};

static void mended(void *object, uint64_t part);

static void changed(struct system *system) {
    bool works = system->up >= system->needed;
    toc_integral_set(&system->works, toc_calendar_now(system->calendar), works, 0);
    if (!works && system->ends_when_down) {
        toc_calendar_halt(system->calendar);
    }
}

static void mend(struct system *system, uint32_t part) {
    toc_time at = toc_calendar_now(system->calendar) +
                  drawn(&system->chance, part, 2, system->drawn_repairs[part]++, system->mends);
    (void)toc_calendar_schedule(system->calendar, at, TOC_PHYSICAL, mended, system, part);
}

static void failed(void *object, uint64_t part) {
    struct system *system = object;
    system->up--;
    system->broken[system->broken_count++] = (uint32_t)part;
    if (system->broken_count <= system->crews) {
        mend(system, (uint32_t)part);
    }
    changed(system);
}

static void live(struct system *system, uint32_t part) {
    toc_time at = toc_calendar_now(system->calendar) +
                  drawn(&system->chance, part, 1, system->drawn_failures[part]++, system->fails);
    (void)toc_calendar_schedule(system->calendar, at, TOC_PHYSICAL, failed, system, part);
}

static void mended(void *object, uint64_t part) {
    struct system *system = object;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < system->broken_count; i++) {
        if (system->broken[i] != part) {
            system->broken[kept++] = system->broken[i];
        }
    }
    system->broken_count = kept;
    system->up++;
    live(system, (uint32_t)part);
    if (kept >= system->crews) {
        mend(system, system->broken[system->crews - 1]);
    }
    changed(system);
}

static void begin(struct system *system) {
    system->calendar = toc_calendar_create();
    system->up = system->parts;
    system->broken_count = 0;
    system->works = toc_integral_start(0, 1);
    for (uint32_t part = 0; part < system->parts; part++) {
        live(system, part);
    }
}

/* Parts that are up 95 % of their time with a crew each, then three that wait for crews. */
static void k_of_n_parts_are_up_as_often_as_theory_says(void **state) {
    (void)state;
    static const struct {
        uint32_t needed, parts, crews;
        double fails, mends, works;
    } table[] = {{1, 2, 2, 19, 1, 0.9975},      {2, 2, 2, 19, 1, 0.9025},
                 {2, 3, 3, 19, 1, 0.99275},     {2, 4, 4, 19, 1, 0.99951875},
                 {3, 5, 5, 19, 1, 0.998841875}, {2, 3, 1, 100, 10, 0.951684},
                 {2, 3, 2, 100, 10, 0.976342},  {2, 3, 3, 100, 10, 0.976709}};
    uint64_t seed = support_seed(__func__);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct system system = {.chance = {.seed = seed + i},
                                .fails = table[i].fails,
                                .mends = table[i].mends,
                                .parts = table[i].parts,
                                .needed = table[i].needed,
                                .crews = table[i].crews};
        begin(&system);
        toc_tally *down = toc_tally_create();
        toc_time window = (toc_time)(table[i].mends * 2000.0) * UNIT;
        toc_wide before = 0;
        for (uint32_t n = 1; n <= 2000; n++) {
            toc_calendar_run(system.calendar, n * window);
            toc_wide area = toc_integral_area(&system.works, n * window);
            toc_tally_add(down, window - (int64_t)(area - before));
            before = area;
        }
        holds("down", down, (double)window, 1 - table[i].works);
        toc_tally_destroy(down);
        toc_calendar_destroy(system.calendar);
    }
}

static void time_to_first_failure(const char *what, struct system system, double expected) {
    toc_tally *times = toc_tally_create();
    system.ends_when_down = true;
    for (uint32_t i = 0; i < SAMPLES; i++) {
        system.chance.replication = i;
        begin(&system);
        toc_calendar_run(system.calendar, TOC_NEVER);
        toc_tally_add(times, toc_calendar_now(system.calendar));
        toc_calendar_destroy(system.calendar);
    }
    holds(what, times, UNIT, expected);
    toc_tally_destroy(times);
}

static void a_system_first_fails_after_the_time_that_theory_says(void **state) {
    (void)state;
    struct system system = {.chance = {.seed = support_seed(__func__)}, .fails = 100, .parts = 3};
    system.needed = 2;
    time_to_first_failure("2 of 3", system, 83.333333);
    system.needed = 1;
    time_to_first_failure("1 of 3", system, 183.333333);
    system.parts = 2;
    system.mends = 10;
    system.crews = 1;
    time_to_first_failure("1 of 2 with a crew", system, 650);
}

/* Up for 1,000 h and down for 8 h in the mean: how probably up after so many hours. */
static void one_part_settles_from_up_to_its_availability(void **state) {
    (void)state;
    static const struct {
        toc_time hours;
        double up;
    } table[] = {{1, 0.999060}, {8, 0.994960}, {24, 0.992449}, {200, 0.992063}};
    toc_tally *down[4];
    for (size_t i = 0; i < 4; i++) {
        down[i] = toc_tally_create();
    }
    toc_chance chance = {.seed = support_seed(__func__)};
    for (uint32_t n = 0; n < 2000000; n++) {
        toc_time at = 0;
        bool is_up = true;
        chance.replication = n;
        size_t next = 0;
        for (uint32_t turn = 0; next < 4; turn++, is_up = !is_up) {
            at += drawn(&chance, 1, is_up ? 1 : 2, turn, is_up ? 1000 : 8);
            while (next < 4 && table[next].hours * UNIT < at) {
                toc_tally_add(down[next++], is_up ? 0 : 1000000);
            }
        }
    }
    for (size_t i = 0; i < 4; i++) {
        holds("down", down[i], 1e6, 1 - table[i].up);
        toc_tally_destroy(down[i]);
    }
}

/* ---- several clocks at once ---- */

static void all_and_any_of_three_and_buffers_against_outages(void **state) {
    (void)state;
    toc_chance chance = {.seed = support_seed(__func__)};
    toc_tally *all = toc_tally_create(), *any = toc_tally_create(), *lost = toc_tally_create();
    toc_tally *outlasted = toc_tally_create();
    for (uint32_t n = 0; n < 200000; n++) {
        toc_time first = TOC_NEVER, last = 0;
        for (uint32_t part = 0; part < 3; part++) {
            toc_time time = drawn(&chance, part, 1, n, 2);
            first = time < first ? time : first;
            last = time > last ? time : last;
        }
        toc_tally_add(all, last);
        toc_tally_add(any, first);
        toc_time outage = drawn(&chance, 9, 2, n, 8);
        toc_tally_add(lost, outage > drawn(&chance, 9, 3, n, 8) ? 1000000 : 0);
        toc_tally_add(outlasted, outage > 24 * UNIT ? 1000000 : 0);
    }
    holds("all of three", all, UNIT, 3.666667);
    holds("any of three", any, UNIT, 0.666667);
    holds("an outage outlasts a buffer of like mean", lost, 1e6, 0.5);
    holds("an outage outlasts 24 h", outlasted, 1e6, exp(-3));
    toc_tally_destroy(all);
    toc_tally_destroy(any);
    toc_tally_destroy(lost);
    toc_tally_destroy(outlasted);
}

static void a_loss_by_steps_and_at_a_rate_adds_up_exactly(void **state) {
    (void)state;
    toc_integral loss = toc_integral_start(0, 600);
    toc_integral_set(&loss, 2 * UNIT, 300, 0);
    toc_integral_set(&loss, 5 * UNIT, 300, -60);
    toc_integral_set(&loss, 10 * UNIT, 0, 0);
    assert_true(toc_integral_area(&loss, 20 * UNIT) == (toc_wide)2850 * UNIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(k_of_n_parts_are_up_as_often_as_theory_says),
        cmocka_unit_test(a_system_first_fails_after_the_time_that_theory_says),
        cmocka_unit_test(one_part_settles_from_up_to_its_availability),
        cmocka_unit_test(all_and_any_of_three_and_buffers_against_outages),
        cmocka_unit_test(a_loss_by_steps_and_at_a_rate_adds_up_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
