/* Rehearsal: a package made of texts, opened as a drill whose trace is kept, for the tests of this
   room. */
#ifndef TESTS_DRILL_REHEARSAL_H
#define TESTS_DRILL_REHEARSAL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/drill.h"
#include "tocsin/package.h"

/* Four substations of one company behind a remote control, a regulator nobody need play. */
static const char rehearsal_topology[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Four Stations\">\n"
    "  <operator id=\"gridco\" name=\"Grid Company\" sector=\"power\" cii=\"yes\"/>\n"
    "  <operator id=\"regulator\" name=\"Regulator\" sector=\"government\"/>\n"
    "  <asset id=\"depot\" kind=\"depot\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <asset id=\"vpn-1\" kind=\"vpn-server\" operator=\"gridco\" x=\"0\" y=\"1\"/>\n"
    "  <asset id=\"hmi-1\" kind=\"hmi\" operator=\"gridco\" x=\"0\" y=\"1\"/>\n"
    "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\" x=\"1\" y=\"0\" "
    "people=\"4000\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"ss-2\" kind=\"substation\" operator=\"gridco\" x=\"2\" y=\"0\" "
    "people=\"3000\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"ss-3\" kind=\"substation\" operator=\"gridco\" x=\"3\" y=\"0\" "
    "people=\"2000\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"ss-4\" kind=\"substation\" operator=\"gridco\" x=\"4\" y=\"0\" "
    "people=\"1000\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "  <crew id=\"line-crew\" operator=\"gridco\" skills=\"switching repair\" base=\"depot\" "
    "size=\"2\"/>\n"
    "</topology>\n";

typedef struct rehearsal {
    toc_package *package;
    toc_problems *problems;
    toc_drill *drill;
    char *trace; /* a line an entry: "00:02:00 inject I-01 actor verb text before after" */
    size_t trace_length, trace_capacity;
    toc_time late; /* how late the last inject came */
} rehearsal;

static inline void rehearsal_note(void *object, const toc_trace_entry *entry) {
    rehearsal *played = object;
    char line[2048];
    long long seconds = entry->time / TOC_SECOND;
    int length =
        snprintf(line, sizeof line, "%02lld:%02lld:%02lld %s|%s|%s|%s|%s\n", seconds / 3600,
                 seconds / 60 % 60, seconds % 60, toc_trace_kind_name(entry->kind), entry->subject,
                 entry->actor, entry->verb, entry->text);
    played->late = entry->kind == TOC_TRACE_INJECT ? entry->before : played->late;
    size_t size = (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
    if (played->trace_length + size + 1 > played->trace_capacity) {
        played->trace_capacity = 2 * played->trace_capacity + 65536;
        played->trace = realloc(played->trace, played->trace_capacity);
    }
    memcpy(played->trace + played->trace_length, line, size + 1);
    played->trace_length += size;
}

/* Opens `scenario` with a topology (NULL: the one above) and a seed; played->drill is NULL where it
   has mistakes. */
static inline rehearsal *rehearsal_open(const char *scenario, const char *topology, uint64_t seed) {
    rehearsal *played = calloc(1, sizeof *played);
    const char *map = topology != NULL ? topology : rehearsal_topology;
    toc_package_file files[] = {{"scenario.lua", scenario, strlen(scenario)},
                                {"topology.xml", map, strlen(map)}};
    played->trace = calloc(1, 1);
    played->problems = toc_problems_create();
    assert_int_equal(toc_package_from_files("dark", files, 2, played->problems, &played->package),
                     TOC_OK);
    toc_drill_options options = {.seed = seed, .trace = rehearsal_note, .trace_object = played};
    (void)toc_drill_open(played->package, &options, played->problems, &played->drill);
    return played;
}

static inline void rehearsal_close(rehearsal *played) {
    toc_drill_close(played->drill);
    toc_package_destroy(played->package);
    toc_problems_destroy(played->problems);
    free(played->trace);
    free(played);
}

/* The problem of that number as a user sees it; "" where there is none. */
static inline const char *rehearsal_problem(const rehearsal *played, size_t index) {
    static char line[2048];
    line[0] = '\0';
    if (index < toc_problems_kept(played->problems)) {
        (void)toc_problems_print(toc_problems_at(played->problems, index), line, sizeof line);
    }
    return line;
}

/* Fails with the problems where there are any. */
static inline void rehearsal_check(const rehearsal *played) {
    assert_string_equal(rehearsal_problem(played, 0), "");
    assert_non_null(played->drill);
}

static inline void rehearsal_play(rehearsal *played, toc_time until) {
    rehearsal_check(played);
    toc_status status = toc_drill_advance(played->drill, until, played->problems);
    rehearsal_check(played);
    assert_int_equal(status, TOC_OK);
}

/* How often `text` stands in the trace. */
static inline int rehearsal_count(const rehearsal *played, const char *text) {
    int count = 0;
    for (const char *at = played->trace; (at = strstr(at, text)) != NULL; at++) {
        count++;
    }
    return count;
}

static inline void rehearsal_expect(const rehearsal *played, const char *text) {
    if (strstr(played->trace, text) == NULL) {
        print_error("not on the trace: %s\n%s", text, played->trace);
        fail();
    }
}

/* A scenario from its inner lines: t, drill (one hour, team gridco with dispatcher and soc). */
#define REHEARSAL_HEAD                                                                             \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Dark\", length = t.hours(1) }\n"                            \
    "drill:team \"gridco\" { \"dispatcher\", \"soc\" }\n"
#define REHEARSAL_TAIL   "\nreturn drill\n"
#define REHEARSAL(lines) REHEARSAL_HEAD lines REHEARSAL_TAIL

#endif
