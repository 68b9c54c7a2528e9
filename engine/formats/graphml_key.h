/* GraphML key: what a <key> declares, and what its values mean to us. */
#ifndef FORMATS_GRAPHML_KEY_H
#define FORMATS_GRAPHML_KEY_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "kernel/names.h"

typedef enum toc_graphml_domain {
    TOC_GRAPHML_GRAPH,
    TOC_GRAPHML_NODE,
    TOC_GRAPHML_EDGE,
    TOC_GRAPHML_OTHER, /* ports and the like */
    TOC_GRAPHML_ALL,
    TOC_GRAPHML_DOMAINS
} toc_graphml_domain;

typedef enum toc_graphml_meaning {
    TOC_GRAPHML_NAME,
    TOC_GRAPHML_NETWORK, /* another word for the graph's name */
    TOC_GRAPHML_KIND,
    TOC_GRAPHML_OWNER,
    TOC_GRAPHML_ZONE,
    TOC_GRAPHML_PEOPLE,
    TOC_GRAPHML_NEEDS,
    TOC_GRAPHML_PROVIDES,
    TOC_GRAPHML_LATITUDE,
    TOC_GRAPHML_LONGITUDE,
    TOC_GRAPHML_X,
    TOC_GRAPHML_Y,
    TOC_GRAPHML_SPEED, /* bit/s */
    TOC_GRAPHML_CAPACITY,
    TOC_GRAPHML_REACTANCE,
    TOC_GRAPHML_MEANINGS /* none of these */
} toc_graphml_meaning;

typedef struct toc_graphml_key {
    const char *id, *name;
    toc_graphml_domain domain;
    toc_graphml_meaning meaning;
} toc_graphml_key;

/* Ids of keys and which key each means; the first of several. */
typedef struct toc_graphml_ids {
    toc_names *names;
    toc_list keys; /* uint32_t, as numbered in names */
} toc_graphml_ids;

typedef struct toc_graphml_keys {
    toc_arena *arena;
    toc_list list;                                /* toc_graphml_key */
    toc_graphml_ids ids[TOC_GRAPHML_DOMAINS + 1]; /* the last: of whatever domain */
    const char *defaults[TOC_GRAPHML_DOMAINS][TOC_GRAPHML_MEANINGS];
} toc_graphml_keys;

/* Texts live in the arena. */
void toc_graphml_key_start(toc_graphml_keys *keys, toc_arena *arena);
void toc_graphml_key_finish(toc_graphml_keys *keys);
/* NULL attributes are empty. The key stays where it is until the next is added. */
toc_graphml_key *toc_graphml_key_add(toc_graphml_keys *keys, const char *id, const char *domain,
                                     const char *name);
/* Says what holds where a node or edge is silent. */
void toc_graphml_key_default(toc_graphml_keys *keys, const toc_graphml_key *key, const char *text);
/* NULL where there is none. */
const char *toc_graphml_key_default_of(const toc_graphml_keys *keys, toc_graphml_domain domain,
                                       toc_graphml_meaning meaning);
/* The key of that id that serves the domain; the id alone decides where none does. NULL: none. */
const toc_graphml_key *toc_graphml_key_find(const toc_graphml_keys *keys, const char *id,
                                            toc_graphml_domain domain);

#endif
