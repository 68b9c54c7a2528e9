#include "model/travel.h"

#include "kernel/assert.h"
#include "model/road.h"

#include <math.h>

/* Roads are longer than the straight line by about this factor: the usual circuity of road
   networks in regional planning, 1.2 to 1.4. */
static const double detour = 1.3;

__extension__ typedef __int128 wide;

struct spot_m {
    int32_t x, y;
    bool known;
};

/* A node that a party can get to first, and how long that takes. */
struct start {
    uint32_t node;
    toc_time takes;
};

/* What comes next, and how long all of it takes: the whole way straight, or by a node. */
struct plan {
    toc_time takes;
    bool straight;
    struct start start;
};

/* Where an element is; a link, half way between its ends. */
static struct spot_m place_of(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_asset *from, *to;
    if (element < topology->asset_count) {
        from = to = &topology->assets[element];
    } else {
        const toc_link *link = &topology->links[element - topology->asset_count];
        from = &topology->assets[link->from];
        to = &topology->assets[link->to];
    }
    if (!from->placed || !to->placed) {
        from = to = from->placed ? from : to;
    }
    return (struct spot_m){(from->x_m + to->x_m) / 2, (from->y_m + to->y_m) / 2, from->placed};
}

static struct spot_m place_of_party(const struct party *party) {
    return (struct spot_m){party->x_m, party->y_m, party->placed};
}

/* Without a place there is no way to go, and no time passes. */
static toc_time straight_time(struct spot_m from, struct spot_m to, int64_t speed) {
    double dx, dy, hours;
    if (!from.known || !to.known) {
        return 0;
    }
    dx = (double)to.x - from.x;
    dy = (double)to.y - from.y;
    hours = detour * sqrt(dx * dx + dy * dy) / (double)speed;
    return (toc_time)(hours * (double)TOC_HOUR + 0.5);
}

static int64_t speed_of(const toc_world *world, const struct party *party) {
    return world->topology->crews[party->crew].speed_m_per_hour;
}

static struct spot_m place_of_node(const toc_world *world, uint32_t node) {
    return place_of(world, toc_road_asset(world, node));
}

static bool is_road(const toc_topology *topology, uint32_t element) {
    return element >= topology->asset_count &&
           topology->links[element - topology->asset_count].kind == TOC_LINK_ROAD;
}

/* Where the roads end on the way to the element; none where it cannot be said. */
static uint32_t find_goals(const toc_world *world, uint32_t element, int64_t speed,
                           struct road_goal *goals) {
    const toc_topology *topology = world->topology;
    if (is_road(topology, element)) {
        const toc_link *link = &topology->links[element - topology->asset_count];
        goals[0] = (struct road_goal){toc_road_node(world, link->from), 0};
        goals[1] = (struct road_goal){toc_road_node(world, link->to), 0};
        return 2;
    }
    struct spot_m spot = place_of(world, element);
    uint32_t node =
        element < topology->asset_count ? toc_road_node(world, element) : TOC_INDEX_NONE;
    if (node != TOC_INDEX_NONE) {
        goals[0] = (struct road_goal){node, 0};
        return 1;
    }
    node = spot.known ? toc_road_nearest(world, spot.x, spot.y) : TOC_INDEX_NONE;
    if (node == TOC_INDEX_NONE) {
        return 0;
    }
    goals[0] = (struct road_goal){node, straight_time(place_of_node(world, node), spot, speed)};
    return 1;
}

/* Who stands in the middle of a road goes on, or back where that is allowed. */
static uint32_t find_starts(const toc_world *world, const struct party *party,
                            struct start *starts) {
    if (party->heading != TOC_INDEX_NONE) {
        uint32_t count = 1;
        starts[0] = (struct start){party->heading, party->leg_takes - party->leg_passed};
        if (toc_road_has_way(world, party->heading, party->at)) {
            starts[count++] = (struct start){party->at, party->leg_passed};
        }
        return count;
    }
    if (party->at != TOC_INDEX_NONE) {
        starts[0] = (struct start){party->at, 0};
        return 1;
    }
    uint32_t node =
        party->placed ? toc_road_nearest(world, party->x_m, party->y_m) : TOC_INDEX_NONE;
    if (node == TOC_INDEX_NONE) {
        return 0;
    }
    starts[0] =
        (struct start){node, straight_time(place_of_party(party), place_of_node(world, node),
                                           speed_of(world, party))};
    return 1;
}

