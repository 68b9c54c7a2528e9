/* Map: a topology as a picture: assets by symbols of their kind, zones as labelled areas, links,
   and, where states are given, what is not as it should be. */
#ifndef DRAWING_MAP_H
#define DRAWING_MAP_H

#include "drawing/theme.h"
#include "tocsin/formats.h"
#include "tocsin/topology.h"

typedef enum toc_map_state {
    TOC_MAP_NORMAL,
    TOC_MAP_DEGRADED,
    TOC_MAP_FAILED,
    TOC_MAP_COMPROMISED,
    TOC_MAP_NO_DATA, /* what is shown would be a guess */
    TOC_MAP_MAINTENANCE,
    TOC_MAP_STATES
} toc_map_state;

typedef enum toc_map_format {
    TOC_MAP_SVG,
    TOC_MAP_PNG,
    TOC_MAP_PDF,
    TOC_MAP_FORMATS /* none of these */
} toc_map_format;

typedef struct toc_map_request {
    const toc_topology *topology;
    const uint8_t *states; /* toc_map_state of each element (assets, then links); NULL: no states */
    const char *classification; /* how it is to be handled, beside the notice; NULL: not said */
    const char *title;          /* NULL: the topology's name */
    const char *subtitle;       /* NULL: how many assets, links and operators */
    const toc_theme *theme;     /* NULL: light */
    toc_map_format format;
    int width, height; /* pixels or points; 0: 1600 by 1000 */
    bool needs;        /* dependencies as well, as thin dashed lines */
    bool real;         /* leave out the notice that this is an exercise */
} toc_map_request;

/* Appends the picture. The same request gives the same bytes on the same machine. Fonts that are
   missing are told as a warning; what cannot be drawn (too large) is TOC_BAD_USAGE. */
toc_status toc_map_draw(const toc_map_request *request, toc_problems *problems,
                        toc_formats_buffer *buffer);
/* By the ending of a file's name; TOC_MAP_FORMATS where it is none of ours. */
toc_map_format toc_map_format_of(const char *path);

#endif
