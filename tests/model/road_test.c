#include "model/small_world.h"

#include <stdio.h>

static void placed(struct small *small, const char *id, toc_asset_kind kind, int32_t x_m,
                   int32_t y_m) {
    toc_asset_spec spec = {
        .id = id, .operator_id = "grid", .kind = kind, .placed = true, .x_m = x_m, .y_m = y_m};
    toc_builder_asset(small->builder, &spec);
    toc_builder_work(small->builder, "repair", TOC_HOUR, 0, (toc_place){0});
}

static void road(struct small *small, const char *id, const char *from, const char *to) {
    toc_link_spec spec = {.id = id, .from = from, .to = to, .kind = TOC_LINK_ROAD};
    toc_builder_link(small->builder, &spec);
}

static void long_road(struct small *small, const char *id, const char *from, const char *to,
                      int64_t km) {
    toc_link_spec spec = {
        .id = id, .from = from, .to = to, .kind = TOC_LINK_ROAD, .length_mm = km * 1000000};
    toc_builder_link(small->builder, &spec);
}

/* depot --20-- mill --20-- ss-1 along the river, and depot --30-- hill --30-- ss-1 round it; at
   40 km/h an hour, and an hour and a half. */
static void begin(struct small *small) {
    small_begin(small);
    placed(small, "depot", TOC_ASSET_DEPOT, 0, 0);
    placed(small, "mill", TOC_ASSET_NODE, 20000, 0);
    placed(small, "ss-1", TOC_ASSET_SUBSTATION, 40000, 0);
    placed(small, "hill", TOC_ASSET_NODE, 20000, 20000);
    road(small, "r-west", "depot", "mill");
    road(small, "r-east", "mill", "ss-1");
    long_road(small, "r-up", "depot", "hill", 30);
    long_road(small, "r-down", "hill", "ss-1", 30);
    small_crew(small, "east", "repair", "depot", 1);
}

static uint32_t repair(struct small *small, const char *id) {
    toc_job_order order = {
        .kind = TOC_JOB_KIND_REPAIR, .element = small_at(small, id), .crew = TOC_INDEX_NONE};
    const char *why = NULL;
    uint32_t job = toc_job_order_at(small->world, &order, &why);
    if (job == TOC_INDEX_NONE) {
        fail_msg("%s: %s", id, why);
    }
    toc_world_check(small->world);
    return job;
}

static toc_job read(const struct small *small, uint32_t job) {
    return toc_job_read(small->world, job);
}

static uint32_t damaged(struct small *small, const char *id) {
    small_fail(small, id, TOC_CAUSE_DAMAGED);
    return repair(small, id);
}

static void expect_way(const struct small *small, uint32_t job, const char *wanted) {
    uint32_t assets[8], count = toc_job_way(small->world, job, assets, 8);
    char found[200] = "";
    for (uint32_t i = 0; i < count; i++) {
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s",
                       i == 0 ? "" : " ", small->topology->assets[assets[i]].id);
    }
    assert_string_equal(found, wanted);
}

static void a_crew_takes_the_shortest_way_that_is_open(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "ss-1");
    expect_way(&small, job, "mill ss-1");
    assert_int_equal(read(&small, job).arrives_at, TOC_HOUR);
    small_until(&small, 45 * TOC_MINUTE);
    expect_way(&small, job, "ss-1");
    small_until(&small, TOC_HOUR);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WORK);
    small_end(&small);

    begin(&small);
    small_run(&small, 1);
    small_fail(&small, "r-east", TOC_CAUSE_BLOCKED);
    job = damaged(&small, "ss-1");
    expect_way(&small, job, "hill ss-1");
    assert_int_equal(read(&small, job).arrives_at, 90 * TOC_MINUTE);
    small_end(&small);
}

/* Half-way to the mill the road behind it is flooded: back from the mill and round by the hill. */
static void a_road_that_closes_is_gone_round_from_the_next_node(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "ss-1");
    small_until(&small, 15 * TOC_MINUTE);
    small_fail(&small, "r-east", TOC_CAUSE_BLOCKED);
    small_until(&small, 30 * TOC_MINUTE);
    expect_way(&small, job, "depot hill ss-1");
    assert_int_equal(read(&small, job).arrives_at, 150 * TOC_MINUTE);
    assert_int_equal(small_last_change(&small, TOC_CHANGE_JOB, job), 30 * TOC_MINUTE);
    small_until(&small, 150 * TOC_MINUTE);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WORK);
    small_end(&small);
}

