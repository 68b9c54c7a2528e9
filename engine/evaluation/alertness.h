/* Alertness: what sensors and hunts said to each operator, how much of it was genuine, and how long
   its people took to know. */
#ifndef EVALUATION_ALERTNESS_H
#define EVALUATION_ALERTNESS_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

/* Nothing where no alert was raised, and nobody was attacked under the eyes of a sensor. */
void toc_alertness_write(const toc_measures *measures, toc_html *html);

#endif
