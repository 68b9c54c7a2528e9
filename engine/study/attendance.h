/* Attendance: what came about in a set of runs and who took part, from their traces. */
#ifndef STUDY_ATTENDANCE_H
#define STUDY_ATTENDANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/drill.h"

typedef struct toc_attendance toc_attendance;

toc_attendance *toc_attendance_create(void);
void toc_attendance_destroy(toc_attendance *attendance);
void toc_attendance_see(void *attendance, const toc_trace_entry *entry); /* a toc_trace_sink */
/* When the run is over: what its drill told in one language only. */
void toc_attendance_end(void *attendance, const toc_drill *drill);
/* Adds what another run saw. */
void toc_attendance_merge(toc_attendance *into, const toc_attendance *from);

typedef enum toc_attendance_kind {
    TOC_ATTENDANCE_INJECT, /* came, or was held because it was not needed */
    TOC_ATTENDANCE_CONDITION,
    TOC_ATTENDANCE_DUTY,
    TOC_ATTENDANCE_OBJECTIVE_BEGUN,
    TOC_ATTENDANCE_OBJECTIVE_MET,
    TOC_ATTENDANCE_SEAT_TOLD,
    TOC_ATTENDANCE_SEAT_ACTING,
    TOC_ATTENDANCE_SEAT,     /* all there are, in the order of the scenario */
    TOC_ATTENDANCE_EXPECTED, /* an inject that somebody was to answer */
    TOC_ATTENDANCE_ANSWERED, /* one that was answered with an action it expects, in time or late */
    TOC_ATTENDANCE_LEAK,     /* "seat told people what was marked" */
    TOC_ATTENDANCE_SINGLE,   /* a text in one language: "file:line:column" */
    TOC_ATTENDANCE_KINDS
} toc_attendance_kind;

bool toc_attendance_has(const toc_attendance *attendance, toc_attendance_kind kind,
                        const char *name);
uint32_t toc_attendance_count(const toc_attendance *attendance, toc_attendance_kind kind);
const char *toc_attendance_name(const toc_attendance *attendance, toc_attendance_kind kind,
                                uint32_t index);
/* The minute of drill time with the most to note for evaluators in any run, and how much it is:
   injects brought, and what they expect, objectives and duties decided. */
uint32_t toc_attendance_busiest(const toc_attendance *attendance, uint32_t *out_minute);

#endif
