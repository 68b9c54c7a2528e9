#include "record/record_state.h"

#include <string.h>

toc_record *toc_record_state_new(const char *path) {
    static const char *const names[TABLES_GROWING] = {"branch", "input", "trace", "digest",
                                                      "journal"};
    toc_record *record = toc_arena_heap(NULL, 1, sizeof *record);
    *record = (toc_record){.arena = toc_arena_create()};
    record->path = toc_arena_text(record->arena, path);
    record->told = toc_problems_create();
    toc_chain_start(&record->files, "package", record->suite);
    for (int i = 0; i < TABLES_GROWING; i++) {
        toc_chain_start(&record->chains[i], names[i], record->suite);
    }
    return record;
}

void toc_record_state_set_suite(toc_record *record, toc_suite suite) {
    record->suite = suite;
    toc_chain_restart(&record->files, suite);
    for (int i = 0; i < TABLES_GROWING; i++) {
        toc_chain_restart(&record->chains[i], suite);
    }
}

static void fold_opening(const toc_record *record, toc_chain *chain) {
    const toc_record_meta *meta = &record->meta;
    toc_chain_begin_row(chain);
    toc_chain_text(chain, meta->title);
    toc_chain_text(chain, meta->package_name);
    toc_chain_text(chain, meta->engine_version);
    toc_chain_text(chain, meta->policy);
    toc_chain_text(chain, toc_suite_name(record->suite));
    toc_chain_text(chain, meta->keep_until);
    toc_chain_number(chain, (int64_t)meta->seed);
    toc_chain_number(chain, meta->replication);
    toc_chain_number(chain, (int64_t)meta->package_digest);
    toc_chain_number(chain, meta->digest_step);
    toc_chain_bytes(chain, record->files.head, TOC_CHAIN_SIZE);
    toc_chain_end_row(chain);
}

void toc_record_state_opening(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]) {
    toc_chain chain;
    toc_chain_start(&chain, "meta", record->suite);
    fold_opening(record, &chain);
    memcpy(out, chain.head, TOC_CHAIN_SIZE);
    toc_chain_finish(&chain);
}

void toc_record_state_closing(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]) {
    const toc_record_meta *meta = &record->meta;
    toc_chain chain;
    toc_chain_start(&chain, "meta", record->suite);
    fold_opening(record, &chain);
    toc_chain_begin_row(&chain);
    toc_chain_number(&chain, meta->ended_at);
    toc_chain_text(&chain, meta->ended_why);
    toc_chain_number(&chain, (int64_t)meta->final_digest);
    toc_chain_number(&chain, (int64_t)meta->events);
    for (int i = 0; i < TABLES_GROWING; i++) {
        toc_chain_bytes(&chain, record->chains[i].head, TOC_CHAIN_SIZE);
    }
    toc_chain_end_row(&chain);
    memcpy(out, chain.head, TOC_CHAIN_SIZE);
    toc_chain_finish(&chain);
}
