#include "wire/frame_writer.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "tocsin/problems.h"

enum {
    SHOWN = 40000, /* of a text that is no UTF-8; longer than any field allows */
    HEAD = 256     /* of a part, all that is no list */
};

static const char ellipsis[] = "\xe2\x80\xa6";

/* Cuts before a byte that begins a character, so that what is left is whole. */
static json_t *cut_text(const char *text, size_t most) {
    char kept[TOC_WIRE_FRAME];
    size_t length = most - (sizeof ellipsis - 1);
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
        length--;
    }
    memcpy(kept, text, length);
    memcpy(kept + length, ellipsis, sizeof ellipsis);
    return json_string(kept);
}

/* Whether a text that is too long may be cut: what names something else may not. */
static bool may_cut(const toc_wire_field *field) {
    return field->type == TOC_WIRE_TYPE_TEXT && field->most >= 1000;
}

static json_t *text_json(const toc_wire_field *field, const char *text) {
    char shown[SHOWN];
    json_t *whole = json_string(text == NULL ? "" : text);
    if (whole == NULL) {
        text = toc_problems_show(text, shown, sizeof shown);
        whole = json_string(text);
    }
    if (json_string_length(whole) <= (size_t)field->most) {
        return whole;
    }
    json_t *cut = may_cut(field) ? cut_text(json_string_value(whole), (size_t)field->most) : NULL;
    json_decref(whole);
    return cut;
}

static json_t *texts_json(const toc_wire_field *field, const char *place) {
    toc_wire_texts texts;
    memcpy(&texts, place, sizeof texts);
    if (texts.count > (uint64_t)field->count) {
        return NULL;
    }
    json_t *array = json_array();
    for (uint32_t i = 0; i < texts.count; i++) {
        json_t *text = text_json(field, texts.items[i]);
        if (text == NULL) {
            json_decref(array);
            return NULL;
        }
        (void)json_array_append_new(array, text);
    }
    return array;
}

static json_t *pairs_json(const toc_wire_field *field, const char *place) {
    toc_wire_pairs pairs;
    memcpy(&pairs, place, sizeof pairs);
    json_t *object = json_object();
    for (uint32_t i = 0; i < pairs.count; i++) {
        if (toc_wire_is_key(pairs.items[i].key)) {
            (void)json_object_set_new(object, pairs.items[i].key,
                                      text_json(field, pairs.items[i].value));
        }
    }
    if (json_object_size(object) != pairs.count || pairs.count > (uint64_t)field->count) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *record_json(toc_wire_kind kind, const void *shape);

/* All lists have the shape of this one. */
static toc_wire_own_list list_at(const char *place) {
    toc_wire_own_list list;
    memcpy(&list, place, sizeof list);
    return list;
}

static json_t *item_json(const toc_wire_field *field, toc_wire_own_list list, uint32_t index) {
    size_t size = toc_wire_record_of(field->item).size;
    return record_json(field->item, (const char *)list.items + index * size);
}

static json_t *list_json(const toc_wire_field *field, const char *place) {
    toc_wire_own_list list = list_at(place);
    json_t *array = list.count > (uint64_t)field->count ? NULL : json_array();
    for (uint32_t i = 0; array != NULL && i < list.count; i++) {
        json_t *item = item_json(field, list, i);
        if (item == NULL) {
            json_decref(array);
            return NULL;
        }
        (void)json_array_append_new(array, item);
    }
    return array;
}

static json_t *number_json(const toc_wire_field *field, const char *place) {
    int64_t number = 0;
    memcpy(&number, place, sizeof number);
    return number < field->least || number > field->most ? NULL : json_integer(number);
}

static json_t *value_json(const toc_wire_field *field, const char *place) {
    const char *text = NULL;
    toc_wire_reason reason = TOC_WIRE_NONE;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
        memcpy(&text, place, sizeof text);
        return text_json(field, text);
    case TOC_WIRE_TYPE_WORD:
        memcpy(&text, place, sizeof text);
        return text != NULL && toc_wire_is_word(field, text) ? json_string(text) : NULL;
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        return number_json(field, place);
    case TOC_WIRE_TYPE_FLAG:
        return json_true();
    case TOC_WIRE_TYPE_WHY:
        memcpy(&reason, place, sizeof reason);
        return reason < TOC_WIRE_REASONS ? json_string(toc_wire_reason_name(reason)) : NULL;
    case TOC_WIRE_TYPE_TEXTS:
        return texts_json(field, place);
    case TOC_WIRE_TYPE_PAIRS:
        return pairs_json(field, place);
    case TOC_WIRE_TYPE_LIST:
        return list_json(field, place);
    }
    return NULL;
}

