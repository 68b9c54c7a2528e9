#include "formats/geography.h"

bool toc_geography_extend(toc_geography *geography, double latitude, double longitude) {
    if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
        return false;
    }
    if (!geography->any) {
        *geography = (toc_geography){latitude, latitude, longitude, longitude, true};
    }
    geography->south = latitude < geography->south ? latitude : geography->south;
    geography->north = latitude > geography->north ? latitude : geography->north;
    geography->west = longitude < geography->west ? longitude : geography->west;
    geography->east = longitude > geography->east ? longitude : geography->east;
    return true;
}

/* Cosine of -90 to 90 degrees by its series: libm's last bit differs by machine, this does not. */
static double cosine(double degrees) {
    double radians = degrees * (3.14159265358979323846 / 180);
    double square = radians * radians, term = 1, sum = 1;
    for (int i = 1; i < 12; i++) {
        term *= -square / ((2 * i - 1) * (2 * i));
        sum += term;
    }
    return sum;
}

void toc_geography_project(const toc_geography *geography, double latitude, double longitude,
                           double *out_x_m, double *out_y_m) {
    const double metres_per_degree = 6371008.8 * 3.14159265358979323846 / 180;
    double middle_latitude = (geography->south + geography->north) / 2;
    double middle_longitude = (geography->west + geography->east) / 2;
    *out_x_m = (longitude - middle_longitude) * metres_per_degree * cosine(middle_latitude);
    *out_y_m = (latitude - middle_latitude) * metres_per_degree;
}
