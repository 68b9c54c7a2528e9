/* XML cursor: a hostile file, element by element, under limits of our own. Nothing is fetched, no
   document type is accepted, and libxml2's words about broken markup become problems with places.
 */
#ifndef FORMATS_XML_CURSOR_H
#define FORMATS_XML_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/formats.h"

typedef struct toc_xml_cursor toc_xml_cursor;

typedef enum toc_xml_event {
    TOC_XML_START, /* of an element; every one has its end, also <empty/> */
    TOC_XML_END,
    TOC_XML_TEXT, /* not only white space */
    TOC_XML_DONE,
    TOC_XML_BROKEN /* markup or a limit is broken; told; nothing more comes */
} toc_xml_event;

typedef struct toc_xml_attribute {
    const char *name, *prefix; /* prefix NULL where there is none */
    const char *value;
} toc_xml_attribute;

typedef struct toc_xml_options {
    uint64_t elements;   /* the most there may be */
    bool bare_doctype;   /* a document type that declares nothing is let through */
    const char *expects; /* "a topology": what the file should be, for problems */
} toc_xml_options;

/* Source and problems must outlive the cursor. */
toc_xml_cursor *toc_xml_cursor_open(const toc_formats_source *source,
                                    const toc_xml_options *options, toc_problems *problems);
void toc_xml_cursor_close(toc_xml_cursor *cursor);

/* What follows lives until the next call of this. */
toc_xml_event toc_xml_cursor_next(toc_xml_cursor *cursor);
/* Goes behind the end of the element whose start was the last event. */
toc_xml_event toc_xml_cursor_skip(toc_xml_cursor *cursor);

/* Of the element that starts or ends: its name without prefix. */
const char *toc_xml_cursor_name(const toc_xml_cursor *cursor);
/* "" where there is none. */
const char *toc_xml_cursor_namespace(const toc_xml_cursor *cursor);
/* 1 for the root's start and end. */
uint32_t toc_xml_cursor_depth(const toc_xml_cursor *cursor);
const char *toc_xml_cursor_text(const toc_xml_cursor *cursor);
size_t toc_xml_cursor_attributes(const toc_xml_cursor *cursor);
const toc_xml_attribute *toc_xml_cursor_attribute(const toc_xml_cursor *cursor, size_t index);
/* Value of the attribute without prefix, NULL where there is none. */
const char *toc_xml_cursor_find(const toc_xml_cursor *cursor, const char *name);

/* Of the last start tag. */
toc_place toc_xml_cursor_place(const toc_xml_cursor *cursor);
toc_place toc_xml_cursor_attribute_place(const toc_xml_cursor *cursor, const char *name);

#endif
