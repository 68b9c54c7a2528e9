/* Launcher desk: the launcher as a station. */
#ifndef CONSOLE_LAUNCHER_DESK_H
#define CONSOLE_LAUNCHER_DESK_H

#include "console/launcher.h"
#include "console/station.h"

toc_station toc_launcher_desk_create(const toc_launcher_offer *offers, size_t count);
/* True once somebody has chosen. */
bool toc_launcher_desk_wish(const toc_station *station, toc_launcher_wish *out_wish);

#endif
