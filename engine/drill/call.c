#include "drill/call.h"

#include "drill/fact.h"

static void put(toc_drill *drill, uint32_t number, const char *verb, toc_time until) {
    const toc_inject *inject = toc_inject_at(drill, number);
    toc_trace_put(drill, TOC_TRACE_CALL, inject->id, inject->from, verb, inject->call->script,
                  until, 0);
}

/* Nobody called: it is written instead. */
static void on_late(void *object, uint64_t argument) {
    toc_drill *drill = object;
    uint32_t number = (uint32_t)argument;
    if (toc_inject_at(drill, number)->delivered_at == TOC_NEVER) {
        put(drill, number, "by-text", 0);
        (void)toc_inject_fire(drill, number);
    }
}

bool toc_call_ring(toc_drill *drill, uint32_t number) {
    if (!toc_inject_ring(drill, number)) {
        return false;
    }
    toc_time until = toc_calendar_now(drill->calendar) + toc_inject_at(drill, number)->call->within;
    put(drill, number, "due", until);
    (void)toc_calendar_schedule(drill->calendar, until, TOC_SENSOR, on_late, drill, number);
    return true;
}

const char *toc_call_make(toc_drill *drill, uint32_t number) {
    const toc_inject *inject = toc_inject_at(drill, number);
    if (inject->call == NULL) {
        return "it is no call";
    }
    if (inject->delivered_at != TOC_NEVER) {
        return "it has come already";
    }
    (void)toc_inject_ring(drill, number);
    put(drill, number, "made", 0);
    (void)toc_inject_fire(drill, number);
    return NULL;
}

void toc_call_facts(toc_drill *drill, const toc_inject *inject) {
    toc_fact_put(drill, "call", inject->id, inject->from, inject->call->script,
                 inject->call->within);
    for (uint32_t i = 0; i + 1 < inject->call->answer_count; i += 2) {
        toc_fact_put(drill, "answer", inject->id, inject->call->answers[i],
                     inject->call->answers[i + 1], 0);
    }
}
