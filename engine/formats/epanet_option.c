#include "formats/epanet_option.h"

#include <string.h>

struct flow {
    const char *name, *shown; /* in the file; the unit of ours that is nearest */
    double ml_d;
    bool us;
};

/* By definition: 1 US gallon is 3.785411784 L, 1 imperial 4.54609 L, 1 ft 0.3048 m, 1 acre
   43,560 square feet. GPM is our own gpm, which is rounded by 6e-9. */
static const struct flow flows[] = {
    {"CFS", "m3/h", 2446575545.5488, true},  {"GPM", "gpm", 5450993, true},
    {"MGD", "mgd", 3785411784, true},        {"IMGD", "ML/d", 4546090000, true},
    {"AFD", "ML/d", 1233481837.54752, true}, {"LPS", "L/s", 86400000, false},
    {"LPM", "L/min", 1440000, false},        {"MLD", "ML/d", 1000000000, false},
    {"CMH", "m3/h", 24000000, false},        {"CMD", "m3/d", 1000000, false},
    {"CMS", "m3/s", 86400000000, false},
};
enum { FLOWS = sizeof flows / sizeof flows[0] };

static void read_units(toc_epanet_reading *reading) {
    const char *name = toc_epanet_reading_word(reading, 1), *names[FLOWS], *nearest;
    for (size_t i = 0; i < FLOWS; i++) {
        names[i] = flows[i].name;
        if (toc_epanet_text_is(name, flows[i].name) && strlen(name) == strlen(flows[i].name)) {
            reading->network->flow_unit = flows[i].name;
            reading->network->unit = toc_unit_find(flows[i].shown);
            reading->network->flow_ml_d = flows[i].ml_d;
            reading->network->us_units = flows[i].us;
            return;
        }
    }
    /* 2.0 knew "UNITS SI" for litres a second */
    if (toc_epanet_text_is(name, "SI") && strlen(name) == 2) {
        reading->words.word[1] = "LPS";
        read_units(reading);
        return;
    }
    nearest = strlen(name) < 20 ? toc_names_nearest_of(names, FLOWS, name) : NULL;
    toc_epanet_reading_wrong(reading, 1,
                             "there is no unit of flow '%.20s'%s%s%s; expected CFS, GPM, MGD, "
                             "IMGD, AFD, LPS, LPM, MLD, CMH, CMD or CMS",
                             name, nearest != NULL ? " (nearest: '" : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
}

void toc_epanet_option_read(toc_epanet_reading *reading) {
    const char *word = toc_epanet_reading_word(reading, 0);
    if (toc_epanet_text_is(word, "UNIT") && reading->words.count > 1) {
        read_units(reading);
    } else if (toc_epanet_text_is(word, "PATT") && reading->words.count > 1) {
        reading->network->default_pattern = toc_epanet_reading_word(reading, 1);
    } else if (toc_epanet_text_is(word, "DEMA") &&
               toc_epanet_text_is(toc_epanet_reading_word(reading, 1), "MULT")) {
        (void)toc_epanet_reading_number(reading, 2, "the multiplier of demands", 0, 1e6,
                                        &reading->network->multiplier);
    }
}

void toc_epanet_option_time(toc_epanet_reading *reading) {
    toc_epanet_network *network = reading->network;
    const char *first = toc_epanet_reading_word(reading, 0);
    const char *second = toc_epanet_reading_word(reading, 1);
    if (toc_epanet_text_is(first, "DURA")) {
        (void)toc_epanet_reading_time(reading, 1, &network->duration);
    } else if (toc_epanet_text_is(first, "PATT") && toc_epanet_text_is(second, "TIME")) {
        toc_time step = TOC_HOUR;
        if (toc_epanet_reading_time(reading, 2, &step) && step <= 0) {
            toc_epanet_reading_wrong(reading, 2, "the step of patterns is 0; expected a time");
        } else if (step > 0) {
            network->pattern_step = step;
        }
    } else if (toc_epanet_text_is(first, "PATT") && toc_epanet_text_is(second, "STAR")) {
        (void)toc_epanet_reading_time(reading, 2, &network->pattern_start);
    } else if (toc_epanet_text_is(first, "STAR") && toc_epanet_text_is(second, "CLOC")) {
        (void)toc_epanet_reading_time(reading, 2, &network->clock_start);
    }
}
