/* Player desk: what a seat of a team sees and does. It shows what the wire told of that seat, and
   nothing else. */
#ifndef CONSOLE_PLAYER_DESK_H
#define CONSOLE_PLAYER_DESK_H

#include "console/station.h"

toc_station toc_player_desk_create(void);

#endif