static void without_an_open_road_work_waits_until_one_opens(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    small_fail(&small, "r-east", TOC_CAUSE_BLOCKED);
    small_fail(&small, "hill", TOC_CAUSE_DAMAGED);
    small_fail(&small, "r-down", TOC_CAUSE_BLOCKED);
    uint32_t job = damaged(&small, "ss-1");
    assert_int_equal(read(&small, job).stage, TOC_JOB_WAITING);
    assert_int_equal(read(&small, job).lacks, TOC_JOB_LACKS_ROAD);
    uint32_t other = repair(&small, "hill"); /* the crew is free for what it can get to */
    assert_int_equal(read(&small, other).stage, TOC_JOB_TRAVEL);
    small_until(&small, 105 * TOC_MINUTE);
    assert_int_equal(read(&small, other).stage, TOC_JOB_DONE);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WAITING);
    small_until(&small, 3 * TOC_HOUR);
    small_clear(&small, "r-down", TOC_CAUSE_BLOCKED);
    small_until(&small, 3 * TOC_HOUR);
    assert_int_equal(read(&small, job).stage, TOC_JOB_TRAVEL);
    assert_int_equal(read(&small, job).arrives_at, 3 * TOC_HOUR + 45 * TOC_MINUTE);
    small_end(&small);
}

static void who_is_cut_off_on_the_way_is_free_for_other_work(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "ss-1");
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "r-east", TOC_CAUSE_BLOCKED);
    small_fail(&small, "r-down", TOC_CAUSE_BLOCKED);
    uint32_t other = damaged(&small, "mill");
    assert_int_equal(read(&small, other).lacks, TOC_JOB_LACKS_CREW);
    small_until(&small, 30 * TOC_MINUTE);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WAITING);
    assert_int_equal(read(&small, job).crew, TOC_INDEX_NONE);
    assert_int_equal(small_last_change(&small, TOC_CHANGE_JOB, job), 30 * TOC_MINUTE);
    small_until(&small, 89 * TOC_MINUTE);
    assert_int_equal(read(&small, job).lacks, TOC_JOB_LACKS_CREW);
    small_until(&small, 90 * TOC_MINUTE);
    assert_int_equal(read(&small, other).stage, TOC_JOB_DONE);
    assert_int_equal(read(&small, job).lacks, TOC_JOB_LACKS_ROAD);
    small_clear(&small, "r-east", TOC_CAUSE_BLOCKED);
    small_until(&small, 2 * TOC_HOUR);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WORK);
    small_end(&small);
}

static void who_is_called_off_on_a_road_goes_on_or_turns_back(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "ss-1");
    small_until(&small, 10 * TOC_MINUTE);
    assert_true(toc_job_cancel(small.world, job));
    small_fail(&small, "depot", TOC_CAUSE_DAMAGED);
    small_fail(&small, "mill", TOC_CAUSE_DAMAGED);
    uint32_t back = repair(&small, "depot");
    assert_int_equal(read(&small, back).arrives_at, 20 * TOC_MINUTE);
    small_until(&small, 15 * TOC_MINUTE);
    assert_true(toc_job_cancel(small.world, back));
    uint32_t on = repair(&small, "mill");
    assert_int_equal(read(&small, on).arrives_at, 40 * TOC_MINUTE);
    small_until(&small, 40 * TOC_MINUTE);
    assert_int_equal(read(&small, on).stage, TOC_JOB_WORK);
    small_end(&small);
}

static void is_at(const struct small *small, uint32_t crew, int32_t x_m, int32_t y_m) {
    toc_party party = toc_job_party(small->world, crew, 0);
    assert_true(party.placed);
    assert_int_equal(party.x_m, x_m);
    assert_int_equal(party.y_m, y_m);
}

static void where_a_party_is_can_be_told_at_any_time(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    is_at(&small, 0, 0, 0);
    assert_int_equal(toc_job_party(small.world, 0, 0).job, TOC_INDEX_NONE);
    uint32_t job = damaged(&small, "ss-1");
    assert_int_equal(toc_job_party(small.world, 0, 0).job, job);
    small_until(&small, 15 * TOC_MINUTE);
    is_at(&small, 0, 10000, 0);
    small_until(&small, 45 * TOC_MINUTE);
    is_at(&small, 0, 30000, 0);
    assert_true(toc_job_cancel(small.world, job));
    small_until(&small, 2 * TOC_HOUR);
    is_at(&small, 0, 30000, 0);
    small_fail(&small, "depot", TOC_CAUSE_DAMAGED);
    (void)repair(&small, "depot"); /* back along the road that it stands on */
    small_until(&small, 2 * TOC_HOUR + 5 * TOC_MINUTE);
    is_at(&small, 0, 26667, 0);
    small_until(&small, 2 * TOC_HOUR + 45 * TOC_MINUTE);
    is_at(&small, 0, 0, 0);
    small_end(&small);
}

