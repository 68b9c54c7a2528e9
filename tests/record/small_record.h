/* A small record that all tests of this room write, and what they ask of one that was read. */
#ifndef TESTS_RECORD_SMALL_RECORD_H
#define TESTS_RECORD_SMALL_RECORD_H

#include "support/support.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tocsin/record.h"

enum { SMALL_FILES = 2 };

static inline toc_package *small_package(void) {
    static const char scenario[] = "return nothing, this is never run";
    static const char topology[] = "<topology/>";
    const toc_package_file files[SMALL_FILES] = {
        {"scenario.lua", scenario, sizeof scenario - 1},
        {"topology.xml", topology, sizeof topology - 1},
    };
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    assert_int_equal(toc_package_from_files("small", files, SMALL_FILES, problems, &package),
                     TOC_OK);
    toc_problems_destroy(problems);
    return package;
}

/* A folder of this test's own; small_clean removes it. */
static inline const char *small_folder(void) {
    static char folder[64];
    if (folder[0] == '\0') {
        (void)strcpy(folder, "/tmp/tocsin-record-XXXXXX");
        assert_non_null(mkdtemp(folder));
    }
    return folder;
}

static inline int small_clean(void **state) {
    (void)state;
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf %s", small_folder());
    return system(command);
}

static inline const char *small_path(const char *name) {
    static char path[8][128];
    static unsigned next;
    char *out = path[next++ % 8];
    (void)snprintf(out, sizeof path[0], "%s/%s", small_folder(), name);
    return out;
}

static inline toc_record *small_create(const char *path) {
    toc_record_meta meta = {.title = "Small",
                            .package_name = "small",
                            .engine_version = "0.0.1",
                            .policy = "none",
                            .seed = UINT64_C(0xfedcba9876543210),
                            .replication = 3,
                            .digest_step = TOC_MINUTE};
    toc_problems *problems = toc_problems_create();
    toc_package *package = small_package();
    toc_record *record = NULL;
    assert_int_equal(toc_record_create(path, package, &meta, problems, &record), TOC_OK);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return record;
}

/* Input, trace entry and digest number `number`. */
static inline toc_status small_add(toc_record *record, unsigned number, toc_problems *problems) {
    char target[32];
    (void)snprintf(target, sizeof target, "ss-%u", number);
    toc_input input = {.at = number * TOC_SECOND + 1,
                       .seat = "gridco.dispatcher",
                       .verb = "switch",
                       .target = target,
                       .parameters = "crew=east\nrank=2"};
    toc_trace_entry entry = {.time = number * TOC_SECOND + 1,
                             .kind = TOC_TRACE_ACTION,
                             .subject = target,
                             .actor = "gridco.dispatcher",
                             .verb = "switch",
                             .text = "requested",
                             .before = -1,
                             .after = number};
    toc_status status = toc_record_input(record, &input, problems);
    toc_record_trace(record, &entry);
    if (status == TOC_OK) {
        status = toc_record_digest(record, number * TOC_SECOND,
                                   UINT64_C(0x9e3779b97f4a7c15) * number, problems);
    }
    return status;
}

static inline void small_finish(toc_record *record) {
    toc_problems *problems = toc_problems_create();
    assert_int_equal(toc_record_finish(record, TOC_HOUR, "ended", 77, 1234, problems), TOC_OK);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 0);
    toc_problems_destroy(problems);
}

/* A finished record with `count` of each row. */
static inline void small_write(const char *path, unsigned count) {
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    for (unsigned i = 1; i <= count; i++) {
        assert_int_equal(small_add(record, i, problems), TOC_OK);
    }
    small_finish(record);
    toc_record_close(record);
    toc_problems_destroy(problems);
}

static inline uint64_t small_mix(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static inline uint64_t small_mix_text(uint64_t hash, const char *text) {
    return small_mix(hash, text, strlen(text) + 1);
}

/* Everything that a reader gives out, in one number. */
static inline uint64_t small_content(const toc_record *record) {
    toc_record_meta meta = toc_record_meta_of(record);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = small_mix_text(hash, meta.title);
    hash = small_mix_text(hash, meta.package_name);
    hash = small_mix_text(hash, meta.engine_version);
    hash = small_mix_text(hash, meta.policy);
    hash = small_mix_text(hash, meta.ended_why);
    const uint64_t numbers[] = {meta.seed,
                                meta.replication,
                                meta.package_digest,
                                (uint64_t)meta.digest_step,
                                (uint64_t)meta.ended_at,
                                meta.final_digest,
                                meta.events};
    hash = small_mix(hash, numbers, sizeof numbers);
    const toc_package *package = toc_record_package(record);
    hash = small_mix_text(hash, toc_package_name(package));
    for (size_t i = 0; i < toc_package_count(package); i++) {
        toc_package_file file = toc_package_at(package, i);
        hash = small_mix_text(hash, file.path);
        hash = small_mix(hash, file.bytes, file.size);
    }
    for (uint64_t i = 1; i <= toc_record_input_count(record); i++) {
        toc_input input = toc_record_input_at(record, i);
        hash = small_mix(hash, &input.at, sizeof input.at);
        hash = small_mix_text(hash, input.seat);
        hash = small_mix_text(hash, input.verb);
        hash = small_mix_text(hash, input.target);
        hash = small_mix_text(hash, input.parameters);
    }
    for (uint64_t i = 1; i <= toc_record_trace_count(record); i++) {
        toc_trace_entry entry = toc_record_trace_at(record, i);
        const int64_t fields[] = {entry.time, entry.kind, entry.before, entry.after};
        hash = small_mix(hash, fields, sizeof fields);
        hash = small_mix_text(hash, entry.subject);
        hash = small_mix_text(hash, entry.actor);
        hash = small_mix_text(hash, entry.verb);
        hash = small_mix_text(hash, entry.text);
    }
    for (uint64_t i = 1; i <= toc_record_digest_count(record); i++) {
        toc_time at = 0;
        uint64_t value = toc_record_digest_at(record, i, &at);
        hash = small_mix(hash, &at, sizeof at);
        hash = small_mix(hash, &value, sizeof value);
    }
    return hash;
}

/* Opens `path`; where that is refused, *text holds the problems, one a line. */
static inline toc_record *small_open(const char *path, char *text, size_t size) {
    toc_problems *problems = toc_problems_create();
    toc_record *record = NULL;
    toc_status status = toc_record_open(path, problems, &record);
    text[0] = '\0';
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        char line[1024];
        size_t used = strlen(text);
        (void)toc_problems_print(toc_problems_at(problems, i), line, sizeof line);
        (void)snprintf(text + used, size - used, "%s\n", line);
    }
    assert_int_equal(status == TOC_OK, record != NULL);
    assert_true(status == TOC_OK || toc_problems_count(problems, TOC_ERROR) > 0);
    toc_problems_destroy(problems);
    return record;
}

static inline unsigned char *small_bytes(const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *out_size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*out_size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *out_size, file), *out_size);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static inline void small_put(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

#endif
