/* Reference: writing down the rows. */
#include "script/reference.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/names.h"
#include "script/signature.h"

struct writer {
    const toc_reference_part *parts;
    size_t count, unreadable;
    const toc_reference_sink *sink;
    toc_names *unknown; /* types that no row explains */
};

static void put(const struct writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void put(const struct writer *writer, const char *format, ...) {
    char text[1024];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    TOC_ASSERT(length >= 0 && (size_t)length < sizeof text);
    writer->sink->write(writer->sink->object, text, (size_t)length);
}

/* Whether an earlier part, or the same one before `index`, has this very class or table. */
static bool is_told(const struct writer *writer, size_t part, size_t index,
                    const toc_bound_class *bound) {
    bool is_class = false;
    for (size_t p = 0; p <= part; p++) {
        size_t count = p == part ? index : toc_binder_bound_count(writer->parts[p].host);
        for (size_t i = 0; i < count; i++) {
            if (toc_binder_bound_at(writer->parts[p].host, i, &is_class) == bound) {
                return true;
            }
        }
    }
    return false;
}

static bool is_class_name(const struct writer *writer, const char *name) {
    bool is_class = false;
    for (size_t p = 0; p < writer->count; p++) {
        for (size_t i = 0; i < toc_binder_bound_count(writer->parts[p].host); i++) {
            const toc_bound_class *bound = toc_binder_bound_at(writer->parts[p].host, i, &is_class);
            if (is_class && strcmp(bound->name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* A word of a type; what follows it tells a parameter's name, as in fun(a: asset). */
static void put_word(const struct writer *writer, const char *word, bool is_parameter) {
    static const char *const plain[] = {"string", "number",   "integer", "boolean",
                                        "table",  "function", "fun",     "nil",
                                        "any",    "true",     "false",   "thread"};
    bool is_plain = is_parameter;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        is_plain = is_plain || strcmp(plain[i], word) == 0;
    }
    if (!is_plain && strcmp(word, "time") != 0 && !is_class_name(writer, word)) {
        (void)toc_names_add(writer->unknown, word, NULL);
    }
    put(writer, is_plain ? "%s" : "tocsin.%s", word);
}

/* A type as editors read it: classes by their full names, tables in braces as plain tables. */
static void put_type(const struct writer *writer, toc_signature_part type) {
    const char *at = type.text, *end = type.text + type.length;
    while (at < end) {
        char word[64] = "";
        size_t length = 0;
        while (at < end && is_letter(*at) && length + 1 < sizeof word) {
            word[length++] = *at++;
        }
        word[length] = '\0';
        if (length > 0) {
            put_word(writer, word, at < end && *at == ':');
        } else if (*at == '{') {
            const char *close = memchr(at, '}', (size_t)(end - at));
            put(writer, "table");
            at = close == NULL ? end : close + 1;
        } else if (*at == '"') {
            put(writer, "string");
            at = memchr(at + 1, '"', (size_t)(end - at - 1));
            at = at == NULL ? end : at + 1;
        } else {
            put(writer, "%c", *at++);
        }
    }
}

/* What an argument without brackets is called. */
static const char *curried_name(const toc_signature_argument *argument) {
    return argument->is_table ? "options" : "name";
}

static void put_result(const struct writer *writer, const toc_signature *signature) {
    if (signature->result.length > 0) {
        put(writer, "---@return ");
        put_type(writer, signature->result);
        put(writer, "\n");
    }
}

/* A bare name among options is a value by position: of the class of that name, else a text. */
static void put_positional(const struct writer *writer, const toc_signature_argument *entry,
                           bool is_list) {
    char name[64];
    (void)snprintf(name, sizeof name, "%.*s", (int)entry->name.length, entry->name.text);
    put(writer, "---@field [%s] %s%s\n", is_list ? "integer" : "1",
        is_class_name(writer, name) ? "tocsin." : "",
        is_class_name(writer, name) ? name : "string");
}

static void put_option(const struct writer *writer, const toc_signature_argument *entry) {
    put(writer, "---@field %.*s%s ", (int)entry->name.length, entry->name.text,
        entry->is_optional ? "?" : "");
    if (entry->is_table || entry->type.length == 0) {
        put(writer, entry->is_table ? "table" : "any");
    } else {
        put_type(writer, entry->type);
    }
    put(writer, "\n");
}

/* A class for the options in braces, so that editors complete their names. */
static void put_options(struct writer *writer, const char *owner, const char *name,
                        const toc_signature_argument *argument) {
    toc_signature entries = {.count = 0};
    if (!toc_signature_entries(argument->type, &entries)) {
        writer->unreadable++;
        return;
    }
    put(writer, "---@class tocsin.%s.%s.options\n", owner, name);
    bool is_list = entries.count > 1 && entries.arguments[entries.count - 1].name.text[0] == '.';
    for (size_t i = 0; i < entries.count; i++) {
        const toc_signature_argument *entry = &entries.arguments[i];
        if (entry->type.length == 0 && !entry->is_optional && entry->name.text[0] != '.') {
            put_positional(writer, entry, is_list);
        } else if (entry->name.text[0] != '.') {
            put_option(writer, entry);
        }
    }
    put(writer, "\n");
}

static void put_argument_type(const struct writer *writer, const char *owner, const char *name,
                              const toc_signature_argument *argument) {
    if (argument->is_table) {
        put(writer, "tocsin.%s.%s.options", owner, name);
    } else if (argument->type.length == 0) {
        put(writer, "any");
    } else {
        put_type(writer, argument->type);
    }
}

/* drill:team "gridco" { ... }: a function of the first that gives a function of the second. */
static void put_curried(const struct writer *writer, const char *owner, const toc_binding *row,
                        const toc_signature *signature) {
    put(writer, "---@param %s ", curried_name(&signature->arguments[0]));
    put_argument_type(writer, owner, row->name, &signature->arguments[0]);
    put(writer, "\n");
    if (signature->count == 1) {
        put_result(writer, signature);
        return;
    }
    put(writer, "---@return fun(%s: ", curried_name(&signature->arguments[1]));
    put_argument_type(writer, owner, row->name, &signature->arguments[1]);
    put(writer, ")");
    if (signature->result.length > 0) {
        put(writer, ": ");
        put_type(writer, signature->result);
    }
    put(writer, "\n");
}

static void put_arguments(const struct writer *writer, const char *owner, const toc_binding *row,
                          const toc_signature *signature) {
    for (size_t i = 0; i < signature->count; i++) {
        const toc_signature_argument *argument = &signature->arguments[i];
        put(writer, "---@param %.*s%s ", (int)argument->name.length, argument->name.text,
            argument->is_optional ? "?" : "");
        put_argument_type(writer, owner, row->name, argument);
        put(writer, "\n");
    }
    put_result(writer, signature);
}

static void put_function(struct writer *writer, const char *owner, const toc_binding *row,
                         const char *between, const toc_signature *signature) {
    for (size_t i = 0; i < signature->count; i++) {
        if (signature->arguments[i].is_table) {
            put_options(writer, owner, row->name, &signature->arguments[i]);
        }
    }
    put(writer, "--- %s\n", row->sentence);
    if (signature->is_curried) {
        put_curried(writer, owner, row, signature);
        put(writer, "function %s%s%s(%s) end\n\n", owner, between, row->name,
            curried_name(&signature->arguments[0]));
        return;
    }
    put_arguments(writer, owner, row, signature);
    put(writer, "function %s%s%s(", owner, between, row->name);
    for (size_t i = 0; i < signature->count; i++) {
        put(writer, "%s%.*s", i == 0 ? "" : ", ", (int)signature->arguments[i].name.length,
            signature->arguments[i].name.text);
    }
    put(writer, ") end\n\n");
}

static void put_functions(struct writer *writer, const char *owner, const toc_bound_class *bound,
                          const char *between) {
    for (size_t i = 0; i < bound->count; i++) {
        toc_signature signature;
        if (!toc_signature_read(bound->rows[i].signature, bound->rows[i].name, &signature)) {
            writer->unreadable++;
        } else if (!signature.is_field) {
            put_function(writer, owner, &bound->rows[i], between, &signature);
        }
    }
}

static void put_class(struct writer *writer, const toc_bound_class *bound) {
    put(writer, "--- %s\n---@class tocsin.%s\n", bound->sentence, bound->name);
    for (size_t i = 0; i < bound->count; i++) {
        toc_signature signature;
        if (bound->rows[i].is_field &&
            toc_signature_read(bound->rows[i].signature, bound->rows[i].name, &signature)) {
            put(writer, "---@field %s ", bound->rows[i].name);
            put_type(writer, signature.result);
            put(writer, " %s\n", bound->rows[i].sentence);
        }
    }
    put(writer, "local %s = {}\n\n", bound->name);
    put_functions(writer, bound->name, bound, ":");
}

static void put_module(struct writer *writer, size_t part) {
    const toc_reference_part *from = &writer->parts[part];
    bool is_class = false;
    put(writer, "---@class %s\nlocal %s = {}\n\n", from->module, from->local);
    for (size_t i = 0; i < toc_binder_bound_count(from->host); i++) {
        const toc_bound_class *bound = toc_binder_bound_at(from->host, i, &is_class);
        if (!is_class && strcmp(bound->name, from->local) == 0 &&
            !is_told(writer, part, i, bound)) {
            put_functions(writer, from->local, bound, ".");
        }
    }
}

size_t toc_reference_stubs(const toc_reference_part *parts, size_t count, size_t which,
                           const toc_reference_sink *sink) {
    struct writer writer = {parts, count, 0, sink, toc_names_create()};
    const toc_host *host = parts[which].host;
    bool is_class = false;
    put(&writer, "---@meta %s\n\n", parts[which].module);
    if (which == 0) {
        put(&writer, "--- Whole microseconds since the start of the drill, made by t.minutes(5) "
                     "and its like.\n---@alias tocsin.time integer\n\n");
    }
    for (size_t i = 0; i < toc_binder_bound_count(host); i++) {
        const toc_bound_class *bound = toc_binder_bound_at(host, i, &is_class);
        if (is_class && !is_told(&writer, which, i, bound)) {
            put_class(&writer, bound);
        }
    }
    put_module(&writer, which);
    for (uint32_t i = 0; i < toc_names_count(writer.unknown); i++) {
        put(&writer, "---@alias tocsin.%s table\n", toc_names_at(writer.unknown, i));
    }
    put(&writer, "\nreturn %s\n", parts[which].local);
    toc_names_destroy(writer.unknown);
    return writer.unreadable;
}

static void put_rows(const struct writer *writer, const toc_bound_class *bound) {
    for (size_t i = 0; i < bound->count; i++) {
        put(writer, "- `%s`  \n  %s\n", bound->rows[i].signature, bound->rows[i].sentence);
    }
    put(writer, "\n");
}

void toc_reference_page(const toc_reference_part *parts, size_t count,
                        const toc_reference_sink *sink) {
    struct writer writer = {parts, count, 0, sink, NULL};
    bool is_class = false;
    for (size_t part = 0; part < count; part++) {
        put(&writer, "## %s\n\n", parts[part].title);
        for (int classes = 0; classes <= 1; classes++) {
            for (size_t i = 0; i < toc_binder_bound_count(parts[part].host); i++) {
                const toc_bound_class *bound = toc_binder_bound_at(parts[part].host, i, &is_class);
                if (is_class != (classes == 1) || is_told(&writer, part, i, bound)) {
                    continue;
                }
                if (is_class) {
                    put(&writer, "### %s\n\n", bound->name);
                }
                put(&writer, "%s\n\n", bound->sentence);
                put_rows(&writer, bound);
            }
        }
    }
}