static void a_one_way_road_leads_one_way(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    placed(&small, "island", TOC_ASSET_NODE, 50000, 0);
    toc_link_spec spec = {.id = "ramp",
                          .from = "island",
                          .to = "ss-1",
                          .kind = TOC_LINK_ROAD,
                          .one_way = true,
                          .speed_m_per_hour = 80000};
    toc_builder_link(small.builder, &spec);
    small_crew(&small, "islanders", "switching", "island", 1);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "island");
    assert_int_equal(read(&small, job).lacks, TOC_JOB_LACKS_ROAD);
    uint32_t ss = small_at(&small, "ss-1");
    assert_int_equal(toc_job_travel_time(small.world, 1, ss), 450 * TOC_SECOND);
    assert_int_equal(toc_job_travel_time(small.world, 0, small_at(&small, "island")), TOC_NEVER);
    small_end(&small);
}

static void nobody_passes_a_bridge_that_is_out_but_it_can_be_reached(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    placed(&small, "depot", TOC_ASSET_DEPOT, 0, 0);
    placed(&small, "span", TOC_ASSET_BRIDGE, 20000, 0);
    placed(&small, "ss-1", TOC_ASSET_SUBSTATION, 40000, 0);
    road(&small, "r-west", "depot", "span");
    road(&small, "r-east", "span", "ss-1");
    small_crew(&small, "east", "repair", "depot", 2);
    small_run(&small, 1);
    small_fail(&small, "span", TOC_CAUSE_DAMAGED);
    uint32_t job = damaged(&small, "ss-1");
    assert_int_equal(read(&small, job).lacks, TOC_JOB_LACKS_ROAD);
    uint32_t bridge = repair(&small, "span");
    small_until(&small, 90 * TOC_MINUTE);
    assert_int_equal(read(&small, bridge).stage, TOC_JOB_DONE);
    assert_int_equal(read(&small, job).arrives_at, 120 * TOC_MINUTE);
    small_end(&small);
}

static void a_road_is_mended_from_the_end_that_is_nearer(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_run(&small, 1);
    small_fail(&small, "r-east", TOC_CAUSE_DAMAGED);
    uint32_t job = repair(&small, "r-east");
    assert_int_equal(read(&small, job).arrives_at, 30 * TOC_MINUTE);
    expect_way(&small, job, "mill");
    small_until(&small, 30 * TOC_MINUTE);
    assert_int_equal(read(&small, job).stage, TOC_JOB_WORK);
    small_until(&small, TOC_DAY);
    assert_true(small_is_on(&small, "r-east"));
    small_end(&small);
}

/* 10 km off the road: 13 km of way, 19.5 minutes. */
static void what_lies_off_the_roads_is_reached_from_the_nearest_node(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    placed(&small, "mast", TOC_ASSET_CELL_SITE, 20000, -10000);
    placed(&small, "hut", TOC_ASSET_NODE, 20000, -11000);
    small_run(&small, 1);
    uint32_t job = damaged(&small, "mast");
    assert_int_equal(read(&small, job).arrives_at, 49 * TOC_MINUTE + 30 * TOC_SECOND);
    expect_way(&small, job, "mill");
    small_until(&small, 110 * TOC_MINUTE);
    assert_int_equal(read(&small, job).stage, TOC_JOB_DONE);
    uint32_t hut = small_at(&small, "hut");
    assert_int_equal(toc_job_travel_time(small.world, 0, hut), 117 * TOC_SECOND);
    job = damaged(&small, "depot");
    assert_int_equal(read(&small, job).arrives_at - toc_calendar_now(small.calendar),
                     49 * TOC_MINUTE + 30 * TOC_SECOND);
    small_end(&small);
}

/* -- Against all pairs by brute force ------------------------------------------------------------
 */

enum { NODES = 12, ROADS = 26 };

struct town {
    uint32_t from[ROADS], to[ROADS];
    int64_t km[ROADS];
    bool one_way[ROADS], closed[ROADS];
};

