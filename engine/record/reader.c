#include "record/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/branch.h"
#include "record/rows.h"
#include "record/seal.h"

struct reader {
    toc_record *record;
    toc_problems *problems;
    sqlite3_stmt *rows;
    toc_list files; /* toc_package_file */
};

static toc_place place_of(const struct reader *reader) {
    return (toc_place){.file = reader->record->path};
}

static toc_status damaged(const struct reader *reader, const char *table, uint64_t row,
                          const char *what) {
    return toc_problems_error(reader->problems, place_of(reader), "table %s, row %" PRIu64 ": %s",
                              table, row, what);
}

/* Texts of the current row, kept as long as the record. */
static const char *text_at(const struct reader *reader, int column) {
    const unsigned char *text = sqlite3_column_text(reader->rows, column);
    int size = sqlite3_column_bytes(reader->rows, column);
    return text == NULL ? ""
                        : toc_arena_text_n(reader->record->arena, (const char *)text, (size_t)size);
}

static bool hash_fits(const struct reader *reader, int column, const toc_chain *chain) {
    const void *hash = sqlite3_column_blob(reader->rows, column);
    return hash != NULL && sqlite3_column_bytes(reader->rows, column) == TOC_CHAIN_SIZE &&
           memcmp(hash, chain->head, TOC_CHAIN_SIZE) == 0;
}

typedef toc_status read_row(struct reader *reader, uint64_t number);

/* Walks a table in order of its numbers, which must run from 1 without a gap. */
static toc_status walk(struct reader *reader, const char *table, read_row *row,
                       uint64_t *out_count) {
    char sql[96];
    (void)snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY number", table);
    reader->rows = toc_store_prepare(&reader->record->store, sql, reader->problems);
    if (reader->rows == NULL) {
        return TOC_BAD_INPUT;
    }
    uint64_t number = 0;
    toc_status status = TOC_OK;
    int code = SQLITE_DONE;
    while (status == TOC_OK && (code = sqlite3_step(reader->rows)) == SQLITE_ROW) {
        number++;
        status = (uint64_t)sqlite3_column_int64(reader->rows, 0) == number
                     ? row(reader, number)
                     : damaged(reader, table, number, "is missing");
    }
    if (status == TOC_OK && code != SQLITE_DONE) {
        status = toc_store_tell(&reader->record->store, "reading the record", reader->problems);
    }
    (void)sqlite3_finalize(reader->rows);
    reader->rows = NULL;
    *out_count = number;
    return status;
}

static const char *const changed = "is not what was written (its hash does not fit)";

static toc_status read_file(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_package_file *file = toc_list_add(&reader->files, sizeof *file);
    file->path = text_at(reader, 1);
    const char *bytes = sqlite3_column_blob(reader->rows, 2);
    file->size = (size_t)sqlite3_column_bytes(reader->rows, 2);
    file->bytes = toc_arena_text_n(record->arena, bytes == NULL ? "" : bytes, file->size);
    toc_rows_file(&record->files, (int64_t)number, file);
    return hash_fits(reader, 3, &record->files) ? TOC_OK
                                                : damaged(reader, "package", number, changed);
}

static uint32_t branch_at(const struct reader *reader, int column) {
    int64_t branch = sqlite3_column_int64(reader->rows, column);
    return branch >= 1 && branch <= (int64_t)reader->record->branches.count ? (uint32_t)branch : 0;
}

static const char *const nowhere = "belongs to no branch";

static toc_status read_branch(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_chain *chain = &record->chains[TABLE_BRANCH];
    toc_record_branch *branch = toc_list_add(&record->branches, sizeof *branch);
    int64_t parent = sqlite3_column_int64(reader->rows, 1);
    if (parent < 0 || parent >= (int64_t)number || (parent == 0) != (number == 1)) {
        return damaged(reader, "branch", number, "forks from no earlier branch");
    }
    branch->parent = (uint32_t)parent;
    branch->forked_at = sqlite3_column_int64(reader->rows, 2);
    branch->why = text_at(reader, 3);
    toc_rows_branch(chain, (int64_t)number, branch);
    return hash_fits(reader, 4, chain) ? TOC_OK : damaged(reader, "branch", number, changed);
}

