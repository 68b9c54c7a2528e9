/* XML scan: where each start tag of a well-formed file stands. libxml2's reader runs ahead of what
   it hands out and keeps no columns; this walks the same bytes in step with it. */
#ifndef FORMATS_XML_SCAN_H
#define FORMATS_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct toc_xml_scan {
    const char *at, *end;   /* not yet seen */
    const char *tag;        /* '<' of the present start tag */
    const char *line_start; /* of the line of `tag` */
    uint32_t line;          /* of `tag` */
    bool lost;              /* an encoding that ASCII cannot be read in */
} toc_xml_scan;

typedef struct toc_xml_position {
    uint32_t line, column; /* from 1; columns count characters; 0 where not known */
} toc_xml_position;

toc_xml_scan toc_xml_scan_start(const char *bytes, size_t size);
typedef enum toc_xml_doctype {
    TOC_XML_NO_DOCTYPE,
    TOC_XML_BARE_DOCTYPE, /* names the root and nothing else */
    TOC_XML_DOCTYPE
} toc_xml_doctype;

/* What document type is declared before the first element, and where. */
toc_xml_doctype toc_xml_scan_doctype(const toc_xml_scan *scan, toc_xml_position *out_position);
/* Goes to the next start tag, which must be of `name` (with prefix, as written). */
void toc_xml_scan_next(toc_xml_scan *scan, const char *name);
toc_xml_position toc_xml_scan_tag(const toc_xml_scan *scan);
/* Of an attribute of the present tag, by its name as written; the tag's where there is none. */
toc_xml_position toc_xml_scan_attribute(const toc_xml_scan *scan, const char *name);

#endif
