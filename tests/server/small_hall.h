/* A small drill that people play over the loopback: for the tests of this room. */
#ifndef TESTS_SERVER_SMALL_HALL_H
#define TESTS_SERVER_SMALL_HALL_H

#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/lobby.h"
#include "server/loopback.h"
#include "server/session.h"
#include "server/token.h"
#include "tocsin/record.h"
#include "tocsin/stream.h"

#define HALL_TOPOLOGY                                                                              \
    "<topology xmlns='urn:tocsin:topology:1' name='Harbour'>\n"                                    \
    "<operator id='gridco' name='Grid Company' sector='power' cii='yes'/>\n"                       \
    "<operator id='waterco' name='Water Company' sector='water' cii='yes'/>\n"                     \
    "<asset id='vpn-1' kind='vpn-server' operator='gridco'/>\n"                                    \
    "<asset id='ss-1' kind='substation' operator='gridco' people='3000'>"                          \
    "<provides service='power' capacity='3' demand='2' unit='MW'/></asset>\n"                      \
    "<asset id='pump-1' kind='pump' operator='waterco'><needs any='ss-1'/></asset>\n"              \
    "</topology>\n"

#define HALL_TEAMS                                                                                 \
    "local t = require 'tocsin'\n"                                                                 \
    "local drill = t.drill { title = 'Harbour', topology = 'topology.xml', length = t.hours(2),\n" \
    "  kind = { form = 'practical', span = 'in-house', content = 'thematic' },\n"                  \
    "  starts = '2026-10-05 19:00 UTC' }\n"                                                        \
    "drill:team 'gridco' { 'dispatcher', 'soc' }\n"                                                \
    "drill:team 'waterco' { 'dispatcher' }\n"

/* Every ten seconds somebody calls the dispatcher. */
#define HALL_CALLS                                                                                 \
    "for i = 1, 600 do drill:inject { at = t.seconds(10 * i), to = 'gridco.dispatcher',\n"         \
    "  channel = 'phone', from = 'caller ' .. i, text = 'Call number ' .. i .. '.' } end\n"

/* Stand-ins say something every ten minutes. */
#define HALL_POLICY                                                                                \
    "local p = require 'tocsin.policy'\nlocal t = require 'tocsin'\n"                              \
    "return p.policy { default = function(seat) while true do seat:wait(t.minutes(10))\n"          \
    "  seat:say('gridco.soc', 'still here') end end }\n"

typedef struct small_hall {
    char folder[64], path[128];
    toc_problems *problems;
    toc_package *package; /* NULL after resuming */
    toc_record *record;
    toc_drill *drill;
    toc_token_book *tokens;
    char dispatcher[TOC_TOKEN_TEXT], soc[TOC_TOKEN_TEXT], water[TOC_TOKEN_TEXT];
    char control[TOC_TOKEN_TEXT], evaluator[TOC_TOKEN_TEXT], expired[TOC_TOKEN_TEXT];
    toc_loopback *loopback;
    toc_lobby *lobby;
    bool standins[8];
    bool paused;
    int finished; /* status + 1; 0: it goes on */
} small_hall;

static inline int64_t hall_moment(void) {
    return INT64_C(1700000000) * TOC_SECOND;
}

static inline void hall_finished(void *object, toc_status status) {
    ((small_hall *)object)->finished = (int)status + 1;
}

static inline void hall_pulse(void *object) {
    (void)object;
}

static inline void hall_must(small_hall *hall, toc_status status) {
    char line[1024] = "it failed";
    if (status != TOC_OK) {
        if (toc_problems_kept(hall->problems) > 0) {
            (void)toc_problems_print(toc_problems_at(hall->problems, 0), line, sizeof line);
        }
        fail_msg("%s", line);
    }
}

static inline void hall_open_doors(small_hall *hall, const toc_package *package) {
    toc_lobby_options options = {.hall = {.drill = &hall->drill,
                                          .record = hall->record,
                                          .package = package,
                                          .policy = "reference",
                                          .standins = hall->standins,
                                          .speed = 1000,
                                          .paused = hall->paused,
                                          .moment = hall_moment},
                                 .tokens = hall->tokens,
                                 .drill = "d-1",
                                 .most = 1000,
                                 .finished = hall_finished,
                                 .pulse = hall_pulse,
                                 .object = hall};
    hall->loopback = toc_loopback_create();
    options.transport = toc_loopback_transport(hall->loopback);
    hall_must(hall, toc_lobby_create(&options, hall->problems, &hall->lobby));
}

static inline void hall_issue(small_hall *hall, const char *seat, const char *role, int64_t expires,
                              char out[TOC_TOKEN_TEXT]) {
    toc_token_grant grant = {.seats = seat, .role = role, .expires = expires};
    hall_must(hall, toc_token_issue(hall->tokens, &grant, hall->problems, out));
}

