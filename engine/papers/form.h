/* Form: tables A.1 to A.3 of GB/T 38645-2020, filled from what the package says; what it cannot
   know is a space to be filled in by hand. */
#ifndef PAPERS_FORM_H
#define PAPERS_FORM_H

#include "papers/leaf.h"
#include "papers/papers.h"

/* A.1, the year's plan: this drill, and rows for others. */
void toc_form_plan(toc_leaf *leaf, const toc_papers_request *request);
/* A.2, the work plan. */
void toc_form_work(toc_leaf *leaf, const toc_papers_request *request);
/* A.3, the support plan. */
void toc_form_support(toc_leaf *leaf, const toc_papers_request *request);
/* How the time of a drill of its form passes. */
toc_phrase_id toc_form_pace(const toc_drill *drill);
/* "practical, in-sector, thematic". */
void toc_form_put_kind(toc_leaf *leaf, const toc_drill *drill);

#endif
