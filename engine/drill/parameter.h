/* Parameter: what an input says beside verb and target, as "key=value" lines. In a value "\n" is a
   new line and "\\" a backslash. */
#ifndef DRILL_PARAMETER_H
#define DRILL_PARAMETER_H

#include "drill/state.h"

enum { TOC_PARAMETER_KEYS = 8, TOC_PARAMETER_BYTES = 16384 };

typedef struct toc_parameters {
    uint32_t count;
    const char *keys[TOC_PARAMETER_KEYS], *values[TOC_PARAMETER_KEYS];
} toc_parameters;

/* Reads `text`, copied into the drill, and checks each value for what its key means; `keys` are
   those the verb takes, separated by blanks. What is wrong is told. */
toc_status toc_parameter_read(toc_drill *drill, const char *text, const char *keys,
                              toc_problems *problems, toc_parameters *out);
/* NULL where it is not given. */
const char *toc_parameter_text(const toc_parameters *parameters, const char *key);
/* Whole number; `absent` where it is not given. */
int64_t toc_parameter_number(const toc_parameters *parameters, const char *key, int64_t absent);
/* "0.8" as 800000; `absent` where it is not given. */
int64_t toc_parameter_ppm(const toc_parameters *parameters, const char *key, int64_t absent);
/* Writes one line of a text that can be read again; returns the bytes it takes without the zero. */
size_t toc_parameter_write(const char *key, const char *value, char *buffer, size_t size);

#endif
