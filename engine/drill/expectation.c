#include "drill/expectation.h"

#include "drill/spec.h"
#include "drill/watch.h"
#include "kernel/assert.h"

struct expectation {
    const char *inject, *verb;
    toc_time due, met_at;
    bool missed;
};

static struct expectation *expectation_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->expectations.count);
    return TOC_LIST_AT(struct expectation, &drill->expectations, number);
}

static void tell(toc_drill *drill, const struct expectation *expectation, const char *what,
                 const char *by) {
    const char *text = by[0] == '\0' ? what : toc_arena_format(drill->arena, "%s: %s", what, by);
    toc_trace_put(drill, TOC_TRACE_EXPECTATION, expectation->inject, "", expectation->verb, text,
                  expectation->due, 0);
}

static void on_met(toc_drill *drill, uint64_t number, const char *by) {
    struct expectation *expectation = expectation_at(drill, number);
    expectation->met_at = toc_calendar_now(drill->calendar);
    tell(drill, expectation, expectation->missed ? "late" : "met", by);
}

static void miss(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct expectation *expectation = expectation_at(drill, number);
    if (expectation->met_at == TOC_NEVER) {
        expectation->missed = true;
        tell(drill, expectation, "missed", "");
    }
}

/* The action by one of those who received the inject; by anybody where nobody did. */
static uint32_t make_criterion(toc_drill *drill, const toc_inject *inject, const char *verb) {
    toc_criterion group = {.kind = TOC_CRITERION_ANY,
                           .function = TOC_SPEC_NOTHING,
                           .first = TOC_INDEX_NONE,
                           .next = TOC_INDEX_NONE};
    uint32_t count = inject->to_count == 0 ? 1 : inject->to_count;
    for (uint32_t i = 0; i < count; i++) {
        toc_criterion acted = {.kind = TOC_CRITERION_ACTED,
                               .function = TOC_SPEC_NOTHING,
                               .what = verb,
                               .team = inject->to_count == 0 ? NULL : inject->to[i],
                               .first = TOC_INDEX_NONE,
                               .next = group.first};
        group.first = toc_criterion_add(drill, &acted);
    }
    return toc_criterion_add(drill, &group);
}

void toc_expectation_begin(toc_drill *drill, uint32_t number) {
    const toc_inject inject = *toc_inject_at(drill, number);
    toc_time now = toc_calendar_now(drill->calendar);
    for (uint32_t i = 0; i < inject.expect_count; i++) {
        uint32_t made = drill->expectations.count;
        struct expectation *expectation = toc_list_add(&drill->expectations, sizeof *expectation);
        *expectation = (struct expectation){
            .inject = inject.id, .verb = inject.expects[i], .due = TOC_NEVER, .met_at = TOC_NEVER};
        if (inject.within < TOC_NEVER - 1 - now) {
            expectation->due = now + inject.within;
            (void)toc_calendar_schedule(drill->calendar, expectation->due + 1, TOC_SCORING, miss,
                                        drill, made);
        }
        tell(drill, expectation, "expected", "");
        toc_watch_order order = {.criterion = make_criterion(drill, &inject, inject.expects[i]),
                                 .scope = {.since = now},
                                 .fired = on_met,
                                 .argument = made};
        (void)toc_watch_add(drill, &order);
    }
}

void toc_expectation_close(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->expectations.count; i++) {
        struct expectation *expectation = expectation_at(drill, i);
        if (expectation->met_at == TOC_NEVER && !expectation->missed) {
            expectation->missed = true;
            tell(drill, expectation, "missed", "the drill ended");
        }
    }
}

void toc_expectation_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->expectations.count; i++) {
        const struct expectation *expectation = expectation_at(drill, i);
        toc_digest_text(digest, expectation->inject);
        toc_digest_text(digest, expectation->verb);
        toc_digest_i64(digest, expectation->due);
        toc_digest_i64(digest, expectation->met_at);
        toc_digest_u64(digest, expectation->missed);
    }
}

void toc_expectation_finish(toc_drill *drill) {
    toc_list_finish(&drill->expectations);
}
