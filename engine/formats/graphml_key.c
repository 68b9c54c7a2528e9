#include "formats/graphml_key.h"

#include <string.h>
#include <strings.h>

struct meaning {
    const char *name;
    toc_graphml_meaning meaning;
};

static toc_graphml_meaning find_meaning(const struct meaning *table, size_t count,
                                        const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(table[i].name, name) == 0) {
            return table[i].meaning;
        }
    }
    return TOC_GRAPHML_MEANINGS;
}

static toc_graphml_meaning node_meaning(const char *name) {
    static const struct meaning table[] = {
        {"label", TOC_GRAPHML_NAME},
        {"name", TOC_GRAPHML_NAME},
        {"kind", TOC_GRAPHML_KIND},
        {"type", TOC_GRAPHML_KIND},
        {"device_type", TOC_GRAPHML_KIND},
        {"operator", TOC_GRAPHML_OWNER},
        {"owner", TOC_GRAPHML_OWNER},
        {"zone", TOC_GRAPHML_ZONE},
        {"people", TOC_GRAPHML_PEOPLE},
        {"population", TOC_GRAPHML_PEOPLE},
        {"needs", TOC_GRAPHML_NEEDS},
        {"dependson", TOC_GRAPHML_NEEDS},
        {"depends_on", TOC_GRAPHML_NEEDS},
        {"provides", TOC_GRAPHML_PROVIDES},
        {"latitude", TOC_GRAPHML_LATITUDE},
        {"lat", TOC_GRAPHML_LATITUDE},
        {"longitude", TOC_GRAPHML_LONGITUDE},
        {"lon", TOC_GRAPHML_LONGITUDE},
        {"lng", TOC_GRAPHML_LONGITUDE},
        {"long", TOC_GRAPHML_LONGITUDE},
        {"x", TOC_GRAPHML_X},
        {"y", TOC_GRAPHML_Y},
    };
    return find_meaning(table, sizeof table / sizeof table[0], name);
}

static toc_graphml_meaning edge_meaning(const char *name) {
    static const struct meaning table[] = {
        {"kind", TOC_GRAPHML_KIND},           {"type", TOC_GRAPHML_KIND},
        {"capacity", TOC_GRAPHML_CAPACITY},   {"rating", TOC_GRAPHML_CAPACITY},
        {"bandwidth", TOC_GRAPHML_CAPACITY},  {"linkspeedraw", TOC_GRAPHML_SPEED},
        {"reactance", TOC_GRAPHML_REACTANCE},
    };
    return find_meaning(table, sizeof table / sizeof table[0], name);
}

static toc_graphml_meaning graph_meaning(const char *name) {
    static const struct meaning table[] = {
        {"name", TOC_GRAPHML_NAME}, {"label", TOC_GRAPHML_NAME}, {"network", TOC_GRAPHML_NETWORK}};
    return find_meaning(table, sizeof table / sizeof table[0], name);
}

static toc_graphml_domain find_domain(const char *name) {
    if (strcmp(name, "node") == 0) {
        return TOC_GRAPHML_NODE;
    }
    if (strcmp(name, "edge") == 0) {
        return TOC_GRAPHML_EDGE;
    }
    if (strcmp(name, "graph") == 0 || strcmp(name, "graphml") == 0) {
        return TOC_GRAPHML_GRAPH;
    }
    return name[0] == '\0' || strcmp(name, "all") == 0 ? TOC_GRAPHML_ALL : TOC_GRAPHML_OTHER;
}

static void enter(toc_graphml_ids *ids, const char *id, uint32_t key) {
    bool was_new;
    (void)toc_names_add(ids->names, id, &was_new);
    if (was_new) {
        *(uint32_t *)toc_list_add(&ids->keys, sizeof key) = key;
    }
}

toc_graphml_key *toc_graphml_key_add(toc_graphml_keys *keys, const char *id, const char *domain,
                                     const char *name) {
    toc_graphml_key *key = toc_list_add(&keys->list, sizeof *key);
    key->id = toc_arena_text(keys->arena, id != NULL ? id : "");
    /* a key without attr.name may still say by its id what it is */
    key->name = name != NULL && name[0] != '\0' ? toc_arena_text(keys->arena, name) : key->id;
    key->domain = find_domain(domain != NULL ? domain : "");
    key->meaning = TOC_GRAPHML_MEANINGS;
    if (key->domain == TOC_GRAPHML_NODE || key->domain == TOC_GRAPHML_ALL) {
        key->meaning = node_meaning(key->name);
    } else if (key->domain == TOC_GRAPHML_EDGE) {
        key->meaning = edge_meaning(key->name);
    } else if (key->domain == TOC_GRAPHML_GRAPH) {
        key->meaning = graph_meaning(key->name);
    }
    enter(&keys->ids[key->domain], key->id, keys->list.count - 1);
    enter(&keys->ids[TOC_GRAPHML_DOMAINS], key->id, keys->list.count - 1);
    return key;
}

void toc_graphml_key_start(toc_graphml_keys *keys, toc_arena *arena) {
    *keys = (toc_graphml_keys){.arena = arena};
    for (size_t i = 0; i <= TOC_GRAPHML_DOMAINS; i++) {
        keys->ids[i].names = toc_names_create();
    }
}

void toc_graphml_key_finish(toc_graphml_keys *keys) {
    for (size_t i = 0; i <= TOC_GRAPHML_DOMAINS; i++) {
        toc_names_destroy(keys->ids[i].names);
        toc_list_finish(&keys->ids[i].keys);
    }
    toc_list_finish(&keys->list);
}

void toc_graphml_key_default(toc_graphml_keys *keys, const toc_graphml_key *key, const char *text) {
    if (key->meaning < TOC_GRAPHML_MEANINGS && text[0] != '\0' &&
        keys->defaults[key->domain][key->meaning] == NULL) {
        keys->defaults[key->domain][key->meaning] = text;
    }
}

const char *toc_graphml_key_default_of(const toc_graphml_keys *keys, toc_graphml_domain domain,
                                       toc_graphml_meaning meaning) {
    const char *text = keys->defaults[domain][meaning];
    return text != NULL ? text : keys->defaults[TOC_GRAPHML_ALL][meaning];
}

static const toc_graphml_key *find_in(const toc_graphml_keys *keys, size_t ids, const char *id) {
    uint32_t number = toc_names_find(keys->ids[ids].names, id);
    if (number == TOC_NONE) {
        return NULL;
    }
    return TOC_LIST_AT(const toc_graphml_key, &keys->list,
                       *TOC_LIST_AT(uint32_t, &keys->ids[ids].keys, number));
}

const toc_graphml_key *toc_graphml_key_find(const toc_graphml_keys *keys, const char *id,
                                            toc_graphml_domain domain) {
    const toc_graphml_key *key = find_in(keys, domain, id);
    key = key != NULL ? key : find_in(keys, TOC_GRAPHML_ALL, id);
    return key != NULL ? key : find_in(keys, TOC_GRAPHML_DOMAINS, id);
}
