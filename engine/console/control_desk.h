/* Control desk: what whoever runs a drill sees and does: the truth, the injects over time, who
   plays and how busy they are, the adversary, and branches. */
#ifndef CONSOLE_CONTROL_DESK_H
#define CONSOLE_CONTROL_DESK_H

#include "console/station.h"

toc_station toc_control_desk_create(void);

#endif
