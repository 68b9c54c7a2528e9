/* Outlay: what the work took: time of crews on the way and on the spot, parts, people from outside,
   help of neighbours, and the waiting for somebody to approve. */
#ifndef EVALUATION_OUTLAY_H
#define EVALUATION_OUTLAY_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

/* Nothing where nobody was sent, and nothing was ordered, asked for or lent. */
void toc_outlay_write(const toc_measures *measures, toc_html *html);

#endif
