#include "record/writer.h"

#include <inttypes.h>
#include <stdio.h>

#include "kernel/assert.h"
#include "record/rows.h"
#include "record/seal.h"

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

/* -- Beginning ----------------------------------------------------------------------------------
 */

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
                 {"policy", meta->policy},
                 {"suite", toc_suite_name(record->suite)},
                 {"keep_until", meta->keep_until}};
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

toc_status toc_writer_continue(toc_record *record, toc_problems *problems) {
    static const char *const inserts[TABLES_GROWING] = {
        [TABLE_BRANCH] = "INSERT INTO branch VALUES(?,?,?,?,?)",
        [TABLE_INPUT] = "INSERT INTO input VALUES(?,?,?,?,?,?,?,?)",
        [TABLE_TRACE] = "INSERT INTO trace VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        [TABLE_DIGEST] = "INSERT INTO digest VALUES(?,?,?,?,?)",
        [TABLE_JOURNAL] = "INSERT INTO journal VALUES(?,?,?,?,?,?,?,?,?,?)",
    };
    record->writing = true;
    for (int i = 0; i < TABLES_GROWING; i++) {
        record->put[i] = toc_store_prepare(&record->store, inserts[i], problems);
        if (record->put[i] == NULL) {
            return TOC_SYSTEM_FAULT;
        }
    }
    return TOC_OK;
}

static toc_status put_beginning(toc_record *record, const toc_package *package,
                                toc_problems *problems) {
    const toc_record_branch first = {.why = "the drill as it began"};
    toc_status status = toc_writer_continue(record, problems);
    if (status == TOC_OK) {
        status = begin(record, problems);
    }
    if (status == TOC_OK) {
        status = put_files(record, package, problems);
    }
    if (status == TOC_OK) {
        status = put_opening(record, problems);
    }
    if (status == TOC_OK) {
        status = toc_writer_branch(record, &first, problems);
    }
    return status == TOC_OK ? toc_writer_commit(record, problems) : status;
}

toc_status toc_writer_create(toc_record *record, const toc_package *package,
                             toc_problems *problems) {
    toc_status status = toc_store_create(&record->store, record->path, problems);
    if (status != TOC_OK) {
        return status;
    }
    status = put_beginning(record, package, problems);
    if (status != TOC_OK) {
        toc_writer_close(record);
        toc_store_discard(&record->store);
    }
    return status;
}

/* -- Going on -----------------------------------------------------------------------------------
 */

toc_status toc_writer_branch(toc_record *record, const toc_record_branch *branch,
                             toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put[TABLE_BRANCH];
    toc_chain *chain = &record->chains[TABLE_BRANCH];
    int64_t number = (int64_t)++record->counts[TABLE_BRANCH];
    record->branch = (uint32_t)number;
    toc_record_branch *kept = toc_list_add(&record->branches, sizeof *kept);
    *kept = *branch;
    toc_rows_branch(chain, number, branch);
    bind_number(row, 1, number);
    bind_number(row, 2, branch->parent);
    bind_number(row, 3, branch->forked_at);
    bind_text(row, 4, branch->why);
    bind_hash(row, 5, chain);
    return put(record, row, problems);
}

void toc_writer_trace(toc_record *record, const toc_trace_entry *entry) {
    if (record->failed != TOC_OK || begin(record, record->told) != TOC_OK) {
        return;
    }
    sqlite3_stmt *row = record->put[TABLE_TRACE];
    toc_chain *chain = &record->chains[TABLE_TRACE];
    int64_t number = (int64_t)++record->counts[TABLE_TRACE];
    toc_rows_trace(chain, number, &(struct trace_row){record->branch, *entry});
    bind_number(row, 1, number);
    bind_number(row, 2, record->branch);
    bind_number(row, 3, entry->time);
    bind_text(row, 4, toc_trace_kind_name(entry->kind));
    bind_text(row, 5, entry->subject);
    bind_text(row, 6, entry->actor);
    bind_text(row, 7, entry->verb);
    bind_text(row, 8, entry->text);
    bind_number(row, 9, entry->before);
    bind_number(row, 10, entry->after);
    bind_hash(row, 11, chain);
    (void)put(record, row, record->told);
    if (record->tap != NULL) {
        record->tap(record->tap_object, entry);
    }
}

