/* Made record: a record written entry by entry through the engine's own door, for the tests of this
   room; the drill that it tells of was never played. */
#ifndef TESTS_EVALUATION_MADE_RECORD_H
#define TESTS_EVALUATION_MADE_RECORD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evaluation/measure.h"
#include "tocsin/formats.h"

static const char made_topology[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Two Towns\">\n"
    "  <operator id=\"east\" name=\"East Grid\" sector=\"power\" cii=\"yes\"/>\n"
    "  <operator id=\"west\" name=\"West Grid\" sector=\"power\" cii=\"yes\"/>\n"
    "  <asset id=\"e-1\" kind=\"substation\" operator=\"east\" x=\"0\" y=\"0\" people=\"600\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"e-2\" kind=\"rtu\" operator=\"east\" x=\"1\" y=\"0\"/>\n"
    "  <asset id=\"w-1\" kind=\"substation\" operator=\"west\" x=\"5\" y=\"1\" people=\"400\">\n"
    "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/></asset>\n"
    "</topology>\n";

typedef struct made_record {
    char path[64];
    toc_problems *problems;
    toc_package *package;
    toc_record *record; /* being written, then read */
    toc_measures *measures;
} made_record;

/* `title` may be hostile; the record is open for entries. */
static inline void made_begin(made_record *made, const char *title, const char *topology) {
    memset(made, 0, sizeof *made);
    (void)snprintf(made->path, sizeof made->path, "/tmp/tocsin-made-%ld.drill", (long)getpid());
    (void)unlink(made->path);
    made->problems = toc_problems_create();
    toc_package_file files[] = {{"scenario.lua", "return nil\n", 11},
                                {"topology.xml", topology, topology ? strlen(topology) : 0}};
    assert_int_equal(toc_package_from_files("made", files, topology == NULL ? 1 : 2, made->problems,
                                            &made->package),
                     TOC_OK);
    toc_record_meta meta = {.seed = 7, .digest_step = TOC_MINUTE};
    (void)snprintf(meta.title, sizeof meta.title, "%s", title);
    (void)snprintf(meta.package_name, sizeof meta.package_name, "made");
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "0.1.0");
    (void)snprintf(meta.policy, sizeof meta.policy, "reference");
    assert_int_equal(
        toc_record_create(made->path, made->package, &meta, made->problems, &made->record), TOC_OK);
}

static inline void made_put(made_record *made, toc_time time, toc_trace_kind kind,
                            const char *subject, const char *actor, const char *verb,
                            const char *text, int64_t before, int64_t after) {
    toc_trace_entry entry = {time, kind, subject, actor, verb, text, before, after};
    toc_record_trace(made->record, &entry);
}

static inline void made_fact(made_record *made, const char *verb, const char *subject,
                             const char *actor, const char *text, int64_t before) {
    made_put(made, 0, TOC_TRACE_FACT, subject, actor, verb, text, before, 0);
}

static inline void made_supply(made_record *made, toc_time time, const char *owner, int64_t before,
                               int64_t after) {
    made_put(made, time, TOC_TRACE_SERVICE, "power", owner, "", "MW", before, after);
}

static inline void made_people(made_record *made, toc_time time, const char *owner, int64_t before,
                               int64_t after) {
    made_put(made, time, TOC_TRACE_PEOPLE, "power", owner, "", "", before, after);
}

/* The demand of a service, all of it supplied. */
static inline void made_service(made_record *made, const char *owner, int64_t demand) {
    made_put(made, 0, TOC_TRACE_SERVICE, "power", owner, "at-start", "MW", demand, demand);
}

/* Ends the record at `end` (TOC_NEVER: cut short), and measures it. */
static inline toc_status made_measure(made_record *made, toc_time end) {
    if (end == TOC_NEVER) {
        assert_int_equal(toc_record_commit(made->record, made->problems), TOC_OK);
    } else {
        assert_int_equal(toc_record_finish(made->record, end, "length", 0x1234, 99, made->problems),
                         TOC_OK);
    }
    toc_record_close(made->record);
    assert_int_equal(toc_record_open(made->path, made->problems, &made->record), TOC_OK);
    return toc_measure_create(made->record, made->problems, &made->measures);
}

static inline void made_end(made_record *made) {
    toc_measure_destroy(made->measures);
    toc_record_close(made->record);
    toc_package_destroy(made->package);
    toc_problems_destroy(made->problems);
    (void)unlink(made->path);
}

#endif
