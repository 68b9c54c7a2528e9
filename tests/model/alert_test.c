/* Sensors, alerts, analysts and hunts: figures against closed forms, by 99 % intervals. */
#include "model/small_world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel/tally.h"
#include "model/alert.h"
#include "model/builder_detection.h"
#include "model/hunt.h"
#include "model/intrusion.h"
#include "model/sensor.h"

static const double hour = 3600e6;

static void sensor(struct small *small, const char *id, const char *covers, int64_t chance_ppm,
                   toc_time dwell, toc_time false_every) {
    toc_sensor_spec spec = {.id = id,
                            .operator_id = "grid",
                            .covers = covers,
                            .chance_ppm = chance_ppm,
                            .dwell = dwell,
                            .false_every = false_every};
    toc_builder_detection_sensor(small->builder, &spec);
}

static void analysts(struct small *small, uint32_t size, toc_time median, int64_t spread_ppm,
                     toc_time mean) {
    toc_analysts_spec spec = {.operator_id = "grid",
                              .size = size,
                              .median = median,
                              .spread_ppm = spread_ppm,
                              .mean = mean};
    toc_builder_detection_analysts(small->builder, &spec);
}

static void is_share(uint32_t hits, uint32_t of, double wanted, const char *what) {
    double got = (double)hits / of, half = 2.576 * sqrt(wanted * (1 - wanted) / of);
    if (fabs(got - wanted) > half) {
        fail_msg("%s: %.5f of %u is not %.5f +- %.5f", what, got, of, wanted, half);
    }
}

/* Hours; of values that hang together, by the means of forty batches. */
static void is_mean(const toc_tally *times, double wanted, const char *what) {
    toc_interval got = toc_tally_interval(times, 0, 40, 0.99);
    if (fabs(got.mean / hour - wanted) > got.half_width / hour) {
        fail_msg("%s: %.5f is not %.5f +- %.5f", what, got.mean / hour, wanted,
                 got.half_width / hour);
    }
}

static void begin_watched(struct small *small) {
    small_begin(small);
    small_asset(small, "box");
    small_asset(small, "server");
    small_asset(small, "bystander");
}

static void a_step_is_noticed_by_any_of_the_sensors_that_cover_it(void **state) {
    enum { STEPS = 20000 };
    struct small small;
    uint32_t noticed = 0, quiet = 0, moth;
    (void)state;
    begin_watched(&small);
    sensor(&small, "loud", "server", 750000, 0, 0);
    sensor(&small, "faint", "server box", 250000, 0, 0);
    sensor(&small, "elsewhere", "bystander", 1000000, 0, 0);
    small_run(&small, support_seed("a step is noticed"));
    moth = toc_intrusion_attacker(small.world, "MOTH");
    for (int i = 0; i < STEPS; i++) {
        noticed += toc_sensor_step(small.world, moth, small_at(&small, "server"), "", 1000000) > 0;
        quiet += toc_sensor_step(small.world, moth, small_at(&small, "box"), "", 300000) > 0;
    }
    is_share(noticed, STEPS, 1 - 0.25 * 0.75, "noticed by one of two");
    is_share(quiet, STEPS, 0.25 * 0.3, "a quiet step");
    assert_int_equal(toc_sensor_step(small.world, moth, small_at(&small, "bystander"), "", 1000000),
                     1);
    assert_true(toc_alert_at(small.world, 0)->genuine);
    assert_int_equal(toc_alert_at(small.world, 0)->stage, TOC_ALERT_SEEN); /* nobody looks first */
    small_end(&small);
}

static void a_sensor_made_for_some_techniques_hears_no_others(void **state) {
    struct small small;
    uint32_t moth, server;
    toc_sensor_spec spec = {.id = "ids",
                            .operator_id = "grid",
                            .covers = "server",
                            .techniques = " T0855  T1059",
                            .chance_ppm = 1000000};
    (void)state;
    begin_watched(&small);
    toc_builder_detection_sensor(small.builder, &spec);
    small_run(&small, 1);
    moth = toc_intrusion_attacker(small.world, "MOTH");
    server = small_at(&small, "server");
    assert_int_equal(toc_sensor_step(small.world, moth, server, "T0855", 1000000), 1);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "T1059.001", 1000000), 1);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "T0812", 1000000), 0);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "T08", 1000000), 0);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "", 1000000), 0);
    small_end(&small);
}

