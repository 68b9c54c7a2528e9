/* Stage: a small drill of one operator and a regulator, for the tests of seats and stand-ins. */
#ifndef TESTS_DRILL_SEAT_STAGE_H
#define TESTS_DRILL_SEAT_STAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drill/observation.h"
#include "drill/seat.h"
#include "drill/state.h"
#include "tocsin/package.h"
#include "tocsin/standin.h"

#define STAGE_TOPOLOGY                                                                             \
    "<topology xmlns='urn:tocsin:topology:1' name='Harbour'>\n"                                    \
    "<operator id='gridco' name='Grid Company' sector='power' cii='yes'/>\n"                       \
    "<operator id='waterco' name='Water Company' sector='water' cii='yes'/>\n"                     \
    "<zone id='ot' operator='gridco' level='2'/>\n"                                                \
    "<zone id='plant' operator='waterco' level='2'/>\n"                                            \
    "<asset id='depot' kind='depot' operator='gridco' zone='ot' x='0' y='0'/>\n"                   \
    "<asset id='vpn-1' kind='vpn-server' operator='gridco' zone='ot' x='0' y='0'/>\n"              \
    "<asset id='rtu-1' kind='rtu' operator='gridco' zone='ot' x='10' y='0'/>\n"                    \
    "<asset id='ss-1' kind='substation' operator='gridco' zone='ot' x='10' y='0' people='3000'>"   \
    "<provides service='power' capacity='3' demand='2' unit='MW'/>"                                \
    "<needs service='control' from='rtu-1'/><work job='switch' median='20min'/></asset>\n"         \
    "<asset id='ss-2' kind='substation' operator='gridco' zone='ot' x='0' y='20' people='1000'>"   \
    "<provides service='power' capacity='2' demand='1' unit='MW'/></asset>\n"                      \
    "<asset id='pump-1' kind='pump' operator='waterco' zone='plant' x='5' y='5'>"                  \
    "<needs any='ss-1 ss-2'/></asset>\n"                                                           \
    "<crew id='east' operator='gridco' skills='switching repair' base='depot' size='1'/>\n"        \
    "</topology>\n"

#define STAGE_TEAMS                                                                                \
    "local t = require 'tocsin'\n"                                                                 \
    "local drill = t.drill { title = 'Harbour', topology = 'topology.xml', length = t.hours(6),\n" \
    "  kind = { form = 'practical', span = 'in-house', content = 'thematic' },\n"                  \
    "  starts = '2026-10-05 19:00 UTC' }\n"                                                        \
    "drill:team 'gridco' { 'dispatcher', 'soc', 'incident_lead', 'compliance', 'gardener' }\n"     \
    "drill:team 'waterco' { 'dispatcher' }\n"                                                      \
    "drill:team 'authority' { 'duty_officer' }\n"

typedef struct stage {
    toc_problems *problems;
    toc_package *package;
    toc_drill *drill;
    uint64_t entries;  /* on the trace */
    char leaks[4096];  /* of the LEAK entries: "subject by actor, verb: text" */
    char log[1 << 18]; /* of the ACTION entries, a line each: "seat verb target: text" */
} stage;

static inline void stage_trace(void *object, const toc_trace_entry *entry) {
    stage *staged = object;
    size_t length = strlen(staged->log);
    staged->entries++;
    if (entry->kind == TOC_TRACE_LEAK) {
        length = strlen(staged->leaks);
        (void)snprintf(staged->leaks + length, sizeof staged->leaks - length, "%s by %s, %s: %s\n",
                       entry->subject, entry->actor, entry->verb, entry->text);
        return;
    }
    if (entry->kind == TOC_TRACE_ACTION) {
        (void)snprintf(staged->log + length, sizeof staged->log - length, "%s %s %s: %s\n",
                       entry->actor, entry->verb, entry->subject, entry->text);
    }
}

/* The first problem as a user sees it, "" where there is none. */
static inline const char *stage_problem(const stage *staged) {
    static char line[2048];
    line[0] = '\0';
    if (toc_problems_kept(staged->problems) > 0) {
        (void)toc_problems_print(toc_problems_at(staged->problems, 0), line, sizeof line);
    }
    return line;
}

