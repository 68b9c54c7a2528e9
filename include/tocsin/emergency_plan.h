/* Emergency plan of an operator, as a file: who does what, in which order, by when, and what must
   never be done. */
#ifndef TOCSIN_EMERGENCY_PLAN_H
#define TOCSIN_EMERGENCY_PLAN_H

#include "tocsin/formats.h"

/* Whether the bytes are meant to be one, right or wrong. */
bool toc_emergency_plan_is(const toc_formats_source *source);
/* Tells every mistake that shows without a drill; without any, `summary` says what it holds. */
toc_status toc_emergency_plan_check(const toc_formats_source *source, toc_problems *problems,
                                    char *summary, size_t size);

#endif
