/* Verdict: what became of objectives and duties, by rule and with the entries behind it. */
#ifndef EVALUATION_VERDICT_H
#define EVALUATION_VERDICT_H

#include "evaluation/measure_state.h"

/* A fact of the kinds objective, maps, duty and source. */
void toc_verdict_read_fact(toc_measures *measures, const toc_measure_entry *at);
/* Entries of kinds objective and duty. */
void toc_verdict_read(toc_measures *measures, const toc_measure_entry *at);
/* After the last entry: what is open when the record ends. */
void toc_verdict_close(toc_measures *measures);

#endif
