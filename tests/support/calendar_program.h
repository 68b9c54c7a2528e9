/* Calendar program: bytes as a sequence of schedule, cancel, reschedule, run and ask, in and
   between events. Run once on the real calendar and once on the plain one, it must tell the same
   story. */
#ifndef TESTS_SUPPORT_CALENDAR_PROGRAM_H
#define TESTS_SUPPORT_CALENDAR_PROGRAM_H

#include <stddef.h>

#include "kernel/calendar.h"

typedef enum calendar_kind { CALENDAR_REAL, CALENDAR_PLAIN } calendar_kind;

/* What happened, as numbers: event by event its tag, its time and what was asked. */
typedef struct calendar_story {
    uint64_t *told;
    size_t count, capacity;
} calendar_story;

/* The story must be finished. */
calendar_story calendar_program_run(calendar_kind kind, const uint8_t *bytes, size_t size);
void calendar_program_finish(calendar_story *story);
/* Index of the first difference, or SIZE_MAX. */
size_t calendar_program_difference(const calendar_story *a, const calendar_story *b);

#endif
