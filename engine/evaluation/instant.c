#include "evaluation/instant.h"

#include <stdlib.h>
#include <string.h>

#include "drawing/map.h"
#include "evaluation/moment.h"
#include "evaluation/picture.h"
#include "evaluation/shelf.h"

/* What has been said of one element up to now. */
struct standing {
    const char *operation; /* NULL: on since the start */
    bool blind;            /* remote control is lost */
    bool denied;           /* an attacker keeps it out of sight */
    bool taken;            /* a technique was carried out on it */
};

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static void read_entry(struct standing *standing, const toc_trace_entry *entry) {
    switch ((int)entry->kind) {
    case TOC_TRACE_OPERATION:
        standing->operation = entry->verb;
        break;
    case TOC_TRACE_CONTROL:
        standing->blind = entry->after == 0;
        break;
    case TOC_TRACE_SIGHT:
        if (strcmp(entry->verb, "view") == 0) {
            standing->denied = entry->after == 0;
        }
        break;
    case TOC_TRACE_TECHNIQUE:
        standing->taken |= begins(entry->text, "done");
        break;
    case TOC_TRACE_INTRUSION:
        if (strcmp(entry->verb, "access") == 0) {
            standing->taken = entry->after > 0;
        }
        break;
    case TOC_TRACE_JOB:
        /* whoever set it up anew also threw the intruder out */
        if (begins(entry->text, "done") &&
            (strcmp(entry->verb, "reimage") == 0 || strcmp(entry->verb, "replace") == 0)) {
            standing->taken = false;
        }
        break;
    default:
        break;
    }
}

static toc_map_state state_of(const struct standing *standing) {
    const char *operation = standing->operation == NULL ? "on" : standing->operation;
    if (strcmp(operation, "off") == 0 || strcmp(operation, "failed") == 0) {
        return TOC_MAP_FAILED;
    }
    if (strcmp(operation, "under-repair") == 0) {
        return TOC_MAP_MAINTENANCE;
    }
    if (standing->taken) {
        return TOC_MAP_COMPROMISED;
    }
    if (strcmp(operation, "on") != 0) {
        return TOC_MAP_DEGRADED;
    }
    return standing->blind || standing->denied ? TOC_MAP_NO_DATA : TOC_MAP_NORMAL;
}

uint8_t *toc_instant_states(const toc_measures *measures, toc_time at) {
    const toc_topology *topology = toc_measure_topology(measures);
    const toc_record *record = toc_measure_record(measures);
    size_t elements = (size_t)topology->asset_count + topology->link_count;
    struct standing *standings = toc_shelf_zeroed(elements, sizeof *standings);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.time > at) {
            break;
        }
        uint32_t element = entry.subject[0] == '\0'
                               ? TOC_INDEX_NONE
                               : toc_topology_find_element(topology, entry.subject);
        if (element != TOC_INDEX_NONE) {
            read_entry(&standings[element], &entry);
        }
    }
    uint8_t *states = toc_shelf_zeroed(elements, 1);
    for (size_t i = 0; i < elements; i++) {
        states[i] = (uint8_t)state_of(&standings[i]);
    }
    free(standings);
    return states;
}

/* -- The table ----------------------------------------------------------------------------------
 */

static const char *const titles[TOC_MAP_STATES] = {"normal",      "degraded",     "failed",
                                                   "compromised", "out of sight", "under repair"};

static void put_row(const toc_asset_kind_facts *kind, const size_t *counts, toc_html *html) {
    static const char *const classes[TOC_MAP_STATES] = {"", "", "no", "", "", ""};
    size_t all = 0;
    for (size_t state = 0; state < TOC_MAP_STATES; state++) {
        all += counts[state];
    }
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, kind->title);
    toc_html_number_cell(html, (double)all, 0);
    for (size_t state = 0; state < TOC_MAP_STATES; state++) {
        if (counts[state] == 0) {
            toc_html_raw(html, "<td class=\"n\"></td>");
        } else {
            toc_html_print(html, "<td class=\"n\"><span class=\"%s\">%zu</span></td>",
                           classes[state], counts[state]);
        }
    }
    toc_html_raw(html, "</tr>");
}

