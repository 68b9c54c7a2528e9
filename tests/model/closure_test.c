/* Networks at random, against what follows from the words of the rules host by host. */
#include "model/small_world.h"

#include "model/builder_network.h"
#include "model/network.h"
#include "model/reach.h"

#include <stdio.h>

enum { MOST_HOSTS = 24, MOST_ZONES = 6, SERVICES = 5, PHASES = 3 };

static const char *const services[SERVICES] = {"ssh", "rdp", "http", "smb", "dnp3"};
static const char *const phases[PHASES] = {"one", "two", "three"};
static const toc_place nowhere = {NULL, 0, 0};

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides) {
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return (uint32_t)(dice->state % sides);
}

/* What was done to the network, as a plain list of facts. */
struct plain {
    bool blocked[200], cut[MOST_ZONES], refused[MOST_HOSTS][SERVICES], isolated[MOST_HOSTS];
    uint32_t phase;
};

/* -- Networks ---------------------------------------------------------------------------------- */

static const char *any_service(struct dice *dice) {
    return roll(dice, 6) == 0 ? "any" : services[roll(dice, SERVICES)];
}

static const char *any_phases(struct dice *dice) {
    static const char *const lists[] = {"", "", "", "one", "two three", "one three"};
    return lists[roll(dice, 6)];
}

/* Where each host is; `zones` for no zone. */
struct plan {
    uint32_t zones, hosts, zone_of[MOST_HOSTS];
};

static void add_host(struct small *small, struct dice *dice, const struct plan *plan,
                     uint32_t index) {
    char id[20], zone[20], from[20];
    uint32_t in = plan->zone_of[index], zones = plan->zones;
    toc_asset_spec spec = {.id = id, .operator_id = "grid", .kind = TOC_ASSET_HOST};
    (void)snprintf(id, sizeof id, "h%u", index);
    (void)snprintf(zone, sizeof zone, "z%u", in);
    spec.zone_id = in < zones ? zone : "";
    toc_builder_asset(small->builder, &spec);
    for (uint32_t i = roll(dice, 4); i > 1; i--) {
        (void)snprintf(from, sizeof from, "z%u", roll(dice, zones));
        toc_builder_network_listens(small->builder, any_service(dice),
                                    roll(dice, 2) == 0 ? from : "", nowhere);
    }
    for (uint32_t i = roll(dice, 4); i > 0; i--) {
        toc_weakness_spec weakness = {.id = "w", .ease_ppm = roll(dice, 6) == 0 ? 0 : 500000};
        weakness.from = roll(dice, 4) == 0 ? TOC_ACCESS_USER : TOC_ACCESS_NONE;
        weakness.gives = weakness.from == TOC_ACCESS_USER || roll(dice, 2) == 0 ? TOC_ACCESS_ADMIN
                                                                                : TOC_ACCESS_USER;
        weakness.service = weakness.from == TOC_ACCESS_USER ? "" : any_service(dice);
        toc_builder_weakness(small->builder, &weakness);
    }
}

/* A host of the zone, or "" for any. */
static const char *any_host(struct dice *dice, const struct plan *plan, uint32_t zone,
                            char buffer[20]) {
    uint32_t host = roll(dice, plan->hosts);
    (void)snprintf(buffer, 20, "h%u", host);
    return plan->zone_of[host] == zone ? buffer : "";
}

static void add_conduit(struct small *small, struct dice *dice, const struct plan *plan) {
    char from[20], to[20], source[20], target[20];
    uint32_t zones = plan->zones;
    uint32_t a = roll(dice, zones), b = (a + 1 + roll(dice, zones - 1)) % zones;
    toc_conduit_spec spec = {.from = from, .to = to, .phases = any_phases(dice)};
    (void)snprintf(from, sizeof from, "z%u", a);
    (void)snprintf(to, sizeof to, "z%u", b);
    toc_builder_network_conduit(small->builder, &spec);
    for (uint32_t i = roll(dice, 6) == 0 ? 17 + roll(dice, 40) : roll(dice, 5); i > 0; i--) {
        toc_rule_spec rule = {.service = any_service(dice),
                              .from = any_host(dice, plan, a, source),
                              .to = any_host(dice, plan, b, target),
                              .deny = roll(dice, 3) == 0,
                              .phases = any_phases(dice)};
        toc_builder_network_rule(small->builder, &rule);
    }
}

