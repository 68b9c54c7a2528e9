/* EPANET reader: a water network (.inp), and who controls and attacks it (.cpa), become a
   topology. */
#ifndef FORMATS_EPANET_READER_H
#define FORMATS_EPANET_READER_H

#include "tocsin/formats.h"

toc_status toc_epanet_reader_read(const toc_formats_wish *wish, toc_problems *problems,
                                  toc_formats_import *out_import);

#endif
