/* Record: the public face; writer.c and reader.c do the work. */
#include "tocsin/record.h"

#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "record/branch.h"
#include "record/player.h"
#include "record/reader.h"
#include "record/record_state.h"
#include "record/redaction.h"
#include "record/revision.h"
#include "record/revival.h"
#include "record/seal.h"
#include "record/vault.h"
#include "record/writer.h"

/* -- Writing ------------------------------------------------------------------------------------
 */

static toc_status tell_suite(const char *found, toc_problems *problems) {
    return toc_problems_error(
        problems, (toc_place){.file = NULL}, "there is no suite '%.20s'; there are %s and %s",
        found, toc_suite_name(TOC_SUITE_INTERNATIONAL), toc_suite_name(TOC_SUITE_CHINA));
}

toc_status toc_record_create(const char *path, const toc_package *package,
                             const toc_record_meta *meta, toc_problems *problems,
                             toc_record **out_record) {
    toc_record *record = toc_record_state_new(path);
    record->meta = *meta;
    record->meta.package_digest = toc_package_digest(package);
    record->meta.ended_at = TOC_NEVER;
    record->meta.digest_step = meta->digest_step > 0 ? meta->digest_step : TOC_MINUTE;
    toc_suite suite = toc_suite_find(meta->suite);
    toc_status status = TOC_OK;
    if (suite == TOC_SUITES) {
        status = tell_suite(meta->suite, problems);
    } else {
        toc_record_state_set_suite(record, suite);
        status = toc_writer_create(record, package, problems);
    }
    if (status != TOC_OK) {
        toc_record_close(record);
        return status;
    }
    *out_record = record;
    return TOC_OK;
}

void toc_record_trace(void *object, const toc_trace_entry *entry) {
    toc_writer_trace(object, entry);
}

toc_status toc_record_input(toc_record *record, const toc_input *input, toc_problems *problems) {
    return toc_writer_input(record, input, problems);
}

toc_status toc_record_digest(toc_record *record, toc_time at, uint64_t digest,
                             toc_problems *problems) {
    return toc_writer_digest(record, at, digest, problems);
}

toc_status toc_record_journal(toc_record *record, const toc_record_entry *entry,
                              toc_problems *problems) {
    return toc_writer_journal(record, entry, problems);
}

toc_status toc_record_add_person(toc_record *record, const toc_record_person *person,
                                 toc_problems *problems) {
    return toc_writer_person(record, person, problems);
}

toc_status toc_record_commit(toc_record *record, toc_problems *problems) {
    return toc_writer_commit(record, problems);
}

toc_status toc_record_finish(toc_record *record, toc_time ended_at, const char *why,
                             uint64_t final_digest, uint64_t events, toc_problems *problems) {
    record->meta.ended_at = ended_at;
    (void)snprintf(record->meta.ended_why, sizeof record->meta.ended_why, "%s", why);
    record->meta.final_digest = final_digest;
    record->meta.events = events;
    return toc_writer_finish(record, problems);
}

toc_status toc_record_sign_with(toc_record *record, const char *key_path, toc_problems *problems) {
    TOC_ASSERT(record->writing && record->signet == NULL);
    return toc_signet_load(key_path, record->suite, true, problems, &record->signet);
}

void toc_record_tap(toc_record *record, toc_trace_sink *sink, void *object) {
    record->tap = sink;
    record->tap_object = object;
}

toc_status toc_record_sign(toc_record *record, toc_time at, int64_t moment,
                           toc_problems *problems) {
    char head[65], key[TOC_SIGNET_TEXT], signature[TOC_SIGNET_TEXT];
    TOC_ASSERT(record->signet != NULL);
    toc_record_head(record, head);
    toc_signet_print(record->signet, key);
    toc_signet_sign(record->signet, head, signature);
    toc_record_entry entry = {.at = at,
                              .moment = moment,
                              .kind = "signed",
                              .seat = "",
                              .sender = key,
                              .subject = head,
                              .text = signature};
    return toc_writer_journal(record, &entry, problems);
}

toc_status toc_record_make_key(const char *path, const char *suite, toc_problems *problems) {
    toc_suite found = toc_suite_find(suite);
    return found == TOC_SUITES ? tell_suite(suite, problems)
                               : toc_signet_make(path, found, problems);
}

