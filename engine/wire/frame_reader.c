#include "wire/frame_reader.h"

#include <jansson.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/problems.h"

/* What lists of a message point to, freed with it. */
struct block {
    struct block *next;
    max_align_t bytes[];
};

struct toc_frame {
    json_t *root; /* owns all texts */
    struct block *blocks;
    toc_wire_message message;
};

struct reading {
    toc_frame *frame;
    toc_frame_refusal *refusal;
    const char *within; /* the message's name */
};

static toc_wire_reason refuse(struct reading *reading, toc_wire_reason reason, const char *format,
                              ...) __attribute__((format(printf, 3, 4)));

static toc_wire_reason refuse(struct reading *reading, toc_wire_reason reason, const char *format,
                              ...) {
    va_list arguments;
    char text[sizeof reading->refusal->text];
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reading->refusal->reason = reason;
    (void)toc_problems_show(text, reading->refusal->text, sizeof reading->refusal->text);
    return reason;
}

static void *room(toc_frame *frame, size_t count, size_t size) {
    struct block *block = calloc(1, sizeof *block + (count == 0 ? 1 : count) * size);
    if (block == NULL) {
        (void)fprintf(stderr, "tocsin: out of memory\n");
        exit(TOC_SYSTEM_FAULT);
    }
    block->next = frame->blocks;
    frame->blocks = block;
    return block->bytes;
}

static toc_wire_reason wrong_type(struct reading *reading, const toc_wire_field *field,
                                  const char *expected) {
    return refuse(reading, TOC_WIRE_WRONG_TYPE, "%s: '%s' must be %s", reading->within, field->name,
                  expected);
}

/* A text of at most `most` bytes, borrowed from the JSON. */
static toc_wire_reason read_text(struct reading *reading, const toc_wire_field *field,
                                 const json_t *value, const char **out) {
    if (!json_is_string(value)) {
        return wrong_type(reading, field, "a text");
    }
    if (json_string_length(value) > (size_t)field->most) {
        return refuse(reading, TOC_WIRE_TOO_LARGE,
                      "%s: '%s' has %zu bytes; at most %" PRId64 " are allowed", reading->within,
                      field->name, json_string_length(value), field->most);
    }
    *out = json_string_value(value);
    return TOC_WIRE_NONE;
}

static toc_wire_reason read_word(struct reading *reading, const toc_wire_field *field,
                                 const json_t *value, const char **out) {
    toc_wire_reason reason = read_text(reading, field, value, out);
    if (reason == TOC_WIRE_NONE && !toc_wire_is_word(field, *out)) {
        reason = refuse(reading, TOC_WIRE_OUT_OF_RANGE, "%s: '%s' is '%s'; it must be one of %s",
                        reading->within, field->name, *out, field->words);
    }
    return reason;
}

static toc_wire_reason read_number(struct reading *reading, const toc_wire_field *field,
                                   const json_t *value, void *place) {
    if (!json_is_integer(value)) {
        return wrong_type(reading, field, "a whole number");
    }
    int64_t number = json_integer_value(value);
    if (number < field->least || number > field->most) {
        return refuse(reading, TOC_WIRE_OUT_OF_RANGE,
                      "%s: '%s' is %" PRId64 "; it must be from %" PRId64 " to %" PRId64,
                      reading->within, field->name, number, field->least, field->most);
    }
    memcpy(place, &number, sizeof number);
    return TOC_WIRE_NONE;
}

static toc_wire_reason read_reason(struct reading *reading, const toc_wire_field *field,
                                   const json_t *value, void *place) {
    toc_wire_reason found = TOC_WIRE_REASONS;
    if (!json_is_string(value)) {
        return wrong_type(reading, field, "a text");
    }
    found = toc_wire_reason_find(json_string_value(value));
    if (found == TOC_WIRE_REASONS) {
        return refuse(reading, TOC_WIRE_OUT_OF_RANGE, "%s: '%s' is '%s', which is no reason",
                      reading->within, field->name, json_string_value(value));
    }
    memcpy(place, &found, sizeof found);
    return TOC_WIRE_NONE;
}

