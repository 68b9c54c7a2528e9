#include "formats/depot_reader.h"

#include "formats/topology_value.h"
#include "model/builder_depot.h"

#include <string.h>

enum { MOST_PARTS = 1000000, MOST_CALLS = 1000 };

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

/* A part is one word, so that lists of them can be read. */
static bool is_part(toc_topology_reader *reader, toc_topology_attribute attribute) {
    const char *part = text(reader, attribute);
    if (part[strcspn(part, " \t\r\n")] == '\0') {
        return true;
    }
    toc_topology_value_wrong(reader, attribute, "the name of one part, without blanks", NULL);
    return false;
}

void toc_depot_reader_asset(toc_topology_reader *reader) {
    if (is_part(reader, TOC_ASSET_PART)) {
        toc_builder_depot_wants(reader->builder, text(reader, TOC_ASSET_PART));
    }
}

void toc_depot_reader_stock(toc_topology_reader *reader) {
    int64_t count = 1;
    toc_topology_value_whole(reader, TOC_STOCK_COUNT, MOST_PARTS, &count);
    if (is_part(reader, TOC_STOCK_PART)) {
        toc_builder_depot_stock(reader->builder, text(reader, TOC_STOCK_AT),
                                text(reader, TOC_STOCK_PART), (uint32_t)count,
                                toc_xml_cursor_place(reader->cursor));
    }
}

void toc_depot_reader_vendor(toc_topology_reader *reader) {
    toc_vendor_spec spec = {.id = text(reader, TOC_VENDOR_ID),
                            .name = text(reader, TOC_VENDOR_NAME),
                            .skills = text(reader, TOC_VENDOR_SKILLS),
                            .parts = text(reader, TOC_VENDOR_PARTS),
                            .comes = TOC_NEVER,
                            .delivers = TOC_NEVER,
                            .place = toc_xml_cursor_place(reader->cursor)};
    int64_t size = 1;
    toc_topology_value_time(reader, TOC_VENDOR_COMES, &spec.comes);
    toc_topology_value_time(reader, TOC_VENDOR_DELIVERS, &spec.delivers);
    toc_topology_value_ppm(reader, TOC_VENDOR_SPREAD, 5, &spec.spread_ppm);
    toc_topology_value_whole(reader, TOC_VENDOR_SIZE, MOST_CALLS, &size);
    spec.size = (uint32_t)size;
    toc_builder_depot_vendor(reader->builder, &spec);
}
