/* Topology reader: the native file, element by element, into the model's builder. */
#ifndef FORMATS_TOPOLOGY_READER_H
#define FORMATS_TOPOLOGY_READER_H

#include "formats/topology_word.h"
#include "formats/xml_cursor.h"
#include "model/builder.h"

typedef struct toc_topology_reader {
    toc_xml_cursor *cursor;
    toc_builder *builder; /* NULL before the root */
    toc_problems *problems;
    toc_topology_element element;
    const char *values[TOC_TOPOLOGY_ATTRIBUTES]; /* of the present element; NULL: not there */
} toc_topology_reader;

toc_status toc_topology_reader_read(const toc_formats_source *source, toc_problems *problems,
                                    toc_topology **out_topology);

#endif
