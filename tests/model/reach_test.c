#include "model/small_world.h"

#include "model/builder_network.h"
#include "model/nasim_case.h"
#include "model/network.h"
#include "model/reach.h"

#include <stdio.h>
#include <stdlib.h>

static const toc_place nowhere = {NULL, 0, 0};

static void zone(struct small *small, const char *id, bool closed) {
    toc_zone_spec spec = {.id = id, .operator_id = "grid", .closed = closed};
    toc_builder_zone(small->builder, &spec);
}

static void host(struct small *small, const char *id, const char *zone_id) {
    toc_asset_spec spec = {
        .id = id, .operator_id = "grid", .zone_id = zone_id, .kind = TOC_ASSET_HOST};
    toc_builder_asset(small->builder, &spec);
}

static void conduit(struct small *small, const char *from, const char *to) {
    toc_conduit_spec spec = {.from = from, .to = to};
    toc_builder_network_conduit(small->builder, &spec);
}

static void allow(struct small *small, const char *service) {
    toc_rule_spec spec = {.service = service};
    toc_builder_network_rule(small->builder, &spec);
}

static void weakness(struct small *small, const char *service, toc_access from, toc_access gives) {
    toc_weakness_spec spec = {
        .id = "w", .service = service, .ease_ppm = 500000, .from = from, .gives = gives};
    toc_builder_weakness(small->builder, &spec);
}

static toc_reach *reach_from(const struct small *small, const char *id) {
    toc_foothold foothold = {small_at(small, id), TOC_ACCESS_ADMIN};
    toc_reach_options options = {.footholds = &foothold, .foothold_count = 1};
    return toc_reach_create(small->world, &options);
}

static toc_access access_of(const struct small *small, const toc_reach *reach, const char *id) {
    return toc_reach_access(reach, small_at(small, id));
}

/* -- What a planner expects -------------------------------------------------------------------- */

static void begin_chain(struct small *small) {
    small_begin(small);
    zone(small, "internet", false);
    zone(small, "office", false);
    zone(small, "control", false);
    host(small, "outside", "internet");
    host(small, "mail", "office");
    weakness(small, "smtp", TOC_ACCESS_NONE, TOC_ACCESS_USER);
    weakness(small, "", TOC_ACCESS_USER, TOC_ACCESS_ADMIN);
    host(small, "pc", "office");
    weakness(small, "smb", TOC_ACCESS_NONE, TOC_ACCESS_USER);
    host(small, "hmi", "control");
    weakness(small, "rdp", TOC_ACCESS_NONE, TOC_ACCESS_ADMIN);
    host(small, "plc", "control");
    conduit(small, "internet", "office");
    allow(small, "smtp");
    conduit(small, "office", "control");
    allow(small, "rdp");
}

static void an_attacker_goes_from_foothold_to_foothold(void **state) {
    struct small small;
    toc_reach *reach;
    (void)state;
    begin_chain(&small);
    small_run(&small, 1);
    reach = reach_from(&small, "outside");
    assert_int_equal(access_of(&small, reach, "outside"), TOC_ACCESS_ADMIN);
    assert_int_equal(access_of(&small, reach, "mail"), TOC_ACCESS_ADMIN);
    assert_int_equal(access_of(&small, reach, "pc"), TOC_ACCESS_USER);
    assert_int_equal(access_of(&small, reach, "hmi"), TOC_ACCESS_ADMIN);
    assert_int_equal(access_of(&small, reach, "plc"), TOC_ACCESS_NONE);
    assert_int_equal(toc_reach_hops(reach, small_at(&small, "outside")), 0);
    assert_int_equal(toc_reach_hops(reach, small_at(&small, "mail")), 1);
    assert_int_equal(toc_reach_hops(reach, small_at(&small, "pc")), 2);
    assert_int_equal(toc_reach_hops(reach, small_at(&small, "hmi")), 2);
    assert_int_equal(toc_reach_hops(reach, small_at(&small, "plc")), TOC_INDEX_NONE);
    assert_int_equal(toc_reach_step_to(reach, small_at(&small, "hmi")).from,
                     small_at(&small, "mail"));
    assert_int_equal(toc_reach_step_to(reach, small_at(&small, "hmi")).weakness, 3);
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_USER), 4);
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_ADMIN), 3);
    toc_reach_destroy(reach);
    small_end(&small);
}

