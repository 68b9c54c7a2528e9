#include "formats/xml_cursor.h"

#include "formats/xml_scan.h"
#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"

#include <string.h>

#include <libxml/xmlreader.h>

enum {
    DEPTH = 64,
    ATTRIBUTES = 1000,       /* of one element */
    VALUE_LENGTH = 64 * 1024 /* bytes of one attribute */
};

struct toc_xml_cursor {
    toc_formats_source source;
    toc_xml_options options;
    toc_problems *problems;
    xmlTextReaderPtr reader;
    xmlStructuredErrorFunc heard_before; /* of this thread, put back at the end */
    xmlGenericErrorFunc printed_before;
    void *heard_before_by, *printed_before_by;
    toc_xml_scan scan;
    uint64_t elements;
    const char *name, *space, *text;
    toc_list attributes; /* toc_xml_attribute */
    uint32_t depth, line;
    bool empty;  /* an end is due for <empty/> */
    bool ended;  /* the last event was an end */
    bool broken; /* told already */
};

/* No file, however it asks, makes us open another. */
static xmlParserInputPtr deny(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

static toc_place place_at(const toc_xml_cursor *cursor, toc_xml_position position) {
    toc_place place = {cursor->source.file, position.line, position.column};
    if (position.line == 0) {
        place.line = cursor->line;
    }
    return place;
}

/* libxml2's message without its line end, cut to a sensible length. */
static int message_length(const char *message) {
    size_t length = strcspn(message, "\r\n");
    return length > 200 ? 200 : (int)length;
}

/* Called by libxml2 for whatever it finds. */
static void hear(void *object, xmlErrorPtr error) {
    toc_xml_cursor *cursor = object;
    const char *message = error->message != NULL ? error->message : "unknown error";
    toc_place place = {cursor->source.file, error->line > 0 ? (uint32_t)error->line : 0,
                       error->int2 > 0 ? (uint32_t)error->int2 : 0};
    /* what is not fatal is an undeclared prefix: such a name is then unknown to whoever reads */
    if (error->level == XML_ERR_FATAL && !cursor->broken) {
        cursor->broken = true;
        (void)toc_problems_error(cursor->problems, place, "is not well-formed XML: %.*s",
                                 message_length(message), message);
    }
}

/* libxml2 prints a few things, such as trouble with encodings, past the reader's own handler. */
static void be_silent(void *object, const char *format, ...) {
    (void)object;
    (void)format;
}

static void take_voice(toc_xml_cursor *cursor) {
    cursor->heard_before = xmlStructuredError;
    cursor->heard_before_by = xmlStructuredErrorContext;
    cursor->printed_before = xmlGenericError;
    cursor->printed_before_by = xmlGenericErrorContext;
    xmlSetStructuredErrorFunc(cursor, hear);
    xmlSetGenericErrorFunc(NULL, be_silent);
}

static void give_voice_back(const toc_xml_cursor *cursor) {
    xmlSetStructuredErrorFunc(cursor->heard_before_by, cursor->heard_before);
    xmlSetGenericErrorFunc(cursor->printed_before_by, cursor->printed_before);
}

static void tell_broken(toc_xml_cursor *cursor, toc_place place, const char *text) {
    if (!cursor->broken) {
        (void)toc_problems_error(cursor->problems, place, "%s", text);
    }
    cursor->broken = true;
}

static void refuse_doctype(toc_xml_cursor *cursor, toc_place place) {
    tell_broken(cursor, place,
                "found a document type declaration (<!DOCTYPE); such files are not read, because "
                "it can define entities and name other files");
}

toc_xml_cursor *toc_xml_cursor_open(const toc_formats_source *source,
                                    const toc_xml_options *options, toc_problems *problems) {
    toc_xml_cursor *cursor = toc_arena_heap(NULL, 1, sizeof *cursor);
    toc_xml_position position;
    toc_xml_doctype doctype;
    toc_place file = {source->file, 0, 0};
    *cursor = (toc_xml_cursor){.source = *source, .options = *options, .problems = problems};
    cursor->scan = toc_xml_scan_start(source->bytes, source->size);
    cursor->name = cursor->space = cursor->text = "";
    if (source->size == 0) {
        (void)toc_problems_error(problems, file, "is empty; expected %s", options->expects);
        cursor->broken = true;
        return cursor;
    }
    TOC_ASSERT(source->size <= INT32_MAX);
    doctype = toc_xml_scan_doctype(&cursor->scan, &position);
    if (doctype == TOC_XML_DOCTYPE || (doctype != TOC_XML_NO_DOCTYPE && !options->bare_doctype)) {
        refuse_doctype(cursor, place_at(cursor, position));
        return cursor;
    }
    take_voice(cursor);
    if (xmlGetExternalEntityLoader() != deny) {
        xmlSetExternalEntityLoader(deny);
    }
    cursor->reader = xmlReaderForMemory(source->bytes, (int)source->size, NULL, NULL,
                                        XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (cursor->reader == NULL) {
        give_voice_back(cursor);
        tell_broken(cursor, file, "cannot be read as XML");
        return cursor;
    }
    xmlTextReaderSetStructuredErrorHandler(cursor->reader, hear, cursor);
    return cursor;
}

void toc_xml_cursor_close(toc_xml_cursor *cursor) {
    if (cursor == NULL) {
        return;
    }
    if (cursor->reader != NULL) {
        xmlFreeTextReader(cursor->reader);
        give_voice_back(cursor);
    }
    toc_list_finish(&cursor->attributes);
    toc_arena_heap_free(cursor);
}

/* Without a document type an attribute's value is one text node, or none where it is empty. */
static const char *value_of(const xmlAttr *attribute) {
    const xmlNode *text = attribute->children;
    return text != NULL && text->content != NULL ? (const char *)text->content : "";
}

static bool collect_attributes(toc_xml_cursor *cursor, const xmlNode *node) {
    cursor->attributes.count = 0;
    for (const xmlAttr *at = node->properties; at != NULL; at = at->next) {
        toc_xml_attribute *attribute = toc_list_add(&cursor->attributes, sizeof *attribute);
        attribute->name = (const char *)at->name;
        attribute->prefix = at->ns != NULL ? (const char *)at->ns->prefix : NULL;
        attribute->value = value_of(at);
        if (cursor->attributes.count > ATTRIBUTES) {
            tell_broken(cursor, toc_xml_cursor_place(cursor),
                        "an element with more than 1000 attributes");
            return false;
        }
        if (strnlen(attribute->value, VALUE_LENGTH + 1) > VALUE_LENGTH) {
            tell_broken(cursor, toc_xml_cursor_attribute_place(cursor, attribute->name),
                        "an attribute is longer than 64 KB");
            return false;
        }
    }
    return true;
}

static const char *name_as_written(xmlTextReaderPtr reader) {
    const xmlChar *name = xmlTextReaderConstName(reader);
    return name != NULL ? (const char *)name : "";
}

static toc_xml_event start_element(toc_xml_cursor *cursor) {
    const xmlNode *node = xmlTextReaderCurrentNode(cursor->reader);
    long line;
    TOC_ASSERT(node != NULL);
    cursor->depth++;
    cursor->elements++;
    cursor->name = (const char *)node->name;
    cursor->space = node->ns != NULL && node->ns->href != NULL ? (const char *)node->ns->href : "";
    cursor->empty = xmlTextReaderIsEmptyElement(cursor->reader) == 1;
    line = xmlGetLineNo((xmlNodePtr)node);
    cursor->line = line > 0 ? (uint32_t)line : 0;
    toc_xml_scan_next(&cursor->scan, node->ns != NULL && node->ns->prefix != NULL
                                         ? name_as_written(cursor->reader)
                                         : cursor->name);
    if (cursor->depth > DEPTH) {
        tell_broken(cursor, toc_xml_cursor_place(cursor), "elements are nested deeper than 64");
        return TOC_XML_BROKEN;
    }
    if (cursor->elements > cursor->options.elements) {
        tell_broken(cursor, toc_xml_cursor_place(cursor), "the file has too many elements");
        return TOC_XML_BROKEN;
    }
    return collect_attributes(cursor, node) ? TOC_XML_START : TOC_XML_BROKEN;
}

static toc_xml_event end_element(toc_xml_cursor *cursor) {
    const xmlChar *name = xmlTextReaderConstLocalName(cursor->reader);
    const xmlChar *space = xmlTextReaderConstNamespaceUri(cursor->reader);
    cursor->name = name != NULL ? (const char *)name : "";
    cursor->space = space != NULL ? (const char *)space : "";
    cursor->ended = true;
    return TOC_XML_END;
}

static bool is_bare(const toc_xml_cursor *cursor) {
    const xmlDtd *type = (const xmlDtd *)(const void *)xmlTextReaderCurrentNode(cursor->reader);
    return cursor->options.bare_doctype && type != NULL && type->children == NULL &&
           type->entities == NULL && type->pentities == NULL && type->ExternalID == NULL &&
           type->SystemID == NULL;
}

/* TOC_XML_DONE here says that this node is nothing to hand out. */
static toc_xml_event take_node(toc_xml_cursor *cursor) {
    const xmlChar *text;
    toc_place place = {cursor->source.file, cursor->line, 0};
    switch (xmlTextReaderNodeType(cursor->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return start_element(cursor);
    case XML_READER_TYPE_END_ELEMENT:
        return end_element(cursor);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
        text = xmlTextReaderConstValue(cursor->reader);
        cursor->text = text != NULL ? (const char *)text : "";
        return TOC_XML_TEXT;
    case XML_READER_TYPE_DOCUMENT_TYPE:
        if (!is_bare(cursor)) {
            refuse_doctype(cursor, place);
            return TOC_XML_BROKEN;
        }
        return TOC_XML_DONE;
    case XML_READER_TYPE_ENTITY_REFERENCE:
        tell_broken(cursor, place, "an entity that the file would have to define is used");
        return TOC_XML_BROKEN;
    default:
        return TOC_XML_DONE;
    }
}

toc_xml_event toc_xml_cursor_next(toc_xml_cursor *cursor) {
    toc_xml_event event = TOC_XML_DONE;
    if (cursor->broken) {
        return TOC_XML_BROKEN;
    }
    if (cursor->ended) {
        cursor->depth--;
        cursor->ended = false;
    }
    if (cursor->empty) {
        cursor->empty = false;
        cursor->ended = true;
        return TOC_XML_END;
    }
    do {
        int more = xmlTextReaderRead(cursor->reader);
        if (more < 0 || cursor->broken) {
            toc_place file = {cursor->source.file, cursor->line, 0};
            tell_broken(cursor, file, "is not well-formed XML");
            return TOC_XML_BROKEN;
        }
        if (more == 0) {
            return TOC_XML_DONE;
        }
        event = take_node(cursor);
    } while (event == TOC_XML_DONE);
    return event;
}

toc_xml_event toc_xml_cursor_skip(toc_xml_cursor *cursor) {
    uint32_t depth = cursor->depth;
    toc_xml_event event;
    do {
        event = toc_xml_cursor_next(cursor);
    } while (event != TOC_XML_BROKEN && !(event == TOC_XML_END && cursor->depth == depth));
    return event;
}

const char *toc_xml_cursor_name(const toc_xml_cursor *cursor) {
    return cursor->name;
}

const char *toc_xml_cursor_namespace(const toc_xml_cursor *cursor) {
    return cursor->space;
}

uint32_t toc_xml_cursor_depth(const toc_xml_cursor *cursor) {
    return cursor->depth;
}

const char *toc_xml_cursor_text(const toc_xml_cursor *cursor) {
    return cursor->text;
}

size_t toc_xml_cursor_attributes(const toc_xml_cursor *cursor) {
    return cursor->attributes.count;
}

const toc_xml_attribute *toc_xml_cursor_attribute(const toc_xml_cursor *cursor, size_t index) {
    TOC_ASSERT(index < cursor->attributes.count);
    return TOC_LIST_AT(const toc_xml_attribute, &cursor->attributes, index);
}

const char *toc_xml_cursor_find(const toc_xml_cursor *cursor, const char *name) {
    for (uint32_t i = 0; i < cursor->attributes.count; i++) {
        const toc_xml_attribute *attribute =
            TOC_LIST_AT(const toc_xml_attribute, &cursor->attributes, i);
        if (attribute->prefix == NULL && strcmp(attribute->name, name) == 0) {
            return attribute->value;
        }
    }
    return NULL;
}

toc_place toc_xml_cursor_place(const toc_xml_cursor *cursor) {
    return place_at(cursor, toc_xml_scan_tag(&cursor->scan));
}

toc_place toc_xml_cursor_attribute_place(const toc_xml_cursor *cursor, const char *name) {
    return place_at(cursor, toc_xml_scan_attribute(&cursor->scan, name));
}
