#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "tocsin/unit.h"
#include "tocsin/wording.h"

static const toc_cli_option common[] = {
    {"json", NULL, "one JSON document on standard output"},
    {"quiet", NULL, "no messages and no progress"},
    {"help", NULL, "this text"},
};
enum { COMMON = sizeof common / sizeof common[0] };

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
    for (size_t i = 0; i < COMMON; i++) {
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

const char *toc_cli_value_at(const toc_cli_call *call, const char *name, size_t number) {
    for (size_t i = 0; i < call->given_count; i++) {
        if (strcmp(call->given[i].name, name) == 0 && number-- == 0) {
            return call->given[i].value;
        }
    }
    return NULL;
}

static int64_t worked(void) {
    struct timespec used = {0, 0};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

toc_status toc_cli_package(toc_cli_call *call, int argument, toc_package **out_package) {
    toc_status status = toc_package_open(call->arguments[argument], call->problems, out_package);
    if (status == TOC_OK) {
        toc_package_watch(*out_package, worked);
    }
    return status;
}

toc_status toc_cli_number(toc_cli_call *call, const char *name, uint64_t *out) {
    const char *text = toc_cli_value(call, name);
    if (text == NULL) {
        return TOC_OK;
    }
    char *end = NULL;
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    errno = 0;
    unsigned long long value = strtoull(text, &end, hexadecimal ? 16 : 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0') {
        return toc_cli_usage(call, "--%s: '%s' is not a whole number", name, text);
    }
    if (errno == ERANGE || value > INT64_MAX) {
        return toc_cli_usage(call, "--%s: '%s' is too large, the largest is %" PRId64, name, text,
                             INT64_MAX);
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

bool toc_cli_read_time(const char *text, toc_time *out) {
    return toc_unit_parse_time(text, out) || short_time(text, out) || clock_time(text, out);
}

toc_status toc_cli_time(toc_cli_call *call, const char *name, toc_time *out) {
    const char *text = toc_cli_value(call, name);
    if (text == NULL || toc_cli_read_time(text, out)) {
        return TOC_OK;
    }
    return toc_cli_usage(call,
                         "--%s: '%s' is no drill time; write 3h07m, 90min or "
                         "\"D+0 03:07:42\"",
                         name, text);
}

toc_status toc_cli_language(toc_cli_call *call, const char **out) {
    const char *language = toc_cli_value(call, "language");
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    *out = language == NULL ? languages[0] : language;
    return toc_wording_is_language(*out)
               ? TOC_OK
               : toc_cli_usage(call, "--language: there is no '%s'; there are en and zh", language);
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

void toc_cli_print_json(toc_cli_call *call, json_t *document) {
    call->printed = true;
    (void)json_dumpf(document, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    (void)fputc('\n', stdout);
    json_decref(document);
}

json_t *toc_cli_text(const char *text) {
    char shown[2048];
    json_t *string = json_string(text);
    return string != NULL ? string : json_string(toc_problems_show(text, shown, sizeof shown));
}

json_t *toc_cli_time_json(toc_time time) {
    return time == TOC_NEVER ? json_null() : json_integer(time);
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

static size_t commands(void) {
    size_t count = 0;
    while (toc_command_table[count] != NULL) {
        count++;
    }
    return count;
}

static const toc_cli_command *find_command(const char *name) {
    for (size_t i = 0; toc_command_table[i] != NULL; i++) {
        if (strcmp(toc_command_table[i]->name, name) == 0) {
            return toc_command_table[i];
        }
    }
    return NULL;
}

static toc_status no_such_option(toc_cli_call *call, const char *word, const char *name) {
    const char *names[TOC_CLI_ARGUMENTS];
    size_t count = 0;
    for (size_t i = 0; i < call->command->option_count; i++) {
        names[count++] = call->command->options[i].name;
    }
    for (size_t i = 0; i < COMMON; i++) {
        names[count++] = common[i].name;
    }
    char asked[64];
    (void)snprintf(asked, sizeof asked, "%.*s", (int)strcspn(name, "="), name);
    const char *nearest = toc_problems_nearest(names, count, asked);
    return nearest == NULL
               ? toc_cli_usage(call, "there is no option '%s'", word)
               : toc_cli_usage(call, "there is no option '%s'; did you mean --%s?", word, nearest);
}

static toc_status take_value(toc_cli_call *call, size_t option, char **words, int left, int *used) {
    const toc_cli_option *taken = &call->command->options[option];
    const char *equals = strchr(words[0], '=');
    if (taken->value == NULL) {
        call->values[option] = "";
        return equals == NULL ? TOC_OK : toc_cli_usage(call, "--%s takes no value", taken->name);
    }
    if (equals == NULL && left < 2) {
        return toc_cli_usage(call, "--%s wants %s", taken->name, taken->value);
    }
    if (call->given_count == TOC_CLI_ARGUMENTS) {
        return toc_cli_usage(call, "more than %d options", TOC_CLI_ARGUMENTS);
    }
    call->values[option] = equals != NULL ? equals + 1 : words[1];
    *used = equals != NULL ? 1 : 2;
    call->given[call->given_count].name = taken->name;
    call->given[call->given_count++].value = call->values[option];
    return TOC_OK;
}

/* Stores an option's value; *used says how many words it took. */
static toc_status take_option(toc_cli_call *call, char **words, int left, int *used) {
    bool is_short = words[0][1] != '-';
    const char *name = words[0] + (is_short ? 1 : 2);
    *used = 1;
    if (is_short && strcmp(name, "o") == 0) {
        name = "output";
    }
    if (strcmp(name, "json") == 0) {
        call->json = true;
        return TOC_OK;
    }
    if (strcmp(name, "quiet") == 0 || (is_short && strcmp(name, "q") == 0)) {
        call->quiet = true;
        return TOC_OK;
    }
    size_t length = strcspn(name, "=");
    for (size_t i = 0; i < call->command->option_count; i++) {
        const char *known = call->command->options[i].name;
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            return take_value(call, i, words, left, used);
        }
    }
    return no_such_option(call, words[0], name);
}

/* The argument that is missing, by its name in the usage line: "PACKAGE". */
static toc_status is_missing(toc_cli_call *call) {
    const char *word = call->command->usage;
    for (size_t i = 0; i < call->argument_count; i++) {
        word += strcspn(word, " ");
        word += strspn(word, " ");
    }
    return toc_cli_usage(call, "%.*s is missing", (int)strcspn(word, " "), word);
}

static toc_status parse(toc_cli_call *call, int count, char **words) {
    bool only_arguments = false;
    for (int i = 0; i < count;) {
        const char *word = words[i];
        int used = 1;
        if (!only_arguments && strcmp(word, "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && word[0] == '-' && word[1] != '\0') {
            toc_status status = take_option(call, words + i, count - i, &used);
            if (status != TOC_OK) {
                return status;
            }
        } else if (call->argument_count == TOC_CLI_ARGUMENTS) {
            return toc_cli_usage(call, "more than %d arguments", TOC_CLI_ARGUMENTS);
        } else {
            call->arguments[call->argument_count++] = word;
        }
        i += used;
    }
    if (call->argument_count < call->command->least_arguments) {
        return is_missing(call);
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

static void print_failure(toc_cli_call *call, toc_status status) {
    json_t *document = json_object();
    (void)json_object_set_new(document, "exit_code", json_integer((json_int_t)status));
    (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
    toc_cli_print_json(call, document);
}

/* What was written to standard output must have arrived there. */
static toc_status flush(toc_status status) {
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        (void)fprintf(stderr, "tocsin: standard output cannot be written to\n");
        return TOC_SYSTEM_FAULT;
    }
    return status;
}

static toc_status run_command(toc_cli_call *call, int count, char **words) {
    if (asks_for_help(count, words)) {
        help(stdout, call->command);
        return TOC_OK;
    }
    call->problems = toc_problems_create();
    toc_status status = parse(call, count, words);
    if (status == TOC_OK) {
        status = call->command->run(call);
    }
    if (call->json && !call->printed && (status == TOC_BAD_INPUT || status == TOC_SYSTEM_FAULT)) {
        print_failure(call, status);
    }
    toc_cli_tell_problems(call);
    toc_problems_destroy(call->problems);
    return status;
}

static toc_status no_such_command(const char *name) {
    const char *names[TOC_CLI_ARGUMENTS];
    size_t count = commands();
    for (size_t i = 0; i < count; i++) {
        names[i] = toc_command_table[i]->name;
    }
    const char *nearest = toc_problems_nearest(names, count, name);
    char shown[128];
    (void)fprintf(stderr, "tocsin: there is no command '%s'",
                  toc_problems_show(name, shown, sizeof shown));
    if (nearest != NULL) {
        (void)fprintf(stderr, "; did you mean '%s'?", nearest);
    }
    (void)fprintf(stderr, "\n`tocsin help` lists them.\n");
    return TOC_BAD_USAGE;
}

static toc_status give_help(const char *asked) {
    const toc_cli_command *command = asked == NULL ? NULL : find_command(asked);
    if (asked != NULL && command == NULL) {
        return no_such_command(asked);
    }
    if (command == NULL) {
        overview(stdout);
    } else {
        help(stdout, command);
    }
    return TOC_OK;
}

/* --json and --quiet may stand before the command as well. */
static bool is_common(const char *word, bool *json, bool *quiet) {
    bool *flag = strcmp(word, "--json") == 0 ? json : strcmp(word, "--quiet") == 0 ? quiet : NULL;
    if (flag != NULL) {
        *flag = true;
    }
    return flag != NULL;
}

int toc_cli_run(int count, char **words) {
    bool json = false, quiet = false;
    while (count > 1 && is_common(words[1], &json, &quiet)) {
        count--;
        words++;
    }
    const char *name = count > 1 ? words[1] : "";
    /* a limit on file sizes is told like a full disk, instead of ending the program */
    (void)signal(SIGXFSZ, SIG_IGN);
    toc_status status = TOC_OK;
    if (strcmp(name, "--version") == 0) {
        (void)printf("tocsin %s\n", TOC_VERSION);
    } else if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 ||
               strcmp(name, "-h") == 0) {
        status = give_help(count > 2 ? words[2] : NULL);
    } else if (name[0] == '\0') {
        overview(stderr);
        status = TOC_BAD_USAGE;
    } else {
        toc_cli_call call = {.command = find_command(name), .json = json, .quiet = quiet};
        status =
            call.command == NULL ? no_such_command(name) : run_command(&call, count - 2, words + 2);
    }
    return (int)flush(status);
}
