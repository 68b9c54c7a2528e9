/* Trace: one entry at a time; hashed as it goes, kept by whoever listens. */
#include "tocsin/trace.h"

#include <string.h>

#include "drill/state.h"
#include "kernel/assert.h"

static const char *const names[] = {
#define TOC_TRACE(id, name, holds) name,
#include "tocsin/trace.def"
#undef TOC_TRACE
};

const char *toc_trace_kind_name(toc_trace_kind kind) {
    TOC_ASSERT(kind < TOC_TRACE_KINDS);
    return names[kind];
}

toc_trace_kind toc_trace_find_kind(const char *name) {
    unsigned kind = 0;
    while (kind < TOC_TRACE_KINDS && strcmp(names[kind], name) != 0) {
        kind++;
    }
    return (toc_trace_kind)kind;
}

void toc_trace_put(toc_drill *drill, toc_trace_kind kind, const char *subject, const char *actor,
                   const char *verb, const char *text, int64_t before, int64_t after) {
    TOC_ASSERT(kind < TOC_TRACE_KINDS);
    TOC_ASSERT(subject != NULL && actor != NULL && verb != NULL && text != NULL);
    toc_trace_entry entry = {.time = toc_calendar_now(drill->calendar),
                             .kind = kind,
                             .subject = subject,
                             .actor = actor,
                             .verb = verb,
                             .text = text,
                             .before = before,
                             .after = after};
    toc_digest digest = {drill->trace_digest};
    toc_digest_i64(&digest, entry.time);
    toc_digest_text(&digest, names[kind]);
    toc_digest_text(&digest, subject);
    toc_digest_text(&digest, actor);
    toc_digest_text(&digest, verb);
    toc_digest_text(&digest, text);
    toc_digest_i64(&digest, before);
    toc_digest_i64(&digest, after);
    drill->trace_digest = digest.value;
    drill->trace_count++;
    if (drill->options.trace != NULL) {
        drill->options.trace(drill->options.trace_object, &entry);
    }
}
