/* Guide: what evaluators take with them: objectives with their limits and evidence, reports that
   may come to be owed with their clocks, and a sheet to observe with. */
#ifndef PAPERS_GUIDE_H
#define PAPERS_GUIDE_H

#include "papers/leaf.h"
#include "papers/papers.h"

void toc_guide_write(toc_leaf *leaf, const toc_papers_request *request);
/* "within 30 min"; the words for no limit where there is none. Freed by g_free. */
char *toc_guide_limit(const toc_leaf *leaf, toc_time within, toc_phrase_id none);
/* When a duty's time starts, by the name of its clock. */
const char *toc_guide_clock(const toc_leaf *leaf, const char *name);

#endif
