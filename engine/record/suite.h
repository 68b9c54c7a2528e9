/* Suite: which hash a record is chained by, and which signature its head can carry. */
#ifndef RECORD_SUITE_H
#define RECORD_SUITE_H

struct evp_md_st;

typedef enum toc_suite {
#define TOC_SUITE(id, name, md, key) TOC_SUITE_##id,
#include "record/suite.def"
#undef TOC_SUITE
    TOC_SUITES
} toc_suite;

const char *toc_suite_name(toc_suite suite);
/* TOC_SUITES where there is none of that name; "" is the first. */
toc_suite toc_suite_find(const char *name);
/* OpenSSL's. */
const struct evp_md_st *toc_suite_hash(toc_suite suite);
/* "ED25519", as OpenSSL calls the kind of key. */
const char *toc_suite_key(toc_suite suite);

#endif