static uint32_t roll(uint64_t *dice, uint32_t sides) {
    *dice = *dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*dice >> 33) % sides;
}

static void make_town(struct small *small, struct town *town, uint64_t *dice) {
    small_begin(small);
    for (int i = 0; i < NODES; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "n-%d", i);
        small_asset(small, id);
    }
    for (int i = 0; i < ROADS; i++) {
        char id[16], from[16], to[16];
        town->from[i] = i < NODES ? (uint32_t)i : roll(dice, NODES);
        town->to[i] = (town->from[i] + 1 + roll(dice, NODES - 1)) % NODES;
        town->km[i] = 1 + roll(dice, 30);
        town->one_way[i] = roll(dice, 4) == 0;
        town->closed[i] = roll(dice, 3) == 0;
        (void)snprintf(id, sizeof id, "r-%d", i);
        (void)snprintf(from, sizeof from, "n-%lu", (unsigned long)town->from[i]);
        (void)snprintf(to, sizeof to, "n-%lu", (unsigned long)town->to[i]);
        toc_link_spec spec = {.id = id,
                              .from = from,
                              .to = to,
                              .kind = TOC_LINK_ROAD,
                              .one_way = town->one_way[i],
                              .length_mm = town->km[i] * 1000000};
        toc_builder_link(small->builder, &spec);
    }
    small_crew(small, "east", "repair", "n-0", 1);
    small_run(small, 1);
}

/* Kilometres from node 0 by relaxing every road until nothing changes. */
static void measure(const struct town *town, int64_t *km) {
    for (int i = 0; i < NODES; i++) {
        km[i] = i == 0 ? 0 : 1000000;
    }
    for (int round = 0; round < NODES; round++) {
        for (int i = 0; i < ROADS; i++) {
            uint32_t from = town->from[i], to = town->to[i];
            if (town->closed[i]) {
                continue;
            }
            km[to] = km[from] + town->km[i] < km[to] ? km[from] + town->km[i] : km[to];
            if (!town->one_way[i]) {
                km[from] = km[to] + town->km[i] < km[from] ? km[to] + town->km[i] : km[from];
            }
        }
    }
}

static void ways_are_as_short_as_brute_force_finds(void **state) {
    uint64_t dice = support_seed(__func__);
    uint32_t cut_off = 0, reached = 0;
    (void)state;
    for (int round = 0; round < 60; round++) {
        struct small small;
        struct town town;
        int64_t km[NODES];
        make_town(&small, &town, &dice);
        for (uint32_t i = 0; i < ROADS; i++) {
            if (town.closed[i]) {
                assert_true(toc_world_fail(small.world, NODES + i, TOC_CAUSE_BLOCKED));
            }
        }
        for (int change = 0; change < 4; change++) {
            measure(&town, km);
            for (uint32_t node = 0; node < NODES; node++) {
                toc_time time = toc_job_travel_time(small.world, 0, node);
                assert_int_equal(time,
                                 km[node] == 1000000 ? TOC_NEVER : km[node] * 90 * TOC_SECOND);
                cut_off += time == TOC_NEVER;
                reached += time != TOC_NEVER;
            }
            uint32_t flipped = roll(&dice, ROADS);
            town.closed[flipped] = !town.closed[flipped];
            (void)(town.closed[flipped]
                       ? toc_world_fail(small.world, NODES + flipped, TOC_CAUSE_BLOCKED)
                       : toc_world_clear(small.world, NODES + flipped, TOC_CAUSE_BLOCKED));
        }
        small_end(&small);
    }
    assert_true(cut_off > 10 && reached > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crew_takes_the_shortest_way_that_is_open),
        cmocka_unit_test(a_road_that_closes_is_gone_round_from_the_next_node),
        cmocka_unit_test(without_an_open_road_work_waits_until_one_opens),
        cmocka_unit_test(who_is_cut_off_on_the_way_is_free_for_other_work),
        cmocka_unit_test(who_is_called_off_on_a_road_goes_on_or_turns_back),
        cmocka_unit_test(where_a_party_is_can_be_told_at_any_time),
        cmocka_unit_test(a_one_way_road_leads_one_way),
        cmocka_unit_test(nobody_passes_a_bridge_that_is_out_but_it_can_be_reached),
        cmocka_unit_test(a_road_is_mended_from_the_end_that_is_nearer),
        cmocka_unit_test(what_lies_off_the_roads_is_reached_from_the_nearest_node),
        cmocka_unit_test(ways_are_as_short_as_brute_force_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
