/* Network state: what network.c and reach.c share. */
#ifndef MODEL_NETWORK_STATE_H
#define MODEL_NETWORK_STATE_H

#include "model/world_state.h"

struct refusal {
    uint32_t asset, protocol;
};

struct network {
    uint32_t phase;
    uint32_t words;    /* of 64 bits that hold a bit for each protocol and one for the rest */
    uint8_t *blocked;  /* by conduit */
    uint8_t *named;    /* by conduit: a rule names an asset */
    uint8_t *cut;      /* by zone */
    uint64_t *open;    /* by conduit: what passes now between assets that no rule names */
    toc_list refusals; /* struct refusal, rising */
};

static inline bool network_is_live(const toc_world *world, uint32_t conduit) {
    const struct network *network = world->network;
    const toc_conduit *facts = &world->topology->conduits[conduit];
    return !network->blocked[conduit] && !network->cut[facts->from_zone] &&
           !network->cut[facts->to_zone];
}

static inline bool network_is_isolated(const toc_world *world, uint32_t asset) {
    return (world->elements[asset].causes & 1u << TOC_CAUSE_ISOLATED) != 0;
}

#endif
