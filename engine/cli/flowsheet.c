#include "cli/flowsheet.h"

#include "cli/journey.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* So many rows of a table are read by people; documents for machines hold all. */
enum { MOST_ROWS = 40, MOST_ISLANDS = 12 };

static const char *element_id(const toc_flowed *flowed, uint32_t element) {
    return toc_topology_element_id(flowed->topology, element);
}

static const char *s(uint64_t count) {
    return count == 1 ? "" : "s";
}

static const char *shown(const char *text) {
    return text[0] == '\0' ? "-" : text;
}

static void print_head(const toc_flowed *flowed, const toc_aftermath_facts *facts) {
    char name[160], when[64];
    const toc_aftermath_wish *wish = flowed->wish;
    (void)printf("%s", toc_problems_show(flowed->topology->name[0] != '\0' ? flowed->topology->name
                                                                           : flowed->file,
                                         name, sizeof name));
    for (size_t i = 0; i < wish->out_count && i < MOST_ISLANDS; i++) {
        (void)printf("%s %s", i == 0 ? ":" : ",", element_id(flowed, wish->out[i]));
    }
    if (wish->out_count > MOST_ISLANDS) {
        (void)printf(" and %zu more", wish->out_count - MOST_ISLANDS);
    }
    (void)toc_time_print(wish->until, when, sizeof when);
    (void)printf("%s, at %s%s%s\n", wish->out_count == 0 ? " at rest" : " out", when,
                 facts->has_grid ? ", rule " : "", facts->has_grid ? facts->rule : "");
    if (facts->has_grid) {
        (void)printf("%" PRIu32 " island%s, %.3f MW of load lost, %" PRIu32 " line%s tripped in "
                     "%" PRIu32 " round%s\n",
                     facts->islands, s(facts->islands), facts->lost_mw, facts->trips,
                     s(facts->trips), facts->rounds, s(facts->rounds));
    }
}

static void print_services(const toc_flowed *flowed) {
    const toc_topology *topology = flowed->topology;
    for (uint32_t i = 0; i < topology->service_count; i++) {
        const toc_service *service = &topology->services[i];
        toc_aftermath_service figures = toc_aftermath_service_of(flowed->aftermath, i);
        double base = (double)service->unit->base;
        if (i == 0) {
            (void)printf("\n%-14s %-14s %14s %14s %-9s %7s %15s\n", "service", "operator", "asked",
                         "given", "unit", "level", "people without");
        }
        (void)printf("%-14s %-14s %14.3f %14.3f %-9s %5.1f %% %15" PRId64 "\n", service->id,
                     shown(toc_topology_operator_id(topology, service->operator_index)),
                     (double)figures.demand / base, (double)figures.supply / base,
                     service->unit->name, (double)figures.level_ppm / 1e4, figures.people_out);
    }
}

/* Lines are told by their relays and limits; that an open one is off goes without saying. */
static bool is_worth_telling(const toc_flowed *flowed, const toc_aftermath_event *event) {
    bool is_link_state =
        event->kind == TOC_AFTERMATH_OPERATION && event->subject >= flowed->topology->asset_count;
    bool is_relief = event->kind == TOC_AFTERMATH_OVERLOAD && event->value == 0;
    return !is_link_state && !is_relief;
}

static void print_event(const toc_flowed *flowed, const toc_aftermath_event *event) {
    bool is_link = event->kind == TOC_AFTERMATH_TRIP || event->kind == TOC_AFTERMATH_OVERLOAD;
    uint32_t element = event->subject + (is_link ? flowed->topology->asset_count : 0);
    char when[64];
    (void)toc_time_print(event->at, when, sizeof when);
    (void)printf("%-22s ", when);
    if (event->kind == TOC_AFTERMATH_LEVEL) {
        (void)printf("%s is at %.1f %%\n", flowed->topology->services[event->subject].id,
                     (double)event->value / 1e4);
    } else if (event->kind == TOC_AFTERMATH_TANK) {
        (void)printf("%s is %s\n", flowed->topology->assets[event->subject].id,
                     strcmp(event->state, "between") == 0 ? "neither empty nor full"
                                                          : event->state);
    } else {
        (void)printf("%s %s\n", element_id(flowed, element),
                     event->kind == TOC_AFTERMATH_TRIP        ? "is opened by its relay"
                     : event->kind == TOC_AFTERMATH_OPERATION ? event->state
                                                              : "carries more than its limit");
    }
}

/* Trips are always told; of the rest as much as a screen holds. */
static void print_events(const toc_flowed *flowed) {
    uint32_t count = toc_aftermath_event_count(flowed->aftermath), told = 0, left = 0;
    for (uint32_t i = 0; i < count; i++) {
        toc_aftermath_event event = toc_aftermath_event_at(flowed->aftermath, i);
        if (!is_worth_telling(flowed, &event)) {
            continue;
        }
        if (event.kind != TOC_AFTERMATH_TRIP && told >= MOST_ROWS) {
            left++;
            continue;
        }
        (void)printf("%s", told++ == 0 ? "\nwhat happens\n" : "");
        print_event(flowed, &event);
    }
    if (left > 0) {
        (void)printf("and %" PRIu32 " more; --json has them all\n", left);
    }
}

