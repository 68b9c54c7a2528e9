/* Inspection: looks over what is on a screen for what no screen may have: things that the keyboard
   cannot reach or that lie over each other, words that are cut off, too faint, or in another
   language. */
#ifndef CONSOLE_INSPECTION_H
#define CONSOLE_INSPECTION_H

#include "console/screen.h"

/* How many findings there are; each is a line in `out_told`. */
uint32_t toc_inspection_run(const toc_screen *screen, toc_formats_buffer *out_told);

#endif
