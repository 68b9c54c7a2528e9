/* Digest: words are folded in by multiply and xor-shift, bytes as little-endian words whatever the
   machine. */
#include "kernel/digest.h"

#include <string.h>

toc_digest toc_digest_start(void) {
    return (toc_digest){UINT64_C(0x746f6373696e2e31)};
}

void toc_digest_i64(toc_digest *digest, int64_t value) {
    toc_digest_u64(digest, (uint64_t)value);
}

void toc_digest_bytes(toc_digest *digest, const void *bytes, size_t size) {
    const unsigned char *byte = bytes;
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < 8 && at + i < size; i++) {
            word |= (uint64_t)byte[at + i] << (8 * i);
        }
        toc_digest_u64(digest, word);
    }
}

void toc_digest_text(toc_digest *digest, const char *text) {
    size_t length = text == NULL ? 0 : strlen(text);
    toc_digest_u64(digest, length);
    toc_digest_bytes(digest, text, length);
}

uint64_t toc_digest_value(toc_digest digest) {
    return digest.value;
}
