#include "formats/epanet_name.h"

#include "formats/plain_text.h"

static bool share_ids(const toc_epanet_network *network) {
    for (uint32_t i = 0; i < network->links.count; i++) {
        if (toc_names_find(network->node_ids, toc_names_at(network->link_ids, i)) != TOC_NONE) {
            return true;
        }
    }
    return false;
}

const char *toc_epanet_name_new(toc_epanet_names *names, const char *raw) {
    return toc_plain_text_id(names->arena, names->taken, raw, "water");
}

static void name_sensors(const toc_epanet_network *network, const toc_epanet_cyber *cyber,
                         toc_epanet_names *names) {
    names->sensor = toc_arena_heap(NULL, network->nodes.count + (size_t)1, sizeof *names->sensor);
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        uint32_t system = toc_epanet_cyber_watches(cyber, i);
        bool has_line =
            system != TOC_NONE && toc_epanet_network_node(network, i)->kind == TOC_EPANET_TANK;
        names->sensor[i] =
            has_line
                ? toc_epanet_name_new(names, toc_arena_format(names->arena, "%s-%s", names->node[i],
                                                              names->system[system]))
                : NULL;
    }
}

static void name_cyber(const toc_epanet_cyber *cyber, toc_epanet_names *names) {
    names->system = toc_arena_heap(NULL, cyber->systems.count + (size_t)1, sizeof *names->system);
    names->channel =
        toc_arena_heap(NULL, cyber->channels.count + (size_t)1, sizeof *names->channel);
    for (uint32_t i = 0; i < cyber->systems.count; i++) {
        names->system[i] = toc_epanet_name_new(names, toc_epanet_cyber_system(cyber, i)->id);
    }
    for (uint32_t i = 0; i < cyber->channels.count; i++) {
        const toc_epanet_channel *channel = toc_epanet_cyber_channel(cyber, i);
        names->channel[i] = toc_epanet_name_new(
            names, toc_arena_format(names->arena, "%s-%s", names->system[channel->from],
                                    names->system[channel->to]));
    }
}

void toc_epanet_name_all(const toc_epanet_network *network, const toc_epanet_cyber *cyber,
                         toc_epanet_names *out_names) {
    static const char *const kinds[] = {"pipe", "pump", "valve"};
    bool share = share_ids(network);
    *out_names = (toc_epanet_names){.arena = toc_arena_create(), .taken = toc_names_create()};
    out_names->node =
        toc_arena_heap(NULL, network->nodes.count + (size_t)1, sizeof *out_names->node);
    out_names->link =
        toc_arena_heap(NULL, network->links.count + (size_t)1, sizeof *out_names->link);
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        out_names->node[i] = toc_epanet_name_new(out_names, toc_names_at(network->node_ids, i));
    }
    for (uint32_t i = 0; i < network->links.count; i++) {
        const char *raw = toc_names_at(network->link_ids, i);
        const char *kind = kinds[toc_epanet_network_link(network, i)->kind];
        out_names->link[i] = toc_epanet_name_new(
            out_names, share ? toc_arena_format(out_names->arena, "%s-%s", kind, raw) : raw);
    }
    if (cyber != NULL) {
        name_cyber(cyber, out_names);
        name_sensors(network, cyber, out_names);
    }
}

void toc_epanet_name_finish(toc_epanet_names *names) {
    toc_arena_heap_free(names->node);
    toc_arena_heap_free(names->link);
    toc_arena_heap_free(names->system);
    toc_arena_heap_free(names->channel);
    toc_arena_heap_free(names->sensor);
    toc_names_destroy(names->taken);
    toc_arena_destroy(names->arena);
}
