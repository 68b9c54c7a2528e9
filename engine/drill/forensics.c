#include "drill/forensics.h"

#include <string.h>

#include "drill/adversary.h"
#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "model/intrusion.h"
#include "model/job.h"
#include "model/reach.h"
#include "model/reading.h"
#include "model/tank.h"

enum { SHOWN = 3 };

/* What somebody left on an asset. All of it follows from changes and tickets that are in the
   digest, and so it is not. */
struct trace {
    uint32_t asset;
    bool kept, gone;
};

static bool is_up(const toc_drill *drill, uint32_t asset) {
    toc_operation operation = toc_world_operation(drill->world, asset);
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

/* -- Traces ------------------------------------------------------------------------------------ */

/* The latest on the asset, NULL where there is none. */
static struct trace *trace_of(const toc_drill *drill, uint32_t asset) {
    for (uint32_t i = drill->traces.count; i > 0; i--) {
        struct trace *trace = TOC_LIST_AT(struct trace, &drill->traces, i - 1);
        if (trace->asset == asset) {
            return trace;
        }
    }
    return NULL;
}

static void leave(toc_drill *drill, uint32_t asset) {
    struct trace *trace = trace_of(drill, asset);
    if (trace == NULL || trace->gone) {
        trace = toc_list_add(&drill->traces, sizeof *trace);
        *trace = (struct trace){.asset = asset};
    }
}

static bool is_adversary(const toc_drill *drill, const char *name) {
    bool found = false;
    for (uint32_t i = 0; i < drill->adversaries.count; i++) {
        found = found || strcmp(toc_adversary_at(drill, i)->name, name) == 0;
    }
    return found;
}

/* The disks of an asset that is set up anew are written over; a device that is replaced is still
   there to be looked at. */
static void wipe(toc_drill *drill, uint32_t asset, const toc_job *job) {
    struct trace *trace = trace_of(drill, asset);
    bool is_new = job->doing == TOC_JOB_KIND_REIMAGE || job->doing == TOC_JOB_KIND_RESTORE;
    if (!is_new || trace == NULL || trace->gone) {
        return;
    }
    trace->gone = true;
    if (!trace->kept) {
        toc_trace_put(drill, TOC_TRACE_EVIDENCE, drill->topology->assets[asset].id,
                      job->crew == TOC_INDEX_NONE ? "" : drill->topology->crews[job->crew].id,
                      "lost", toc_job_kind_name(job->doing), 0, 0);
    }
}

void toc_forensics_on_change(toc_drill *drill, const toc_change *change) {
    bool is_intrusion = change->kind == TOC_CHANGE_ACCESS || change->kind == TOC_CHANGE_IMPLANT ||
                        change->kind == TOC_CHANGE_INTEGRITY;
    if (is_intrusion && change->after > change->before) {
        leave(drill, change->subject);
    } else if (change->kind == TOC_CHANGE_CAUSE && change->after == 1 &&
               change->subject < drill->topology->asset_count &&
               is_adversary(drill, drill->actor)) {
        leave(drill, change->subject);
    } else if (change->kind == TOC_CHANGE_JOB && change->after == TOC_JOB_DONE &&
               change->other < drill->topology->asset_count) {
        toc_job job = toc_job_read(drill->world, change->subject);
        wipe(drill, change->other, &job);
    }
}

void toc_forensics_finish(toc_drill *drill) {
    toc_list_finish(&drill->traces);
}

/* -- Actions ----------------------------------------------------------------------------------- */

const char *toc_forensics_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why != NULL) {
        return why;
    }
    if (ticket->object >= drill->topology->asset_count) {
        return "a link keeps no logs and no programs: inspect_site is for links";
    }
    if (ticket->verb == TOC_VERB_QUERY_LOG && !is_up(drill, ticket->object)) {
        return "it is down, and its logs with it: collect_evidence reads its disks";
    }
    return NULL;
}

static toc_team_card *card_of(toc_drill *drill, const toc_ticket *ticket) {
    return toc_team_make_card(drill, toc_seat_team(drill, ticket->seat), ticket->object);
}

static const char *since_text(toc_drill *drill, toc_time since) {
    char text[64];
    (void)toc_time_print(since / TOC_SECOND * TOC_SECOND, text, sizeof text);
    return toc_arena_text(drill->arena, text);
}

static const char *name_intruder(toc_drill *drill, const toc_intruder *intruder) {
    const char *from = intruder->source == TOC_INDEX_NONE
                           ? ""
                           : toc_arena_format(drill->arena, " from %s",
                                              drill->topology->assets[intruder->source].id);
    return toc_arena_format(drill->arena, "%s%s since %s", toc_reach_access_name(intruder->access),
                            from, since_text(drill, intruder->since));
}

