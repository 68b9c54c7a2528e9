/* Summary: what the page begins with: what was played, how it went in a few sentences and figures,
   and what identifies the record. */
#ifndef EVALUATION_SUMMARY_H
#define EVALUATION_SUMMARY_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_summary_write(const toc_measures *measures, toc_html *html);
/* What identifies the record: package, seed, digests. */
void toc_summary_identify(const toc_measures *measures, toc_html *html);

#endif
