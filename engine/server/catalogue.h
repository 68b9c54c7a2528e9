/* Catalogue: what a seat can do, to what and to whom: told once, when it is welcomed. */
#ifndef SERVER_CATALOGUE_H
#define SERVER_CATALOGUE_H

#include "tocsin/drill.h"
#include "wire/wire.h"

typedef struct toc_catalogue toc_catalogue;

/* Of a player's seat: the assets of its operator, its verbs, and whom it can speak to. */
toc_catalogue *toc_catalogue_create(const toc_drill *drill, uint32_t seat, const char *language);
/* Of control: everything, and what it can command; of `commands` false nothing of that. */
toc_catalogue *toc_catalogue_create_beside(const toc_drill *drill, bool commands,
                                           const char *language);
void toc_catalogue_destroy(toc_catalogue *catalogue);
/* Lives as long as the catalogue. */
const toc_wire_message *toc_catalogue_message(const toc_catalogue *catalogue);

#endif
