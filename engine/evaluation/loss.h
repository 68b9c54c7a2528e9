/* Loss: what people went without, summed up exactly from the steps on the record. */
#ifndef EVALUATION_LOSS_H
#define EVALUATION_LOSS_H

#include "evaluation/measure_state.h"

/* Entries of kinds service and people. */
void toc_loss_read(toc_measures *measures, const toc_measure_entry *at);
/* After the last entry: closes the sums at the end of the record. */
void toc_loss_close(toc_measures *measures);
/* What is missing of the demand at that step, base units. */
int64_t toc_loss_missing(const toc_measure_service *service, size_t step);
/* How long that step lasts, at the longest till the end of the record. */
toc_time toc_loss_lasts(const toc_measures *measures, const toc_measure_service *service,
                        size_t step);

#endif
