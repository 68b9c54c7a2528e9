/* import: other people's files become a topology. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/formats.h"

static const toc_cli_option options[] = {
    {"output", "FILE", "where the topology goes (-o topology.xml); standard output if not said"},
};

static toc_status put_topology(toc_cli_call *call, const toc_formats_import *import) {
    toc_formats_buffer buffer = {0};
    const char *path = toc_cli_value(call, "output");
    toc_status status = TOC_OK;
    toc_formats_write_topology(import->topology, &buffer);
    if (path != NULL) {
        status = toc_formats_save(path, &buffer, call->problems);
    } else if (!call->json) {
        (void)fwrite(buffer.bytes, 1, buffer.size, stdout);
    }
    toc_formats_buffer_finish(&buffer);
    return status;
}

static void print_counts(toc_cli_call *call, const toc_formats_import *import) {
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "nodes", json_integer(import->nodes));
        (void)json_object_set_new(document, "edges", json_integer(import->edges));
        (void)json_object_set_new(document, "parallel_edges", json_integer(import->parallel_edges));
        (void)json_object_set_new(document, "self_loops", json_integer(import->self_loops));
        (void)json_object_set_new(document, "components", json_integer(import->components));
        (void)json_object_set_new(document, "assets", json_integer(import->topology->asset_count));
        (void)json_object_set_new(document, "links", json_integer(import->topology->link_count));
        (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
        toc_cli_print_json(call, document);
        return;
    }
    toc_cli_say(call, "%s: %u nodes, %u edges (%u parallel, %u onto themselves), %u component%s",
                call->arguments[1], import->nodes, import->edges, import->parallel_edges,
                import->self_loops, import->components, import->components == 1 ? "" : "s");
    if (import->nodes == 0) {
        toc_cli_say(call, "%s: the graph is empty", call->arguments[1]);
    }
}

static toc_status run(toc_cli_call *call) {
    size_t count = call->argument_count - 1;
    toc_formats_buffer buffers[TOC_CLI_ARGUMENTS] = {0};
    toc_formats_source sources[TOC_CLI_ARGUMENTS] = {0};
    toc_formats_import import = {0};
    toc_status status = TOC_OK;
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = toc_formats_load(call->arguments[i + 1], call->problems, &buffers[i]);
        sources[i] = (toc_formats_source){
            .bytes = buffers[i].bytes, .size = buffers[i].size, .file = call->arguments[i + 1]};
    }
    if (status == TOC_OK) {
        status = toc_formats_import_topology(call->arguments[0], sources, count, call->problems,
                                             &import);
    }
    if (status == TOC_OK) {
        status = put_topology(call, &import);
    }
    if (status == TOC_OK) {
        print_counts(call, &import);
    }
    toc_topology_destroy(import.topology);
    for (size_t i = 0; i < count; i++) {
        toc_formats_buffer_finish(&buffers[i]);
    }
    return status;
}

const toc_cli_command toc_import_command = {
    .name = "import",
    .usage = "FORMAT FILE... [-o topology.xml]",
    .sentence = "makes a topology of somebody else's file: graphml, matpower, csv, nmap",
    .example = "tocsin import graphml network.graphml -o topology.xml",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 2,
    .most_arguments = TOC_CLI_ARGUMENTS,
    .run = run,
};
