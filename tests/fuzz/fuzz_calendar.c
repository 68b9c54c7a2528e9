/* Bytes are a program of the calendar; the real one and the plain one must tell the same story. */
#include <stdlib.h>

#include "kernel/assert.h"
#include "support/calendar_program.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    calendar_story real = calendar_program_run(CALENDAR_REAL, data, size);
    calendar_story plain = calendar_program_run(CALENDAR_PLAIN, data, size);
    TOC_ASSERT(calendar_program_difference(&real, &plain) == SIZE_MAX);
    calendar_program_finish(&real);
    calendar_program_finish(&plain);
    return 0;
}
