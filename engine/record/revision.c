#include "record/revision.h"

#include <inttypes.h>
#include <stdlib.h>

#include "kernel/list.h"
#include "record/record_state.h"

/* An input and its place in the order of the record, which decides at equal times. */
struct revised {
    toc_input input;
    uint64_t order;
    bool dropped;
};

static toc_place place_of(const toc_record *record) {
    return (toc_place){.file = record->path};
}

static void read_all(const toc_record *record, toc_list *out) {
    for (uint64_t number = 1; number <= toc_record_input_count(record); number++) {
        struct revised *revised = toc_list_add(out, sizeof *revised);
        *revised = (struct revised){toc_record_input_at(record, number), number, false};
    }
}

static toc_status edit_one(const toc_record *record, const toc_record_edit *edit, toc_list *inputs,
                           toc_problems *problems) {
    if (edit->kind == TOC_RECORD_EDIT_ADD) {
        struct revised *added = toc_list_add(inputs, sizeof *added);
        *added = (struct revised){edit->input, inputs->count, false};
        return TOC_OK;
    }
    if (edit->number < 1 || edit->number > toc_record_input_count(record)) {
        return toc_problems_error(problems, place_of(record),
                                  "there is no input %" PRIu64 "; the record has %" PRIu64,
                                  edit->number, toc_record_input_count(record));
    }
    struct revised *revised = TOC_LIST_AT(struct revised, inputs, edit->number - 1);
    if (edit->kind == TOC_RECORD_EDIT_DROP) {
        revised->dropped = true;
    } else if (edit->by < 0 && revised->input.at + edit->by < 1) {
        revised->input.at = 1; /* as early as anything can be done */
    } else {
        revised->input.at += edit->by;
    }
    return TOC_OK;
}

static int by_time(const void *left, const void *right) {
    const struct revised *a = left, *b = right;
    if (a->input.at != b->input.at) {
        return a->input.at < b->input.at ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Schedules them all. What the edit has made impossible to say (an inject that never came) is
   warned of and left out: it would not have been said. */
static toc_status submit(const toc_list *inputs, toc_drill *drill, toc_record *into,
                         toc_problems *problems) {
    toc_status status = TOC_OK;
    for (uint32_t i = 0; status == TOC_OK && i < inputs->count; i++) {
        const struct revised *revised = TOC_LIST_AT(const struct revised, inputs, i);
        toc_problems *told = toc_problems_create();
        if (revised->dropped || revised->input.at > toc_drill_length(drill)) {
            toc_problems_destroy(told);
            continue;
        }
        if (toc_drill_replay(drill, &revised->input, told) != TOC_OK) {
            toc_problems_warn(problems, (toc_place){.file = NULL}, "%s %s %s: left out: %s",
                              revised->input.seat, revised->input.verb, revised->input.target,
                              toc_problems_at(told, 0).text);
        } else if (into != NULL) {
            status = toc_record_input(into, &revised->input, problems);
        }
        toc_problems_destroy(told);
    }
    return status;
}

static toc_status play(const toc_record *record, toc_drill *drill, toc_record *into,
                       toc_problems *problems) {
    toc_time step = record->meta.digest_step;
    toc_status status = TOC_OK;
    for (toc_time until = step; status == TOC_OK && !toc_drill_has_ended(drill); until += step) {
        status = toc_drill_advance(drill, until, problems);
        if (status == TOC_OK && into != NULL) {
            status =
                toc_record_digest(into, toc_drill_now(drill), toc_drill_digest(drill), problems);
        }
    }
    if (status == TOC_OK && into != NULL) {
        status = toc_record_finish(into, toc_drill_now(drill), "ended", toc_drill_digest(drill),
                                   toc_drill_events(drill), problems);
    }
    return status;
}

toc_status toc_revision_play(const toc_record *record, const toc_record_edit *edits, size_t count,
                             toc_record *into, toc_problems *problems, toc_drill **out_drill) {
    toc_list inputs = {0};
    toc_drill *drill = NULL;
    toc_drill_options options = {.seed = record->meta.seed,
                                 .replication = record->meta.replication,
                                 .trace = into == NULL ? NULL : toc_record_trace,
                                 .trace_object = into};
    toc_status status = TOC_OK;
    read_all(record, &inputs);
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = edit_one(record, &edits[i], &inputs, problems);
    }
    if (status == TOC_OK && inputs.count > 0) {
        qsort(inputs.items, inputs.count, sizeof(struct revised), by_time);
    }
    if (status == TOC_OK) {
        status = toc_drill_open(toc_record_package(record), &options, problems, &drill);
    }
    if (status == TOC_OK) {
        status = submit(&inputs, drill, into, problems);
    }
    if (status == TOC_OK) {
        status = play(record, drill, into, problems);
    }
    toc_list_finish(&inputs);
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}
