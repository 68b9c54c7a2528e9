#include "evaluation/effort.h"

#include <stdio.h>
#include <string.h>

#include "evaluation/shelf.h"

/* Of "gridco.dispatcher" or of "gridco". */
static toc_measure_team *team_of(const toc_measures *measures, const char *name) {
    size_t length = strcspn(name, ".");
    for (size_t i = 0; i < measures->team_count; i++) {
        const char *id = measures->teams[i].id;
        if (strlen(id) == length && strncmp(id, name, length) == 0) {
            return &measures->teams[i];
        }
    }
    return NULL;
}

static toc_measure_seat *seat_of(const toc_measures *measures, const char *name) {
    for (size_t i = 0; i < measures->seat_count; i++) {
        if (strcmp(measures->seats[i].id, name) == 0) {
            return &measures->seats[i];
        }
    }
    return NULL;
}

/* `name` up to its first dot. */
static void add_team(toc_measures *measures, const char *name, bool owns) {
    size_t count = measures->team_count++;
    measures->teams = toc_shelf_grow(measures->teams, count, sizeof *measures->teams);
    toc_measure_team *team = &measures->teams[count];
    *team = (toc_measure_team){.name = "",
                               .owns_assets = owns,
                               .struck = TOC_MEASURE_NONE,
                               .alarm = TOC_MEASURE_NONE,
                               .action = TOC_MEASURE_NONE,
                               .declared = TOC_MEASURE_NONE,
                               .first_loss = TOC_MEASURE_NONE,
                               .restored = TOC_MEASURE_NONE};
    (void)snprintf(team->id, sizeof team->id, "%.*s", (int)strcspn(name, "."), name);
    uint32_t body = toc_topology_find_operator(measures->topology, team->id);
    if (body != TOC_INDEX_NONE) {
        team->name = measures->topology->operators[body].name;
    }
}

void toc_effort_begin(toc_measures *measures) {
    const toc_topology *topology = measures->topology;
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        bool owns = false;
        for (uint32_t asset = 0; asset < topology->asset_count && !owns; asset++) {
            owns = topology->assets[asset].operator_index == i;
        }
        if (owns) {
            add_team(measures, topology->operators[i].id, true);
        }
    }
}

void toc_effort_read_seat(toc_measures *measures, const toc_trace_entry *entry) {
    if (team_of(measures, entry->subject) == NULL) {
        add_team(measures, entry->subject, false);
    }
    size_t count = measures->seat_count++;
    measures->seats = toc_shelf_grow(measures->seats, count, sizeof *measures->seats);
    measures->seats[count] = (toc_measure_seat){.id = entry->subject, .first = TOC_MEASURE_NONE};
}

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static void read_action(toc_measures *measures, const toc_measure_entry *at) {
    toc_measure_team *team = team_of(measures, at->entry.actor);
    toc_measure_seat *seat = seat_of(measures, at->entry.actor);
    if (team == NULL || seat == NULL) {
        return;
    }
    const char *stage = at->entry.text;
    if (begins(stage, "requested")) {
        team->actions++;
        seat->requested++;
        toc_measure_first(&team->action, at);
        toc_measure_first(&seat->first, at);
    } else if (begins(stage, "done")) {
        team->done++;
        seat->done++;
        if (strcmp(at->entry.verb, "declare_incident") == 0) {
            toc_measure_first(&team->declared, at);
        }
    } else if (begins(stage, "failed")) {
        team->failed++;
        seat->failed++;
    } else if (begins(stage, "refused")) {
        team->refused++;
        seat->refused++;
    }
}

static void read_delivery(toc_measures *measures, const toc_measure_entry *at) {
    toc_measure_team *team = team_of(measures, at->entry.actor);
    toc_measure_seat *seat = seat_of(measures, at->entry.actor);
    if (team != NULL && seat != NULL) {
        team->received++;
        seat->received++;
    }
}

/* Somebody, not the world, made an asset of theirs fail. */
static void read_cause(toc_measures *measures, const toc_measure_entry *at) {
    uint32_t element = toc_topology_find_element(measures->topology, at->entry.subject);
    if (at->entry.after != 1 || at->entry.actor[0] == '\0' ||
        team_of(measures, at->entry.actor) != NULL || element == TOC_INDEX_NONE ||
        element >= measures->topology->asset_count) {
        return;
    }
    uint32_t owner = measures->topology->assets[element].operator_index;
    toc_measure_team *team =
        owner == TOC_INDEX_NONE ? NULL : team_of(measures, measures->topology->operators[owner].id);
    if (team != NULL) {
        toc_measure_first(&team->struck, at);
    }
}

static void read_belief(toc_measures *measures, const toc_measure_entry *at) {
    toc_measure_team *team = team_of(measures, at->entry.actor);
    if (team != NULL && strcmp(at->entry.verb, "on") != 0) {
        toc_measure_first(&team->alarm, at);
    }
}

void toc_effort_read(toc_measures *measures, const toc_measure_entry *at) {
    if (at->entry.kind == TOC_TRACE_ACTION) {
        read_action(measures, at);
    } else if (at->entry.kind == TOC_TRACE_DELIVERED) {
        read_delivery(measures, at);
    } else if (at->entry.kind == TOC_TRACE_CAUSE) {
        read_cause(measures, at);
    } else if (at->entry.kind == TOC_TRACE_BELIEF) {
        read_belief(measures, at);
    }
}

void toc_effort_close(toc_measures *measures) {
    for (size_t i = 0; i < measures->service_count; i++) {
        const toc_measure_service *service = &measures->services[i];
        toc_measure_team *team = team_of(measures, service->operator_id);
        if (team == NULL || service->first_loss.entry == 0) {
            continue;
        }
        bool is_first = team->first_loss.entry == 0;
        if (is_first || service->first_loss.at < team->first_loss.at) {
            team->first_loss = service->first_loss;
        }
        if (is_first || service->restored.at > team->restored.at) {
            team->restored = service->restored;
        }
    }
}
