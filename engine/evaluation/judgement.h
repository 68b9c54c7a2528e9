/* Judgement: the chapter of a report on what teams thought and ordered, held against what was. */
#ifndef EVALUATION_JUDGEMENT_H
#define EVALUATION_JUDGEMENT_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_judgement_write(const toc_measures *measures, toc_html *html);

#endif
