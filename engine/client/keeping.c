#include "client/keeping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/status.h"

void *toc_keeping_room(void *memory, size_t size) {
    void *room = realloc(memory, size == 0 ? 1 : size);
    if (room == NULL) {
        (void)fprintf(stderr, "tocsin: out of memory\n");
        exit(TOC_SYSTEM_FAULT);
    }
    return room;
}

static size_t bytes_of(const char *text) {
    return text == NULL ? 1 : strlen(text) + 1;
}

/* What texts and arrays of one field take; arrays stand before all texts, for their alignment. */
static void measure(const toc_wire_field *field, const char *place, size_t *arrays, size_t *texts) {
    const char *text = NULL;
    toc_wire_texts many;
    toc_wire_pairs pairs;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
    case TOC_WIRE_TYPE_WORD:
        memcpy(&text, place, sizeof text);
        *texts += bytes_of(text);
        break;
    case TOC_WIRE_TYPE_TEXTS:
        memcpy(&many, place, sizeof many);
        *arrays += many.count * sizeof *many.items;
        for (uint32_t i = 0; i < many.count; i++) {
            *texts += bytes_of(many.items[i]);
        }
        break;
    case TOC_WIRE_TYPE_PAIRS:
        memcpy(&pairs, place, sizeof pairs);
        *arrays += pairs.count * sizeof *pairs.items;
        for (uint32_t i = 0; i < pairs.count; i++) {
            *texts += bytes_of(pairs.items[i].key) + bytes_of(pairs.items[i].value);
        }
        break;
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
    case TOC_WIRE_TYPE_FLAG:
    case TOC_WIRE_TYPE_WHY:
    case TOC_WIRE_TYPE_LIST:
        break;
    }
}

struct filling {
    char *arrays, *texts;
};

static const char *put_text(struct filling *filling, const char *text) {
    char *put = filling->texts;
    size_t bytes = bytes_of(text);
    memcpy(put, text == NULL ? "" : text, bytes);
    filling->texts += bytes;
    return put;
}

static void *put_array(struct filling *filling, size_t bytes) {
    void *put = filling->arrays;
    filling->arrays += bytes;
    return put;
}

static void put_texts(struct filling *filling, char *place) {
    toc_wire_texts many;
    memcpy(&many, place, sizeof many);
    const char **items = put_array(filling, many.count * sizeof *items);
    for (uint32_t i = 0; i < many.count; i++) {
        items[i] = put_text(filling, many.items[i]);
    }
    many.items = items;
    memcpy(place, &many, sizeof many);
}

static void put_pairs(struct filling *filling, char *place) {
    toc_wire_pairs pairs;
    memcpy(&pairs, place, sizeof pairs);
    toc_wire_pair *items = put_array(filling, pairs.count * sizeof *items);
    for (uint32_t i = 0; i < pairs.count; i++) {
        items[i].key = put_text(filling, pairs.items[i].key);
        items[i].value = put_text(filling, pairs.items[i].value);
    }
    pairs.items = items;
    memcpy(place, &pairs, sizeof pairs);
}

static void put_field(struct filling *filling, const toc_wire_field *field, char *place) {
    const char *text = NULL;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
    case TOC_WIRE_TYPE_WORD:
        memcpy(&text, place, sizeof text);
        text = put_text(filling, text);
        memcpy(place, &text, sizeof text);
        break;
    case TOC_WIRE_TYPE_TEXTS:
        put_texts(filling, place);
        break;
    case TOC_WIRE_TYPE_PAIRS:
        put_pairs(filling, place);
        break;
    case TOC_WIRE_TYPE_LIST: {
        toc_wire_own_list none = {NULL, 0};
        memcpy(place, &none, sizeof none);
        break;
    }
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
    case TOC_WIRE_TYPE_FLAG:
    case TOC_WIRE_TYPE_WHY:
        break;
    }
}

void *toc_keeping_copy(toc_wire_kind kind, const void *shape) {
    toc_wire_record record = toc_wire_record_of(kind);
    size_t arrays = 0, texts = 0;
    size_t start = (record.size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
    for (size_t i = 0; i < record.count; i++) {
        measure(&record.fields[i], (const char *)shape + record.fields[i].offset, &arrays, &texts);
    }
    char *copy = toc_keeping_room(NULL, start + arrays + texts);
    struct filling filling = {copy + start, copy + start + arrays};
    memcpy(copy, shape, record.size);
    for (size_t i = 0; i < record.count; i++) {
        put_field(&filling, &record.fields[i], copy + record.fields[i].offset);
    }
    return copy;
}
