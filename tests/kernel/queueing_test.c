/* Calendar, resource, chance and statistics together against queueing theory: what is measured in
   long runs must hold the closed form within its own interval of 99 %, by batch means. */
#include "support/support.h"

#include <math.h>
#include <stdio.h>

#include "kernel/arena.h"
#include "kernel/chance.h"
#include "kernel/integral.h"
#include "kernel/resource.h"
#include "kernel/tally.h"

#define UNIT    TOC_HOUR /* in which rates are given */
#define BATCHES 20
#define WINDOWS 2000 /* of time, for what is measured over time */

/* One queue: customers from outside at a rate, or those of a closed circle who come back. */
struct queue {
    /* what it is */
    double arrivals, services; /* a unit; of one server, of one at large in a closed circle */
    uint32_t servers, room;    /* room: most customers within, 0 for any number */
    uint32_t circle;           /* customers of a closed circle, 0: open */
    /* how it goes */
    toc_arena *customers;
    toc_calendar *calendar;
    toc_resource *resource;
    toc_chance chance;
    uint32_t drawn_arrivals, drawn_services;
    uint64_t came, lost;
    uint32_t within, busy;
    toc_integral length, line, all_up;
    /* what was seen */
    toc_tally *sojourns, *waits, *waited;  /* microseconds; waited: 0 or 1,000,000 */
    toc_tally *lost_ppm, *lengths, *lines; /* lengths in millionths, a window each */
    toc_tally *all_up_ppm, *served;
};

struct customer {
    struct queue *queue;
    toc_time arrived;
    uint32_t ticket;
};

static toc_time drawn(const struct queue *queue, uint32_t purpose, uint32_t *count, double rate) {
    toc_draw draw = {.entity = 1, .purpose = purpose, .occurrence = (*count)++};
    return toc_chance_exponential(&queue->chance, draw, (toc_time)((double)UNIT / rate + 0.5));
}

static void changed(struct queue *queue) {
    toc_time now = toc_calendar_now(queue->calendar);
    toc_integral_set(&queue->length, now, queue->within, 0);
    toc_integral_set(&queue->line, now, queue->within - queue->busy, 0);
    toc_integral_set(&queue->all_up, now, queue->within == 0, 0);
}

static void arrive(void *object, uint64_t argument);

static void leave(void *object, uint64_t argument) {
    (void)argument;
    struct customer *customer = object;
    struct queue *queue = customer->queue;
    toc_time now = toc_calendar_now(queue->calendar);
    toc_tally_add(queue->sojourns, now - customer->arrived);
    queue->within--;
    queue->busy--;
    changed(queue);
    toc_resource_release(queue->resource, customer->ticket);
    if (queue->circle > 0) {
        toc_time at = now + drawn(queue, 1, &queue->drawn_arrivals, queue->arrivals);
        (void)toc_calendar_schedule(queue->calendar, at, TOC_PHYSICAL, arrive, queue, 0);
    }
}

static void begin_service(void *object, uint64_t argument) {
    (void)argument;
    struct customer *customer = object;
    struct queue *queue = customer->queue;
    toc_time now = toc_calendar_now(queue->calendar);
    toc_tally_add(queue->waits, now - customer->arrived);
    toc_tally_add(queue->waited, now > customer->arrived ? 1000000 : 0);
    queue->busy++;
    changed(queue);
    toc_time at = now + drawn(queue, 2, &queue->drawn_services, queue->services);
    (void)toc_calendar_schedule(queue->calendar, at, TOC_PHYSICAL, leave, customer, 0);
}

static void enter(struct queue *queue) {
    bool is_full = queue->room > 0 && queue->within == queue->room;
    toc_tally_add(queue->lost_ppm, is_full ? 1000000 : 0);
    if (is_full) {
        return;
    }
    struct customer *customer = toc_arena_alloc(queue->customers, sizeof *customer);
    *customer = (struct customer){.queue = queue, .arrived = toc_calendar_now(queue->calendar)};
    queue->within++;
    changed(queue);
    customer->ticket = toc_resource_request(queue->resource, 0, begin_service, customer, 0);
}

static void arrive(void *object, uint64_t argument) {
    (void)argument;
    struct queue *queue = object;
    queue->came++;
    enter(queue);
    if (queue->circle == 0) {
        toc_time at = toc_calendar_now(queue->calendar) +
                      drawn(queue, 1, &queue->drawn_arrivals, queue->arrivals);
        (void)toc_calendar_schedule(queue->calendar, at, TOC_PHYSICAL, arrive, queue, 0);
    }
}

static void queue_open(struct queue *queue, uint64_t seed) {
    queue->customers = toc_arena_create();
    queue->calendar = toc_calendar_create();
    queue->resource = toc_resource_create(queue->calendar, queue->servers, TOC_PHYSICAL);
    queue->chance = (toc_chance){.seed = seed};
    queue->all_up = toc_integral_start(0, 1);
    toc_tally **tallies[] = {&queue->sojourns, &queue->waits, &queue->waited,     &queue->lost_ppm,
                             &queue->lengths,  &queue->lines, &queue->all_up_ppm, &queue->served};
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++) {
        *tallies[i] = toc_tally_create();
    }
    for (uint32_t i = 0; i < (queue->circle > 0 ? queue->circle : 1); i++) {
        toc_time at = drawn(queue, 1, &queue->drawn_arrivals, queue->arrivals);
        (void)toc_calendar_schedule(queue->calendar, at, TOC_PHYSICAL, arrive, queue, 0);
    }
}