static toc_wire_reason too_many(struct reading *reading, const toc_wire_field *field,
                                size_t count) {
    return refuse(reading, TOC_WIRE_TOO_LARGE,
                  "%s: '%s' has %zu entries; at most %" PRId64 " are allowed", reading->within,
                  field->name, count, field->count);
}

static toc_wire_reason read_texts(struct reading *reading, const toc_wire_field *field,
                                  const json_t *value, void *place) {
    if (!json_is_array(value)) {
        return wrong_type(reading, field, "an array of texts");
    }
    size_t count = json_array_size(value);
    if (count > (size_t)field->count) {
        return too_many(reading, field, count);
    }
    const char **items = room(reading->frame, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        toc_wire_reason reason = read_text(reading, field, json_array_get(value, i), &items[i]);
        if (reason != TOC_WIRE_NONE) {
            return reason;
        }
    }
    toc_wire_texts texts = {items, (uint32_t)count};
    memcpy(place, &texts, sizeof texts);
    return TOC_WIRE_NONE;
}

static toc_wire_reason read_pairs(struct reading *reading, const toc_wire_field *field,
                                  json_t *value, void *place) {
    const char *key = NULL;
    json_t *each = NULL;
    if (!json_is_object(value)) {
        return wrong_type(reading, field, "an object of texts");
    }
    if (json_object_size(value) > (size_t)field->count) {
        return too_many(reading, field, json_object_size(value));
    }
    toc_wire_pair *items = room(reading->frame, json_object_size(value), sizeof *items);
    toc_wire_pairs pairs = {items, 0};
    json_object_foreach(value, key, each) {
        toc_wire_pair *pair = &items[pairs.count++];
        if (!toc_wire_is_key(key)) {
            return refuse(reading, TOC_WIRE_OUT_OF_RANGE,
                          "%s: '%.40s' in '%s' is no name: letters, digits, _, - and . make one",
                          reading->within, key, field->name);
        }
        toc_wire_reason reason = read_text(reading, field, each, &pair->value);
        if (reason != TOC_WIRE_NONE) {
            return reason;
        }
        pair->key = key;
    }
    memcpy(place, &pairs, sizeof pairs);
    return TOC_WIRE_NONE;
}

static toc_wire_reason read_record(struct reading *reading, toc_wire_kind kind, json_t *object,
                                   void *shape);

static toc_wire_reason read_list(struct reading *reading, const toc_wire_field *field,
                                 const json_t *value, void *place) {
    if (!json_is_array(value)) {
        return wrong_type(reading, field, "an array");
    }
    size_t count = json_array_size(value), size = toc_wire_record_of(field->item).size;
    if (count > (size_t)field->count) {
        return too_many(reading, field, count);
    }
    char *items = room(reading->frame, count, size);
    for (size_t i = 0; i < count; i++) {
        json_t *each = json_array_get(value, i);
        if (!json_is_object(each)) {
            return wrong_type(reading, field, "an array of objects");
        }
        toc_wire_reason reason = read_record(reading, field->item, each, items + i * size);
        if (reason != TOC_WIRE_NONE) {
            return reason;
        }
    }
    /* all lists have the shape of this one */
    toc_wire_own_list list = {(const toc_wire_own *)(const void *)items, (uint32_t)count};
    memcpy(place, &list, sizeof list);
    return TOC_WIRE_NONE;
}

static toc_wire_reason read_field(struct reading *reading, const toc_wire_field *field,
                                  json_t *value, char *place) {
    const char *text = NULL;
    toc_wire_reason reason = TOC_WIRE_NONE;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
        reason = read_text(reading, field, value, &text);
        break;
    case TOC_WIRE_TYPE_WORD:
        reason = read_word(reading, field, value, &text);
        break;
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        return read_number(reading, field, value, place);
    case TOC_WIRE_TYPE_FLAG: {
        bool flag = json_is_true(value);
        memcpy(place, &flag, sizeof flag);
        return json_is_boolean(value) ? TOC_WIRE_NONE : wrong_type(reading, field, "true or false");
    }
    case TOC_WIRE_TYPE_WHY:
        return read_reason(reading, field, value, place);
    case TOC_WIRE_TYPE_TEXTS:
        return read_texts(reading, field, value, place);
    case TOC_WIRE_TYPE_PAIRS:
        return read_pairs(reading, field, value, place);
    case TOC_WIRE_TYPE_LIST:
        return read_list(reading, field, value, place);
    }
    if (reason == TOC_WIRE_NONE && field->needed && text[0] == '\0') {
        return refuse(reading, TOC_WIRE_MISSING_FIELD, "%s: '%s' is empty", reading->within,
                      field->name);
    }
    memcpy(place, &text, sizeof text);
    return reason;
}

