#include "formats/nmap_host.h"

#include "formats/plain_number.h"
#include "formats/plain_text.h"

#include <string.h>

struct reader {
    toc_xml_cursor *cursor;
    toc_arena *arena;
    toc_nmap_host *host;
    const char *port; /* the present one */
    bool port_open, has_os;
    bool serves, controls, reports; /* ports of servers, of controllers, of telecontrol */
    toc_asset_kind os;              /* what the system's fingerprint says */
};

static bool is_named(const struct reader *reader, const char *name) {
    return strcmp(toc_xml_cursor_name(reader->cursor), name) == 0;
}

static const char *attribute(const struct reader *reader, const char *name) {
    const char *value = toc_xml_cursor_find(reader->cursor, name);
    return value != NULL ? toc_plain_text_clean(reader->arena, value) : "";
}

static void read_address(struct reader *reader) {
    const char *type = attribute(reader, "addrtype"), *address = attribute(reader, "addr");
    if (strcmp(type, "mac") == 0) {
        reader->host->mac = address;
    } else if (reader->host->address[0] == '\0' || strcmp(type, "ipv4") == 0) {
        reader->host->address = address;
    }
}

static bool is_among(const char *text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(*words, text) == 0) {
            return true;
        }
    }
    return false;
}

/* Modbus, S7 and MMS, EtherNet/IP, FINS, CODESYS; IEC 104, DNP3; what servers offer. */
static void note_open_port(struct reader *reader) {
    static const char *const controllers[] = {"502", "102", "44818", "9600", "2455", NULL};
    static const char *const telecontrol[] = {"2404", "20000", "19999", NULL};
    static const char *const servers[] = {"22", "25", "53", "80", "443", "1433", "3306", NULL};
    reader->controls = reader->controls || is_among(reader->port, controllers);
    reader->reports = reader->reports || is_among(reader->port, telecontrol);
    reader->serves = reader->serves || is_among(reader->port, servers);
}

static void add_weakness(struct reader *reader, const char *id, int64_t ease_ppm) {
    toc_nmap_weakness *weakness;
    for (uint32_t i = 0; i < reader->host->weaknesses.count; i++) {
        if (strcmp(TOC_LIST_AT(toc_nmap_weakness, &reader->host->weaknesses, i)->id, id) == 0) {
            return;
        }
    }
    if (reader->host->weaknesses.count < 1000 && id[0] != '\0') {
        weakness = toc_list_add(&reader->host->weaknesses, sizeof *weakness);
        *weakness = (toc_nmap_weakness){id, ease_ppm};
    }
}

/* A tenth of the CVSS score: a planning value for the author of the scenario to replace, since a
   score is no probability. */
static int64_t ease_of(const char *text) {
    char number[16];
    size_t length = strspn(text, "0123456789.");
    int64_t ease = 0;
    if (length == 0 || length >= sizeof number) {
        return 0;
    }
    memcpy(number, text, length);
    number[length] = '\0';
    if (!toc_unit_parse_number(number, 100000, &ease) || ease > 1000000) {
        return 0;
    }
    return ease;
}

/* "CVE-2018-15919<tab>5.0<tab>https://..." anywhere in what vulners or vulscan wrote. */
static void read_script(struct reader *reader) {
    const char *at = toc_xml_cursor_find(reader->cursor, "output");
    while (at != NULL && (at = strstr(at, "CVE-")) != NULL) {
        size_t length = 4 + strspn(at + 4, "0123456789-");
        const char *behind = at + length;
        const char *before = toc_xml_cursor_find(reader->cursor, "output");
        /* in a link the same id comes again */
        if (length > 9 && length < 24 && (at == before || at[-1] != '/')) {
            add_weakness(reader, toc_arena_text_n(reader->arena, at, length),
                         ease_of(behind + strspn(behind, " \t")));
        }
        at = behind;
    }
}

