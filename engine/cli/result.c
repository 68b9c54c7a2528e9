#include "cli/result.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"
#include "tocsin/attachment.h"
#include "tocsin/plan.h"
#include "tocsin/record.h"
#include "tocsin/wording.h"

/* In the language that was asked for. */
static const char *worded(const toc_result *result, const char *text) {
    return result->language == NULL ? text : toc_wording_in(result->drill, result->language, text);
}

static json_t *services_json(const toc_drill *drill, uint32_t count) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_service service = toc_drill_service_at(drill, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(service.id));
        (void)json_object_set_new(object, "operator", toc_cli_text(service.operator_id));
        (void)json_object_set_new(object, "unit", toc_cli_text(service.unit));
        (void)json_object_set_new(object, "demand_integral", json_real(service.demand_integral));
        (void)json_object_set_new(object, "loss_integral", json_real(service.loss_integral));
        (void)json_object_set_new(object, "people_hours_lost",
                                  json_real(service.people_hours_lost));
        (void)json_object_set_new(object, "level_ppm", json_integer(service.level_ppm));
        (void)json_object_set_new(object, "min_level_ppm", json_integer(service.min_level_ppm));
        (void)json_object_set_new(object, "first_loss_us", toc_cli_time_json(service.first_loss));
        (void)json_object_set_new(object, "restored_at_us", toc_cli_time_json(service.restored_at));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *objectives_json(const toc_drill *drill, uint32_t count) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_objective objective = toc_drill_objective_at(drill, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(objective.id));
        (void)json_object_set_new(object, "met", json_boolean(objective.met));
        (void)json_object_set_new(object, "at_us", toc_cli_time_json(objective.met_at));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *duties_json(const toc_drill *drill, uint32_t count) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_duty duty = toc_drill_duty_at(drill, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(duty.id));
        (void)json_object_set_new(object, "operator", toc_cli_text(duty.operator_id));
        (void)json_object_set_new(object, "due_us", toc_cli_time_json(duty.due));
        (void)json_object_set_new(object, "done_us", toc_cli_time_json(duty.done_at));
        (void)json_object_set_new(object, "on_time", json_boolean(duty.on_time));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *decisions_json(const toc_result *result, uint32_t count) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_decision decision = toc_drill_decision_at(result->drill, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "id", toc_cli_text(decision.id));
        (void)json_object_set_new(object, "chosen", toc_cli_text(worded(result, decision.chosen)));
        (void)json_object_set_new(object, "by", toc_cli_text(decision.by));
        (void)json_object_set_new(object, "put_us", toc_cli_time_json(decision.opened_at));
        (void)json_object_set_new(object, "made_us", toc_cli_time_json(decision.made_at));
        (void)json_array_append_new(array, object);
    }
    return array;
}

/* What injects hand out, by its SHA-256, as people see it. */
static json_t *attachments_json(const toc_result *result) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < toc_plan_count(result->drill); i++) {
        toc_plan_part part = toc_plan_at(result->drill, i);
        for (uint32_t k = 0; k < part.attachment_count; k++) {
            toc_package_file file;
            char hash[65], caption[256];
            if (!toc_package_find(result->files, part.attachments[k], &file)) {
                continue;
            }
            toc_record_hash(file.bytes, file.size, hash);
            json_t *object = json_object();
            (void)json_object_set_new(object, "inject", toc_cli_text(part.id));
            (void)json_object_set_new(object, "path", toc_cli_text(file.path));
            (void)json_object_set_new(
                object, "caption",
                toc_cli_text(toc_attachment_caption(file.path, caption, sizeof caption)));
            (void)json_object_set_new(
                object, "type",
                json_string(toc_attachment_type(toc_attachment_of(file.bytes, file.size))));
            (void)json_object_set_new(object, "bytes", json_integer((json_int_t)file.size));
            (void)json_object_set_new(object, "sha256", json_string(hash));
            (void)json_array_append_new(array, object);
        }
    }
    return array;
}

