#include "formats/topology_writer.h"

#include "formats/paper.h"
#include "formats/plain_number.h"
#include "formats/topology_word.h"

#include <stdio.h>
#include <string.h>

struct writer {
    const toc_topology *topology;
    toc_formats_buffer *buffer;
};

static void text(struct writer *writer, const char *name, const char *value) {
    toc_paper_attribute(writer->buffer, name, value);
}

static void whole(struct writer *writer, const char *name, uint64_t value) {
    toc_paper_format(writer->buffer, " %s=\"%llu\"", name, (unsigned long long)value);
}

/* `value` base units in units of `base`, with the unit's name behind it. */
static void scaled(struct writer *writer, const char *name, int64_t value, int64_t base,
                   const char *unit) {
    char number[48];
    (void)toc_plain_number_scaled(value, base, number, sizeof number);
    toc_paper_format(writer->buffer, " %s=\"%s%s\"", name, number, unit);
}

static void duration(struct writer *writer, const char *name, toc_time time) {
    static const struct {
        const char *unit;
        int64_t base;
    } units[] = {{"d", TOC_DAY},    {"h", TOC_HOUR},           {"min", TOC_MINUTE},
                 {"s", TOC_SECOND}, {"ms", TOC_SECOND / 1000}, {"us", TOC_MICROSECOND}};
    toc_paper_format(writer->buffer, " %s=\"%s", name, time == 0 ? "0s" : "");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (time >= units[i].base) {
            toc_paper_format(writer->buffer, "%lld%s", (long long)(time / units[i].base),
                             units[i].unit);
            time %= units[i].base;
        }
    }
    toc_paper_text(writer->buffer, "\"");
}

static void open_tag(struct writer *writer, const char *indent, const char *name) {
    toc_paper_format(writer->buffer, "%s<%s", indent, name);
}

static void close_tag(struct writer *writer, bool empty) {
    toc_paper_text(writer->buffer, empty ? "/>\n" : ">\n");
}

/* A name is only said where it is not the id. */
static void id_and_name(struct writer *writer, const char *id, const char *name) {
    text(writer, "id", id);
    if (strcmp(id, name) != 0) {
        text(writer, "name", name);
    }
}

static void operator_of(struct writer *writer, uint32_t index) {
    if (index != TOC_INDEX_NONE) {
        text(writer, "operator", writer->topology->operators[index].id);
    }
}

static void write_operators(struct writer *writer) {
    for (uint32_t i = 0; i < writer->topology->operator_count; i++) {
        const toc_operator *owner = &writer->topology->operators[i];
        open_tag(writer, "  ", "operator");
        id_and_name(writer, owner->id, owner->name);
        text(writer, "sector", owner->sector);
        text(writer, "cii", owner->cii ? "yes" : "");
        close_tag(writer, true);
    }
}

static void write_zones(struct writer *writer) {
    for (uint32_t i = 0; i < writer->topology->zone_count; i++) {
        const toc_zone *zone = &writer->topology->zones[i];
        open_tag(writer, "  ", "zone");
        id_and_name(writer, zone->id, zone->name);
        operator_of(writer, zone->operator_index);
        whole(writer, "level", zone->level);
        if (zone->target > 0) {
            toc_paper_format(writer->buffer, " target=\"SL%d\"", zone->target);
        }
        close_tag(writer, true);
    }
}

static void write_conduits(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        open_tag(writer, "  ", "conduit");
        text(writer, "from", topology->zones[conduit->from_zone].id);
        text(writer, "to", topology->zones[conduit->to_zone].id);
        close_tag(writer, conduit->allow_count == 0);
        for (uint32_t j = 0; j < conduit->allow_count; j++) {
            const toc_allow *allow = &topology->allows[conduit->first_allow + j];
            open_tag(writer, "    ", "allow");
            text(writer, "service", allow->service);
            if (allow->to_asset != TOC_INDEX_NONE) {
                text(writer, "to", topology->assets[allow->to_asset].id);
            }
            close_tag(writer, true);
        }
        if (conduit->allow_count > 0) {
            toc_paper_text(writer->buffer, "  </conduit>\n");
        }
    }
}

static void write_provisions(struct writer *writer, const toc_asset *asset) {
    for (uint32_t i = 0; i < asset->provision_count; i++) {
        const toc_provision *provision = &writer->topology->provisions[asset->first_provision + i];
        const toc_service *service = &writer->topology->services[provision->service];
        open_tag(writer, "    ", "provides");
        text(writer, "service", service->id);
        scaled(writer, "capacity", provision->capacity, service->unit->base, "");
        if (provision->demand != provision->capacity) {
            scaled(writer, "demand", provision->demand, service->unit->base, "");
        }
        text(writer, "unit", service->unit->name);
        close_tag(writer, true);
    }
}

static void write_sources(struct writer *writer, const toc_need *need) {
    static const char *const names[] = {
        [TOC_NEED_ALL] = "all", [TOC_NEED_ANY] = "any", [TOC_NEED_AT_LEAST] = "of"};
    if (need->rule == TOC_NEED_AT_LEAST) {
        whole(writer, "at-least", need->at_least);
    }
    toc_paper_format(writer->buffer, " %s=\"", names[need->rule]);
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = writer->topology->sources[need->first_source + i];
        toc_paper_text(writer->buffer, i == 0 ? "" : " ");
        toc_paper_xml(writer->buffer, toc_topology_element_id(writer->topology, source));
    }
    toc_paper_text(writer->buffer, "\"");
}