static void print_crowded_out(const toc_flowed *flowed) {
    for (uint32_t i = 0, told = 0; i < flowed->topology->asset_count; i++) {
        if (toc_aftermath_asset_of(flowed->aftermath, i).is_crowded_out) {
            (void)printf("%s%s finds no room where it could go\n", told++ == 0 ? "\n" : "",
                         flowed->topology->assets[i].id);
        }
    }
}

static void print_islands(const toc_flowed *flowed, uint32_t count) {
    if (count < 2) {
        return;
    }
    (void)printf("\n%-8s %-16s %8s %14s %14s %14s\n", "island", "with", "buses", "asked MW",
                 "given MW", "output MW");
    for (uint32_t i = 0; i < count && i < MOST_ISLANDS; i++) {
        toc_aftermath_island island = toc_aftermath_island_of(flowed->aftermath, i);
        (void)printf("%-8" PRIu32 " %-16s %8" PRIu32 " %14.3f %14.3f %14.3f%s\n", i,
                     flowed->topology->assets[island.first_bus].id, island.buses, island.asks_mw,
                     island.gets_mw, island.output_mw, island.is_lit ? "" : "  dark");
    }
    if (count > MOST_ISLANDS) {
        (void)printf("and %" PRIu32 " more\n", count - MOST_ISLANDS);
    }
}

/* Above all that an outage changed, then what is most loaded; -1 for what is no line. */
static double weight_of(const toc_aftermath_link *link) {
    double flow = link->flow_mw < 0 ? -link->flow_mw : link->flow_mw;
    if (!link->is_line) {
        return -1;
    }
    if (strcmp(link->operation, "on") != 0) {
        return 1e15;
    }
    return link->rating_w > 0 ? 1e9 * flow / ((double)link->rating_w / 1e6) : flow;
}

static void print_line(const toc_flowed *flowed, uint32_t number, const toc_aftermath_link *link) {
    const toc_topology *topology = flowed->topology;
    const toc_link *line = &topology->links[number];
    char limit[32] = "-", load[32] = "-", when[64] = "";
    double flow = link->flow_mw < 0 ? -link->flow_mw : link->flow_mw;
    if (link->rating_w > 0) {
        (void)snprintf(limit, sizeof limit, "%.1f", (double)link->rating_w / 1e6);
        (void)snprintf(load, sizeof load, "%.1f %%", 1e8 * flow / (double)link->rating_w);
    }
    if (link->tripped_at != TOC_NEVER) {
        (void)toc_time_print(link->tripped_at, when, sizeof when);
    }
    bool is_open = strcmp(link->operation, "on") != 0;
    (void)printf("%-14s %-14s %-14s %12.3f %12.3f %10s %9s%s%s%s\n", line->id,
                 topology->assets[line->from].id, topology->assets[line->to].id, link->flow_mw,
                 link->rest_mw, limit, load, is_open ? "  open" : "",
                 when[0] != '\0' ? ", tripped at " : "", when);
}

/* The next line in order of weight, then of number, after the one given. */
static uint32_t heaviest_after(const toc_flowed *flowed, double weight, uint32_t number) {
    uint32_t best = TOC_INDEX_NONE;
    double best_weight = 0;
    for (uint32_t i = 0; i < flowed->topology->link_count; i++) {
        toc_aftermath_link link = toc_aftermath_link_of(flowed->aftermath, i);
        double own = weight_of(&link);
        bool is_later = own < weight || (!(own > weight) && i > number);
        if (own >= 0 && is_later && (best == TOC_INDEX_NONE || own > best_weight)) {
            best = i;
            best_weight = own;
        }
    }
    return best;
}

static void print_lines(const toc_flowed *flowed) {
    uint32_t lines = 0, number = 0;
    double weight = 1e16;
    for (uint32_t i = 0; i < flowed->topology->link_count; i++) {
        lines += toc_aftermath_link_of(flowed->aftermath, i).is_line ? 1 : 0;
    }
    if (lines == 0) {
        return;
    }
    (void)printf("\n%-14s %-14s %-14s %12s %12s %10s %9s\n", "line", "from", "to", "MW",
                 "at rest MW", "limit MW", "load");
    for (uint32_t i = 0, told = 0; told < lines && told < MOST_ROWS; i++) {
        number = lines <= MOST_ROWS ? i : heaviest_after(flowed, weight, number);
        toc_aftermath_link link = toc_aftermath_link_of(flowed->aftermath, number);
        weight = weight_of(&link);
        if (link.is_line) {
            print_line(flowed, number, &link);
            told++;
        }
    }
    if (lines > MOST_ROWS) {
        (void)printf("and %" PRIu32 " more that carry less of their limit; --json has them all\n",
                     lines - MOST_ROWS);
    }
}

