#include "cli/journey.h"

#include <stdio.h>
#include <string.h>

enum { MOST_NODES = 256 };

static const char *owner_of(const toc_flowed *flowed, const toc_crew *crew) {
    return toc_topology_operator_id(flowed->topology, crew->operator_index);
}

/* "1 h 05 min", in whole minutes, rounded up. */
static void print_time(toc_time takes) {
    long long minutes = (takes + TOC_MINUTE - 1) / TOC_MINUTE;
    if (minutes < 60) {
        (void)printf("%10lld min", minutes);
    } else {
        (void)printf("%5lld h %02lld min", minutes / 60, minutes % 60);
    }
}

void toc_journey_print(const toc_flowed *flowed, uint32_t element) {
    uint32_t nodes[MOST_NODES];
    const toc_topology *topology = flowed->topology;
    (void)printf("\n%-14s %-14s %14s  %s\n", "crew", "operator", "there in",
                 toc_topology_element_id(topology, element));
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        uint32_t count = 0;
        toc_time takes =
            toc_aftermath_journey(flowed->aftermath, i, element, nodes, MOST_NODES, &count);
        (void)printf("%-14s %-14s ", topology->crews[i].id, owner_of(flowed, &topology->crews[i]));
        if (takes == TOC_NEVER) {
            (void)printf("%14s  no open road leads there\n", "never");
            continue;
        }
        print_time(takes);
        for (uint32_t j = 0; j < count && j < MOST_NODES; j++) {
            (void)printf("%s%s", j == 0 ? "  by " : ", ", topology->assets[nodes[j]].id);
        }
        (void)printf("%s\n", count > MOST_NODES ? " ..." : "");
    }
    if (topology->crew_count == 0) {
        (void)printf("nobody: the topology has no crews\n");
    }
}

json_t *toc_journey_json(const toc_flowed *flowed, uint32_t element) {
    uint32_t nodes[MOST_NODES];
    const toc_topology *topology = flowed->topology;
    json_t *array = json_array();
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        uint32_t count = 0;
        toc_time takes =
            toc_aftermath_journey(flowed->aftermath, i, element, nodes, MOST_NODES, &count);
        json_t *object = json_object(), *by = json_array();
        for (uint32_t j = 0; j < count && j < MOST_NODES; j++) {
            (void)json_array_append_new(by, toc_cli_text(topology->assets[nodes[j]].id));
        }
        (void)json_object_set_new(object, "crew", toc_cli_text(topology->crews[i].id));
        (void)json_object_set_new(object, "operator",
                                  toc_cli_text(owner_of(flowed, &topology->crews[i])));
        (void)json_object_set_new(object, "takes_us", toc_cli_time_json(takes));
        (void)json_object_set_new(object, "by", by);
        (void)json_array_append_new(array, object);
    }
    return array;
}
