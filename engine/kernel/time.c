#include "tocsin/time.h"

#include <inttypes.h>
#include <stdio.h>

size_t toc_time_print(toc_time time, char *buffer, size_t size) {
    if (time == TOC_NEVER) {
        return (size_t)snprintf(buffer, size, "never");
    }
    const char *sign = time < 0 ? "-" : "+";
    uint64_t left = time < 0 ? (uint64_t)0 - (uint64_t)time : (uint64_t)time;
    uint64_t microseconds = left % TOC_SECOND;
    uint64_t seconds = left / TOC_SECOND;
    char fraction[16] = "";
    if (microseconds != 0) {
        (void)snprintf(fraction, sizeof fraction, ".%06" PRIu64, microseconds);
    }
    return (size_t)snprintf(
        buffer, size, "D%s%" PRIu64 " %02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%s", sign,
        seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, fraction);
}
