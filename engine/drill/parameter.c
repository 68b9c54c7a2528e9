#include "drill/parameter.h"

#include <string.h>

#include "drill/action.h"
#include "drill/assessment.h"
#include "drill/emergency.h"
#include "drill/gist.h"
#include "drill/inject.h"
#include "drill/marking.h"
#include "kernel/assert.h"
#include "model/job.h"

enum { LOWEST_RANK = 0, HIGHEST_RANK = 1000, HIGHEST_COUNT = 100, LONGEST_KEY = 31 };

static const toc_place nowhere = {.file = NULL};

/* Whether `word` is one of the blank-separated words. */
static bool has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (const char *at = words; *at != '\0';) {
        size_t taken = strcspn(at, " ");
        if (taken == length && strncmp(at, word, length) == 0) {
            return true;
        }
        at += taken;
        at += strspn(at, " ");
    }
    return false;
}

static toc_status tell_unknown_key(const char *key, const char *keys, toc_problems *problems) {
    char copy[128], *table[TOC_PARAMETER_KEYS], *at = copy;
    uint32_t count = 0;
    TOC_ASSERT(strlen(keys) < sizeof copy);
    strcpy(copy, keys);
    while (*at != '\0') {
        TOC_ASSERT(count < TOC_PARAMETER_KEYS);
        table[count++] = at;
        at += strcspn(at, " ");
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    const char *nearest = toc_names_nearest_of((const char *const *)table, count, key);
    if (nearest != NULL) {
        return toc_problems_error(problems, nowhere,
                                  "'%.40s' is no parameter of this action; did you mean '%s'?", key,
                                  nearest);
    }
    return toc_problems_error(problems, nowhere, "'%.40s' is no parameter of this action%s%s", key,
                              count > 0 ? "; it takes " : ", which takes none", keys);
}

static toc_status tell_hint(toc_problems *problems, const char *what, const char *value,
                            const char *nearest) {
    if (nearest != NULL) {
        return toc_problems_error(problems, nowhere, "'%.60s' is no %s; did you mean '%s'?", value,
                                  what, nearest);
    }
    return toc_problems_error(problems, nowhere, "'%.60s' is no %s", value, what);
}

/* Whole numbers without sign, of a few digits. */
static bool read_number(const char *text, int64_t *out) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits] != '\0') {
        return false;
    }
    return toc_unit_parse_number(text, 1, out);
}

static toc_status check_crew(const toc_drill *drill, const char *value, toc_problems *problems) {
    if (toc_topology_find_crew(drill->topology, value) != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    toc_names *names = toc_names_create();
    for (uint32_t i = 0; i < drill->topology->crew_count; i++) {
        (void)toc_names_add(names, drill->topology->crews[i].id, NULL);
    }
    toc_status status = tell_hint(problems, "crew", value, toc_names_nearest(names, value));
    toc_names_destroy(names);
    return status;
}

static toc_status check_service(const toc_drill *drill, const char *value, toc_problems *problems) {
    const toc_topology *topology = drill->topology;
    return toc_topology_find_protocol(topology, value) != TOC_INDEX_NONE
               ? TOC_OK
               : tell_hint(
                     problems, "service of the network", value,
                     toc_names_nearest_of(topology->protocols, topology->protocol_count, value));
}

static toc_status check_supply(const toc_drill *drill, const char *key, const char *value,
                               toc_problems *problems) {
    const toc_topology *topology = drill->topology;
    const char *nearest;
    if (strcmp(key, "part") == 0) {
        return toc_topology_find_part(topology, value) != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_hint(problems, "part", value,
                               toc_names_nearest_of(topology->parts, topology->part_count, value));
    }
    if (toc_topology_find_vendor(topology, value) != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    toc_names *names = toc_names_create();
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        (void)toc_names_add(names, topology->vendors[i].id, NULL);
    }
    nearest = toc_names_nearest(names, value);
    toc_status status = tell_hint(problems, "vendor", value, nearest);
    toc_names_destroy(names);
    return status;
}

static toc_status check_state(const char *value, toc_problems *problems) {
    const char *names[TOC_OPERATIONS];
    for (int i = 0; i < TOC_OPERATIONS; i++) {
        names[i] = toc_world_operation_name((toc_operation)i);
        if (strcmp(names[i], value) == 0) {
            return TOC_OK;
        }
    }
    return tell_hint(problems, "state of an asset", value,
                     toc_names_nearest_of(names, TOC_OPERATIONS, value));
}

/* A power that a unit may be told to give. */
static bool is_output(const char *value) {
    const toc_unit *unit = NULL;
    int64_t watts = 0;
    return toc_unit_parse(value, &watts, &unit) && strcmp(unit->dimension, "power") == 0 &&
           watts >= 0 && watts <= INT64_MAX / 1000;
}

static bool is_skill(const char *value) {
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        if (value[0] != '\0' && strcmp(toc_job_kind_skill((toc_job_kind)kind), value) == 0) {
            return true;
        }
    }
    return false;
}

