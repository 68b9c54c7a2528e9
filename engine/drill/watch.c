#include "drill/watch.h"

#include "kernel/assert.h"

enum { BY_SIZE = 200 };

enum stage { WAITING, ARMED, OVER };

struct watch {
    toc_watch_order order;
    uint32_t condition;
    enum stage stage;
    const char *by;
};

static struct watch *watch_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->watches.count);
    return TOC_LIST_AT(struct watch, &drill->watches, number);
}

static bool ask(void *object, uint64_t number) {
    toc_drill *drill = object;
    char by[BY_SIZE] = "";
    toc_watch_order order = watch_at(drill, number)->order;
    if (!toc_criterion_holds(drill, order.criterion, &order.scope, by, sizeof by)) {
        return false;
    }
    watch_at(drill, number)->by = toc_arena_text(drill->arena, by);
    return true;
}

static void fire(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct watch *watch = watch_at(drill, number);
    watch->stage = OVER;
    toc_watch_order order = watch->order;
    order.fired(drill, order.argument, watch->by);
}

static void arm(void *object, uint64_t number) {
    toc_drill *drill = object;
    if (watch_at(drill, number)->stage != WAITING) {
        return;
    }
    watch_at(drill, number)->stage = ARMED;
    uint32_t condition = toc_conditions_add(drill->conditions, ask, fire, drill, number);
    watch_at(drill, number)->condition = condition;
}

static void schedule(toc_drill *drill, uint32_t number) {
    (void)toc_calendar_schedule(drill->calendar, toc_calendar_now(drill->calendar), TOC_SCORING,
                                arm, drill, number);
}

uint32_t toc_watch_add(toc_drill *drill, const toc_watch_order *order) {
    uint32_t number = drill->watches.count;
    *(struct watch *)toc_list_add(&drill->watches, sizeof(struct watch)) =
        (struct watch){.order = *order, .stage = WAITING, .by = ""};
    if (drill->stage == TOC_DRILL_RUNNING) {
        schedule(drill, number);
    }
    return number;
}

void toc_watch_remove(toc_drill *drill, uint32_t number) {
    struct watch *watch = watch_at(drill, number);
    if (watch->stage == ARMED) {
        toc_conditions_remove(drill->conditions, watch->condition);
    }
    watch->stage = OVER;
}

uint32_t toc_watch_criterion(const toc_drill *drill, uint32_t number) {
    return watch_at(drill, number)->order.criterion;
}

void toc_watch_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->watches.count; i++) {
        schedule(drill, i);
    }
}

void toc_watch_finish(toc_drill *drill) {
    toc_list_finish(&drill->watches);
}
