/* Formats: topologies as files. The native form is XML in the namespace urn:tocsin:topology:1;
   others are imported and exported by name. Files are hostile: each is read whole under a size
   limit, nothing is fetched, and every mistake is told with file, line and column. */
#ifndef TOCSIN_FORMATS_H
#define TOCSIN_FORMATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/problems.h"
#include "tocsin/topology.h"

/* Bytes of a file, read or to be written. Zero it to start; a zero follows the bytes. */
typedef struct toc_formats_buffer {
    char *bytes;
    size_t size, capacity;
} toc_formats_buffer;

/* Appends; the buffer grows as needed. */
void toc_formats_buffer_add(toc_formats_buffer *buffer, const char *bytes, size_t size);
void toc_formats_buffer_finish(toc_formats_buffer *buffer);

/* Reads a regular file. TOC_SYSTEM_FAULT where the disk fails, TOC_BAD_INPUT where there is no such
   file or it is too large. The buffer must be empty. */
toc_status toc_formats_load(const char *path, toc_problems *problems,
                            toc_formats_buffer *out_buffer);
/* Writes the whole file or leaves what was there: a new file beside it takes its name at the end.
 */
toc_status toc_formats_save(const char *path, const toc_formats_buffer *buffer,
                            toc_problems *problems);

/* `file` is what problems call it. All mistakes are told; a file with one gives no topology. */
toc_status toc_formats_read_topology(const char *bytes, size_t size, const char *file,
                                     toc_problems *problems, toc_topology **out_topology);
/* Load and read in one. */
toc_status toc_formats_load_topology(const char *path, toc_problems *problems,
                                     toc_topology **out_topology);
/* Appends the topology as native XML, always in the same words: reading that back gives a topology
   with the same digest. */
void toc_formats_write_topology(const toc_topology *topology, toc_formats_buffer *buffer);

/* One file given to an importer. */
typedef struct toc_formats_source {
    const char *bytes;
    size_t size;
    const char *file; /* what problems call it */
} toc_formats_source;

/* So many of them: {"pumps", 11}. */
typedef struct toc_formats_count {
    const char *name;
    uint32_t number;
} toc_formats_count;

/* What an importer found. The counts are those of the source's own terms (nodes and edges, buses
   and branches, hosts that are up and the links that traces show), before anything is added to make
   a topology of them. The caller finishes it. */
typedef struct toc_formats_import {
    toc_topology *topology;
    uint32_t nodes, edges, parallel_edges, self_loops, components;
    toc_formats_count parts[8]; /* what the nodes and edges are, where the source knows sorts */
    uint32_t part_count;
    const char *units;           /* of the source: "GPM"; NULL where it has none of its own */
    toc_formats_buffer scenario; /* scenario.lua, as wished; empty where there is nothing to plan */
    toc_formats_buffer briefing; /* what players are told, with it */
} toc_formats_import;

/* `format` is one of toc_formats_importers; another is TOC_BAD_USAGE with the nearest told. Some
   formats take several sources (a network and its attacks, two scans of one network). */
toc_status toc_formats_import_topology(const char *format, const toc_formats_source *sources,
                                       size_t count, toc_problems *problems,
                                       toc_formats_import *out_import);
/* What a user may want of an import beyond the files. Zero the wishes for nothing. */
typedef struct toc_formats_wish {
    const toc_formats_source *sources;
    size_t count;
    const toc_formats_source *cyber; /* the controllers, their links and the attacks on them */
    uint32_t litres_a_day;           /* estimate the people at a place from the water that they
                                        ask for, so much for each; 0: no estimate */
    bool scenario;                   /* a plan as well, of the attacks that `cyber` tells of */
} toc_formats_wish;

/* The same, with wishes. What a format cannot do is TOC_BAD_USAGE. */
toc_status toc_formats_import_wished(const char *format, const toc_formats_wish *wish,
                                     toc_problems *problems, toc_formats_import *out_import);
void toc_formats_import_finish(toc_formats_import *import);
/* Appends the topology in that format. */
toc_status toc_formats_export_topology(const char *format, const toc_topology *topology,
                                       toc_problems *problems, toc_formats_buffer *buffer);

/* Names of the formats, ended by NULL. */
const char *const *toc_formats_importers(void);
const char *const *toc_formats_exporters(void);

#endif