void toc_record_close(toc_record *record) {
    if (record == NULL) {
        return;
    }
    toc_writer_close(record);
    toc_store_close(&record->store);
    toc_chain_finish(&record->files);
    for (int i = 0; i < TABLES_GROWING; i++) {
        toc_chain_finish(&record->chains[i]);
    }
    toc_list *const lists[] = {&record->branches,     &record->input_rows,   &record->trace_rows,
                               &record->digest_rows,  &record->seen_inputs,  &record->seen_traces,
                               &record->seen_digests, &record->journal_rows, &record->people};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        toc_list_finish(lists[i]);
    }
    toc_signet_destroy(record->signet);
    toc_wording_destroy(record->wordings);
    toc_package_destroy(record->package);
    toc_problems_destroy(record->told);
    toc_arena_destroy(record->arena);
    toc_arena_heap_free(record);
}

/* -- Reading ------------------------------------------------------------------------------------
 */

toc_status toc_record_open(const char *path, toc_problems *problems, toc_record **out_record) {
    if (toc_vault_is_locked(path)) {
        return toc_problems_error(problems, (toc_place){.file = path},
                                  "this record is locked with a passphrase: 'tocsin unlock' gives "
                                  "it back");
    }
    toc_record *record = toc_record_state_new(path);
    toc_status status = toc_reader_load(record, problems);
    if (status != TOC_OK) {
        toc_record_close(record);
        return status;
    }
    *out_record = record;
    return TOC_OK;
}

toc_record_meta toc_record_meta_of(const toc_record *record) {
    toc_record_meta meta = record->meta;
    if (record->language != NULL) {
        (void)snprintf(meta.title, sizeof meta.title, "%s",
                       toc_wording_find(record->wordings, record->language, record->meta.title));
    }
    return meta;
}

void toc_record_head(const toc_record *record, char out[65]) {
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_record_state_closing(record, hash);
    toc_chain_print(hash, out);
}

void toc_record_hash(const void *bytes, size_t size, char out[65]) {
    unsigned char hash[TOC_CHAIN_SIZE];
    toc_chain_hash(bytes, size, hash);
    toc_chain_print(hash, out);
}

const toc_package *toc_record_package(const toc_record *record) {
    TOC_ASSERT(record->package != NULL);
    return record->package;
}

/* The number of what is given out: all that was written so far, or what the selected branch sees.
 */
static uint64_t count_of(const toc_record *record, const toc_list *seen, enum table table) {
    return record->writing ? record->counts[table] : seen->count;
}

static uint32_t row_of(const toc_list *seen, uint64_t number) {
    TOC_ASSERT(number >= 1 && number <= seen->count);
    return *TOC_LIST_AT(uint32_t, seen, number - 1);
}

uint64_t toc_record_trace_count(const toc_record *record) {
    return count_of(record, &record->seen_traces, TABLE_TRACE);
}

toc_trace_entry toc_record_trace_at(const toc_record *record, uint64_t number) {
    uint32_t row = row_of(&record->seen_traces, number);
    toc_trace_entry entry = TOC_LIST_AT(struct trace_row, &record->trace_rows, row)->entry;
    if (record->language != NULL) {
        entry.text = toc_wording_find(record->wordings, record->language, entry.text);
        entry.actor = toc_wording_find(record->wordings, record->language, entry.actor);
    }
    return entry;
}

void toc_record_speak(toc_record *record, const char *language) {
    record->language = language;
    if (record->wordings != NULL) {
        return;
    }
    record->wordings = toc_wording_create();
    for (uint32_t i = 0; i < record->trace_rows.count; i++) {
        const toc_trace_entry *entry =
            &TOC_LIST_AT(const struct trace_row, &record->trace_rows, i)->entry;
        if (entry->kind == TOC_TRACE_FACT && strcmp(entry->verb, TOC_WORDING_FACT) == 0 &&
            toc_wording_is_language(entry->actor)) {
            (void)toc_wording_add(record->wordings, entry->subject, entry->actor, entry->text);
        }
    }
}

uint64_t toc_record_input_count(const toc_record *record) {
    return count_of(record, &record->seen_inputs, TABLE_INPUT);
}

toc_input toc_record_input_at(const toc_record *record, uint64_t number) {
    uint32_t row = row_of(&record->seen_inputs, number);
    return TOC_LIST_AT(struct input_row, &record->input_rows, row)->input;
}

uint64_t toc_record_digest_count(const toc_record *record) {
    return count_of(record, &record->seen_digests, TABLE_DIGEST);
}

uint64_t toc_record_digest_at(const toc_record *record, uint64_t number, toc_time *out_at) {
    uint32_t row = row_of(&record->seen_digests, number);
    const struct digest_row *digest = TOC_LIST_AT(struct digest_row, &record->digest_rows, row);
    *out_at = digest->at;
    return digest->value;
}

