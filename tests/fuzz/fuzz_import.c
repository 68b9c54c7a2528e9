/* Any bytes as one of the formats that are imported, the first byte says which: refused with a
   problem, or a topology that our own file can hold. */
#include "kernel/assert.h"
#include "tocsin/formats.h"

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
    toc_formats_import import = {.topology = NULL};
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    toc_topology *again = NULL;
    toc_status status =
        toc_formats_import_topology(formats[data[0] % count], &source, 1, problems, &import);
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
    toc_topology_destroy(import.topology);
    toc_topology_destroy(again);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
    return 0;
}
