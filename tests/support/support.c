#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *support_source(void) {
    const char *source = getenv("TOCSIN_SOURCE");
    return source != NULL && source[0] != '\0' ? source : ".";
}

const char *support_data(const char *relative_path) {
    static char path[4096];
    const char *data = getenv("TOCSIN_DATA");
    if (data != NULL && data[0] != '\0') {
        (void)snprintf(path, sizeof path, "%s/%s", data, relative_path);
    } else {
        (void)snprintf(path, sizeof path, "%s/../shared/data/%s", support_source(), relative_path);
    }
    return access(path, R_OK) == 0 ? path : NULL;
}

uint64_t support_seed(const char *test_name) {
    const char *wanted = getenv("TOCSIN_TEST_SEED");
    uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : UINT64_C(20151223);
    (void)fprintf(stderr, "%s: seed %llu (TOCSIN_TEST_SEED repeats it)\n", test_name,
                  (unsigned long long)seed);
    return seed;
}
