/* What a player was told, asked, ordered and owes: the pages beside the map. */
#ifndef CONSOLE_PLAYER_PAPERS_H
#define CONSOLE_PLAYER_PAPERS_H

#include "console/player_state.h"

/* One of the pages from the inbox to the log. */
void toc_player_papers_compose(struct player *player, toc_post *post, toc_player_page page);
bool toc_player_papers_obey(struct player *player, toc_post *post, const toc_screen_deed *deed);
/* How many messages were not read. */
uint32_t toc_player_papers_unread(const struct player *player, const toc_post *post);

#endif
