/* State of an open record, shared by the files of this room only. */
#ifndef RECORD_RECORD_STATE_H
#define RECORD_RECORD_STATE_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "record/chain.h"
#include "record/store.h"
#include "tocsin/record.h"

/* One digest of a step. */
struct step {
    toc_time at;
    uint64_t value;
};

struct toc_record {
    toc_store store;
    const char *path;
    toc_arena *arena;
    toc_record_meta meta;
    toc_chain files, inputs, traces, digests;
    uint64_t file_count, input_count, trace_count, digest_count;

    /* writing */
    bool writing, in_transaction;
    sqlite3_stmt *put_input, *put_trace, *put_digest;
    uint32_t pending;   /* rows since the last commit */
    toc_status failed;  /* the first failure; after it nothing is written */
    toc_problems *told; /* why, where the call that failed could tell nobody */

    /* reading: everything is in memory, checked */
    toc_package *package;
    toc_list input_rows, trace_rows, digest_rows;
};

/* Folds every field of the meta that was set at the start, in order of the struct. */
void toc_record_state_opening(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]);
/* The same with the end of the drill and the heads of all chains: what closes the record. */
void toc_record_state_closing(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]);

#endif