static inline small_hall *hall_begin(const char *scenario) {
    small_hall *hall = calloc(1, sizeof *hall);
    char text[8192];
    /* one that has a t.drill of its own needs the teams no more */
    bool is_whole = strstr(scenario, "t.drill") != NULL;
    (void)snprintf(text, sizeof text, "%s%sreturn drill\n", is_whole ? "" : HALL_TEAMS, scenario);
    const toc_package_file files[] = {{"scenario.lua", text, strlen(text)},
                                      {"topology.xml", HALL_TOPOLOGY, strlen(HALL_TOPOLOGY)},
                                      {"policies/reference.lua", HALL_POLICY, strlen(HALL_POLICY)}};
    toc_record_meta meta = {.title = "Harbour", .policy = "reference", .seed = 1};
    hall->problems = toc_problems_create();
    (void)strcpy(hall->folder, "/tmp/tocsin-hall-XXXXXX");
    assert_non_null(mkdtemp(hall->folder));
    (void)snprintf(hall->path, sizeof hall->path, "%s/h.drill", hall->folder);
    hall_must(hall, toc_package_from_files("harbour", files, 3, hall->problems, &hall->package));
    hall_must(hall,
              toc_record_create(hall->path, hall->package, &meta, hall->problems, &hall->record));
    toc_drill_options options = {
        .seed = 1, .trace = toc_record_trace, .trace_object = hall->record};
    hall_must(hall, toc_drill_open(hall->package, &options, hall->problems, &hall->drill));
    hall->tokens = toc_token_create("d-1");
    int64_t later = hall_moment() / TOC_SECOND + 100;
    hall_issue(hall, "gridco.dispatcher", "player", later, hall->dispatcher);
    hall_issue(hall, "gridco.soc", "player", later, hall->soc);
    hall_issue(hall, "waterco.dispatcher", "player", later, hall->water);
    hall_issue(hall, "control", "control", later, hall->control);
    hall_issue(hall, "evaluator.gridco", "evaluator", later, hall->evaluator);
    hall_issue(hall, "gridco.soc", "player", later - 100, hall->expired);
    return hall;
}

static inline small_hall *hall_open(const char *scenario) {
    small_hall *hall = hall_begin(scenario);
    hall_open_doors(hall, hall->package);
    return hall;
}

/* As a power cut would: nothing is finished. */
static inline void hall_cut(small_hall *hall) {
    toc_lobby_destroy(hall->lobby);
    toc_loopback_destroy(hall->loopback);
    toc_drill_close(hall->drill);
    toc_record_close(hall->record);
    toc_package_destroy(hall->package);
    hall->package = NULL;
    hall->lobby = NULL;
}

static inline void hall_resume(small_hall *hall) {
    hall_must(hall, toc_record_resume(hall->path, hall->problems, &hall->record, &hall->drill));
    hall_open_doors(hall, toc_record_package(hall->record));
}

static inline void hall_close(small_hall *hall) {
    char command[96];
    if (hall->lobby != NULL) {
        hall_cut(hall);
    }
    toc_token_destroy(hall->tokens);
    toc_problems_destroy(hall->problems);
    (void)snprintf(command, sizeof command, "rm -rf %s", hall->folder);
    assert_int_equal(system(command), 0);
    free(hall);
}

/* -- Clients ------------------------------------------------------------------------------------
 */

static inline void hall_say(small_hall *hall, toc_peer peer, const char *text) {
    toc_loopback_send(hall->loopback, peer, text, strlen(text));
}

static inline void hall_pass(small_hall *hall, int seconds) {
    toc_loopback_run(hall->loopback, seconds * TOC_SECOND);
}

static inline toc_peer hall_join(small_hall *hall, const char *token, int after) {
    char text[256];
    toc_peer peer = toc_loopback_connect(hall->loopback, "10.0.0.1");
    (void)snprintf(text, sizeof text,
                   "{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"%s\",\"after\":%d}",
                   token, after);
    hall_say(hall, peer, text);
    return peer;
}

/* The next message that begins so; NULL where there is none. */
static inline const char *hall_hear(small_hall *hall, toc_peer peer, const char *beginning) {
    size_t size = 0;
    toc_loopback_run(hall->loopback, 0);
    const char *text = toc_loopback_take(hall->loopback, peer, &size);
    while (text != NULL && strncmp(text, beginning, strlen(beginning)) != 0) {
        text = toc_loopback_take(hall->loopback, peer, &size);
    }
    return text;
}

static inline bool hall_hears(small_hall *hall, toc_peer peer, const char *beginning) {
    return hall_hear(hall, peer, beginning) != NULL;
}

#endif
