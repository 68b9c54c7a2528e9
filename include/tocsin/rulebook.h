/* Rulebook: rules of reporting as data, with dates and a source. */
#ifndef TOCSIN_RULEBOOK_H
#define TOCSIN_RULEBOOK_H

#include "tocsin/formats.h"

/* Whether the bytes are meant to be one, right or wrong. */
bool toc_rulebook_is(const toc_formats_source *source);
/* Tells every mistake; without any, `summary` says what it holds. */
toc_status toc_rulebook_check(const toc_formats_source *source, toc_problems *problems,
                              char *summary, size_t size);

#endif
