#include "drill/decision.h"

#include <string.h>

#include "drill/bindings.h"
#include "drill/cell.h"
#include "drill/fact.h"
#include "drill/inject.h"
#include "drill/observation.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/wording.h"
#include "kernel/assert.h"

struct decision {
    toc_decision facts;
    toc_time opened_at, due, made_at;
    uint32_t chosen; /* option, TOC_INDEX_NONE: none yet */
    uint32_t seat;   /* who chose, TOC_INDEX_NONE: nobody */
};

static struct decision *decision_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->decisions.count);
    return TOC_LIST_AT(struct decision, &drill->decisions, number);
}

bool toc_decision_add(toc_drill *drill, const toc_decision *decision) {
    if (toc_decision_chosen(drill, decision->id) != NULL) {
        return false;
    }
    *(struct decision *)toc_list_add(&drill->decisions, sizeof(struct decision)) =
        (struct decision){.facts = *decision,
                          .opened_at = TOC_NEVER,
                          .due = TOC_NEVER,
                          .made_at = TOC_NEVER,
                          .chosen = TOC_INDEX_NONE,
                          .seat = TOC_INDEX_NONE};
    return true;
}

/* TOC_INDEX_NONE where there is none, or it has not been put yet. */
static uint32_t find_open(const toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < drill->decisions.count; i++) {
        const struct decision *decision = decision_at(drill, i);
        if (decision->opened_at != TOC_NEVER && strcmp(decision->facts.id, id) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

static bool is_put_to(const toc_drill *drill, const struct decision *decision, uint32_t seat) {
    const toc_inject *inject = toc_inject_at(drill, decision->facts.inject);
    for (uint32_t i = 0; i < inject->to_count; i++) {
        if (toc_scenario_is_of(drill, seat, inject->to[i])) {
            return true;
        }
    }
    return false;
}

/* To everybody it was put to, and on the trace. */
static void tell(toc_drill *drill, const struct decision *decision, const char *verb,
                 const char *text) {
    const char *who =
        decision->seat == TOC_INDEX_NONE ? "" : toc_names_at(drill->seat_names, decision->seat);
    toc_trace_put(drill, TOC_TRACE_DECISION, decision->facts.id, who, verb, text, decision->due, 0);
    toc_observation observation = {.kind = TOC_OBSERVED_DECISION,
                                   .subject = decision->facts.id,
                                   .actor = who,
                                   .verb = verb,
                                   .text = text,
                                   .before = decision->due};
    for (uint32_t seat = 0; seat < toc_names_count(drill->seat_names); seat++) {
        if (is_put_to(drill, decision, seat)) {
            toc_observation_add(drill, seat, &observation);
        }
    }
}

static void settle(toc_drill *drill, uint32_t number, uint32_t option, const char *verb) {
    struct decision *decision = decision_at(drill, number);
    decision->chosen = option;
    decision->made_at = toc_calendar_now(drill->calendar);
    tell(drill, decision, verb, decision->facts.options[option]);
    toc_conditions_touch(drill->conditions, toc_cell_named(TOC_CELL_DECISION, decision->facts.id));
    if (decision->facts.function != TOC_SPEC_NOTHING) {
        const char *seat =
            decision->seat == TOC_INDEX_NONE ? "" : toc_names_at(drill->seat_names, decision->seat);
        toc_bind_decision_chosen(drill, decision->facts.function, decision->facts.options[option],
                                 seat);
    }
}

static void on_due(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct decision *decision = decision_at(drill, number);
    if (decision->chosen != TOC_INDEX_NONE) {
        return;
    }
    if (decision->facts.fallback == TOC_INDEX_NONE) {
        tell(drill, decision, "overdue", "");
    } else {
        settle(drill, (uint32_t)number, decision->facts.fallback, "default");
    }
}

static const char *list_options_in(toc_drill *drill, const toc_decision *decision,
                                   const char *language) {
    const char *list = toc_wording_in(drill, language, decision->options[0]);
    for (uint32_t i = 1; i < decision->option_count; i++) {
        list = toc_arena_format(drill->arena, "%s\n%s", list,
                                toc_wording_in(drill, language, decision->options[i]));
    }
    return list;
}

static const char *list_options(toc_drill *drill, const toc_decision *decision) {
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    const char *list = list_options_in(drill, decision, "");
    for (size_t i = 0; drill->wordings != NULL && i < count; i++) {
        const char *wording = list_options_in(drill, decision, languages[i]);
        if (strcmp(wording, list) != 0) {
            (void)toc_wording_tell(drill, list, languages[i], wording);
        }
    }
    return list;
}

void toc_decision_note_inject(toc_drill *drill, uint32_t inject) {
    toc_time now = toc_calendar_now(drill->calendar);
    for (uint32_t i = 0; i < drill->decisions.count; i++) {
        struct decision *decision = decision_at(drill, i);
        if (decision->facts.inject != inject) {
            continue;
        }
        decision->opened_at = now;
        if (decision->facts.within < TOC_NEVER - 1 - now) {
            decision->due = now + decision->facts.within;
            (void)toc_calendar_schedule(drill->calendar, decision->due + 1, TOC_SCORING, on_due,
                                        drill, i);
        }
        tell(drill, decision, "open", list_options(drill, &decision->facts));
    }
}

/* Said in any language in which it was put. */
static bool is_option(const toc_drill *drill, const char *option, const char *said) {
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    bool is_it = strcmp(option, said) == 0;
    for (size_t i = 0; drill->wordings != NULL && !is_it && i < count; i++) {
        is_it = strcmp(toc_wording_in(drill, languages[i], option), said) == 0;
    }
    return is_it;
}

static uint32_t find_option(const toc_drill *drill, const toc_decision *decision,
                            const char *said) {
    uint32_t at = 0;
    while (at < decision->option_count && !is_option(drill, decision->options[at], said)) {
        at++;
    }
    return at < decision->option_count ? at : TOC_INDEX_NONE;
}

const char *toc_decision_refusal(toc_drill *drill, const char *id, uint32_t seat,
                                 const char *option) {
    uint32_t number = find_open(drill, id);
    if (number == TOC_INDEX_NONE || !is_put_to(drill, decision_at(drill, number), seat)) {
        return "no such decision was put to this seat";
    }
    const struct decision *decision = decision_at(drill, number);
    if (decision->chosen != TOC_INDEX_NONE) {
        return toc_arena_format(drill->arena, "it has been decided: %s",
                                decision->facts.options[decision->chosen]);
    }
    if (option == NULL) {
        return "the option is not said";
    }
    if (find_option(drill, &decision->facts, option) == TOC_INDEX_NONE) {
        const char *nearest =
            toc_names_nearest_of(decision->facts.options, decision->facts.option_count, option);
        return toc_arena_format(drill->arena, "'%.60s' is none of its options; one is '%s'", option,
                                nearest != NULL ? nearest : decision->facts.options[0]);
    }
    return NULL;
}

void toc_decision_choose(toc_drill *drill, const char *id, uint32_t seat, const char *option) {
    uint32_t number = find_open(drill, id);
    struct decision *decision = decision_at(drill, number);
    uint32_t chosen = find_option(drill, &decision->facts, option);
    TOC_ASSERT(chosen != TOC_INDEX_NONE && decision->chosen == TOC_INDEX_NONE);
    decision->seat = seat;
    settle(drill, number, chosen, "chosen");
}

const char *toc_decision_chosen(const toc_drill *drill, const char *id) {
    toc_conditions_read(drill->conditions, toc_cell_named(TOC_CELL_DECISION, id));
    for (uint32_t i = 0; i < drill->decisions.count; i++) {
        const struct decision *decision = decision_at(drill, i);
        if (strcmp(decision->facts.id, id) == 0) {
            return decision->chosen == TOC_INDEX_NONE ? ""
                                                      : decision->facts.options[decision->chosen];
        }
    }
    return NULL;
}

toc_drill_decision toc_decision_read(const toc_drill *drill, uint32_t index) {
    const struct decision *decision = decision_at(drill, index);
    return (toc_drill_decision){
        .id = decision->facts.id,
        .question = decision->facts.question,
        .chosen =
            decision->chosen == TOC_INDEX_NONE ? "" : decision->facts.options[decision->chosen],
        .by =
            decision->seat == TOC_INDEX_NONE ? "" : toc_names_at(drill->seat_names, decision->seat),
        .opened_at = decision->opened_at,
        .made_at = decision->made_at};
}

void toc_decision_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->decisions.count; i++) {
        const toc_decision *decision = &decision_at(drill, i)->facts;
        toc_fact_put(drill, "decision", decision->id, list_options(drill, decision),
                     decision->question, decision->within);
    }
}

void toc_decision_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->decisions.count; i++) {
        const struct decision *decision = decision_at(drill, i);
        toc_digest_text(digest, decision->facts.id);
        toc_digest_i64(digest, decision->opened_at);
        toc_digest_u64(digest, (uint64_t)decision->chosen << 32 | decision->seat);
    }
}

void toc_decision_finish(toc_drill *drill) {
    toc_list_finish(&drill->decisions);
}
