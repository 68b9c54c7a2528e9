#include "drill/area.h"

#include <string.h>

enum { LONGEST_ID = 255 };

static const toc_place nowhere = {.file = NULL};

static toc_status check_asset(const toc_drill *drill, const char *id, toc_problems *problems) {
    uint32_t asset = toc_topology_find_element(drill->topology, id);
    if (asset < drill->topology->asset_count) {
        return TOC_OK;
    }
    const char *nearest = toc_topology_nearest_element(drill->topology, id);
    return toc_problems_error(problems, nowhere,
                              "'%.60s' is no zone and no asset%s%s%s; an area is a zone, or assets "
                              "with blanks between them",
                              id, nearest == NULL ? "" : "; did you mean '",
                              nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
}

toc_status toc_area_check(const toc_drill *drill, const char *target, toc_problems *problems) {
    if (toc_topology_find_zone(drill->topology, target) != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    for (const char *at = target + strspn(target, " "); *at != '\0'; at += strspn(at, " ")) {
        char id[LONGEST_ID + 1];
        size_t length = strcspn(at, " ");
        size_t kept = length < LONGEST_ID ? length : LONGEST_ID;
        memcpy(id, at, kept);
        id[kept] = '\0';
        toc_status status = check_asset(drill, id, problems);
        if (status != TOC_OK) {
            return status;
        }
        at += length;
    }
    return TOC_OK;
}

bool toc_area_has(const toc_drill *drill, const char *target, uint32_t asset) {
    uint32_t zone = toc_topology_find_zone(drill->topology, target);
    const toc_asset *facts = &drill->topology->assets[asset];
    if (zone != TOC_INDEX_NONE) {
        return facts->zone == zone;
    }
    for (const char *at = target; (at = strstr(at, facts->id)) != NULL; at++) {
        size_t length = strlen(facts->id);
        if ((at == target || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}
