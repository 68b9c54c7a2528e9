/* Syslog: alerts of a drill as lines of RFC 5424, for the tools that teams use. Each says in its
   structured data and in its text that it is exercise traffic. */
#ifndef TOCSIN_SYSLOG_H
#define TOCSIN_SYSLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum toc_syslog_body {
    TOC_SYSLOG_PLAIN,
    TOC_SYSLOG_CEF /* Common Event Format 0, as many collectors read it */
} toc_syslog_body;

typedef struct toc_syslog_line {
    int64_t moment;       /* microseconds since 1970, UTC */
    int severity;         /* RFC 5424: 0 emergency to 7 debug */
    const char *host;     /* "hmi-1.exercise.invalid" */
    const char *kind;     /* MSGID: one word, "alert" */
    const char *exercise; /* the drill's title */
    const char *team;     /* whose tool it is meant for */
    const char *drill_time;
    const char *asset, *text;
    toc_syslog_body body;
} toc_syslog_line;

/* Without a line end; as snprintf, the bytes that it takes without the zero. */
size_t toc_syslog_write(const toc_syslog_line *line, char *buffer, size_t size);

#endif
