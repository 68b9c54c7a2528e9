#include "formats/nmap_reader.h"

#include "formats/graph.h"
#include "formats/nmap_host.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

enum { ELEMENTS = 4000000 };

/* A host or a hop, put together from all that scans say of it. */
struct node {
    const char *raw_id;
    toc_nmap_host known;
    bool scanned; /* a host of a scan; else only passed through */
};

struct reader {
    toc_problems *problems;
    toc_arena *arena;
    toc_list nodes;     /* struct node */
    toc_names *keys;    /* "ip 10.0.0.1", "mac 00:11..": of some node, numbered as in key_nodes */
    toc_list key_nodes; /* uint32_t */
    toc_names *links;   /* "0 1": pairs of nodes that a trace joined */
    toc_list ends;      /* uint32_t, two for each link */
    bool begun;         /* the present scan has a root */
};

static uint32_t find(const struct reader *reader, const char *sort, const char *address) {
    char key[300];
    uint32_t number;
    if (address[0] == '\0') {
        return TOC_NONE;
    }
    (void)snprintf(key, sizeof key, "%s %s", sort, address);
    number = toc_names_find(reader->keys, key);
    return number == TOC_NONE ? TOC_NONE : *TOC_LIST_AT(uint32_t, &reader->key_nodes, number);
}

/* The first node with an address keeps it. */
static void enter(struct reader *reader, const char *sort, const char *address, uint32_t node) {
    char key[300];
    bool was_new;
    if (address[0] == '\0') {
        return;
    }
    (void)snprintf(key, sizeof key, "%s %s", sort, address);
    (void)toc_names_add(reader->keys, key, &was_new);
    if (was_new) {
        *(uint32_t *)toc_list_add(&reader->key_nodes, sizeof node) = node;
    }
}

static struct node *node_at(struct reader *reader, uint32_t node) {
    return TOC_LIST_AT(struct node, &reader->nodes, node);
}

/* By its MAC; else by its IP address, unless that belongs to another MAC by now. */
static uint32_t find_host(struct reader *reader, const toc_nmap_host *host) {
    uint32_t node = find(reader, "mac", host->mac);
    if (node == TOC_NONE) {
        node = find(reader, "ip", host->address);
        if (node != TOC_NONE && host->mac[0] != '\0' &&
            node_at(reader, node)->known.mac[0] != '\0') {
            node = TOC_NONE;
        }
    }
    return node;
}

static uint32_t add_node(struct reader *reader, const toc_nmap_host *host) {
    uint32_t number = reader->nodes.count;
    struct node *node = toc_list_add(&reader->nodes, sizeof *node);
    node->raw_id = host->address[0] != '\0' ? host->address : host->mac;
    if (find(reader, "ip", node->raw_id) != TOC_NONE) {
        node->raw_id = toc_arena_format(reader->arena, "%s (%s)", host->address, host->mac);
    }
    node->known = (toc_nmap_host){.place = host->place,
                                  .address = host->address,
                                  .mac = "",
                                  .name = "",
                                  .kind = TOC_ASSET_HOST};
    return number;
}

static void merge_weaknesses(toc_list *known, const toc_list *more) {
    for (uint32_t i = 0; i < more->count; i++) {
        const toc_nmap_weakness *found = TOC_LIST_AT(const toc_nmap_weakness, more, i);
        bool is_known = false;
        for (uint32_t j = 0; j < known->count && !is_known; j++) {
            is_known = strcmp(TOC_LIST_AT(toc_nmap_weakness, known, j)->id, found->id) == 0;
        }
        if (!is_known) {
            *(toc_nmap_weakness *)toc_list_add(known, sizeof *found) = *found;
        }
    }
}

static void merge(struct node *node, const toc_nmap_host *host) {
    toc_nmap_host *known = &node->known;
    known->mac = known->mac[0] != '\0' ? known->mac : host->mac;
    known->name = known->name[0] != '\0' ? known->name : host->name;
    known->kind = known->kind != TOC_ASSET_HOST ? known->kind : host->kind;
    merge_weaknesses(&known->weaknesses, &host->weaknesses);
}