static void put_table(const toc_measures *measures, const uint8_t *states, toc_html *html) {
    const toc_topology *topology = toc_measure_topology(measures);
    size_t(*counts)[TOC_MAP_STATES] = toc_shelf_zeroed(TOC_ASSET_KINDS, sizeof *counts);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        counts[topology->assets[i].kind][states[i]]++;
    }
    toc_html_raw(html,
                 "<div class=\"panel\"><table><tr><th>Kind of asset<th class=\"n\">There are");
    for (size_t state = 0; state < TOC_MAP_STATES; state++) {
        toc_html_print(html, "<th class=\"n\">%s", titles[state]);
    }
    toc_html_raw(html, "</tr>");
    for (unsigned kind = 0; kind < TOC_ASSET_KINDS; kind++) {
        size_t abnormal = 0;
        for (size_t state = 1; state < TOC_MAP_STATES; state++) {
            abnormal += counts[kind][state];
        }
        if (abnormal > 0) {
            put_row(toc_topology_kind((toc_asset_kind)kind), counts[kind], html);
        }
    }
    toc_html_raw(html,
                 "</table></div><p class=\"note\">Kinds of which all are normal are left out. "
                 "Compromised: a technique was carried out on it, and it still runs. Out of "
                 "sight: its remote control is lost.</p>");
    free(counts);
}

/* -- The map ------------------------------------------------------------------------------------
 */

/* Beyond this, a drawing of points is smaller as an image of points. */
enum { MOST_VECTORS = 1500 };

static toc_status draw(const toc_map_request *base, const toc_theme *theme, toc_problems *problems,
                       toc_formats_buffer *picture) {
    toc_map_request request = *base;
    request.theme = theme;
    return toc_map_draw(&request, problems, picture);
}

static void put_map(const toc_measures *measures, const uint8_t *states, toc_problems *problems,
                    toc_html *html) {
    const toc_topology *topology = toc_measure_topology(measures);
    bool many = topology->asset_count + topology->link_count > MOST_VECTORS;
    toc_map_request request = {.topology = topology,
                               .states = states,
                               .format = many ? TOC_MAP_PNG : TOC_MAP_SVG,
                               .width = many ? 1600 : 1000,
                               .height = many ? 1120 : 700};
    toc_formats_buffer light = {0}, dark = {0};
    if (draw(&request, toc_theme_light(), problems, &light) == TOC_OK &&
        draw(&request, toc_theme_dark(), problems, &dark) == TOC_OK) {
        toc_html_raw(html, "<div class=\"panel\"><figure>");
        toc_picture_write(html, &light, &dark, "Map of all assets and how they stood");
        toc_html_raw(html, "</figure></div>");
    }
    toc_formats_buffer_finish(&light);
    toc_formats_buffer_finish(&dark);
}

void toc_instant_write(const toc_measures *measures, toc_problems *problems, toc_html *html) {
    toc_measure_event worst = toc_measure_worst(measures);
    if (worst.entry == 0) {
        return;
    }
    char text[TOC_MOMENT_SIZE];
    toc_html_print(html, "<h2 id=\"r%uworst\">The worst instant</h2><p class=\"note\">",
                   html->record);
    toc_html_time(html, worst.at);
    toc_html_print(html, ", %s after the start: most was missing then ",
                   toc_moment_print(worst.at, text));
    toc_html_cite(html, worst.entry);
    toc_html_raw(html, ". How things truly stood, whatever the operators knew.</p>");
    uint8_t *states = toc_instant_states(measures, worst.at);
    put_map(measures, states, problems, html);
    put_table(measures, states, html);
    free(states);
}
