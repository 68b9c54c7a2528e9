/* export: a topology or an event list in somebody else's format. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/formats.h"
#include "tocsin/msel.h"
#include "tocsin/plan.h"
#include "tocsin/wording.h"

static const toc_cli_option options[] = {
    {"output", "FILE", "where it goes (-o OUT); standard output if not said"},
    {"layout", "NAME", "of an event list: tocsin (all of it), hseep, blueprint or gbt38645"},
};

enum { LIST = 2048 };

/* "a; b" */
static const char *joined(const char *const *texts, uint32_t count, char list[LIST]) {
    size_t length = 0;
    list[0] = '\0';
    for (uint32_t i = 0; i < count && length < LIST; i++) {
        int added = snprintf(list + length, LIST - length, "%s%s", i == 0 ? "" : "; ", texts[i]);
        length += added > 0 ? (size_t)added : 0;
    }
    return list;
}

/* `language` is that of phases: a layout has one column for them. */
static void add_part(const toc_drill *drill, toc_msel *msel, const toc_plan_part *part,
                     const char *language) {
    char to[LIST], expects[LIST], attached[LIST];
    toc_msel_entry entry = {
        .at = part->at, .type = part->contingency ? TOC_MSEL_IS_CONTINGENCY : TOC_MSEL_IS_INJECT};
    if (part->cells != NULL) {
        memcpy(entry.cells, part->cells, sizeof entry.cells);
    } else {
        const char *chinese = toc_wording_in(drill, "zh", part->text);
        entry.cells[TOC_MSEL_MESSAGE] = part->text;
        entry.cells[TOC_MSEL_MESSAGE_ZH] = chinese == part->text ? "" : chinese;
        entry.cells[TOC_MSEL_EXPECTED] = joined(part->expects, part->expect_count, expects);
        entry.cells[TOC_MSEL_PHASE] = toc_wording_in(drill, language, part->phase);
    }
    entry.cells[TOC_MSEL_ATTACHMENTS] = joined(part->attachments, part->attachment_count, attached);
    entry.cells[TOC_MSEL_NUMBER] = part->id;
    entry.cells[TOC_MSEL_TYPE] = part->contingency ? "Contingency Inject" : "Inject";
    entry.cells[TOC_MSEL_MODE] = part->channel;
    entry.cells[TOC_MSEL_FROM] = part->from;
    entry.cells[TOC_MSEL_TO] = joined(part->to, part->to_count, to);
    toc_msel_add(msel, &entry);
}

/* What is planned, in order of time; what waits for a condition comes behind. */
static void collect(const toc_drill *drill, toc_msel *msel, const char *language) {
    uint32_t count = toc_plan_count(drill);
    toc_time last = -1;
    for (;;) {
        toc_time next = TOC_NEVER;
        for (uint32_t i = 0; i < count; i++) {
            toc_plan_part part = toc_plan_at(drill, i);
            if (part.kind == TOC_PLAN_INJECT && part.at > last && part.at < next) {
                next = part.at;
            }
        }
        for (uint32_t i = 0; i < count; i++) {
            toc_plan_part part = toc_plan_at(drill, i);
            if (part.kind == TOC_PLAN_INJECT && part.at == next) {
                add_part(drill, msel, &part, language);
            }
        }
        if (next == TOC_NEVER) {
            return;
        }
        last = next;
    }
}

static bool ends_with(const char *text, const char *tail) {
    size_t length = strlen(text), end = strlen(tail);
    return length >= end && strcmp(text + length - end, tail) == 0;
}

static toc_status write_msel(toc_cli_call *call, const toc_drill *drill,
                             toc_formats_buffer *buffer) {
    const char *path = toc_cli_value(call, "output"), *name = toc_cli_value(call, "layout");
    toc_msel_layout layout = toc_msel_layout_find(name == NULL ? "tocsin" : name);
    if (layout == TOC_MSEL_LAYOUTS) {
        return toc_cli_usage(call,
                             "there is no layout '%s'; there are tocsin, hseep, blueprint "
                             "and gbt38645",
                             name);
    }
    toc_msel_clock clock = toc_msel_clock_of(toc_drill_facts_of(drill).starts);
    toc_msel *msel = toc_msel_create();
    toc_status status = TOC_OK;
    collect(drill, msel, layout == TOC_MSEL_LAYOUT_GBT38645 ? "zh" : "en");
    if (path != NULL && ends_with(path, ".xlsx")) {
        status = toc_msel_layout_xlsx(msel, layout, clock, call->problems, buffer);
    } else {
        toc_msel_layout_csv(msel, layout, clock, buffer);
    }
    if (status == TOC_OK && path != NULL) {
        toc_cli_say(call, "%s: %u injects", path, toc_msel_count(msel));
    }
    toc_msel_destroy(msel);
    return status;
}

static toc_status save(toc_cli_call *call, const toc_formats_buffer *buffer) {
    const char *path = toc_cli_value(call, "output");
    if (path != NULL) {
        return toc_formats_save(path, buffer, call->problems);
    }
    (void)fwrite(buffer->bytes, 1, buffer->size, stdout);
    return TOC_OK;
}

static toc_status export_msel(toc_cli_call *call) {
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_formats_buffer buffer = {0};
    toc_drill_options opening = {.seed = 1};
    toc_status status = toc_cli_package(call, 1, &package);
    if (status == TOC_OK) {
        status = toc_drill_open(package, &opening, call->problems, &drill);
    }
    if (status == TOC_OK) {
        status = write_msel(call, drill, &buffer);
    }
    if (status == TOC_OK) {
        status = save(call, &buffer);
    }
    toc_formats_buffer_finish(&buffer);
    toc_drill_close(drill);
    toc_package_destroy(package);
    return status;
}

static toc_status run(toc_cli_call *call) {
    if (strcmp(call->arguments[0], "msel") == 0) {
        return export_msel(call);
    }
    toc_topology *topology = NULL;
    toc_formats_buffer buffer = {0};
    const char *path = toc_cli_value(call, "output");
    toc_status status = toc_formats_load_topology(call->arguments[1], call->problems, &topology);
    if (status == TOC_OK) {
        status = toc_formats_export_topology(call->arguments[0], topology, call->problems, &buffer);
    }
    if (status == TOC_OK) {
        status = save(call, &buffer);
    }
    if (status == TOC_OK && path != NULL) {
        toc_cli_say(call, "%s: %u assets, %u links", path, topology->asset_count,
                    topology->link_count);
    }
    toc_formats_buffer_finish(&buffer);
    toc_topology_destroy(topology);
    return status;
}

const toc_cli_command toc_export_command = {
    .name = "export",
    .usage = "graphml TOPOLOGY | msel PACKAGE [--layout NAME] [-o OUT]",
    .sentence = "writes a topology as GraphML, or a drill's event list as CSV or XLSX",
    .example = "tocsin export msel my-drill --layout hseep -o msel.xlsx",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run,
};