static void begin(struct small *small, struct dice *dice) {
    struct plan plan = {2 + roll(dice, MOST_ZONES - 1), 2 + roll(dice, MOST_HOSTS - 1), {0}};
    uint32_t zones = plan.zones, hosts = plan.hosts, conduits = roll(dice, 3 * zones);
    small_begin(small);
    for (uint32_t p = 0; p < PHASES; p++) {
        toc_builder_network_phase(small->builder, phases[p], "", nowhere);
    }
    for (uint32_t z = 0; z < zones; z++) {
        char id[20];
        toc_zone_spec spec = {.id = id, .closed = roll(dice, 4) == 0};
        (void)snprintf(id, sizeof id, "z%u", z);
        toc_builder_zone(small->builder, &spec);
    }
    for (uint32_t h = 0; h < hosts; h++) {
        plan.zone_of[h] = roll(dice, zones + 1);
    }
    for (uint32_t h = 0; h < hosts; h++) {
        add_host(small, dice, &plan, h);
    }
    for (uint32_t c = 0; c < conduits; c++) {
        add_conduit(small, dice, &plan);
    }
    for (uint32_t t = roll(dice, 6); t > 0; t--) {
        char from[20], to[20];
        uint32_t a = roll(dice, hosts);
        toc_traffic_spec spec = {.from = from, .to = to, .service = services[roll(dice, SERVICES)]};
        (void)snprintf(from, sizeof from, "h%u", a);
        (void)snprintf(to, sizeof to, "h%u", (a + 1 + roll(dice, hosts - 1)) % hosts);
        toc_builder_network_traffic(small->builder, &spec);
    }
    for (uint32_t s = 0; s < SERVICES; s++) { /* so that every service has a number */
        toc_weakness_spec weakness = {.id = "none", .service = services[s]};
        toc_builder_weakness(small->builder, &weakness);
    }
    small_run(small, 1);
}

/* -- Plainly ----------------------------------------------------------------------------------- */

static bool in_phase(toc_phases set, uint32_t phase) {
    return set == 0 || (set >> phase & 1) != 0;
}

static bool same(const toc_topology *t, uint32_t protocol, const char *service) {
    return protocol == TOC_INDEX_NONE || strcmp(t->protocols[protocol], service) == 0;
}

static bool plainly_takes(const toc_topology *t, const struct plain *plain, uint32_t from,
                          uint32_t to, const char *service) {
    uint32_t listens = 0;
    bool takes = false;
    for (uint32_t s = 0; s < SERVICES; s++) {
        if (strcmp(services[s], service) == 0 && plain->refused[to][s]) {
            return false;
        }
    }
    for (uint32_t i = 0; i < t->listen_count; i++) {
        const toc_listen *listen = &t->listens[i];
        bool from_there = listen->zone_count == 0;
        if (listen->asset != to) {
            continue;
        }
        listens++;
        for (uint32_t z = 0; z < listen->zone_count; z++) {
            from_there |= t->listen_zones[listen->first_zone + z] == t->assets[from].zone;
        }
        takes |= from_there && same(t, listen->protocol, service);
    }
    return listens == 0 || takes;
}

static bool plainly_through(const toc_topology *t, const struct plain *plain, uint32_t c,
                            const uint32_t ends[2], const char *service) {
    const toc_conduit *conduit = &t->conduits[c];
    if (conduit->from_zone != t->assets[ends[0]].zone ||
        conduit->to_zone != t->assets[ends[1]].zone || plain->blocked[c] ||
        plain->cut[conduit->from_zone] || plain->cut[conduit->to_zone] ||
        !in_phase(conduit->phases, plain->phase)) {
        return false;
    }
    for (uint32_t r = conduit->first_rule; r < conduit->first_rule + conduit->rule_count; r++) {
        const toc_rule *rule = &t->rules[r];
        if (in_phase(rule->phases, plain->phase) && same(t, rule->protocol, service) &&
            (rule->from_asset == TOC_INDEX_NONE || rule->from_asset == ends[0]) &&
            (rule->to_asset == TOC_INDEX_NONE || rule->to_asset == ends[1])) {
            return !rule->deny;
        }
    }
    return false;
}

