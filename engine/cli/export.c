/* export: a topology in somebody else's format. */
#include "cli/command.h"

#include <stdio.h>

#include "tocsin/formats.h"

static const toc_cli_option options[] = {
    {"output", "FILE", "where it goes (-o OUT); standard output if not said"},
};

static toc_status run(toc_cli_call *call) {
    toc_topology *topology = NULL;
    toc_formats_buffer buffer = {0};
    const char *path = toc_cli_value(call, "output");
    toc_status status = toc_formats_load_topology(call->arguments[1], call->problems, &topology);
    if (status == TOC_OK) {
        status = toc_formats_export_topology(call->arguments[0], topology, call->problems, &buffer);
    }
    if (status == TOC_OK && path != NULL) {
        status = toc_formats_save(path, &buffer, call->problems);
    } else if (status == TOC_OK) {
        (void)fwrite(buffer.bytes, 1, buffer.size, stdout);
    }
    if (status == TOC_OK && path != NULL) {
        toc_cli_say(call, "%s: %u assets, %u links", path, topology->asset_count,
                    topology->link_count);
    }
    toc_formats_buffer_finish(&buffer);
    toc_topology_destroy(topology);
    return status;
}

const toc_cli_command toc_export_command = {
    .name = "export",
    .usage = "FORMAT TOPOLOGY [-o OUT]",
    .sentence = "writes a topology in another format (graphml)",
    .example = "tocsin export graphml topology.xml -o network.graphml",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run,
};
