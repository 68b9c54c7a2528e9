#include "record/suite.h"

#include <openssl/evp.h>

#include <string.h>

#include "kernel/assert.h"

static const struct {
    const char *name;
    const EVP_MD *(*hash)(void);
    const char *key;
} suites[TOC_SUITES] = {
#define TOC_SUITE(id, name, md, key) {name, md, key},
#include "record/suite.def"
#undef TOC_SUITE
};

const char *toc_suite_name(toc_suite suite) {
    TOC_ASSERT(suite < TOC_SUITES);
    return suites[suite].name;
}

toc_suite toc_suite_find(const char *name) {
    int suite = 0;
    while (name[0] != '\0' && suite < TOC_SUITES && strcmp(suites[suite].name, name) != 0) {
        suite++;
    }
    return (toc_suite)suite;
}

const EVP_MD *toc_suite_hash(toc_suite suite) {
    TOC_ASSERT(suite < TOC_SUITES);
    return suites[suite].hash();
}

const char *toc_suite_key(toc_suite suite) {
    TOC_ASSERT(suite < TOC_SUITES);
    return suites[suite].key;
}
