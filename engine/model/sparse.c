#include "model/sparse.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"

#include <string.h>
#include <suitesparse/amd.h>

/* A pivot this much smaller than its column was is nothing but rounding. */
static const double smallest_pivot = 1e-13;

/* The diagonal is taken unless it is smaller than this share of the largest candidate: it keeps the
   factors sparse, because the order was made for it. */
static const double diagonal_share = 0.1;

struct entry {
    uint32_t at; /* row in L, number of the pivot in U */
    double value;
};

struct toc_sparse {
    uint32_t size;
    int32_t *first, *rows, *order;
    toc_list lower, upper;               /* struct entry, by pivot */
    uint32_t *lower_first, *upper_first; /* size + 1 */
    double *pivots;
    uint32_t *pivot_row, *pivot_of_row; /* UINT32_MAX: not a pivot yet */
    double *work;
    uint32_t *reached, *stack, *resume, *mark;
    uint32_t reached_count, stamp;
    bool ready;
};

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

toc_sparse *toc_sparse_create(uint32_t size, const int32_t *first, const int32_t *rows) {
    toc_sparse *sparse = array(1, sizeof *sparse);
    size_t entries = size > 0 ? (size_t)first[size] : 0;
    TOC_ASSERT(size < INT32_MAX);
    sparse->size = size;
    sparse->first = array(size, sizeof(int32_t));
    sparse->rows = array(entries, sizeof(int32_t));
    sparse->order = array(size, sizeof(int32_t));
    sparse->lower_first = array(size, sizeof(uint32_t));
    sparse->upper_first = array(size, sizeof(uint32_t));
    sparse->pivots = array(size, sizeof(double));
    sparse->pivot_row = array(size, sizeof(uint32_t));
    sparse->pivot_of_row = array(size, sizeof(uint32_t));
    sparse->work = array(size, sizeof(double));
    sparse->reached = array(size, sizeof(uint32_t));
    sparse->stack = array(size, sizeof(uint32_t));
    sparse->resume = array(size, sizeof(uint32_t));
    sparse->mark = array(size, sizeof(uint32_t));
    if (size > 0) {
        memcpy(sparse->first, first, ((size_t)size + 1) * sizeof *first);
        memcpy(sparse->rows, rows, entries * sizeof *rows);
        TOC_ASSERT(amd_order((int32_t)size, sparse->first, sparse->rows, sparse->order, NULL,
                             NULL) >= AMD_OK);
    }
    return sparse;
}

void toc_sparse_destroy(toc_sparse *sparse) {
    if (sparse == NULL) {
        return;
    }
    toc_list_finish(&sparse->lower);
    toc_list_finish(&sparse->upper);
    toc_arena_heap_free(sparse->first);
    toc_arena_heap_free(sparse->rows);
    toc_arena_heap_free(sparse->order);
    toc_arena_heap_free(sparse->lower_first);
    toc_arena_heap_free(sparse->upper_first);
    toc_arena_heap_free(sparse->pivots);
    toc_arena_heap_free(sparse->pivot_row);
    toc_arena_heap_free(sparse->pivot_of_row);
    toc_arena_heap_free(sparse->work);
    toc_arena_heap_free(sparse->reached);
    toc_arena_heap_free(sparse->stack);
    toc_arena_heap_free(sparse->resume);
    toc_arena_heap_free(sparse->mark);
    toc_arena_heap_free(sparse);
}

/* Notes all rows that a row leads to through the columns of L, the row itself last: read backwards,
   the notes are an order in which each column of L can be applied. */
static void reach(toc_sparse *sparse, uint32_t row) {
    uint32_t depth = 1;
    sparse->stack[0] = row;
    sparse->mark[row] = sparse->stamp;
    sparse->resume[0] = 0;
    while (depth > 0) {
        uint32_t at = sparse->stack[depth - 1], pivot = sparse->pivot_of_row[at];
        bool deeper = false;
        if (pivot != UINT32_MAX) {
            uint32_t first = sparse->lower_first[pivot], last = sparse->lower_first[pivot + 1];
            uint32_t i = first + sparse->resume[depth - 1];
            while (i < last && !deeper) {
                uint32_t next = TOC_LIST_AT(struct entry, &sparse->lower, i)->at;
                i++;
                if (sparse->mark[next] != sparse->stamp) {
                    sparse->resume[depth - 1] = i - first;
                    sparse->mark[next] = sparse->stamp;
                    sparse->stack[depth] = next;
                    sparse->resume[depth++] = 0;
                    deeper = true;
                }
            }
        }
        if (!deeper) {
            sparse->reached[sparse->reached_count++] = at;
            depth--;
        }
    }
}

static void add(toc_list *list, uint32_t at, double value) {
    *(struct entry *)toc_list_add(list, sizeof(struct entry)) = (struct entry){at, value};
}

