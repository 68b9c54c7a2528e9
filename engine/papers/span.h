/* Span: times as papers write them. */
#ifndef PAPERS_SPAN_H
#define PAPERS_SPAN_H

#include "tocsin/msel.h"
#include "tocsin/time.h"

enum { TOC_SPAN_SIZE = 64 };

/* How long: "1 d 2 h 30 min", "90 s" is "1 min 30 s"; fractions of a second are left out. */
const char *toc_span_print(const char *language, toc_time span, char cell[TOC_SPAN_SIZE]);
/* "15:31", "+1 d 00:10" on the day after; "" where the drill has no start. */
const char *toc_span_wall(toc_msel_clock clock, toc_time at, char cell[TOC_SPAN_SIZE]);

#endif
