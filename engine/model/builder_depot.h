/* Builder of what work takes beside people: parts that assets want, stocks that hold them, vendors
   who bring them or come themselves. As in the builder: in any order, by name and with places; NULL
   texts are empty. */
#ifndef MODEL_BUILDER_DEPOT_H
#define MODEL_BUILDER_DEPOT_H

#include "model/builder.h"

typedef struct toc_vendor_spec {
    const char *id, *name;
    const char *skills, *parts; /* blank-separated; empty: nobody comes, nothing is sold */
    toc_time comes, delivers;   /* medians; TOC_NEVER: not said */
    int64_t spread_ppm;         /* sigma of the lognormal of both */
    uint32_t size;              /* how many calls it answers at once; 0: one */
    toc_place place;
} toc_vendor_spec;

/* For the latest asset: replacing it takes such a part. */
void toc_builder_depot_wants(toc_builder *builder, const char *part);
void toc_builder_depot_stock(toc_builder *builder, const char *at, const char *part, uint32_t count,
                             toc_place place);
void toc_builder_depot_vendor(toc_builder *builder, const toc_vendor_spec *spec);

/* The end of building, and of a builder: see resolve.h. */
void toc_builder_depot_resolve(toc_builder *builder);
void toc_builder_depot_take(toc_builder *builder, toc_topology *topology);
void toc_builder_depot_discard(toc_builder *builder);

#endif
