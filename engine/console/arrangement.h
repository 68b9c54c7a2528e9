/* Arrangement: finds the place of every element: widths from the content up and from the window
   down, then heights, so that text may be broken into lines. */
#ifndef CONSOLE_ARRANGEMENT_H
#define CONSOLE_ARRANGEMENT_H

#include "console/screen.h"

void toc_arrangement_lay(toc_screen *screen);
/* Space beside the letters that a mark takes, in logical pixels. */
double toc_arrangement_mark(const toc_element *element);
/* How the element's own text is set. */
toc_typeset_style toc_arrangement_style(const toc_screen *screen, const toc_element *element);

#endif
