/* Record: the file a drill leaves (.drill): the whole package, the seed, every input, the trace,
   and digests at fixed steps of drill time, under one SHA-256 chain. One SQLite file, one
   exclusive connection, committed before it is acknowledged. */
#ifndef TOCSIN_RECORD_H
#define TOCSIN_RECORD_H

#include "tocsin/drill.h"

typedef struct toc_record toc_record;

typedef struct toc_record_meta {
    char title[256], package_name[128], engine_version[32], policy[256];
    uint64_t seed;
    uint32_t replication;
    uint64_t package_digest;
    toc_time digest_step; /* drill time between digests */
    toc_time ended_at;    /* TOC_NEVER: it was not finished */
    char ended_why[128];
    char suite[16];      /* hash and signature: "sha256-ed25519", which "" is too, or "sm3-sm2" */
    char keep_until[16]; /* the day after which it is to be destroyed, "2028-01-31"; "": no day */
    char signer[65];     /* hash of the key that signed its end; "": nobody did */
    uint64_t final_digest, events;
} toc_record_meta;

/* What people did around the drill, under the chain as everything else is: who joined, what was
   refused and why, pauses, evaluators' notes. It is no input: nothing in the drill comes from it.
 */
typedef struct toc_record_entry {
    toc_time at;        /* in the drill */
    int64_t moment;     /* by the clock on the wall: microseconds since 1970, UTC */
    const char *kind;   /* one word: "taken", "refused", "note", "pace" ... */
    const char *seat;   /* whose; "" nobody's */
    const char *sender; /* the sender's own id of what it sent; "" for none */
    const char *subject, *text;
} toc_record_entry;

/* Who sat there. Under no chain: toc_record_forget takes names away, and the rest is still vouched
   for. */
typedef struct toc_record_person {
    const char *seat, *name, *note;
} toc_record_person;

/* -- Writing ------------------------------------------------------------------------------------
 */

/* Creates `path`, which must not exist, and stores the package and the head. */
toc_status toc_record_create(const char *path, const toc_package *package,
                             const toc_record_meta *meta, toc_problems *problems,
                             toc_record **out_record);
/* Buffered until the next commit. */
void toc_record_trace(void *record, const toc_trace_entry *entry); /* a toc_trace_sink */
toc_status toc_record_input(toc_record *record, const toc_input *input, toc_problems *problems);
toc_status toc_record_journal(toc_record *record, const toc_record_entry *entry,
                              toc_problems *problems);
toc_status toc_record_add_person(toc_record *record, const toc_record_person *person,
                                 toc_problems *problems);
toc_status toc_record_digest(toc_record *record, toc_time at, uint64_t digest,
                             toc_problems *problems);
/* Hands on every entry of the trace that is written from now on, and none that is only executed
   again. */
void toc_record_tap(toc_record *record, toc_trace_sink *sink, void *object);
/* Durable when it returns TOC_OK; anything else stops the drill. */
toc_status toc_record_commit(toc_record *record, toc_problems *problems);
/* Writes the end and the seal (hash of everything). */
toc_status toc_record_finish(toc_record *record, toc_time ended_at, const char *why,
                             uint64_t final_digest, uint64_t events, toc_problems *problems);
void toc_record_close(toc_record *record);

/* From now on the key signs what the record holds: whenever it is asked to, as an entry "signed" of
   the journal (subject: the head; sender: the key; text: the signature), and at the end. */
toc_status toc_record_sign_with(toc_record *record, const char *key_path, toc_problems *problems);
toc_status toc_record_sign(toc_record *record, toc_time at, int64_t moment, toc_problems *problems);
/* Makes a key of the suite: `path`, which must not exist, and its public half, `path`.pub. */
toc_status toc_record_make_key(const char *path, const char *suite, toc_problems *problems);

/* -- Reading ------------------------------------------------------------------------------------
 */

/* Opens for reading and checks the whole chain: a changed byte anywhere is refused with the place
   (table, row, what it holds) named. */
toc_status toc_record_open(const char *path, toc_problems *problems, toc_record **out_record);
toc_record_meta toc_record_meta_of(const toc_record *record);
/* SHA-256 over everything in it, as 64 hexadecimal digits and a zero: who sees the same holds the
   same record. */
void toc_record_head(const toc_record *record, char out[65]);
/* SHA-256 of bytes, as records name files by: 64 hexadecimal digits and a zero. */
void toc_record_hash(const void *bytes, size_t size, char out[65]);
/* The package as it was played; owned by the record. */
const toc_package *toc_record_package(const toc_record *record);
uint64_t toc_record_trace_count(const toc_record *record);
/* Entry numbers run from 1; they are what evidence is cited by. Texts live as long as the record.
 */
toc_trace_entry toc_record_trace_at(const toc_record *record, uint64_t number);
/* Gives out what authors wrote in that language from now on, where they wrote it (wording.h); the
   title as well. NULL: as the drill has it, which is how it is stored. */
