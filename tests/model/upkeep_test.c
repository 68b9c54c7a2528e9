/* Upkeep: what breaks and is mended by crews again and again is up as often as theory says. */
#include "model/small_world.h"

#include <math.h>

/* Three machines fail every 100 h, mending takes 10 h on average. With a crew for each, the share
   that is up does not depend on how the repair time is spread: 10/11, so that two of three are up
   0.976709 of the time. */
enum { MACHINES = 3 };

struct shop {
    struct small *small;
    toc_chance chance;
    uint32_t failures[MACHINES];
    toc_time whole_time, since;
    bool whole;
};

static void on_failure(void *object, uint64_t machine) {
    struct shop *shop = object;
    toc_job_order repair = {
        .kind = TOC_JOB_KIND_REPAIR, .element = (uint32_t)machine, .crew = TOC_INDEX_NONE};
    const char *why = NULL;
    assert_true(toc_world_fail(shop->small->world, (uint32_t)machine, TOC_CAUSE_DAMAGED));
    assert_true(toc_job_order_at(shop->small->world, &repair, &why) != TOC_INDEX_NONE);
}

static void fail_later(struct shop *shop, uint32_t machine) {
    toc_draw draw = {machine, 1, shop->failures[machine]++};
    toc_time after = toc_chance_exponential(&shop->chance, draw, 100 * TOC_HOUR);
    (void)toc_calendar_schedule(shop->small->calendar,
                                toc_calendar_now(shop->small->calendar) + after, TOC_PHYSICAL,
                                on_failure, shop, machine);
}

static void watch(void *object, const toc_change *change) {
    struct shop *shop = object;
    toc_time now = toc_calendar_now(shop->small->calendar);
    if (change->kind != TOC_CHANGE_OPERATION) {
        return;
    }
    if (change->subject == MACHINES) {
        shop->whole_time += shop->whole ? now - shop->since : 0;
        shop->since = now;
        shop->whole = change->after == TOC_ON;
    } else if (change->after == TOC_ON) {
        fail_later(shop, change->subject);
    }
}

static void two_of_three_are_up_as_often_as_theory_says(void **state) {
    const uint32_t batches = 40;
    const toc_time batch = 20000 * TOC_HOUR;
    /* Mean 10 h with sigma 0.5: the median is 10 h x exp(-1/8). */
    const toc_time median = (toc_time)(10 * (double)TOC_HOUR * 0.88249690258459546);
    struct small small;
    struct shop shop = {.small = &small, .whole = true};
    toc_world *own;
    double sum = 0, squares = 0, mean, error;
    (void)state;
    shop.chance = (toc_chance){support_seed(__func__), 0};
    small_begin(&small);
    for (int i = 0; i < MACHINES; i++) {
        small_asset(&small, (const char *[]){"m-1", "m-2", "m-3"}[i]);
        toc_builder_work(small.builder, "repair", median, 500000, (toc_place){0});
    }
    small_asset(&small, "line");
    small_needs(&small, TOC_NEED_AT_LEAST, 2, "m-1 m-2 m-3");
    small_crew(&small, "fitters", "repair", NULL, MACHINES);
    small_run(&small, 1);
    own = small.world;
    small.world = toc_world_create(small.topology, small.calendar, small.conditions, shop.chance,
                                   watch, &shop);
    for (uint32_t i = 0; i < MACHINES; i++) {
        fail_later(&shop, i);
    }
    for (uint32_t i = 0; i < batches; i++) {
        toc_time before = shop.whole_time;
        double share;
        toc_calendar_run(small.calendar, (toc_time)(i + 1) * batch);
        shop.whole_time += shop.whole ? toc_calendar_now(small.calendar) - shop.since : 0;
        shop.since = toc_calendar_now(small.calendar);
        share = (double)(shop.whole_time - before) / (double)batch;
        sum += share;
        squares += share * share;
    }
    mean = sum / batches;
    error = (squares / batches - mean * mean) / (batches - 1); /* standard error, squared */
    if ((mean - 0.976709) * (mean - 0.976709) > 9 * error) {
        fail_msg("availability %.6f is not 0.976709 (squared standard error %.3g)", mean, error);
    }
    assert_true(error < 0.001 * 0.001);
    toc_world_destroy(small.world);
    small.world = own;
    small_end(&small);
}

/* -- Machine repair: three machines, two crews, M/M/c//N -----------------------------------------
   Machines fail every 2 h on average and are mended in 15 min, both exponential; a third that fails
   waits for a crew. Births and deaths then give 0.335161 machines down on average (see
   tests/kernel/queueing_test.c). Work of crews is lognormal, so here it would take for ever, and is
   called off as mended when an exponential time is over: queue, crews and dispatch are the model's.
 */

