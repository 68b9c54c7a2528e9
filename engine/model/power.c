#include "model/power.h"

#include "kernel/assert.h"
#include "model/demand.h"
#include "model/dispatch.h"
#include "model/grid.h"
#include "model/power_state.h"
#include "model/relay.h"
#include "model/settle.h"
#include "model/supply.h"

#include <stdio.h>
#include <string.h>

static const double degrees_per_radian = 57.295779513082323;

/* Per unit is on 100 MVA. */
static const double milli_per_unit = 1e11;
static const double megawatts_per_unit = 100;

/* Flows within a watt of the rating trip nothing at once: a line at its rating is at its rating. */
static const int64_t instant_tolerance_milli = 1000;

static const char *const dispatch_names[] = {"none", "S", "H"};
static const char *const relay_names[] = {"", "T1", "T2"};

bool toc_power_parse_rules(const char *text, toc_power_rules *out) {
    for (int dispatch = 0; dispatch < TOC_DISPATCH_RULES; dispatch++) {
        for (int relay = 0; relay < TOC_RELAY_RULES; relay++) {
            toc_power_rules rules = {(toc_dispatch_rule)dispatch, (toc_relay_rule)relay, 0, 0};
            char name[16];
            toc_power_print_rules(&rules, name, sizeof name);
            if (strcmp(name, text) == 0) {
                *out = rules;
                return true;
            }
        }
    }
    return false;
}

void toc_power_print_rules(const toc_power_rules *rules, char *buffer, size_t size) {
    (void)snprintf(buffer, size, "%s%s%s", dispatch_names[rules->dispatch],
                   rules->relay == TOC_RELAY_NONE ? "" : "+", relay_names[rules->relay]);
}

/* To whole milliwatts. The half is moved a little, because exact halves do occur and lie where the
   last bit decides. */
static int64_t whole_milli(double per_unit) {
    double milli = per_unit * milli_per_unit;
    return milli < 0 ? -(int64_t)(0.5001 - milli) : (int64_t)(milli + 0.5001);
}

static double net_injection(const struct power *power, uint32_t bus) {
    return -(double)power->buses[bus].drawn_milli / milli_per_unit;
}

/* Fixes an angle in each island, and all that has no part in the flow. */
static void fix_angles(struct power *power) {
    for (uint32_t i = 0; i < power->bus_count; i++) {
        uint32_t island = power->island_of[i];
        power->fixed[i] = island == UINT32_MAX || !power->islands[island].sourced ||
                          power->islands[island].reference == i;
        power->angles[i] = power->fixed[i] ? 0 : net_injection(power, i);
        if (power->fixed[i] && power->buses[i].reference && power->in[i]) {
            power->angles[i] = power->buses[i].angle_rad;
        }
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        if (!power->fixed[power->units[i].bus]) {
            power->angles[power->units[i].bus] +=
                (double)power->units[i].output_milli / milli_per_unit;
        }
    }
}

/* True where an island had no solution before and may have one now. Within one instant blame
   stays: what the dark takes away might give it a solution, and the light no solution again. */
static bool forget_blame(struct power *power, toc_time now) {
    bool had = false;
    if (power->blamed_at == now) {
        return false;
    }
    for (uint32_t i = 0; i < power->bus_count; i++) {
        had = had || power->buses[i].blamed;
        power->buses[i].blamed = false;
    }
    return had;
}

/* Balances and solves. An island without a solution counts as one without a source. */
static void solve(struct power *power, toc_time now) {
    uint32_t bus = 0;
    for (uint32_t tries = 0; tries <= power->island_count; tries++) {
        toc_dispatch_survey(power);
        toc_dispatch_balance(power);
        fix_angles(power);
        power->factored = power->factored || toc_flow_factor(power->flow, power->fixed, &bus);
        if (power->factored) {
            toc_flow_solve(power->flow, power->fixed, power->angles);
            return;
        }
        TOC_ASSERT(power->island_of[bus] != UINT32_MAX && !power->fixed[bus]);
        power->buses[bus].blamed = true;
        power->blamed_at = now;
    }
    TOC_ASSERT(false);
}

/* Without a dispatch rule, the first unit at an island's reference gives what does not add up. */
static void give_the_rest(struct power *power) {
    for (uint32_t i = 0; i < power->unit_count; i++) {
        struct power_unit *unit = &power->units[i];
        uint32_t island = power->island_of[unit->bus];
        if (unit->online && island != UINT32_MAX && power->islands[island].sourced &&
            power->islands[island].reference == unit->bus) {
            int64_t rest = power->islands[island].load_milli - power->islands[island].output_milli;
            unit->output_milli += rest;
            power->islands[island].output_milli += rest;
        }
    }
}

