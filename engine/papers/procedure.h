/* Procedure: the emergency plan of an operator, as its players have it on paper. */
#ifndef PAPERS_PROCEDURE_H
#define PAPERS_PROCEDURE_H

#include "papers/leaf.h"
#include "tocsin/plan.h"

/* Nothing where the seat's operator has no plan. */
void toc_procedure_write(toc_leaf *leaf, const toc_drill *drill, uint32_t seat);

#endif
