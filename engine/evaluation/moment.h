/* Moment: drill time and quantities as people read them. Every function writes into the buffer, a
   zero behind, and gives the buffer back. */
#ifndef EVALUATION_MOMENT_H
#define EVALUATION_MOMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "tocsin/time.h"

enum { TOC_MOMENT_SIZE = 96 };

/* "03:07:42", "1 d 03:07:42" since STARTEX, "–" for never. */
char *toc_moment_print(toc_time time, char *buffer);
/* "3 h 07 min", "4 min 12 s", "38 s", "–" for never. */
char *toc_moment_span(toc_time time, char *buffer);
/* Clock on the wall where the drill plays, "15:30:24"; `starts` as in
   "2015-12-23 15:00 Europe/Kyiv". Drill time where that is no start. */
char *toc_moment_local(const char *starts, toc_time time, char *buffer);
/* "15:30" for axes. */
char *toc_moment_short(const char *starts, toc_time time, char *buffer);
/* The same, but "13 Dec" where a day begins: for axes of drills that last several. */
char *toc_moment_day(const char *starts, toc_time time, char *buffer);
bool toc_moment_is_start(const char *starts);
/* Since midnight; 0 where that is no start. */
toc_time toc_moment_of_day(const char *starts);
/* "225,000" or "72.35": `decimals` places, grouped by thousands. */
char *toc_moment_number(double value, int decimals, char *buffer);
/* What a quantity of that unit becomes over time: "MW" gives "MWh", "calls/h" "calls". */
char *toc_moment_integral_unit(const char *unit, char *buffer);

/* What a service of that id is called in a sentence: "emergency calls". */
char *toc_moment_noun(const char *id, char *buffer);

#endif
