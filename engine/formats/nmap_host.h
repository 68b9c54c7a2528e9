/* nmap host: what one <host> of a scan says. */
#ifndef FORMATS_NMAP_HOST_H
#define FORMATS_NMAP_HOST_H

#include "formats/xml_cursor.h"
#include "kernel/arena.h"
#include "kernel/list.h"

typedef struct toc_nmap_hop {
    const char *address, *name;
} toc_nmap_hop;

typedef struct toc_nmap_weakness {
    const char *id; /* a CPE, or a CVE that a script reported */
    int64_t ease_ppm;
} toc_nmap_weakness;

typedef struct toc_nmap_host {
    toc_place place;
    bool up;
    const char *address, *mac, *name; /* "" where not there; address: IPv4 before IPv6 */
    toc_asset_kind kind;              /* TOC_ASSET_HOST where nothing told better */
    toc_list weaknesses;              /* toc_nmap_weakness */
    toc_list hops;                    /* toc_nmap_hop */
} toc_nmap_host;

/* Reads the element whose start was the last event; goes behind its end. False where the file broke
   off within it. Texts live in the arena; finish the host in either case. */
bool toc_nmap_host_read(toc_xml_cursor *cursor, toc_arena *arena, toc_nmap_host *out_host);
void toc_nmap_host_finish(toc_nmap_host *host);

#endif
