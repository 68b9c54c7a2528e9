#include "server/branching.h"

#include <stdlib.h>
#include <string.h>

#include "server/hall_state.h"
#include "server/reversal.h"

static struct course *at(const toc_hall *hall, uint32_t number) {
    g_assert(number >= 1 && number <= hall->courses->len);
    return &g_array_index(hall->courses, struct course, number - 1);
}

uint32_t toc_branching_count(const toc_hall *hall) {
    return hall->courses->len;
}

uint32_t toc_branching_read(const toc_hall *hall, uint32_t number, toc_wire_branch *out_branch) {
    const struct course *course = at(hall, number);
    toc_wire_clear(TOC_WIRE_M_BRANCH, out_branch);
    out_branch->at = number == 1 ? TOC_NEVER : course->forked_at;
    out_branch->until = course->left_at;
    out_branch->name = course->name;
    return course->parent;
}

void toc_branching_begin(toc_hall *hall) {
    const toc_record *record = hall->options.record;
    uint32_t count = toc_record_branch_count(record);
    for (uint32_t i = 1; i <= count; i++) {
        toc_record_branch branch = toc_record_branch_at(record, i);
        struct course course = {
            .parent = branch.parent,
            .forked_at = branch.forked_at,
            .left_at = i == count ? TOC_NEVER : toc_record_branch_end(record, i),
            .name = i == 1 ? "" : g_string_chunk_insert(hall->texts, branch.why)};
        (void)g_array_append_val(hall->courses, course);
    }
}

void toc_branching_add(toc_hall *hall, uint32_t parent, toc_time forked_at, const char *name) {
    toc_time now = toc_drill_now(hall->drill);
    struct course course = {.parent = parent,
                            .forked_at = forked_at,
                            .left_at = TOC_NEVER,
                            .name = g_string_chunk_insert(hall->texts, name)};
    at(hall, hall->courses->len)->left_at = now;
    (void)g_array_append_val(hall->courses, course);
}

/* A branch is numbered above the one that it leaves, so the higher of two is followed back. */
toc_time toc_branching_shared(const toc_hall *hall, uint32_t other) {
    uint32_t one = hall->courses->len;
    toc_time shared = TOC_NEVER;
    while (one != other) {
        uint32_t *higher = one > other ? &one : &other;
        shared = MIN(shared, at(hall, *higher)->forked_at);
        *higher = at(hall, *higher)->parent;
    }
    return shared;
}

/* -- The command --------------------------------------------------------------------------------
 */

static toc_wire_reason split(toc_hall *hall, const char *name, const char *desk,
                             toc_problems *problems) {
    toc_time now = toc_drill_now(hall->drill);
    hall->status = toc_record_split(hall->options.record, now, name, problems);
    if (hall->status != TOC_OK) {
        return TOC_WIRE_DISK_FAULT;
    }
    toc_branching_add(hall, hall->courses->len, now + 1, name);
    /* players are told nothing: nothing changes for them */
    toc_hall_journal(hall, "branched", desk, "", name);
    return TOC_WIRE_NONE;
}

/* What stands behind "name=", up to the end of its line. */
static char *name_in(const char *parameters) {
    const char *name = strncmp(parameters, "name=", 5) == 0 ? parameters + 5 : "";
    return g_strndup(name, strcspn(name, "\n"));
}

toc_wire_reason toc_branching_branch(toc_hall *hall, const toc_hall_deed *deed,
                                     toc_problems *problems) {
    char *end = NULL;
    unsigned long number = strtoul(deed->target, &end, 10);
    if (deed->target[0] != '\0' && (*end != '\0' || number == 0 || number > hall->courses->len)) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "there is no branch '%.40s'; they are 1 to %u. A new one is begun "
                                 "by 'branch name=...'",
                                 deed->target, hall->courses->len);
        return TOC_WIRE_NOT_UNDERSTOOD;
    }
    if (hall->over) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "the drill is over; 'tocsin replay --branch' plays its record "
                                 "with other inputs");
        return TOC_WIRE_ENDED;
    }
    char *name = name_in(deed->parameters);
    toc_wire_reason reason = TOC_WIRE_NONE;
    if (deed->target[0] == '\0' && deed->at == TOC_NEVER) {
        reason = split(hall, name[0] == '\0' ? "branch" : name, deed->desk, problems);
    } else {
        reason = toc_reversal_run(hall,
                                  &(toc_reversal){.branch = (uint32_t)number,
                                                  .at = deed->at,
                                                  .desk = deed->desk,
                                                  .name = name[0] == '\0' ? "branch" : name},
                                  problems);
    }
    g_free(name);
    return reason;
}
