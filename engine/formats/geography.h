/* Geography: latitude and longitude as metres on a plane, near enough for a map of a country. */
#ifndef FORMATS_GEOGRAPHY_H
#define FORMATS_GEOGRAPHY_H

#include <stdbool.h>

/* The middle of the places told of so far. Zero it to start. */
typedef struct toc_geography {
    double south, north, west, east;
    bool any;
} toc_geography;

/* Degrees; false where they lie on no globe. */
bool toc_geography_extend(toc_geography *geography, double latitude, double longitude);
/* Metres east and north of the middle: equirectangular, lengths true along the middle parallel. */
void toc_geography_project(const toc_geography *geography, double latitude, double longitude,
                           double *out_x_m, double *out_y_m);

#endif