static bool plainly_permits(const toc_topology *t, const struct plain *plain, uint32_t from,
                            uint32_t to, const char *service) {
    const uint32_t ends[2] = {from, to};
    if (from == to) {
        return true;
    }
    if (plain->isolated[from] || plain->isolated[to] ||
        !plainly_takes(t, plain, from, to, service)) {
        return false;
    }
    if (t->assets[from].zone == t->assets[to].zone) {
        return t->assets[from].zone == TOC_INDEX_NONE || !t->zones[t->assets[from].zone].closed;
    }
    for (uint32_t c = 0; c < t->conduit_count; c++) {
        if (plainly_through(t, plain, c, ends, service)) {
            return true;
        }
    }
    return false;
}

static bool plainly_permits_some(const toc_topology *t, const struct plain *plain, uint32_t from,
                                 uint32_t to) {
    bool permits = plainly_permits(t, plain, from, to, "something else");
    for (uint32_t s = 0; s < SERVICES; s++) {
        permits = permits || plainly_permits(t, plain, from, to, services[s]);
    }
    return permits;
}

static bool plainly_exploits(const toc_topology *t, const struct plain *plain, uint32_t from,
                             const toc_weakness *weakness, uint8_t access) {
    if (weakness->ease_ppm == 0 || weakness->from > access || weakness->gives <= access) {
        return false;
    }
    if (weakness->from != TOC_ACCESS_NONE || from == weakness->asset) {
        return from == weakness->asset;
    }
    return weakness->protocol == TOC_INDEX_NONE
               ? plainly_permits_some(t, plain, from, weakness->asset)
               : plainly_permits(t, plain, from, weakness->asset, t->protocols[weakness->protocol]);
}

/* Round after round over all pairs, from what was held at the start of the round. */
static void plainly_reach(const toc_topology *t, const struct plain *plain, uint8_t *access,
                          uint32_t *hops) {
    bool changed = true;
    for (uint32_t round = 1; changed; round++) {
        uint8_t before[MOST_HOSTS];
        changed = false;
        for (uint32_t i = 0; i < t->weakness_count; i++) { /* on the spot, which is no hop */
            uint32_t at = t->weaknesses[i].asset;
            if (access[at] > 0 && plainly_exploits(t, plain, at, &t->weaknesses[i], access[at])) {
                access[at] = t->weaknesses[i].gives;
            }
        }
        memcpy(before, access, sizeof before);
        for (uint32_t i = 0; i < t->weakness_count; i++) {
            const toc_weakness *weakness = &t->weaknesses[i];
            for (uint32_t from = 0; from < t->asset_count; from++) {
                if (before[from] > 0 &&
                    plainly_exploits(t, plain, from, weakness, access[weakness->asset])) {
                    if (access[weakness->asset] == 0) {
                        hops[weakness->asset] = round;
                    }
                    access[weakness->asset] = weakness->gives;
                    changed = true;
                }
            }
        }
    }
}

/* -- Checks ------------------------------------------------------------------------------------ */

static void check_permits(const struct small *small, const struct plain *plain) {
    const toc_topology *t = small->topology;
    for (uint32_t from = 0; from < t->asset_count; from++) {
        for (uint32_t to = 0; to < t->asset_count; to++) {
            for (uint32_t s = 0; s < SERVICES; s++) {
                assert_int_equal(toc_network_permits(small->world, from, to, services[s]),
                                 plainly_permits(t, plain, from, to, services[s]));
            }
            assert_int_equal(toc_network_permits(small->world, from, to, ""),
                             plainly_permits_some(t, plain, from, to));
        }
    }
}