/* Whoever tampered with an asset saw to its logs too: they show nothing then. */
const char *toc_forensics_end_query(toc_drill *drill, const toc_ticket *ticket,
                                    const char **out_said) {
    const char *said = "";
    uint32_t place = 0, count = 0;
    toc_intruder intruder;
    toc_access most = TOC_ACCESS_NONE;
    bool is_whole = !toc_intrusion_is_tampered(drill->world, ticket->object);
    if (!is_up(drill, ticket->object)) {
        return "it went down meanwhile, and its logs with it";
    }
    while (is_whole && toc_intrusion_next(drill->world, ticket->object, &place, &intruder)) {
        most = intruder.access > most ? intruder.access : most;
        if (++count <= SHOWN) {
            said = toc_arena_format(drill->arena, "%s%s%s", said, count == 1 ? "" : "; ",
                                    name_intruder(drill, &intruder));
        }
    }
    toc_team_card *card = card_of(drill, ticket);
    card->logs_at = toc_calendar_now(drill->calendar);
    card->intruder = most;
    *out_said = count == 0 ? "its logs show nothing unusual"
                           : toc_arena_format(drill->arena, "somebody is on it: %s", said);
    return NULL;
}

const char *toc_forensics_end_collect(toc_drill *drill, const toc_ticket *ticket,
                                      const char **out_said) {
    struct trace *trace = trace_of(drill, ticket->object);
    const char *what = "nothing";
    *out_said = "there was nothing to keep";
    if (trace != NULL && trace->gone) {
        what = "too-late";
        *out_said = "it was set up anew: what had been there is gone";
    } else if (trace != NULL) {
        what = "kept";
        *out_said = "traces of an intruder are kept";
        trace->kept = true;
    }
    toc_trace_put(drill, TOC_TRACE_EVIDENCE, ticket->target, toc_seat_name(drill, ticket->seat),
                  what, "", 0, 0);
    return NULL;
}

static bool reads_false(const toc_drill *drill, uint32_t asset) {
    uint32_t tank = toc_tank_find(drill->world, asset);
    return tank != TOC_INDEX_NONE &&
           (toc_reading_falsehood(drill->world, tank, TOC_READ_ON_SCREEN) != TOC_READ_TRULY ||
            toc_reading_falsehood(drill->world, tank, TOC_READ_BY_CONTROLS) != TOC_READ_TRULY);
}

static const char *unsafe(const toc_drill *drill, uint32_t asset) {
    uint32_t causes = toc_world_causes(drill->world, asset) & ~(1u << TOC_CAUSE_ISOLATED);
    toc_intruder intruder;
    uint32_t place = 0;
    for (uint32_t i = 0; i < drill->adversaries.count; i++) {
        if (toc_intrusion_has_implant(drill->world, i, asset)) {
            return "not safe: something in it lets a stranger in: reimage or restore_backup it";
        }
    }
    if (toc_intrusion_is_tampered(drill->world, asset) || reads_false(drill, asset)) {
        return "not safe: its settings are not what they should be: restore_config, or reimage it";
    }
    if (toc_intrusion_next(drill->world, asset, &place, &intruder)) {
        return "not safe: somebody is on it: rotate_secrets, or reimage it";
    }
    return causes != 0 ? "not safe: it is out of order: repair it first" : NULL;
}

const char *toc_forensics_end_validate(toc_drill *drill, const toc_ticket *ticket,
                                       const char **out_said) {
    const char *why = unsafe(drill, ticket->object);
    toc_team_card *card = card_of(drill, ticket);
    card->safe_at = why == NULL ? toc_calendar_now(drill->calendar) : TOC_NEVER;
    *out_said = why == NULL ? "it is safe to return to service" : why;
    return NULL;
}

const char *toc_forensics_begin_return(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why != NULL) {
        return why;
    }
    const toc_team_card *card =
        toc_team_card_of(drill, toc_seat_team(drill, ticket->seat), ticket->object);
    if (card == NULL || card->safe_at == TOC_NEVER) {
        return "nobody has found it safe: validate_safe first, or reconnect it at your own risk";
    }
    return toc_world_has_cause(drill->world, ticket->object, TOC_CAUSE_ISOLATED)
               ? toc_fieldwork_reconnect(drill, number)
               : toc_fieldwork_reenergise(drill, number);
}
