/* Intrusion: what attackers have of assets: access each, an implant that keeps it, and whether what
   runs there was tampered with; and attempts to get more through weaknesses. Attackers go by name,
   so that chance is the same whatever order they come in. Nobody sees any of it by itself. */
#ifndef MODEL_INTRUSION_H
#define MODEL_INTRUSION_H

#include "model/world.h"

/* Why an attempt gave nothing. */
typedef enum toc_obstacle {
    TOC_OBSTACLE_NONE,
    TOC_OBSTACLE_ACCESS, /* it takes access to the asset that the attacker does not have */
    TOC_OBSTACLE_REACH,  /* the network lets nothing through from where the attacker is */
    TOC_OBSTACLE_IMMUNE, /* this attacker cannot use that weakness, however often it tries */
    TOC_OBSTACLE_LUCK,   /* not this time */
    TOC_OBSTACLE_CLOSED, /* defenders have closed the weakness */
    TOC_OBSTACLES
} toc_obstacle;

typedef struct toc_attempt {
    uint32_t attacker, weakness;
    int64_t success_ppm; /* of one attempt, where the weakness can be used at all */
} toc_attempt;

/* The attacker of that name, added where there is none; the name must outlive the world. */
uint32_t toc_intrusion_attacker(toc_world *world, const char *name);
const char *toc_intrusion_name(const toc_world *world, uint32_t attacker);
/* Where the attacker is from the start: administrator there, and no news. */
void toc_intrusion_begin_at(toc_world *world, uint32_t attacker, uint32_t asset);

toc_access toc_intrusion_access(const toc_world *world, uint32_t attacker, uint32_t asset);
/* The next asset that the attacker has; `place` begins at 0. */
bool toc_intrusion_held(const toc_world *world, uint32_t attacker, uint32_t *place,
                        uint32_t *out_asset);
/* Whether anybody left an implant there. */
bool toc_intrusion_is_implanted(const toc_world *world, uint32_t asset);
bool toc_intrusion_has_implant(const toc_world *world, uint32_t attacker, uint32_t asset);
bool toc_intrusion_is_tampered(const toc_world *world, uint32_t asset);

/* Each is false where it was so already. Access is never taken back by less. */
bool toc_intrusion_grant(toc_world *world, uint32_t attacker, uint32_t asset, toc_access access);
/* The same, coming from `source`, an asset that the attacker has. */
bool toc_intrusion_enter(toc_world *world, uint32_t attacker, uint32_t asset, toc_access access,
                         uint32_t source);
bool toc_intrusion_implant(toc_world *world, uint32_t attacker, uint32_t asset);
bool toc_intrusion_tamper(toc_world *world, uint32_t asset);
/* What runs there is as it should be again; attackers stay. */
bool toc_intrusion_untamper(toc_world *world, uint32_t asset);
/* Reimaging, restoring and replacing: every attacker loses the asset, and it runs what it should.
 */
bool toc_intrusion_cleanse(toc_world *world, uint32_t asset);

/* Ends the sessions on the asset: attackers lose it where no implant keeps it for them. */
bool toc_intrusion_expel(toc_world *world, uint32_t asset);
/* Ends the sessions that were opened from the asset: the same for what was got at from there. */
bool toc_intrusion_expel_from(toc_world *world, uint32_t asset);

/* An attacker on an asset, as its logs have it. */
typedef struct toc_intruder {
    uint32_t attacker;
    uint32_t source; /* the asset that it came from; TOC_INDEX_NONE where nobody can tell */
    toc_access access;
    toc_time since;
} toc_intruder;

/* Whether any attacker has access or an implant there. */
bool toc_intrusion_is_present(const toc_world *world, uint32_t asset);

/* The next after `*place`, which begins at 0; false at the end. */
bool toc_intrusion_next(const toc_world *world, uint32_t asset, uint32_t *place,
                        toc_intruder *out_intruder);

/* Whether this attacker can use that weakness at all: drawn once, with its ease as the chance. */
bool toc_intrusion_is_feasible(const toc_world *world, uint32_t attacker, uint32_t weakness);
/* Whether a session that the weakness needs passes now from some asset that the attacker has. */
bool toc_intrusion_reaches(const toc_world *world, uint32_t attacker, uint32_t weakness);
/* What the weakness gives is the attacker's when nothing stands in the way. */
toc_obstacle toc_intrusion_attempt(toc_world *world, toc_attempt attempt);

void toc_intrusion_digest(const toc_world *world, toc_digest *digest);
void toc_intrusion_finish(toc_world *world);

#endif
