/* Plain number: decimal numbers in files, the same in every locale. */
#ifndef FORMATS_PLAIN_NUMBER_H
#define FORMATS_PLAIN_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "0.0586", "-1e-3"; nothing before or behind it. False where it is not a finite number. */
bool toc_plain_number_read(const char *text, double *out);
/* "12"; false where it is not a whole number within the limits. */
bool toc_plain_number_whole(const char *text, int64_t low, int64_t high, int64_t *out);
/* The fewest digits that read back as the same value. */
size_t toc_plain_number_print(double value, char *buffer, size_t size);
/* `value` of base units in units of `base` each, exactly enough to read back the same: "175",
   "0.0586". */
size_t toc_plain_number_scaled(int64_t value, int64_t base, char *buffer, size_t size);

#endif
