/* Quantity: times and amounts as scripts write them, t.minutes(2), t.MW(175); they become the whole
   numbers that the engine counts in. */
#ifndef SCRIPT_QUANTITY_H
#define SCRIPT_QUANTITY_H

#include "script/host.h"

/* Puts them into the module "tocsin.core". */
void toc_quantity_install(toc_host *host);

#endif
