/* Sparse: solves A x = b for a sparse square matrix whose pattern stays and whose values change.
   SuiteSparse gives the order of elimination (integers only); the arithmetic is our own, because
   the packaged KLU is compiled with fused multiply-adds on some processors and its last bits would
   differ there. Left-looking LU with partial pivoting, after Gilbert and Peierls (1988). */
#ifndef MODEL_SPARSE_H
#define MODEL_SPARSE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_sparse toc_sparse;

/* Column j has the rows rows[first[j] .. first[j + 1]), each once, its diagonal among them. Copies
   the pattern. */
toc_sparse *toc_sparse_create(uint32_t size, const int32_t *first, const int32_t *rows);
void toc_sparse_destroy(toc_sparse *sparse);
/* `values` in the order of `rows`. False where the matrix is singular, with the column at which
   that was found. */
bool toc_sparse_factor(toc_sparse *sparse, const double *values, uint32_t *out_column);
/* Replaces b by x; the latest factoring must have succeeded. */
void toc_sparse_solve(toc_sparse *sparse, double *b);

#endif