static void read_flows(toc_world *world) {
    struct power *power = world->power;
    for (uint32_t i = 0; i < power->line_count; i++) {
        struct power_line *line = &power->lines[i];
        int64_t flow = whole_milli(toc_flow_carried(&power->branches[i], power->angles));
        bool over;
        line->loading_milli = flow < 0 ? -flow : flow;
        over = line->rating_milli > 0 &&
               line->loading_milli > line->rating_milli + instant_tolerance_milli;
        if (over != line->overloaded) {
            line->overloaded = over;
            toc_world_tell(world, (toc_change){TOC_CHANGE_OVERLOAD,
                                               world->topology->asset_count + line->link,
                                               TOC_INDEX_NONE, !over, over});
        }
    }
}

static void set_energised(toc_world *world, struct power_bus *bus, bool energised) {
    struct asset_state *asset = &world->assets[bus->asset];
    if (bus->energised == energised) {
        return;
    }
    bus->energised = energised;
    if (energised) {
        TOC_ASSERT(asset->run_unmet > 0 && asset->start_unmet > 0);
        asset->run_unmet--;
        asset->start_unmet--;
    } else {
        asset->run_unmet++;
        asset->start_unmet++;
    }
}

static void on_relay(void *object, uint64_t argument);
static void on_evaluation(void *object, uint64_t argument);

static void schedule_evaluation(toc_world *world) {
    struct power *power = world->power;
    if (!toc_calendar_is_pending(world->calendar, power->evaluation)) {
        power->evaluation =
            toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar), TOC_PHYSICAL,
                                  on_evaluation, world, 0);
    }
}

static bool has_power(const struct power *power, uint32_t bus) {
    uint32_t island = power->island_of[bus];
    /* A bus that is out for its own reasons keeps its mark until it is in again. */
    return island == UINT32_MAX ? power->buses[bus].energised : power->islands[island].sourced;
}

/* Hands the flow's outcome to the rest of the world. What goes dark goes first and may take more
   with it; only when nothing else goes dark does anything light up. Otherwise a light could chase
   round a ring of plants that start each other. */
static void hand_over(toc_world *world) {
    struct power *power = world->power;
    power->lights_wait = false;
    for (uint32_t i = 0; i < power->bus_count; i++) {
        power->lights_wait =
            power->lights_wait || (power->buses[i].energised && !has_power(power, i));
    }
    for (uint32_t i = 0; i < power->bus_count; i++) {
        struct power_bus *bus = &power->buses[i];
        bool alive = has_power(power, i);
        if ((alive == bus->energised && bus->drawn_milli == bus->told_milli &&
             bus->demand_milli == bus->told_demand_milli) ||
            (power->lights_wait && alive && !bus->energised)) {
            continue;
        }
        bus->told_milli = bus->drawn_milli;
        bus->told_demand_milli = bus->demand_milli;
        set_energised(world, bus, alive);
        toc_supply_asset_changed(world, bus->asset);
        toc_settle_look(world, bus->asset);
    }
    if (power->lights_wait) {
        schedule_evaluation(world);
    }
}

/* Opens all lines of which this is true, together. */
static uint32_t trip(toc_world *world, bool timed) {
    struct power *power = world->power;
    uint32_t count = 0;
    for (uint32_t i = 0; i < power->line_count; i++) {
        struct power_line *line = &power->lines[i];
        if (power->branches[i].closed && (timed ? toc_relay_is_due(line) : line->overloaded)) {
            line->tripped_at = toc_calendar_now(world->calendar);
            (void)toc_world_fail(world, world->topology->asset_count + line->link,
                                 TOC_CAUSE_TRIPPED);
            count++;
        }
    }
    power->rounds += count > 0 ? 1 : 0;
    return count;
}

static void schedule_relay(toc_world *world) {
    struct power *power = world->power;
    toc_time next = toc_relay_next(power);
    (void)toc_calendar_cancel(world->calendar, power->relay);
    power->relay = (toc_event_id){0, 0};
    if (power->rules.relay == TOC_RELAY_TIMED && next != TOC_NEVER) {
        power->relay =
            toc_calendar_schedule(world->calendar, next, TOC_PHYSICAL, on_relay, world, 0);
    }
}