toc_status toc_writer_input(toc_record *record, const toc_input *input, toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put[TABLE_INPUT];
    toc_chain *chain = &record->chains[TABLE_INPUT];
    int64_t number = (int64_t)++record->counts[TABLE_INPUT];
    toc_rows_input(chain, number, &(struct input_row){record->branch, *input});
    bind_number(row, 1, number);
    bind_number(row, 2, record->branch);
    bind_number(row, 3, input->at);
    bind_text(row, 4, input->seat);
    bind_text(row, 5, input->verb);
    bind_text(row, 6, input->target);
    bind_text(row, 7, input->parameters);
    bind_hash(row, 8, chain);
    return put(record, row, problems);
}

toc_status toc_writer_digest(toc_record *record, toc_time at, uint64_t digest,
                             toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put[TABLE_DIGEST];
    toc_chain *chain = &record->chains[TABLE_DIGEST];
    int64_t number = (int64_t)++record->counts[TABLE_DIGEST];
    toc_rows_digest(chain, number, &(struct digest_row){record->branch, at, digest});
    bind_number(row, 1, number);
    bind_number(row, 2, record->branch);
    bind_number(row, 3, at);
    bind_number(row, 4, (int64_t)digest);
    bind_hash(row, 5, chain);
    return put(record, row, problems);
}

toc_status toc_writer_journal(toc_record *record, const toc_record_entry *entry,
                              toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status != TOC_OK) {
        return status;
    }
    sqlite3_stmt *row = record->put[TABLE_JOURNAL];
    toc_chain *chain = &record->chains[TABLE_JOURNAL];
    int64_t number = (int64_t)++record->counts[TABLE_JOURNAL];
    toc_rows_journal(chain, number, &(struct journal_row){record->branch, *entry});
    bind_number(row, 1, number);
    bind_number(row, 2, record->branch);
    bind_number(row, 3, entry->at);
    bind_number(row, 4, entry->moment);
    bind_text(row, 5, entry->kind);
    bind_text(row, 6, entry->seat);
    bind_text(row, 7, entry->sender);
    bind_text(row, 8, entry->subject);
    bind_text(row, 9, entry->text);
    bind_hash(row, 10, chain);
    return put(record, row, problems);
}

/* Under no chain: names can be taken away and the drill still vouched for. */
toc_status toc_writer_person(toc_record *record, const toc_record_person *person,
                             toc_problems *problems) {
    toc_status status = begin(record, problems);
    sqlite3_stmt *row = status != TOC_OK ? NULL
                                         : toc_store_prepare(&record->store,
                                                             "INSERT INTO person(seat, name, note) "
                                                             "VALUES(?,?,?)",
                                                             problems);
    if (row == NULL) {
        return status != TOC_OK ? status : TOC_SYSTEM_FAULT;
    }
    bind_text(row, 1, person->seat);
    bind_text(row, 2, person->name);
    bind_text(row, 3, person->note);
    status = put(record, row, problems);
    (void)sqlite3_finalize(row);
    if (status == TOC_OK) {
        toc_record_person *kept = toc_list_add(&record->people, sizeof *kept);
        *kept = (toc_record_person){.seat = toc_arena_text(record->arena, person->seat),
                                    .name = toc_arena_text(record->arena, person->name),
                                    .note = toc_arena_text(record->arena, person->note)};
    }
    return status;
}

toc_status toc_writer_commit(toc_record *record, toc_problems *problems) {
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

/* -- Ending -------------------------------------------------------------------------------------
 */

void toc_writer_close(toc_record *record) {
    for (int i = 0; i < TABLES_GROWING; i++) {
        (void)sqlite3_finalize(record->put[i]);
        record->put[i] = NULL;
    }
    record->writing = false;
}

static toc_status put_signature(toc_record *record, const char *closing, toc_problems *problems) {
    char text[TOC_SIGNET_TEXT];
    toc_signet_print(record->signet, text);
    toc_status status = put_meta(record, "signer", text, problems);
    toc_signet_sign(record->signet, closing, text);
    return status == TOC_OK ? put_meta(record, "signature", text, problems) : status;
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
    if (status == TOC_OK) {
        status = put_meta(record, "closing", shown, problems);
    }
    return status == TOC_OK && record->signet != NULL ? put_signature(record, shown, problems)
                                                      : status;
}

toc_status toc_writer_finish(toc_record *record, toc_problems *problems) {
    toc_status status = begin(record, problems);
    if (status == TOC_OK) {
        status = put_closing(record, problems);
    }
    if (status == TOC_OK) {
        status = toc_writer_commit(record, problems);
    }
    if (status == TOC_OK) {
        /* everything into the one file: what is sealed is read without its log */
        toc_writer_close(record);
        status = toc_store_fold(&record->store, problems);
    }
    return status == TOC_OK ? toc_seal_write(record->path, problems) : status;
}