static toc_status read_input(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_chain *chain = &record->chains[TABLE_INPUT];
    struct input_row *row = toc_list_add(&record->input_rows, sizeof *row);
    row->branch = branch_at(reader, 1);
    row->input.at = sqlite3_column_int64(reader->rows, 2);
    row->input.seat = text_at(reader, 3);
    row->input.verb = text_at(reader, 4);
    row->input.target = text_at(reader, 5);
    row->input.parameters = text_at(reader, 6);
    toc_rows_input(chain, (int64_t)number, row);
    return row->branch == 0              ? damaged(reader, "input", number, nowhere)
           : hash_fits(reader, 7, chain) ? TOC_OK
                                         : damaged(reader, "input", number, changed);
}

static toc_status read_trace(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_chain *chain = &record->chains[TABLE_TRACE];
    struct trace_row *row = toc_list_add(&record->trace_rows, sizeof *row);
    toc_trace_entry *entry = &row->entry;
    row->branch = branch_at(reader, 1);
    entry->time = sqlite3_column_int64(reader->rows, 2);
    entry->kind = toc_trace_find_kind(text_at(reader, 3));
    if (entry->kind == TOC_TRACE_KINDS) {
        return damaged(reader, "trace", number, "is of a kind that this program does not know");
    }
    entry->subject = text_at(reader, 4);
    entry->actor = text_at(reader, 5);
    entry->verb = text_at(reader, 6);
    entry->text = text_at(reader, 7);
    entry->before = sqlite3_column_int64(reader->rows, 8);
    entry->after = sqlite3_column_int64(reader->rows, 9);
    toc_rows_trace(chain, (int64_t)number, row);
    return row->branch == 0               ? damaged(reader, "trace", number, nowhere)
           : hash_fits(reader, 10, chain) ? TOC_OK
                                          : damaged(reader, "trace", number, changed);
}

static toc_status read_digest(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_chain *chain = &record->chains[TABLE_DIGEST];
    struct digest_row *row = toc_list_add(&record->digest_rows, sizeof *row);
    row->branch = branch_at(reader, 1);
    row->at = sqlite3_column_int64(reader->rows, 2);
    row->value = (uint64_t)sqlite3_column_int64(reader->rows, 3);
    toc_rows_digest(chain, (int64_t)number, row);
    return row->branch == 0              ? damaged(reader, "digest", number, nowhere)
           : hash_fits(reader, 4, chain) ? TOC_OK
                                         : damaged(reader, "digest", number, changed);
}

static toc_status read_journal(struct reader *reader, uint64_t number) {
    toc_record *record = reader->record;
    toc_chain *chain = &record->chains[TABLE_JOURNAL];
    struct journal_row *row = toc_list_add(&record->journal_rows, sizeof *row);
    row->branch = branch_at(reader, 1);
    row->entry = (toc_record_entry){.at = sqlite3_column_int64(reader->rows, 2),
                                    .moment = sqlite3_column_int64(reader->rows, 3),
                                    .kind = text_at(reader, 4),
                                    .seat = text_at(reader, 5),
                                    .sender = text_at(reader, 6),
                                    .subject = text_at(reader, 7),
                                    .text = text_at(reader, 8)};
    toc_rows_journal(chain, (int64_t)number, row);
    return row->branch == 0              ? damaged(reader, "journal", number, nowhere)
           : hash_fits(reader, 9, chain) ? TOC_OK
                                         : damaged(reader, "journal", number, changed);
}

static toc_status read_person(struct reader *reader, uint64_t number) {
    toc_record_person *person = toc_list_add(&reader->record->people, sizeof *person);
    (void)number;
    *person = (toc_record_person){text_at(reader, 1), text_at(reader, 2), text_at(reader, 3)};
    return TOC_OK;
}

