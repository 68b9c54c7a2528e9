/* what-if: a record played again with inputs changed, and what that changes. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/result.h"
#include "tocsin/record.h"

enum { MOST_EDITS = TOC_CLI_ARGUMENTS, WORD = 256, PARAMETERS = 4096 };

static const toc_cli_option options[] = {
    {"list", NULL, "show the inputs of the record with their numbers"},
    {"without", "N", "as if input N had not been given"},
    {"move", "N=BY", "as if input N had come so much earlier or later: 17=-20min"},
    {"add", "INPUT", "as if this had been done: \"1h05m gridco.soc isolate hmi-1 text=now\""},
    {"output", "FILE", "keep the record of what would have been (-o FILE.drill)"},
};

struct asked {
    toc_record_edit edits[MOST_EDITS];
    size_t count;
    char words[MOST_EDITS][3][WORD]; /* seat, verb and target of what is added */
    char parameters[MOST_EDITS][PARAMETERS];
};

static toc_status ask_without(toc_cli_call *call, const char *value, struct asked *asked) {
    unsigned long long number = 0;
    int taken = 0;
    if (sscanf(value, "%llu%n", &number, &taken) != 1 || value[taken] != '\0') {
        return toc_cli_usage(call,
                             "--without wants the number of an input, found '%s'; --list "
                             "shows them",
                             value);
    }
    asked->edits[asked->count++] =
        (toc_record_edit){.kind = TOC_RECORD_EDIT_DROP, .number = number};
    return TOC_OK;
}

static toc_status ask_move(toc_cli_call *call, const char *value, struct asked *asked) {
    unsigned long long number = 0;
    int taken = 0;
    toc_time by = 0;
    bool good = sscanf(value, "%llu=%n", &number, &taken) == 1 && taken > 0;
    bool earlier = good && value[taken] == '-';
    if (!good || !toc_cli_read_time(value + taken + (earlier || value[taken] == '+'), &by)) {
        return toc_cli_usage(call, "--move wants a number and a time, like 17=-20min, found '%s'",
                             value);
    }
    asked->edits[asked->count++] =
        (toc_record_edit){.kind = TOC_RECORD_EDIT_MOVE, .number = number, .by = earlier ? -by : by};
    return TOC_OK;
}

/* "key=value key=value" as the lines of an input; a value goes up to the next key. */
static void write_parameters(const char *text, char out[PARAMETERS]) {
    size_t used = 0;
    for (const char *at = text; *at != '\0' && used + 1 < PARAMETERS; at++) {
        const char *word = at + 1;
        size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz_");
        bool is_next = *at == ' ' && length > 0 && word[length] == '=';
        out[used++] = is_next ? '\n' : *at;
    }
    out[used] = '\0';
}

static toc_status ask_add(toc_cli_call *call, const char *value, struct asked *asked) {
    char when[WORD];
    size_t at = asked->count;
    char(*words)[WORD] = asked->words[at];
    int taken = 0;
    toc_time time = 0;
    words[2][0] = '\0';
    if (sscanf(value, "%255s %255s %255s%n", when, words[0], words[1], &taken) != 3 ||
        !toc_cli_read_time(when, &time)) {
        return toc_cli_usage(call,
                             "--add wants a time, a seat, an action and its target, like \"1h05m "
                             "gridco.soc isolate hmi-1\", found '%s'",
                             value);
    }
    const char *rest = value + taken + strspn(value + taken, " ");
    size_t length = strcspn(rest, " ");
    if (length > 0 && memchr(rest, '=', length) == NULL) {
        (void)snprintf(words[2], WORD, "%.*s", (int)length, rest);
        rest += length + strspn(rest + length, " ");
    }
    write_parameters(rest, asked->parameters[at]);
    asked->edits[asked->count++] =
        (toc_record_edit){.kind = TOC_RECORD_EDIT_ADD,
                          .input = {.at = time < 1 ? 1 : time,
                                    .seat = words[0],
                                    .verb = words[1],
                                    .target = words[2],
                                    .parameters = asked->parameters[at]}};
    return TOC_OK;
}

static toc_status read_edits(toc_cli_call *call, struct asked *asked) {
    static const struct {
        const char *name;
        toc_status (*ask)(toc_cli_call *call, const char *value, struct asked *asked);
    } kinds[] = {{"without", ask_without}, {"move", ask_move}, {"add", ask_add}};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        const char *value;
        for (size_t i = 0; (value = toc_cli_value_at(call, kinds[kind].name, i)) != NULL; i++) {
            if (asked->count == MOST_EDITS || kinds[kind].ask(call, value, asked) != TOC_OK) {
                return TOC_BAD_USAGE;
            }
        }
    }
    return asked->count > 0
               ? TOC_OK
               : toc_cli_usage(call, "say what was otherwise: --without, --move or --add; --list "
                                     "shows the inputs");
}

/* -- What is shown ------------------------------------------------------------------------------
 */