/* Runs window by window, each as long as `units`. */
static void run(struct queue *queue, double units) {
    toc_time window = (toc_time)(units * (double)UNIT), end = 0;
    toc_wide area = 0, line = 0, up = 0;
    uint64_t served = 0;
    for (uint32_t i = 0; i < WINDOWS; i++) {
        end += window;
        toc_calendar_run(queue->calendar, end);
        toc_wide areas[3] = {toc_integral_area(&queue->length, end),
                             toc_integral_area(&queue->line, end),
                             toc_integral_area(&queue->all_up, end)};
        toc_tally_add(queue->lengths, (int64_t)((areas[0] - area) * 1000000 / window));
        toc_tally_add(queue->lines, (int64_t)((areas[1] - line) * 1000000 / window));
        toc_tally_add(queue->all_up_ppm, (int64_t)((areas[2] - up) * 1000000 / window));
        toc_tally_add(queue->served, (int64_t)(toc_tally_count(queue->sojourns) - served));
        area = areas[0];
        line = areas[1];
        up = areas[2];
        served = toc_tally_count(queue->sojourns);
    }
}

static void queue_close(struct queue *queue) {
    toc_tally *tallies[] = {queue->sojourns, queue->waits, queue->waited,     queue->lost_ppm,
                            queue->lengths,  queue->lines, queue->all_up_ppm, queue->served};
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++) {
        toc_tally_destroy(tallies[i]);
    }
    toc_resource_destroy(queue->resource);
    toc_calendar_destroy(queue->calendar);
    toc_arena_destroy(queue->customers);
}

/* A twentieth of the run is left out: the queue begins empty. */
static void holds(const char *what, const toc_tally *tally, double scale, double expected) {
    uint64_t skipped = toc_tally_count(tally) / 20;
    toc_interval interval = toc_tally_interval(tally, skipped, BATCHES, 0.99);
    double mean = interval.mean / scale, half = interval.half_width / scale;
    (void)fprintf(stderr, "  %s: %.6f +- %.6f, expected %.6f\n", what, mean, half, expected);
    if (!(fabs(mean - expected) <= half)) {
        fail_msg("%s: %.6f is not within %.6f +- %.6f", what, expected, mean, half);
    }
    assert_true(half < 0.1 * expected); /* an interval that holds everything shows nothing */
}

static void one_server_is_m_m_1(void **state) {
    (void)state;
    struct queue queue = {.arrivals = 0.8, .services = 1, .servers = 1};
    queue_open(&queue, support_seed(__func__));
    run(&queue, 600);
    holds("W", queue.sojourns, UNIT, 5);
    holds("Wq", queue.waits, UNIT, 4);
    holds("L", queue.lengths, 1e6, 4);
    holds("Lq", queue.lines, 1e6, 3.2);
    holds("who waits", queue.waited, 1e6, 0.8);
    /* the time in the system is exponential with mean 5: its median and its ninth decile */
    double median = (double)toc_tally_quantile(queue.sojourns, 500000) / (double)UNIT;
    double decile = (double)toc_tally_quantile(queue.sojourns, 900000) / (double)UNIT;
    assert_true(fabs(median / (5 * log(2)) - 1) < 0.05);
    assert_true(fabs(decile / (5 * log(10)) - 1) < 0.05);
    queue_close(&queue);
}

static void several_servers_are_m_m_c(void **state) {
    (void)state;
    static const struct {
        double arrivals;
        uint32_t servers;
        double waits, line, wait;
    } table[] = {{1.5, 2, 0.642857, 1.928571, 1.285714},
                 {2, 3, 0.444444, 0.888889, 0.444444},
                 {4, 5, 0.554113, 2.216450, 0.554113}};
    uint64_t seed = support_seed(__func__);
    for (size_t i = 0; i < 3; i++) {
        struct queue queue = {
            .arrivals = table[i].arrivals, .services = 1, .servers = table[i].servers};
        queue_open(&queue, seed + i);
        run(&queue, 300);
        holds("Erlang C", queue.waited, 1e6, table[i].waits);
        holds("Lq", queue.lines, 1e6, table[i].line);
        holds("Wq", queue.waits, UNIT, table[i].wait);
        queue_close(&queue);
    }
}

static void lines_without_room_to_wait_lose_as_erlang_b_says(void **state) {
    (void)state;
    uint64_t seed = support_seed(__func__);
    struct queue few = {.arrivals = 2, .services = 1, .servers = 3, .room = 3};
    queue_open(&few, seed);
    run(&few, 200);
    holds("Erlang B, 2 on 3", few.lost_ppm, 1e6, 0.210526);
    queue_close(&few);
    struct queue many = {.arrivals = 10, .services = 1, .servers = 15, .room = 15};
    queue_open(&many, seed);
    run(&many, 100);
    holds("Erlang B, 10 on 15", many.lost_ppm, 1e6, 0.036497);
    queue_close(&many);
}

