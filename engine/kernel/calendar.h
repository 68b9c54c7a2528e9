/* Calendar: what happens next, in one total order (time, priority, sequence).
   At equal time physical < sensor < attacker < defender < scoring; at equal priority, first
   scheduled is first served. Nothing depends on addresses. */
#ifndef KERNEL_CALENDAR_H
#define KERNEL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/time.h"

typedef enum toc_priority {
    TOC_PHYSICAL,
    TOC_SENSOR,
    TOC_ATTACKER,
    TOC_DEFENDER,
    TOC_SCORING
} toc_priority;

/* Names one scheduled event; {0, 0} names none. Stale names are recognised. */
typedef struct toc_event_id {
    uint32_t slot, generation;
} toc_event_id;

/* Called when the event is due; it may schedule, cancel and reschedule freely. */
typedef void toc_event_action(void *object, uint64_t argument);

/* Called twice while an event draws near, with `is_close` the second time, so that memory it will
   need can be sent for. A hint: it may not come, and must not change anything. */
typedef void toc_event_approach(void *object, uint64_t argument, bool is_close);

typedef struct toc_calendar toc_calendar;

toc_calendar *toc_calendar_create(void);
void toc_calendar_destroy(toc_calendar *calendar);

/* `at` must not lie before now. */
toc_event_id toc_calendar_schedule(toc_calendar *calendar, toc_time at, toc_priority priority,
                                   toc_event_action *action, void *object, uint64_t argument);
/* False where the event has run or was cancelled already. */
bool toc_calendar_cancel(toc_calendar *calendar, toc_event_id event);
/* Cancel and schedule anew: the event loses its place among equals. The event must be pending. */
toc_event_id toc_calendar_reschedule(toc_calendar *calendar, toc_event_id event, toc_time at);
bool toc_calendar_is_pending(const toc_calendar *calendar, toc_event_id event);
/* When a pending event is due. */
toc_time toc_calendar_due(const toc_calendar *calendar, toc_event_id event);

/* Events with this action are announced; one action at a time, NULL for none. */
void toc_calendar_announce(toc_calendar *calendar, toc_event_action *action,
                           toc_event_approach *approach);

toc_time toc_calendar_now(const toc_calendar *calendar);
/* TOC_NEVER when nothing is pending. */
toc_time toc_calendar_next(toc_calendar *calendar);
uint64_t toc_calendar_pending(const toc_calendar *calendar);
uint64_t toc_calendar_executed(const toc_calendar *calendar);

/* Runs the next event; false when there is none. */
bool toc_calendar_step(toc_calendar *calendar);
/* Runs all events due at or before `until`, then sets now to `until`. Stops early, with now at the
   event's time, when an event called toc_calendar_halt. */
void toc_calendar_run(toc_calendar *calendar, toc_time until);
void toc_calendar_halt(toc_calendar *calendar);
/* From within an event of a run: would one scheduled now for `at` be the very next? Then it counts
   as scheduled and begun, the time is `at`, and whoever asked goes on as its action; else false,
   and nothing has changed. Saves those who live on the calendar from leaving and coming back. */
bool toc_calendar_pass(toc_calendar *calendar, toc_time at, toc_priority priority);

/* Hash of every executed event's (time, priority), in order. */
uint64_t toc_calendar_digest(const toc_calendar *calendar);

#endif
