#include "record/rerun.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "record/writer.h"

static void describe(const toc_trace_entry *entry, char *buffer, size_t size) {
    char when[64];
    (void)toc_time_print(entry->time, when, sizeof when);
    (void)snprintf(buffer, size, "%s, %s '%.40s' '%.40s' %.40s, %" PRId64 " to %" PRId64, when,
                   toc_trace_kind_name(entry->kind), entry->subject, entry->actor, entry->verb,
                   entry->before, entry->after);
}

static bool is_same(const toc_trace_entry *a, const toc_trace_entry *b) {
    return a->time == b->time && a->kind == b->kind && a->before == b->before &&
           a->after == b->after && strcmp(a->subject, b->subject) == 0 &&
           strcmp(a->actor, b->actor) == 0 && strcmp(a->verb, b->verb) == 0 &&
           strcmp(a->text, b->text) == 0;
}

static void take_entry(void *object, const toc_trace_entry *entry) {
    toc_rerun *rerun = object;
    uint64_t number = ++rerun->count;
    bool is_known = number <= rerun->record->seen_traces.count;
    if (rerun->trace != NULL) {
        rerun->trace(rerun->trace_object, entry);
    }
    if (!is_known && rerun->append != NULL) {
        toc_writer_trace(rerun->append, entry);
        return;
    }
    if (!rerun->verify || rerun->differing != 0) {
        return;
    }
    toc_trace_entry expected = {0};
    if (is_known) {
        expected = toc_record_trace_at(rerun->record, number);
    }
    if (!is_known || !is_same(&expected, entry)) {
        rerun->differing = number;
        describe(entry, rerun->came, sizeof rerun->came);
    }
}

/* Tells where the two part, and what may be why. */
static toc_status tell_difference(const toc_rerun *rerun, toc_time at, toc_problems *problems) {
    const toc_record *record = rerun->record;
    toc_place place = {.file = record->path};
    char when[64], was[256];
    (void)toc_time_print(at, when, sizeof when);
    uint64_t number = rerun->differing;
    if (number == 0 && rerun->count < record->seen_traces.count &&
        toc_record_trace_at(record, rerun->count + 1).time <= at) {
        number = rerun->count + 1;
    }
    if (number == 0) {
        (void)toc_problems_error(problems, place,
                                 "the replay differs from the record in the step up to %s: every "
                                 "entry of the trace agrees, the state does not",
                                 when);
    } else {
        if (number <= record->seen_traces.count) {
            toc_trace_entry kept = toc_record_trace_at(record, number);
            describe(&kept, was, sizeof was);
        } else {
            (void)snprintf(was, sizeof was, "nothing more");
        }
        (void)toc_problems_error(problems, place,
                                 "the replay differs from the record in the step up to %s, first "
                                 "at trace entry %" PRIu64 ": recorded (%s), replayed (%s)",
                                 when, number, was,
                                 rerun->differing == 0 ? "nothing more" : rerun->came);
    }
    if (strcmp(record->meta.engine_version, TOC_VERSION) != 0) {
        (void)toc_problems_error(problems, place,
                                 "it was played by version %s, this is version %s: use that one to "
                                 "verify it",
                                 record->meta.engine_version, TOC_VERSION);
    }
    return TOC_BAD_INPUT;
}

toc_status toc_rerun_begin(toc_rerun *rerun, toc_problems *problems, toc_drill **out_drill) {
    const toc_record *record = rerun->record;
    toc_drill_options options = {.seed = record->meta.seed,
                                 .replication = record->meta.replication,
                                 .trace = take_entry,
                                 .trace_object = rerun};
    toc_drill *drill = NULL;
    toc_status status = toc_drill_open(record->package, &options, problems, &drill);
    for (uint64_t number = 1; status == TOC_OK && number <= record->seen_inputs.count; number++) {
        toc_input input = toc_record_input_at(record, number);
        status = toc_drill_replay(drill, &input, problems);
    }
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}

toc_status toc_rerun_advance(toc_rerun *rerun, toc_drill *drill, toc_time until,
                             toc_problems *problems) {
    toc_status status = TOC_OK;
    while (status == TOC_OK && rerun->digests < rerun->record->seen_digests.count) {
        toc_time at = 0;
        uint64_t expected = toc_record_digest_at(rerun->record, rerun->digests + 1, &at);
        if (at > until) {
            break;
        }
        rerun->digests++;
        status = toc_drill_advance(drill, at, problems);
        if (status == TOC_OK && rerun->verify &&
            (toc_drill_digest(drill) != expected || rerun->differing != 0)) {
            status = tell_difference(rerun, at, problems);
        }
    }
    if (status == TOC_OK && until != TOC_NEVER && until > toc_drill_now(drill)) {
        status = toc_drill_advance(drill, until, problems);
    }
    return status;
}

toc_status toc_rerun_check(const toc_rerun *rerun, const toc_drill *drill, toc_problems *problems) {
    const toc_record *record = rerun->record;
    toc_time now = toc_drill_now(drill);
    bool lacks = rerun->count < record->seen_traces.count &&
                 toc_record_trace_at(record, rerun->count + 1).time <= now;
    return rerun->differing == 0 && !lacks ? TOC_OK : tell_difference(rerun, now, problems);
}

toc_status toc_rerun_check_end(const toc_rerun *rerun, const toc_drill *drill,
                               toc_problems *problems) {
    const toc_record_meta *meta = &rerun->record->meta;
    bool same = toc_drill_digest(drill) == meta->final_digest &&
                toc_drill_events(drill) == meta->events && rerun->differing == 0 &&
                rerun->count == rerun->record->seen_traces.count;
    return same ? TOC_OK : tell_difference(rerun, meta->ended_at, problems);
}
