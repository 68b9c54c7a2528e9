#include "papers/rundown.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "papers/tryout.h"
#include "papers/span.h"
#include "tocsin/msel.h"
#include "tocsin/wording.h"

enum { CELL = 2048 };

static const char *joined(const char *const *texts, uint32_t count, char list[CELL]) {
    size_t length = 0;
    list[0] = '\0';
    for (uint32_t i = 0; i < count && length < CELL; i++) {
        int added = snprintf(list + length, CELL - length, "%s%s", i == 0 ? "" : "; ", texts[i]);
        length += added > 0 ? (size_t)added : 0;
    }
    return list;
}

static const char *sender_of(const toc_leaf *leaf, const toc_drill *drill, const char *from) {
    return strcmp(from, toc_phrase_in("en", TOC_PHRASE_CONTROL)) == 0
               ? toc_leaf_say(leaf, TOC_PHRASE_CONTROL)
               : toc_wording_in(drill, toc_leaf_head_of(leaf).language, from);
}

static const char *receivers_of(const toc_leaf *leaf, const toc_plan_part *part, char list[CELL]) {
    return part->to_count == 1 && strcmp(part->to[0], "*") == 0
               ? toc_leaf_say(leaf, TOC_PHRASE_EVERYBODY)
               : joined(part->to, part->to_count, list);
}

static void script_row(toc_leaf *leaf, const toc_drill *drill, const toc_plan_part *part) {
    char at[64], wall[64] = "", to[CELL], expects[CELL], remarks[CELL];
    const char *say = toc_leaf_head_of(leaf).language;
    toc_msel_clock clock = toc_msel_clock_of(toc_drill_facts_of(drill).starts);
    if (part->at != TOC_NEVER) {
        (void)toc_time_print(part->at, at, sizeof at);
        (void)toc_span_wall(clock, part->at, wall);
    } else {
        (void)snprintf(
            at, sizeof at, "%s",
            toc_leaf_say(leaf, part->by_hand ? TOC_PHRASE_BY_HAND : TOC_PHRASE_ON_CONDITION));
    }
    (void)snprintf(
        remarks, sizeof remarks, "%s%s%s%s%s", part->channel, part->contingency ? "; " : "",
        part->contingency ? toc_leaf_say(leaf, TOC_PHRASE_CONTINGENCY) : "",
        part->silent ? "; " : "", part->silent ? toc_leaf_say(leaf, TOC_PHRASE_SILENT) : "");
    const char *cells[] = {toc_wording_in(drill, say, part->phase),
                           part->id,
                           at,
                           wall,
                           sender_of(leaf, drill, part->from),
                           receivers_of(leaf, part, to),
                           toc_wording_in(drill, say, part->text),
                           joined(part->expects, part->expect_count, expects),
                           remarks};
    toc_leaf_row(leaf, cells);
}

/* The injects of one instant, and the instant after it. */
static toc_time script_rows(toc_leaf *leaf, const toc_drill *drill, toc_time at) {
    toc_time next = TOC_NEVER;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind == TOC_PLAN_INJECT && part.at == at) {
            script_row(leaf, drill, &part);
        } else if (part.kind == TOC_PLAN_INJECT && part.at > at && part.at < next) {
            next = part.at;
        }
    }
    return next;
}

static uint32_t conditions_of(const toc_drill *drill) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        count += toc_plan_at(drill, i).kind == TOC_PLAN_CONDITION ? 1 : 0;
    }
    return count;
}

static void sample_row(toc_leaf *leaf, const toc_drill *drill, const toc_tryout_inject *inject) {
    char at[64], wall[TOC_SPAN_SIZE];
    toc_msel_clock clock = toc_msel_clock_of(toc_drill_facts_of(drill).starts);
    (void)toc_time_print(inject->at - inject->at % TOC_SECOND, at, sizeof at);
    toc_leaf_row(leaf, (const char *const[]){inject->id, at, toc_span_wall(clock, inject->at, wall),
                                             sender_of(leaf, drill, inject->from), inject->to,
                                             inject->text, inject->expects, inject->channel});
}

/* That there is more than the plan says, how much more in one run, and what. */
static toc_status write_sample(toc_leaf *leaf, const toc_papers_request *request,
                               toc_problems *problems) {
    static const toc_phrase_id heads[] = {
        TOC_PHRASE_NUMBER, TOC_PHRASE_DRILL_TIME, TOC_PHRASE_WALL_TIME, TOC_PHRASE_FROM,
        TOC_PHRASE_ROLE,   TOC_PHRASE_MESSAGE,    TOC_PHRASE_ACTION,    TOC_PHRASE_CHANNEL};
    uint32_t conditions = conditions_of(request->drill);
    toc_tryout *sample =
        toc_tryout_create(request->package, request->drill, request->language, problems);
    if (sample == NULL) {
        return TOC_BAD_INPUT;
    }
    uint32_t count = toc_tryout_count(sample);
    if (count > 0 || conditions > 0) {
        char *line = g_strdup_printf("%s %u · %s %u", toc_leaf_say(leaf, TOC_PHRASE_CONDITIONS),
                                     conditions, toc_leaf_say(leaf, TOC_PHRASE_CAME), count);
        toc_leaf_heading(leaf, TOC_PHRASE_FURTHER);
        toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_FURTHER_NOTE));
        toc_leaf_line(leaf, line);
        g_free(line);
    }
    if (count > 0) {
        toc_leaf_table(leaf, heads, G_N_ELEMENTS(heads));
    }
    for (uint32_t i = 0; i < count; i++) {
        toc_tryout_inject inject = toc_tryout_at(sample, i);
        sample_row(leaf, request->drill, &inject);
    }
    toc_tryout_destroy(sample);
    return TOC_OK;
}

toc_status toc_rundown_write(toc_leaf *leaf, const toc_papers_request *request,
                             toc_problems *problems) {
    static const toc_phrase_id heads[] = {
        TOC_PHRASE_PHASE,     TOC_PHRASE_NUMBER, TOC_PHRASE_DRILL_TIME,
        TOC_PHRASE_WALL_TIME, TOC_PHRASE_FROM,   TOC_PHRASE_ROLE,
        TOC_PHRASE_MESSAGE,   TOC_PHRASE_ACTION, TOC_PHRASE_REMARKS};
    const toc_drill *drill = request->drill;
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_SCRIPT_NOTE));
    toc_leaf_table(leaf, heads, G_N_ELEMENTS(heads));
    toc_time at = -1;
    do {
        at = script_rows(leaf, drill, at);
    } while (at != TOC_NEVER);
    (void)script_rows(leaf, drill, TOC_NEVER);
    return write_sample(leaf, request, problems);
}