static void an_isolated_asset_is_neither_entered_nor_left(void **state) {
    struct small small;
    toc_reach *reach;
    (void)state;
    begin_chain(&small);
    small_run(&small, 1);
    small_fail(&small, "mail", TOC_CAUSE_ISOLATED);
    reach = reach_from(&small, "outside");
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_USER), 1);
    toc_reach_destroy(reach);
    reach = reach_from(&small, "mail");
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_USER), 1);
    toc_reach_destroy(reach);
    small_end(&small);
}

static void a_limit_of_hops_gives_the_next_steps_only(void **state) {
    struct small small;
    toc_foothold foothold = {0, TOC_ACCESS_USER};
    toc_reach_options options = {.footholds = &foothold, .foothold_count = 1, .most_hops = 1};
    toc_reach *reach;
    (void)state;
    begin_chain(&small);
    small_run(&small, 1);
    reach = toc_reach_create(small.world, &options);
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_USER), 2);
    toc_reach_destroy(reach);
    small_end(&small);
}

static bool is_not_the_first(void *object, uint32_t index) {
    (void)object;
    return index != 0;
}

static void what_the_attacker_cannot_use_does_not_count(void **state) {
    struct small small;
    toc_foothold foothold = {0, TOC_ACCESS_USER};
    toc_reach_options options = {
        .footholds = &foothold, .foothold_count = 1, .usable = is_not_the_first};
    toc_reach *reach;
    (void)state;
    begin_chain(&small);
    small_run(&small, 1);
    reach = toc_reach_create(small.world, &options);
    assert_int_equal(toc_reach_count(reach, TOC_ACCESS_USER), 1);
    toc_reach_destroy(reach);
    small_end(&small);
}

/* -- NASim ------------------------------------------------------------------------------------- */

static const char *service_name(char service) {
    switch (service) {
    case 's':
        return "ssh";
    case 'f':
        return "ftp";
    case 'h':
        return "http";
    case 'b':
        return "samba";
    default:
        return "smtp";
    }
}

/* Exploits of ssh and samba are for linux, of ftp and smtp for windows, of http for both. */
static bool has_exploit(char service, char system) {
    return service == 'h' || (service == 's' || service == 'b' ? system == 'l' : system == 'w');
}

static void nasim_listens(struct small *small, const struct nasim_case *facts,
                          const struct nasim_host *about, char service) {
    char zones[200] = "";
    for (int z = 0; z < 10; z++) {
        bool is_there = z == 0;
        for (int h = 0; h < NASIM_HOSTS; h++) {
            is_there = is_there || facts->hosts[h].subnet == z;
        }
        if (is_there && !(about->except_over == service && about->except == z)) {
            size_t at = strlen(zones);
            (void)snprintf(zones + at, sizeof zones - at, "subnet-%d ", z);
        }
    }
    toc_builder_network_listens(small->builder, service_name(service), zones, nowhere);
}

static void nasim_host(struct small *small, const struct nasim_case *facts, int index) {
    const struct nasim_host *about = &facts->hosts[index];
    char id[20], subnet[20];
    (void)snprintf(id, sizeof id, "host-%d", index);
    (void)snprintf(subnet, sizeof subnet, "subnet-%d", about->subnet);
    host(small, id, subnet);
    for (const char *service = about->services; *service != '\0'; service++) {
        nasim_listens(small, facts, about, *service);
        if (has_exploit(*service, about->system)) {
            weakness(small, service_name(*service), TOC_ACCESS_NONE,
                     strchr(facts->root_at_once, *service) != NULL ? TOC_ACCESS_ADMIN
                                                                   : TOC_ACCESS_USER);
        }
    }
    for (const char *process = about->processes; *process != '\0'; process++) {
        if ((*process == 't') == (about->system == 'l')) {
            weakness(small, "", TOC_ACCESS_USER, TOC_ACCESS_ADMIN);
        }
    }
}

