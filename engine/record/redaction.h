/* Redaction: names are taken out of a finished record, and nothing else. */
#ifndef RECORD_REDACTION_H
#define RECORD_REDACTION_H

#include "tocsin/problems.h"

/* See toc_record_forget. A power cut leaves the record as it was or without names, under its name.
 */
toc_status toc_redaction_run(const char *path, toc_problems *problems);

#endif