/* The flow of the network as it is; relays that act at once only note that they will. */
static void flow(toc_world *world, toc_grid_news news) {
    struct power *power = world->power;
    if (news.network) {
        power->island_count = toc_flow_islands(power->flow, power->in, power->island_of);
    }
    power->factored = power->factored && !news.anything;
    solve(power, toc_calendar_now(world->calendar));
    if (power->rules.dispatch == TOC_DISPATCH_SLACK) {
        give_the_rest(power);
    }
    read_flows(world);
    hand_over(world);
}

static void evaluate(toc_world *world, bool reset) {
    struct power *power = world->power;
    toc_time now = toc_calendar_now(world->calendar);
    toc_grid_news news;
    /* What only takes away or only adds comes to rest; a grid that does not is our mistake. */
    power->evaluations = power->relays_at == now ? power->evaluations + 1 : 0;
    TOC_ASSERT(power->evaluations < 1000 + 8 * (uint64_t)(power->bus_count + power->line_count));
    toc_relay_advance(power, now);
    if (power->rules.relay == TOC_RELAY_TIMED) {
        (void)trip(world, true);
    }
    news = toc_grid_refresh(world, power);
    if (!news.anything && !reset && !power->lights_wait) {
        schedule_relay(world);
        return;
    }
    news.more = (news.anything && forget_blame(power, now)) || news.more;
    if (news.more || reset || power->rules.dispatch == TOC_DISPATCH_SLACK) {
        toc_grid_reset(power);
    }
    flow(world, news);
    if (power->rules.relay == TOC_RELAY_INSTANT && trip(world, false) > 0) {
        schedule_evaluation(world);
    }
    schedule_relay(world);
}

/* Evaluates with all touches held, and lets the world settle then. */
static void run(toc_world *world, bool reset) {
    bool outer = world->settling;
    world->power->evaluating = true;
    world->settling = true;
    evaluate(world, reset);
    world->settling = outer;
    world->power->evaluating = false;
    toc_settle_run(world);
}

static void on_evaluation(void *object, uint64_t argument) {
    toc_world *world = object;
    (void)argument;
    world->power->evaluation = (toc_event_id){0, 0};
    world->power->demand_moves = false;
    run(world, world->power->wants_reset);
    world->power->wants_reset = false;
}

static void on_relay(void *object, uint64_t argument) {
    toc_world *world = object;
    (void)argument;
    world->power->relay = (toc_event_id){0, 0};
    run(world, false);
}

void toc_power_touch(toc_world *world, uint32_t element) {
    struct power *power = world->power;
    if (power == NULL || power->evaluating ||
        (world->elements[element].flags & ELEMENT_ELECTRICAL) == 0) {
        return;
    }
    schedule_evaluation(world);
}

static const struct power_line *line_at(const toc_world *world, uint32_t link) {
    const struct power *power = world->power;
    if (power == NULL || power->line_of_link[link] == UINT32_MAX) {
        return NULL;
    }
    return &power->lines[power->line_of_link[link]];
}

static struct power_bus *bus_at(const toc_world *world, uint32_t asset) {
    const struct power *power = world->power;
    if (power == NULL || power->bus_of_asset[asset] == UINT32_MAX) {
        return NULL;
    }
    return &power->buses[power->bus_of_asset[asset]];
}

bool toc_power_is_modelled(const toc_world *world) {
    return world->power != NULL;
}

toc_power_rules toc_power_read_rules(const toc_world *world) {
    TOC_ASSERT(world->power != NULL);
    return world->power->rules;
}

/* Gives lines without a rating one above what they carry now. */
static void rate_lines(toc_world *world, const toc_power_rules *rules) {
    struct power *power = world->power;
    for (uint32_t i = 0; i < power->line_count; i++) {
        struct power_line *line = &power->lines[i];
        toc_power_wide margin = (toc_power_wide)line->loading_milli * rules->margin_ppm / 1000000;
        int64_t floor_milli = rules->floor_w * 1000;
        line->heat = 0;
        line->tripped_at = TOC_NEVER;
        if (world->topology->links[line->link].rating == 0) {
            line->rating_milli = 0;
            if (rules->margin_ppm > 0) {
                int64_t rating = line->loading_milli + (int64_t)margin;
                line->rating_milli = rating > floor_milli ? rating : floor_milli;
            }
        }
    }
    power->rounds = 0;
}

