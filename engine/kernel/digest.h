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
/* The finaliser of Stafford's variant 13 of SplitMix64, over the value and over what it is added
   to; here, because every event of every drill passes through it. */
static inline uint64_t toc_digest_mixed(uint64_t value) {
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}
static inline void toc_digest_u64(toc_digest *digest, uint64_t value) {
    digest->value =
        toc_digest_mixed(digest->value + UINT64_C(0x9e3779b97f4a7c15) + toc_digest_mixed(value));
}
void toc_digest_i64(toc_digest *digest, int64_t value);
void toc_digest_bytes(toc_digest *digest, const void *bytes, size_t size);
/* Length and bytes, so that "ab","c" and "a","bc" differ; NULL counts as empty. */
void toc_digest_text(toc_digest *digest, const char *text);
uint64_t toc_digest_value(toc_digest digest);

#endif
