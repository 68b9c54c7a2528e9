#include "formats/epanet_row.h"

/* More than an hourly pattern of ten years has. */
enum { VALUES = 100000 };

static toc_epanet_row *row_of(toc_epanet_reading *reading, toc_names *ids, toc_list *rows) {
    bool was_new;
    uint32_t number = toc_names_add(ids, toc_epanet_reading_word(reading, 0), &was_new);
    if (was_new) {
        toc_epanet_row *row = toc_list_add(rows, sizeof *row);
        row->line = reading->words.line;
    }
    return TOC_LIST_AT(toc_epanet_row, rows, number);
}

static void add_values(toc_epanet_reading *reading, toc_epanet_row *row, const char *what) {
    for (uint32_t i = 1; i < reading->words.count; i++) {
        double value = 0;
        if (!toc_epanet_reading_number(reading, i, what, -1e9, 1e9, &value)) {
            return;
        }
        if (row->values.count >= VALUES) {
            toc_epanet_reading_wrong(reading, i, "has more than %d values", VALUES);
            return;
        }
        *(double *)toc_list_add(&row->values, sizeof value) = value;
    }
}

void toc_epanet_row_pattern(toc_epanet_reading *reading) {
    if (toc_epanet_reading_has(reading, 2, "id, multipliers")) {
        add_values(reading,
                   row_of(reading, reading->network->pattern_ids, &reading->network->patterns),
                   "a multiplier");
    }
}

void toc_epanet_row_curve(toc_epanet_reading *reading) {
    if (toc_epanet_reading_has(reading, 3, "id, x, y")) {
        add_values(reading, row_of(reading, reading->network->curve_ids, &reading->network->curves),
                   "a point of a curve");
    }
}

void toc_epanet_row_check(toc_epanet_reading *reading) {
    const toc_epanet_network *network = reading->network;
    for (uint32_t i = 0; i < network->curves.count; i++) {
        const toc_epanet_row *curve = toc_epanet_network_curve(network, i);
        toc_place place = {network->file, curve->line, 0};
        bool rises = curve->values.count % 2 == 0;
        for (uint32_t j = 2; rises && j < curve->values.count; j += 2) {
            rises = toc_epanet_network_value(curve, j) > toc_epanet_network_value(curve, j - 2);
        }
        if (!rises) {
            (void)toc_problems_error(reading->problems, place,
                                     "curve '%.60s' is none; expected points of x and y, x rising",
                                     toc_names_at(network->curve_ids, i));
            reading->failed = true;
        }
    }
}
