/* Spread: moves symbols apart until each can be seen, and no further than it must. */
#ifndef DRAWING_SPREAD_H
#define DRAWING_SPREAD_H

#include <stddef.h>
#include <stdint.h>

typedef struct toc_spread_field {
    double left, top, right, bottom; /* where the points must stay */
    double distance;                 /* wanted between any two */
} toc_spread_field;

void toc_spread_apart(double *x, double *y, uint32_t count, const toc_spread_field *field);

#endif
