/* EPANET name: what the nodes and links of a network are called in a topology, where assets and
   links share their ids. */
#ifndef FORMATS_EPANET_NAME_H
#define FORMATS_EPANET_NAME_H

#include "formats/epanet_cyber.h"
#include "formats/epanet_network.h"

typedef struct toc_epanet_names {
    toc_arena *arena;
    toc_names *taken;  /* every id of the topology so far */
    const char **node; /* by node */
    const char **link; /* by link; the asset of a pump or valve */
    /* by system, by channel, and of the line from a tank to the system that senses its level, by
       node; NULL where the network has no controllers, or the node no such line */
    const char **system, **channel, **sensor;
} toc_epanet_names;

/* Nodes and links keep their ids. Where a node and a link of the file have the same, all links
   carry their kind before it: "pump-9". `cyber` may be NULL. Finish the names. */
void toc_epanet_name_all(const toc_epanet_network *network, const toc_epanet_cyber *cyber,
                         toc_epanet_names *out_names);
void toc_epanet_name_finish(toc_epanet_names *names);
/* A new id like `raw`. */
const char *toc_epanet_name_new(toc_epanet_names *names, const char *raw);

#endif