void toc_power_set_rules(toc_world *world, const toc_power_rules *rules) {
    struct power *power = world->power;
    TOC_ASSERT(power != NULL && rules->margin_ppm >= 0 && rules->floor_w >= 0);
    TOC_ASSERT(rules->dispatch < TOC_DISPATCH_RULES && rules->relay < TOC_RELAY_RULES);
    power->rules = *rules;
    power->rules.relay = TOC_RELAY_NONE;
    power->factored = false;
    (void)forget_blame(power, -1);
    run(world, true);
    rate_lines(world, rules);
    power->rules.relay = rules->relay;
    run(world, true);
    power->blamed_at = TOC_NEVER; /* what comes next in this instant is another matter */
}

void toc_power_begin(toc_world *world, const toc_power_rules *rules) {
    toc_world_listener *listener = world->listener;
    uint32_t elements = world->topology->asset_count + world->topology->link_count;
    TOC_ASSERT(toc_calendar_now(world->calendar) == 0);
    world->listener = NULL;
    world->beginning = true;
    toc_power_set_rules(world, rules);
    for (uint32_t i = 0; i < elements; i++) {
        world->elements[i].begun = world->elements[i].operation;
    }
    world->beginning = false;
    world->listener = listener;
}

bool toc_power_is_bus(const toc_world *world, uint32_t asset) {
    return bus_at(world, asset) != NULL;
}

int64_t toc_power_asked_milli(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus == NULL ? 0 : bus->demand_milli;
}

int64_t toc_power_drawn_milli(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus == NULL ? 0 : bus->drawn_milli;
}

double toc_power_angle_deg(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus == NULL ? 0 : world->power->angles[bus - world->power->buses] * degrees_per_radian;
}

uint32_t toc_power_island(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus == NULL ? TOC_INDEX_NONE : world->power->island_of[bus - world->power->buses];
}

double toc_power_flow_mw(const toc_world *world, uint32_t link) {
    const struct power *power = world->power;
    const struct power_line *line = line_at(world, link);
    return line == NULL
               ? 0
               : megawatts_per_unit *
                     toc_flow_carried(&power->branches[line - power->lines], power->angles);
}

int64_t toc_power_rating(const toc_world *world, uint32_t link) {
    const struct power_line *line = line_at(world, link);
    return line == NULL ? 0 : line->rating_milli / 1000;
}

bool toc_power_is_overloaded(const toc_world *world, uint32_t link) {
    const struct power_line *line = line_at(world, link);
    return line != NULL && line->overloaded;
}

toc_time toc_power_tripped_at(const toc_world *world, uint32_t link) {
    const struct power_line *line = line_at(world, link);
    return line == NULL ? TOC_NEVER : line->tripped_at;
}

double toc_power_output_mw(const toc_world *world, uint32_t generation) {
    TOC_ASSERT(generation < world->topology->generation_count);
    return (double)world->power->units[generation].output_milli / 1e9;
}

double toc_power_lost_mw(const toc_world *world) {
    const struct power *power = world->power;
    int64_t lost = 0;
    for (uint32_t i = 0; power != NULL && i < power->bus_count; i++) {
        lost += power->buses[i].demand_milli - power->buses[i].drawn_milli;
    }
    return (double)lost / 1e9;
}

uint32_t toc_power_island_count(const toc_world *world) {
    return world->power == NULL ? 0 : world->power->island_count;
}

uint32_t toc_power_rounds(const toc_world *world) {
    return world->power == NULL ? 0 : world->power->rounds;
}

void toc_power_shed(toc_world *world, uint32_t asset, int64_t share_ppm) {
    struct power_bus *bus = bus_at(world, asset);
    TOC_ASSERT(bus != NULL && share_ppm >= 0 && share_ppm <= 1000000);
    if (bus->shed_ppm != share_ppm) {
        bus->shed_ppm = share_ppm;
        world->power->wants_reset = true;
        schedule_evaluation(world);
    }
}

int64_t toc_power_shed_ppm(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus == NULL ? 0 : bus->shed_ppm;
}

void toc_power_schedule(toc_world *world, uint32_t generation, int64_t output_milli) {
    struct power_unit *unit;
    TOC_ASSERT(world->power != NULL && generation < world->power->unit_count);
    unit = &world->power->units[generation];
    TOC_ASSERT(output_milli >= 0);
    TOC_ASSERT(output_milli <= unit->most_milli || output_milli <= unit->scheduled_milli);
    unit->scheduled_milli = output_milli;
    world->power->wants_reset = true;
    schedule_evaluation(world);
}

