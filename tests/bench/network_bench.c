/* Measures one figure of networks on CPU time: network_bench NAME prints its value in the unit that
   ends the name. tests/bench/run calls it round by round and takes the median. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/builder_network.h"
#include "model/network.h"
#include "model/reach.h"

enum { ZONES = 200, HOSTS = 10000, NEIGHBOURS = 12, SERVICES = 12, ROUNDS = 50 };

static double cpu_seconds(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct bench {
    uint64_t dice;
    toc_topology *topology;
    toc_calendar *calendar;
    toc_world *world;
};

static uint32_t roll(struct bench *bench, uint32_t sides) {
    bench->dice ^= bench->dice << 13;
    bench->dice ^= bench->dice >> 7;
    bench->dice ^= bench->dice << 17;
    return (uint32_t)(bench->dice % sides);
}

static const char *service(struct bench *bench, char *buffer) {
    (void)snprintf(buffer, 20, "service-%u", roll(bench, SERVICES));
    return buffer;
}

/* Every host has two weaknesses and listens for their services; one rule in eight names a host. */
static void add_host(struct bench *bench, toc_builder *builder, uint32_t index) {
    const toc_place nowhere = {NULL, 0, 0};
    char id[20], zone[20], over[20];
    toc_asset_spec spec = {.id = id, .zone_id = zone, .kind = TOC_ASSET_HOST};
    (void)snprintf(id, sizeof id, "host-%u", index);
    (void)snprintf(zone, sizeof zone, "zone-%u", index % ZONES);
    toc_builder_asset(builder, &spec);
    for (int i = 0; i < 2; i++) {
        toc_weakness_spec weakness = {
            .id = "weakness", .service = service(bench, over), .ease_ppm = 500000};
        toc_builder_network_listens(builder, over, "", nowhere);
        toc_builder_weakness(builder, &weakness);
    }
}

static void add_conduit(struct bench *bench, toc_builder *builder, uint32_t from, uint32_t to) {
    char zones[2][20], over[20], host[20];
    toc_conduit_spec spec = {.from = zones[0], .to = zones[1]};
    (void)snprintf(zones[0], sizeof zones[0], "zone-%u", from);
    (void)snprintf(zones[1], sizeof zones[1], "zone-%u", to);
    toc_builder_network_conduit(builder, &spec);
    for (int i = 0; i < 4; i++) {
        toc_rule_spec rule = {.service = service(bench, over), .deny = i == 0};
        if (roll(bench, 8) == 0) {
            (void)snprintf(host, sizeof host, "host-%u", to + ZONES * roll(bench, HOSTS / ZONES));
            rule.to = host;
        }
        toc_builder_network_rule(builder, &rule);
    }
}

static void begin(struct bench *bench, uint32_t neighbours) {
    toc_builder *builder = toc_builder_create("bench");
    toc_problems *problems = toc_problems_create();
    bench->dice = 20151223;
    for (uint32_t z = 0; z < ZONES; z++) {
        char id[20];
        toc_zone_spec spec = {.id = id, .closed = z % 4 == 3};
        (void)snprintf(id, sizeof id, "zone-%u", z);
        toc_builder_zone(builder, &spec);
    }
    for (uint32_t h = 0; h < HOSTS; h++) {
        add_host(bench, builder, h);
    }
    for (uint32_t z = 0; z < ZONES; z++) {
        for (uint32_t i = 1; i <= neighbours; i++) {
            add_conduit(bench, builder, z, (z + i) % ZONES);
        }
    }
    if (toc_builder_finish(builder, problems, &bench->topology) != TOC_OK) {
        (void)fprintf(stderr, "%s\n", toc_problems_at(problems, 0).text);
        exit(1);
    }
    toc_builder_destroy(builder);
    toc_problems_destroy(problems);
    bench->calendar = toc_calendar_create();
    bench->world =
        toc_world_create(bench->topology, bench->calendar, NULL, (toc_chance){1, 0}, NULL, NULL);
}

static void finish(struct bench *bench) {
    toc_world_destroy(bench->world);
    toc_calendar_destroy(bench->calendar);
    toc_topology_destroy(bench->topology);
}

/* A rule changes, and it is known again who is reached from one host. */
static double reach_ms(uint32_t neighbours) {
    struct bench bench;
    toc_foothold foothold = {0, TOC_ACCESS_USER};
    toc_reach_options options = {.footholds = &foothold, .foothold_count = 1};
    uint32_t reached = 0;
    double began, spent;
    begin(&bench, neighbours);
    began = cpu_seconds();
    for (uint32_t i = 0; i < ROUNDS; i++) {
        toc_reach *reach;
        (void)toc_network_block(bench.world, (i / 2) % bench.topology->conduit_count, i % 2 == 0);
        reach = toc_reach_create(bench.world, &options);
        reached += toc_reach_count(reach, TOC_ACCESS_USER);
        toc_reach_destroy(reach);
    }
    spent = cpu_seconds() - began;
    if (reached < ROUNDS * (HOSTS / 2)) {
        (void)fprintf(stderr, "only %u of %d hosts are reached\n", reached / ROUNDS, HOSTS);
        exit(1);
    }
    finish(&bench);
    return 1e3 * spent / ROUNDS;
}

static double permits_ns(void) {
    enum { TIMES = 2000000 };
    struct bench bench;
    uint32_t let = 0;
    double began, spent;
    begin(&bench, NEIGHBOURS);
    began = cpu_seconds();
    for (uint32_t i = 0; i < TIMES; i++) {
        toc_passage passage = {i % HOSTS, (i * 7 + i % NEIGHBOURS) % HOSTS, i % SERVICES};
        let += toc_network_passes(bench.world, passage);
    }
    spent = cpu_seconds() - began;
    if (let == 0) {
        exit(1);
    }
    finish(&bench);
    return 1e9 * spent / TIMES;
}

int main(int count, char **names) {
    const char *name = count == 2 ? names[1] : "";
    if (strcmp(name, "reach_10k_ms") == 0) {
        (void)printf("%.3f\n", reach_ms(NEIGHBOURS));
    } else if (strcmp(name, "reach_10k_meshed_ms") == 0) {
        (void)printf("%.3f\n", reach_ms(ZONES - 1));
    } else if (strcmp(name, "permits_ns") == 0) {
        (void)printf("%.1f\n", permits_ns());
    } else {
        (void)fprintf(stderr, "usage: network_bench reach_10k_ms|reach_10k_meshed_ms|permits_ns\n");
        return 2;
    }
    return 0;
}
