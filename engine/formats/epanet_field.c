#include "formats/epanet_field.h"

#include "formats/plain_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool toc_epanet_field_start(toc_epanet_fields *fields, const toc_formats_source *source,
                            toc_arena *arena, toc_problems *problems) {
    toc_place whole = {source->file, 0, 0};
    *fields = (toc_epanet_fields){
        .arena = arena, .file = source->file, .problems = problems, .section = "", .remark = ""};
    if (source->size > 0 && memchr(source->bytes, '\0', source->size) != NULL) {
        (void)toc_problems_error(problems, whole,
                                 "is no text file; expected a file of cyber-physical attacks "
                                 "(.cpa)");
        return false;
    }
    fields->at = toc_arena_text_n(arena, source->bytes, source->size);
    fields->end = fields->at + source->size;
    if (source->size >= 3 && memcmp(fields->at, "\xEF\xBB\xBF", 3) == 0) {
        fields->at += 3;
    }
    return true;
}

void toc_epanet_field_wrong(toc_epanet_fields *fields, uint32_t field, const char *format, ...) {
    toc_place place = {fields->file, fields->line,
                       field < fields->count ? fields->column[field] : 0};
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)toc_problems_error(fields->problems, place, "%s", text);
    fields->failed = true;
}

void toc_epanet_field_unknown(toc_epanet_fields *fields, uint32_t field, const char *what,
                              const char *name, const toc_names *ids) {
    const char *nearest = strlen(name) < 100 ? toc_names_nearest(ids, name) : NULL;
    toc_epanet_field_wrong(fields, field, "there is no %s '%.60s'%s%.60s%s", what, name,
                           nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                           nearest != NULL ? "')" : "");
}

const char *toc_epanet_field_at(const toc_epanet_fields *fields, uint32_t field) {
    return field < fields->count ? fields->field[field] : "";
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Without blanks around it. */
static char *trim(char *text) {
    size_t length;
    while (is_blank(*text)) {
        text++;
    }
    length = strlen(text);
    while (length > 0 && is_blank(text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

static void cut(toc_epanet_fields *fields, char *start) {
    char *at = start;
    fields->count = 0;
    while (fields->count < TOC_EPANET_FIELDS) {
        char *comma = strchr(at, ',');
        char *field;
        if (comma != NULL) {
            *comma = '\0';
        }
        field = trim(at);
        fields->field[fields->count] = field;
        fields->column[fields->count++] = (uint32_t)(field - start) + 1;
        if (comma == NULL) {
            break;
        }
        at = comma + 1;
    }
    /* a comma at the end opens no field */
    while (fields->count > 1 && fields->field[fields->count - 1][0] == '\0') {
        fields->count--;
    }
}

/* A comment that names the columns is no remark. */
static void add_remark(toc_epanet_fields *fields, const char *text) {
    bool heads = strncmp(text + strspn(text, " \t"), "Type", 4) == 0;
    text = toc_plain_text_whole(fields->arena, text);
    if (!heads && text[0] != '\0' && strlen(fields->remark) + strlen(text) < 1000) {
        fields->remark = toc_arena_format(fields->arena, "%s%s%s", fields->remark,
                                          fields->remark[0] != '\0' ? " " : "", text);
    }
}

/* The whole next line, with a zero behind it; NULL at the end. */
static char *next_line(toc_epanet_fields *fields) {
    char *start = fields->at, *stop;
    if (start >= fields->end) {
        return NULL;
    }
    stop = memchr(start, '\n', (size_t)(fields->end - start));
    if (stop == NULL) {
        stop = fields->end;
    }
    *stop = '\0';
    fields->at = stop + 1;
    fields->line++;
    return start;
}

bool toc_epanet_field_next(toc_epanet_fields *fields) {
    char *start;
    fields->remark = "";
    while ((start = next_line(fields)) != NULL) {
        char *comment = strchr(start, ';'), *at = start;
        while (is_blank(*at)) {
            at++;
        }
        if (*at == ';') {
            add_remark(fields, at + 1);
        } else if (*at == '[') {
            fields->section = toc_arena_text_n(fields->arena, at + 1, strcspn(at + 1, "]\r"));
            fields->remark = "";
        } else if (*at != '\0') {
            if (comment != NULL) {
                *comment = '\0';
            }
            cut(fields, start);
            return true;
        }
    }
    return false;
}

const char *toc_epanet_field_word(toc_epanet_fields *fields, const char **at) {
    size_t length;
    const char *word;
    while (is_blank(**at)) {
        ++*at;
    }
    length = strcspn(*at, " \t\r");
    word = toc_arena_text_n(fields->arena, *at, length);
    *at += length;
    return word;
}
