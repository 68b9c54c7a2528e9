#include "wire/wire.h"

#include <string.h>

enum {
    NEEDED = 1,
    MAYBE = 0,
};
#define LARGEST TOC_WIRE_LARGEST

/* One row a field, and one in front of each record, so that a record's fields are those between its
   row and the next. */
enum row {
#define TOC_WIRE_MESSAGE(id, name, written, sender, help)          ROW_##name,
#define TOC_WIRE_ITEM(id, name, help)                              ROW_##name,
#define TOC_WIRE_TEXT(record, field, presence, most, help)         ROW_##record##_##field,
#define TOC_WIRE_WORD(record, field, presence, words, help)        ROW_##record##_##field,
#define TOC_WIRE_NUMBER(record, field, least, most, help)          ROW_##record##_##field,
#define TOC_WIRE_PERHAPS(record, field, absent, least, most, help) ROW_##record##_##field,
#define TOC_WIRE_TIME(record, field, presence, help)               ROW_##record##_##field,
#define TOC_WIRE_FLAG(record, field, help)                         ROW_##record##_##field,
#define TOC_WIRE_WHY(record, field, help)                          ROW_##record##_##field,
#define TOC_WIRE_TEXTS(record, field, most, bytes, help)           ROW_##record##_##field,
#define TOC_WIRE_PAIRS(record, field, most, bytes, help)           ROW_##record##_##field,
#define TOC_WIRE_LIST(record, field, item, most, help)             ROW_##record##_##field,
#define TOC_WIRE_END(name)                                         END_##name, AFTER_##name = END_##name - 1,
#include "wire/wire.def"
};

/* Kinds by the names that lists use. */
enum kind_name {
#define TOC_WIRE_MESSAGE(id, name, written, sender, help) KIND_##name = TOC_WIRE_M_##id,
#define TOC_WIRE_ITEM(id, name, help)                     KIND_##name = TOC_WIRE_M_##id,
#include "wire/wire.def"
};

#define AT(record, field) offsetof(toc_wire_##record, field)

static const toc_wire_field rows[] = {
#define TOC_WIRE_MESSAGE(id, record, written, sender, h) [ROW_##record] = {.name = ""},
#define TOC_WIRE_ITEM(id, record, h)                     [ROW_##record] = {.name = ""},
#define TOC_WIRE_TEXT(record, field, presence, bytes, h)                                           \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_TEXT,                                        \
                                .needed = (presence) != 0,                                         \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .most = (bytes)},
#define TOC_WIRE_WORD(record, field, presence, list, h)                                            \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_WORD,                                        \
                                .needed = (presence) != 0,                                         \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .most = 64,                                                        \
                                .words = (list)},
#define TOC_WIRE_NUMBER(record, field, low, high, h)                                               \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_NUMBER,                                      \
                                .needed = true,                                                    \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .absent = (low),                                                   \
                                .least = (low),                                                    \
                                .most = (high)},
#define TOC_WIRE_PERHAPS(record, field, none, low, high, h)                                        \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_NUMBER,                                      \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .absent = (none),                                                  \
                                .least = (low),                                                    \
                                .most = (high)},
#define TOC_WIRE_TIME(record, field, presence, h)                                                  \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_TIME,                                        \
                                .needed = (presence) != 0,                                         \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .absent = TOC_NEVER,                                               \
                                .most = LARGEST},
#define TOC_WIRE_FLAG(record, field, h)                                                            \
    [ROW_##record##_##field] = {                                                                   \
        .type = TOC_WIRE_TYPE_FLAG, .name = #field, .help = (h), .offset = AT(record, field)},
#define TOC_WIRE_WHY(record, field, h)                                                             \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_WHY,                                         \
                                .needed = true,                                                    \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field)},
#define TOC_WIRE_TEXTS(record, field, high, bytes, h)                                              \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_TEXTS,                                       \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .most = (bytes),                                                   \
                                .count = (high)},
#define TOC_WIRE_PAIRS(record, field, high, bytes, h)                                              \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_PAIRS,                                       \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .most = (bytes),                                                   \
                                .count = (high)},
#define TOC_WIRE_LIST(record, field, kind, high, h)                                                \
    [ROW_##record##_##field] = {.type = TOC_WIRE_TYPE_LIST,                                        \
                                .name = #field,                                                    \
                                .help = (h),                                                       \
                                .offset = AT(record, field),                                       \
                                .count = (high),                                                   \
                                .item = (toc_wire_kind)KIND_##kind},
#include "wire/wire.def"
};

