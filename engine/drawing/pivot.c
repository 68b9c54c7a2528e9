#include "drawing/pivot.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { PIVOTS = 60, ROUNDS = 200 };

/* Steps along edges from `start` to every node; what cannot be reached is as far as anything. */
static void measure(uint32_t count, const uint32_t *first, const uint32_t *next, uint32_t start,
                    double *distance, uint32_t *queue) {
    uint32_t done = 0, found = 1;
    for (uint32_t i = 0; i < count; i++) {
        distance[i] = -1;
    }
    distance[start] = 0;
    queue[0] = start;
    for (; done < found; done++) {
        uint32_t node = queue[done];
        for (uint32_t j = first[node]; j < first[node + 1]; j++) {
            if (distance[next[j]] < 0) {
                distance[next[j]] = distance[node] + 1;
                queue[found++] = next[j];
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        distance[i] = distance[i] < 0 ? distance[queue[found - 1]] + 1 : distance[i];
    }
}

/* Distances from pivots, each as far as can be from those before it; gives how many pivots. */
static size_t choose(uint32_t count, const uint32_t *first, const uint32_t *next, double *table) {
    double *nearest = g_new(double, count);
    uint32_t *queue = g_new(uint32_t, count), pivot = 0;
    size_t pivots = count < PIVOTS ? count : PIVOTS;
    for (uint32_t i = 0; i < count; i++) {
        nearest[i] = INFINITY;
    }
    for (size_t p = 0; p < pivots; p++) {
        double *row = table + p * count;
        measure(count, first, next, pivot, row, queue);
        for (uint32_t i = 0; i < count; i++) {
            nearest[i] = fmin(nearest[i], row[i]);
        }
        for (uint32_t i = 0; i < count; i++) {
            pivot = nearest[i] > nearest[pivot] ? i : pivot;
        }
    }
    g_free(nearest);
    g_free(queue);
    return pivots;
}

/* Squares the distances and takes the means of rows and columns off. */
static void centre(uint32_t count, size_t pivots, double *table) {
    double *column = g_new0(double, count);
    for (size_t p = 0; p < pivots; p++) {
        double *row = table + p * count, mean = 0;
        for (uint32_t i = 0; i < count; i++) {
            row[i] *= row[i];
            mean += row[i] / count;
        }
        for (uint32_t i = 0; i < count; i++) {
            row[i] -= mean;
            column[i] += row[i] / (double)pivots;
        }
    }
    for (size_t p = 0; p < pivots; p++) {
        for (uint32_t i = 0; i < count; i++) {
            table[p * count + i] = -(table[p * count + i] - column[i]) / 2;
        }
    }
    g_free(column);
}

static double dot(const double *a, const double *b, size_t length) {
    double sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* The strongest direction of the square matrix that is not in `other`, by repeated multiplication.
 */
static void strongest(const double *matrix, size_t size, const double *other, double *direction) {
    double image[PIVOTS];
    for (size_t i = 0; i < size; i++) {
        direction[i] = 1 + 0.1 * (double)(i * 7 % 11);
    }
    for (int round = 0; round < ROUNDS; round++) {
        double length;
        if (other != NULL) {
            double along = dot(direction, other, size);
            for (size_t i = 0; i < size; i++) {
                direction[i] -= along * other[i];
            }
        }
        for (size_t i = 0; i < size; i++) {
            image[i] = dot(matrix + i * size, direction, size);
        }
        length = sqrt(dot(image, image, size));
        if (length < 1e-12) {
            return;
        }
        for (size_t i = 0; i < size; i++) {
            direction[i] = image[i] / length;
        }
    }
}

void toc_pivot_place(uint32_t count, const uint32_t *first, const uint32_t *next, double *x,
                     double *y) {
    double *table = g_new(double, (gsize)count *PIVOTS);
    double matrix[PIVOTS * PIVOTS], one[PIVOTS], two[PIVOTS];
    size_t pivots = choose(count, first, next, table);
    centre(count, pivots, table);
    for (size_t i = 0; i < pivots; i++) {
        for (size_t j = 0; j < pivots; j++) {
            matrix[i * pivots + j] = dot(table + i * count, table + j * count, count);
        }
    }
    strongest(matrix, pivots, NULL, one);
    strongest(matrix, pivots, one, two);
    for (uint32_t i = 0; i < count; i++) {
        x[i] = y[i] = 0;
        for (size_t p = 0; p < pivots; p++) {
            x[i] += table[p * count + i] * one[p];
            y[i] += table[p * count + i] * two[p];
        }
    }
    g_free(table);
}
