/* Evaluator desk: what evaluators and observers see, live or of a record: the truth, objectives
   with what was met and when, services over time, injects, and their own observations. */
#ifndef CONSOLE_EVALUATOR_DESK_H
#define CONSOLE_EVALUATOR_DESK_H

#include "console/station.h"

toc_station toc_evaluator_desk_create(void);

#endif
