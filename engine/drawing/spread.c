#include "drawing/spread.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { ROUNDS = 80 };

/* Points by the cell they are in: those of cell c are points[first[c]] up to first[c + 1]. */
struct grid {
    uint32_t columns, rows;
    uint32_t *first, *points, *cell;
};

static uint32_t clamp(double value, uint32_t count) {
    return value < 0 ? 0 : value >= count ? count - 1 : (uint32_t)value;
}

static void fill(struct grid *grid, const double *x, const double *y, uint32_t count,
                 const toc_spread_field *field) {
    uint32_t cells = grid->columns * grid->rows;
    memset(grid->first, 0, (cells + (size_t)2) * sizeof *grid->first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = clamp((x[i] - field->left) / field->distance, grid->columns);
        uint32_t row = clamp((y[i] - field->top) / field->distance, grid->rows);
        grid->cell[i] = row * grid->columns + column;
        grid->first[grid->cell[i] + 2]++;
    }
    for (uint32_t c = 2; c < cells + 2; c++) {
        grid->first[c] += grid->first[c - 1];
    }
    for (uint32_t i = 0; i < count; i++) {
        grid->points[grid->first[grid->cell[i] + 1]++] = i;
    }
}

struct force {
    const double *x, *y;
    double *push_x, *push_y;
    double distance;
    bool touched;
};

static void repel(struct force *force, uint32_t a, uint32_t b) {
    double dx = force->x[b] - force->x[a], dy = force->y[b] - force->y[a];
    double apart = hypot(dx, dy), push;
    if (apart >= force->distance) {
        return;
    }
    if (apart < 1e-6) {
        /* on the same spot: a direction of their own, by their numbers */
        dx = cos(2.4 * a + b);
        dy = sin(2.4 * a + b);
        apart = 1;
        push = force->distance / 2;
    } else {
        push = (force->distance - apart) / 2;
    }
    force->push_x[a] -= dx / apart * push;
    force->push_y[a] -= dy / apart * push;
    force->push_x[b] += dx / apart * push;
    force->push_y[b] += dy / apart * push;
    force->touched = true;
}

/* Each pair within reach once: with those behind it in its cell, and with the cells to the right
   and below. */
static void repel_all(struct force *force, const struct grid *grid, uint32_t count) {
    static const int steps[4][2] = {{1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    for (uint32_t k = 0; k < count; k++) {
        uint32_t a = grid->points[k], cell = grid->cell[a];
        for (uint32_t m = k + 1; m < grid->first[cell + 1]; m++) {
            repel(force, a, grid->points[m]);
        }
        for (size_t s = 0; s < 4; s++) {
            int64_t column = (int64_t)(cell % grid->columns) + steps[s][0];
            int64_t row = (int64_t)(cell / grid->columns) + steps[s][1];
            if (column < 0 || column >= grid->columns || row >= grid->rows) {
                continue;
            }
            size_t other = (size_t)row * grid->columns + (size_t)column;
            for (uint32_t m = grid->first[other]; m < grid->first[other + 1]; m++) {
                repel(force, a, grid->points[m]);
            }
        }
    }
}

void toc_spread_apart(double *x, double *y, uint32_t count, const toc_spread_field *field) {
    double width = fmax(field->right - field->left, 1),
           height = fmax(field->bottom - field->top, 1);
    struct grid grid = {(uint32_t)(width / field->distance) + 1,
                        (uint32_t)(height / field->distance) + 1, NULL, NULL, NULL};
    /* where there is no room to part them all, moving only blurs where they are */
    if ((double)count * field->distance * field->distance > 1.2 * width * height) {
        return;
    }
    double *home_x = g_memdup2(x, count * sizeof *x), *home_y = g_memdup2(y, count * sizeof *y);
    struct force force = {x, y, g_new(double, count), g_new(double, count), field->distance, true};
    grid.first = g_new(uint32_t, (gsize)grid.columns * grid.rows + 2);
    grid.points = g_new(uint32_t, count);
    grid.cell = g_new(uint32_t, count);
    for (int round = 0; round < ROUNDS && force.touched; round++) {
        /* homesickness fades, so that the last rounds only part what still touches */
        double pull = 0.04 * (1 - (double)round / ROUNDS);
        force.touched = false;
        memset(force.push_x, 0, count * sizeof *x);
        memset(force.push_y, 0, count * sizeof *y);
        fill(&grid, x, y, count, field);
        repel_all(&force, &grid, count);
        for (uint32_t i = 0; i < count; i++) {
            x[i] += 0.8 * force.push_x[i] + pull * (home_x[i] - x[i]);
            y[i] += 0.8 * force.push_y[i] + pull * (home_y[i] - y[i]);
            x[i] = fmin(fmax(x[i], field->left), field->right);
            y[i] = fmin(fmax(y[i], field->top), field->bottom);
        }
    }
    g_free(home_x);
    g_free(home_y);
    g_free(force.push_x);
    g_free(force.push_y);
    g_free(grid.first);
    g_free(grid.points);
    g_free(grid.cell);
}
