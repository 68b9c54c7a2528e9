/* Report: records as one page that opens in any browser and asks nothing of the network. Every
   number names the entries of the record behind it. */
#ifndef EVALUATION_REPORT_H
#define EVALUATION_REPORT_H

#include "evaluation/measure.h"
#include "tocsin/formats.h"

/* Appends the page for one record or several; with several, a comparison comes first. */
toc_status toc_report_write(const toc_measures *const *measures, size_t count,
                            toc_problems *problems, toc_formats_buffer *page);

#endif
