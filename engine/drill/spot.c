/* Spot: a small reader of Lua's words: texts, comments, names and braces. */
#include "drill/spot.h"

#include <string.h>

enum { MOST_LINES = 200 };

struct reader {
    const char *at, *line_start;
    uint32_t line, last_line;
};

static bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void step(struct reader *reader) {
    if (*reader->at == '\n') {
        reader->line++;
        reader->line_start = reader->at + 1;
    }
    reader->at++;
}

/* At "[[" or "[=*[": its level, else -1. */
static int level_of(const char *at) {
    int level = 0;
    if (*at != '[') {
        return -1;
    }
    while (at[1 + level] == '=') {
        level++;
    }
    return at[1 + level] == '[' ? level : -1;
}

static void skip_long(struct reader *reader, int level) {
    while (*reader->at != '\0') {
        if (*reader->at == ']') {
            int equals = 0;
            while (reader->at[1 + equals] == '=') {
                equals++;
            }
            if (equals == level && reader->at[1 + equals] == ']') {
                reader->at += equals + 2;
                return;
            }
        }
        step(reader);
    }
}

static void skip_quoted(struct reader *reader) {
    char quote = *reader->at++;
    while (*reader->at != '\0' && *reader->at != quote && *reader->at != '\n') {
        if (*reader->at == '\\' && reader->at[1] != '\0') {
            step(reader);
        }
        step(reader);
    }
    if (*reader->at == quote) {
        reader->at++;
    }
}

/* Past a text or a comment, if one begins here. */
static bool skip_text(struct reader *reader) {
    bool is_comment = reader->at[0] == '-' && reader->at[1] == '-';
    int level = level_of(is_comment ? reader->at + 2 : reader->at);
    if (level >= 0) {
        reader->at += is_comment ? 2 : 0;
        skip_long(reader, level);
    } else if (is_comment) {
        while (*reader->at != '\0' && *reader->at != '\n') {
            reader->at++;
        }
    } else if (*reader->at == '"' || *reader->at == '\'') {
        skip_quoted(reader);
    } else {
        return false;
    }
    return true;
}

/* At a name: whether it is `key` with a single = behind it. Goes past the name. */
static bool is_key(struct reader *reader, const char *key) {
    const char *start = reader->at;
    while (is_name_character(*reader->at)) {
        reader->at++;
    }
    size_t length = (size_t)(reader->at - start);
    const char *behind = reader->at + strspn(reader->at, " \t");
    return length == strlen(key) && strncmp(start, key, length) == 0 && behind[0] == '=' &&
           behind[1] != '=';
}

static toc_place search(struct reader *reader, toc_place call, const char *key, int wanted) {
    int depth = 0;
    while (*reader->at != '\0' && reader->line < reader->last_line) {
        if (depth == 0 && reader->line > call.line) {
            break;
        }
        if (skip_text(reader)) {
            continue;
        }
        char c = *reader->at;
        if (is_name_character(c)) {
            uint32_t column = (uint32_t)(reader->at - reader->line_start) + 1;
            uint32_t line = reader->line;
            if (is_key(reader, key) && depth == wanted) {
                return (toc_place){call.file, line, column};
            }
            continue;
        }
        depth += (c == '{') - (c == '}');
        step(reader);
    }
    return call;
}

toc_place toc_spot_of_key(const toc_drill *drill, toc_place call, const char *key, int depth) {
    size_t count = toc_package_count(drill->package);
    for (size_t i = 0; call.file != NULL && i < count; i++) {
        toc_package_file file = toc_package_at(drill->package, i);
        if (strcmp(toc_package_shown(drill->package, file.path), call.file) != 0) {
            continue;
        }
        struct reader reader = {file.bytes, file.bytes, 1, call.line + MOST_LINES};
        while (reader.line < call.line && *reader.at != '\0') {
            step(&reader);
        }
        return search(&reader, call, key, depth);
    }
    return call;
}
