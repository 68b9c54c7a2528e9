/* Digest: a 64-bit hash of state, the same on every machine. Not cryptographic: the record's
   hash chain is. */
#ifndef KERNEL_DIGEST_H
#define KERNEL_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef struct toc_digest {
    uint64_t value;
} toc_digest;

toc_digest toc_digest_start(void);
void toc_digest_u64(toc_digest *digest, uint64_t value);
void toc_digest_i64(toc_digest *digest, int64_t value);
void toc_digest_bytes(toc_digest *digest, const void *bytes, size_t size);
/* Length and bytes, so that "ab","c" and "a","bc" differ; NULL counts as empty. */
void toc_digest_text(toc_digest *digest, const char *text);
uint64_t toc_digest_value(toc_digest digest);

#endif
