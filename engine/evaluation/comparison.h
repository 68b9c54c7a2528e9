/* Comparison: several records side by side. */
#ifndef EVALUATION_COMPARISON_H
#define EVALUATION_COMPARISON_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_comparison_write(const toc_measures *const *measures, size_t count, toc_html *html);

#endif
