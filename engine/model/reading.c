#include "model/reading.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/control.h"
#include "model/sight.h"
#include "model/tank.h"
#include "model/world_state.h"

#include <string.h>

__extension__ typedef __int128 wide;

struct lie {
    toc_falsehood falsehood;
    int32_t level_mm;
};

struct report {
    struct lie lies[TOC_READERS];
    bool lost; /* the operator does not see it */
    int32_t shown_mm;
    toc_time shown_at; /* when it was last seen */
};

static const struct report *report_of(const toc_world *world, uint32_t tank) {
    TOC_ASSERT(world->reports != NULL && tank < world->topology->tank_count);
    return &world->reports[tank];
}

int32_t toc_reading_level_mm(const toc_world *world, uint32_t tank, toc_reader reader) {
    const struct lie *lie = &report_of(world, tank)->lies[reader];
    int64_t level_mm = toc_tank_read(world, tank).level_mm;
    switch (lie->falsehood) {
    case TOC_READ_OFFSET:
        level_mm += lie->level_mm;
        break;
    case TOC_READ_CONSTANT:
    case TOC_READ_FROZEN:
        level_mm = lie->level_mm;
        break;
    case TOC_READ_TRULY:
    case TOC_FALSEHOODS:
        break;
    }
    return level_mm < 0 ? 0 : level_mm > INT32_MAX ? INT32_MAX : (int32_t)level_mm;
}

bool toc_reading_mark(const toc_world *world, uint32_t tank, toc_reader reader, int64_t level_mm,
                      int64_t *out_true_mm) {
    const struct lie *lie = &report_of(world, tank)->lies[reader];
    if (lie->falsehood == TOC_READ_TRULY || lie->falsehood == TOC_READ_OFFSET) {
        *out_true_mm = level_mm - (lie->falsehood == TOC_READ_OFFSET ? lie->level_mm : 0);
        return true;
    }
    return false;
}

void toc_reading_falsify(toc_world *world, uint32_t tank, toc_reader reader,
                         toc_falsehood falsehood, int32_t level_mm) {
    struct lie *lie = &world->reports[tank].lies[reader];
    toc_falsehood before = report_of(world, tank)->lies[reader].falsehood;
    TOC_ASSERT(reader < TOC_READERS && falsehood < TOC_FALSEHOODS);
    if (falsehood == TOC_READ_FROZEN) {
        level_mm = toc_reading_level_mm(world, tank, reader);
    }
    *lie = (struct lie){falsehood, falsehood == TOC_READ_TRULY ? 0 : level_mm};
    toc_world_tell(world, (toc_change){TOC_CHANGE_READING, world->topology->tanks[tank].asset,
                                       reader, before, falsehood});
    if (reader == TOC_READ_BY_CONTROLS) {
        toc_control_look(world);
        toc_tank_schedule(world, tank);
    }
}

toc_falsehood toc_reading_falsehood(const toc_world *world, uint32_t tank, toc_reader reader) {
    return report_of(world, tank)->lies[reader].falsehood;
}

/* A report that always tells the same neither rises nor falls. */
static int64_t shown_trend(const toc_world *world, uint32_t tank) {
    const toc_tank *facts = &world->topology->tanks[tank];
    toc_falsehood falsehood = report_of(world, tank)->lies[TOC_READ_ON_SCREEN].falsehood;
    if (falsehood == TOC_READ_CONSTANT || falsehood == TOC_READ_FROZEN || facts->volume == 0) {
        return 0;
    }
    return (int64_t)((wide)toc_tank_read(world, tank).inflow * facts->height_mm / facts->volume);
}

toc_reading toc_reading_seen(const toc_world *world, uint32_t operator_index, uint32_t tank) {
    const struct report *report = report_of(world, tank);
    const toc_asset *asset = &world->topology->assets[world->topology->tanks[tank].asset];
    if (operator_index == TOC_INDEX_NONE || asset->operator_index != operator_index) {
        return (toc_reading){0};
    }
    if (report->lost) {
        return (toc_reading){true, true, report->shown_at, report->shown_mm, 0};
    }
    return (toc_reading){true, false, toc_calendar_now(world->calendar),
                         toc_reading_level_mm(world, tank, TOC_READ_ON_SCREEN),
                         shown_trend(world, tank)};
}

void toc_reading_sight_changed(toc_world *world, uint32_t asset) {
    uint32_t tank = world->reports == NULL ? TOC_INDEX_NONE : toc_tank_find(world, asset);
    struct report *report;
    bool lost;
    if (tank == TOC_INDEX_NONE) {
        return;
    }
    report = &world->reports[tank];
    lost = !toc_sight_has_view(world, asset);
    if (lost && !report->lost) {
        report->shown_mm = toc_reading_level_mm(world, tank, TOC_READ_ON_SCREEN);
        report->shown_at = toc_calendar_now(world->calendar);
    }
    report->lost = lost;
}

void toc_reading_restore(toc_world *world, uint32_t asset) {
    uint32_t tank = world->reports == NULL || asset >= world->topology->asset_count
                        ? TOC_INDEX_NONE
                        : toc_tank_find(world, asset);
    if (tank != TOC_INDEX_NONE &&
        toc_reading_falsehood(world, tank, TOC_READ_ON_SCREEN) != TOC_READ_TRULY) {
        toc_reading_falsify(world, tank, TOC_READ_ON_SCREEN, TOC_READ_TRULY, 0);
    }
}

const char *toc_reading_falsehood_name(toc_falsehood falsehood) {
    static const char *const names[] = {"true", "offset", "constant", "frozen"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_FALSEHOODS, "a name for every falsehood");
    return names[falsehood];
}

void toc_reading_init(toc_world *world) {
    size_t count = world->topology->tank_count;
    if (count > 0) {
        world->reports = toc_arena_heap(NULL, count, sizeof *world->reports);
        memset(world->reports, 0, count * sizeof *world->reports);
    }
}

void toc_reading_finish(toc_world *world) {
    toc_arena_heap_free(world->reports);
}

void toc_reading_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->tank_count; i++) {
        const struct report *report = &world->reports[i];
        for (int reader = 0; reader < TOC_READERS; reader++) {
            toc_digest_u64(digest, report->lies[reader].falsehood);
            toc_digest_i64(digest, report->lies[reader].level_mm);
        }
        toc_digest_u64(digest, report->lost ? 1 : 0);
        toc_digest_i64(digest, report->lost ? report->shown_mm : 0);
        toc_digest_i64(digest, report->lost ? report->shown_at : 0);
    }
}
