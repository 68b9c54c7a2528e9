#include "server/survey.h"

#include <string.h>

#include "server/outlook_state.h"
#include "tocsin/standing.h"
#include "tocsin/topology.h"

enum { ID_SIZE = 400 };

static void look_at_services(toc_outlook *outlook) {
    uint32_t count = toc_drill_topology(outlook->drill)->service_count;
    for (uint32_t i = 0; i < count; i++) {
        toc_standing_service service;
        char id[ID_SIZE];
        if (!toc_standing_service_at(outlook->drill, outlook->number, i, &service)) {
            continue;
        }
        (void)g_snprintf(id, sizeof id, "%.190s/%.190s", service.operator_id, service.id);
        int64_t level = CLAMP((int64_t)(service.level * 1e6 + 0.5), 0, 1000000);
        const toc_wire_service *before = toc_outlook_peek(outlook, SHELF_SERVICES, id);
        if (before == NULL || before->level != level) {
            const char *kept = before == NULL ? toc_outlook_keep(outlook, id) : before->id;
            toc_wire_service *told = toc_outlook_touch(outlook, SHELF_SERVICES, kept);
            told->name = service.id;
            told->owner = service.operator_id;
            told->level = level;
        }
    }
}

static void look_at_card(toc_outlook *outlook, const toc_standing_card *card) {
    char finding[256] = "", board[128] = "";
    if (card->found_at != TOC_NEVER) {
        toc_standing_found(card->found, finding, sizeof finding);
    }
    if (card->said[0] != '\0') {
        (void)g_snprintf(board, sizeof board, "%s (%d%%)", card->said,
                         (int)(card->confidence_ppm / 10000));
    }
    const toc_wire_asset *before = toc_outlook_peek(outlook, SHELF_ASSETS, card->element);
    bool is_same = before == NULL
                       ? finding[0] == '\0' && board[0] == '\0'
                       : strcmp(before->finding, finding) == 0 && strcmp(before->board, board) == 0;
    if (!is_same) {
        toc_wire_asset *asset = toc_outlook_touch(outlook, SHELF_ASSETS, card->element);
        asset->finding = toc_outlook_keep(outlook, finding);
        asset->board = toc_outlook_keep(outlook, board);
    }
    const toc_wire_posting *posted = toc_outlook_peek(outlook, SHELF_BOARD, card->element);
    if (board[0] != '\0' && (posted == NULL || posted->at != card->said_at)) {
        toc_wire_posting *posting = toc_outlook_touch(outlook, SHELF_BOARD, card->element);
        posting->text = toc_outlook_keep(outlook, board);
        posting->by = card->said_by;
        posting->at = card->said_at;
    }
}

static void look_at_crews(toc_outlook *outlook) {
    uint32_t count = toc_drill_topology(outlook->drill)->crew_count;
    for (uint32_t i = 0; i < count; i++) {
        toc_standing_crew crew;
        if (!toc_standing_crew_at(outlook->drill, outlook->number, i, &crew)) {
            continue;
        }
        const toc_wire_crew *before = toc_outlook_peek(outlook, SHELF_CREWS, crew.id);
        if (before == NULL || before->size != crew.size || before->free != crew.free) {
            toc_wire_crew *told = toc_outlook_touch(outlook, SHELF_CREWS, crew.id);
            told->skills = crew.skills;
            told->state = crew.free == 0 ? "busy" : "free";
            told->size = crew.size;
            told->free = crew.free;
        }
    }
}

static void look_at_stocks(toc_outlook *outlook) {
    toc_standing_stock stock;
    uint32_t pile = UINT32_MAX;
    while (toc_standing_next_stock(outlook->drill, outlook->number, &pile, &stock)) {
        char id[ID_SIZE];
        (void)g_snprintf(id, sizeof id, "%.190s/%.190s", stock.where, stock.part);
        const toc_wire_stock *before = toc_outlook_peek(outlook, SHELF_STOCKS, id);
        if (before == NULL || before->count != stock.count) {
            const char *kept = before == NULL ? toc_outlook_keep(outlook, id) : before->id;
            toc_wire_stock *told = toc_outlook_touch(outlook, SHELF_STOCKS, kept);
            told->part = stock.part;
            told->where = stock.where;
            told->count = stock.count;
        }
    }
}