struct yard {
    struct small *small;
    toc_chance chance;
    toc_world *world;
    uint32_t draws, down;
    toc_time down_time, since;
};

static toc_time draw(struct yard *yard, const char *purpose, toc_time mean) {
    toc_draw drawn = {1, toc_chance_key(purpose), yard->draws++};
    return toc_chance_exponential(&yard->chance, drawn, mean);
}

static void count_down(struct yard *yard, int change) {
    toc_time now = toc_calendar_now(yard->small->calendar);
    yard->down_time += (now - yard->since) * yard->down;
    yard->since = now;
    yard->down += (uint32_t)change;
}

static void on_break(void *object, uint64_t machine);

static void break_later(struct yard *yard, uint32_t machine) {
    (void)toc_calendar_schedule(yard->small->calendar,
                                toc_calendar_now(yard->small->calendar) +
                                    draw(yard, "break", 2 * TOC_HOUR),
                                TOC_PHYSICAL, on_break, yard, machine);
}

static void on_break(void *object, uint64_t machine) {
    struct yard *yard = object;
    toc_job_order repair = {
        .kind = TOC_JOB_KIND_REPAIR, .element = (uint32_t)machine, .crew = TOC_INDEX_NONE};
    const char *why = NULL;
    count_down(yard, 1);
    assert_true(toc_world_fail(yard->world, (uint32_t)machine, TOC_CAUSE_DAMAGED));
    assert_true(toc_job_order_at(yard->world, &repair, &why) != TOC_INDEX_NONE);
}

static void on_mended(void *object, uint64_t job) {
    struct yard *yard = object;
    uint32_t machine = toc_job_read(yard->world, (uint32_t)job).order.element;
    assert_true(toc_world_clear(yard->world, machine, TOC_CAUSE_DAMAGED));
    assert_true(toc_job_cancel(yard->world, (uint32_t)job));
    count_down(yard, -1);
    break_later(yard, machine);
}

static void on_begun(void *object, const toc_change *change) {
    struct yard *yard = object;
    if (change->kind == TOC_CHANGE_JOB && change->after == TOC_JOB_WORK) {
        (void)toc_calendar_schedule(yard->small->calendar,
                                    toc_calendar_now(yard->small->calendar) +
                                        draw(yard, "mend", 15 * TOC_MINUTE),
                                    TOC_PHYSICAL, on_mended, yard, change->subject);
    }
}

static void two_crews_keep_three_machines_up_as_theory_says(void **state) {
    enum { BATCHES = 40 };
    const toc_time batch = 12000 * TOC_HOUR;
    const double expected = 0.335161, student = 2.708; /* 99 % of t with 39 degrees of freedom */
    double sum = 0, squares = 0, mean, half;
    struct small small;
    struct yard yard = {.small = &small};
    toc_world *own;
    (void)state;
    yard.chance = (toc_chance){support_seed(__func__), 0};
    small_begin(&small);
    for (int i = 0; i < 3; i++) {
        small_asset(&small, (const char *[]){"m-1", "m-2", "m-3"}[i]);
        toc_builder_work(small.builder, "repair", 1000000 * TOC_HOUR, 0, (toc_place){0});
    }
    small_crew(&small, "fitters", "repair", NULL, 2);
    small_run(&small, 1);
    own = small.world;
    small.world = yard.world = toc_world_create(small.topology, small.calendar, small.conditions,
                                                yard.chance, on_begun, &yard);
    for (uint32_t i = 0; i < 3; i++) {
        break_later(&yard, i);
    }
    for (int i = 0; i < BATCHES; i++) {
        toc_time before = yard.down_time;
        toc_calendar_run(small.calendar, (toc_time)(i + 1) * batch);
        count_down(&yard, 0);
        mean = (double)(yard.down_time - before) / (double)batch;
        sum += mean;
        squares += mean * mean;
    }
    mean = sum / BATCHES;
    half = student * sqrt((squares / BATCHES - mean * mean) / (BATCHES - 1));
    print_message("down %.6f +- %.6f (99 %%), theory %.6f\n", mean, half, expected);
    assert_true(half < 0.003);
    assert_true(mean - half < expected && expected < mean + half);
    toc_world_destroy(small.world);
    small.world = own;
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_of_three_are_up_as_often_as_theory_says),
        cmocka_unit_test(two_crews_keep_three_machines_up_as_theory_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
