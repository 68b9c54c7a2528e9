/* Time: microseconds since STARTEX, the start of the drill. No wall clock enters the engine. */
#ifndef TOCSIN_TIME_H
#define TOCSIN_TIME_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t toc_time;

#define TOC_MICROSECOND INT64_C(1)
#define TOC_SECOND      INT64_C(1000000)
#define TOC_MINUTE      (60 * TOC_SECOND)
#define TOC_HOUR        (60 * TOC_MINUTE)
#define TOC_DAY         (24 * TOC_HOUR)
#define TOC_NEVER       INT64_MAX

/* "D+0 03:07:42", with ".250000" behind it where the microseconds are not zero; "never". */
size_t toc_time_print(toc_time time, char *buffer, size_t size);

#endif
