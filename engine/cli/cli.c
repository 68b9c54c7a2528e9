#include "cli/cli.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "tocsin/unit.h"

static const toc_cli_option common[] = {
    {"json", NULL, "one JSON document on standard output"},
    {"quiet", NULL, "no messages and no progress"},
    {"help", NULL, "this text"},
};

static void overview(FILE *out) {
    (void)fprintf(out, "Tocsin runs emergency drills for critical infrastructure.\n\n"
                       "usage: tocsin COMMAND [ARGUMENT...] [--OPTION...]\n\n");
    for (size_t i = 0; toc_command_table[i] != NULL; i++) {
        (void)fprintf(out, "  %-8s %s\n", toc_command_table[i]->name,
                      toc_command_table[i]->sentence);
    }
    (void)fprintf(out, "\n`tocsin COMMAND --help` says more. Start with `tocsin new my-drill`.\n"
                       "Exit codes: 0 done, 1 the input is at fault, 2 wrong usage, 3 the system "
                       "is at fault.\n");
}

static void print_option(FILE *out, const toc_cli_option *option) {
    char shown[64];
    (void)snprintf(shown, sizeof shown, "--%s%s%s", option->name, option->value ? " " : "",
                   option->value ? option->value : "");
    (void)fprintf(out, "  %-20s %s\n", shown, option->sentence);
}

static void help(FILE *out, const toc_cli_command *command) {
    (void)fprintf(out, "%s\n\nusage: tocsin %s %s\n\n", command->sentence, command->name,
                  command->usage);
    for (size_t i = 0; i < command->option_count; i++) {
        print_option(out, &command->options[i]);
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        print_option(out, &common[i]);
    }
    (void)fprintf(out, "\nexample: %s\n", command->example);
}

toc_status toc_cli_usage(toc_cli_call *call, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "tocsin %s: ", call->command->name);
    (void)vfprintf(stderr, format, arguments);
    (void)fprintf(stderr, "\nusage: tocsin %s %s\n`tocsin %s --help` says more.\n",
                  call->command->name, call->command->usage, call->command->name);
    va_end(arguments);
    return TOC_BAD_USAGE;
}

const char *toc_cli_value(const toc_cli_call *call, const char *name) {
    for (size_t i = 0; i < call->command->option_count; i++) {
        if (strcmp(call->command->options[i].name, name) == 0) {
            return call->values[i];
        }
    }
    return NULL;
}

toc_status toc_cli_number(toc_cli_call *call, const char *name, uint64_t *out) {
    const char *text = toc_cli_value(call, name);
    if (text == NULL) {
        return TOC_OK;
    }
    char *end = NULL;
    unsigned long long value = strtoull(text, &end, 0);
    if (text[0] < '0' || text[0] > '9' || *end != '\0') {
        return toc_cli_usage(call, "--%s: '%s' is not a whole number", name, text);
    }
    *out = value;
    return TOC_OK;
}

static bool clock_time(const char *text, toc_time *out) {
    long days = 0;
    int hours = 0, minutes = 0, seconds = 0, used = 0;
    if (sscanf(text, "D+%ld %d:%d:%d%n", &days, &hours, &minutes, &seconds, &used) != 4 &&
        sscanf(text, "%d:%d:%d%n", &hours, &minutes, &seconds, &used) != 3) {
        return false;
    }
    if (text[used] != '\0' || days < 0 || days > 100000 || hours < 0 || hours > 23 || minutes < 0 ||
        minutes > 59 || seconds < 0 || seconds > 59) {
        return false;
    }
    *out = days * TOC_DAY + hours * TOC_HOUR + minutes * TOC_MINUTE + seconds * TOC_SECOND;
    return true;
}

/* "3h07m": what people write for minutes after hours. */
static bool short_time(const char *text, toc_time *out) {
    char longer[64];
    size_t length = strlen(text);
    if (length < 2 || length > 40 || text[length - 1] != 'm') {
        return false;
    }
    (void)snprintf(longer, sizeof longer, "%.*smin", (int)length - 1, text);
    return toc_unit_parse_time(longer, out);
}

toc_status toc_cli_time(toc_cli_call *call, const char *name, toc_time *out) {
    const char *text = toc_cli_value(call, name);
    if (text == NULL || toc_unit_parse_time(text, out) || short_time(text, out) ||
        clock_time(text, out)) {
        return TOC_OK;
    }
    return toc_cli_usage(call,
                         "--%s: '%s' is no drill time; write 3h07m, 90min or "
                         "\"D+0 03:07:42\"",
                         name, text);
}

void toc_cli_say(const toc_cli_call *call, const char *format, ...) {
    if (call->quiet) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
}

