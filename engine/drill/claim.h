/* Claim: the claims that are being read, for the bindings that make them. */
#ifndef DRILL_CLAIM_H
#define DRILL_CLAIM_H

#include "drill/patience.h"
#include "kernel/list.h"
#include "script/host.h"
#include "tocsin/claim.h"

struct toc_claims {
    toc_patience patience;
    toc_arena *arena;
    toc_host *host;
    const toc_package *package;
    toc_list items; /* toc_claim */
};

/* The claims that the running script makes. */
toc_claims *toc_claim_of(lua_State *lua);
/* What a claim says, from what it holds. */
const char *toc_claim_describe(toc_arena *arena, const toc_claim *claim);

/* bind_claim.c */
void toc_bind_claim_install(toc_host *host);

#endif
