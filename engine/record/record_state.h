/* State of an open record, shared by the files of this room only. */
#ifndef RECORD_RECORD_STATE_H
#define RECORD_RECORD_STATE_H

#include "drill/wording.h"
#include "kernel/arena.h"
#include "kernel/list.h"
#include "record/chain.h"
#include "record/signet.h"
#include "record/store.h"
#include "tocsin/record.h"

/* Rows as they stand in the file; `branch` is the one they were written in. */
struct input_row {
    uint32_t branch;
    toc_input input;
};

struct trace_row {
    uint32_t branch;
    toc_trace_entry entry;
};

struct digest_row {
    uint32_t branch;
    toc_time at;
    uint64_t value;
};

struct journal_row {
    uint32_t branch;
    toc_record_entry entry;
};

/* The tables that grow while a drill is played. */
enum table { TABLE_BRANCH, TABLE_INPUT, TABLE_TRACE, TABLE_DIGEST, TABLE_JOURNAL, TABLES_GROWING };

struct toc_record {
    toc_store store;
    const char *path;
    toc_arena *arena;
    toc_record_meta meta;
    toc_suite suite;
    toc_signet *signet;                                       /* signs the end; NULL: nobody does */
    char signer[TOC_SIGNET_TEXT], signature[TOC_SIGNET_TEXT]; /* of one that was read */
    toc_chain files, chains[TABLES_GROWING];
    uint64_t counts[TABLES_GROWING]; /* rows in the file */

    /* writing */
    bool writing, in_transaction;
    sqlite3_stmt *put[TABLES_GROWING];
    uint32_t branch;     /* what is written belongs to it */
    toc_trace_sink *tap; /* hears of each entry that is written; NULL: nobody does */
    void *tap_object;
    uint32_t pending;   /* rows since the last commit */
    toc_status failed;  /* the first failure; after it nothing is written */
    toc_problems *told; /* why, where the call that failed could tell nobody */

    /* reading: everything is in memory, checked */
    toc_package *package;
    toc_list branches;                                          /* toc_record_branch */
    toc_list input_rows, trace_rows, digest_rows, journal_rows; /* the structs above */
    toc_list people;                                            /* toc_record_person */
    uint32_t selected;                                          /* branch that is given out */
    toc_wordings *wordings; /* of `language`; NULL: none was asked */
    const char *language;
    toc_list seen_inputs, seen_traces, seen_digests; /* uint32_t: its rows, in order */
};

/* Everything is empty and each chain at its start. */
toc_record *toc_record_state_new(const char *path);
/* All chains go back to the start, by that suite. */
void toc_record_state_set_suite(toc_record *record, toc_suite suite);
/* Folds every field of the meta that was set at the start, in order of the struct. */
void toc_record_state_opening(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]);
/* The same with the end of the drill and the heads of all chains: what closes the record. */
void toc_record_state_closing(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]);

#endif
