/* Catalogue: what a seat can do, to what and to whom: told once, when it is welcomed. Seats of one
   team that may do the same are told the same, so it is encoded once for all of them: when a server
   comes back, a thousand clients do so at one time. */
#ifndef SERVER_CATALOGUE_H
#define SERVER_CATALOGUE_H

#include <glib.h>

#include "server/hall.h"

typedef struct toc_catalogue toc_catalogue;

/* The drill is the same one for all calls, or one of the same package. */
toc_catalogue *toc_catalogue_create(void);
void toc_catalogue_destroy(toc_catalogue *catalogue);
/* The frames, as GBytes: of a player's seat the assets of its operator, its verbs, and whom it can
   speak to; of TOC_HALL_BESIDE everything, of control with what it can command; of the role
   "adviser" only whom it can answer. They live as long as the catalogue. */
const GPtrArray *toc_catalogue_find(toc_catalogue *catalogue, const toc_hall *hall, uint32_t seat,
                                    const char *role, const char *language);

#endif