static void mark_electrical(toc_world *world) {
    struct power *power = world->power;
    for (uint32_t i = 0; i < power->bus_count; i++) {
        world->elements[power->buses[i].asset].flags |= ELEMENT_ELECTRICAL;
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        world->elements[power->units[i].asset].flags |= ELEMENT_ELECTRICAL;
    }
    for (uint32_t i = 0; i < power->line_count; i++) {
        world->elements[world->topology->asset_count + power->lines[i].link].flags |=
            ELEMENT_ELECTRICAL;
    }
}

/* True where the provision is part of what its bus asks. */
static struct power_bus *bus_of(const toc_world *world, uint32_t provision) {
    const toc_provision *facts = &world->topology->provisions[provision];
    const char *dimension = world->topology->services[facts->service].unit->dimension;
    return strcmp(dimension, "power") == 0 ? bus_at(world, facts->asset) : NULL;
}

void toc_power_demand_changed(toc_world *world, uint32_t provision, int64_t by) {
    struct power_bus *bus = bus_of(world, provision);
    if (bus != NULL) {
        bus->demand_milli += by * 1000;
        world->power->wants_reset = true;
        world->power->demand_moves = true;
        schedule_evaluation(world);
    }
}

bool toc_power_is_unsettled(const toc_world *world) {
    return world->power != NULL && world->power->demand_moves;
}

/* The grid is laid out for the demands as they are told; patterns say what they are now. */
static void follow_patterns(toc_world *world) {
    const toc_topology *topology = world->topology;
    for (uint32_t i = 0; world->demands != NULL && i < topology->provision_count; i++) {
        struct power_bus *bus = bus_of(world, i);
        if (bus != NULL) {
            bus->demand_milli += (toc_demand_now(world, i) - topology->provisions[i].demand) * 1000;
        }
    }
}

void toc_power_init(toc_world *world) {
    toc_power_rules rules = {TOC_DISPATCH_HEADROOM, TOC_RELAY_TIMED, 0, 0};
    world->power = toc_grid_create(world->topology);
    if (world->power == NULL) {
        return;
    }
    world->power->blamed_at = TOC_NEVER;
    world->power->relays_at = toc_calendar_now(world->calendar);
    mark_electrical(world);
    follow_patterns(world);
    for (uint32_t i = 0; i < world->power->bus_count; i++) {
        struct power_bus *bus = &world->power->buses[i];
        bus->told_milli = bus->told_demand_milli = bus->demand_milli;
    }
    toc_power_set_rules(world, &rules);
}

void toc_power_finish(toc_world *world) {
    if (world->power != NULL) {
        (void)toc_calendar_cancel(world->calendar, world->power->evaluation);
        (void)toc_calendar_cancel(world->calendar, world->power->relay);
        toc_grid_destroy(world->power);
    }
}

bool toc_power_is_dead(const toc_world *world, uint32_t asset) {
    const struct power_bus *bus = bus_at(world, asset);
    return bus != NULL && !bus->energised;
}

int64_t toc_power_given(const toc_world *world, uint32_t asset, int64_t demand) {
    const struct power_bus *bus = bus_at(world, asset);
    if (bus == NULL || bus->told_demand_milli == 0) {
        return demand;
    }
    return (int64_t)((toc_power_wide)demand * bus->told_milli / bus->told_demand_milli);
}

int64_t toc_power_share_ppm(const toc_world *world, uint32_t asset) {
    return toc_power_given(world, asset, 1000000);
}

void toc_power_digest(const toc_world *world, toc_digest *digest) {
    const struct power *power = world->power;
    if (power == NULL) {
        return;
    }
    for (uint32_t i = 0; i < power->bus_count; i++) {
        toc_digest_i64(digest, power->buses[i].drawn_milli);
        toc_digest_i64(digest, power->buses[i].shed_ppm);
        toc_digest_u64(digest, power->buses[i].energised ? 1 : 0);
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        toc_digest_i64(digest, power->units[i].scheduled_milli);
        toc_digest_i64(digest, power->units[i].output_milli);
    }
    for (uint32_t i = 0; i < power->line_count; i++) {
        toc_digest_i64(digest, power->lines[i].loading_milli);
        toc_digest_u64(digest, (uint64_t)power->lines[i].heat);
        toc_digest_u64(digest, (uint64_t)(power->lines[i].heat >> 64));
        toc_digest_i64(digest, power->lines[i].tripped_at);
    }
}