static void write_needs(struct writer *writer, const toc_asset *asset) {
    static const char *const purposes[] = {
        [TOC_NEED_RUN] = "run", [TOC_NEED_START] = "start", [TOC_NEED_CONTROL] = "control"};
    for (uint32_t i = 0; i < asset->need_count; i++) {
        const toc_need *need = &writer->topology->needs[asset->first_need + i];
        toc_need_purpose usual =
            strcmp(need->service, "control") == 0 ? TOC_NEED_CONTROL : TOC_NEED_RUN;
        open_tag(writer, "    ", "needs");
        write_sources(writer, need);
        text(writer, "service", need->service);
        text(writer, "for", need->purpose != usual ? purposes[need->purpose] : "");
        if (need->fallback_after != TOC_NEVER) {
            text(writer, "else", "manual");
            duration(writer, "after", need->fallback_after);
        }
        close_tag(writer, true);
    }
}

/* Buffers lie in the order of their assets; *next is the first not yet written. */
static void write_buffers(struct writer *writer, uint32_t asset, uint32_t *next) {
    const toc_topology *topology = writer->topology;
    for (; *next < topology->buffer_count && topology->buffers[*next].asset == asset; ++*next) {
        const toc_buffer *buffer = &topology->buffers[*next];
        open_tag(writer, "    ", "buffer");
        text(writer, "kind", buffer->kind);
        duration(writer, "holds", buffer->holds);
        if (buffer->refill != buffer->holds) {
            duration(writer, "refill", buffer->refill);
        }
        text(writer, "feeds", topology->assets[buffer->feeds].id);
        close_tag(writer, true);
    }
}

static void write_weaknesses(struct writer *writer, const toc_asset *asset) {
    for (uint32_t i = 0; i < asset->weakness_count; i++) {
        const toc_weakness *weakness = &writer->topology->weaknesses[asset->first_weakness + i];
        open_tag(writer, "    ", "weakness");
        text(writer, "id", weakness->id);
        text(writer, "technique", weakness->technique);
        scaled(writer, "ease", weakness->ease_ppm, 1000000, "");
        close_tag(writer, true);
    }
    for (uint32_t i = 0; i < asset->work_count; i++) {
        const toc_work *work = &writer->topology->works[asset->first_work + i];
        open_tag(writer, "    ", "work");
        text(writer, "job", work->job);
        duration(writer, "median", work->median);
        if (work->spread_ppm != 0) {
            scaled(writer, "spread", work->spread_ppm, 1000000, "");
        }
        close_tag(writer, true);
    }
}

static void write_assets(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    uint32_t next_buffer = 0;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        bool has_buffers =
            next_buffer < topology->buffer_count && topology->buffers[next_buffer].asset == i;
        bool is_empty = !has_buffers && asset->provision_count + asset->need_count +
                                                asset->weakness_count + asset->work_count ==
                                            0;
        open_tag(writer, "  ", "asset");
        id_and_name(writer, asset->id, asset->name);
        text(writer, "kind", toc_topology_kind(asset->kind)->name);
        operator_of(writer, asset->operator_index);
        if (asset->zone != TOC_INDEX_NONE) {
            text(writer, "zone", topology->zones[asset->zone].id);
        }
        if (asset->placed) {
            scaled(writer, "x", asset->x_m, 1000, "");
            scaled(writer, "y", asset->y_m, 1000, "");
        }
        if (asset->people > 0) {
            whole(writer, "people", asset->people);
        }
        if (asset->start_takes > 0) {
            duration(writer, "start", asset->start_takes);
        }
        close_tag(writer, is_empty);
        write_provisions(writer, asset);
        write_needs(writer, asset);
        write_buffers(writer, i, &next_buffer);
        write_weaknesses(writer, asset);
        if (!is_empty) {
            toc_paper_text(writer->buffer, "  </asset>\n");
        }
    }
}

static void write_links(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        const toc_unit *unit = toc_topology_word_unit(link->kind);
        char number[48];
        open_tag(writer, "  ", "link");
        text(writer, "id", link->id);
        text(writer, "from", topology->assets[link->from].id);
        text(writer, "to", topology->assets[link->to].id);
        text(writer, "kind", toc_topology_link_kind_name(link->kind));
        if (link->reactance != 0) {
            (void)toc_plain_number_print(link->reactance, number, sizeof number);
            text(writer, "reactance", number);
        }
        if (link->rating != 0) {
            scaled(writer, "rating", link->rating, unit->base, unit->name);
        }
        close_tag(writer, true);
    }
}

static void write_crews(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        const toc_crew *crew = &topology->crews[i];
        open_tag(writer, "  ", "crew");
        id_and_name(writer, crew->id, crew->name);
        operator_of(writer, crew->operator_index);
        text(writer, "skills", crew->skills);
        if (crew->base != TOC_INDEX_NONE) {
            text(writer, "base", topology->assets[crew->base].id);
        }
        whole(writer, "size", crew->size);
        scaled(writer, "speed", crew->speed_m_per_hour, 1000, "km/h");
        close_tag(writer, true);
    }
}

void toc_topology_writer_write(const toc_topology *topology, toc_formats_buffer *buffer) {
    struct writer writer = {topology, buffer};
    toc_paper_text(buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<topology xmlns=\"urn:tocsin:topology:1\"");
    text(&writer, "name", topology->name);
    close_tag(&writer, false);
    write_operators(&writer);
    write_zones(&writer);
    write_conduits(&writer);
    write_assets(&writer);
    write_links(&writer);
    write_crews(&writer);
    toc_paper_text(buffer, "</topology>\n");
}
