/* Brief: what one seat gets to read before the drill. A player's has the situation, what the seat
   may do and its own organisation's plant; an outside body's who runs plant and which reports rules
   may bring it; exercise control's whom it plays, what it brings and how it runs the drill. */
#ifndef PAPERS_BRIEF_H
#define PAPERS_BRIEF_H

#include "papers/leaf.h"
#include "papers/papers.h"
#include "papers/phrase.h"

/* What the brief of the seat is called. */
toc_phrase_id toc_brief_name(const toc_papers_request *request);
/* The map of the team's own plant, to be freed by toc_excerpt_destroy once the leaf is written;
   NULL where the seat has none. */
toc_topology *toc_brief_map(const toc_papers_request *request);
/* `map` is of toc_brief_map. */
void toc_brief_write(toc_leaf *leaf, const toc_papers_request *request, const toc_topology *map);
/* Exercise control's, of no seat. */
void toc_brief_control(toc_leaf *leaf, const toc_papers_request *request);

#endif