static toc_asset_kind kind_of_system(const char *type) {
    static const struct {
        const char *type;
        toc_asset_kind kind;
    } table[] = {{"router", TOC_ASSET_ROUTER},
                 {"broadband router", TOC_ASSET_ROUTER},
                 {"software router", TOC_ASSET_ROUTER},
                 {"WAP", TOC_ASSET_ROUTER},
                 {"switch", TOC_ASSET_SWITCH},
                 {"bridge", TOC_ASSET_SWITCH},
                 {"hub", TOC_ASSET_SWITCH},
                 {"firewall", TOC_ASSET_FIREWALL},
                 {"security-misc", TOC_ASSET_FIREWALL},
                 {"storage-misc", TOC_ASSET_STORAGE},
                 {"server appliance", TOC_ASSET_SERVER},
                 {"proxy server", TOC_ASSET_SERVER}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].type, type) == 0) {
            return table[i].kind;
        }
    }
    return TOC_ASSET_HOST;
}

static void start_element(struct reader *reader) {
    toc_nmap_host *host = reader->host;
    if (is_named(reader, "status")) {
        host->up = strcmp(attribute(reader, "state"), "up") == 0;
    } else if (is_named(reader, "address")) {
        read_address(reader);
    } else if (is_named(reader, "hostname") && host->name[0] == '\0') {
        host->name = attribute(reader, "name");
    } else if (is_named(reader, "port")) {
        reader->port_open = false;
        reader->port = attribute(reader, "portid");
    } else if (is_named(reader, "state")) {
        reader->port_open = strcmp(attribute(reader, "state"), "open") == 0;
        if (reader->port_open) {
            note_open_port(reader);
        }
    } else if (is_named(reader, "script")) {
        read_script(reader);
    } else if (is_named(reader, "osclass") && !reader->has_os) {
        /* the first guess is the best; a later one must not overrule it */
        reader->has_os = true;
        reader->os = kind_of_system(attribute(reader, "type"));
    } else if (is_named(reader, "hop")) {
        toc_nmap_hop *hop = toc_list_add(&host->hops, sizeof *hop);
        *hop = (toc_nmap_hop){attribute(reader, "ipaddr"), attribute(reader, "host")};
    }
}

/* Open ports say more than a guess at the system: what speaks Modbus controls something. */
static toc_asset_kind decide_kind(const struct reader *reader) {
    if (reader->controls) {
        return TOC_ASSET_PLC;
    }
    if (reader->reports) {
        return TOC_ASSET_RTU;
    }
    if (reader->os != TOC_ASSET_HOST) {
        return reader->os;
    }
    return reader->serves ? TOC_ASSET_SERVER : TOC_ASSET_HOST;
}

bool toc_nmap_host_read(toc_xml_cursor *cursor, toc_arena *arena, toc_nmap_host *out_host) {
    struct reader reader = {
        .cursor = cursor, .arena = arena, .host = out_host, .port = "", .os = TOC_ASSET_HOST};
    uint32_t depth = toc_xml_cursor_depth(cursor);
    bool in_cpe = false;
    *out_host = (toc_nmap_host){.place = toc_xml_cursor_place(cursor),
                                .address = "",
                                .mac = "",
                                .name = "",
                                .kind = TOC_ASSET_HOST};
    for (;;) {
        toc_xml_event event = toc_xml_cursor_next(cursor);
        if (event == TOC_XML_BROKEN || event == TOC_XML_DONE) {
            return false;
        }
        if (event == TOC_XML_END && toc_xml_cursor_depth(cursor) == depth) {
            out_host->kind = decide_kind(&reader);
            return true;
        }
        if (event == TOC_XML_START) {
            start_element(&reader);
        } else if (event == TOC_XML_TEXT && in_cpe && reader.port_open) {
            add_weakness(&reader, toc_plain_text_clean(arena, toc_xml_cursor_text(cursor)), 0);
        }
        in_cpe = event == TOC_XML_START && is_named(&reader, "cpe");
    }
}

void toc_nmap_host_finish(toc_nmap_host *host) {
    toc_list_finish(&host->weaknesses);
    toc_list_finish(&host->hops);
}
