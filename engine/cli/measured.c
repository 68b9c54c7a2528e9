#include "cli/measured.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/insight.h"
#include "evaluation/moment.h"

static void put(json_t *object, const char *name, json_t *value) {
    (void)json_object_set_new(object, name, value);
}

static json_t *number(uint64_t value) {
    return json_integer((json_int_t)value);
}

/* Entries of the trace; none for 0. */
static json_t *entries(const uint64_t *numbers, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] != 0) {
            (void)json_array_append_new(array, number(numbers[i]));
        }
    }
    return array;
}

static json_t *event(toc_measure_event event) {
    if (event.entry == 0) {
        return json_null();
    }
    json_t *object = json_object();
    put(object, "at_us", json_integer(event.at));
    put(object, "entry", number(event.entry));
    return object;
}

static json_t *services_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        const uint64_t evidence[] = {service->first_loss.entry, service->min_level.entry,
                                     service->most_people_out.entry, service->restored.entry};
        json_t *object = json_object();
        put(object, "id", toc_cli_text(service->id));
        put(object, "operator", toc_cli_text(service->operator_id));
        put(object, "unit", toc_cli_text(service->unit));
        put(object, "demand_integral", json_real(service->demand_integral));
        put(object, "loss_integral", json_real(service->loss_integral));
        put(object, "people_hours_lost", json_real(service->people_hours_lost));
        put(object, "most_people", json_integer(service->most_people));
        put(object, "min_level_ppm", json_integer(service->min_level_ppm));
        put(object, "first_loss_us", toc_cli_time_json(service->first_loss.at));
        put(object, "restored_at_us", toc_cli_time_json(service->restored.at));
        put(object, "evidence", entries(evidence, 4));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *objectives_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        const toc_measure_objective *objective = toc_measure_objective_at(measures, i);
        const uint64_t evidence[] = {objective->declared, objective->started.entry,
                                     objective->because, objective->met.entry,
                                     objective->missed.entry};
        json_t *object = json_object();
        put(object, "id", toc_cli_text(objective->id));
        put(object, "text", toc_cli_text(objective->text));
        put(object, "outcome", json_string(toc_measure_outcome_name(objective->outcome)));
        put(object, "met", json_boolean(objective->outcome == TOC_OUTCOME_MET));
        put(object, "at_us", toc_cli_time_json(objective->met.at));
        put(object, "evidence", entries(evidence, 5));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *duties_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        const toc_measure_duty *duty = toc_measure_duty_at(measures, i);
        const uint64_t evidence[] = {duty->declared, duty->started.entry, duty->because,
                                     duty->done.entry, duty->missed.entry};
        json_t *object = json_object();
        put(object, "id", toc_cli_text(duty->id));
        put(object, "operator", toc_cli_text(duty->operator_id));
        put(object, "outcome", json_string(toc_measure_outcome_name(duty->outcome)));
        put(object, "due_us", toc_cli_time_json(duty->due));
        put(object, "done_us", toc_cli_time_json(duty->done.at));
        put(object, "on_time", json_boolean(duty->outcome == TOC_OUTCOME_MET));
        put(object, "items_told", duty->asked == 0 ? json_null() : json_integer(duty->told));
        put(object, "items_asked", duty->asked == 0 ? json_null() : json_integer(duty->asked));
        put(object, "evidence", entries(evidence, 5));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *operators_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_teams(measures); i++) {
        const toc_measure_team *team = toc_measure_team_at(measures, i);
        json_t *object = json_object();
        put(object, "id", toc_cli_text(team->id));
        put(object, "struck", event(team->struck));
        put(object, "first_alarm", event(team->alarm));
        put(object, "first_action", event(team->action));
        put(object, "incident_declared", event(team->declared));
        put(object, "first_loss", event(team->first_loss));
        put(object, "restored", event(team->restored));
        put(object, "actions", number(team->actions));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *seats_json(const toc_measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_measure_seats(measures); i++) {
        const toc_measure_seat *seat = toc_measure_seat_at(measures, i);
        json_t *object = json_object();
        put(object, "id", toc_cli_text(seat->id));
        put(object, "received", number(seat->received));
        put(object, "requested", number(seat->requested));
        put(object, "done", number(seat->done));
        put(object, "failed", number(seat->failed));
        put(object, "refused", number(seat->refused));
        put(object, "first_action", event(seat->first));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *beliefs_json(const toc_insight *insight) {
    json_t *array = json_array();
    for (size_t i = 0; i < insight->belief_count; i++) {
        const toc_insight_belief *belief = &insight->beliefs[i];
        json_t *object = json_object();
        put(object, "operator", toc_cli_text(belief->operator_id));
        put(object, "asset_hours_wrong", json_real(belief->wrong_hours));
        put(object, "most_wrong", number(belief->most_wrong));
        put(object, "at", event(belief->most));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *boards_json(const toc_insight *insight) {
    json_t *array = json_array();
    for (size_t i = 0; i < insight->board_count; i++) {
        const toc_insight_board *board = &insight->boards[i];
        json_t *object = json_object();
        put(object, "team", toc_cli_text(board->team));
        put(object, "entries", number(board->said));
        put(object, "right", number(board->right));
        put(object, "brier", json_real(board->brier));
        put(object, "hours", json_real(board->hours));
        put(object, "right_hours", json_real(board->right_hours));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *orders_json(const toc_insight *insight) {
    json_t *array = json_array();
    for (size_t i = 0; i < insight->order_count; i++) {
        const toc_insight_order *order = &insight->orders[i];
        json_t *object = json_object();
        put(object, "by", toc_cli_text(order->giver));
        put(object, "to", toc_cli_text(order->receiver));
        put(object, "text", toc_cli_text(order->text));
        put(object, "given_us", json_integer(order->given));
        put(object, "due_us", toc_cli_time_json(order->due));
        put(object, "acknowledged_us", toc_cli_time_json(order->acknowledged));
        put(object, "done_us", toc_cli_time_json(order->done));
        put(object, "overdue", json_boolean(order->overdue));
        put(object, "evidence", entries(&order->entry, 1));
        (void)json_array_append_new(array, object);
    }
    return array;
}

/* What teams thought and ordered. */
static json_t *judgement_json(const toc_measures *measures) {
    toc_insight *insight = toc_insight_create(measures);
    json_t *object = json_object();
    put(object, "beliefs", beliefs_json(insight));
    put(object, "boards", boards_json(insight));
    put(object, "orders", orders_json(insight));
    put(object, "assessments", number(insight->assessment_count));
    put(object, "evidence_kept", number(toc_insight_evidence(insight, "kept")));
    put(object, "evidence_lost", number(toc_insight_evidence(insight, "lost")));
    put(object, "disputes", number(insight->dispute_count));
    toc_insight_destroy(insight);
    return object;
}

json_t *toc_measured_json(const toc_measures *measures) {
    const toc_record *record = toc_measure_record(measures);
    toc_record_meta meta = toc_record_meta_of(record);
    toc_measure_facts facts = toc_measure_facts_of(measures);
    char head[65], digest[17];
    toc_record_head(record, head);
    (void)snprintf(digest, sizeof digest, "%016" PRIx64, meta.final_digest);
    json_t *object = json_object();
    put(object, "title", toc_cli_text(meta.title));
    put(object, "package", toc_cli_text(meta.package_name));
    put(object, "policy", toc_cli_text(meta.policy));
    put(object, "seed", number(meta.seed));
    put(object, "replication", number(meta.replication));
    put(object, "engine", toc_cli_text(meta.engine_version));
    put(object, "digest", json_string(digest));
    put(object, "head", json_string(head));
    put(object, "entries", number(toc_record_trace_count(record)));
    put(object, "starts", toc_cli_text(facts.starts));
    if (facts.power_rule[0] != '\0') {
        put(object, "power_rule", toc_cli_text(facts.power_rule));
    }
    put(object, "finished", json_boolean(meta.ended_at != TOC_NEVER));
    put(object, "ended_at_us", json_integer(toc_measure_end(measures)));
    put(object, "services", services_json(measures));
    put(object, "objectives", objectives_json(measures));
    put(object, "duties", duties_json(measures));
    put(object, "operators", operators_json(measures));
    put(object, "seats", seats_json(measures));
    put(object, "judgement", judgement_json(measures));
    put(object, "worst", event(toc_measure_worst(measures)));
    return object;
}

void toc_measured_print(const toc_measures *measures) {
    toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures));
    char title[256], policy[64];
    (void)printf("%s, seed %" PRIu64 ", played by %s: %zu of %zu objectives met, %zu of %zu duties "
                 "in time\n",
                 toc_problems_show(meta.title, title, sizeof title), meta.seed,
                 meta.policy[0] == '\0' ? "people"
                                        : toc_problems_show(meta.policy, policy, sizeof policy),
                 toc_measure_objectives_met(measures), toc_measure_objectives(measures),
                 toc_measure_duties_on_time(measures), toc_measure_duties_triggered(measures));
    size_t widest = 12;
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        size_t length = strlen(toc_measure_service_at(measures, i)->id);
        widest = length > widest ? length : widest;
    }
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        char unit[TOC_MOMENT_SIZE];
        (void)printf("  %-*s %-14s %12.3f %s not supplied, %.0f people-hours\n", (int)widest,
                     service->id, service->operator_id, service->loss_integral,
                     toc_moment_integral_unit(service->unit, unit), service->people_hours_lost);
    }
}
