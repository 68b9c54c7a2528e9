/* Foothold: what an attacker can get at from the assets that it has. */
#ifndef MODEL_FOOTHOLD_H
#define MODEL_FOOTHOLD_H

#include "model/intrusion.h"

/* The first asset that the attacker has from which a session of that protocol (TOC_INDEX_NONE: of
   any) passes now to the asset, itself where it has it; TOC_INDEX_NONE where none does. */
uint32_t toc_foothold_towards(const toc_world *world, uint32_t attacker, uint32_t asset,
                              uint32_t protocol);
/* Whether what the attacker sends gets to the element: from an asset that it has there, over the
   network, or through what its control runs through; to a link at either end. */
bool toc_foothold_reaches(const toc_world *world, uint32_t attacker, uint32_t element);
/* Whether the attacker could take passwords that hold for the asset: it is administrator of
   something of the same operator. */
bool toc_foothold_has_secrets(const toc_world *world, uint32_t attacker, uint32_t asset);

typedef struct toc_foothold_move {
    uint32_t attacker, asset, protocol;
    toc_access gives;
    bool has_secrets; /* it brought passwords from elsewhere */
} toc_foothold_move;

/* Logs on to the asset as somebody who may. The asset is the attacker's when nothing stands in the
   way: no password, no session that passes, accounts that have been shut. */
toc_obstacle toc_foothold_move_on(toc_world *world, const toc_foothold_move *move);

#endif
