#include "kernel/assert.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void toc_assert_failed(const char *condition, const char *file, int line) {
    (void)fprintf(stderr, "tocsin: internal error at %s:%d: %s does not hold. Please report it.\n",
                  file, line, condition);
    abort();
}
