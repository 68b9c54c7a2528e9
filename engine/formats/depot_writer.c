#include "formats/depot_writer.h"

#include "formats/paper.h"
#include "formats/plain_number.h"

#include <string.h>

void toc_depot_writer_asset(const toc_topology *topology, uint32_t asset,
                            toc_formats_buffer *buffer) {
    uint32_t part = toc_topology_part_of(topology, asset);
    toc_paper_attribute(buffer, "part", part == TOC_INDEX_NONE ? "" : topology->parts[part]);
}

static void write_parts(const toc_topology *topology, const toc_vendor *vendor,
                        toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < vendor->part_count; i++) {
        toc_paper_text(buffer, i == 0 ? " parts=\"" : " ");
        toc_paper_xml(buffer, topology->parts[topology->vendor_parts[vendor->first_part + i]]);
    }
    toc_paper_text(buffer, vendor->part_count > 0 ? "\"" : "");
}

static void write_vendor(const toc_topology *topology, const toc_vendor *vendor,
                         toc_formats_buffer *buffer) {
    char number[48];
    toc_paper_text(buffer, "  <vendor");
    toc_paper_attribute(buffer, "id", vendor->id);
    if (strcmp(vendor->id, vendor->name) != 0) {
        toc_paper_attribute(buffer, "name", vendor->name);
    }
    toc_paper_attribute(buffer, "skills", vendor->skills);
    if (vendor->comes != TOC_NEVER) {
        toc_paper_time(buffer, "comes", vendor->comes);
    }
    write_parts(topology, vendor, buffer);
    if (vendor->delivers != TOC_NEVER) {
        toc_paper_time(buffer, "delivers", vendor->delivers);
    }
    if (vendor->spread_ppm != 0) {
        (void)toc_plain_number_scaled(vendor->spread_ppm, 1000000, number, sizeof number);
        toc_paper_attribute(buffer, "spread", number);
    }
    if (vendor->size != 1) {
        toc_paper_format(buffer, " size=\"%lu\"", (unsigned long)vendor->size);
    }
    toc_paper_text(buffer, "/>\n");
}

void toc_depot_writer_all(const toc_topology *topology, toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < topology->stock_count; i++) {
        const toc_stock *stock = &topology->stocks[i];
        toc_paper_text(buffer, "  <stock");
        toc_paper_attribute(buffer, "at", topology->assets[stock->asset].id);
        toc_paper_attribute(buffer, "part", topology->parts[stock->part]);
        toc_paper_format(buffer, " count=\"%lu\"/>\n", (unsigned long)stock->count);
    }
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        write_vendor(topology, &topology->vendors[i], buffer);
    }
}
