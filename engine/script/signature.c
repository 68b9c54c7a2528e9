/* Signature: splitting at commas that no bracket holds. */
#include "script/signature.h"

#include <string.h>

static toc_signature_part part_of(const char *from, const char *to) {
    while (from < to && *from == ' ') {
        from++;
    }
    while (to > from && to[-1] == ' ') {
        to--;
    }
    return (toc_signature_part){from, (size_t)(to - from)};
}

/* Where `sign` stands outside all brackets and quotes, else `end`; NULL where they do not match. */
static const char *find_outside(const char *at, const char *end, char sign) {
    int depth = 0;
    for (; at < end; at++) {
        if (*at == sign && depth == 0) {
            return at;
        }
        if (*at == '"') {
            at = memchr(at + 1, '"', (size_t)(end - at - 1));
            if (at == NULL) {
                return NULL;
            }
        } else if (strchr("({[", *at) != NULL) {
            depth++;
        } else if (strchr(")}]", *at) != NULL && --depth < 0) {
            return NULL;
        }
    }
    return depth == 0 ? end : NULL;
}

static bool is_name(toc_signature_part part) {
    for (size_t i = 0; i < part.length; i++) {
        char c = part.text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
              (i > 0 && c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return part.length > 0;
}

/* "name", "name?", "name: type", "name?: type", "...", or a value ("dispatcher") as an example. */
static bool read_entry(const char *at, const char *end, toc_signature_argument *out) {
    const char *colon = find_outside(at, end, ':');
    if (colon == NULL) {
        return false;
    }
    *out = (toc_signature_argument){.name = part_of(at, colon)};
    if (colon < end) {
        out->type = part_of(colon + 1, end);
    }
    if (out->name.length == 3 && memcmp(out->name.text, "...", 3) == 0) {
        return true;
    }
    if (out->name.length > 1 && out->name.text[out->name.length - 1] == '?') {
        out->is_optional = true;
        out->name.length--;
    }
    if (out->type.length > 0 && out->type.text[0] == '{') {
        out->is_table = true;
        out->type = part_of(out->type.text + 1, out->type.text + out->type.length - 1);
    }
    return is_name(out->name) || (out->name.length > 1 && out->name.text[0] == '"');
}

bool toc_signature_entries(toc_signature_part inside, toc_signature *out) {
    const char *at = inside.text, *end = inside.text + inside.length;
    while (at < end) {
        const char *comma = find_outside(at, end, ',');
        if (comma == NULL || out->count == TOC_SIGNATURE_ARGUMENTS ||
            !read_entry(at, comma, &out->arguments[out->count++])) {
            return false;
        }
        at = comma + 1;
    }
    return true;
}

/* "text" and { table } behind each other. */
static bool read_curried(const char *at, const char *end, toc_signature *out) {
    out->is_curried = true;
    while (at < end) {
        toc_signature_argument *argument = &out->arguments[out->count++];
        const char *to = *at == '"' ? memchr(at + 1, '"', (size_t)(end - at - 1))
                                    : find_outside(at + 1, end, '}');
        if (to == NULL || to == end || strchr("\"{", *at) == NULL ||
            out->count == TOC_SIGNATURE_ARGUMENTS) {
            return false;
        }
        argument->is_table = *at == '{';
        argument->type = argument->is_table ? part_of(at + 1, to) : part_of(at, to + 1);
        for (at = to + 1; at < end && *at == ' '; at++) {
        }
    }
    return out->count > 0;
}

bool toc_signature_read(const char *text, const char *name, toc_signature *out) {
    const char *end = text + strlen(text), *at = text + strcspn(text, ".:");
    *out = (toc_signature){.count = 0};
    if (at == end || !is_name((toc_signature_part){text, (size_t)(at - text)})) {
        return false;
    }
    at++;
    if (strncmp(at, name, strlen(name)) != 0) {
        return false;
    }
    at += strlen(name);
    if (*at == ':') {
        out->is_field = true;
        out->result = part_of(at + 1, end);
        return out->result.length > 0;
    }
    const char *arrow = strstr(at, " -> ");
    if (arrow != NULL) {
        out->result = part_of(arrow + 4, end);
        end = arrow;
    }
    if (*at == '(') {
        const char *close = find_outside(at + 1, end, ')');
        return close != NULL && close + 1 == end &&
               toc_signature_entries(part_of(at + 1, close), out);
    }
    return *at == ' ' && read_curried(at + 1, end, out);
}
