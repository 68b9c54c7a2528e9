#include "wire/wire_schema.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "wire/wire.h"

static void put(json_t *object, const char *key, json_t *value) {
    (void)json_object_set_new(object, key, value);
}

static json_t *typed(const char *type) {
    json_t *object = json_object();
    put(object, "type", json_string(type));
    return object;
}

/* A limit of bytes is one of characters too: a character has one byte at least. */
static json_t *text_schema(int64_t most, bool needed) {
    json_t *schema = typed("string");
    if (needed) {
        put(schema, "minLength", json_integer(1));
    }
    put(schema, "maxLength", json_integer(most));
    return schema;
}

static json_t *number_schema(int64_t least, int64_t most) {
    json_t *schema = typed("integer");
    put(schema, "minimum", json_integer(least));
    put(schema, "maximum", json_integer(most));
    return schema;
}

static json_t *array_schema(json_t *items, int64_t most) {
    json_t *schema = typed("array");
    put(schema, "items", items);
    put(schema, "maxItems", json_integer(most));
    return schema;
}

static json_t *word_schema(const char *words) {
    json_t *schema = json_object(), *list = json_array();
    for (const char *at = words; *at != '\0';) {
        size_t length = strcspn(at, "|");
        (void)json_array_append_new(list, json_stringn(at, length));
        at += length + (at[length] == '|');
    }
    put(schema, "enum", list);
    return schema;
}

static json_t *reason_schema(void) {
    json_t *schema = json_object(), *list = json_array();
    for (int i = 0; i < (int)TOC_WIRE_REASONS; i++) {
        (void)json_array_append_new(list, json_string(toc_wire_reason_name((toc_wire_reason)i)));
    }
    put(schema, "enum", list);
    return schema;
}

static json_t *pairs_schema(const toc_wire_field *field) {
    json_t *schema = typed("object"), *names = json_object();
    put(names, "pattern", json_string("^[A-Za-z0-9_.-]+$"));
    put(names, "maxLength", json_integer(TOC_WIRE_PAIR_KEY));
    put(schema, "propertyNames", names);
    put(schema, "additionalProperties", text_schema(field->most, false));
    put(schema, "maxProperties", json_integer(field->count));
    return schema;
}

static json_t *list_schema(const toc_wire_field *field) {
    json_t *reference = json_object();
    put(reference, "$ref", json_sprintf("#/$defs/%s", toc_wire_record_of(field->item).name));
    return array_schema(reference, field->count);
}

static json_t *value_schema(const toc_wire_field *field) {
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
        return text_schema(field->most, field->needed);
    case TOC_WIRE_TYPE_WORD:
        return word_schema(field->words);
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        return number_schema(field->least, field->most);
    case TOC_WIRE_TYPE_FLAG:
        return typed("boolean");
    case TOC_WIRE_TYPE_WHY:
        return reason_schema();
    case TOC_WIRE_TYPE_TEXTS:
        return array_schema(text_schema(field->most, false), field->count);
    case TOC_WIRE_TYPE_PAIRS:
        return pairs_schema(field);
    case TOC_WIRE_TYPE_LIST:
        return list_schema(field);
    }
    return NULL;
}

static json_t *record_schema(toc_wire_record record) {
    json_t *schema = json_object(), *properties = json_object(), *required = json_array();
    put(schema, "description",
        record.is_message
            ? json_sprintf("From the %s. %s",
                           record.sender == TOC_WIRE_FROM_CLIENT ? "client" : "server", record.help)
            : json_string(record.help));
    put(schema, "type", json_string("object"));
    if (record.is_message) {
        json_t *name = json_object();
        put(name, "const", json_string(record.name));
        put(properties, "m", name);
        (void)json_array_append_new(required, json_string("m"));
    }
    for (size_t i = 0; i < record.count; i++) {
        json_t *value = value_schema(&record.fields[i]);
        put(value, "description", json_string(record.fields[i].help));
        put(properties, record.fields[i].name, value);
        if (record.fields[i].needed) {
            (void)json_array_append_new(required, json_string(record.fields[i].name));
        }
    }
    put(schema, "properties", properties);
    put(schema, "required", required);
    put(schema, "additionalProperties", json_false());
    return schema;
}

char *toc_wire_schema_text(void) {
    json_t *schema = json_object(), *any = json_array(), *definitions = json_object();
    put(schema, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    put(schema, "$id", json_string("urn:tocsin:wire:1"));
    put(schema, "title", json_string("Frames of protocol " TOC_WIRE_PROTOCOL));
    put(schema, "description",
        json_sprintf("One JSON object in one WebSocket text frame of at most %d bytes of UTF-8. "
                     "Limits of texts count bytes. Times are microseconds of the drill. A field "
                     "that is not listed is refused, and so is one given twice.",
                     (int)TOC_WIRE_FRAME));
    for (int kind = 0; kind < (int)TOC_WIRE_KINDS; kind++) {
        toc_wire_record record = toc_wire_record_of((toc_wire_kind)kind);
        put(definitions, record.name, record_schema(record));
        if (record.is_message) {
            json_t *reference = json_object();
            put(reference, "$ref", json_sprintf("#/$defs/%s", record.name));
            (void)json_array_append_new(any, reference);
        }
    }
    put(schema, "oneOf", any);
    put(schema, "$defs", definitions);
    char *plain = json_dumps(schema, JSON_INDENT(1));
    json_decref(schema);
    size_t length = strlen(plain);
    char *text = realloc(plain, length + 2);
    text[length] = '\n';
    text[length + 1] = '\0';
    return text;
}
