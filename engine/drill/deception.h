/* Deception: what is denied or falsified of the view of an asset, or of the command of it, on the
   trace, and as far as it can be noticed to those whose view it is. */
#ifndef DRILL_DECEPTION_H
#define DRILL_DECEPTION_H

#include "drill/effect.h"
#include "drill/spec.h"

/* Reads `shows` and `level` of an author's table whose effect that is. */
toc_pretence toc_deception_read(toc_spec *spec, const char *effect);
/* Complains of an effect that none of the elements can have. */
void toc_deception_check(toc_spec *spec, const char *effect, const uint32_t *elements,
                         uint32_t count);
/* When the seat was last shown that the element's view, or all control of it, was lost; of a link,
   at either end. TOC_NEVER: it was not. */
toc_time toc_deception_blind_since(const toc_drill *drill, uint32_t seat, uint32_t element);
/* For changes of view, of command and of what is shown. */
void toc_deception_on_change(toc_drill *drill, const toc_change *change);

#endif
