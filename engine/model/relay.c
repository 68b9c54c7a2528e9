#include "model/relay.h"

/* Half the rating for fifteen seconds. */
static const int64_t heat_per_milli = 15 * TOC_SECOND / 2;

static toc_power_wide limit(const struct power_line *line) {
    return (toc_power_wide)line->rating_milli * heat_per_milli;
}

void toc_relay_advance(struct power *power, toc_time now) {
    toc_time passed = now - power->relays_at;
    power->relays_at = now;
    for (uint32_t i = 0; i < power->line_count; i++) {
        struct power_line *line = &power->lines[i];
        if (line->rating_milli > 0 && passed > 0) {
            line->heat += (toc_power_wide)(line->loading_milli - line->rating_milli) * passed;
            line->heat = line->heat < 0 ? 0 : line->heat;
        }
    }
}

bool toc_relay_is_due(const struct power_line *line) {
    return line->rating_milli > 0 && line->loading_milli > line->rating_milli &&
           line->heat >= limit(line);
}

toc_time toc_relay_next(const struct power *power) {
    toc_time next = TOC_NEVER;
    for (uint32_t i = 0; i < power->line_count; i++) {
        const struct power_line *line = &power->lines[i];
        int64_t above = line->loading_milli - line->rating_milli;
        toc_power_wide after;
        if (line->rating_milli == 0 || above <= 0) {
            continue;
        }
        after = (limit(line) - line->heat + above - 1) / above; /* never too early */
        if (after < TOC_NEVER - power->relays_at && power->relays_at + (toc_time)after < next) {
            next = power->relays_at + (toc_time)after;
        }
    }
    return next;
}
