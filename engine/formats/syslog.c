#include "tocsin/syslog.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kernel/assert.h"

/* Facility 13, log audit (RFC 5424, table 1); 32473 is the enterprise number kept for examples
   (RFC 5612). */
enum { FACILITY = 13, HOST_LENGTH = 255, WORD_LENGTH = 32 };

struct line {
    char *buffer;
    size_t size, length;
};

static void put(struct line *out, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++, out->length++) {
        if (out->length + 1 < out->size) {
            out->buffer[out->length] = text[i];
        }
    }
}

static void put_text(struct line *out, const char *text) {
    put(out, text, strlen(text));
}

__attribute__((format(printf, 2, 3))) static void print(struct line *out, const char *format, ...) {
    char text[128];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put_text(out, text);
}

/* Header fields: printable ASCII without blanks, of bounded length, "-" for none. */
static void put_field(struct line *out, const char *text, size_t longest) {
    size_t length = 0;
    for (; text[length] != '\0' && length < longest; length++) {
        char c = text[length] > ' ' && text[length] < 127 ? text[length] : '-';
        put(out, &c, 1);
    }
    put_text(out, length == 0 ? "- " : " ");
}

/* `special` are escaped by a backslash; what would end the line becomes a blank. */
static void put_escaped(struct line *out, const char *text, const char *special) {
    for (; *text != '\0'; text++) {
        bool is_control = (unsigned char)*text < ' ' || *text == 127;
        if (!is_control && strchr(special, *text) != NULL) {
            put(out, "\\", 1);
        }
        put(out, is_control ? " " : text, 1);
    }
}

static void put_datum(struct line *out, const char *name, const char *value) {
    print(out, " %s=\"", name);
    put_escaped(out, value, "\"\\]");
    put_text(out, "\"");
}

static void put_head(struct line *out, const toc_syslog_line *line) {
    time_t seconds = (time_t)(line->moment / 1000000);
    struct tm parts;
    char when[32];
    TOC_ASSERT(line->severity >= 0 && line->severity <= 7);
    TOC_ASSERT(gmtime_r(&seconds, &parts) != NULL);
    TOC_ASSERT(strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &parts) > 0);
    print(out, "<%d>1 %s.%06dZ ", FACILITY * 8 + line->severity, when,
          (int)(line->moment % 1000000));
    put_field(out, line->host, HOST_LENGTH);
    put_text(out, "tocsin - ");
    put_field(out, line->kind, WORD_LENGTH);
    put_text(out, "[exercise@32473 exercise=\"EXERCISE\"");
    put_datum(out, "drill", line->exercise);
    put_datum(out, "team", line->team);
    put_datum(out, "time", line->drill_time);
    put_datum(out, "asset", line->asset);
    put_text(out, "] ");
}

/* CEF counts severity the other way round, 0 to 10. */
static void put_cef(struct line *out, const toc_syslog_line *line) {
    put_text(out, "CEF:0|Tocsin|Exercise|1|");
    put_escaped(out, line->kind, "|\\");
    put_text(out, "|EXERCISE ");
    put_escaped(out, line->text, "|\\");
    print(out, "|%d|dhost=", 10 - line->severity * 10 / 7);
    put_escaped(out, line->host, "=\\");
    put_text(out, " cs1Label=exercise cs1=");
    put_escaped(out, line->exercise, "=\\");
    put_text(out, " msg=EXERCISE ");
    put_escaped(out, line->text, "=\\");
}

size_t toc_syslog_write(const toc_syslog_line *line, char *buffer, size_t size) {
    struct line out = {buffer, size, 0};
    put_head(&out, line);
    if (line->body == TOC_SYSLOG_CEF) {
        put_cef(&out, line);
    } else {
        put_text(&out, "\xef\xbb\xbf"
                       "EXERCISE EXERCISE EXERCISE: ");
        put_escaped(&out, line->text, "");
    }
    if (size > 0) {
        buffer[out.length < size ? out.length : size - 1] = '\0';
    }
    return out.length;
}
