#include "cli/glimpse.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/result.h"
#include "evaluation/moment.h"
#include "tocsin/plan.h"
#include "tocsin/standin.h"
#include "tocsin/wording.h"

/* As much as one screen holds. */
enum { LATEST = 10, NEXT = 4, TEXT = 72, LINE = 256 };

struct memory {
    const char *starts, *language;
    const toc_drill *drill; /* NULL while it opens */
    char lines[LATEST][LINE];
    uint64_t told; /* lines so far; the latest of them are kept */
    uint64_t injects, actions;
};

static bool is_told(const toc_trace_entry *entry) {
    static const toc_trace_kind always[] = {
        TOC_TRACE_OBJECTIVE, TOC_TRACE_DUTY,     TOC_TRACE_INJECT, TOC_TRACE_MARK,
        TOC_TRACE_CONDITION, TOC_TRACE_DECISION, TOC_TRACE_PHASE,  TOC_TRACE_LOG,
        TOC_TRACE_HELD,      TOC_TRACE_LEAK,     TOC_TRACE_ORDER,  TOC_TRACE_EVIDENCE,
        TOC_TRACE_ASSESSMENT};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (entry->kind == always[i]) {
            return true;
        }
    }
    return (entry->kind == TOC_TRACE_ACTION &&
            (strcmp(entry->text, "requested") == 0 || strncmp(entry->text, "refused", 7) == 0)) ||
           (entry->kind == TOC_TRACE_TECHNIQUE && strncmp(entry->text, "started", 7) != 0);
}

/* "00:41:03  16:41:03  inject    I-02, phone, operator station 1: The cursor is moving ..." */
static void describe(const struct memory *memory, const toc_trace_entry *entry, char line[LINE]) {
    const char *const parts[] = {entry->actor, entry->verb, entry->subject};
    char time[TOC_MOMENT_SIZE], local[TOC_MOMENT_SIZE], text[TEXT];
    size_t length;
    (void)snprintf(line, LINE, "%s  %s  %-10s", toc_moment_print(entry->time, time),
                   toc_moment_local(memory->starts, entry->time, local),
                   toc_trace_kind_name(entry->kind));
    for (size_t i = 0; i < 3; i++) {
        length = strlen(line);
        if (parts[i][0] != '\0') {
            (void)snprintf(line + length, LINE - length, " %.48s",
                           memory->drill == NULL
                               ? parts[i]
                               : toc_wording_in(memory->drill, memory->language, parts[i]));
        }
    }
    length = strlen(line);
    if (entry->text[0] != '\0') {
        const char *said = memory->drill == NULL
                               ? entry->text
                               : toc_wording_in(memory->drill, memory->language, entry->text);
        (void)snprintf(line + length, LINE - length, ": %s",
                       toc_problems_show(said, text, sizeof text));
    }
}

static void remember(void *object, const toc_trace_entry *entry) {
    struct memory *memory = object;
    memory->injects += entry->kind == TOC_TRACE_INJECT ? 1 : 0;
    memory->actions += entry->kind == TOC_TRACE_ACTION && strcmp(entry->text, "requested") == 0;
    if (is_told(entry)) {
        describe(memory, entry, memory->lines[memory->told++ % LATEST]);
    }
}

static void print_services(const toc_drill *drill, uint32_t count) {
    uint32_t whole = 0;
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_service service = toc_drill_service_at(drill, i);
        char people[TOC_MOMENT_SIZE];
        if (service.level_ppm == 1000000) {
            whole++;
            continue;
        }
        (void)printf("  %-14s %-14s at %5.1f %%, %s people-hours lost so far\n", service.id,
                     service.operator_id, (double)service.level_ppm / 1e4,
                     toc_moment_number(service.people_hours_lost, 0, people));
    }
    (void)printf("  %" PRIu32 " of %" PRIu32 " services whole\n", whole, count);
}

