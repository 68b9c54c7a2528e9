/* import: other people's files become a topology. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tocsin/formats.h"

static const toc_cli_option options[] = {
    {"output", "FILE", "where the topology goes (-o topology.xml); standard output if not said"},
    {"cyber", "FILE", "epanet: controllers, their links and attacks on them (.cpa)"},
    {"scenario", "DIR", "epanet: a new package as well, whose plan plays those attacks"},
    {"people", "LITRES", "epanet: people by their water, so many litres a day for each; else none"},
};

/* Into a file of the package, or of that name. */
static toc_status put_file(toc_cli_call *call, const char *folder, const char *name,
                           const toc_formats_buffer *buffer) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", name);
    if (length < 0 || (size_t)length >= sizeof path) {
        return toc_problems_error(call->problems, (toc_place){.file = folder},
                                  "the path is too long");
    }
    return toc_formats_save(path, buffer, call->problems);
}

static toc_status put_topology(toc_cli_call *call, const toc_formats_import *import) {
    toc_formats_buffer buffer = {0};
    const char *path = toc_cli_value(call, "output"), *folder = toc_cli_value(call, "scenario");
    toc_status status = TOC_OK;
    toc_formats_write_topology(import->topology, &buffer);
    if (path != NULL) {
        status = put_file(call, "", path, &buffer);
    } else if (!call->json && folder == NULL) {
        (void)fwrite(buffer.bytes, 1, buffer.size, stdout);
    }
    if (status == TOC_OK && folder != NULL) {
        status = put_file(call, folder, "topology.xml", &buffer);
    }
    toc_formats_buffer_finish(&buffer);
    return status;
}

/* A package in a folder of its own: nothing that is there is written over. */
static toc_status put_package(toc_cli_call *call, const toc_formats_import *import) {
    const char *folder = toc_cli_value(call, "scenario");
    toc_status status = TOC_OK;
    if (folder == NULL) {
        return TOC_OK;
    }
    if (mkdir(folder, 0777) != 0) {
        toc_place place = {folder, 0, 0};
        return errno == EEXIST
                   ? toc_problems_error(call->problems, place,
                                        "there is something of that name already; nothing is "
                                        "written over, choose another name")
                   : toc_problems_fault(call->problems, place, "the folder cannot be made: %s",
                                        strerror(errno));
    }
    status = put_file(call, folder, "scenario.lua", &import->scenario);
    return status == TOC_OK ? put_file(call, folder, "briefing.md", &import->briefing) : status;
}

static const char *s(uint32_t count) {
    return count == 1 ? "" : "s";
}

/* "net.inp: junctions 9, tanks 1, flows in GPM"; what there is none of is not told. */
static void say_parts(toc_cli_call *call, const toc_formats_import *import) {
    char line[400] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < import->part_count; i++) {
        const toc_formats_count *part = &import->parts[i];
        int written = part->number == 0
                          ? 0
                          : snprintf(line + length, sizeof line - length, "%s%s %u",
                                     length > 0 ? ", " : "", part->name, part->number);
        length += written > 0 && (size_t)written < sizeof line - length ? (size_t)written : 0;
    }
    toc_cli_say(call, "%s: %s%s%s", call->arguments[1], line,
                import->units != NULL ? ", flows in " : "",
                import->units != NULL ? import->units : "");
}

static void print_counts(toc_cli_call *call, const toc_formats_import *import) {
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "nodes", json_integer(import->nodes));
        (void)json_object_set_new(document, "edges", json_integer(import->edges));
        (void)json_object_set_new(document, "parallel_edges", json_integer(import->parallel_edges));
        (void)json_object_set_new(document, "self_loops", json_integer(import->self_loops));
        (void)json_object_set_new(document, "components", json_integer(import->components));
        for (uint32_t i = 0; i < import->part_count; i++) {
            (void)json_object_set_new(document, import->parts[i].name,
                                      json_integer(import->parts[i].number));
        }
        if (import->units != NULL) {
            (void)json_object_set_new(document, "units", json_string(import->units));
        }
        (void)json_object_set_new(document, "assets", json_integer(import->topology->asset_count));
        (void)json_object_set_new(document, "links", json_integer(import->topology->link_count));
        (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
        toc_cli_print_json(call, document);
        return;
    }
    toc_cli_say(call, "%s: %u node%s, %u edge%s (%u parallel, %u onto themselves), %u component%s",
                call->arguments[1], import->nodes, s(import->nodes), import->edges,
                s(import->edges), import->parallel_edges, import->self_loops, import->components,
                s(import->components));
    if (import->part_count > 0) {
        say_parts(call, import);
    }
}

static toc_status load(toc_cli_call *call, const char *path, toc_formats_buffer *buffer,
                       toc_formats_source *out_source) {
    toc_status status = toc_formats_load(path, call->problems, buffer);
    *out_source = (toc_formats_source){.bytes = buffer->bytes, .size = buffer->size, .file = path};
    return status;
}

static toc_status read_litres(toc_cli_call *call, uint32_t *out) {
    uint64_t litres = 0;
    toc_status status = toc_cli_number(call, "people", &litres);
    if (status == TOC_OK && litres > 1000000) {
        return toc_cli_usage(call, "--people: nobody uses %llu litres a day; 150 is usual",
                             (unsigned long long)litres);
    }
    *out = (uint32_t)litres;
    return status;
}

static toc_status run(toc_cli_call *call) {
    size_t count = call->argument_count - 1;
    const char *cyber = toc_cli_value(call, "cyber");
    toc_formats_buffer buffers[TOC_CLI_ARGUMENTS + 1] = {0};
    toc_formats_source sources[TOC_CLI_ARGUMENTS + 1] = {0};
    toc_formats_wish wish = {.sources = sources, .count = count};
    toc_formats_import import = {.topology = NULL};
    toc_status status = read_litres(call, &wish.litres_a_day);
    wish.scenario = toc_cli_value(call, "scenario") != NULL;
    if (status == TOC_OK && wish.scenario && cyber == NULL) {
        return toc_cli_usage(call, "--scenario plays what --cyber FILE.cpa tells of; say that too");
    }
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = load(call, call->arguments[i + 1], &buffers[i], &sources[i]);
    }
    if (status == TOC_OK && cyber != NULL) {
        status = load(call, cyber, &buffers[count], &sources[count]);
        wish.cyber = &sources[count];
    }
    if (status == TOC_OK) {
        status = toc_formats_import_wished(call->arguments[0], &wish, call->problems, &import);
    }
    if (status == TOC_OK) {
        status = put_package(call, &import);
    }
    if (status == TOC_OK) {
        status = put_topology(call, &import);
    }
    if (status == TOC_OK) {
        print_counts(call, &import);
    }
    toc_formats_import_finish(&import);
    for (size_t i = 0; i <= count; i++) {
        toc_formats_buffer_finish(&buffers[i]);
    }
    return status;
}

const toc_cli_command toc_import_command = {
    .name = "import",
    .usage = "FORMAT FILE... [-o topology.xml]",
    .sentence = "makes a topology of somebody else's file: graphml, matpower, csv, nmap, epanet",
    .example = "tocsin import graphml network.graphml -o topology.xml",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 2,
    .most_arguments = TOC_CLI_ARGUMENTS,
    .run = run,
};
