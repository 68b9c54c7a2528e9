/* Cli: the program's commands, and what they share: options, results on stdout, messages on stderr,
   colours and progress on a terminal only. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/package.h"
#include "tocsin/problems.h"
#include "tocsin/time.h"

enum { TOC_CLI_ARGUMENTS = 64 };

/* One option of a command. `value` names its argument in the help, NULL for a flag. */
typedef struct toc_cli_option {
    const char *name, *value, *sentence;
} toc_cli_option;

typedef struct toc_cli_command toc_cli_command;

/* What was given on the command line, checked against the command's options. */
typedef struct toc_cli_call {
    const toc_cli_command *command;
    const char *arguments[TOC_CLI_ARGUMENTS]; /* what is no option */
    size_t argument_count;
    const char *values[TOC_CLI_ARGUMENTS]; /* by option; NULL: not given; "" for a flag */
    struct {
        const char *name, *value;
    } given[TOC_CLI_ARGUMENTS]; /* all that have values, as they came */
    size_t given_count;
    bool json, quiet, printed; /* printed: the JSON document is out */
    toc_problems *problems;
} toc_cli_call;

struct toc_cli_command {
    const char *name, *usage, *sentence, *example;
    const toc_cli_option *options;
    size_t option_count, least_arguments, most_arguments;
    toc_status (*run)(toc_cli_call *call);
};

/* Runs the program; the result is its exit code. */
int toc_cli_run(int count, char **words);

/* The value of --NAME, NULL where it was not given. */
const char *toc_cli_value(const toc_cli_call *call, const char *name);
/* Of an option that may be given again and again: the value by number, NULL behind the last. */
const char *toc_cli_value_at(const toc_cli_call *call, const char *name, size_t number);
/* Says it on stderr with the command's name; wrong usage is exit code 2. */
toc_status toc_cli_usage(toc_cli_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A whole number below 2^63, decimal or 0x...; wrong usage where it is none. */
/* The package that an argument names; its scripts are ended when they work too long at one time. */
toc_status toc_cli_package(toc_cli_call *call, int argument, toc_package **out_package);
toc_status toc_cli_number(toc_cli_call *call, const char *name, uint64_t *out);
/* A drill time: "3h07m", "90min", "D+0 03:07:42"; wrong usage where it is none. */
toc_status toc_cli_time(toc_cli_call *call, const char *name, toc_time *out);

/* The same of a text; false where it is none. */
bool toc_cli_read_time(const char *text, toc_time *out);
/* The value of --language, "en" where it is not given; wrong usage where there is none of that
   name. */
toc_status toc_cli_language(toc_cli_call *call, const char **out);

/* A message for people on stderr, unless --quiet. */
void toc_cli_say(const toc_cli_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Writes the command's one document to stdout with its keys in the order they were set, and frees
   it. A command that fails without one gets a document of its problems. */
void toc_cli_print_json(toc_cli_call *call, json_t *document);
/* A text as JSON; what is no UTF-8 in it becomes visible escapes. */
json_t *toc_cli_text(const char *text);
/* A drill time as JSON: null for TOC_NEVER. */
json_t *toc_cli_time_json(toc_time time);
/* The problems of the call as an array of {severity, file, line, column, text}. */
json_t *toc_cli_problems_json(const toc_cli_call *call);
/* Writes them to stderr, one line each, errors before the count of what was not kept. */
void toc_cli_tell_problems(const toc_cli_call *call);
/* Whether `file` is a terminal that may be coloured. */
bool toc_cli_has_colour(int file);

#endif
