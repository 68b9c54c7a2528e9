#include "drawing/label.h"

#include <glib.h>
#include <math.h>

enum { CELL = 48 };

/* Boxes by the cells they touch; a box in several cells is in the list of each. */
struct toc_label_field {
    toc_label_box bounds;
    int columns, rows;
    GArray **cells; /* of toc_label_box; NULL while empty */
};

toc_label_field *toc_label_create(toc_label_box bounds) {
    toc_label_field *field = g_new0(toc_label_field, 1);
    field->bounds = bounds;
    field->columns = (int)(bounds.width / CELL) + 1;
    field->rows = (int)(bounds.height / CELL) + 1;
    field->cells = g_new0(GArray *, (gsize)field->columns * (gsize)field->rows);
    return field;
}

void toc_label_destroy(toc_label_field *field) {
    for (int i = 0; i < field->columns * field->rows; i++) {
        if (field->cells[i] != NULL) {
            g_array_free(field->cells[i], TRUE);
        }
    }
    g_free(field->cells);
    g_free(field);
}

struct span {
    int left, right, top, bottom; /* cells, both ends included */
};

static int cell_of(double offset, int count) {
    return offset < 0 ? 0 : offset >= (double)count * CELL ? count - 1 : (int)(offset / CELL);
}

static struct span span_of(const toc_label_field *field, toc_label_box box) {
    return (struct span){cell_of(box.x - field->bounds.x, field->columns),
                         cell_of(box.x + box.width - field->bounds.x, field->columns),
                         cell_of(box.y - field->bounds.y, field->rows),
                         cell_of(box.y + box.height - field->bounds.y, field->rows)};
}

void toc_label_take(toc_label_field *field, toc_label_box box) {
    struct span span = span_of(field, box);
    for (int row = span.top; row <= span.bottom; row++) {
        for (int column = span.left; column <= span.right; column++) {
            GArray **cell = &field->cells[row * field->columns + column];
            if (*cell == NULL) {
                *cell = g_array_new(FALSE, FALSE, sizeof box);
            }
            g_array_append_val(*cell, box);
        }
    }
}

static bool overlap(toc_label_box a, toc_label_box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

bool toc_label_is_free(const toc_label_field *field, toc_label_box box) {
    struct span span = span_of(field, box);
    if (box.x < field->bounds.x || box.y < field->bounds.y ||
        box.x + box.width > field->bounds.x + field->bounds.width ||
        box.y + box.height > field->bounds.y + field->bounds.height) {
        return false;
    }
    for (int row = span.top; row <= span.bottom; row++) {
        for (int column = span.left; column <= span.right; column++) {
            const GArray *cell = field->cells[row * field->columns + column];
            for (guint i = 0; cell != NULL && i < cell->len; i++) {
                if (overlap(box, g_array_index(cell, toc_label_box, i))) {
                    return false;
                }
            }
        }
    }
    return true;
}
