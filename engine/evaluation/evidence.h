/* Evidence: the entries of the record that the page cites, as they stand there. */
#ifndef EVALUATION_EVIDENCE_H
#define EVALUATION_EVIDENCE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

/* After everything that cites. */
void toc_evidence_write(const toc_measures *measures, toc_html *html);

#endif