static void a_waiting_room_of_five_is_m_m_1_5(void **state) {
    (void)state;
    struct queue queue = {.arrivals = 0.8, .services = 1, .servers = 1, .room = 5};
    queue_open(&queue, support_seed(__func__));
    run(&queue, 300);
    holds("turned away", queue.lost_ppm, 1e6, 0.088819);
    holds("L", queue.lengths, 1e6, 1.868332);
    holds("W", queue.sojourns, UNIT, 2.563065);
    queue_close(&queue);
}

/* Machines that fail and crews that mend them. */
static void machines_and_crews_are_the_repairman_model(void **state) {
    (void)state;
    static const struct {
        uint32_t machines, crews;
        double fails, mends, down, down_time, all_up;
    } table[] = {
        {3, 2, 0.5, 4, 0.335161, 0.251543, 0.701851}, {3, 1, 0.01, 0.1, 0.320644, 11.967213, 0},
        {3, 2, 0.01, 0.1, 0.273751, 10.041322, 0},    {3, 3, 0.01, 0.1, 0.272727, 10, 0},
        {5, 1, 0.02, 0.25, 0.492182, 0, 0.639375},    {5, 2, 0.02, 0.25, 0.376019, 0, 0.679201},
        {10, 2, 0.02, 0.25, 0.811201, 0, 0}};
    uint64_t seed = support_seed(__func__);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct queue queue = {.arrivals = table[i].fails,
                              .services = table[i].mends,
                              .servers = table[i].crews,
                              .circle = table[i].machines};
        queue_open(&queue, seed + i);
        run(&queue, 200 / table[i].fails / table[i].machines);
        holds("machines down", queue.lengths, 1e6, table[i].down);
        if (table[i].down_time > 0) {
            holds("time down", queue.sojourns, UNIT, table[i].down_time);
        }
        if (table[i].all_up > 0) {
            holds("all up", queue.all_up_ppm, 1e6, table[i].all_up);
        }
        if (i == 0) { /* throughput 1.332419 a unit of time */
            double units = 200 / table[i].fails / table[i].machines;
            holds("mended", queue.served, units, 1.332419);
        }
        queue_close(&queue);
    }
}

static void three_stages_in_a_row_are_erlang_3(void **state) {
    (void)state;
    toc_chance chance = {.seed = support_seed(__func__)};
    toc_tally *times = toc_tally_create(), *within = toc_tally_create();
    for (uint32_t i = 0; i < 200000; i++) {
        toc_time sum = 0;
        for (uint32_t stage = 0; stage < 3; stage++) {
            sum += toc_chance_exponential(&chance, (toc_draw){stage, 3, i}, 2 * UNIT);
        }
        toc_tally_add(times, sum);
        toc_tally_add(within, sum <= 8 * UNIT ? 1000000 : 0);
    }
    holds("mean", times, UNIT, 6);
    holds("done within 8", within, 1e6, 0.761897);
    toc_tally_destroy(times);
    toc_tally_destroy(within);
}

/* An attack in three steps of mean 1, 2 and 4 h against detection at one in ten hours. */
static void an_attack_in_steps_races_detection(void **state) {
    (void)state;
    toc_chance chance = {.seed = support_seed(__func__)};
    toc_tally *times = toc_tally_create(), *within = toc_tally_create();
    toc_tally *undetected = toc_tally_create();
    for (uint32_t i = 0; i < 200000; i++) {
        toc_time sum = 0;
        for (uint32_t stage = 0; stage < 3; stage++) {
            sum += toc_chance_exponential(&chance, (toc_draw){stage, 4, i}, UNIT << stage);
        }
        toc_time seen = toc_chance_exponential(&chance, (toc_draw){9, 5, i}, 10 * UNIT);
        toc_tally_add(times, sum);
        toc_tally_add(within, sum <= 8 * UNIT ? 1000000 : 0);
        toc_tally_add(undetected, sum < seen ? 1000000 : 0);
    }
    holds("mean", times, UNIT, 7);
    holds("done within 8 h", within, 1e6, 0.675625);
    holds("undetected", undetected, 1e6, 0.541126);
    toc_tally_destroy(times);
    toc_tally_destroy(within);
    toc_tally_destroy(undetected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_server_is_m_m_1),
        cmocka_unit_test(several_servers_are_m_m_c),
        cmocka_unit_test(lines_without_room_to_wait_lose_as_erlang_b_says),
        cmocka_unit_test(a_waiting_room_of_five_is_m_m_1_5),
        cmocka_unit_test(machines_and_crews_are_the_repairman_model),
        cmocka_unit_test(three_stages_in_a_row_are_erlang_3),
        cmocka_unit_test(an_attack_in_steps_races_detection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
