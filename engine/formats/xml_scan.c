#include "formats/xml_scan.h"

#include <string.h>

static bool begins(const char *at, const char *end, const char *text) {
    size_t length = strlen(text);
    return (size_t)(end - at) >= length && memcmp(at, text, length) == 0;
}

/* Behind the next `text`, or the end. */
static const char *behind(const char *at, const char *end, const char *text) {
    size_t length = strlen(text);
    while ((size_t)(end - at) >= length) {
        at = memchr(at, text[0], (size_t)(end - at) - length + 1);
        if (at == NULL) {
            return end;
        }
        if (memcmp(at, text, length) == 0) {
            return at + length;
        }
        at++;
    }
    return end;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_name(char c) {
    return is_blank(c) || c == '>' || c == '/' || c == '=';
}

toc_xml_scan toc_xml_scan_start(const char *bytes, size_t size) {
    toc_xml_scan scan = {bytes, bytes + size, bytes, bytes, 1, true};
    if (begins(bytes, scan.end, "\xEF\xBB\xBF")) {
        scan.at = scan.tag = scan.line_start = bytes + 3;
    }
    /* UTF-16 and UTF-32 have a zero or a mark here, EBCDIC has no '<' */
    if (scan.end - scan.at >= 2 && (*scan.at == '<' || is_blank(*scan.at)) && scan.at[1] != '\0') {
        scan.lost = false;
    }
    return scan;
}

static toc_xml_position position(const toc_xml_scan *scan, const char *at) {
    toc_xml_position place = {scan->line, 1};
    const char *start = scan->line_start;
    for (const char *c = start; c < at; c++) {
        if (*c == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)*c & 0xC0u) != 0x80u) {
            place.column++;
        }
    }
    return place;
}

static toc_xml_doctype doctype_at(const char *at, const char *end) {
    at += strlen("<!DOCTYPE");
    while (at < end && is_blank(*at)) {
        at++;
    }
    while (at < end && !ends_name(*at) && *at != '[') {
        at++;
    }
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at < end && *at == '>' ? TOC_XML_BARE_DOCTYPE : TOC_XML_DOCTYPE;
}

toc_xml_doctype toc_xml_scan_doctype(const toc_xml_scan *scan, toc_xml_position *out_position) {
    const char *at = scan->at;
    while (!scan->lost && at < scan->end) {
        if (is_blank(*at)) {
            at++;
        } else if (begins(at, scan->end, "<!--")) {
            at = behind(at + 4, scan->end, "-->");
        } else if (begins(at, scan->end, "<?")) {
            at = behind(at + 2, scan->end, "?>");
        } else if (begins(at, scan->end, "<!DOCTYPE")) {
            *out_position = position(scan, at);
            return doctype_at(at, scan->end);
        } else {
            break;
        }
    }
    return TOC_XML_NO_DOCTYPE;
}

/* The '>' of a tag; quotes may hold another. */
static const char *tag_end(const char *at, const char *end) {
    while (at < end && *at != '>') {
        if (*at == '"' || *at == '\'') {
            at = memchr(at + 1, *at, (size_t)(end - at) - 1);
            if (at == NULL) {
                return end;
            }
        }
        at++;
    }
    return at;
}

/* The '<' of the next start tag, or the end. */
static const char *next_tag(const char *at, const char *end) {
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (begins(at, end, "<!--")) {
            at = behind(at + 4, end, "-->");
        } else if (begins(at, end, "<![CDATA[")) {
            at = behind(at + 9, end, "]]>");
        } else if (begins(at, end, "<?")) {
            at = behind(at + 2, end, "?>");
        } else if (begins(at, end, "</") || begins(at, end, "<!")) {
            at = tag_end(at, end);
        } else {
            return at;
        }
    }
    return end;
}

void toc_xml_scan_next(toc_xml_scan *scan, const char *name) {
    const char *tag, *line;
    size_t length = strlen(name);
    if (scan->lost) {
        return;
    }
    tag = next_tag(scan->at, scan->end);
    if ((size_t)(scan->end - tag) < length + 2 || memcmp(tag + 1, name, length) != 0 ||
        !ends_name(tag[length + 1])) {
        scan->lost = true;
        return;
    }
    for (line = scan->tag; (line = memchr(line, '\n', (size_t)(tag - line))) != NULL;) {
        scan->line++;
        scan->line_start = ++line;
    }
    scan->tag = tag;
    scan->at = tag_end(tag, scan->end);
}

toc_xml_position toc_xml_scan_tag(const toc_xml_scan *scan) {
    if (scan->lost) {
        return (toc_xml_position){0, 0};
    }
    return position(scan, scan->tag);
}

toc_xml_position toc_xml_scan_attribute(const toc_xml_scan *scan, const char *name) {
    size_t length = strlen(name);
    const char *at = scan->tag;
    if (scan->lost) {
        return (toc_xml_position){0, 0};
    }
    while (at < scan->at && !is_blank(*at)) {
        at++;
    }
    while (at < scan->at) {
        const char *end;
        while (at < scan->at && is_blank(*at)) {
            at++;
        }
        if ((size_t)(scan->at - at) > length && memcmp(at, name, length) == 0 &&
            ends_name(at[length])) {
            return position(scan, at);
        }
        end = memchr(at, '=', (size_t)(scan->at - at));
        while (end != NULL && end < scan->at && *end != '"' && *end != '\'') {
            end++;
        }
        if (end == NULL || end >= scan->at) {
            break;
        }
        at = memchr(end + 1, *end, (size_t)(scan->at - end) - 1);
        at = at == NULL ? scan->at : at + 1;
    }
    return position(scan, scan->tag);
}