static void a_sensor_whose_machine_is_out_or_cut_off_notices_nothing(void **state) {
    struct small small;
    uint32_t moth, server;
    toc_sensor_spec spec = {
        .id = "ids", .operator_id = "grid", .on = "box", .covers = "server", .chance_ppm = 1000000};
    (void)state;
    begin_watched(&small);
    toc_builder_detection_sensor(small.builder, &spec);
    small_run(&small, 1);
    moth = toc_intrusion_attacker(small.world, "MOTH");
    server = small_at(&small, "server");
    assert_int_equal(toc_sensor_step(small.world, moth, server, "", 1000000), 1);
    small_fail(&small, "box", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "", 1000000), 0);
    small_clear(&small, "box", TOC_CAUSE_DAMAGED);
    small_fail(&small, "box", TOC_CAUSE_ISOLATED);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "", 1000000), 0);
    small_clear(&small, "box", TOC_CAUSE_ISOLATED);
    assert_int_equal(toc_sensor_step(small.world, moth, server, "", 1000000), 1);
    small_end(&small);
}

/* Steps of 1, 0.5 and 0.25 an hour against a hazard of 0.1: the product of l / (l + d). */
static void an_attacker_races_the_dwell_hazard(void **state) {
    enum { ATTACKERS = 4000 };
    static const toc_time means[] = {TOC_HOUR, 2 * TOC_HOUR, 4 * TOC_HOUR};
    struct small small;
    toc_time *found = malloc(ATTACKERS * sizeof *found);
    char *names = malloc((size_t)ATTACKERS * 8);
    uint64_t seed = support_seed("races the hazard");
    toc_chance chance = {seed, 7};
    uint32_t undetected = 0;
    (void)state;
    begin_watched(&small);
    sensor(&small, "one", "server", 0, 20 * TOC_HOUR, 0);
    sensor(&small, "two", "server", 0, 20 * TOC_HOUR, 0);
    small_run(&small, seed);
    for (uint32_t i = 0; i < ATTACKERS; i++) {
        (void)snprintf(names + 8 * i, 8, "A%u", i);
        found[i] = TOC_NEVER;
        toc_intrusion_begin_at(small.world, toc_intrusion_attacker(small.world, names + 8 * i),
                               small_at(&small, "server"));
    }
    toc_calendar_run(small.calendar, 40 * TOC_HOUR);
    for (uint32_t i = 0; i < toc_alert_count(small.world); i++) {
        const toc_alert *alert = toc_alert_at(small.world, i);
        found[alert->attacker] =
            alert->raised < found[alert->attacker] ? alert->raised : found[alert->attacker];
    }
    for (uint32_t i = 0; i < ATTACKERS; i++) {
        toc_time takes = 0;
        for (uint32_t step = 0; step < 3; step++) {
            takes += toc_chance_exponential(&chance, (toc_draw){i, step, 0}, means[step]);
        }
        undetected += takes < found[i] && takes < 40 * TOC_HOUR;
    }
    is_share(undetected, ATTACKERS, 0.541126, "undetected");
    small_end(&small);
    free(names);
    free(found);
}

/* An attempt succeeds with 0.3, each is noticed with 0.1, and that comes first. */
static void success_comes_before_detection_as_often_as_reckoned(void **state) {
    enum { DRILLS = 20000 };
    struct small small;
    uint64_t seed = support_seed("before detection");
    toc_chance chance = {seed, 3};
    uint32_t moth, server, succeeded = 0, tries = 0;
    (void)state;
    begin_watched(&small);
    sensor(&small, "ids", "server", 100000, 0, 0);
    small_run(&small, seed);
    moth = toc_intrusion_attacker(small.world, "MOTH");
    server = small_at(&small, "server");
    for (uint32_t i = 0; i < DRILLS; i++) {
        while (toc_sensor_step(small.world, moth, server, "", 1000000) == 0) {
            if (toc_chance_happens(&chance, (toc_draw){1, 2, tries++}, 300000)) {
                succeeded++;
                break;
            }
        }
    }
    is_share(succeeded, DRILLS, 0.729730, "succeeded before it was noticed");
    small_end(&small);
}

/* From raised to seen. */
static toc_tally *sojourns(const struct small *small, uint32_t count) {
    toc_tally *times = toc_tally_create();
    for (uint32_t i = 0; i < count; i++) {
        const toc_alert *alert = toc_alert_at(small->world, i);
        assert_int_not_equal(alert->seen, TOC_NEVER);
        toc_tally_add(times, alert->seen - alert->raised);
    }
    return times;
}

