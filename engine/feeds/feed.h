/* Feed: what of a drill goes to the tools that a team has anyway: alerts and telemetry as RFC 5424
   lines, what the team tells the public as CAP 1.2. Nothing goes out that the team's own tools
   would not see, and nothing without the mark of an exercise. */
#ifndef FEEDS_FEED_H
#define FEEDS_FEED_H

#include "tocsin/syslog.h"
#include "tocsin/trace.h"

/* One line, its end included. */
typedef void toc_feed_line(void *object, const char *bytes, size_t size);
/* One warning; `name` is a file name of its own, like "gridco-3.xml". */
typedef void toc_feed_warning(void *object, const char *name, const char *xml, size_t size);

typedef struct toc_feed_options {
    const char *team;     /* an operator; its alerts, its telemetry, its words */
    const char *exercise; /* the drill's title */
    const char *language; /* of its public warnings */
    toc_syslog_body body;
    toc_feed_line *line;       /* NULL: no lines */
    toc_feed_warning *warning; /* NULL: no warnings */
    void *object;
} toc_feed_options;

typedef struct toc_feed toc_feed;

/* Texts of the options are copied. */
toc_feed *toc_feed_create(const toc_feed_options *options);
void toc_feed_destroy(toc_feed *feed);
/* Every entry of the drill's trace, as it comes; `moment` is the clock on the wall, in microseconds
   since 1970. */
void toc_feed_note(toc_feed *feed, int64_t moment, const toc_trace_entry *entry);

#endif
