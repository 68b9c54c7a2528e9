/* Defence: what the adversary did and what, by ATT&CK, would have stood against it. */
#ifndef EVALUATION_DEFENCE_H
#define EVALUATION_DEFENCE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_defence_write(const toc_measures *measures, toc_html *html);

#endif