json_t *toc_result_json(const toc_result *result) {
    toc_drill_facts facts = toc_drill_facts_of(result->drill);
    char digest[32];
    (void)snprintf(digest, sizeof digest, "%016" PRIx64, toc_drill_digest(result->drill));
    json_t *document = json_object();
    (void)json_object_set_new(document, "title", toc_cli_text(worded(result, facts.title)));
    (void)json_object_set_new(document, "classification",
                              toc_cli_text(worded(result, facts.classification)));
    (void)json_object_set_new(document, "package", toc_cli_text(result->package));
    (void)json_object_set_new(document, "policy", toc_cli_text(result->policy));
    (void)json_object_set_new(document, "seed", json_integer((json_int_t)result->seed));
    (void)json_object_set_new(document, "digest", toc_cli_text(digest));
    (void)json_object_set_new(document, "events",
                              json_integer((json_int_t)toc_drill_events(result->drill)));
    (void)json_object_set_new(document, "ended_at_us", json_integer(toc_drill_now(result->drill)));
    if (facts.power_rule[0] != '\0') {
        (void)json_object_set_new(document, "power_rule", json_string(facts.power_rule));
    }
    json_t *attachments = result->files == NULL ? NULL : attachments_json(result);
    if (json_array_size(attachments) > 0) {
        (void)json_object_set(document, "attachments", attachments);
    }
    json_decref(attachments);
    (void)json_object_set_new(document, "services", services_json(result->drill, facts.services));
    (void)json_object_set_new(document, "objectives",
                              objectives_json(result->drill, facts.objectives));
    (void)json_object_set_new(document, "duties", duties_json(result->drill, facts.duties));
    (void)json_object_set_new(document, "decisions", decisions_json(result, facts.decisions));
    return document;
}

enum { WHEN = 64 };

/* "3 h 07 min", "-" for never. */
static const char *span(toc_time time, char buffer[WHEN]) {
    if (time == TOC_NEVER) {
        return "-";
    }
    (void)snprintf(buffer, WHEN, "%" PRId64 " h %02" PRId64 " min", time / TOC_HOUR,
                   time % TOC_HOUR / TOC_MINUTE);
    return buffer;
}

/* The same with the clock on the wall behind it, where the drill says when it starts: "3 h 07 min
   (18:07)", "(01:20 +1 d)". */
static const char *when(const toc_drill *drill, toc_time time, char buffer[WHEN]) {
    char clock[TOC_MOMENT_SIZE];
    const char *starts = toc_drill_facts_of(drill).starts, *text = span(time, buffer);
    if (time == TOC_NEVER || !toc_moment_is_start(starts)) {
        return text;
    }
    size_t length = strlen(buffer);
    int64_t days = (toc_moment_of_day(starts) + time) / TOC_DAY;
    (void)snprintf(buffer + length, WHEN - length, " (%s", toc_moment_short(starts, time, clock));
    length = strlen(buffer);
    if (days > 0) {
        (void)snprintf(buffer + length, WHEN - length, " +%" PRId64 " d)", days);
    } else {
        (void)snprintf(buffer + length, WHEN - length, ")");
    }
    return buffer;
}

static int wider(int width, const char *name) {
    size_t length = strlen(name);
    return length > (size_t)width ? (int)length : width;
}

static void print_services(const toc_drill *drill, uint32_t count) {
    int id_width = 12, operator_width = 8;
    for (uint32_t i = 0; i < count; i++) {
        id_width = wider(id_width, toc_drill_service_at(drill, i).id);
        operator_width = wider(operator_width, toc_drill_service_at(drill, i).operator_id);
    }
    (void)printf("%-*s %-*s %20s %14s %8s  %-20s %s\n", id_width, "service", operator_width,
                 "operator", "not supplied", "people-hours", "worst", "lost at", "whole again at");
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_service service = toc_drill_service_at(drill, i);
        char lost[TOC_MOMENT_SIZE + 32], unit[TOC_MOMENT_SIZE], first[WHEN], restored[WHEN];
        (void)snprintf(lost, sizeof lost, "%.2f %s", service.loss_integral,
                       toc_moment_integral_unit(service.unit, unit));
        bool was_lost = service.first_loss != TOC_NEVER;
        /* the dot of a product is one column wide and two bytes long */
        int width = strstr(lost, "\xc2\xb7") == NULL ? 20 : 21;
        (void)printf("%-*s %-*s %*s %14.0f %6.1f %%  %-20s %s\n", id_width, service.id,
                     operator_width, service.operator_id, width, lost, service.people_hours_lost,
                     (double)service.min_level_ppm / 1e4, when(drill, service.first_loss, first),
                     !was_lost ? "-"
                     : service.restored_at == TOC_NEVER
                         ? "not restored"
                         : when(drill, service.restored_at, restored));
    }
}

