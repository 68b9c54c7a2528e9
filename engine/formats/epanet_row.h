/* EPANET row: patterns and curves, each told on as many lines as it takes. */
#ifndef FORMATS_EPANET_ROW_H
#define FORMATS_EPANET_ROW_H

#include "formats/epanet_reading.h"

/* The present line of [PATTERNS], of [CURVES]. */
void toc_epanet_row_pattern(toc_epanet_reading *reading);
void toc_epanet_row_curve(toc_epanet_reading *reading);
/* Whether every curve is one: whole points, rising in x. */
void toc_epanet_row_check(toc_epanet_reading *reading);

#endif