static void print_latest(const struct memory *memory) {
    uint64_t first = memory->told > LATEST ? memory->told - LATEST : 0;
    for (uint64_t i = first; i < memory->told; i++) {
        (void)printf("%s  %s\n", i == first ? "\nlast\n" : "", memory->lines[i % LATEST]);
    }
}

/* What the clock will bring; conditions bring what they bring. */
static void print_next(const toc_drill *drill, const char *starts, const char *language) {
    toc_time now = toc_drill_now(drill), after = now;
    uint32_t told = 0;
    while (told < NEXT) {
        toc_time next = TOC_NEVER;
        for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
            toc_plan_part part = toc_plan_at(drill, i);
            bool comes = part.kind == TOC_PLAN_INJECT && part.at != TOC_NEVER && part.at > after;
            next = comes && part.at < next ? part.at : next;
        }
        if (next == TOC_NEVER) {
            return;
        }
        for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
            toc_plan_part part = toc_plan_at(drill, i);
            char time[TOC_MOMENT_SIZE], local[TOC_MOMENT_SIZE], text[TEXT];
            if (part.kind == TOC_PLAN_INJECT && part.at == next) {
                (void)printf("%s  %s  %s  inject     %s: %s\n", told++ == 0 ? "\nnext\n" : "",
                             toc_moment_print(next, time), toc_moment_local(starts, next, local),
                             part.id,
                             toc_problems_show(toc_wording_in(drill, language, part.text), text,
                                               sizeof text));
            }
        }
        after = next;
    }
}

static void print(const toc_drill *drill, const struct memory *memory,
                  const toc_glimpse_wish *wish) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    char time[TOC_MOMENT_SIZE], local[TOC_MOMENT_SIZE], title[LINE];
    uint32_t met = 0;
    for (uint32_t i = 0; i < facts.objectives; i++) {
        met += toc_drill_objective_at(drill, i).met ? 1 : 0;
    }
    (void)printf(
        "%s at %s (%s%s), seed %" PRIu64 ", played by %s\n",
        toc_problems_show(toc_wording_in(drill, wish->language, facts.title), title, sizeof title),
        toc_moment_print(toc_drill_now(drill), time),
        toc_moment_local(facts.starts, toc_drill_now(drill), local),
        toc_drill_has_ended(drill) ? ", the end" : "", wish->seed, wish->policy);
    (void)printf("  %" PRIu64 " events, %" PRIu64 " injects, %" PRIu64 " actions, %" PRIu32
                 " of %" PRIu32 " objectives met, digest %016" PRIx64 "\n",
                 toc_drill_events(drill), memory->injects, memory->actions, met, facts.objectives,
                 toc_drill_digest(drill));
    print_services(drill, facts.services);
    print_latest(memory);
    print_next(drill, facts.starts, wish->language);
    (void)fflush(stdout);
}

static void print_line(toc_cli_call *call, const toc_result *result) {
    json_t *document = toc_result_json(result);
    (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
    (void)json_dumpf(document, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    (void)fputc('\n', stdout);
    (void)fflush(stdout);
    json_decref(document);
    call->printed = true;
}

toc_status toc_glimpse_take(toc_cli_call *call, const toc_package *package,
                            const toc_glimpse_wish *wish) {
    struct memory memory = {.starts = "", .language = wish->language};
    toc_drill_options options = {.seed = wish->seed, .trace = remember, .trace_object = &memory};
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_status status = toc_drill_open(package, &options, call->problems, &drill);
    if (status == TOC_OK) {
        memory.starts = toc_drill_facts_of(drill).starts;
        memory.drill = drill;
        status = toc_standins_create(drill, package, wish->policy, NULL, NULL, call->problems,
                                     &standins);
    }
    if (status == TOC_OK) {
        status = toc_standins_play(standins, wish->at, call->problems);
    }
    if (status == TOC_OK && call->json) {
        toc_result result = {.drill = drill,
                             .package = toc_package_name(package),
                             .policy = wish->policy,
                             .seed = wish->seed,
                             .language = wish->language};
        print_line(call, &result);
    } else if (status == TOC_OK) {
        print(drill, &memory, wish);
    }
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    return status;
}