static void print_decisions(const toc_result *result, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_decision decision = toc_drill_decision_at(result->drill, i);
        char made[WHEN], shown[256];
        const char *who = decision.by[0] != '\0' ? decision.by : "nobody: the default";
        (void)printf("%s%-10s %-20s %s%s%s\n", i == 0 ? "\ndecisions\n" : "", decision.id,
                     when(result->drill, decision.made_at, made),
                     decision.opened_at == TOC_NEVER ? "not put"
                     : decision.made_at == TOC_NEVER
                         ? "not made"
                         : toc_problems_show(worded(result, decision.chosen), shown, sizeof shown),
                     decision.made_at == TOC_NEVER ? "" : ", by ",
                     decision.made_at == TOC_NEVER ? "" : who);
    }
}

static void print_duties(const toc_drill *drill, uint32_t count) {
    int id_width = 16, operator_width = 8;
    for (uint32_t i = 0; i < count; i++) {
        id_width = wider(id_width, toc_drill_duty_at(drill, i).id);
        operator_width = wider(operator_width, toc_drill_duty_at(drill, i).operator_id);
    }
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_duty duty = toc_drill_duty_at(drill, i);
        char due[WHEN], done[WHEN];
        (void)printf("%s%-*s %-*s due %-20s %s%s%s\n", i == 0 ? "\nduties\n" : "", id_width,
                     duty.id, operator_width, duty.operator_id, when(drill, duty.due, due),
                     duty.on_time                ? "done at"
                     : duty.done_at == TOC_NEVER ? "not done"
                                                 : "late at",
                     duty.done_at == TOC_NEVER ? "" : " ",
                     duty.done_at == TOC_NEVER ? "" : when(drill, duty.done_at, done));
    }
}

void toc_result_print(const toc_result *result) {
    toc_drill_facts facts = toc_drill_facts_of(result->drill);
    char ended[WHEN], done[WHEN];
    char shown[256];
    (void)printf("%s (%s, %s, %s)\n",
                 toc_problems_show(worded(result, facts.title), shown, sizeof shown), facts.form,
                 facts.span, facts.content);
    (void)printf("seed %" PRIu64 ", played by %s, ended after %s, %" PRIu64
                 " events, digest %016" PRIx64 "\n",
                 result->seed, result->policy[0] == '\0' ? "its record" : result->policy,
                 span(toc_drill_now(result->drill), ended), toc_drill_events(result->drill),
                 toc_drill_digest(result->drill));
    if (facts.classification[0] != '\0') {
        (void)printf("classification: %s\n",
                     toc_problems_show(worded(result, facts.classification), shown, sizeof shown));
    }
    if (toc_moment_is_start(facts.starts)) {
        (void)printf("times since the start; in brackets the clock on the wall, from %s\n\n",
                     toc_problems_show(facts.starts, shown, sizeof shown));
    } else {
        (void)printf("times since the start\n\n");
    }
    if (facts.services > 0) {
        print_services(result->drill, facts.services);
    }
    for (uint32_t i = 0; i < facts.objectives; i++) {
        toc_drill_objective objective = toc_drill_objective_at(result->drill, i);
        (void)printf("%s%-10s %-8s %-20s %s\n", i == 0 ? "\nobjectives\n" : "", objective.id,
                     objective.met                       ? "met"
                     : objective.started_at == TOC_NEVER ? "open"
                                                         : "not met",
                     when(result->drill, objective.met_at, done),
                     toc_problems_show(worded(result, objective.text), shown, sizeof shown));
    }
    print_decisions(result, facts.decisions);
    print_duties(result->drill, facts.duties);
}