static void queue_is(const char *name, uint32_t size, toc_time median, int64_t spread_ppm,
                     toc_time mean, toc_time between, double wanted) {
    enum { ALERTS = 60000 };
    struct small *small = malloc(sizeof *small);
    toc_tally *times;
    begin_watched(small);
    sensor(small, "jumpy", "server box", 0, 0, between);
    analysts(small, size, median, spread_ppm, mean);
    small_run(small, support_seed(name));
    for (toc_time until = 0; toc_alert_count(small->world) < ALERTS + 200;) {
        toc_calendar_run(small->calendar, until += 100 * TOC_HOUR);
    }
    times = sojourns(small, ALERTS);
    is_mean(times, wanted, name);
    toc_tally_destroy(times);
    small_end(small);
    free(small);
}

static void alerts_wait_for_analysts_as_queues_do(void **state) {
    double square = exp(0.25); /* of a lognormal of mean 1 and sigma 0.5 */
    (void)state;
    queue_is("M/M/3", 3, 0, 0, TOC_HOUR, TOC_HOUR / 2, 1.444444);
    queue_is("M/M/1", 1, 0, 0, TOC_HOUR, (toc_time)(hour / 0.8), 5);
    queue_is("M/M/5", 5, 0, 0, TOC_HOUR, TOC_HOUR / 4, 1.554113);
    queue_is("M/M/2", 2, 0, 0, TOC_HOUR, (toc_time)(hour / 1.5), 2.285714);
    /* Pollaczek-Khinchine at half load */
    queue_is("M/G/1", 1, (toc_time)(hour * exp(-0.125)), 500000, 0, 2 * TOC_HOUR,
             1 + 0.5 * square / (2 * (1 - 0.5)));
}

/* Median 4 h, sigma 0.8: mean 5.5085 h, nine of ten within 11.151 h. */
static void looking_at_an_alert_is_lognormal(void **state) {
    enum { ALERTS = 20000 };
    struct small small;
    toc_tally *times;
    uint32_t within = 0;
    (void)state;
    begin_watched(&small);
    sensor(&small, "jumpy", "server", 0, 0, TOC_HOUR);
    analysts(&small, 1000, 4 * TOC_HOUR, 800000, 0);
    small_run(&small, support_seed("lognormal"));
    toc_calendar_run(small.calendar, 22000 * TOC_HOUR);
    times = sojourns(&small, ALERTS);
    for (uint32_t i = 0; i < ALERTS; i++) {
        const toc_alert *alert = toc_alert_at(small.world, i);
        within += (double)(alert->seen - alert->raised) <= 11.151 * hour;
    }
    is_mean(times, 5.5085, "mean");
    is_share(within, ALERTS, 0.9, "within the ninth decile");
    toc_tally_destroy(times);
    small_end(&small);
}

/* One attacker found every ten hours, one false alarm an hour: one of eleven is genuine. */
static void what_share_of_alerts_is_genuine_follows_from_their_rates(void **state) {
    struct small small;
    uint32_t genuine = 0, count;
    (void)state;
    begin_watched(&small);
    sensor(&small, "ids", "server box", 0, 10 * TOC_HOUR, TOC_HOUR);
    small_run(&small, support_seed("genuine"));
    toc_intrusion_begin_at(small.world, toc_intrusion_attacker(small.world, "MOTH"),
                           small_at(&small, "server"));
    toc_calendar_run(small.calendar, 10000 * TOC_HOUR);
    count = toc_alert_count(small.world);
    for (uint32_t i = 0; i < count; i++) {
        genuine += toc_alert_at(small.world, i)->genuine ? 1 : 0;
    }
    is_share(genuine, count, 0.1 / 1.1, "genuine");
    small_end(&small);
}

/* One of ten thousand steps is an attacker's and 99 of a hundred of those are noticed, and one of a
   hundred of the others is taken for one: a hundredth of all alerts is genuine, as rare as they
   are. A step is a second here. */
static void rare_attackers_drown_in_false_alarms(void **state) {
    enum { ATTACKS = 6000, EVERY = 10000 };
    struct small small;
    uint32_t genuine = 0, count, moth, server;
    (void)state;
    begin_watched(&small);
    sensor(&small, "ids", "server", 990000, 0, (toc_time)(1e6 / (0.9999 * 0.01)));
    small_run(&small, support_seed("rare"));
    moth = toc_intrusion_attacker(small.world, "MOTH");
    server = small_at(&small, "server");
    for (toc_time i = 1; i <= ATTACKS; i++) {
        toc_calendar_run(small.calendar, i * EVERY * TOC_SECOND);
        genuine += toc_sensor_step(small.world, moth, server, "", 1000000);
    }
    count = toc_alert_count(small.world);
    is_share(genuine, count, 0.0098, "genuine");
    small_end(&small);
}

