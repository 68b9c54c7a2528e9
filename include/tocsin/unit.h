/* Unit: quantities as people write them ("175MW", "20min") and as the engine keeps them: whole
   numbers of a base unit (W, mL/d, bit/s, pieces; µs for time). */
#ifndef TOCSIN_UNIT_H
#define TOCSIN_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/time.h"

typedef struct toc_unit {
    const char *name;      /* as written: "MW" */
    const char *dimension; /* units of one dimension may be added: "power" */
    int64_t base;          /* how many base units one of it is: 1000000 */
} toc_unit;

/* NULL where there is none; units are case-sensitive. */
const toc_unit *toc_unit_find(const char *name);
/* The unit's name most like `name`, or NULL. */
const char *toc_unit_nearest(const char *name);

/* "120", "1.5", "2e3" times `unit`, rounded to whole base units; false where it is not a number or
   does not fit. */
bool toc_unit_parse_number(const char *text, int64_t base, int64_t *out);
/* "175MW" or "175 MW": number and unit in one text. */
bool toc_unit_parse(const char *text, int64_t *out, const toc_unit **unit);
/* "8h", "20min", "1h30min", "90s", "250ms", "2d". */
bool toc_unit_parse_time(const char *text, toc_time *out);

#endif