toc_status toc_record_check_signer(const toc_record *record, const char *key_path,
                                   toc_problems *problems) {
    toc_signet *signet = NULL;
    char key[TOC_SIGNET_TEXT];
    toc_status status = toc_signet_load(key_path, record->suite, false, problems, &signet);
    if (status != TOC_OK) {
        return status;
    }
    toc_signet_print(signet, key);
    toc_signet_destroy(signet);
    toc_place place = {.file = record->path};
    if (record->signer[0] == '\0') {
        return toc_problems_error(problems, place, "nobody signed this record");
    }
    return strcmp(key, record->signer) == 0
               ? TOC_OK
               : toc_problems_error(problems, place, "the record was signed with another key: %s",
                                    record->meta.signer);
}

toc_status toc_record_lock(const char *from, const char *to, const char *passphrase,
                           toc_problems *problems) {
    bool sealed = false;
    toc_status status = toc_seal_check(from, &sealed, problems);
    if (status == TOC_OK && !sealed) {
        status = toc_problems_error(problems, (toc_place){.file = from},
                                    "this drill was not finished: play it to its end first");
    }
    return status == TOC_OK ? toc_vault_lock(from, to, passphrase, problems) : status;
}

toc_status toc_record_unlock(const char *from, const char *to, const char *passphrase,
                             toc_problems *problems) {
    return toc_vault_unlock(from, to, passphrase, problems);
}

uint64_t toc_record_journal_count(const toc_record *record) {
    return record->journal_rows.count;
}

toc_record_entry toc_record_journal_at(const toc_record *record, uint64_t number,
                                       uint32_t *out_branch) {
    TOC_ASSERT(number >= 1 && number <= record->journal_rows.count);
    const struct journal_row *row =
        TOC_LIST_AT(struct journal_row, &record->journal_rows, number - 1);
    *out_branch = row->branch;
    return row->entry;
}

toc_status toc_record_forget(const char *path, toc_problems *problems) {
    return toc_redaction_run(path, problems);
}

uint64_t toc_record_person_count(const toc_record *record) {
    return record->people.count;
}

toc_record_person toc_record_person_at(const toc_record *record, uint64_t number) {
    TOC_ASSERT(number >= 1 && number <= record->people.count);
    return *TOC_LIST_AT(toc_record_person, &record->people, number - 1);
}

/* -- Branches -----------------------------------------------------------------------------------
 */

uint32_t toc_record_branch_count(const toc_record *record) {
    return record->branches.count;
}

toc_record_branch toc_record_branch_at(const toc_record *record, uint32_t number) {
    TOC_ASSERT(number >= 1 && number <= record->branches.count);
    return *TOC_LIST_AT(toc_record_branch, &record->branches, number - 1);
}

void toc_record_select(toc_record *record, uint32_t branch) {
    TOC_ASSERT(!record->writing);
    toc_branch_select(record, branch);
}

toc_status toc_record_resume(const char *path, toc_problems *problems, toc_record **out_record,
                             toc_drill **out_drill) {
    toc_record *record = toc_record_state_new(path);
    toc_status status = toc_revival_resume(record, problems, out_drill);
    if (status != TOC_OK) {
        toc_record_close(record);
        return status;
    }
    *out_record = record;
    return TOC_OK;
}

toc_status toc_record_rewind(toc_record *record, toc_time at, const char *why,
                             toc_problems *problems, toc_drill **out_drill) {
    return toc_revival_fork(record, record->branch, at, why, problems, out_drill);
}

toc_status toc_record_fork(toc_record *record, uint32_t parent, toc_time at, const char *why,
                           toc_problems *problems, toc_drill **out_drill) {
    return toc_revival_fork(record, parent, at, why, problems, out_drill);
}

toc_status toc_record_split(toc_record *record, toc_time now, const char *why,
                            toc_problems *problems) {
    TOC_ASSERT(record->writing);
    /* what was given and has not been passed is stamped one microsecond ahead: both branches
       have it */
    toc_record_branch branch = {
        .parent = record->branch, .forked_at = now + 1, .why = toc_arena_text(record->arena, why)};
    return toc_writer_branch(record, &branch, problems);
}

toc_time toc_record_branch_end(const toc_record *record, uint32_t number) {
    return toc_branch_end(record, number);
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

toc_status toc_record_revise(const toc_record *record, const toc_record_edit *edits, size_t count,
                             toc_record *into, toc_problems *problems, toc_drill **out_drill) {
    return toc_revision_play(record, edits, count, into, problems, out_drill);
}
