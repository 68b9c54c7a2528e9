/* Msel time: the many ways in which planners write when an inject comes. */
#ifndef FORMATS_MSEL_TIME_H
#define FORMATS_MSEL_TIME_H

#include "tocsin/msel.h"

typedef enum toc_msel_time_verdict {
    TOC_MSEL_TIME_READ,
    TOC_MSEL_TIME_NONE,      /* nothing is said */
    TOC_MSEL_TIME_UNCLEAR,   /* no form that is known */
    TOC_MSEL_TIME_AMBIGUOUS, /* 03/04/2025: which is the month? */
    TOC_MSEL_TIME_EARLY,     /* before STARTEX */
    TOC_MSEL_TIME_NO_CLOCK   /* a time of day, and the drill does not say when it starts */
} toc_msel_time_verdict;

/* T+00:15, +15 (minutes), D+1 H+2 M-5, J+0 09:05, 09:30, 09h05, 2025-06-30 09:30, 30/06/2025 09h30,
   and days as spreadsheets count them (0.3958, 45838.39). A time of day before the start is that of
   the next day. */
toc_msel_time_verdict toc_msel_time_read(const char *text, toc_msel_clock clock, toc_time *out);
/* What to write instead, for problems. */
const char *toc_msel_time_advice(toc_msel_time_verdict verdict);
/* "T+01:30", with seconds and their parts where there are some. At least 40 bytes. */
void toc_msel_time_print(toc_time time, char *buffer, size_t size);
/* "2015-12-23 15:31" on the wall; as above where the clock is not known. */
void toc_msel_time_print_wall(toc_time time, toc_msel_clock clock, char *buffer, size_t size);

#endif
