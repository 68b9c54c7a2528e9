/* Hardening: what defenders take from attackers without cutting the network: weaknesses that are
   closed, for now or for good, and assets that nobody trusts any more. Whoever is inside already
   stays there; see toc_intrusion_expel. */
#ifndef MODEL_HARDENING_H
#define MODEL_HARDENING_H

#include "model/world.h"

typedef enum toc_closure {
    TOC_CLOSURE_NONE,
    TOC_CLOSURE_HELD,    /* until it is opened again */
    TOC_CLOSURE_FOR_GOOD /* patched, or the secret is another one */
} toc_closure;

/* Whether the weakness is one of accounts (its technique is in account.def) rather than of
   programs. */
bool toc_hardening_is_account(const toc_world *world, uint32_t weakness);
toc_closure toc_hardening_closure(const toc_world *world, uint32_t weakness);
/* False where it was so already; what is closed for good stays so. */
bool toc_hardening_close(toc_world *world, uint32_t weakness, toc_closure closure);
/* An asset that is not trusted opens no session by which another one could be got at. */
bool toc_hardening_is_distrusted(const toc_world *world, uint32_t asset);
bool toc_hardening_distrust(toc_world *world, uint32_t asset, bool distrusted);

void toc_hardening_digest(const toc_world *world, toc_digest *digest);
void toc_hardening_finish(toc_world *world);

#endif
