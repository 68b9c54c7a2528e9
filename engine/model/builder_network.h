/* Builder of networks: phases, conduits with their rules, what assets listen for, legitimate
   flows. As in the builder: in any order, by name and with places; NULL texts are empty. */
#ifndef MODEL_BUILDER_NETWORK_H
#define MODEL_BUILDER_NETWORK_H

#include "model/builder.h"

typedef struct toc_conduit_spec {
    const char *id; /* empty: made of its ends, with a number where that is taken */
    const char *from, *to;
    const char *phases; /* blank-separated; empty: always */
    toc_place place;
} toc_conduit_spec;

typedef struct toc_rule_spec {
    const char *service;   /* of the network; "any" for all of them */
    const char *from, *to; /* assets; empty: any of the zone */
    const char *phases;
    bool deny;
    toc_place place;
} toc_rule_spec;

typedef struct toc_traffic_spec {
    const char *id; /* empty: made of its ends */
    const char *from, *to, *service;
    bool off; /* begins cut */
    toc_place place;
} toc_traffic_spec;

void toc_builder_network_phase(toc_builder *builder, const char *id, const char *name,
                               toc_place place);
/* A conduit stays open for rules until the next conduit; they are read in this order. */
void toc_builder_network_conduit(toc_builder *builder, const toc_conduit_spec *spec);
void toc_builder_network_rule(toc_builder *builder, const toc_rule_spec *spec);
/* For the latest asset; `zones` blank-separated, empty: from anywhere. */
void toc_builder_network_listens(toc_builder *builder, const char *service, const char *zones,
                                 toc_place place);
void toc_builder_network_traffic(toc_builder *builder, const toc_traffic_spec *spec);

#endif
