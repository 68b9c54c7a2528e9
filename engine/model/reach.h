/* Reach: how far an attacker gets from footholds when every attempt succeeds: the least fixed point
   over hosts of (held, permitted by the network as it is now, weakness there). */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/world.h"

typedef struct toc_reach toc_reach;

typedef struct toc_foothold {
    uint32_t asset;
    toc_access access; /* user or admin */
} toc_foothold;

/* Whether the attacker can use that weakness, for what is drawn or known. */
typedef bool toc_reach_filter(void *object, uint32_t weakness);

typedef struct toc_reach_options {
    const toc_foothold *footholds;
    uint32_t foothold_count;
    uint32_t most_hops;       /* 0: no limit */
    toc_reach_filter *usable; /* NULL: every weakness whose ease is more than 0 */
    void *object;
} toc_reach_options;

/* From user access on, an asset is a place to go on from. An isolated asset is neither left nor
   entered; whether assets are up does not matter, because that passes. */
toc_reach *toc_reach_create(const toc_world *world, const toc_reach_options *options);
void toc_reach_destroy(toc_reach *reach);
toc_access toc_reach_access(const toc_reach *reach, uint32_t asset);
/* Least number of assets in a row from a foothold; 0 for one, TOC_INDEX_NONE for what is not
   reached. */
uint32_t toc_reach_hops(const toc_reach *reach, uint32_t asset);
/* How the asset was reached first: from where, by which weakness; both TOC_INDEX_NONE for footholds
   and for what is not reached. */
typedef struct toc_reach_step {
    uint32_t from, weakness;
} toc_reach_step;
toc_reach_step toc_reach_step_to(const toc_reach *reach, uint32_t asset);
/* About how many steps a reach takes at most, for who has to account for them. */
uint64_t toc_reach_effort(const toc_world *world);
/* How many assets an attacker has with at least that access. */
uint32_t toc_reach_count(const toc_reach *reach, toc_access at_least);
const char *toc_reach_access_name(toc_access access);

#endif