static void check_reach(const struct small *small, const struct plain *plain, struct dice *dice) {
    const toc_topology *t = small->topology;
    toc_foothold footholds[2];
    toc_reach_options options = {.footholds = footholds, .foothold_count = 1 + roll(dice, 2)};
    uint8_t access[MOST_HOSTS] = {0};
    uint32_t hops[MOST_HOSTS];
    toc_reach *reach;
    memset(hops, 0xff, sizeof hops);
    for (uint32_t i = 0; i < options.foothold_count; i++) {
        footholds[i] = (toc_foothold){roll(dice, t->asset_count), TOC_ACCESS_USER};
        access[footholds[i].asset] = TOC_ACCESS_USER;
        hops[footholds[i].asset] = 0;
    }
    plainly_reach(t, plain, access, hops);
    reach = toc_reach_create(small->world, &options);
    for (uint32_t i = 0; i < t->asset_count; i++) {
        assert_int_equal(toc_reach_access(reach, i), access[i]);
        assert_int_equal(toc_reach_hops(reach, i), hops[i]);
    }
    toc_reach_destroy(reach);
}

/* Does something to the network and notes it plainly. */
static void change(struct small *small, struct plain *plain, struct dice *dice) {
    const toc_topology *t = small->topology;
    uint32_t what = roll(dice, 5);
    if (what == 0 && t->conduit_count > 0) {
        uint32_t c = roll(dice, t->conduit_count);
        plain->blocked[c] = !plain->blocked[c];
        assert_true(toc_network_block(small->world, c, plain->blocked[c]));
    } else if (what == 1) {
        uint32_t z = roll(dice, t->zone_count);
        plain->cut[z] = !plain->cut[z];
        assert_true(toc_network_cut_zone(small->world, z, plain->cut[z]));
    } else if (what == 2) {
        uint32_t host = roll(dice, t->asset_count), s = roll(dice, SERVICES);
        plain->refused[host][s] = !plain->refused[host][s];
        assert_true(toc_network_refuse(small->world, host,
                                       toc_topology_find_protocol(t, services[s]),
                                       plain->refused[host][s]));
    } else if (what == 3) {
        uint32_t host = roll(dice, t->asset_count);
        plain->isolated[host] = !plain->isolated[host];
        assert_true(plain->isolated[host]
                        ? toc_world_fail(small->world, host, TOC_CAUSE_ISOLATED)
                        : toc_world_clear(small->world, host, TOC_CAUSE_ISOLATED));
    } else {
        plain->phase = roll(dice, PHASES);
        (void)toc_network_set_phase(small->world, plain->phase);
    }
    toc_world_check(small->world);
}

/* A world that was never anything else. */
static toc_world *straight_to(const struct small *small, const struct plain *plain) {
    const toc_topology *t = small->topology;
    toc_world *world = toc_world_create(t, small->calendar, NULL, (toc_chance){1, 0}, NULL, NULL);
    for (uint32_t c = 0; c < t->conduit_count; c++) {
        (void)toc_network_block(world, c, plain->blocked[c]);
    }
    for (uint32_t z = 0; z < t->zone_count; z++) {
        (void)toc_network_cut_zone(world, z, plain->cut[z]);
    }
    for (uint32_t host = 0; host < t->asset_count; host++) {
        for (uint32_t s = 0; s < SERVICES; s++) {
            (void)toc_network_refuse(world, host, toc_topology_find_protocol(t, services[s]),
                                     plain->refused[host][s]);
        }
        if (plain->isolated[host]) {
            (void)toc_world_fail(world, host, TOC_CAUSE_ISOLATED);
        }
    }
    (void)toc_network_set_phase(world, plain->phase);
    return world;
}

static void check_history(const struct small *small, const struct plain *plain) {
    toc_world *straight = straight_to(small, plain);
    toc_digest after = toc_digest_start(), afresh = toc_digest_start();
    toc_world_digest(small->world, &after);
    toc_world_digest(straight, &afresh);
    assert_true(toc_digest_value(after) == toc_digest_value(afresh));
    toc_world_destroy(straight);
}

static void networks_behave_as_their_rules_say(void **state) {
    struct dice dice = {support_seed("networks_behave_as_their_rules_say")};
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct small small;
        struct plain plain;
        begin(&small, &dice);
        memset(&plain, 0, sizeof plain);
        for (int step = 0; step < 12; step++) {
            check_permits(&small, &plain);
            check_reach(&small, &plain, &dice);
            change(&small, &plain, &dice);
        }
        check_history(&small, &plain);
        small_end(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_behave_as_their_rules_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
