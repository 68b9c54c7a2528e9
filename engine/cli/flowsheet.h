/* Flowsheet: the aftermath of outages as tables for people. */
#ifndef CLI_FLOWSHEET_H
#define CLI_FLOWSHEET_H

#include "cli/flowed.h"

void toc_flowsheet_print(const toc_flowed *flowed);

#endif
