/* MATPOWER reader: a power network as buses, generating units and branches. */
#ifndef FORMATS_MATPOWER_READER_H
#define FORMATS_MATPOWER_READER_H

#include "tocsin/formats.h"

/* Nodes are buses and edges branches, those out of service included. */
toc_status toc_matpower_reader_read(const toc_formats_source *source, toc_problems *problems,
                                    toc_formats_import *out_import);

#endif
