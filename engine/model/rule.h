/* Rule: what the network lets pass by what is written, whatever was blocked meanwhile. */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "tocsin/topology.h"

/* From one asset to another over a service of the network. An asset that is TOC_INDEX_NONE is any
   that no rule names; a protocol from protocol_count on is one that no rule names. */
typedef struct toc_passage {
    uint32_t from, to, protocol;
} toc_passage;

/* Whether what is valid in these phases is valid in this one (TOC_INDEX_NONE: no phase holds). */
bool toc_rule_in_phase(toc_phases phases, uint32_t phase);
/* Whether the first rule of the conduit that fits allows it. */
bool toc_rule_passes(const toc_topology *topology, uint32_t conduit, toc_passage passage,
                     uint32_t phase);
/* Whether the asset takes the service from that zone (TOC_INDEX_NONE: from no zone). */
bool toc_rule_accepts(const toc_topology *topology, uint32_t asset, uint32_t protocol,
                      uint32_t from_zone);
/* Whether a rule of the conduit is for what comes from that asset alone. */
bool toc_rule_names(const toc_topology *topology, uint32_t conduit, uint32_t from);
/* Whether a rule decides all that a later one fits, so that the later one is never read. */
bool toc_rule_covers(const toc_rule *rule, const toc_rule *later);

#endif
