#include "drill/basin.h"

#include "drill/observation.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "model/belief.h"
#include "model/reading.h"
#include "model/tank.h"

/* The operator sees what its screen shows: nothing of a tank out of sight, nor of one whose report
   lies. */
static bool is_seen(const toc_drill *drill, uint32_t owner, uint32_t tank) {
    return owner != TOC_INDEX_NONE && !toc_reading_seen(drill->world, owner, tank).stale &&
           toc_reading_falsehood(drill->world, tank, TOC_READ_ON_SCREEN) == TOC_READ_TRULY;
}

static void on_tank(toc_drill *drill, const toc_change *change) {
    static const char *const alarms[] = {"tank-empty", "", "tank-full", "tank-overflowing"};
    const toc_asset *asset = &drill->topology->assets[change->subject];
    uint32_t tank = toc_tank_find(drill->world, change->subject);
    toc_tank_figures figures = toc_tank_read(drill->world, tank);
    toc_tank_phase phase = (toc_tank_phase)change->after;
    toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                   .kind = TOC_OBSERVED_ALARM,
                                   .subject = asset->id,
                                   .actor = "",
                                   .verb = alarms[phase],
                                   .text = toc_belief_source_name(TOC_SEEN_BY_TELEMETRY),
                                   .before = change->before,
                                   .after = change->after};
    toc_trace_put(drill, TOC_TRACE_TANK, asset->id, "", toc_tank_phase_name(phase), "",
                  figures.spilt_ml, figures.volume_ml);
    if (alarms[phase][0] != '\0' && is_seen(drill, asset->operator_index, tank)) {
        toc_observation_add_team(
            drill, toc_topology_operator_id(drill->topology, asset->operator_index), &observation);
    }
}

static void on_switched(toc_drill *drill, const toc_change *change) {
    const toc_topology *topology = drill->topology;
    const toc_control *control = &topology->controls[change->other];
    toc_trace_put(drill, TOC_TRACE_SWITCHED, toc_topology_element_id(topology, change->subject),
                  control->by == TOC_INDEX_NONE ? "" : topology->assets[control->by].id,
                  change->after != 0 ? "on" : "off",
                  control->sees == TOC_INDEX_NONE
                      ? ""
                      : topology->assets[topology->tanks[control->sees].asset].id,
                  change->before, change->after);
}

static void on_reading(toc_drill *drill, const toc_change *change) {
    toc_trace_put(
        drill, TOC_TRACE_READING, toc_topology_element_id(drill->topology, change->subject),
        drill->actor, toc_reading_falsehood_name((toc_falsehood)change->after),
        change->other == TOC_READ_ON_SCREEN ? "screen" : "controls", change->before, change->after);
}

void toc_basin_on_change(toc_drill *drill, const toc_change *change) {
    if (change->kind == TOC_CHANGE_TANK) {
        on_tank(drill, change);
    } else if (change->kind == TOC_CHANGE_SWITCHED) {
        on_switched(drill, change);
    } else {
        on_reading(drill, change);
    }
}

bool toc_basin_see(const toc_drill *drill, uint32_t seat, uint32_t element,
                   toc_basin_sight *out_sight) {
    uint32_t tank = element < drill->topology->asset_count ? toc_tank_find(drill->world, element)
                                                           : TOC_INDEX_NONE;
    if (tank == TOC_INDEX_NONE) {
        return false;
    }
    const toc_team_card *card = toc_team_card_of(drill, toc_seat_team(drill, seat), element);
    toc_reading reading = toc_reading_seen(drill->world, toc_seat_operator(drill, seat), tank);
    *out_sight = (toc_basin_sight){.is_shown = reading.known,
                                   .shown_mm = reading.level_mm,
                                   .shown_at = reading.seen_at,
                                   .trend_mm = reading.trend_mm};
    if (card != NULL && card->measured_at != TOC_NEVER) {
        out_sight->is_measured = true;
        out_sight->measured_mm = card->measured_mm;
        out_sight->measured_at = card->measured_at;
    }
    return true;
}
