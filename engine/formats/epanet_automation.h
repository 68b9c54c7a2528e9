/* EPANET automation: controllers, the control room and what they tell each other become zones,
   conduits, assets and links. */
#ifndef FORMATS_EPANET_AUTOMATION_H
#define FORMATS_EPANET_AUTOMATION_H

#include "formats/epanet_cyber.h"
#include "formats/epanet_name.h"
#include "formats/epanet_place.h"
#include "model/builder.h"

typedef struct toc_epanet_automation {
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber;
    const toc_epanet_names *names;
    const toc_epanet_map *map;
    toc_builder *builder;
    const char *operator_id;
} toc_epanet_automation;

/* A zone for each controller and the control room, and conduits where readings travel. */
void toc_epanet_automation_zones(const toc_epanet_automation *automation);
/* The controllers, each in the middle of what it senses and switches. */
void toc_epanet_automation_assets(const toc_epanet_automation *automation);
/* A data link for each line of [CYBERLINKS], and one from each tank to what senses its level. */
void toc_epanet_automation_links(const toc_epanet_automation *automation);

#endif
