/* Numeric: exp and log from IEEE + - * / and bit operations only, because libm's results differ
   by processor. At most 2 ulp off. */
#ifndef KERNEL_NUMERIC_H
#define KERNEL_NUMERIC_H

#include <stdint.h>

double toc_numeric_exp(double x);
double toc_numeric_log(double x);
/* Of each in its place; they must be positive and normal. */
void toc_numeric_logs(double *x, uint32_t count);
/* The standard normal variable's quantile (Wichura's AS 241); 0 < probability < 1. */
double toc_numeric_normal(double probability);

#endif