static const toc_wire_record records[] = {
#define CLIENT TOC_WIRE_FROM_CLIENT
#define SERVER TOC_WIRE_FROM_SERVER
#define TOC_WIRE_MESSAGE(id, record, written, from, h)                                             \
    [TOC_WIRE_M_##id] = {(written),                                                                \
                         (h),                                                                      \
                         true,                                                                     \
                         (from),                                                                   \
                         sizeof(toc_wire_##record),                                                \
                         &rows[ROW_##record + 1],                                                  \
                         END_##record - ROW_##record - 1},
#define TOC_WIRE_ITEM(id, record, h)                                                               \
    [TOC_WIRE_M_##id] = {#record,                                                                  \
                         (h),                                                                      \
                         false,                                                                    \
                         SERVER,                                                                   \
                         sizeof(toc_wire_##record),                                                \
                         &rows[ROW_##record + 1],                                                  \
                         END_##record - ROW_##record - 1},
#include "wire/wire.def"
};

static const struct {
    const char *name, *english, *chinese;
} reasons[] = {
#define TOC_WIRE_REASON(id, name, english, chinese) {name, english, chinese},
#include "wire/reason.def"
#undef TOC_WIRE_REASON
};

static const char *const spoken[] = {TOC_WIRE_PROTOCOL};

toc_wire_record toc_wire_record_of(toc_wire_kind kind) {
    return records[kind];
}

toc_wire_kind toc_wire_find(toc_wire_sender sender, const char *name) {
    for (int kind = 0; kind < (int)TOC_WIRE_KINDS; kind++) {
        if (records[kind].is_message && records[kind].sender == sender &&
            strcmp(records[kind].name, name) == 0) {
            return (toc_wire_kind)kind;
        }
    }
    return TOC_WIRE_KINDS;
}

bool toc_wire_is_word(const toc_wire_field *field, const char *word) {
    size_t length = strlen(word);
    for (const char *at = field->words; length > 0; at++) {
        size_t taken = strcspn(at, "|");
        if (taken == length && strncmp(at, word, length) == 0) {
            return true;
        }
        at += taken;
        if (*at == '\0') {
            return false;
        }
    }
    return false;
}

bool toc_wire_is_key(const char *key) {
    size_t plain = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    return plain > 0 && plain <= TOC_WIRE_PAIR_KEY && key[plain] == '\0';
}

void toc_wire_clear(toc_wire_kind kind, void *shape) {
    memset(shape, 0, records[kind].size);
    for (size_t i = 0; i < records[kind].count; i++) {
        const toc_wire_field *field = &records[kind].fields[i];
        char *place = (char *)shape + field->offset;
        if (field->type == TOC_WIRE_TYPE_TEXT || field->type == TOC_WIRE_TYPE_WORD) {
            static const char none[] = "";
            const char *text = none;
            memcpy(place, &text, sizeof text);
        } else if (field->type == TOC_WIRE_TYPE_NUMBER || field->type == TOC_WIRE_TYPE_TIME) {
            memcpy(place, &field->absent, sizeof field->absent);
        }
    }
}

toc_wire_message toc_wire_blank(toc_wire_kind kind) {
    toc_wire_message message;
    memset(&message, 0, sizeof message);
    message.kind = kind;
    toc_wire_clear(kind, &message.as);
    return message;
}

const char *toc_wire_reason_name(toc_wire_reason reason) {
    return reasons[reason].name;
}

toc_wire_reason toc_wire_reason_find(const char *name) {
    for (int reason = 0; reason < (int)TOC_WIRE_REASONS; reason++) {
        if (strcmp(reasons[reason].name, name) == 0) {
            return (toc_wire_reason)reason;
        }
    }
    return TOC_WIRE_REASONS;
}

const char *toc_wire_reason_text(toc_wire_reason reason, const char *language) {
    return strncmp(language, "zh", 2) == 0 ? reasons[reason].chinese : reasons[reason].english;
}

toc_wire_reason toc_wire_negotiate(const char *protocol) {
    for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++) {
        if (strcmp(spoken[i], protocol) == 0) {
            return TOC_WIRE_NONE;
        }
    }
    return TOC_WIRE_OLD_PROTOCOL;
}

toc_wire_texts toc_wire_spoken(void) {
    return (toc_wire_texts){spoken, sizeof spoken / sizeof spoken[0]};
}