static void nasim_run(struct small *small, const struct nasim_case *facts) {
    small_begin(small);
    for (int z = 0; z < 10; z++) {
        char id[20];
        (void)snprintf(id, sizeof id, "subnet-%d", z);
        zone(small, id, false);
    }
    for (int d = 0; d < NASIM_DOORS && facts->doors[d].services != NULL; d++) {
        char from[20], to[20];
        (void)snprintf(from, sizeof from, "subnet-%d", facts->doors[d].from);
        (void)snprintf(to, sizeof to, "subnet-%d", facts->doors[d].to);
        conduit(small, from, to);
        for (const char *service = facts->doors[d].services; *service != '\0'; service++) {
            allow(small, service_name(*service));
        }
    }
    for (int h = 0; h < NASIM_HOSTS && facts->hosts[h].subnet != 0; h++) {
        nasim_host(small, facts, h);
    }
    host(small, "attacker", "subnet-0");
    small_run(small, 1);
}

static int distance(const toc_topology *topology, int from, int to) {
    int away[10], changed = 1;
    for (int z = 0; z < 10; z++) {
        away[z] = z == from ? 0 : 1000;
    }
    while (changed) {
        changed = 0;
        for (uint32_t i = 0; i < topology->conduit_count; i++) {
            const toc_conduit *door = &topology->conduits[i];
            if (away[door->from_zone] + 1 < away[door->to_zone]) {
                away[door->to_zone] = away[door->from_zone] + 1;
                changed = 1;
            }
        }
    }
    return away[to];
}

/* NASim's "minimal hops": the shortest walk over neighbouring subnets, firewalls apart, from the
   internet through the subnets of all goals. */
static int shortest_walk(const toc_topology *topology, const struct nasim_case *facts) {
    int first = facts->goals[0], second = facts->goals[1];
    int between = distance(topology, first, second);
    int one = distance(topology, 0, first) + between;
    int other = distance(topology, 0, second) + distance(topology, second, first);
    return one < other ? one : other;
}

static void nasim_benchmarks_end_as_in_its_own_engine(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof nasim_cases / sizeof nasim_cases[0]; i++) {
        const struct nasim_case *facts = &nasim_cases[i];
        struct small small;
        toc_reach *reach;
        int counts[3] = {0, 0, 0};
        nasim_run(&small, facts);
        reach = reach_from(&small, "attacker");
        for (uint32_t h = 0; h + 1 < small.topology->asset_count; h++) {
            counts[toc_reach_access(reach, h)]++;
        }
        print_message("%s: none %d, user %d, root %d\n", facts->name, counts[0], counts[1],
                      counts[2]);
        assert_int_equal(counts[TOC_ACCESS_NONE], facts->none);
        assert_int_equal(counts[TOC_ACCESS_USER], facts->user);
        assert_int_equal(counts[TOC_ACCESS_ADMIN], facts->root);
        assert_int_equal(shortest_walk(small.topology, facts), facts->subnets_walked);
        toc_reach_destroy(reach);
        small_end(&small);
    }
}

static void check_never(const char *name, const int *never, int count) {
    for (size_t i = 0; i < sizeof nasim_cases / sizeof nasim_cases[0]; i++) {
        struct small small;
        toc_reach *reach;
        int next = 0;
        if (strcmp(nasim_cases[i].name, name) != 0) {
            continue;
        }
        nasim_run(&small, &nasim_cases[i]);
        reach = reach_from(&small, "attacker");
        for (uint32_t h = 0; h + 1 < small.topology->asset_count; h++) {
            if (toc_reach_access(reach, h) == TOC_ACCESS_NONE) {
                assert_true(next < count && never[next] == (int)h);
                next++;
            }
        }
        assert_int_equal(next, count);
        toc_reach_destroy(reach);
        small_end(&small);
    }
}

static void nasim_hosts_that_are_never_reached_are_not(void **state) {
    static const int single[] = {0, 10}, multi[] = {15};
    (void)state;
    check_never("medium-single-site", single, 2); /* (1,0) and (1,10) */
    check_never("medium-multi-site", multi, 1);   /* (6,1) */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attacker_goes_from_foothold_to_foothold),
        cmocka_unit_test(an_isolated_asset_is_neither_entered_nor_left),
        cmocka_unit_test(a_limit_of_hops_gives_the_next_steps_only),
        cmocka_unit_test(what_the_attacker_cannot_use_does_not_count),
        cmocka_unit_test(nasim_benchmarks_end_as_in_its_own_engine),
        cmocka_unit_test(nasim_hosts_that_are_never_reached_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
