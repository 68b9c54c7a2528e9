#include "formats/paper.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void toc_paper_reserve(toc_formats_buffer *buffer, size_t more) {
    size_t needed = buffer->size + more + 1;
    size_t capacity = buffer->capacity < 256 ? 256 : buffer->capacity;
    TOC_ASSERT(needed > buffer->size);
    if (needed <= buffer->capacity) {
        return;
    }
    while (capacity < needed) {
        capacity += capacity / 2;
    }
    buffer->bytes = toc_arena_heap(buffer->bytes, capacity, 1);
    buffer->capacity = capacity;
}

void toc_paper_bytes(toc_formats_buffer *buffer, const char *bytes, size_t size) {
    toc_paper_reserve(buffer, size);
    if (size > 0) {
        memcpy(buffer->bytes + buffer->size, bytes, size);
    }
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void toc_paper_text(toc_formats_buffer *buffer, const char *text) {
    toc_paper_bytes(buffer, text, strlen(text));
}

void toc_paper_format(toc_formats_buffer *buffer, const char *format, ...) {
    for (size_t room = 120;;) {
        va_list arguments;
        int length;
        toc_paper_reserve(buffer, room);
        va_start(arguments, format);
        length = vsnprintf(buffer->bytes + buffer->size, room + 1, format, arguments);
        va_end(arguments);
        TOC_ASSERT(length >= 0);
        if ((size_t)length <= room) {
            buffer->size += (size_t)length;
            return;
        }
        room = (size_t)length;
    }
}

static const char *escape(unsigned char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

void toc_paper_xml(toc_formats_buffer *buffer, const char *text) {
    const char *start = text;
    for (; *text != '\0'; text++) {
        const char *escaped = escape((unsigned char)*text);
        if (escaped != NULL) {
            toc_paper_bytes(buffer, start, (size_t)(text - start));
            toc_paper_text(buffer, escaped);
            start = text + 1;
        }
    }
    toc_paper_bytes(buffer, start, (size_t)(text - start));
}

void toc_paper_attribute(toc_formats_buffer *buffer, const char *name, const char *text) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    toc_paper_bytes(buffer, " ", 1);
    toc_paper_text(buffer, name);
    toc_paper_bytes(buffer, "=\"", 2);
    toc_paper_xml(buffer, text);
    toc_paper_bytes(buffer, "\"", 1);
}

void toc_paper_time(toc_formats_buffer *buffer, const char *name, toc_time time) {
    static const struct {
        const char *unit;
        int64_t base;
    } units[] = {{"d", TOC_DAY},    {"h", TOC_HOUR},           {"min", TOC_MINUTE},
                 {"s", TOC_SECOND}, {"ms", TOC_SECOND / 1000}, {"us", TOC_MICROSECOND}};
    toc_paper_format(buffer, " %s=\"%s", name, time == 0 ? "0s" : "");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (time >= units[i].base) {
            toc_paper_format(buffer, "%lld%s", (long long)(time / units[i].base), units[i].unit);
            time %= units[i].base;
        }
    }
    toc_paper_text(buffer, "\"");
}
