/* Condition: a question about state that is asked again only when something it read has changed.
   State is divided into cells; whoever changes a cell touches it, whoever reads one while a
   condition is being asked reads it. A condition that turns true fires once and is over. */
#ifndef KERNEL_CONDITION_H
#define KERNEL_CONDITION_H

#include "kernel/calendar.h"

typedef struct toc_conditions toc_conditions;

/* Answers the question; must call toc_conditions_read for each cell it depends on. */
typedef bool toc_condition_ask(void *object, uint64_t argument);

toc_conditions *toc_conditions_create(toc_calendar *calendar);
void toc_conditions_destroy(toc_conditions *conditions);
/* Asks at once, and again at the end of each instant in which a cell that it read changed
   (priority scoring, in order of adding). `fire` runs as an event of the same instant. */
uint32_t toc_conditions_add(toc_conditions *conditions, toc_condition_ask *ask,
                            toc_event_action *fire, void *object, uint64_t argument);
void toc_conditions_remove(toc_conditions *conditions, uint32_t condition);
void toc_conditions_read(toc_conditions *conditions, uint64_t cell);
void toc_conditions_touch(toc_conditions *conditions, uint64_t cell);
/* How often any question was asked: tests show that nothing is polled. */
uint64_t toc_conditions_asked(const toc_conditions *conditions);

#endif
