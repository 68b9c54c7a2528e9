/* Rundown: the script of a drill, after table A.6 of GB/T 38645-2020. */
#ifndef PAPERS_RUNDOWN_H
#define PAPERS_RUNDOWN_H

#include "papers/leaf.h"
#include "papers/papers.h"

/* What the plan holds, in order of time, and behind it what one run brought beside it. */
toc_status toc_rundown_write(toc_leaf *leaf, const toc_papers_request *request,
                             toc_problems *problems);

#endif