/* What its report still wants, of each duty that has begun. */
static void look_at_duties(toc_outlook *outlook) {
    uint32_t count = 0;
    const toc_wire_duty *duties = toc_outlook_items(outlook, SHELF_DUTIES, &count);
    for (uint32_t i = 0; i < count; i++) {
        toc_standing_report report;
        const char *id = duties[i].id;
        if (!toc_standing_report_of(outlook->drill, id, &report)) {
            continue;
        }
        GPtrArray *told = g_ptr_array_new(), *missing = g_ptr_array_new();
        for (unsigned bit = 0; bit < 64; bit++) {
            if ((report.asked >> bit & 1) != 0) {
                g_ptr_array_add((report.told >> bit & 1) != 0 ? told : missing,
                                (gpointer)toc_standing_item(outlook->drill, id, bit));
            }
        }
        if (duties[i].told.count != told->len || duties[i].missing.count != missing->len) {
            toc_wire_duty *duty = toc_outlook_touch(outlook, SHELF_DUTIES, id);
            duty->told = toc_outlook_keep_list(outlook, told);
            duty->missing = toc_outlook_keep_list(outlook, missing);
            duties = toc_outlook_items(outlook, SHELF_DUTIES, &count);
        }
        (void)g_ptr_array_free(told, TRUE);
        (void)g_ptr_array_free(missing, TRUE);
    }
}

static void look_at_plan(toc_outlook *outlook) {
    toc_time in_force = TOC_NEVER;
    uint32_t count = toc_standing_step_count(outlook->drill, outlook->number, &in_force);
    for (uint32_t i = 0; i < count; i++) {
        toc_standing_step step = toc_standing_step_at(outlook->drill, outlook->number, i);
        const toc_wire_step *before = toc_outlook_peek(outlook, SHELF_STEPS, step.id);
        if (before != NULL && strcmp(before->state, step.stage) == 0 && before->due == step.due &&
            before->ready == step.is_ready && before->applies == step.applies) {
            continue;
        }
        toc_wire_step *told = toc_outlook_touch(outlook, SHELF_STEPS, step.id);
        told->text = step.text;
        told->role = step.role;
        told->condition = step.condition;
        told->verb = step.verb;
        told->target = step.target;
        told->state = step.stage;
        told->due = step.due;
        told->done = step.done_at;
        told->own = step.is_own;
        told->ready = step.is_ready;
        told->applies = step.applies;
    }
}

static uint32_t zone_of(const toc_topology *topology, const char *asset) {
    uint32_t element = toc_topology_find_element(topology, asset);
    return element < topology->asset_count ? topology->assets[element].zone : TOC_INDEX_NONE;
}

/* Each alarm that stands and each alert that nobody has looked at counts for the zone of its asset.
 */
static void count_by_zone(const toc_outlook *outlook, uint32_t (*counts)[2]) {
    const toc_topology *topology = toc_drill_topology(outlook->drill);
    uint32_t alarms = 0, alerts = 0;
    const toc_wire_alarm *alarm = toc_outlook_items(outlook, SHELF_ALARMS, &alarms);
    const toc_wire_alert *alert = toc_outlook_items(outlook, SHELF_ALERTS, &alerts);
    for (uint32_t i = 0; i < alarms; i++) {
        uint32_t zone =
            strcmp(alarm[i].state, "normal") == 0 ? TOC_INDEX_NONE : zone_of(topology, alarm[i].id);
        if (zone != TOC_INDEX_NONE) {
            counts[zone][0]++;
        }
    }
    for (uint32_t i = 0; i < alerts; i++) {
        uint32_t zone =
            alert[i].text[0] != '\0' ? TOC_INDEX_NONE : zone_of(topology, alert[i].asset);
        if (zone != TOC_INDEX_NONE) {
            counts[zone][1]++;
        }
    }
}

/* Only when an alarm or alert has come or changed. */
static void look_at_zones(toc_outlook *outlook) {
    const toc_topology *topology = toc_drill_topology(outlook->drill);
    if (outlook->shown == outlook->surveyed || topology->zone_count == 0) {
        return;
    }
    outlook->surveyed = outlook->shown;
    uint32_t(*counts)[2] = g_malloc0_n(topology->zone_count, sizeof *counts);
    count_by_zone(outlook, counts);
    for (uint32_t i = 0; i < topology->zone_count; i++) {
        const toc_wire_zone *before = toc_outlook_peek(outlook, SHELF_ZONES, topology->zones[i].id);
        bool is_new = before == NULL && (counts[i][0] > 0 || counts[i][1] > 0);
        bool has_changed =
            before != NULL && (before->alarms != counts[i][0] || before->alerts != counts[i][1]);
        if (is_new || has_changed) {
            toc_wire_zone *zone = toc_outlook_touch(outlook, SHELF_ZONES, topology->zones[i].id);
            zone->text = topology->zones[i].name;
            zone->alarms = counts[i][0];
            zone->alerts = counts[i][1];
        }
    }
    g_free(counts);
}

void toc_survey_take(toc_outlook *outlook) {
    look_at_services(outlook);
    look_at_crews(outlook);
    look_at_stocks(outlook);
    look_at_duties(outlook);
    look_at_plan(outlook);
    look_at_zones(outlook);
    for (uint32_t i = 0; i < toc_standing_card_count(outlook->drill, outlook->number); i++) {
        toc_standing_card card = toc_standing_card_at(outlook->drill, outlook->number, i);
        look_at_card(outlook, &card);
    }
}
