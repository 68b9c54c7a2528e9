/* The asset that a player has chosen, and what can be done to it. */
#ifndef CONSOLE_PLAYER_ASSET_H
#define CONSOLE_PLAYER_ASSET_H

#include "console/player_state.h"

void toc_player_asset_compose(struct player *player, toc_post *post);
bool toc_player_asset_obey(struct player *player, toc_post *post, const toc_screen_deed *deed);

#endif
