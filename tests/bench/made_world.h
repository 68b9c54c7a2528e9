/* Made world: topologies of any size for measuring, the same at every call. A town is written as
   the native file; a grid and a tree are told to a builder. */
#ifndef TESTS_BENCH_MADE_WORLD_H
#define TESTS_BENCH_MADE_WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "model/builder.h"

enum { MADE_GROUP = 11, MADE_OPERATORS = 10, MADE_ZONES = 200, MADE_HUBS_AT = 5 };

/* Assets in eleven equal blocks: those of the sixth are hubs, and each hub is needed by one asset
   of every other block. A hub's ten dependents so lie as far apart as the file is long, and half of
   the references look ahead. */
static inline uint32_t made_block(uint32_t assets) {
    return assets / MADE_GROUP;
}

static inline uint32_t made_hub(uint32_t assets, uint32_t number) {
    return made_block(assets) * MADE_HUBS_AT + number;
}

static inline void made_asset(FILE *file, uint32_t assets, uint32_t i) {
    static const char *const kinds[] = {"hospital", "pump", "cell-site", "plc",
                                        "school",   "rtu",  "server"};
    uint32_t block = made_block(assets), zone = i % MADE_ZONES;
    bool hub = i / block == MADE_HUBS_AT;
    (void)fprintf(file, "  <asset id=\"a-%u\" kind=\"%s\" zone=\"z-%u\" x=\"%u.%u\" y=\"%u.%u\"", i,
                  hub ? "substation" : kinds[i % 7], zone, i % 1000, i % 10, i / 1000, i % 7);
    if (i >= block * MADE_GROUP) {
        (void)fprintf(file, "/>\n"); /* what eleven does not divide stands alone */
    } else if (hub) {
        (void)fprintf(file,
                      " people=\"%u\">\n    <provides service=\"power\" capacity=\"%u\" "
                      "unit=\"MW\"/>\n  </asset>\n",
                      i % 5000, 1 + i % 90);
    } else {
        (void)fprintf(file, ">\n    <needs all=\"a-%u\"/>\n  </asset>\n",
                      made_hub(assets, i % block));
    }
}

static inline void made_link(FILE *file, uint32_t assets, uint32_t i) {
    static const char *const kinds[] = {"data", "road", "data", "pipe"};
    uint32_t from = i % assets,
             to = (uint32_t)((from + 1 + i * UINT64_C(7919) % (assets - 1)) % assets);
    (void)fprintf(file, "  <link id=\"l-%u\" from=\"a-%u\" to=\"a-%u\" kind=\"%s\"", i, from, to,
                  kinds[i % 4]);
    (void)fprintf(file, i % 4 == 0 ? " rating=\"10Gbit/s\"/>\n" : "/>\n");
}

static inline void made_town(FILE *file, uint32_t assets, uint32_t links) {
    (void)fprintf(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Made town\">\n");
    for (unsigned i = 0; i < MADE_OPERATORS; i++) {
        (void)fprintf(file, "  <operator id=\"o-%u\" sector=\"power\"/>\n", i);
    }
    for (unsigned i = 0; i < MADE_ZONES; i++) {
        (void)fprintf(file, "  <zone id=\"z-%u\" operator=\"o-%u\" level=\"%u\"/>\n", i,
                      i % MADE_OPERATORS, i % 6);
    }
    for (uint32_t i = 0; i < assets; i++) {
        made_asset(file, assets, i);
    }
    for (uint32_t i = 0; i < links; i++) {
        made_link(file, assets, i);
    }
    (void)fprintf(file, "</topology>\n");
}

static inline toc_topology *made_finish(toc_builder *builder) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    if (toc_builder_finish(builder, problems, &topology) != TOC_OK) {
        (void)fprintf(stderr, "%s\n", toc_problems_at(problems, 0).text);
        exit(3);
    }
    toc_problems_destroy(problems);
    toc_builder_destroy(builder);
    return topology;
}

/* Buses on a ring with chords, three branches to two buses as in real grids, a unit at every
   eighth. */
static inline toc_topology *made_grid(uint32_t buses) {
    toc_builder *builder = toc_builder_create("Made grid");
    char id[32], to[32];
    for (uint32_t i = 0; i < buses; i++) {
        toc_asset_spec asset = {.id = id, .kind = TOC_ASSET_BUS};
        (void)snprintf(id, sizeof id, "bus-%u", i);
        toc_builder_asset(builder, &asset);
        toc_builder_provides(builder, "power", toc_unit_find("W"), 10000000, 10000000,
                             (toc_place){0});
        if (i % 8 == 0) {
            toc_builder_generates(builder, INT64_C(80000000000), INT64_C(120000000000), "",
                                  (toc_place){0});
        }
    }
    for (uint32_t i = 0; i < buses + buses / 2; i++) {
        toc_link_spec link = {.from = id, .to = to, .kind = TOC_LINK_LINE, .reactance = 0.05};
        uint32_t start = i < buses ? i : 2 * (i - buses), reach = i < buses ? 1 : 3 + i % 17;
        (void)snprintf(id, sizeof id, "bus-%u", start);
        (void)snprintf(to, sizeof to, "bus-%u", (start + reach) % buses);
        toc_builder_link(builder, &link);
    }
    return made_finish(builder);
}

/* One root and `edges` assets below it, each in need of one above: twelve levels for 10,000. */
static inline toc_topology *made_tree(uint32_t edges) {
    toc_builder *builder = toc_builder_create("Made tree");
    char id[32], above[32];
    for (uint32_t i = 0; i <= edges; i++) {
        toc_asset_spec asset = {.id = id, .kind = TOC_ASSET_NODE};
        toc_need_spec need = {.sources = above, .fallback_after = TOC_NEVER};
        (void)snprintf(id, sizeof id, "a-%u", i);
        (void)snprintf(above, sizeof above, "a-%u", (i - 1) / 2);
        toc_builder_asset(builder, &asset);
        if (i > 0) {
            toc_builder_needs(builder, &need);
        }
    }
    return made_finish(builder);
}

#endif
