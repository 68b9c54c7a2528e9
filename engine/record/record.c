/* Record: writing, and the accessors of what reader.c has read. */
#include "tocsin/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "record/player.h"
#include "record/reader.h"
#include "record/record_state.h"
#include "record/rows.h"
#include "record/seal.h"

/* -- Writing ------------------------------------------------------------------------------------
 */

static toc_record *record_new(const char *path) {
    toc_record *record = toc_arena_heap(NULL, 1, sizeof *record);
    *record = (toc_record){.arena = toc_arena_create()};
    record->path = toc_arena_text(record->arena, path);
    record->told = toc_problems_create();
    toc_chain_start(&record->files, "package");
    toc_chain_start(&record->inputs, "input");
    toc_chain_start(&record->traces, "trace");
    toc_chain_start(&record->digests, "digest");
    return record;
}

static void close_statements(toc_record *record) {
    (void)sqlite3_finalize(record->put_input);
    (void)sqlite3_finalize(record->put_trace);
    (void)sqlite3_finalize(record->put_digest);
    record->put_input = record->put_trace = record->put_digest = NULL;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text) {
    TOC_ASSERT(sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC) == SQLITE_OK);
}

static void bind_number(sqlite3_stmt *statement, int at, int64_t value) {
    TOC_ASSERT(sqlite3_bind_int64(statement, at, value) == SQLITE_OK);
}

static void bind_hash(sqlite3_stmt *statement, int at, const toc_chain *chain) {
    TOC_ASSERT(sqlite3_bind_blob(statement, at, chain->head, TOC_CHAIN_SIZE, SQLITE_STATIC) ==
               SQLITE_OK);
}

/* Hands on what went wrong while nobody could be told. */
static toc_status tell_failed(toc_record *record, toc_problems *problems) {
    for (size_t i = 0; i < toc_problems_kept(record->told); i++) {
        toc_problem problem = toc_problems_at(record->told, i);
        (void)toc_problems_fault(problems, problem.place, "%s", problem.text);
    }
    toc_problems_destroy(record->told);
    record->told = toc_problems_create();
    return record->failed;
}

/* Opens a transaction where none is open. After one failure nothing is written any more: what comes
   later must not stand where something is missing. */
static toc_status begin(toc_record *record, toc_problems *problems) {
    TOC_ASSERT(record->writing);
    if (record->failed != TOC_OK) {
        return tell_failed(record, problems);
    }
    if (!record->in_transaction) {
        record->failed = toc_store_run(&record->store, "BEGIN IMMEDIATE", problems);
        record->in_transaction = record->failed == TOC_OK;
    }
    return record->failed;
}

static toc_status put(toc_record *record, sqlite3_stmt *statement, toc_problems *problems) {
    record->failed = toc_store_step(&record->store, statement, problems);
    record->pending++;
    return record->failed;
}

