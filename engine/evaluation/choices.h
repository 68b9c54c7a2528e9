/* Choices: what was put to seats to decide, what they or nobody chose, and how long it took. */
#ifndef EVALUATION_CHOICES_H
#define EVALUATION_CHOICES_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_choices_write(const toc_measures *measures, toc_html *html);

#endif
