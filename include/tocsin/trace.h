/* Trace: everything that happened in a drill, one entry each, in order. The record keeps it, and
   evaluation works from it alone. */
#ifndef TOCSIN_TRACE_H
#define TOCSIN_TRACE_H

#include <stdint.h>

#include "tocsin/time.h"

typedef enum toc_trace_kind {
#define TOC_TRACE(id, name, holds) TOC_TRACE_##id,
#include "tocsin/trace.def"
#undef TOC_TRACE
    TOC_TRACE_KINDS
} toc_trace_kind;

/* What the fields hold is said for each kind in trace.def. No text is NULL; texts are borrowed for
   the call. */
typedef struct toc_trace_entry {
    toc_time time;
    toc_trace_kind kind;
    const char *subject, *actor, *verb, *text;
    int64_t before, after;
} toc_trace_entry;

typedef void toc_trace_sink(void *object, const toc_trace_entry *entry);

const char *toc_trace_kind_name(toc_trace_kind kind);
/* TOC_TRACE_KINDS where there is none of that name. */
toc_trace_kind toc_trace_find_kind(const char *name);

#endif