/* False where no open road leads there. */
static bool find_plan(const toc_world *world, const struct party *party, uint32_t element,
                      struct plan *out) {
    struct road_goal goals[2];
    struct start starts[2];
    int64_t speed = speed_of(world, party);
    uint32_t goal_count = 0, start_count = 0;
    struct plan plan = {straight_time(place_of_party(party), place_of(world, element), speed),
                        true,
                        {TOC_INDEX_NONE, 0}};
    if (toc_road_is_known(world)) {
        goal_count = find_goals(world, element, speed, goals);
        start_count = find_starts(world, party, starts);
    }
    if (goal_count == 0 || start_count == 0) {
        *out = plan;
        return true;
    }
    toc_road_seek(world, goals, goal_count, speed);
    if (party->at != TOC_INDEX_NONE || goals[0].node != starts[0].node || goals[0].rest == 0) {
        plan = (struct plan){TOC_NEVER, false, {TOC_INDEX_NONE, 0}};
    }
    for (uint32_t i = 0; i < start_count; i++) {
        toc_time rest = toc_road_time(world, starts[i].node);
        if (rest != TOC_NEVER && starts[i].takes + rest < plan.takes) {
            plan = (struct plan){starts[i].takes + rest, false, starts[i]};
        }
    }
    *out = plan;
    return plan.takes != TOC_NEVER;
}

toc_time toc_travel_time(const toc_world *world, uint32_t party, uint32_t element) {
    struct plan plan;
    return find_plan(world, &world->parties[party], element, &plan) ? plan.takes : TOC_NEVER;
}

static void begin_leg(struct party *party, uint32_t to, toc_time takes) {
    party->leg_to = to;
    party->leg_takes = takes;
    party->leg_passed = 0;
}

/* On along the road that it is on, or back to where it came from. */
static toc_time resume(struct party *party, uint32_t node, uint32_t asset) {
    if (node == party->at) {
        party->at = party->heading;
        party->heading = node;
        party->leg_passed = party->leg_takes - party->leg_passed;
    }
    party->leg_to = asset;
    return party->leg_takes - party->leg_passed;
}

/* Keeps the way of the search that is just done, from the node on. */
static void keep_route(const toc_world *world, struct party *party, uint32_t node, uint32_t element,
                       toc_time left) {
    struct itinerary *route = &party->route;
    route->hops.count = 0;
    route->at = 0;
    route->element = element;
    route->version = toc_road_version(world);
    route->left = left;
    for (; toc_road_next(world, node) != TOC_INDEX_NONE; node = toc_road_next(world, node)) {
        *(struct hop *)toc_list_add(&route->hops, sizeof(struct hop)) =
            (struct hop){toc_road_next(world, node), toc_road_step(world, node)};
    }
}

static bool has_route(const toc_world *world, const struct party *party, uint32_t element) {
    return toc_road_is_known(world) && party->route.element == element &&
           party->route.version == toc_road_version(world) && party->at != TOC_INDEX_NONE &&
           party->heading == TOC_INDEX_NONE;
}

/* From the node where it stands; gives how long the leg takes. */
static toc_time follow(const toc_world *world, struct party *party, uint32_t element) {
    struct itinerary *route = &party->route;
    if (route->at == route->hops.count) {
        begin_leg(party, element, route->left);
        return route->left;
    }
    const struct hop *hop = TOC_LIST_AT(struct hop, &route->hops, route->at++);
    party->heading = hop->node;
    route->left -= hop->takes;
    begin_leg(party, toc_road_asset(world, hop->node), hop->takes);
    return hop->takes;
}

bool toc_travel_go(toc_world *world, uint32_t index, uint32_t element, toc_time *out_leg,
                   toc_time *out_way) {
    struct party *party = &world->parties[index];
    struct plan plan;
    party->leg_began = toc_calendar_now(world->calendar);
    if (has_route(world, party, element)) {
        *out_way = party->route.left;
        *out_leg = follow(world, party, element);
        return true;
    }
    if (!find_plan(world, party, element, &plan)) {
        return false;
    }
    uint32_t node = plan.start.node;
    *out_way = *out_leg = plan.takes;
    if (plan.straight) {
        begin_leg(party, element, plan.takes);
        return true;
    }
    keep_route(world, party, node, element, plan.takes - plan.start.takes);
    if (party->heading != TOC_INDEX_NONE) {
        *out_leg = resume(party, node, toc_road_asset(world, node));
        party->leg_began -= party->leg_passed;
    } else if (plan.start.takes > 0) {
        *out_leg = plan.start.takes;
        begin_leg(party, toc_road_asset(world, node), plan.start.takes);
    } else {
        party->at = node;
        *out_leg = follow(world, party, element);
    }
    return true;
}

