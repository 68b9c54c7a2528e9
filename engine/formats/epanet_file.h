/* EPANET file: a network file (.inp) read whole. */
#ifndef FORMATS_EPANET_FILE_H
#define FORMATS_EPANET_FILE_H

#include "formats/epanet_network.h"
#include "tocsin/formats.h"

/* Tells all mistakes, and what a topology cannot say. The network must be started, and finished in
   either case. */
toc_status toc_epanet_file_read(const toc_formats_source *source, toc_problems *problems,
                                toc_epanet_network *network);

#endif
