/* Measures one figure of the kernel on CPU time: kernel_bench NAME prints its value.
   tests/bench/run calls it round by round and takes the median. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernel/arena.h"
#include "kernel/calendar.h"
#include "kernel/chance.h"

/* ---- measuring ---- */

static double cpu_seconds(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void *room_for(size_t count, size_t size) {
    return memset(toc_arena_heap_aligned(count, size), 0, count * size);
}

/* ---- chance: xoshiro256++ (Blackman, Vigna) and the ziggurat of 256 layers (Marsaglia, Tsang)
 * ---- */

#define LAYERS 256

struct draws {
    uint64_t state[4];
    double width[LAYERS + 1]; /* right end of each layer */
    double height[LAYERS + 1];
};

static inline uint64_t rotated(uint64_t x, int by) {
    return x << by | x >> (64 - by);
}

static inline uint64_t next_bits(struct draws *draws) {
    uint64_t *s = draws->state;
    uint64_t result = rotated(s[0] + s[3], 23) + s[0];
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
}

static void draws_start(struct draws *draws, uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t z = (seed ^ (seed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        draws->state[i] = z ^ (z >> 31);
    }
    const double tail = 7.69711747013104972, area = 0.0039496598225815571993;
    draws->width[0] = area * exp(tail); /* the base layer with the tail in it, as a rectangle */
    draws->width[1] = tail;
    draws->height[0] = 0;
    draws->height[1] = exp(-tail);
    for (int i = 2; i < LAYERS; i++) {
        draws->height[i] = draws->height[i - 1] + area / draws->width[i - 1];
        draws->width[i] = -log(draws->height[i]);
    }
    draws->width[LAYERS] = 0;
    draws->height[LAYERS] = 1;
}

/* Mean 1. */
static inline double next_exponential(struct draws *draws) {
    for (;;) {
        uint64_t bits = next_bits(draws);
        uint32_t layer = bits & (LAYERS - 1);
        double u = (double)(bits >> 11) * 0x1p-53;
        double x = u * draws->width[layer];
        if (x < draws->width[layer + 1]) {
            return x;
        }
        double v = (double)(next_bits(draws) >> 11) * 0x1p-53;
        if (layer == 0) {
            return draws->width[1] - log(1 - v);
        }
        double low = draws->height[layer], high = draws->height[layer + 1];
        if (low + v * (high - low) < exp(-x)) {
            return x;
        }
    }
}

#define MEAN ((double)(1000 * TOC_SECOND))

/* ---- PHOLD: each event schedules one, half of them for another, delays exponential ---- */

struct place {
    uint64_t visits;
    toc_event_id timeout;
    uint64_t rest[6]; /* a cache line, as objects have */
};

struct bench {
    struct draws draws;
    toc_calendar *calendar;
    struct place *places;
    uint64_t count, left;
};

static void visit(void *object, uint64_t argument) {
    struct bench *bench = (struct bench *)argument;
    struct place *place = object;
    place->visits++;
    if (--bench->left == 0) {
        toc_calendar_halt(bench->calendar);
    }
    uint64_t bits = next_bits(&bench->draws);
    struct place *there = place;
    if (bits & 1) {
        there = &bench->places[(bits >> 32) * bench->count >> 32];
    }
    toc_time delay = (toc_time)(next_exponential(&bench->draws) * MEAN);
    (void)toc_calendar_schedule(bench->calendar, toc_calendar_now(bench->calendar) + delay,
                                TOC_PHYSICAL, visit, there, argument);
}

static double run_for(struct bench *bench, uint64_t events) {
    bench->left = events;
    double start = cpu_seconds();
    toc_calendar_run(bench->calendar, TOC_NEVER);
    return cpu_seconds() - start;
}

static struct bench *bench_start(uint64_t count, toc_event_action *action) {
    struct bench *bench = room_for(1, sizeof *bench);
    draws_start(&bench->draws, 20151223);
    bench->calendar = toc_calendar_create();
    bench->places = room_for(count, sizeof *bench->places);
    bench->count = count;
    for (uint64_t i = 0; i < count; i++) {
        toc_time at = (toc_time)(next_exponential(&bench->draws) * MEAN);
        (void)toc_calendar_schedule(bench->calendar, at, TOC_PHYSICAL, action, &bench->places[i],
                                    (uint64_t)bench);
    }
    return bench;
}

static double bench_end(struct bench *bench, double value) {
    (void)fprintf(stderr, "digest %016llx\n",
                  (unsigned long long)toc_calendar_digest(bench->calendar));
    toc_calendar_destroy(bench->calendar);
    toc_arena_heap_free(bench->places);
    toc_arena_heap_free(bench);
    return value;
}

static double phold(uint64_t count) {
    struct bench *bench = bench_start(count, visit);
    (void)run_for(bench, 3 * count + 1000000);
    uint64_t events = count < 100000 ? 10000000 : 6000000;
    double seconds = run_for(bench, events);
    return bench_end(bench, (double)events / seconds / 1e6);
}

/* ---- timers: every event puts off its place's timeout ---- */

static void time_out(void *object, uint64_t argument) {
    (void)argument;
    struct place *place = object;
    place->visits += 1000000;
}

static void beat(void *object, uint64_t argument) {
    struct bench *bench = (struct bench *)argument;
    struct place *place = object;
    place->visits++;
    if (--bench->left == 0) {
        toc_calendar_halt(bench->calendar);
    }
    toc_time now = toc_calendar_now(bench->calendar);
    (void)toc_calendar_cancel(bench->calendar, place->timeout);
    place->timeout = toc_calendar_schedule(bench->calendar, now + (toc_time)(20 * MEAN), TOC_SENSOR,
                                           time_out, place, argument);
    toc_time delay = (toc_time)(next_exponential(&bench->draws) * MEAN);
    (void)toc_calendar_schedule(bench->calendar, now + delay, TOC_PHYSICAL, beat, place, argument);
}

static double timers(uint64_t count) {
    struct bench *bench = bench_start(count, beat);
    (void)run_for(bench, 40 * count);
    uint64_t events = count < 100000 ? 6000000 : 4000000;
    double seconds = run_for(bench, events);
    return bench_end(bench, (double)events / seconds / 1e6);
}

/* ---- M/M/1 with callbacks and keyed draws; the load is 0.9 ---- */

#define LINE (1U << 16)

/* A keyed draw waits for nothing, so a source draws its times some ahead, together. */
struct source {
    toc_time mean;
    toc_draw draw; /* whose occurrence is the next one */
    toc_time ahead[TOC_CHANCE_BATCH];
};

struct desk {
    toc_calendar *calendar;
    toc_chance chance;
    struct source arrivals, services;
    uint32_t head, end;
    uint64_t served, wanted;
    toc_time waited;
    toc_time line[LINE]; /* when those who wait came */
};

static void schedule_next(struct desk *desk, struct source *source, toc_event_action *action) {
    uint32_t next = source->draw.occurrence % TOC_CHANCE_BATCH;
    if (next == 0) {
        toc_chance_exponentials(&desk->chance, source->draw, source->mean, source->ahead);
    }
    source->draw.occurrence++;
    toc_time at = toc_calendar_now(desk->calendar) + source->ahead[next];
    (void)toc_calendar_schedule(desk->calendar, at, TOC_PHYSICAL, action, desk, 0);
}

static void leave(void *object, uint64_t argument) {
    (void)argument;
    struct desk *desk = object;
    desk->waited += toc_calendar_now(desk->calendar) - desk->line[desk->head++ % LINE];
    if (++desk->served == desk->wanted) {
        toc_calendar_halt(desk->calendar);
    }
    if (desk->head != desk->end) {
        schedule_next(desk, &desk->services, leave);
    }
}

static void arrive(void *object, uint64_t argument) {
    (void)argument;
    struct desk *desk = object;
    desk->line[desk->end++ % LINE] = toc_calendar_now(desk->calendar);
    if (desk->end - desk->head == 1) {
        schedule_next(desk, &desk->services, leave);
    }
    schedule_next(desk, &desk->arrivals, arrive);
}

static double mm1_callbacks(uint64_t objects) {
    struct desk *desk = room_for(1, sizeof *desk);
    desk->calendar = toc_calendar_create();
    desk->chance = (toc_chance){.seed = 1};
    desk->wanted = objects;
    desk->arrivals = (struct source){.mean = 100 * TOC_SECOND / 9, .draw = {1, 1, 0}};
    desk->services = (struct source){.mean = 10 * TOC_SECOND, .draw = {2, 1, 0}};
    (void)toc_calendar_schedule(desk->calendar, 0, TOC_PHYSICAL, arrive, desk, 0);
    double start = cpu_seconds();
    toc_calendar_run(desk->calendar, TOC_NEVER);
    double seconds = cpu_seconds() - start;
    (void)fprintf(stderr, "mean time at the desk %.3f of 10 expected\n",
                  (double)desk->waited / (double)objects / (10.0 * TOC_SECOND));
    toc_calendar_destroy(desk->calendar);
    toc_arena_heap_free(desk);
    return (double)objects / seconds / 1e6;
}

/* ---- small things ---- */

static double variate(uint64_t count) {
    toc_chance chance = {.seed = 7};
    toc_time sum = 0;
    double start = cpu_seconds();
    for (uint64_t i = 0; i < count; i++) {
        toc_draw draw = {.entity = 5, .purpose = 9, .occurrence = (uint32_t)i};
        sum += toc_chance_exponential(&chance, draw, TOC_SECOND);
    }
    double seconds = cpu_seconds() - start;
    (void)fprintf(stderr, "mean %.5f of 1 expected\n", (double)sum / (double)count / 1e6);
    return seconds / (double)count * 1e9;
}

static void again(void *object, uint64_t argument) {
    (void)argument;
    struct bench *bench = object;
    if (bench->left > 0) {
        bench->left--;
        (void)toc_calendar_schedule(bench->calendar, toc_calendar_now(bench->calendar),
                                    TOC_PHYSICAL, again, object, argument);
    }
}

static double zero_delay(uint64_t at_once, uint64_t events) {
    struct bench *bench = room_for(1, sizeof *bench);
    bench->calendar = toc_calendar_create();
    bench->left = events;
    for (uint64_t i = 0; i < at_once; i++) {
        (void)toc_calendar_schedule(bench->calendar, 1, TOC_PHYSICAL, again, bench, i);
    }
    double start = cpu_seconds();
    toc_calendar_run(bench->calendar, TOC_NEVER);
    double seconds = cpu_seconds() - start;
    uint64_t executed = toc_calendar_executed(bench->calendar);
    return bench_end(bench, seconds / (double)executed * 1e9);
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    uint64_t count = strrchr(name, '_') == NULL ? 0 : strtoull(strrchr(name, '_') + 1, NULL, 10);
    double value = 0;
    if (strncmp(name, "phold_", 6) == 0 && count > 0) {
        value = phold(count);
    } else if (strncmp(name, "timers_", 7) == 0 && count > 0) {
        value = timers(count);
    } else if (strcmp(name, "mm1_callbacks") == 0) {
        value = mm1_callbacks(5000000);
    } else if (strcmp(name, "variate_ns") == 0) {
        value = variate(20000000);
    } else if (strcmp(name, "zero_delay_ns") == 0) {
        value = zero_delay(100000, 10000000);
    } else {
        (void)fprintf(stderr, "usage: %s phold_N|timers_N|mm1_callbacks|variate_ns|zero_delay_ns\n",
                      argv[0]);
        return 2;
    }
    (void)printf("%.4g\n", value);
    return 0;
}
