#include "evaluation/defence.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/shelf.h"
#include "tocsin/technique.h"

enum { ID_ROOM = 16 };

/* One technique over the whole drill. */
struct use {
    const char *technique;
    uint64_t tried, done, first; /* first: entry of the first success, or of the first try */
};

struct uses {
    struct use *items;
    size_t count;
};

static struct use *use_of(struct uses *uses, const char *technique, uint64_t entry) {
    for (size_t i = 0; i < uses->count; i++) {
        if (strcmp(uses->items[i].technique, technique) == 0) {
            return &uses->items[i];
        }
    }
    uses->items = toc_shelf_grow(uses->items, uses->count, sizeof *uses->items);
    uses->items[uses->count] = (struct use){technique, 0, 0, entry};
    return &uses->items[uses->count++];
}

static struct uses collect(const toc_record *record) {
    struct uses uses = {NULL, 0};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind != TOC_TRACE_TECHNIQUE) {
            continue;
        }
        struct use *use = use_of(&uses, entry.verb, number);
        if (strncmp(entry.text, "started", 7) == 0) {
            use->tried++;
        } else if (strncmp(entry.text, "done", 4) == 0) {
            use->first = use->done == 0 ? number : use->first;
            use->done++;
        }
    }
    return uses;
}

/* "Network Segmentation (IEC 62443 SR 5.1; CR 5.1, NIST SP 800-53 AC-3)", one a line. */
static void put_mitigations(toc_html *html, const char *ids) {
    bool is_first = true;
    while (*ids != '\0') {
        char id[ID_ROOM] = "";
        size_t length = strcspn(ids, " ");
        memcpy(id, ids, length < sizeof id ? length : sizeof id - 1);
        ids += length + strspn(ids + length, " ");
        const toc_technique_mitigation *mitigation = toc_technique_find_mitigation(id);
        if (mitigation == NULL) {
            continue;
        }
        toc_html_raw(html, is_first ? "" : "<br>");
        toc_html_text(html, mitigation->name);
        toc_html_print(html, " <small>%s", mitigation->id);
        if (mitigation->iec62443[0] != '\0') {
            toc_html_print(html, " &middot; IEC 62443 %s", mitigation->iec62443);
        }
        if (mitigation->nist80053[0] != '\0') {
            toc_html_print(html, " &middot; NIST SP 800-53 %s", mitigation->nist80053);
        }
        toc_html_raw(html, "</small>");
        is_first = false;
    }
}

static void put_use(toc_html *html, const struct use *use) {
    const char *name = toc_technique_name(use->technique);
    const char *mitigations = toc_technique_mitigations(use->technique);
    toc_html_raw(html, "<tr><td>");
    toc_html_text(html, use->technique);
    toc_html_raw(html, " ");
    toc_html_text(html, name == NULL ? "" : name);
    toc_html_raw(html, " ");
    toc_html_cite(html, use->first);
    toc_html_raw(html, "</td>");
    toc_html_cell(html, name == NULL ? "" : toc_technique_tactics(use->technique));
    toc_html_number_cell(html, (double)use->tried, 0);
    toc_html_number_cell(html, (double)use->done, 0);
    toc_html_raw(html, "<td>");
    put_mitigations(html, mitigations == NULL ? "" : mitigations);
    toc_html_raw(html, "</td></tr>");
}

void toc_defence_write(const toc_measures *measures, toc_html *html) {
    struct uses uses = collect(toc_measure_record(measures));
    toc_html_print(html, "<h2 id=\"r%udefence\">What would have stood against it</h2>",
                   html->record);
    if (uses.count == 0) {
        toc_html_raw(html, "<p>No technique of an adversary was used.</p>");
        return;
    }
    toc_html_raw(html,
                 "<p>The adversary's techniques, and the mitigations that ATT&amp;CK for ICS "
                 "names for each, with the requirements of IEC 62443-3-3 and -4-2 and the "
                 "controls of NIST SP 800-53 that it maps them to. Whether one was in place, and "
                 "would have held here, only the operators can say.</p><div class=\"panel\">"
                 "<table><tr><th>Technique<th>Tactic<th class=\"n\">Tried<th class=\"n\">"
                 "Succeeded<th>Mitigations</tr>");
    for (size_t i = 0; i < uses.count; i++) {
        put_use(html, &uses.items[i]);
    }
    toc_html_raw(html, "</table></div>");
    free(uses.items);
}
