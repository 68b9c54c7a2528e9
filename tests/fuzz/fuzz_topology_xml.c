/* Any bytes as a native topology: refused with a problem, or read, written and read again alike. */
#include "kernel/assert.h"
#include "tocsin/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL, *again = NULL;
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_status status =
        toc_formats_read_topology((const char *)data, size, "fuzzed.xml", problems, &topology);
    if (status == TOC_OK) {
        toc_formats_write_topology(topology, &buffer);
        status =
            toc_formats_read_topology(buffer.bytes, buffer.size, "again.xml", problems, &again);
        TOC_ASSERT(status == TOC_OK);
        TOC_ASSERT(toc_topology_digest(topology) == toc_topology_digest(again));
    } else {
        TOC_ASSERT(status == TOC_BAD_INPUT && topology == NULL);
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    toc_topology_destroy(topology);
    toc_topology_destroy(again);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
    return 0;
}
