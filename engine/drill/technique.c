#include "tocsin/technique.h"

#include <stdio.h>
#include <string.h>

#include "kernel/names.h"

static const char *const ids[] = {
#define TOC_TECHNIQUE(id, name, tactics, targets, mitigations) id,
#include "drill/technique.def"
#undef TOC_TECHNIQUE
};

static const char *const titles[] = {
#define TOC_TECHNIQUE(id, name, tactics, targets, mitigations) name,
#include "drill/technique.def"
#undef TOC_TECHNIQUE
};

static const struct {
    const char *tactics, *targets, *mitigations;
} facts[] = {
#define TOC_TECHNIQUE(id, name, tactics, targets, mitigations) {tactics, targets, mitigations},
#include "drill/technique.def"
#undef TOC_TECHNIQUE
};

static const toc_technique_mitigation all_mitigations[] = {
#define TOC_MITIGATION(id, name, iec62443, nist80053) {id, name, iec62443, nist80053},
#include "drill/mitigation.def"
#undef TOC_MITIGATION
};

enum { COUNT = sizeof ids / sizeof *ids, NAMED_KINDS = 3 };

static size_t find(const char *id) {
    size_t at = 0;
    while (at < COUNT && strcmp(ids[at], id) != 0) {
        at++;
    }
    return at;
}

const char *toc_technique_id(const char *id) {
    size_t at = find(id);
    return at < COUNT ? ids[at] : NULL;
}

const char *toc_technique_name(const char *id) {
    size_t at = find(id);
    return at < COUNT ? titles[at] : NULL;
}

const char *toc_technique_nearest(const char *id) {
    const char *title = toc_names_nearest_of(titles, COUNT, id);
    for (size_t i = 0; title != NULL && i < COUNT; i++) {
        if (titles[i] == title) {
            return ids[i];
        }
    }
    return toc_names_nearest_of(ids, COUNT, id);
}

const char *toc_technique_tactics(const char *id) {
    size_t at = find(id);
    return at < COUNT ? facts[at].tactics : NULL;
}

const char *toc_technique_mitigations(const char *id) {
    size_t at = find(id);
    return at < COUNT ? facts[at].mitigations : NULL;
}

bool toc_technique_fits(const char *id, toc_asset_kind kind) {
    size_t at = find(id);
    const char *asset = toc_topology_kind(kind)->attack_id;
    return at >= COUNT || facts[at].targets[0] == '\0' || asset[0] == '\0' ||
           strstr(facts[at].targets, asset) != NULL;
}

const char *toc_technique_kinds(const char *id, char *buffer, size_t size) {
    size_t at = find(id), length = 0;
    unsigned found = 0;
    buffer[0] = '\0';
    for (int kind = 0; at < COUNT && kind < TOC_ASSET_KINDS; kind++) {
        const toc_asset_kind_facts *about = toc_topology_kind((toc_asset_kind)kind);
        bool is_meant =
            about->attack_id[0] != '\0' && strstr(facts[at].targets, about->attack_id) != NULL;
        if (is_meant && found++ < NAMED_KINDS && length < size) {
            int added = snprintf(buffer + length, size - length, "%s%s", length == 0 ? "" : ", ",
                                 about->name);
            length += added > 0 ? (size_t)added : 0;
        }
    }
    if (found > NAMED_KINDS && length < size) {
        (void)snprintf(buffer + length, size - length, " and %u more", found - NAMED_KINDS);
    }
    return buffer;
}

const toc_technique_mitigation *toc_technique_find_mitigation(const char *id) {
    for (size_t i = 0; i < sizeof all_mitigations / sizeof *all_mitigations; i++) {
        if (strcmp(all_mitigations[i].id, id) == 0) {
            return &all_mitigations[i];
        }
    }
    return NULL;
}
