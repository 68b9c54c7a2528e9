/* Curve: levels over the time of the drill, as a chart on the screen. What was seen once stays,
   also where a record is taken back. */
#ifndef CONSOLE_CURVE_H
#define CONSOLE_CURVE_H

#include "console/post.h"

typedef struct toc_curve toc_curve;

toc_curve *toc_curve_create(void);
void toc_curve_destroy(toc_curve *curve);
/* The services of the truth, as they are now. */
void toc_curve_note(toc_curve *curve, const toc_post *post);
/* Adds the chart. */
void toc_curve_add(toc_curve *curve, toc_post *post);

#endif
