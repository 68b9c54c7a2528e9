/* Findings: objectives, duties, teams and seats, each with the entries behind it. */
#ifndef EVALUATION_FINDINGS_H
#define EVALUATION_FINDINGS_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_findings_write_objectives(const toc_measures *measures, toc_html *html);
void toc_findings_write_duties(const toc_measures *measures, toc_html *html);
void toc_findings_write_teams(const toc_measures *measures, toc_html *html);

#endif