void toc_record_speak(toc_record *record, const char *language);
uint64_t toc_record_input_count(const toc_record *record);
toc_input toc_record_input_at(const toc_record *record, uint64_t number);
uint64_t toc_record_digest_count(const toc_record *record);
uint64_t toc_record_digest_at(const toc_record *record, uint64_t number, toc_time *out_at);

/* Whether the end was signed by that key (its public half); what is not so is told. */
toc_status toc_record_check_signer(const toc_record *record, const char *key_path,
                                   toc_problems *problems);
/* Of all branches, numbered from 1 in the order of writing. */
uint64_t toc_record_journal_count(const toc_record *record);
toc_record_entry toc_record_journal_at(const toc_record *record, uint64_t number,
                                       uint32_t *out_branch);
uint64_t toc_record_person_count(const toc_record *record);
toc_record_person toc_record_person_at(const toc_record *record, uint64_t number);
/* Takes the names out of a finished record, for good: no byte of them is left in the file, which is
   sealed anew; nothing else changes. */
toc_status toc_record_forget(const char *path, toc_problems *problems);

/* Writes a copy locked with a passphrase, and takes the lock off again; `to` must not exist. */
toc_status toc_record_lock(const char *from, const char *to, const char *passphrase,
                           toc_problems *problems);
toc_status toc_record_unlock(const char *from, const char *to, const char *passphrase,
                             toc_problems *problems);

/* -- Branches -----------------------------------------------------------------------------------
   Drill time can be taken back and played again. What was written before stays in the file, on its
   branch; a branch sees its own rows, and those of the one it forked from up to that moment. */

typedef struct toc_record_branch {
    uint32_t parent; /* 0: the drill as it began */
    toc_time forked_at;
    const char *why;
} toc_record_branch;

/* Numbers run from 1. */
uint32_t toc_record_branch_count(const toc_record *record);
toc_record_branch toc_record_branch_at(const toc_record *record, uint32_t number);
/* Whose rows are given out from now on; after opening it is the last one, which is the drill that
   counts. */
void toc_record_select(toc_record *record, uint32_t branch);

/* Goes on with a drill whose program or machine stopped: checks and re-executes all that was
   committed, and hands over drill and record to be played on from there. The drill writes its trace
   into the record, which must outlive it. A drill that was finished is refused. */
toc_status toc_record_resume(const char *path, toc_problems *problems, toc_record **out_record,
                             toc_drill **out_drill);
/* Takes the drill of a record that is being written back to `at`, on a new branch. The caller
   closes the drill it had; the new one writes into the record as after toc_record_resume. */
toc_status toc_record_rewind(toc_record *record, toc_time at, const char *why,
                             toc_problems *problems, toc_drill **out_drill);
/* The same from another branch than the one that is written, which is left as it is: at a time that
   it saw, or TOC_NEVER for where it was left. A branch or time that there is not is told, and
   nothing has happened then. */
toc_status toc_record_fork(toc_record *record, uint32_t parent, toc_time at, const char *why,
                           toc_problems *problems, toc_drill **out_drill);
/* What is written from now on is on a new branch; the drill goes on as it is. The branch that is
   left holds what was given to the drill so far, and can be gone back to by toc_record_fork. */
toc_status toc_record_split(toc_record *record, toc_time now, const char *why,
                            toc_problems *problems);
/* The last moment of which a branch knows anything, of a record that was read or resumed. */
toc_time toc_record_branch_end(const toc_record *record, uint32_t number);

/* -- Playing ------------------------------------------------------------------------------------
 */

/* Plays a package with stand-ins into `record` (NULL: nowhere), digests included; hands the drill
   over at its end. `progress` may be NULL. */
toc_status toc_record_play(const toc_package *package, uint64_t seed, uint32_t replication,
                           const char *policy, toc_record *record,
                           void (*progress)(void *object, toc_time now, toc_time length),
                           void *progress_object, toc_problems *problems, toc_drill **out_drill);
/* Re-executes the record's inputs up to `until` (TOC_NEVER: all) and compares every digest on the
   way; the first step that differs is told, with the first differing entry of the trace. */
toc_status toc_record_replay(const toc_record *record, toc_time until, bool verify,
                             toc_trace_sink *trace, void *trace_object, toc_problems *problems,
                             toc_drill **out_drill);

typedef enum toc_record_edit_kind {
    TOC_RECORD_EDIT_DROP, /* the input was never given */
    TOC_RECORD_EDIT_MOVE, /* it came earlier or later */
    TOC_RECORD_EDIT_ADD
} toc_record_edit_kind;

typedef struct toc_record_edit {
    toc_record_edit_kind kind;
    uint64_t number; /* of the input that is dropped or moved, from 1 */
    toc_time by;     /* that it is moved by; negative: earlier */
    toc_input input; /* that is added, with its time */
} toc_record_edit;

/* Plays the drill again with these inputs instead, to its end; everybody else does what they did.
   `into`, which may be NULL, is a new record for it. */
toc_status toc_record_revise(const toc_record *record, const toc_record_edit *edits, size_t count,
                             toc_record *into, toc_problems *problems, toc_drill **out_drill);

#endif
