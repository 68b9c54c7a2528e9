#include "drill/mark.h"

#include <string.h>

#include "drill/cell.h"
#include "kernel/digest.h"

struct mark {
    uint32_t name;
    toc_time at;
};

struct await {
    uint32_t name;
    toc_mark_reached *reached;
    uint64_t argument;
};

static const struct mark *find(const toc_drill *drill, const char *name) {
    uint32_t number = toc_names_find(drill->mark_names, name);
    uint32_t place = number < drill->named_marks.count
                         ? *TOC_LIST_AT(const uint32_t, &drill->named_marks, number)
                         : 0;
    return place == 0 ? NULL : TOC_LIST_AT(const struct mark, &drill->marks, place - 1);
}

bool toc_mark_set(toc_drill *drill, const char *name, const char *actor) {
    if (find(drill, name) != NULL) {
        return false;
    }
    struct mark *mark = toc_list_add(&drill->marks, sizeof *mark);
    mark->name = toc_names_add(drill->mark_names, name, NULL);
    mark->at = toc_calendar_now(drill->calendar);
    uint32_t number = mark->name;
    while (drill->named_marks.count <= number) {
        (void)toc_list_add(&drill->named_marks, sizeof(uint32_t));
    }
    *TOC_LIST_AT(uint32_t, &drill->named_marks, number) = drill->marks.count;
    if (actor != NULL) {
        toc_trace_put(drill, TOC_TRACE_MARK, name, actor, "", "", 0, 0);
    }
    toc_conditions_touch(drill->conditions, toc_cell_named(TOC_CELL_MARK, name));
    for (uint32_t i = 0; i < drill->awaits.count; i++) {
        struct await await = *TOC_LIST_AT(struct await, &drill->awaits, i);
        if (await.name == number) {
            await.reached(drill, await.argument);
        }
    }
    return true;
}

toc_time toc_mark_at(const toc_drill *drill, const char *name) {
    toc_conditions_read(drill->conditions, toc_cell_named(TOC_CELL_MARK, name));
    const struct mark *mark = find(drill, name);
    return mark == NULL ? TOC_NEVER : mark->at;
}

void toc_mark_await(toc_drill *drill, const char *name, toc_mark_reached *reached,
                    uint64_t argument) {
    if (find(drill, name) != NULL) {
        reached(drill, argument);
        return;
    }
    *(struct await *)toc_list_add(&drill->awaits, sizeof(struct await)) =
        (struct await){toc_names_add(drill->mark_names, name, NULL), reached, argument};
}

void toc_mark_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->marks.count; i++) {
        const struct mark *mark = TOC_LIST_AT(const struct mark, &drill->marks, i);
        toc_digest_text(digest, toc_names_at(drill->mark_names, mark->name));
        toc_digest_i64(digest, mark->at);
    }
}

void toc_mark_finish(toc_drill *drill) {
    toc_list_finish(&drill->marks);
    toc_list_finish(&drill->named_marks);
    toc_list_finish(&drill->awaits);
}
