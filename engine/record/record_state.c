#include "record/record_state.h"

static void fold_opening(const toc_record *record, toc_chain *chain) {
    const toc_record_meta *meta = &record->meta;
    toc_chain_begin_row(chain);
    toc_chain_text(chain, meta->title);
    toc_chain_text(chain, meta->package_name);
    toc_chain_text(chain, meta->engine_version);
    toc_chain_text(chain, meta->policy);
    toc_chain_number(chain, (int64_t)meta->seed);
    toc_chain_number(chain, meta->replication);
    toc_chain_number(chain, (int64_t)meta->package_digest);
    toc_chain_number(chain, meta->digest_step);
    toc_chain_bytes(chain, record->files.head, TOC_CHAIN_SIZE);
    toc_chain_end_row(chain);
}

static void copy(const toc_chain *chain, unsigned char out[TOC_CHAIN_SIZE]) {
    for (int i = 0; i < TOC_CHAIN_SIZE; i++) {
        out[i] = chain->head[i];
    }
}

void toc_record_state_opening(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]) {
    toc_chain chain;
    toc_chain_start(&chain, "meta");
    fold_opening(record, &chain);
    copy(&chain, out);
    toc_chain_finish(&chain);
}

void toc_record_state_closing(const toc_record *record, unsigned char out[TOC_CHAIN_SIZE]) {
    const toc_record_meta *meta = &record->meta;
    toc_chain chain;
    toc_chain_start(&chain, "meta");
    fold_opening(record, &chain);
    toc_chain_begin_row(&chain);
    toc_chain_number(&chain, meta->ended_at);
    toc_chain_text(&chain, meta->ended_why);
    toc_chain_number(&chain, (int64_t)meta->final_digest);
    toc_chain_number(&chain, (int64_t)meta->events);
    toc_chain_bytes(&chain, record->inputs.head, TOC_CHAIN_SIZE);
    toc_chain_bytes(&chain, record->traces.head, TOC_CHAIN_SIZE);
    toc_chain_bytes(&chain, record->digests.head, TOC_CHAIN_SIZE);
    toc_chain_end_row(&chain);
    copy(&chain, out);
    toc_chain_finish(&chain);
}