void toc_cli_print_json(json_t *document) {
    (void)json_dumpf(document, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    (void)fputc('\n', stdout);
    json_decref(document);
}

json_t *toc_cli_problems_json(const toc_cli_call *call) {
    json_t *array = json_array();
    for (size_t i = 0; i < toc_problems_kept(call->problems); i++) {
        toc_problem problem = toc_problems_at(call->problems, i);
        json_t *object = json_object();
        (void)json_object_set_new(object, "severity",
                                  json_string(problem.severity == TOC_ERROR ? "error" : "warning"));
        (void)json_object_set_new(
            object, "file", problem.place.file ? json_string(problem.place.file) : json_null());
        (void)json_object_set_new(object, "line", json_integer(problem.place.line));
        (void)json_object_set_new(object, "column", json_integer(problem.place.column));
        (void)json_object_set_new(object, "text", json_string(problem.text));
        (void)json_array_append_new(array, object);
    }
    return array;
}

void toc_cli_tell_problems(const toc_cli_call *call) {
    size_t kept = toc_problems_kept(call->problems);
    bool coloured = toc_cli_has_colour(STDERR_FILENO);
    for (size_t i = 0; i < kept; i++) {
        toc_problem problem = toc_problems_at(call->problems, i);
        char line[4096];
        (void)toc_problems_print(problem, line, sizeof line);
        const char *colour = problem.severity == TOC_ERROR ? "\033[31m" : "\033[33m";
        (void)fprintf(stderr, "%s%s%s\n", coloured ? colour : "", line, coloured ? "\033[0m" : "");
    }
    size_t all = toc_problems_count(call->problems, TOC_ERROR) +
                 toc_problems_count(call->problems, TOC_WARNING);
    if (all > kept) {
        (void)fprintf(stderr, "and %zu more\n", all - kept);
    }
}

bool toc_cli_has_colour(int file) {
    const char *refused = getenv("NO_COLOR");
    return isatty(file) == 1 && (refused == NULL || refused[0] == '\0');
}

static const toc_cli_command *find_command(const char *name) {
    for (size_t i = 0; toc_command_table[i] != NULL; i++) {
        if (strcmp(toc_command_table[i]->name, name) == 0) {
            return toc_command_table[i];
        }
    }
    return NULL;
}

/* Stores an option's value; *used says how many words it took. */
static toc_status take_option(toc_cli_call *call, char **words, int left, int *used) {
    const char *name = words[0] + (words[0][1] == '-' ? 2 : 1);
    const char *equals = strchr(name, '=');
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const toc_cli_command *command = call->command;
    *used = 1;
    if (words[0][1] != '-' && strcmp(name, "o") == 0) {
        name = "output";
        length = strlen(name);
    }
    if (length == 4 && strncmp(name, "json", 4) == 0) {
        call->json = true;
        return TOC_OK;
    }
    if (length == 5 && strncmp(name, "quiet", 5) == 0) {
        call->quiet = true;
        return TOC_OK;
    }
    for (size_t i = 0; i < command->option_count; i++) {
        const toc_cli_option *option = &command->options[i];
        if (strlen(option->name) != length || strncmp(option->name, name, length) != 0) {
            continue;
        }
        if (option->value == NULL) {
            call->values[i] = "";
            return equals == NULL ? TOC_OK
                                  : toc_cli_usage(call, "--%s takes no value", option->name);
        }
        if (equals != NULL) {
            call->values[i] = equals + 1;
            return TOC_OK;
        }
        if (left < 2) {
            return toc_cli_usage(call, "--%s wants %s", option->name, option->value);
        }
        call->values[i] = words[1];
        *used = 2;
        return TOC_OK;
    }
    return toc_cli_usage(call, "there is no option '%s'", words[0]);
}

static toc_status parse(toc_cli_call *call, int count, char **words) {
    bool only_arguments = false;
    for (int i = 0; i < count;) {
        const char *word = words[i];
        if (!only_arguments && strcmp(word, "--") == 0) {
            only_arguments = true;
            i++;
        } else if (!only_arguments && word[0] == '-' && word[1] != '\0') {
            int used = 1;
            toc_status status = take_option(call, words + i, count - i, &used);
            if (status != TOC_OK) {
                return status;
            }
            i += used;
        } else if (call->argument_count == TOC_CLI_ARGUMENTS) {
            return toc_cli_usage(call, "more than %d arguments", TOC_CLI_ARGUMENTS);
        } else {
            call->arguments[call->argument_count++] = word;
            i++;
        }
    }
    if (call->argument_count < call->command->least_arguments) {
        return toc_cli_usage(call, "something is missing");
    }
    if (call->argument_count > call->command->most_arguments) {
        return toc_cli_usage(call, "'%s' is one too many",
                             call->arguments[call->command->most_arguments]);
    }
    return TOC_OK;
}

static bool asks_for_help(int count, char **words) {
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run_command(const toc_cli_command *command, int count, char **words) {
    if (asks_for_help(count, words)) {
        help(stdout, command);
        return 0;
    }
    toc_cli_call call = {.command = command, .problems = toc_problems_create()};
    toc_status status = parse(&call, count, words);
    if (status == TOC_OK) {
        status = command->run(&call);
    }
    toc_cli_tell_problems(&call);
    toc_problems_destroy(call.problems);
    if (fflush(stdout) != 0 && status == TOC_OK) {
        (void)fprintf(stderr, "tocsin: standard output cannot be written to\n");
        status = TOC_SYSTEM_FAULT;
    }
    return (int)status;
}

int toc_cli_run(int count, char **words) {
    const char *name = count > 1 ? words[1] : "";
    if (strcmp(name, "--version") == 0) {
        (void)printf("tocsin %s\n", TOC_VERSION);
        return 0;
    }
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        const toc_cli_command *asked = count > 2 ? find_command(words[2]) : NULL;
        if (asked != NULL) {
            help(stdout, asked);
        } else {
            overview(stdout);
        }
        return 0;
    }
    const toc_cli_command *command = find_command(name);
    if (command == NULL) {
        if (name[0] != '\0') {
            (void)fprintf(stderr, "tocsin: there is no command '%s'\n\n", name);
        }
        overview(stderr);
        return TOC_BAD_USAGE;
    }
    return run_command(command, count - 2, words + 2);
}
