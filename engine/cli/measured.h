/* Measured: the measures of a record as a document for machines and as a table for people. */
#ifndef CLI_MEASURED_H
#define CLI_MEASURED_H

#include "cli/cli.h"
#include "evaluation/measure.h"

json_t *toc_measured_json(const toc_measures *measures);
void toc_measured_print(const toc_measures *measures);

#endif