static toc_wire_reason unknown_field(struct reading *reading, toc_wire_record record,
                                     const char *key) {
    const char *table[64];
    size_t count = record.count < 64 ? record.count : 64;
    for (size_t i = 0; i < count; i++) {
        table[i] = record.fields[i].name;
    }
    const char *nearest = toc_problems_nearest(table, count, key);
    return refuse(reading, TOC_WIRE_UNKNOWN_FIELD, "%s: there is no field '%.60s'%s%s%s",
                  record.name, key, nearest == NULL ? "" : "; did you mean '",
                  nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
}

static const toc_wire_field *find_field(toc_wire_record record, const char *name) {
    for (size_t i = 0; i < record.count; i++) {
        if (strcmp(record.fields[i].name, name) == 0) {
            return &record.fields[i];
        }
    }
    return NULL;
}

static toc_wire_reason read_record(struct reading *reading, toc_wire_kind kind, json_t *object,
                                   void *shape) {
    toc_wire_record record = toc_wire_record_of(kind);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value) {
        bool names_message = record.is_message && strcmp(key, "m") == 0;
        if (!names_message && find_field(record, key) == NULL) {
            return unknown_field(reading, record, key);
        }
    }
    toc_wire_clear(kind, shape);
    for (size_t i = 0; i < record.count; i++) {
        const toc_wire_field *field = &record.fields[i];
        value = json_object_get(object, field->name);
        if (value == NULL && field->needed) {
            return refuse(reading, TOC_WIRE_MISSING_FIELD, "%s: '%s' is missing", record.name,
                          field->name);
        }
        toc_wire_reason reason =
            value == NULL ? TOC_WIRE_NONE
                          : read_field(reading, field, value, (char *)shape + field->offset);
        if (reason != TOC_WIRE_NONE) {
            return reason;
        }
    }
    return TOC_WIRE_NONE;
}

/* Brackets are counted before JSON is read, so that no depth is spent on what is refused anyway. */
static bool is_too_deep(const char *bytes, size_t size) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (quoted) {
            quoted = bytes[i] != '"';
            i += bytes[i] == '\\';
        } else if (bytes[i] == '"') {
            quoted = true;
        } else if (bytes[i] == '{' || bytes[i] == '[') {
            if (++depth > TOC_WIRE_DEPTH) {
                return true;
            }
        } else if (bytes[i] == '}' || bytes[i] == ']') {
            depth--;
        }
    }
    return false;
}

static toc_wire_reason parse(struct reading *reading, const char *bytes, size_t size) {
    json_error_t error;
    if (size > TOC_WIRE_FRAME) {
        return refuse(reading, TOC_WIRE_TOO_LARGE, "a frame of %zu bytes; at most %d are allowed",
                      size, (int)TOC_WIRE_FRAME);
    }
    if (is_too_deep(bytes, size)) {
        return refuse(reading, TOC_WIRE_TOO_DEEP, "brackets are nested deeper than %d",
                      (int)TOC_WIRE_DEPTH);
    }
    reading->frame->root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(reading->frame->root)) {
        return TOC_WIRE_NONE;
    }
    if (reading->frame->root != NULL) {
        return refuse(reading, TOC_WIRE_BAD_JSON, "an array, where an object is expected");
    }
    enum json_error_code code = json_error_code(&error);
    toc_wire_reason reason = code == json_error_invalid_utf8       ? TOC_WIRE_BAD_UTF8
                             : code == json_error_duplicate_key    ? TOC_WIRE_DUPLICATE_FIELD
                             : code == json_error_numeric_overflow ? TOC_WIRE_OUT_OF_RANGE
                                                                   : TOC_WIRE_BAD_JSON;
    return refuse(reading, reason, "byte %d of the frame: %s", error.position, error.text);
}

