/* Curves: services: what was lost, its curve over time, and every step of the sum. */
#ifndef EVALUATION_CURVES_H
#define EVALUATION_CURVES_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_curves_write(const toc_measures *measures, toc_html *html);

#endif
