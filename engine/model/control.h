/* Control: switches elements by levels that are reported, or by the clock. A control acts when what
   it waits for becomes so by the report that its controller has; while the controller is out it
   does nothing, and looks afresh when it is back; while the report does not come through, the last
   one counts. An element is switched by controls at most once a second. */
#ifndef MODEL_CONTROL_H
#define MODEL_CONTROL_H

#include "model/world.h"

void toc_control_init(toc_world *world);
/* The first look, while the world is made. */
void toc_control_begin(toc_world *world);
void toc_control_finish(toc_world *world);
/* All controls look at what they see, in this instant. */
void toc_control_look(toc_world *world);
/* The element came or went. */
void toc_control_touch(toc_world *world, uint32_t element);
/* The level of the tank, in truth, at which the control would act if it rose (or fell) to it; false
   where it waits for no such thing. */
bool toc_control_mark(const toc_world *world, uint32_t control, uint32_t tank, bool upwards,
                      int64_t *out_level_mm);
void toc_control_digest(const toc_world *world, toc_digest *digest);

#endif
