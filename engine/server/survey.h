/* Survey: what a seat's team believes and has, looked at anew: services, what is on its board and
   was found, crews, stocks, the zones that need attention, what duties still want, the steps of its
   emergency plan. */
#ifndef SERVER_SURVEY_H
#define SERVER_SURVEY_H

#include "server/outlook.h"

/* As of the drill's now. */
void toc_survey_take(toc_outlook *outlook);

#endif
