/* Style: the report's style sheet: quiet grey, colour for the abnormal only and never alone, light
   and dark, and fit for paper. */
#ifndef EVALUATION_STYLE_H
#define EVALUATION_STYLE_H

#include "evaluation/html.h"

void toc_style_write(toc_html *html);

#endif
