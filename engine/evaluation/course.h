/* Course: the whole drill in one figure: how many people were without, and under it, on the same
   axis of time, when the adversary struck and when each team was told something and acted. */
#ifndef EVALUATION_COURSE_H
#define EVALUATION_COURSE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_course_write(const toc_measures *measures, toc_html *html);

#endif
