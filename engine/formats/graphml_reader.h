/* GraphML reader: plain, with or without namespace, as NetworkX and yEd write it. */
#ifndef FORMATS_GRAPHML_READER_H
#define FORMATS_GRAPHML_READER_H

#include "tocsin/formats.h"

toc_status toc_graphml_reader_read(const toc_formats_source *source, toc_problems *problems,
                                   toc_formats_import *out_import);

#endif