static toc_status put_meta(toc_record *record, const char *key, const char *value,
                           toc_problems *problems) {
    sqlite3_stmt *statement =
        toc_store_prepare(&record->store, "INSERT INTO meta VALUES(?,?)", problems);
    if (statement == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    bind_text(statement, 1, key);
    bind_text(statement, 2, value);
    toc_status status = put(record, statement, problems);
    (void)sqlite3_finalize(statement);
    return status;
}

static toc_status put_meta_number(toc_record *record, const char *key, int64_t value,
                                  toc_problems *problems) {
    char text[32];
    (void)snprintf(text, sizeof text, "%" PRId64, value);
    return put_meta(record, key, text, problems);
}

static toc_status put_files(toc_record *record, const toc_package *package,
                            toc_problems *problems) {
    sqlite3_stmt *statement =
        toc_store_prepare(&record->store, "INSERT INTO package VALUES(?,?,?,?)", problems);
    toc_status status = statement == NULL ? TOC_SYSTEM_FAULT : TOC_OK;
    for (size_t i = 0; status == TOC_OK && i < toc_package_count(package); i++) {
        toc_package_file file = toc_package_at(package, i);
        toc_rows_file(&record->files, (int64_t)i + 1, &file);
        bind_number(statement, 1, (int64_t)i + 1);
        bind_text(statement, 2, file.path);
        TOC_ASSERT(sqlite3_bind_blob64(statement, 3, file.size == 0 ? "" : file.bytes, file.size,
                                       SQLITE_STATIC) == SQLITE_OK);
        bind_hash(statement, 4, &record->files);
        status = put(record, statement, problems);
        record->file_count++;
    }
    (void)sqlite3_finalize(statement);
    return status;
}

static toc_status put_opening(toc_record *record, toc_problems *problems) {
    const toc_record_meta *meta = &record->meta;
    const struct {
        const char *key, *text;
    } texts[] = {{"title", meta->title},
                 {"package", meta->package_name},
                 {"engine", meta->engine_version},
                 {"policy", meta->policy}};
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {{"seed", (int64_t)meta->seed},
                   {"replication", meta->replication},
                   {"package_digest", (int64_t)meta->package_digest},
                   {"digest_step", meta->digest_step}};
    toc_status status = TOC_OK;
    for (size_t i = 0; status == TOC_OK && i < sizeof texts / sizeof texts[0]; i++) {
        status = put_meta(record, texts[i].key, texts[i].text, problems);
    }
    for (size_t i = 0; status == TOC_OK && i < sizeof numbers / sizeof numbers[0]; i++) {
        status = put_meta_number(record, numbers[i].key, numbers[i].value, problems);
    }
    unsigned char hash[TOC_CHAIN_SIZE];
    char shown[2 * TOC_CHAIN_SIZE + 1];
    toc_record_state_opening(record, hash);
    toc_chain_print(hash, shown);
    return status == TOC_OK ? put_meta(record, "opening", shown, problems) : status;
}

toc_status toc_record_create(const char *path, const toc_package *package,
                             const toc_record_meta *meta, toc_problems *problems,
                             toc_record **out_record) {
    toc_record *record = record_new(path);
    record->meta = *meta;
    record->meta.package_digest = toc_package_digest(package);
    record->meta.ended_at = TOC_NEVER;
    record->meta.digest_step = meta->digest_step > 0 ? meta->digest_step : TOC_MINUTE;
    record->writing = true;
    toc_status status = toc_store_create(&record->store, record->path, problems);
    if (status != TOC_OK) {
        toc_record_close(record);
        return status;
    }
    record->put_input =
        toc_store_prepare(&record->store, "INSERT INTO input VALUES(?,?,?,?,?,?,?)", problems);
    record->put_trace = toc_store_prepare(
        &record->store, "INSERT INTO trace VALUES(?,?,?,?,?,?,?,?,?,?)", problems);
    record->put_digest =
        toc_store_prepare(&record->store, "INSERT INTO digest VALUES(?,?,?,?)", problems);
    if (record->put_input == NULL || record->put_trace == NULL || record->put_digest == NULL) {
        status = TOC_SYSTEM_FAULT;
        goto done;
    }
    status = begin(record, problems);
    if (status == TOC_OK) {
        status = put_files(record, package, problems);
    }
    if (status == TOC_OK) {
        status = put_opening(record, problems);
    }
    if (status == TOC_OK) {
        status = toc_record_commit(record, problems);
    }
done:
    if (status != TOC_OK) {
        close_statements(record);
        toc_store_discard(&record->store);
        toc_record_close(record);
        return status;
    }
    *out_record = record;
    return TOC_OK;
}

void toc_record_trace(void *object, const toc_trace_entry *entry) {
    toc_record *record = object;
    if (record->failed != TOC_OK || begin(record, record->told) != TOC_OK) {
        return; /* told at the next call that can */
    }
    sqlite3_stmt *row = record->put_trace;
    int64_t number = (int64_t)++record->trace_count;
    toc_rows_trace(&record->traces, number, entry);
    bind_number(row, 1, number);
    bind_number(row, 2, entry->time);
    bind_text(row, 3, toc_trace_kind_name(entry->kind));
    bind_text(row, 4, entry->subject);
    bind_text(row, 5, entry->actor);
    bind_text(row, 6, entry->verb);
    bind_text(row, 7, entry->text);
    bind_number(row, 8, entry->before);
    bind_number(row, 9, entry->after);
    bind_hash(row, 10, &record->traces);
    (void)put(record, row, record->told);
}

toc_status toc_record_input(toc_record *record, const toc_input *input, toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put_input;
    int64_t number = (int64_t)++record->input_count;
    toc_rows_input(&record->inputs, number, input);
    bind_number(row, 1, number);
    bind_number(row, 2, input->at);
    bind_text(row, 3, input->seat);
    bind_text(row, 4, input->verb);
    bind_text(row, 5, input->target);
    bind_text(row, 6, input->parameters);
    bind_hash(row, 7, &record->inputs);
    return put(record, row, problems);
}

toc_status toc_record_digest(toc_record *record, toc_time at, uint64_t digest,
                             toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put_digest;
    int64_t number = (int64_t)++record->digest_count;
    toc_rows_digest(&record->digests, number, at, digest);
    bind_number(row, 1, number);
    bind_number(row, 2, at);
    bind_number(row, 3, (int64_t)digest);
    bind_hash(row, 4, &record->digests);
    return put(record, row, problems);
}

toc_status toc_record_commit(toc_record *record, toc_problems *problems) {
    if (record->failed != TOC_OK) {
        return tell_failed(record, problems);
    }
    if (record->in_transaction) {
        record->failed = toc_store_run(&record->store, "COMMIT", problems);
        record->in_transaction = false;
        record->pending = 0;
    }
    return record->failed;
}

static toc_status put_closing(toc_record *record, toc_problems *problems) {
    const toc_record_meta *meta = &record->meta;
    unsigned char hash[TOC_CHAIN_SIZE];
    char shown[2 * TOC_CHAIN_SIZE + 1];
    toc_record_state_closing(record, hash);
    toc_chain_print(hash, shown);
    toc_status status = put_meta_number(record, "ended_at", meta->ended_at, problems);
    if (status == TOC_OK) {
        status = put_meta(record, "ended_why", meta->ended_why, problems);
    }
    if (status == TOC_OK) {
        status = put_meta_number(record, "final_digest", (int64_t)meta->final_digest, problems);
    }
    if (status == TOC_OK) {
        status = put_meta_number(record, "events", (int64_t)meta->events, problems);
    }
    return status == TOC_OK ? put_meta(record, "closing", shown, problems) : status;
}

toc_status toc_record_finish(toc_record *record, toc_time ended_at, const char *why,
                             uint64_t final_digest, uint64_t events, toc_problems *problems) {
    toc_status status = begin(record, problems);
    record->meta.ended_at = ended_at;
    (void)snprintf(record->meta.ended_why, sizeof record->meta.ended_why, "%s", why);
    record->meta.final_digest = final_digest;
    record->meta.events = events;
    if (status == TOC_OK) {
        status = put_closing(record, problems);
    }
    if (status == TOC_OK) {
        status = toc_record_commit(record, problems);
    }
    if (status == TOC_OK) {
        /* everything into the one file: what is sealed is read without its log */
        close_statements(record);
        status = toc_store_fold(&record->store, problems);
        record->writing = false;
    }
    return status == TOC_OK ? toc_seal_write(record->path, problems) : status;
}

void toc_record_close(toc_record *record) {
    if (record == NULL) {
        return;
    }
    close_statements(record);
    toc_store_close(&record->store);
    toc_chain_finish(&record->files);
    toc_chain_finish(&record->inputs);
    toc_chain_finish(&record->traces);
    toc_chain_finish(&record->digests);
    toc_list_finish(&record->input_rows);
    toc_list_finish(&record->trace_rows);
    toc_list_finish(&record->digest_rows);
    toc_package_destroy(record->package);
    toc_problems_destroy(record->told);
    toc_arena_destroy(record->arena);
    toc_arena_heap_free(record);
}

/* -- Reading ------------------------------------------------------------------------------------
 */

toc_status toc_record_open(const char *path, toc_problems *problems, toc_record **out_record) {
    toc_record *record = record_new(path);
    toc_status status = toc_reader_load(record, problems);
    if (status != TOC_OK) {
        toc_record_close(record);
        return status;
    }
    *out_record = record;
    return TOC_OK;
}

toc_record_meta toc_record_meta_of(const toc_record *record) {
    return record->meta;
}

void toc_record_head(const toc_record *record, char out[65]) {
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_record_state_closing(record, hash);
    toc_chain_print(hash, out);
}

const toc_package *toc_record_package(const toc_record *record) {
    TOC_ASSERT(record->package != NULL);
    return record->package;
}

uint64_t toc_record_trace_count(const toc_record *record) {
    return record->trace_count;
}

toc_trace_entry toc_record_trace_at(const toc_record *record, uint64_t number) {
    TOC_ASSERT(number >= 1 && number <= record->trace_rows.count);
    return *TOC_LIST_AT(toc_trace_entry, &record->trace_rows, number - 1);
}

uint64_t toc_record_input_count(const toc_record *record) {
    return record->input_count;
}

toc_input toc_record_input_at(const toc_record *record, uint64_t number) {
    TOC_ASSERT(number >= 1 && number <= record->input_rows.count);
    return *TOC_LIST_AT(toc_input, &record->input_rows, number - 1);
}

uint64_t toc_record_digest_count(const toc_record *record) {
    return record->digest_count;
}

uint64_t toc_record_digest_at(const toc_record *record, uint64_t number, toc_time *out_at) {
    TOC_ASSERT(number >= 1 && number <= record->digest_rows.count);
    const struct step *step = TOC_LIST_AT(struct step, &record->digest_rows, number - 1);
    *out_at = step->at;
    return step->value;
}

/* -- Playing ------------------------------------------------------------------------------------
 */

toc_status toc_record_play(const toc_package *package, uint64_t seed, uint32_t replication,
                           const char *policy, toc_record *record,
                           void (*progress)(void *object, toc_time now, toc_time length),
                           void *progress_object, toc_problems *problems, toc_drill **out_drill) {
    toc_player player = {.package = package,
                         .record = record,
                         .policy = policy,
                         .seed = seed,
                         .replication = replication,
                         .progress = progress,
                         .progress_object = progress_object};
    return toc_player_play(&player, problems, out_drill);
}

toc_status toc_record_replay(const toc_record *record, toc_time until, bool verify,
                             toc_trace_sink *trace, void *trace_object, toc_problems *problems,
                             toc_drill **out_drill) {
    toc_replay replay = {.record = record,
                         .until = until,
                         .verify = verify,
                         .trace = trace,
                         .trace_object = trace_object};
    return toc_player_replay(&replay, problems, out_drill);
}