static void join(struct reader *reader, uint32_t from, uint32_t to) {
    char key[40];
    bool was_new;
    (void)snprintf(key, sizeof key, "%u %u", from < to ? from : to, from < to ? to : from);
    (void)toc_names_add(reader->links, key, &was_new);
    if (was_new && from != to) {
        *(uint32_t *)toc_list_add(&reader->ends, sizeof from) = from;
        *(uint32_t *)toc_list_add(&reader->ends, sizeof to) = to;
    }
}

/* The hops of a trace are routers, each joined with the one before. */
static void add_trace(struct reader *reader, const toc_nmap_host *host) {
    uint32_t last = TOC_NONE;
    for (uint32_t i = 0; i < host->hops.count; i++) {
        const toc_nmap_hop *hop = TOC_LIST_AT(const toc_nmap_hop, &host->hops, i);
        toc_nmap_host passed = {.place = host->place,
                                .address = hop->address,
                                .mac = "",
                                .name = hop->name,
                                .kind = TOC_ASSET_ROUTER};
        uint32_t node = find(reader, "ip", hop->address);
        if (hop->address[0] == '\0') {
            continue;
        }
        if (node == TOC_NONE) {
            node = add_node(reader, &passed);
            enter(reader, "ip", hop->address, node);
            merge(node_at(reader, node), &passed);
        }
        if (last != TOC_NONE) {
            join(reader, last, node);
        }
        last = node;
    }
}

/* A host that a trace was seen to pass through stays a router unless its own ports say better. */
static void add_host(struct reader *reader, const toc_nmap_host *host) {
    uint32_t number;
    struct node *node;
    if (!host->up || (host->address[0] == '\0' && host->mac[0] == '\0')) {
        return;
    }
    number = find_host(reader, host);
    if (number == TOC_NONE) {
        number = add_node(reader, host);
    }
    enter(reader, "ip", host->address, number);
    enter(reader, "mac", host->mac, number);
    node = node_at(reader, number);
    if (!node->scanned && host->kind != TOC_ASSET_HOST) {
        node->known.kind = host->kind;
    }
    merge(node, host);
    node->scanned = true;
    add_trace(reader, host);
}

/* False where the file ends early or is none of nmap's. */
static bool read_hosts(struct reader *reader, toc_xml_cursor *cursor, toc_problems *problems) {
    toc_xml_event event = toc_xml_cursor_next(cursor);
    reader->begun = event == TOC_XML_START;
    if (event == TOC_XML_START && strcmp(toc_xml_cursor_name(cursor), "nmaprun") != 0) {
        (void)toc_problems_error(problems, toc_xml_cursor_place(cursor),
                                 "found <%.80s>, expected <nmaprun>", toc_xml_cursor_name(cursor));
        return false;
    }
    while (event != TOC_XML_BROKEN && event != TOC_XML_DONE) {
        event = toc_xml_cursor_next(cursor);
        if (event == TOC_XML_START && strcmp(toc_xml_cursor_name(cursor), "host") == 0) {
            toc_nmap_host host;
            bool whole = toc_nmap_host_read(cursor, reader->arena, &host);
            add_host(reader, &host);
            toc_nmap_host_finish(&host);
            event = whole ? event : TOC_XML_BROKEN;
        }
    }
    return event == TOC_XML_DONE;
}

/* An interrupted scan is markup that was good as far as it goes. */
static toc_status tell_broken(struct reader *reader, toc_problem problem) {
    bool interrupted = reader->begun && strstr(problem.text, "not well-formed") != NULL;
    if (interrupted && reader->nodes.count > 0) {
        toc_problems_warn(reader->problems, problem.place,
                          "the scan was interrupted here; what came before is read");
        return TOC_OK;
    }
    return toc_problems_error(reader->problems, problem.place, "%s%s", problem.text,
                              interrupted ? "; the scan was interrupted before its first host"
                                          : "");
}

