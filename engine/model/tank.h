/* Tank: what it holds, by mass balance. Nothing is polled: the next mark that its level comes to
   (empty, full, a mark of a control, a hundredth of its height) is an event, at the first
   microsecond at which it is reached. */
#ifndef MODEL_TANK_H
#define MODEL_TANK_H

#include "model/world.h"

typedef enum toc_tank_phase {
    TOC_TANK_EMPTY, /* at its least level, and nothing comes */
    TOC_TANK_BETWEEN,
    TOC_TANK_FULL,
    TOC_TANK_OVERFLOWING,
    TOC_TANK_PHASES
} toc_tank_phase;

typedef struct toc_tank_figures {
    toc_tank_phase phase;
    int64_t volume_ml, spilt_ml;
    int64_t inflow; /* mL a day, less what it gives; what spills counts as inflow */
    int32_t level_mm;
} toc_tank_figures;

/* Index into the topology's tanks, TOC_INDEX_NONE where the asset has none. */
uint32_t toc_tank_find(const toc_world *world, uint32_t asset);
toc_tank_figures toc_tank_read(const toc_world *world, uint32_t tank);
const char *toc_tank_phase_name(toc_tank_phase phase);

/* For transport and controls. */
void toc_tank_init(toc_world *world);
void toc_tank_finish(toc_world *world);
/* Whether it has something to give, and room to take more (or may spill it). */
bool toc_tank_may_give(const toc_world *world, uint32_t tank);
bool toc_tank_may_take(const toc_world *world, uint32_t tank);
/* From now on. */
void toc_tank_set_inflow(toc_world *world, uint32_t tank, int64_t per_day);
/* Looks again for the next mark: marks of controls changed. */
void toc_tank_schedule(toc_world *world, uint32_t tank);
/* Whether the level is at the mark or beyond it, upwards or downwards. */
bool toc_tank_is_at(const toc_world *world, uint32_t tank, int64_t level_mm, bool upwards);
void toc_tank_digest(const toc_world *world, toc_digest *digest);
void toc_tank_check(const toc_world *world);

#endif
