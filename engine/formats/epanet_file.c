#include "formats/epanet_file.h"

#include "formats/epanet_control.h"
#include "formats/epanet_link.h"
#include "formats/epanet_node.h"
#include "formats/epanet_option.h"
#include "formats/epanet_row.h"
#include "formats/plain_text.h"

typedef void read_line(toc_epanet_reading *reading);

/* Sections may stand in any order; this one has what is named before its names are used. */
static const struct {
    toc_epanet_section section;
    read_line *line;
} order[] = {
    {TOC_EPANET_OPTIONS, toc_epanet_option_read},
    {TOC_EPANET_TIMES, toc_epanet_option_time},
    {TOC_EPANET_PATTERNS, toc_epanet_row_pattern},
    {TOC_EPANET_CURVES, toc_epanet_row_curve},
    {TOC_EPANET_JUNCTIONS, toc_epanet_node_junction},
    {TOC_EPANET_RESERVOIRS, toc_epanet_node_reservoir},
    {TOC_EPANET_TANKS, toc_epanet_node_tank},
    {TOC_EPANET_PIPES, toc_epanet_link_pipe},
    {TOC_EPANET_PUMPS, toc_epanet_link_pump},
    {TOC_EPANET_VALVES, toc_epanet_link_valve},
    {TOC_EPANET_STATUS, toc_epanet_link_status},
    {TOC_EPANET_CONTROLS, toc_epanet_control_read},
    {TOC_EPANET_COORDINATES, toc_epanet_node_coordinates},
};

static void read_section(toc_epanet_reading *reading, toc_epanet_section section, read_line *read) {
    for (uint32_t i = 0; i < reading->text.lines.count; i++) {
        const toc_epanet_line *line = TOC_LIST_AT(toc_epanet_line, &reading->text.lines, i);
        if (line->section != section) {
            continue;
        }
        if (toc_epanet_text_cut(&reading->text, i, reading->problems, &reading->words)) {
            read(reading);
        } else {
            reading->failed = true;
        }
    }
}

static void read_title(toc_epanet_reading *reading) {
    for (uint32_t i = 0; i < reading->text.lines.count; i++) {
        const toc_epanet_line *line = TOC_LIST_AT(toc_epanet_line, &reading->text.lines, i);
        if (line->section == TOC_EPANET_TITLE) {
            reading->network->title = toc_plain_text_clean(reading->network->arena, line->at);
            return;
        }
    }
}

/* What the network is about; without it the rest of the file cannot be meant. */
static void check_nodes(toc_epanet_reading *reading) {
    toc_place whole = {reading->text.file, 0, 0};
    if (!reading->failed && reading->network->nodes.count == 0) {
        (void)toc_problems_error(reading->problems, whole,
                                 "has no junction, reservoir or tank; expected a network file of "
                                 "EPANET (.inp)");
        reading->failed = true;
    }
}

static void tell_lost(toc_epanet_reading *reading) {
    const toc_epanet_network *network = reading->network;
    toc_place whole = {reading->text.file, 0, 0};
    toc_epanet_text_tell_lost(&reading->text, reading->problems);
    if (network->lost_rules > 0) {
        toc_problems_warn(reading->problems, whole,
                          "rules that say more than a tank's level or a time are left out: %u",
                          network->lost_rules);
    }
    if (network->lost_controls > 0) {
        toc_problems_warn(reading->problems, whole,
                          "controls by pressure, or that change a valve's setting, are left out: "
                          "%u",
                          network->lost_controls);
    }
    if (network->lost_demands > 0) {
        toc_problems_warn(reading->problems, whole,
                          "demands at nodes that are no junctions are left out: %u",
                          network->lost_demands);
    }
}

toc_status toc_epanet_file_read(const toc_formats_source *source, toc_problems *problems,
                                toc_epanet_network *network) {
    toc_epanet_reading reading = {
        .network = network, .problems = problems, .told = toc_names_create()};
    reading.failed = toc_epanet_text_read(source, problems, &reading.text) != TOC_OK;
    read_title(&reading);
    for (size_t i = 0; i < sizeof order / sizeof order[0] && !reading.failed; i++) {
        read_section(&reading, order[i].section, order[i].line);
        if (order[i].section == TOC_EPANET_CURVES) {
            toc_epanet_row_check(&reading);
        } else if (order[i].section == TOC_EPANET_TANKS && !reading.failed) {
            toc_epanet_node_demands(&reading);
        }
    }
    if (!reading.failed) {
        toc_epanet_control_rules(&reading);
    }
    check_nodes(&reading);
    if (!reading.failed) {
        tell_lost(&reading);
    }
    toc_epanet_text_finish(&reading.text);
    toc_names_destroy(reading.told);
    return reading.failed ? TOC_BAD_INPUT : TOC_OK;
}
