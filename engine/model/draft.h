/* Draft: a topology while it is being told. Indexes into other things are still what was written:
   numbers of words, or marks of ids for elements; finishing replaces them in place. */
#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "kernel/names.h"
#include "model/builder.h"

/* Where something was said; file is a number in draft files, TOC_NONE for no place. */
struct spot {
    uint32_t file, line, column;
};

/* A mistake, kept until it can be told in the order of the file. */
struct mistake {
    struct spot spot;
    toc_severity severity;
    const char *text;
};

/* A name set of things of one sort: number of the name -> index of the thing, TOC_INDEX_NONE while
   it was only referred to. */
struct roll {
    toc_names *names;
    toc_list index; /* uint32_t */
};

/* In `elements.index`: an asset's index, or a link's with this bit. */
#define DRAFT_LINK UINT32_C(0x80000000)

/* The sum of what is provided, asked or generated, so that thousandths of it still fit 64 bits. */
#define DRAFT_MOST ((uint64_t)(INT64_MAX / 1000))

/* The largest factor of a pattern, in millionths. */
#define DRAFT_FACTOR INT64_C(1000000000)

enum {
    DRAFT_MISTAKES = 1000,       /* told one by one; the rest is counted */
    DRAFT_ID_LENGTH = 255,       /* bytes */
    DRAFT_CREW_SIZE = 1000,      /* parties */
    DRAFT_COORDINATE = 100000000 /* metres: more than twice around the earth */
};

/* What a finished topology owns beside its arrays; the topology is the first member. */
struct owned_topology {
    toc_topology topology;
    toc_names *words;
    toc_names *protocols; /* services of the network, in order of their first mention */
    struct roll operators, zones, elements, crews, services, conduits, phases, patterns, sensors;
    toc_names *parts; /* in order of their first mention */
    struct roll vendors;
};

/* A list of phases as it was written, until all phases are told. */
struct mask {
    uint32_t word, conduit, rule; /* whose: one of the two is TOC_INDEX_NONE */
};

enum mention_kind { MENTION_ORIGIN, MENTION_TANK, MENTION_THROUGHPUT, MENTION_LINK };

/* What was said to flow; items[index] of its kind names a commodity by it. */
struct mention {
    struct spot spot;
    enum mention_kind kind;
    uint32_t index, word; /* word: of the service, TOC_NONE for a pipe that does not say */
    const toc_unit *unit; /* NULL: none was said */
};

struct toc_builder {
    struct owned_topology *owned; /* NULL once finished */
    toc_arena *arena;             /* texts of mistakes */
    toc_names *files;
    uint32_t latest_file;
    toc_list mistakes; /* struct mistake */
    uint32_t mistakes_untold, errors;
    uint64_t search_budget; /* names that may still be compared in search of the nearest */
    toc_list operators, zones, conduits, rules, assets, links, provisions, needs, sources, buffers,
        failovers, hostings, weaknesses, works, crews, services, taps, generations, buses, phases,
        listens, listen_zones, traffics, commodities, origins, throughputs, tanks, patterns,
        factors_ppm, controls;
    toc_list roads; /* toc_road */
    toc_list part_wants, stocks, vendors, vendor_parts, stock_spots, vendor_spots;
    toc_list sensors, analysts, covers; /* toc_sensor, toc_analysts, asset indexes */
    toc_list sensor_spots, analysts_spots;
    toc_list mentions; /* struct mention */
    toc_list zone_spots, conduit_spots, rule_spots, asset_spots, link_spots, provision_spots,
        need_spots, buffer_spots, crew_spots, generation_spots, phase_spots, weakness_spots,
        listen_spots, traffic_spots, control_spots; /* struct spot */
    toc_list masks;                                 /* struct mask */
    toc_list units;                                 /* const toc_unit *, by provision */
};

/* Printed without a printf of our own: the text is made here and told at the end. */
void toc_draft_error(toc_builder *builder, struct spot spot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void toc_draft_warn(toc_builder *builder, struct spot spot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct spot toc_draft_spot(toc_builder *builder, toc_place place);
/* " (nearest: 'x')" or "", while the budget for searching lasts. */
const char *toc_draft_hint(toc_builder *builder, const struct roll *roll, const char *name);
/* Tells all mistakes in the order of their places. */
toc_status toc_draft_tell(toc_builder *builder, toc_problems *problems);

/* Enters the id of a new thing in its roll and gives its lasting text; tells what is wrong with it,
   with `what` for the sort of thing. */
const char *toc_draft_id(toc_builder *builder, struct roll *roll, struct spot spot, uint32_t index,
                         const char *what, const char *id);
/* Enters a name and gives its lasting text; a thing that was there keeps its index. */
const char *toc_draft_enter(struct roll *roll, const char *name, uint32_t index, bool *was_new);
uint32_t toc_draft_find(const struct roll *roll, const char *name);
/* The number of a text that may come many times, TOC_NONE for an empty one. */
uint32_t toc_draft_word(toc_builder *builder, const char *text);
/* The text itself, "" for an empty one. */
const char *toc_draft_text(toc_builder *builder, const char *text);
/* The number of a service of the network; TOC_INDEX_NONE for an empty one and for "any". */
uint32_t toc_draft_protocol(toc_builder *builder, const char *name);
/* References to elements that may be told later: numbers of their names, some together. */
uint32_t toc_draft_refer(toc_builder *builder, const char *id);
void toc_draft_refer_all(toc_builder *builder, const char *const *ids, size_t count, uint32_t *out);

#endif