/* False where the key is not there. */
static bool meta_text(const struct reader *reader, const char *key, char *out, size_t size) {
    sqlite3_stmt *statement = toc_store_prepare(
        &reader->record->store, "SELECT value FROM meta WHERE key=?", reader->problems);
    bool found = statement != NULL &&
                 sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found) {
        (void)snprintf(out, size, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    (void)sqlite3_finalize(statement);
    return found;
}

static int64_t meta_number(const struct reader *reader, const char *key) {
    char text[64] = "";
    return meta_text(reader, key, text, sizeof text) ? strtoll(text, NULL, 10) : 0;
}

static toc_status check_hash(const struct reader *reader, const char *key,
                             const unsigned char hash[TOC_CHAIN_SIZE]) {
    char kept[2 * TOC_CHAIN_SIZE + 2] = "", expected[2 * TOC_CHAIN_SIZE + 1];
    toc_chain_print(hash, expected);
    if (!meta_text(reader, key, kept, sizeof kept) || strcmp(kept, expected) != 0) {
        return toc_problems_error(reader->problems, place_of(reader),
                                  "table meta, row '%s': what it vouches for is not what was "
                                  "written",
                                  key);
    }
    return TOC_OK;
}

static toc_status read_opening(struct reader *reader) {
    toc_record *record = reader->record;
    toc_record_meta *meta = &record->meta;
    (void)meta_text(reader, "title", meta->title, sizeof meta->title);
    (void)meta_text(reader, "package", meta->package_name, sizeof meta->package_name);
    (void)meta_text(reader, "engine", meta->engine_version, sizeof meta->engine_version);
    (void)meta_text(reader, "policy", meta->policy, sizeof meta->policy);
    (void)meta_text(reader, "keep_until", meta->keep_until, sizeof meta->keep_until);
    meta->seed = (uint64_t)meta_number(reader, "seed");
    meta->replication = (uint32_t)meta_number(reader, "replication");
    meta->package_digest = (uint64_t)meta_number(reader, "package_digest");
    meta->digest_step = meta_number(reader, "digest_step");
    meta->ended_at = TOC_NEVER;
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_record_state_opening(record, hash);
    return check_hash(reader, "opening", hash);
}

/* One that is there must fit; whose key it is says toc_record_check_signer. */
static toc_status check_signature(struct reader *reader, const unsigned char hash[TOC_CHAIN_SIZE]) {
    toc_record *record = reader->record;
    char closing[2 * TOC_CHAIN_SIZE + 1];
    if (!meta_text(reader, "signer", record->signer, sizeof record->signer)) {
        return TOC_OK;
    }
    toc_chain_print(hash, closing);
    (void)meta_text(reader, "signature", record->signature, sizeof record->signature);
    if (!toc_signet_check(record->suite, record->signer, closing, record->signature)) {
        return toc_problems_error(reader->problems, place_of(reader),
                                  "the signature is not one of its key over this record");
    }
    toc_record_hash(record->signer, strlen(record->signer), record->meta.signer);
    return TOC_OK;
}

/* By what the record says that it is chained. */
static toc_status read_suite(struct reader *reader) {
    toc_record *record = reader->record;
    char *name = record->meta.suite;
    (void)meta_text(reader, "suite", name, sizeof record->meta.suite);
    toc_suite suite = toc_suite_find(name);
    if (suite == TOC_SUITES || name[0] == '\0') {
        return toc_problems_error(reader->problems, place_of(reader),
                                  "table meta, row 'suite': this program does not know '%.20s'",
                                  name);
    }
    toc_record_state_set_suite(record, suite);
    return TOC_OK;
}

/* Nothing stands in the table beside what the hashes cover, and nothing of it is missing. */
static toc_status check_meta_count(const struct reader *reader, bool *out_finished) {
    enum { OPENING = 11, ALL = 16, SIGNATURE = 2 };
    sqlite3_stmt *row =
        toc_store_prepare(&reader->record->store, "SELECT count(*) FROM meta", reader->problems);
    int count = row != NULL && sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int(row, 0) : 0;
    (void)sqlite3_finalize(row);
    char text[64];
    *out_finished = meta_text(reader, "ended_at", text, sizeof text);
    int expected = *out_finished ? ALL : OPENING;
    expected += meta_text(reader, "signer", text, sizeof text) ? SIGNATURE : 0;
    if (count != expected) {
        return toc_problems_error(reader->problems, place_of(reader),
                                  "table meta: %d rows are not those of a record that was %s",
                                  count, *out_finished ? "finished" : "cut short");
    }
    return TOC_OK;
}

static toc_status read_closing(struct reader *reader, bool sealed) {
    toc_record_meta *meta = &reader->record->meta;
    bool finished = false;
    toc_status status = check_meta_count(reader, &finished);
    if (status != TOC_OK || (!finished && !sealed)) {
        return status;
    }
    meta->ended_at = meta_number(reader, "ended_at");
    (void)meta_text(reader, "ended_why", meta->ended_why, sizeof meta->ended_why);
    meta->final_digest = (uint64_t)meta_number(reader, "final_digest");
    meta->events = (uint64_t)meta_number(reader, "events");
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_record_state_closing(reader->record, hash);
    status = check_hash(reader, "closing", hash);
    if (status == TOC_OK) {
        status = check_signature(reader, hash);
    }
    if (status == TOC_OK && !sealed) {
        toc_problems_warn(reader->problems, place_of(reader),
                          "the drill was finished, but its record was not sealed: every row is as "
                          "it was written, unused bytes of the file are not vouched for");
    }
    return status;
}

static int64_t worked(void) {
    struct timespec used = {0, 0};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static toc_status read_package(struct reader *reader) {
    toc_record *record = reader->record;
    uint64_t count = 0;
    toc_status status = walk(reader, "package", read_file, &count);
    if (status == TOC_OK) {
        status = read_opening(reader);
    }
    if (status == TOC_OK) {
        status = toc_package_from_files(record->meta.package_name, reader->files.items,
                                        reader->files.count, reader->problems, &record->package);
    }
    if (status == TOC_OK) { /* a record may come from anybody, and holds scripts */
        toc_package_watch(record->package, worked);
    }
    toc_list_finish(&reader->files);
    return status;
}

static toc_status read_rows(struct reader *reader) {
    static const struct {
        const char *name;
        read_row *row;
    } tables[TABLES_GROWING] = {
        [TABLE_BRANCH] = {"branch", read_branch},    [TABLE_INPUT] = {"input", read_input},
        [TABLE_TRACE] = {"trace", read_trace},       [TABLE_DIGEST] = {"digest", read_digest},
        [TABLE_JOURNAL] = {"journal", read_journal},
    };
    toc_record *record = reader->record;
    toc_status status = TOC_OK;
    for (int i = 0; status == TOC_OK && i < TABLES_GROWING; i++) {
        status = walk(reader, tables[i].name, tables[i].row, &record->counts[i]);
    }
    uint64_t people = 0;
    if (status == TOC_OK) {
        status = walk(reader, "person", read_person, &people);
    }
    if (status == TOC_OK && record->branches.count == 0) {
        status = damaged(reader, "branch", 1, "is missing");
    }
    return status;
}

toc_status toc_reader_read(toc_record *record, bool sealed, toc_problems *problems) {
    struct reader reader = {.record = record, .problems = problems};
    toc_status status = sealed ? TOC_OK : toc_store_check(&record->store, problems);
    if (status == TOC_OK) {
        status = read_suite(&reader);
    }
    if (status == TOC_OK) {
        status = read_package(&reader);
    }
    if (status == TOC_OK) {
        status = read_rows(&reader);
    }
    if (status == TOC_OK) {
        status = read_closing(&reader, sealed);
    }
    if (status == TOC_OK) {
        toc_branch_select(record, record->branches.count);
    }
    return status;
}

toc_status toc_reader_read_again(toc_record *record, toc_problems *problems) {
    struct reader reader = {.record = record, .problems = problems};
    record->branches.count = record->input_rows.count = 0;
    record->trace_rows.count = record->digest_rows.count = 0;
    record->journal_rows.count = record->people.count = 0;
    for (int i = 0; i < TABLES_GROWING; i++) {
        toc_chain_restart(&record->chains[i], record->suite);
    }
    toc_status status = TOC_OK;
    if (record->package == NULL) { /* it was created here, from a package of somebody else's */
        toc_chain_restart(&record->files, record->suite);
        status = read_package(&reader);
    }
    return status == TOC_OK ? read_rows(&reader) : status;
}

toc_status toc_reader_load(toc_record *record, toc_problems *problems) {
    bool sealed = false;
    toc_status seal = toc_seal_check(record->path, &sealed, problems);
    if (seal != TOC_OK && !sealed) {
        return seal;
    }
    toc_status status = toc_store_open(&record->store, record->path, problems);
    if (status == TOC_OK) {
        status = toc_reader_read(record, sealed, problems);
    }
    toc_store_close(&record->store);
    if (seal != TOC_OK && status == TOC_OK) {
        return toc_problems_error(problems, (toc_place){.file = record->path},
                                  "every row is as it was written: the change is in the file's "
                                  "structure or in its unused space");
    }
    return seal != TOC_OK ? seal : status;
}