static void stand_at(const toc_world *world, struct party *party, uint32_t element) {
    struct spot_m spot = place_of(world, element);
    if (spot.known) {
        party->x_m = spot.x;
        party->y_m = spot.y;
        party->placed = true;
    }
}

bool toc_travel_arrive(toc_world *world, uint32_t index, uint32_t element) {
    struct party *party = &world->parties[index];
    uint32_t to = party->leg_to, heading = party->heading;
    bool has_roads = toc_road_is_known(world);
    struct plan plan;
    party->leg_to = TOC_INDEX_NONE;
    party->heading = TOC_INDEX_NONE;
    if (!has_roads || !is_road(world->topology, to)) {
        stand_at(world, party, to);
        party->at = heading;
        if (has_roads && heading == TOC_INDEX_NONE && to < world->topology->asset_count) {
            party->at = toc_road_node(world, to);
        }
    }
    if (to == element) {
        party->route.element = TOC_INDEX_NONE;
        return true;
    }
    if (has_route(world, party, element)) {
        return party->route.left == 0;
    }
    return find_plan(world, party, element, &plan) && plan.takes == 0;
}

/* Part of the way in a straight line, `passed` out of `takes`. */
static struct spot_m between(struct spot_m from, struct spot_m to, toc_time passed,
                             toc_time takes) {
    if (!from.known || !to.known || passed >= takes) {
        return to.known ? to : from;
    }
    return (struct spot_m){from.x + (int32_t)((wide)(to.x - from.x) * passed / takes),
                           from.y + (int32_t)((wide)(to.y - from.y) * passed / takes), true};
}

/* On a leg, that is: the beginning of a road is where its node is. */
static struct spot_m place_on_leg(const toc_world *world, const struct party *party) {
    toc_time passed = toc_calendar_now(world->calendar) - party->leg_began;
    if (party->heading != TOC_INDEX_NONE) {
        return between(place_of_node(world, party->at), place_of_node(world, party->heading),
                       passed, party->leg_takes);
    }
    return between(place_of_party(party), place_of(world, party->leg_to), passed, party->leg_takes);
}

bool toc_travel_place(const toc_world *world, uint32_t index, int32_t *out_x_m, int32_t *out_y_m) {
    const struct party *party = &world->parties[index];
    struct spot_m spot =
        party->leg_to == TOC_INDEX_NONE ? place_of_party(party) : place_on_leg(world, party);
    *out_x_m = spot.x;
    *out_y_m = spot.y;
    return spot.known;
}

void toc_travel_halt(toc_world *world, uint32_t index) {
    struct party *party = &world->parties[index];
    struct spot_m spot = place_on_leg(world, party);
    if (party->heading != TOC_INDEX_NONE) {
        party->leg_passed = toc_calendar_now(world->calendar) - party->leg_began;
    } else if (party->leg_takes > 0) {
        party->at = TOC_INDEX_NONE;
    }
    party->leg_to = TOC_INDEX_NONE;
    if (spot.known) {
        party->x_m = spot.x;
        party->y_m = spot.y;
        party->placed = true;
    }
}

/* The node that it comes to next, or stands at; who stands off the roads goes to the nearest. */
static uint32_t next_node(const toc_world *world, const struct party *party) {
    if (party->heading != TOC_INDEX_NONE) {
        return party->heading;
    }
    if (party->leg_to != TOC_INDEX_NONE) {
        return party->leg_to < world->topology->asset_count ? toc_road_node(world, party->leg_to)
                                                            : party->at;
    }
    return party->at == TOC_INDEX_NONE && party->placed
               ? toc_road_nearest(world, party->x_m, party->y_m)
               : party->at;
}

uint32_t toc_travel_way(const toc_world *world, uint32_t index, uint32_t element,
                        uint32_t *out_assets, uint32_t most) {
    const struct party *party = &world->parties[index];
    struct road_goal goals[2];
    uint32_t count = 0, goal_count = 0, node = TOC_INDEX_NONE;
    int64_t speed = speed_of(world, party);
    if (toc_road_is_known(world)) {
        goal_count = find_goals(world, element, speed, goals);
        node = next_node(world, party);
    }
    if (goal_count == 0 || node == TOC_INDEX_NONE) {
        return 0;
    }
    toc_road_seek(world, goals, goal_count, speed);
    for (; node != TOC_INDEX_NONE; node = toc_road_next(world, node)) {
        if (node != party->at) {
            if (count < most) {
                out_assets[count] = toc_road_asset(world, node);
            }
            count++;
        }
    }
    return count;
}