/* `more` is told before the end of the topology; `policy` NULL: the package has none of its own. */
static inline stage *stage_open_on(const char *more, const char *scenario, const char *policy,
                                   uint64_t seed) {
    stage *staged = calloc(1, sizeof *staged);
    char *text = malloc(1 << 16), map[8192];
    (void)snprintf(map, sizeof map, "%.*s%s</topology>\n",
                   (int)(strlen(STAGE_TOPOLOGY) - strlen("</topology>\n")), STAGE_TOPOLOGY, more);
    (void)snprintf(text, 1 << 16, "%s%sreturn drill\n", STAGE_TEAMS, scenario);
    toc_package_file files[] = {{"scenario.lua", text, strlen(text)},
                                {"topology.xml", map, strlen(map)},
                                {"policies/own.lua", policy, policy == NULL ? 0 : strlen(policy)}};
    toc_drill_options options = {.seed = seed, .trace = stage_trace, .trace_object = staged};
    staged->problems = toc_problems_create();
    toc_status status = toc_package_from_files("harbour", files, policy == NULL ? 2 : 3,
                                               staged->problems, &staged->package);
    free(text);
    if (status == TOC_OK) {
        status = toc_drill_open(staged->package, &options, staged->problems, &staged->drill);
    }
    if (status != TOC_OK) {
        fail_msg("%s", stage_problem(staged));
    }
    return staged;
}

static inline stage *stage_open(const char *scenario, const char *policy, uint64_t seed) {
    return stage_open_on("", scenario, policy, seed);
}

static inline void stage_close(stage *staged) {
    toc_drill_close(staged->drill);
    toc_package_destroy(staged->package);
    toc_problems_destroy(staged->problems);
    free(staged);
}

static inline void stage_until(stage *staged, toc_time until) {
    if (toc_drill_advance(staged->drill, until, staged->problems) != TOC_OK) {
        fail_msg("%s", stage_problem(staged));
    }
}

static inline toc_status stage_try(stage *staged, const char *seat, const char *verb,
                                   const char *target, const char *parameters) {
    toc_time at = 0;
    toc_input input = {.seat = seat, .verb = verb, .target = target, .parameters = parameters};
    return toc_drill_submit(staged->drill, &input, staged->problems, &at);
}

/* Submits and executes the instant in which it is taken up. */
static inline void stage_do(stage *staged, const char *seat, const char *verb, const char *target,
                            const char *parameters) {
    if (stage_try(staged, seat, verb, target, parameters) != TOC_OK) {
        fail_msg("%s", stage_problem(staged));
    }
    stage_until(staged, toc_drill_now(staged->drill) + 1);
}

/* Whether what the seat last did is told so: "seat verb target: text". */
static inline void stage_last(stage *staged, const char *wanted) {
    size_t length = strlen(staged->log);
    const char *line = staged->log;
    if (length > 0) {
        staged->log[length - 1] = '\0';
        line = strrchr(staged->log, '\n');
        line = line == NULL ? staged->log : line + 1;
    }
    assert_string_equal(line, wanted);
    if (length > 0) {
        staged->log[length - 1] = '\n';
    }
}

/* Its submission is not taken, and this is told. */
static inline void stage_refuses(const char *seat, const char *verb, const char *target,
                                 const char *parameters, const char *problem) {
    stage *staged = stage_open("", NULL, 1);
    assert_int_equal(stage_try(staged, seat, verb, target, parameters), TOC_BAD_INPUT);
    assert_string_equal(stage_problem(staged), problem);
    stage_until(staged, TOC_MINUTE);
    assert_string_equal(staged->log, "");
    stage_close(staged);
}

static inline uint32_t stage_seat(const stage *staged, const char *name) {
    uint32_t seat = toc_seat_find(staged->drill, name);
    assert_int_not_equal(seat, TOC_INDEX_NONE);
    return seat;
}

#endif
