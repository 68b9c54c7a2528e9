#include "server/reversal.h"

#include <stdlib.h>

#include "server/branching.h"
#include "server/hall_state.h"

/* Begins all logs anew behind their bases, with what was shown up to `at`, and of what was told
   what both branches share. */
static void start_over(toc_hall *hall, toc_time at, toc_time shared) {
    GArray *before = hall->notices;
    hall->notices = g_array_new(FALSE, FALSE, sizeof(struct notice));
    hall->rewound_at = at;
    hall->epoch++;
    for (uint32_t i = 0; i < hall->log_count; i++) {
        struct seat *seat = &hall->seats[i];
        (void)g_array_set_size(seat->log, 0);
        seat->read = 0;
        toc_outlook_destroy(seat->outlook);
        seat->outlook = i < hall->seat_count ? toc_outlook_create(hall->drill, i) : NULL;
    }
    for (guint i = 0; i < before->len; i++) {
        const struct notice *notice = &g_array_index(before, struct notice, i);
        if (notice->at <= shared) {
            toc_hall_whisper(hall, notice);
        }
    }
    (void)g_array_free(before, TRUE);
    toc_hall_read(hall, at);
}

/* How many events each seat has had, for the journal. */
static char *write_bases(toc_hall *hall) {
    GString *text = g_string_new("");
    for (uint32_t i = 0; i < hall->log_count; i++) {
        struct seat *seat = &hall->seats[i];
        seat->base += seat->log->len;
        g_string_append_printf(text, "%s%" G_GUINT64_FORMAT, i > 0 ? " " : "", seat->base);
    }
    return g_string_free(text, FALSE);
}

static void read_bases(toc_hall *hall, const char *text) {
    char *end = NULL;
    for (uint32_t i = 0; i < hall->log_count && *text != '\0'; i++, text = end) {
        hall->seats[i].base = strtoull(text, &end, 10);
    }
}

/* Stand-ins begin anew on the drill that takes the place of the old one. */
static toc_status replace(toc_hall *hall, toc_drill *fresh, toc_problems *problems) {
    bool *standins = g_new0(bool, hall->seat_count + 1);
    for (uint32_t i = 0; i < hall->seat_count; i++) {
        standins[i] = toc_standins_has(hall->standins, i);
    }
    toc_standins_destroy(hall->standins);
    hall->standins = NULL;
    toc_drill_close(hall->drill);
    hall->drill = fresh;
    *hall->options.drill = fresh;
    toc_status status = toc_hall_begin_standins(hall, standins, problems);
    g_free(standins);
    return status;
}

static toc_wire_reason fork_off(toc_hall *hall, toc_reversal *wanted, toc_problems *problems,
                                toc_drill **out_fresh) {
    uint32_t played = toc_branching_count(hall),
             parent = wanted->branch == 0 ? played : wanted->branch;
    bool is_behind = wanted->at >= 0 && wanted->at < toc_drill_now(hall->drill);
    if (hall->over || (parent == played && !is_behind) || wanted->at < 0) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "a drill is taken back to a time that is behind it");
        return TOC_WIRE_NOT_NOW;
    }
    toc_status status = toc_record_fork(hall->options.record, parent, wanted->at, wanted->name,
                                        problems, out_fresh);
    if (status == TOC_BAD_INPUT) {
        return TOC_WIRE_NOT_NOW;
    }
    hall->status = status;
    wanted->branch = parent;
    return status == TOC_OK ? TOC_WIRE_NONE : TOC_WIRE_DISK_FAULT;
}

toc_wire_reason toc_reversal_run(toc_hall *hall, const toc_reversal *wanted,
                                 toc_problems *problems) {
    toc_drill *fresh = NULL;
    toc_reversal way = *wanted;
    toc_wire_reason reason = fork_off(hall, &way, problems, &fresh);
    if (reason != TOC_WIRE_NONE) {
        return reason;
    }
    toc_time at = toc_drill_now(fresh);
    toc_time shared = MIN(at, toc_branching_shared(hall, way.branch));
    toc_branching_add(hall, way.branch, at, way.name);
    hall->status = replace(hall, fresh, problems);
    toc_hall_find_source(hall);
    if (hall->status != TOC_OK) {
        return TOC_WIRE_NOT_NOW;
    }
    char *bases = write_bases(hall), subject[64];
    (void)g_snprintf(subject, sizeof subject, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, at, shared);
    hall->paused = true;
    hall->step_until = TOC_NEVER;
    hall->carry = 0;
    /* the numbers are for resuming alone, and stand where people are not shown them */
    toc_record_entry entry = {
        .kind = "rewound", .seat = way.desk, .sender = bases, .subject = subject, .text = ""};
    toc_hall_write(hall, &entry);
    start_over(hall, at, shared);
    toc_hall_tell(hall, at, "rewound", way.desk, "");
    g_free(bases);
    return TOC_WIRE_NONE;
}

void toc_reversal_recall(toc_hall *hall, const toc_record_entry *entry) {
    char *end = NULL;
    toc_time at = strtoll(entry->subject, &end, 10);
    toc_time shared = *end == ' ' ? strtoll(end, NULL, 10) : at;
    read_bases(hall, entry->sender);
    hall->paused = true;
    start_over(hall, at, shared);
    toc_hall_tell(hall, at, "rewound", entry->seat, "");
}