/* Whether the field says nothing: what a reader takes where it is left out. */
static bool is_absent(const toc_wire_field *field, const char *place) {
    const char *text = NULL;
    int64_t number = 0;
    bool flag = false;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
    case TOC_WIRE_TYPE_WORD:
        memcpy(&text, place, sizeof text);
        return text == NULL || text[0] == '\0';
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        memcpy(&number, place, sizeof number);
        return !(field->needed && field->type == TOC_WIRE_TYPE_NUMBER) && number == field->absent;
    case TOC_WIRE_TYPE_FLAG:
        memcpy(&flag, place, sizeof flag);
        return !flag;
    case TOC_WIRE_TYPE_WHY:
        return false;
    case TOC_WIRE_TYPE_TEXTS:
    case TOC_WIRE_TYPE_PAIRS:
    case TOC_WIRE_TYPE_LIST:
        return list_at(place).count == 0;
    }
    return false;
}

static bool add_field(json_t *object, const toc_wire_field *field, const void *shape) {
    const char *place = (const char *)shape + field->offset;
    if (is_absent(field, place)) {
        return !field->needed;
    }
    json_t *value = value_json(field, place);
    return value != NULL && json_object_set_new(object, field->name, value) == 0;
}

static json_t *record_json(toc_wire_kind kind, const void *shape) {
    toc_wire_record record = toc_wire_record_of(kind);
    json_t *object = json_object();
    if (record.is_message) {
        (void)json_object_set_new(object, "m", json_string(record.name));
    }
    for (size_t i = 0; i < record.count; i++) {
        if (!add_field(object, &record.fields[i], shape)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static size_t dump(json_t *object, char *buffer, size_t size) {
    size_t bytes = object == NULL ? 0 : json_dumpb(object, buffer, size, JSON_COMPACT);
    json_decref(object);
    return bytes <= size && bytes <= TOC_WIRE_FRAME ? bytes : 0;
}

size_t toc_frame_writer_write(const toc_wire_message *message, char *buffer, size_t size) {
    return dump(record_json(message->kind, &message->as), buffer, size);
}

/* -- In parts ---------------------------------------------------------------------------------- */

static const toc_wire_field *last_field(toc_wire_record record) {
    const toc_wire_field *last = &record.fields[record.count - 1];
    return strcmp(last->name, "more") == 0 ? last : NULL;
}

/* What belongs into every part: all that is no list, but `whole` into the first alone. */
static json_t *part_head(const toc_wire_message *message, const toc_frame_place *place) {
    toc_wire_record record = toc_wire_record_of(message->kind);
    json_t *object = json_object();
    (void)json_object_set_new(object, "m", json_string(record.name));
    for (size_t i = 0; i < record.count; i++) {
        const toc_wire_field *field = &record.fields[i];
        bool stays_out = field->type == TOC_WIRE_TYPE_LIST ||
                         (place->begun && strcmp(field->name, "whole") == 0) ||
                         strcmp(field->name, "more") == 0;
        if (!stays_out && !add_field(object, field, &message->as)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

/* Moves items of one list into the part while they fit; whether all of them did. */
static bool fill(const toc_wire_message *message, toc_frame_place *place, json_t *part,
                 size_t *left, size_t most) {
    const toc_wire_field *field = &toc_wire_record_of(message->kind).fields[place->field];
    toc_wire_own_list list = list_at((const char *)&message->as + field->offset);
    json_t *array = NULL;
    size_t name = strlen(field->name) + sizeof ",\"\":[]";
    for (; place->item < list.count; place->item++) {
        json_t *item = item_json(field, list, place->item);
        size_t bytes = item == NULL ? 0 : json_dumpb(item, NULL, 0, JSON_COMPACT) + 1;
        bool fits_none = item == NULL || bytes + name + HEAD > most;
        bool is_full = array != NULL && json_array_size(array) >= (size_t)field->count;
        if (!fits_none && (is_full || bytes + (array == NULL ? name : 0) > *left)) {
            json_decref(item);
            return false;
        }
        if (fits_none) {
            json_decref(item);
            continue;
        }
        if (array == NULL) {
            array = json_array();
            (void)json_object_set_new(part, field->name, array);
            *left -= name;
        }
        *left -= bytes;
        (void)json_array_append_new(array, item);
    }
    return true;
}

size_t toc_frame_writer_part(const toc_wire_message *message, toc_frame_place *place, char *buffer,
                             size_t size) {
    toc_wire_record record = toc_wire_record_of(message->kind);
    const toc_wire_field *more = last_field(record);
    if (more == NULL || place->field == record.count) {
        return 0;
    }
    size_t most = size < TOC_WIRE_FRAME ? size : TOC_WIRE_FRAME;
    json_t *part = part_head(message, place);
    size_t head = part == NULL ? most : json_dumpb(part, NULL, 0, JSON_COMPACT);
    size_t left = most - head < sizeof ",\"more\":true" ? 0 : most - head - sizeof ",\"more\":true";
    bool fits = part != NULL && left > 0;
    for (; fits && place->field < record.count; place->field++) {
        if (record.fields[place->field].type == TOC_WIRE_TYPE_LIST) {
            fits = fill(message, place, part, &left, most);
        }
        if (!fits) {
            break;
        }
        place->item = 0;
    }
    if (part != NULL && place->field < record.count) {
        (void)json_object_set_new(part, more->name, json_true());
    }
    place->begun = true;
    return dump(part, buffer, size);
}
