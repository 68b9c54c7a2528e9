/* Hunt: analysts look for attackers where no sensor has said anything. One hunt looks at `looks` of
   the assets, the same one perhaps again, and finds whoever is there with its chance: an attacker
   on one of N assets is found with 1 - (1 - p / N)^looks. Source: CyberBattleSim's ScanAndReimage,
   as described. */
#ifndef MODEL_HUNT_H
#define MODEL_HUNT_H

#include "model/world.h"

typedef struct toc_hunt {
    uint32_t operator_index; /* whose people hunt */
    const uint32_t *assets;
    uint32_t count, looks;
    int64_t chance_ppm;
    const char *name; /* of the hunter, and how many looks it has had before: for chance */
    uint32_t looked;
} toc_hunt;

/* How many assets with attackers were found; each is an alert that is seen at once. */
uint32_t toc_hunt_look(toc_world *world, const toc_hunt *hunt);

/* For sensors: the hunts that analysts do by themselves. */
void toc_hunt_init(toc_world *world);
void toc_hunt_finish(toc_world *world);

#endif