/* Twenty-two assets, two looks, 0.6: 0.053802 a hunt, so every 92.93 steps of hunts each five. */
static void a_hunt_finds_as_often_as_reckoned(void **state) {
    enum { HUNTS = 40000, ASSETS = 22 };
    struct small small;
    toc_zone_spec zone = {.id = "ot", .operator_id = "grid"};
    toc_analysts_spec spec = {.operator_id = "grid",
                              .size = 1,
                              .mean = TOC_HOUR,
                              .hunt_every = 5 * TOC_HOUR,
                              .hunt_looks = 2,
                              .hunt_ppm = 600000};
    uint32_t found;
    (void)state;
    small_begin(&small);
    toc_builder_zone(small.builder, &zone);
    for (int i = 0; i < ASSETS; i++) {
        char id[16];
        toc_asset_spec host = {.id = id, .zone_id = "ot", .kind = TOC_ASSET_NODE};
        (void)snprintf(id, sizeof id, "host-%d", i);
        toc_builder_asset(small.builder, &host);
    }
    toc_builder_detection_analysts(small.builder, &spec);
    small_run(&small, support_seed("hunts"));
    toc_intrusion_begin_at(small.world, toc_intrusion_attacker(small.world, "MOTH"),
                           small_at(&small, "host-7"));
    toc_calendar_run(small.calendar, (toc_time)HUNTS * 5 * TOC_HOUR);
    found = toc_alert_count(small.world);
    is_share(found, HUNTS, 0.053802, "a hunt finds");
    is_share(found, HUNTS, 5 / 92.93, "every so many steps");
    for (uint32_t i = 0; i < found; i++) {
        assert_int_equal(toc_alert_at(small.world, i)->asset, small_at(&small, "host-7"));
    }
    small_end(&small);
}

static void who_leaves_is_not_found_any_more(void **state) {
    struct small small;
    uint32_t server, before;
    (void)state;
    begin_watched(&small);
    sensor(&small, "ids", "server", 0, TOC_HOUR, 0);
    small_run(&small, 5);
    server = small_at(&small, "server");
    toc_intrusion_begin_at(small.world, toc_intrusion_attacker(small.world, "MOTH"), server);
    toc_calendar_run(small.calendar, 50 * TOC_HOUR);
    before = toc_alert_count(small.world);
    assert_true(before > 10);
    assert_true(toc_intrusion_cleanse(small.world, server));
    toc_calendar_run(small.calendar, 500 * TOC_HOUR);
    assert_int_equal(toc_alert_count(small.world), before);
    small_end(&small);
}

static void what_cannot_be_a_sensor_is_told(void **state) {
    struct small small;
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)state;
    begin_watched(&small);
    sensor(&small, "ids", "srever", 500000, 0, 0);
    sensor(&small, "ids", "server", 500000, 0, 0);
    analysts(&small, 2, TOC_MINUTE, 0, 0);
    analysts(&small, 2, TOC_MINUTE, 0, 0);
    analysts(&small, 0, TOC_MINUTE, 0, 0);
    assert_int_equal(toc_builder_finish(small.builder, problems, &topology), TOC_BAD_INPUT);
    assert_true(toc_problems_count(problems, TOC_ERROR) >= 4);
    toc_builder_destroy(small.builder);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_noticed_by_any_of_the_sensors_that_cover_it),
        cmocka_unit_test(a_sensor_made_for_some_techniques_hears_no_others),
        cmocka_unit_test(a_sensor_whose_machine_is_out_or_cut_off_notices_nothing),
        cmocka_unit_test(an_attacker_races_the_dwell_hazard),
        cmocka_unit_test(success_comes_before_detection_as_often_as_reckoned),
        cmocka_unit_test(alerts_wait_for_analysts_as_queues_do),
        cmocka_unit_test(looking_at_an_alert_is_lognormal),
        cmocka_unit_test(what_share_of_alerts_is_genuine_follows_from_their_rates),
        cmocka_unit_test(rare_attackers_drown_in_false_alarms),
        cmocka_unit_test(a_hunt_finds_as_often_as_reckoned),
        cmocka_unit_test(who_leaves_is_not_found_any_more),
        cmocka_unit_test(what_cannot_be_a_sensor_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
