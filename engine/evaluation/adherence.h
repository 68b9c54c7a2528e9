/* Adherence: the steps of emergency plans, when and by whom they were done, and what was done that
   a plan forbids. */
#ifndef EVALUATION_ADHERENCE_H
#define EVALUATION_ADHERENCE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

/* Nothing where no operator has a plan. */
void toc_adherence_write(const toc_measures *measures, toc_html *html);

#endif