static toc_status read_scan(struct reader *reader, const toc_formats_source *source) {
    static const toc_xml_options options = {
        .elements = ELEMENTS, .bare_doctype = true, .expects = "a scan by nmap -oX"};
    toc_problems *found = toc_problems_create();
    toc_xml_cursor *cursor = toc_xml_cursor_open(source, &options, found);
    bool whole = read_hosts(reader, cursor, found);
    toc_status status = whole ? TOC_OK : tell_broken(reader, toc_problems_at(found, 0));
    toc_xml_cursor_close(cursor);
    toc_problems_destroy(found);
    return status;
}

/* "192.168.1.0/24" for "192.168.1.77"; "" for what is no IPv4 address. */
static const char *subnet_of(struct reader *reader, const char *address) {
    const char *last = strrchr(address, '.');
    if (last == NULL || strspn(address, "0123456789.") != strlen(address)) {
        return "";
    }
    return toc_arena_format(reader->arena, "%.*s.0/24", (int)(last - address), address);
}

static uint32_t fill_graph(struct reader *reader, toc_graph *graph) {
    uint32_t hosts = 0;
    for (uint32_t i = 0; i < reader->nodes.count; i++) {
        const struct node *node = node_at(reader, i);
        const toc_nmap_host *known = &node->known;
        toc_graph_node spec = {.raw_id = node->raw_id,
                               .name = known->name,
                               .zone = node->scanned ? subnet_of(reader, known->address) : "",
                               .kind = known->kind,
                               .place = known->place};
        hosts += node->scanned ? 1 : 0;
        (void)toc_graph_add_node(graph, &spec);
        for (uint32_t j = 0; j < known->weaknesses.count; j++) {
            const toc_nmap_weakness *weakness =
                TOC_LIST_AT(const toc_nmap_weakness, &known->weaknesses, j);
            toc_graph_add_weakness(graph, node->raw_id, weakness->id, weakness->ease_ppm,
                                   known->place);
        }
    }
    for (uint32_t i = 0; i + 1 < reader->ends.count; i += 2) {
        toc_graph_edge edge = {
            .from = node_at(reader, *TOC_LIST_AT(uint32_t, &reader->ends, i))->raw_id,
            .to = node_at(reader, *TOC_LIST_AT(uint32_t, &reader->ends, i + 1))->raw_id,
            .raw_id = "",
            .kind = TOC_LINK_DATA};
        toc_graph_add_edge(graph, &edge);
    }
    return hosts;
}

static void finish(struct reader *reader) {
    for (uint32_t i = 0; i < reader->nodes.count; i++) {
        toc_nmap_host_finish(&node_at(reader, i)->known);
    }
    toc_list_finish(&reader->nodes);
    toc_list_finish(&reader->key_nodes);
    toc_list_finish(&reader->ends);
    toc_names_destroy(reader->keys);
    toc_names_destroy(reader->links);
    toc_arena_destroy(reader->arena);
}

toc_status toc_nmap_reader_read(const toc_formats_source *sources, size_t count,
                                toc_problems *problems, toc_formats_import *out_import) {
    struct reader reader = {.problems = problems,
                            .arena = toc_arena_create(),
                            .keys = toc_names_create(),
                            .links = toc_names_create()};
    toc_graph *graph = toc_graph_create();
    toc_status status = TOC_OK;
    for (size_t i = 0; i < count && status == TOC_OK; i++) {
        status = read_scan(&reader, &sources[i]);
    }
    if (status == TOC_OK) {
        uint32_t hosts = fill_graph(&reader, graph);
        status = toc_graph_finish(graph, "Scanned network", sources[0].file, problems, out_import);
        if (status == TOC_OK) {
            out_import->nodes = hosts;
        }
    }
    toc_graph_destroy(graph);
    finish(&reader);
    return status;
}
