#include "tocsin/cap.h"

#include <libxml/xmlwriter.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kernel/assert.h"

static const char namespace_uri[] = "urn:oasis:names:tc:emergency:cap:1.2";
static const char marked[] = "EXERCISE EXERCISE EXERCISE: ";

enum { WORD_SIZE = 256 };

/* What XML cannot hold at all becomes a blank. */
static void put_string(xmlTextWriter *writer, const char *text) {
    while (*text != '\0') {
        size_t length = 0;
        while ((unsigned char)text[length] >= ' ' || text[length] == '\n' || text[length] == '\t') {
            length++;
        }
        xmlChar *part = xmlStrndup(BAD_CAST text, (int)length);
        TOC_ASSERT(part != NULL && xmlTextWriterWriteString(writer, part) >= 0);
        xmlFree(part);
        text += length;
        if (*text != '\0') {
            TOC_ASSERT(xmlTextWriterWriteString(writer, BAD_CAST " ") >= 0);
            text++;
        }
    }
}

static void put_two(xmlTextWriter *writer, const char *name, const char *first,
                    const char *second) {
    TOC_ASSERT(xmlTextWriterStartElement(writer, BAD_CAST name) >= 0);
    put_string(writer, first);
    put_string(writer, second);
    TOC_ASSERT(xmlTextWriterEndElement(writer) >= 0);
}

static void put(xmlTextWriter *writer, const char *name, const char *text) {
    put_two(writer, name, text, "");
}

/* CAP allows neither blanks nor commas nor < and & in identifiers (1.2, section 3.2.1). */
static void put_word(xmlTextWriter *writer, const char *name, const char *text) {
    char word[WORD_SIZE];
    (void)snprintf(word, sizeof word, "%s", text);
    for (char *at = word; *at != '\0'; at++) {
        *at = (unsigned char)*at <= ' ' || strchr(",<&", *at) != NULL ? '-' : *at;
    }
    put(writer, name, word[0] == '\0' ? "-" : word);
}

/* CAP wants an offset in digits, and "-00:00" where it is UTC (1.2, section 3.3.2). */
static void put_sent(xmlTextWriter *writer, int64_t moment) {
    char text[40];
    time_t seconds = (time_t)(moment / 1000000);
    struct tm parts;
    TOC_ASSERT(gmtime_r(&seconds, &parts) != NULL);
    TOC_ASSERT(strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S-00:00", &parts) > 0);
    put(writer, "sent", text);
}

static void put_marked(xmlTextWriter *writer, const char *name, const char *text) {
    put_two(writer, name, marked, text);
}

static void put_scope(xmlTextWriter *writer, const toc_cap_alert *alert) {
    put(writer, "scope", alert->addresses == NULL ? "Restricted" : "Private");
    if (alert->addresses == NULL) {
        put(writer, "restriction", "For those who take part in the exercise, and for nobody else.");
    } else {
        put(writer, "addresses", alert->addresses);
    }
    put_two(writer, "note",
            "EXERCISE EXERCISE EXERCISE. Nothing of this is real, it is part of the exercise ",
            alert->exercise);
    if (alert->references != NULL) {
        put(writer, "references", alert->references);
    }
}

static void put_info(xmlTextWriter *writer, const toc_cap_alert *alert) {
    static const char *const severities[] = {"Unknown", "Minor", "Moderate", "Severe", "Extreme"};
    TOC_ASSERT(xmlTextWriterStartElement(writer, BAD_CAST "info") >= 0);
    put(writer, "language", strcmp(alert->language, "zh") == 0 ? "zh-CN" : alert->language);
    put(writer, "category", "Infra");
    put_marked(writer, "event", alert->event);
    put(writer, "urgency", alert->type == TOC_CAP_CANCEL ? "Past" : "Immediate");
    put(writer, "severity", severities[alert->severity]);
    put(writer, "certainty", "Observed");
    put_marked(writer, "headline", alert->headline);
    put_marked(writer, "description", alert->description);
    TOC_ASSERT(xmlTextWriterStartElement(writer, BAD_CAST "area") >= 0);
    put_marked(writer, "areaDesc", alert->area);
    TOC_ASSERT(xmlTextWriterEndElement(writer) >= 0 && xmlTextWriterEndElement(writer) >= 0);
}

char *toc_cap_write(const toc_cap_alert *alert, size_t *out_size) {
    static const char *const types[] = {"Alert", "Update", "Cancel"};
    xmlBuffer *buffer = xmlBufferCreate();
    xmlTextWriter *writer = buffer == NULL ? NULL : xmlNewTextWriterMemory(buffer, 0);
    TOC_ASSERT(writer != NULL && xmlTextWriterSetIndent(writer, 1) == 0);
    TOC_ASSERT(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", NULL) >= 0);
    TOC_ASSERT(
        xmlTextWriterStartElementNS(writer, NULL, BAD_CAST "alert", BAD_CAST namespace_uri) >= 0);
    put_word(writer, "identifier", alert->identifier);
    put_word(writer, "sender", alert->sender);
    put_sent(writer, alert->moment);
    put(writer, "status", "Exercise");
    put(writer, "msgType", types[alert->type]);
    put_scope(writer, alert);
    put_info(writer, alert);
    TOC_ASSERT(xmlTextWriterEndDocument(writer) >= 0);
    xmlFreeTextWriter(writer);
    *out_size = (size_t)xmlBufferLength(buffer);
    char *text = (char *)xmlBufferDetach(buffer);
    xmlBufferFree(buffer);
    TOC_ASSERT(text != NULL);
    return text;
}

void toc_cap_free(char *text) {
    xmlFree(text);
}
