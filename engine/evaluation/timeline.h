/* Timeline: what happened when, for reading. */
#ifndef EVALUATION_TIMELINE_H
#define EVALUATION_TIMELINE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_timeline_write(const toc_measures *measures, toc_html *html);

#endif
