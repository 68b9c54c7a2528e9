#include "record/chain.h"

#include <openssl/evp.h>

#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"

void toc_chain_start(toc_chain *chain, const char *name, toc_suite suite) {
    chain->row = EVP_MD_CTX_new();
    TOC_ASSERT(chain->row != NULL);
    chain->name = name;
    toc_chain_restart(chain, suite);
}

void toc_chain_restart(toc_chain *chain, toc_suite suite) {
    chain->suite = suite;
    memset(chain->head, 0, sizeof chain->head);
    toc_chain_begin_row(chain);
    toc_chain_text(chain, "tocsin record 1");
    toc_chain_text(chain, chain->name);
    toc_chain_end_row(chain);
}

void toc_chain_finish(toc_chain *chain) {
    EVP_MD_CTX_free(chain->row);
    chain->row = NULL;
}

static void fold(toc_chain *chain, const void *bytes, size_t size) {
    TOC_ASSERT(EVP_DigestUpdate(chain->row, bytes, size) == 1);
}

void toc_chain_begin_row(toc_chain *chain) {
    TOC_ASSERT(EVP_DigestInit_ex(chain->row, toc_suite_hash(chain->suite), NULL) == 1);
    fold(chain, chain->head, sizeof chain->head);
}

void toc_chain_number(toc_chain *chain, int64_t value) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
    }
    fold(chain, bytes, sizeof bytes);
}

void toc_chain_bytes(toc_chain *chain, const void *bytes, size_t size) {
    toc_chain_number(chain, (int64_t)size);
    fold(chain, bytes, size);
}

void toc_chain_text(toc_chain *chain, const char *text) {
    toc_chain_bytes(chain, text, strlen(text));
}

void toc_chain_end_row(toc_chain *chain) {
    unsigned size = 0;
    TOC_ASSERT(EVP_DigestFinal_ex(chain->row, chain->head, &size) == 1);
    TOC_ASSERT(size == TOC_CHAIN_SIZE);
}

void toc_chain_print(const unsigned char hash[TOC_CHAIN_SIZE], char out[2 * TOC_CHAIN_SIZE + 1]) {
    for (int i = 0; i < TOC_CHAIN_SIZE; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
}

void toc_chain_hash(const void *bytes, size_t size, unsigned char out[TOC_CHAIN_SIZE]) {
    unsigned length = 0;
    TOC_ASSERT(EVP_Digest(bytes, size, out, &length, EVP_sha256(), NULL) == 1);
    TOC_ASSERT(length == TOC_CHAIN_SIZE);
}
