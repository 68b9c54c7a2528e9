/* Plain calendar: the same promises as kernel/calendar.h, kept the simplest way; the oracle that
   the real one is compared with. */
#ifndef TESTS_SUPPORT_PLAIN_CALENDAR_H
#define TESTS_SUPPORT_PLAIN_CALENDAR_H

#include "kernel/calendar.h"

typedef struct plain_calendar plain_calendar;

plain_calendar *plain_calendar_create(void);
void plain_calendar_destroy(plain_calendar *calendar);

toc_event_id plain_calendar_schedule(plain_calendar *calendar, toc_time at, toc_priority priority,
                                     toc_event_action *action, void *object, uint64_t argument);
bool plain_calendar_cancel(plain_calendar *calendar, toc_event_id event);
toc_event_id plain_calendar_reschedule(plain_calendar *calendar, toc_event_id event, toc_time at);
bool plain_calendar_is_pending(const plain_calendar *calendar, toc_event_id event);
toc_time plain_calendar_due(const plain_calendar *calendar, toc_event_id event);

toc_time plain_calendar_now(const plain_calendar *calendar);
toc_time plain_calendar_next(plain_calendar *calendar);
uint64_t plain_calendar_pending(const plain_calendar *calendar);
uint64_t plain_calendar_executed(const plain_calendar *calendar);

bool plain_calendar_step(plain_calendar *calendar);
void plain_calendar_run(plain_calendar *calendar, toc_time until);
void plain_calendar_halt(plain_calendar *calendar);
bool plain_calendar_pass(plain_calendar *calendar, toc_time at, toc_priority priority);

uint64_t plain_calendar_digest(const plain_calendar *calendar);

#endif
