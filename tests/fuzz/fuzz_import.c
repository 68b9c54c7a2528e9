/* Any bytes as one of the formats that are imported, the first byte says which: refused with a
   problem, or a topology that our own file can hold. Water networks may be followed, behind a byte
   1E (a record separator), by what controls and attacks them. */
#include "kernel/assert.h"
#include "tocsin/formats.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *const *formats = toc_formats_importers();
    size_t count = 0;
    while (formats[count] != NULL) {
        count++;
    }
    if (size == 0) {
        return 0;
    }
    toc_formats_source source = {(const char *)data + 1, size - 1, "fuzzed"};
    toc_formats_source cyber = {NULL, 0, "fuzzed.cpa"};
    toc_formats_wish wish = {.sources = &source, .count = 1};
    toc_formats_import import = {.topology = NULL};
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    toc_topology *again = NULL;
    const char *format = formats[data[0] % count];
    const char *split = strcmp(format, "epanet") == 0 ? memchr(data + 1, 0x1E, size - 1) : NULL;
    toc_status status;
    if (split != NULL) {
        cyber.bytes = split + 1;
        cyber.size = size - (size_t)(cyber.bytes - (const char *)data);
        source.size = (size_t)(split - source.bytes);
        wish.cyber = &cyber;
        wish.scenario = true;
        wish.litres_a_day = 150;
    }
    status = toc_formats_import_wished(format, &wish, problems, &import);
    if (status == TOC_OK) {
        toc_formats_write_topology(import.topology, &buffer);
        status =
            toc_formats_read_topology(buffer.bytes, buffer.size, "again.xml", problems, &again);
        TOC_ASSERT(status == TOC_OK);
        TOC_ASSERT(toc_topology_digest(import.topology) == toc_topology_digest(again));
    } else {
        TOC_ASSERT(status == TOC_BAD_INPUT && import.topology == NULL);
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    toc_formats_import_finish(&import);
    toc_topology_destroy(again);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
    return 0;
}