static toc_wire_reason find_kind(struct reading *reading, toc_wire_sender sender,
                                 toc_wire_kind *out) {
    const json_t *name = json_object_get(reading->frame->root, "m");
    if (name == NULL) {
        return refuse(reading, TOC_WIRE_MISSING_FIELD, "'m', the message's name, is missing");
    }
    if (!json_is_string(name)) {
        return refuse(reading, TOC_WIRE_WRONG_TYPE, "'m', the message's name, must be a text");
    }
    *out = toc_wire_find(sender, json_string_value(name));
    if (*out == TOC_WIRE_KINDS) {
        return refuse(reading, TOC_WIRE_UNKNOWN_MESSAGE, "there is no message '%.60s' of a %s",
                      json_string_value(name),
                      sender == TOC_WIRE_FROM_CLIENT ? "client" : "server");
    }
    reading->within = toc_wire_record_of(*out).name;
    return TOC_WIRE_NONE;
}

/* What another version says beside its number is not ours to judge. */
static toc_wire_reason negotiate(struct reading *reading, toc_wire_kind kind) {
    const json_t *spoken = json_object_get(reading->frame->root, "protocol");
    if (kind != TOC_WIRE_M_HELLO || !json_is_string(spoken) ||
        toc_wire_negotiate(json_string_value(spoken)) == TOC_WIRE_NONE) {
        return TOC_WIRE_NONE;
    }
    return refuse(reading, TOC_WIRE_OLD_PROTOCOL, "'%.32s' is not spoken here; this is %s",
                  json_string_value(spoken), TOC_WIRE_PROTOCOL);
}

static void keep_id(struct reading *reading, toc_wire_kind kind) {
    const json_t *id = json_object_get(reading->frame->root, "id");
    if (find_field(toc_wire_record_of(kind), "id") != NULL && json_is_string(id) &&
        json_string_length(id) < sizeof reading->refusal->id) {
        memcpy(reading->refusal->id, json_string_value(id), json_string_length(id) + 1);
    }
}

toc_wire_reason toc_frame_reader_read(const char *bytes, size_t size, toc_wire_sender sender,
                                      toc_frame **out_frame, toc_frame_refusal *refusal) {
    toc_frame *frame = calloc(1, sizeof *frame);
    struct reading reading = {frame, refusal, "frame"};
    toc_wire_kind kind = TOC_WIRE_KINDS;
    if (frame == NULL) {
        (void)fprintf(stderr, "tocsin: out of memory\n");
        exit(TOC_SYSTEM_FAULT);
    }
    *refusal = (toc_frame_refusal){.reason = TOC_WIRE_NONE};
    toc_wire_reason reason = parse(&reading, bytes, size);
    if (reason == TOC_WIRE_NONE) {
        reason = find_kind(&reading, sender, &kind);
    }
    if (reason == TOC_WIRE_NONE) {
        reason = negotiate(&reading, kind);
    }
    if (reason == TOC_WIRE_NONE) {
        keep_id(&reading, kind);
        frame->message.kind = kind;
        reason = read_record(&reading, kind, frame->root, &frame->message.as);
    }
    if (reason != TOC_WIRE_NONE) {
        toc_frame_reader_release(frame);
        return reason;
    }
    *out_frame = frame;
    return TOC_WIRE_NONE;
}

const toc_wire_message *toc_frame_reader_message(const toc_frame *frame) {
    return &frame->message;
}

void toc_frame_reader_release(toc_frame *frame) {
    if (frame == NULL) {
        return;
    }
    json_decref(frame->root);
    while (frame->blocks != NULL) {
        struct block *next = frame->blocks->next;
        free(frame->blocks);
        frame->blocks = next;
    }
    free(frame);
}