/* Keys whose values are names. */
static toc_status check_name(const toc_drill *drill, const char *key, const char *value,
                             toc_problems *problems) {
    if (strcmp(key, "crew") == 0) {
        return check_crew(drill, value, problems);
    }
    if (strcmp(key, "job") == 0) {
        return strcmp(value, "auto") == 0 || toc_job_find_kind(value) != TOC_JOB_KINDS
                   ? TOC_OK
                   : tell_hint(problems, "kind of work", value, toc_job_nearest_kind(value));
    }
    if (strcmp(key, "vendor") == 0 || strcmp(key, "part") == 0) {
        return check_supply(drill, key, value, problems);
    }
    if (strcmp(key, "skill") == 0) {
        return is_skill(value) ? TOC_OK
                               : tell_hint(problems, "skill that work asks for", value,
                                           toc_job_nearest_skill(value));
    }
    if (strcmp(key, "verb") == 0) {
        return toc_action_find(value) != TOC_VERBS
                   ? TOC_OK
                   : tell_hint(problems, "action", value, toc_action_nearest(value));
    }
    if (strcmp(key, "to") == 0 || strcmp(key, "where") == 0 || strcmp(key, "asset") == 0) {
        return toc_topology_find_element(drill->topology, value) != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_hint(problems, "asset or link", value,
                               toc_topology_nearest_element(drill->topology, value));
    }
    if (strcmp(key, "about") == 0) {
        return toc_gist_find(value) != TOC_GISTS
                   ? TOC_OK
                   : tell_hint(problems, "word for what a message is about", value,
                               toc_gist_nearest(value));
    }
    if (strcmp(key, "state") == 0) {
        return check_state(value, problems);
    }
    if (strcmp(key, "service") == 0) {
        return check_service(drill, value, problems);
    }
    if (strcmp(key, "tlp") == 0 || strcmp(key, "pap") == 0) {
        return toc_marking_find(value) != TOC_MARKINGS
                   ? TOC_OK
                   : tell_hint(problems, "marking", value, toc_marking_nearest(value));
    }
    if (strcmp(key, "channel") == 0) {
        return toc_inject_is_channel(value)
                   ? TOC_OK
                   : tell_hint(problems, "channel", value, toc_inject_nearest_channel(value));
    }
    return TOC_OK;
}

static toc_status check_value(const toc_drill *drill, const char *key, const char *value,
                              toc_problems *problems) {
    int64_t number = 0;
    toc_status status = check_name(drill, key, value, problems);
    if (status == TOC_OK) {
        status = toc_assessment_check(key, value, problems);
    }
    if (status != TOC_OK) {
        return status;
    }
    if (strcmp(key, "step") == 0) {
        return toc_emergency_check_step(drill, value, problems);
    }
    if (strcmp(key, "message") == 0) {
        const char *digits = value + (strncmp(value, "M-", 2) == 0 ? 2 : 0);
        return read_number(digits, &number)
                   ? TOC_OK
                   : toc_problems_error(problems, nowhere,
                                        "message: expected a number like M-3, found '%.40s'",
                                        value);
    }
    if ((strcmp(key, "count") == 0 || strcmp(key, "hours") == 0 || strcmp(key, "looks") == 0) &&
        (!read_number(value, &number) || number < 1 || number > HIGHEST_COUNT)) {
        return toc_problems_error(problems, nowhere,
                                  "%s: expected a whole number from 1 to %d, found '%.40s'", key,
                                  HIGHEST_COUNT, value);
    }
    if (strcmp(key, "order") == 0) {
        const char *digits = value + (strncmp(value, "O-", 2) == 0 ? 2 : 0);
        return read_number(digits, &number)
                   ? TOC_OK
                   : toc_problems_error(problems, nowhere,
                                        "order: expected a number like O-1, found '%.40s'", value);
    }
    if ((strcmp(key, "at") == 0 || strcmp(key, "claimed") == 0) && !read_number(value, &number)) {
        return toc_problems_error(problems, nowhere,
                                  "%s: expected whole seconds since the start, found '%.40s'", key,
                                  value);
    }
    if (strcmp(key, "rank") == 0 &&
        (!read_number(value, &number) || number < LOWEST_RANK || number > HIGHEST_RANK)) {
        return toc_problems_error(problems, nowhere,
                                  "rank: expected a whole number from %d to %d, found '%.40s'",
                                  LOWEST_RANK, HIGHEST_RANK, value);
    }
    if ((strcmp(key, "confidence") == 0 || strcmp(key, "share") == 0) &&
        (!toc_unit_parse_number(value, 1000000, &number) || number < 0 || number > 1000000)) {
        return toc_problems_error(problems, nowhere,
                                  "%s: expected a number from 0 to 1, found '%.40s'", key, value);
    }
    if (strcmp(key, "output") == 0 && !is_output(value)) {
        return toc_problems_error(problems, nowhere,
                                  "output: expected a power like 120MW, found '%.40s'", value);
    }
    return TOC_OK;
}