static void list_inputs(toc_cli_call *call, const toc_record *record) {
    json_t *list = json_array();
    for (uint64_t number = 1; number <= toc_record_input_count(record); number++) {
        toc_input input = toc_record_input_at(record, number);
        char when[64];
        (void)toc_time_print(input.at, when, sizeof when);
        if (!call->json) {
            (void)printf("%5" PRIu64 "  %s  %s %s %s\n", number, when, input.seat, input.verb,
                         input.target);
            continue;
        }
        json_t *row = json_object();
        (void)json_object_set_new(row, "number", json_integer((json_int_t)number));
        (void)json_object_set_new(row, "at_us", json_integer(input.at));
        (void)json_object_set_new(row, "seat", toc_cli_text(input.seat));
        (void)json_object_set_new(row, "verb", toc_cli_text(input.verb));
        (void)json_object_set_new(row, "target", toc_cli_text(input.target));
        (void)json_object_set_new(row, "parameters", toc_cli_text(input.parameters));
        (void)json_array_append_new(list, row);
    }
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set(document, "inputs", list);
        toc_cli_print_json(call, document);
    }
    json_decref(list);
}

static const char *time_text(toc_time time, char *buffer, size_t size) {
    (void)toc_time_print(time, buffer, size);
    return buffer;
}

static unsigned compare_services(const toc_drill *was, const toc_drill *is) {
    unsigned changes = 0;
    for (uint32_t i = 0; i < toc_drill_facts_of(was).services; i++) {
        toc_drill_service a = toc_drill_service_at(was, i), b = toc_drill_service_at(is, i);
        if (a.loss_integral != b.loss_integral || a.people_hours_lost != b.people_hours_lost) {
            changes++;
            (void)printf("%-15s %-11s %12.2f -> %.2f %s·h, %.0f -> %.0f people-hours\n", a.id,
                         a.operator_id, a.loss_integral, b.loss_integral, a.unit,
                         a.people_hours_lost, b.people_hours_lost);
        }
    }
    return changes;
}

static unsigned compare_objectives(const toc_drill *was, const toc_drill *is) {
    char before[64], after[64];
    unsigned changes = 0;
    for (uint32_t i = 0; i < toc_drill_facts_of(was).objectives; i++) {
        toc_drill_objective a = toc_drill_objective_at(was, i), b = toc_drill_objective_at(is, i);
        if (a.met != b.met || a.met_at != b.met_at) {
            changes++;
            (void)printf("%-15s %s -> %s\n", a.id,
                         a.met ? time_text(a.met_at, before, sizeof before) : "not met",
                         b.met ? time_text(b.met_at, after, sizeof after) : "not met");
        }
    }
    return changes;
}

static void show(toc_cli_call *call, const toc_drill *was, const toc_drill *is,
                 const toc_record *record) {
    if (call->json) {
        toc_record_meta meta = toc_record_meta_of(record);
        toc_result before = {.drill = was,
                             .files = toc_record_package(record),
                             .package = meta.package_name,
                             .policy = meta.policy,
                             .seed = meta.seed};
        toc_result after = before;
        after.drill = is;
        json_t *document = json_object();
        (void)json_object_set_new(document, "was", toc_result_json(&before));
        (void)json_object_set_new(document, "would_be", toc_result_json(&after));
        toc_cli_print_json(call, document);
        return;
    }
    (void)printf("what was -> what would have been, everybody else doing what they did\n\n");
    unsigned changes = compare_services(was, is) + compare_objectives(was, is);
    if (changes == 0) {
        (void)printf("no service and no objective would have come out otherwise\n");
    }
}

/* -- Playing ------------------------------------------------------------------------------------
 */

static toc_status open_new(toc_cli_call *call, const toc_record *record, toc_record **out_new) {
    const char *path = toc_cli_value(call, "output");
    toc_record_meta meta = toc_record_meta_of(record);
    meta.signer[0] = '\0';
    return path == NULL ? TOC_OK
                        : toc_record_create(path, toc_record_package(record), &meta, call->problems,
                                            out_new);
}

static toc_status play(toc_cli_call *call, const toc_record *record, const struct asked *asked) {
    toc_record *into = NULL;
    toc_drill *was = NULL, *is = NULL;
    toc_status status =
        toc_record_replay(record, TOC_NEVER, false, NULL, NULL, call->problems, &was);
    if (status == TOC_OK) {
        status = open_new(call, record, &into);
    }
    if (status == TOC_OK) {
        status = toc_record_revise(record, asked->edits, asked->count, into, call->problems, &is);
        if (status != TOC_OK && into != NULL) {
            toc_record_close(into);
            into = NULL;
            (void)unlink(toc_cli_value(call, "output"));
        }
    }
    if (status == TOC_OK) {
        show(call, was, is, record);
    }
    toc_drill_close(was);
    toc_drill_close(is);
    toc_record_close(into);
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct asked *asked = calloc(1, sizeof *asked); /* too large for a stack */
    toc_record *record = NULL;
    bool lists = toc_cli_value(call, "list") != NULL;
    toc_status status = lists ? TOC_OK : read_edits(call, asked);
    if (status == TOC_OK) {
        status = toc_record_open(call->arguments[0], call->problems, &record);
    }
    if (status == TOC_OK && lists) {
        list_inputs(call, record);
    } else if (status == TOC_OK) {
        status = play(call, record, asked);
    }
    toc_record_close(record);
    free(asked);
    return status;
}

const toc_cli_command toc_whatif_command = {
    .name = "what-if",
    .usage = "FILE.drill [--list] [--without N] [--move N=BY] [--add INPUT] [-o NEW.drill]",
    .sentence = "plays a record again with inputs changed, and shows what that changes",
    .example = "tocsin what-if evening.drill --move 17=-20min",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
