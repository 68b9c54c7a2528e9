#include "model/dispatch.h"

#include <string.h>

/* value x part / whole, rounded down; whole is not 0. */
static int64_t scaled(int64_t value, int64_t part, int64_t whole) {
    return (int64_t)((toc_power_wide)value * part / whole);
}

/* What the unit could give more; one that is scheduled above its most has nothing left. */
static int64_t room_of(const struct power_unit *unit) {
    return unit->most_milli > unit->output_milli ? unit->most_milli - unit->output_milli : 0;
}

/* A unit that gives nothing by its rule is no source: two islands that are joined would otherwise
   be darker than before. */
static bool can_give(const struct power *power, const struct power_unit *unit) {
    switch (power->rules.dispatch) {
    case TOC_DISPATCH_SCALE:
        return unit->online && unit->scheduled_milli > 0;
    case TOC_DISPATCH_HEADROOM:
        return unit->online && (unit->scheduled_milli > 0 || unit->most_milli > 0);
    case TOC_DISPATCH_SLACK:
    case TOC_DISPATCH_RULES:
        break;
    }
    return unit->online;
}

static struct power_island *island_of(struct power *power, uint32_t bus) {
    uint32_t island = power->island_of[bus];
    return island == UINT32_MAX ? NULL : &power->islands[island];
}

void toc_dispatch_survey(struct power *power) {
    memset(power->islands, 0, power->bus_count * sizeof *power->islands);
    for (uint32_t i = 0; i < power->bus_count; i++) {
        struct power_island *island = island_of(power, i);
        if (island != NULL) {
            island->load_milli += power->buses[i].drawn_milli;
            if (power->buses[i].reference && !island->marked) {
                island->reference = i;
                island->marked = true;
            }
        }
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        const struct power_unit *unit = &power->units[i];
        struct power_island *island = island_of(power, unit->bus);
        if (!can_give(power, unit) || island == NULL) {
            continue;
        }
        if (!island->sourced && !island->marked) {
            island->reference = unit->bus;
        }
        island->sourced = true;
        island->output_milli += unit->output_milli;
        island->room_milli += room_of(unit);
    }
    for (uint32_t i = 0; i < power->bus_count; i++) {
        if (power->buses[i].blamed && island_of(power, i) != NULL) {
            island_of(power, i)->sourced = false;
        }
    }
}

static void change_units(struct power *power) {
    for (uint32_t i = 0; i < power->unit_count; i++) {
        struct power_unit *unit = &power->units[i];
        const struct power_island *island = island_of(power, unit->bus);
        int64_t missing, room;
        if (!can_give(power, unit) || island == NULL || !island->sourced) {
            unit->output_milli = 0;
            continue;
        }
        missing = island->load_milli - island->output_milli;
        room = island->room_milli;
        if (missing < 0) {
            unit->output_milli =
                scaled(unit->output_milli, island->load_milli, island->output_milli);
        } else if (missing > 0 && room > 0 && power->rules.dispatch == TOC_DISPATCH_HEADROOM) {
            unit->output_milli += scaled(room_of(unit), missing < room ? missing : room, room);
        }
    }
}

static void change_loads(struct power *power) {
    for (uint32_t i = 0; i < power->bus_count; i++) {
        struct power_bus *bus = &power->buses[i];
        const struct power_island *island = island_of(power, i);
        int64_t can;
        if (island == NULL || !island->sourced) {
            bus->drawn_milli = 0;
            continue;
        }
        can = island->output_milli;
        if (power->rules.dispatch == TOC_DISPATCH_HEADROOM) {
            can += island->room_milli;
        }
        if (island->load_milli > can) {
            bus->drawn_milli = scaled(bus->drawn_milli, can, island->load_milli);
        }
    }
}

/* Without a dispatch rule an island with a source gets all that it asks. */
static void drop_sourceless(struct power *power) {
    for (uint32_t i = 0; i < power->bus_count; i++) {
        const struct power_island *island = island_of(power, i);
        if (island == NULL || !island->sourced) {
            power->buses[i].drawn_milli = 0;
        }
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        const struct power_island *island = island_of(power, power->units[i].bus);
        if (!can_give(power, &power->units[i]) || island == NULL || !island->sourced) {
            power->units[i].output_milli = 0;
        }
    }
}

void toc_dispatch_balance(struct power *power) {
    if (power->rules.dispatch == TOC_DISPATCH_SLACK) {
        drop_sourceless(power);
    } else {
        change_units(power);
        change_loads(power);
    }
}
