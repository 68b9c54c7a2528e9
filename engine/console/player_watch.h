/* What a player watches: services with their trend, zones, alarms as ISA-18.2 has them. */
#ifndef CONSOLE_PLAYER_WATCH_H
#define CONSOLE_PLAYER_WATCH_H

#include "console/player_state.h"

void toc_player_watch_services(struct player *player, toc_post *post);
void toc_player_watch_zones(struct player *player, toc_post *post);
void toc_player_watch_alarms(struct player *player, toc_post *post);
/* The number-th of the list; NULL behind its end. */
const toc_wire_alarm *toc_player_watch_alarm(const struct player *player, const toc_post *post,
                                             uint32_t number);
bool toc_player_watch_obey(struct player *player, toc_post *post, const toc_screen_deed *deed);

#endif
