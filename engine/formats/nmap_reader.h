/* nmap reader: hosts of one or several scans (nmap -oX) of a network. */
#ifndef FORMATS_NMAP_READER_H
#define FORMATS_NMAP_READER_H

#include "tocsin/formats.h"

/* Hosts that are down are left out; the same host in two scans is one. A scan that broke off gives
   what was read before, with a warning. */
toc_status toc_nmap_reader_read(const toc_formats_source *sources, size_t count,
                                toc_problems *problems, toc_formats_import *out_import);

#endif
