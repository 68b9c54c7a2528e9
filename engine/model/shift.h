/* Shift: how long a crew has been on duty. After a shift its people are tired, and work they begin
   takes half as long again; after twice a shift they take no more of it, until a change brings the
   next shift. A change takes the time of the handover: meanwhile nobody sets out, and who is at
   work takes that much longer. Whoever went off has rested after a shift. The figures are planning
   values of ours. */
#ifndef MODEL_SHIFT_H
#define MODEL_SHIFT_H

#include "model/world.h"

typedef enum toc_shift_state {
    TOC_SHIFT_FRESH, /* also those who work no shifts */
    TOC_SHIFT_TIRED,
    TOC_SHIFT_SPENT,
    TOC_SHIFT_HANDOVER,
    TOC_SHIFT_STATES
} toc_shift_state;

/* A crew comes on duty at the start. */
void toc_shift_init(toc_world *world);
toc_shift_state toc_shift_of(const toc_world *world, uint32_t crew);
/* Since when its people are on duty. */
toc_time toc_shift_since(const toc_world *world, uint32_t crew);
/* How long work takes that they begin now. */
toc_time toc_shift_stretch(const toc_world *world, uint32_t crew, toc_time takes);
/* Whether they take no work now. */
bool toc_shift_is_out(const toc_world *world, uint32_t crew);
/* NULL, or why there is none to come. */
const char *toc_shift_change(toc_world *world, uint32_t crew);
void toc_shift_digest(const toc_world *world, uint32_t crew, toc_digest *digest);
const char *toc_shift_name(toc_shift_state state);

#endif