/* Takes the escapes out of `length` bytes. */
static const char *unescape(toc_drill *drill, const char *text, size_t length) {
    const char *end = text + length;
    char *made = toc_arena_heap(NULL, length + 1, 1), *to = made;
    for (const char *from = text; from < end; from++) {
        if (*from == '\\' && from + 1 < end && (from[1] == 'n' || from[1] == '\\')) {
            from++;
            *to++ = *from == 'n' ? '\n' : '\\';
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    const char *kept = toc_drill_keep(drill, made);
    toc_arena_heap_free(made);
    return kept;
}

static toc_status read_line(toc_drill *drill, const char *line, size_t length, const char *keys,
                            toc_problems *problems, toc_parameters *out) {
    char key[LONGEST_KEY + 1];
    size_t key_length = strcspn(line, "=\n");
    if (key_length >= length || key_length == 0 || key_length > LONGEST_KEY) {
        return toc_problems_error(problems, nowhere, "parameters are 'key=value', found '%.*s'",
                                  (int)(length < 40 ? length : 40), line);
    }
    memcpy(key, line, key_length);
    key[key_length] = '\0';
    if (!has_word(keys, key) && !toc_emergency_takes(drill, key)) {
        return tell_unknown_key(key, keys, problems);
    }
    if (toc_parameter_text(out, key) != NULL) {
        return toc_problems_error(problems, nowhere, "the parameter '%s' is given twice", key);
    }
    const char *value = unescape(drill, line + key_length + 1, length - key_length - 1);
    TOC_ASSERT(out->count < TOC_PARAMETER_KEYS);
    out->keys[out->count] = toc_drill_keep(drill, key);
    out->values[out->count++] = value;
    return check_value(drill, key, value, problems);
}

toc_status toc_parameter_read(toc_drill *drill, const char *text, const char *keys,
                              toc_problems *problems, toc_parameters *out) {
    toc_parameters read = {.count = 0};
    if (strlen(text) > TOC_PARAMETER_BYTES) {
        return toc_problems_error(problems, nowhere, "the parameters have more than %d bytes",
                                  TOC_PARAMETER_BYTES);
    }
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        toc_status status =
            length == 0 ? TOC_OK : read_line(drill, line, length, keys, problems, &read);
        if (status != TOC_OK) {
            return status;
        }
        line += length;
        line += *line == '\n';
    }
    *out = read;
    return TOC_OK;
}

const char *toc_parameter_text(const toc_parameters *parameters, const char *key) {
    for (uint32_t i = 0; i < parameters->count; i++) {
        if (strcmp(parameters->keys[i], key) == 0) {
            return parameters->values[i];
        }
    }
    return NULL;
}

int64_t toc_parameter_number(const toc_parameters *parameters, const char *key, int64_t absent) {
    int64_t number = absent;
    const char *text = toc_parameter_text(parameters, key);
    TOC_ASSERT(text == NULL || read_number(text, &number));
    return number;
}

int64_t toc_parameter_ppm(const toc_parameters *parameters, const char *key, int64_t absent) {
    int64_t ppm = absent;
    const char *text = toc_parameter_text(parameters, key);
    TOC_ASSERT(text == NULL || toc_unit_parse_number(text, 1000000, &ppm));
    return ppm;
}

static void put(char *buffer, size_t size, size_t *at, char c) {
    if (*at < size) {
        buffer[*at] = c;
    }
    (*at)++;
}

size_t toc_parameter_write(const char *key, const char *value, char *buffer, size_t size) {
    size_t at = 0;
    for (; *key != '\0'; key++) {
        put(buffer, size, &at, *key);
    }
    put(buffer, size, &at, '=');
    for (; *value != '\0'; value++) {
        if (*value == '\n' || *value == '\\') {
            put(buffer, size, &at, '\\');
        }
        put(buffer, size, &at, *value == '\n' ? 'n' : *value);
    }
    put(buffer, size, &at, '\n');
    if (size > 0) {
        buffer[at < size ? at : size - 1] = '\0';
    }
    return at;
}