/* Solves for one column against the columns of L so far; entries of U are added on the way. */
static void eliminate(toc_sparse *sparse) {
    for (uint32_t i = sparse->reached_count; i > 0; i--) {
        uint32_t row = sparse->reached[i - 1], pivot = sparse->pivot_of_row[row];
        double value = sparse->work[row];
        if (pivot == UINT32_MAX) {
            continue;
        }
        add(&sparse->upper, pivot, value);
        for (uint32_t j = sparse->lower_first[pivot]; j < sparse->lower_first[pivot + 1]; j++) {
            const struct entry *entry = TOC_LIST_AT(struct entry, &sparse->lower, j);
            sparse->work[entry->at] -= entry->value * value;
        }
    }
}

static double size_of(double value) {
    return value < 0 ? -value : value;
}

/* The row to eliminate with, UINT32_MAX where all that is left is rounding. */
static uint32_t choose_pivot(const toc_sparse *sparse, uint32_t column, double scale) {
    uint32_t best = UINT32_MAX;
    double largest = 0;
    for (uint32_t i = 0; i < sparse->reached_count; i++) {
        uint32_t row = sparse->reached[i];
        if (sparse->pivot_of_row[row] == UINT32_MAX && size_of(sparse->work[row]) > largest) {
            largest = size_of(sparse->work[row]);
            best = row;
        }
    }
    if (!(largest > scale * smallest_pivot)) {
        return UINT32_MAX;
    }
    if (sparse->pivot_of_row[column] == UINT32_MAX && sparse->mark[column] == sparse->stamp &&
        size_of(sparse->work[column]) >= diagonal_share * largest) {
        return column;
    }
    return best;
}

static bool factor_column(toc_sparse *sparse, const double *values, uint32_t step) {
    uint32_t column = (uint32_t)sparse->order[step], row;
    double scale = 0, pivot;
    sparse->stamp = step + 1;
    sparse->reached_count = 0;
    for (int32_t i = sparse->first[column]; i < sparse->first[column + 1]; i++) {
        if (sparse->mark[sparse->rows[i]] != sparse->stamp) {
            reach(sparse, (uint32_t)sparse->rows[i]);
        }
    }
    for (uint32_t i = 0; i < sparse->reached_count; i++) {
        sparse->work[sparse->reached[i]] = 0;
    }
    for (int32_t i = sparse->first[column]; i < sparse->first[column + 1]; i++) {
        sparse->work[sparse->rows[i]] = values[i];
        scale = size_of(values[i]) > scale ? size_of(values[i]) : scale;
    }
    eliminate(sparse);
    row = choose_pivot(sparse, column, scale);
    if (row == UINT32_MAX) {
        return false;
    }
    pivot = sparse->work[row];
    sparse->pivots[step] = pivot;
    sparse->pivot_row[step] = row;
    sparse->pivot_of_row[row] = step;
    for (uint32_t i = 0; i < sparse->reached_count; i++) {
        uint32_t other = sparse->reached[i];
        if (sparse->pivot_of_row[other] == UINT32_MAX) {
            add(&sparse->lower, other, sparse->work[other] / pivot);
        }
    }
    sparse->lower_first[step + 1] = sparse->lower.count;
    sparse->upper_first[step + 1] = sparse->upper.count;
    return true;
}

bool toc_sparse_factor(toc_sparse *sparse, const double *values, uint32_t *out_column) {
    sparse->lower.count = 0;
    sparse->upper.count = 0;
    sparse->ready = false;
    memset(sparse->mark, 0, sparse->size * sizeof *sparse->mark);
    memset(sparse->pivot_of_row, 0xff, sparse->size * sizeof *sparse->pivot_of_row);
    for (uint32_t step = 0; step < sparse->size; step++) {
        if (!factor_column(sparse, values, step)) {
            *out_column = (uint32_t)sparse->order[step];
            return false;
        }
    }
    sparse->ready = true;
    return true;
}

void toc_sparse_solve(toc_sparse *sparse, double *b) {
    double *x = sparse->work;
    TOC_ASSERT(sparse->ready);
    for (uint32_t step = 0; step < sparse->size; step++) {
        x[step] = b[sparse->pivot_row[step]];
        for (uint32_t i = sparse->lower_first[step]; i < sparse->lower_first[step + 1]; i++) {
            const struct entry *entry = TOC_LIST_AT(struct entry, &sparse->lower, i);
            b[entry->at] -= entry->value * x[step];
        }
    }
    for (uint32_t step = sparse->size; step > 0; step--) {
        double value = x[step - 1] / sparse->pivots[step - 1];
        x[step - 1] = value;
        for (uint32_t i = sparse->upper_first[step - 1]; i < sparse->upper_first[step]; i++) {
            const struct entry *entry = TOC_LIST_AT(struct entry, &sparse->upper, i);
            x[entry->at] -= entry->value * value;
        }
    }
    for (uint32_t step = 0; step < sparse->size; step++) {
        b[sparse->order[step]] = x[step];
    }
}
