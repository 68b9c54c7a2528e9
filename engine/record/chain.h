/* Chain: a hash over rows (SHA-256, or as its suite says), each hash over the one before it; a row
   that was changed, added, taken away or moved breaks it at its place. Numbers as eight bytes
   little-endian, texts and bytes with their length before them. */
#ifndef RECORD_CHAIN_H
#define RECORD_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/suite.h"

enum { TOC_CHAIN_SIZE = 32 };

typedef struct toc_chain {
    unsigned char head[TOC_CHAIN_SIZE];
    struct evp_md_ctx_st *row;
    const char *name;
    toc_suite suite;
} toc_chain;

/* `name`, borrowed, is the table's: equal rows of two tables hash apart. */
void toc_chain_start(toc_chain *chain, const char *name, toc_suite suite);
/* Back to the start, in the same suite or another. */
void toc_chain_restart(toc_chain *chain, toc_suite suite);
void toc_chain_finish(toc_chain *chain);
void toc_chain_begin_row(toc_chain *chain);
void toc_chain_number(toc_chain *chain, int64_t value);
void toc_chain_bytes(toc_chain *chain, const void *bytes, size_t size);
void toc_chain_text(toc_chain *chain, const char *text);
/* Ends the row; the head is its hash. */
void toc_chain_end_row(toc_chain *chain);
/* 64 hexadecimal digits and a zero. */
void toc_chain_print(const unsigned char hash[TOC_CHAIN_SIZE], char out[2 * TOC_CHAIN_SIZE + 1]);
/* Plain SHA-256. */
void toc_chain_hash(const void *bytes, size_t size, unsigned char out[TOC_CHAIN_SIZE]);

#endif
