/* Offers: drills and records that are at hand, for the console's launcher. */
#ifndef CLI_OFFERS_H
#define CLI_OFFERS_H

#include "cli/cli.h"
#include "console/launcher.h"

typedef struct toc_offers toc_offers;

/* Packages in scenarios/ below this folder, or beside the installed program, and records in this
   folder. What cannot be opened is left out. */
toc_offers *toc_offers_find(void);
void toc_offers_destroy(toc_offers *offers);
const toc_launcher_offer *toc_offers_list(const toc_offers *offers, size_t *out_count);

#endif