static void print_buses(const toc_flowed *flowed) {
    uint32_t told = 0, left = 0;
    for (uint32_t i = 0; i < flowed->topology->asset_count; i++) {
        toc_aftermath_asset bus = toc_aftermath_asset_of(flowed->aftermath, i);
        char angle[32] = "dark";
        if (!bus.is_bus || told >= MOST_ROWS) {
            left += bus.is_bus ? 1 : 0;
            continue;
        }
        if (bus.is_lit) {
            (void)snprintf(angle, sizeof angle, "%.4f", bus.angle_deg);
        }
        if (told++ == 0) {
            (void)printf("\n%-14s %12s %14s %14s\n", "bus", "angle deg", "asked MW", "given MW");
        }
        (void)printf("%-14s %12s %14.3f %14.3f\n", flowed->topology->assets[i].id, angle,
                     bus.asks_mw, bus.gets_mw);
    }
    if (left > 0) {
        (void)printf("and %" PRIu32 " more; --json has them all\n", left);
    }
}

static bool is_link_worth(const toc_aftermath_link *link, uint32_t commodity) {
    return link->commodity == commodity && (link->carried != 0 || link->rest_carried != 0);
}

static void print_pipe(const toc_flowed *flowed, uint32_t number, const toc_aftermath_link *link) {
    const toc_topology *topology = flowed->topology;
    const toc_link *pipe = &topology->links[number];
    double base = (double)topology->commodities[link->commodity].unit->base;
    char most[32] = "-";
    if (pipe->rating > 0) {
        (void)snprintf(most, sizeof most, "%.3f", (double)pipe->rating / base);
    }
    (void)printf("%-14s %-14s %-14s %12.3f %12.3f %12s%s\n", pipe->id,
                 topology->assets[pipe->from].id, topology->assets[pipe->to].id,
                 (double)link->carried / base, (double)link->rest_carried / base, most,
                 strcmp(link->operation, "on") != 0 ? "  closed" : "");
}

/* What each commodity's links carry; those that never carried anything go without saying. */
static void print_pipes(const toc_flowed *flowed, uint32_t commodity) {
    const toc_topology *topology = flowed->topology;
    uint32_t told = 0, left = 0;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        toc_aftermath_link link = toc_aftermath_link_of(flowed->aftermath, i);
        if (!is_link_worth(&link, commodity) || told >= MOST_ROWS) {
            left += is_link_worth(&link, commodity) ? 1 : 0;
            continue;
        }
        if (told++ == 0) {
            (void)printf("\n%-14s %-14s %-14s %12s %12s %12s  %s\n",
                         topology->commodities[commodity].service, "from", "to", "carries",
                         "at rest", "at most", topology->commodities[commodity].unit->name);
        }
        print_pipe(flowed, i, &link);
    }
    if (left > 0) {
        (void)printf("and %" PRIu32 " more; --json has them all\n", left);
    }
}

static const char *tank_state(const toc_aftermath_tank *tank) {
    bool is_between = strcmp(tank->phase, "between") == 0;
    return !is_between        ? tank->phase
           : tank->inflow > 0 ? "filling"
           : tank->inflow < 0 ? "draining"
                              : "steady";
}

static void print_tanks(const toc_flowed *flowed) {
    const toc_topology *topology = flowed->topology;
    for (uint32_t i = 0; i < topology->tank_count && i < MOST_ROWS; i++) {
        toc_aftermath_tank tank = toc_aftermath_tank_of(flowed->aftermath, i);
        if (i == 0) {
            (void)printf("\n%-14s %-14s %10s %10s %10s %12s %12s  %s\n", "tank", "of", "level m",
                         "at rest m", "height m", "comes m3/h", "spilt m3", "state");
        }
        (void)printf("%-14s %-14s %10.3f %10.3f %10.3f %12.3f %12.3f  %s\n",
                     topology->assets[topology->tanks[i].asset].id,
                     topology->commodities[topology->tanks[i].commodity].service,
                     tank.level_mm / 1e3, tank.rest_level_mm / 1e3,
                     topology->tanks[i].height_mm / 1e3, (double)tank.inflow / 24e6,
                     (double)tank.spilt_ml / 1e6, tank_state(&tank));
    }
    if (topology->tank_count > MOST_ROWS) {
        (void)printf("and %" PRIu32 " more; --json has them all\n",
                     topology->tank_count - MOST_ROWS);
    }
}

void toc_flowsheet_print(const toc_flowed *flowed) {
    toc_aftermath_facts facts = toc_aftermath_facts_of(flowed->aftermath);
    print_head(flowed, &facts);
    print_services(flowed);
    print_events(flowed);
    print_crowded_out(flowed);
    if (facts.has_grid) {
        print_islands(flowed, facts.islands);
        print_lines(flowed);
        print_buses(flowed);
    }
    for (uint32_t i = 0; i < flowed->topology->commodity_count; i++) {
        print_pipes(flowed, i);
    }
    print_tanks(flowed);
    if (flowed->to != TOC_INDEX_NONE) {
        toc_journey_print(flowed, flowed->to);
    }
}
