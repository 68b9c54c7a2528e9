/* Wire: the messages of protocol tocsin.1 as C shapes, generated from wire.def. One message is one
   JSON object in one text frame; its member "m" names it. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/time.h"

#define TOC_WIRE_PROTOCOL "tocsin.1"

enum {
    TOC_WIRE_FRAME = 65536, /* most bytes of a frame */
    TOC_WIRE_DEPTH = 4,     /* most brackets within each other: message, list, item, texts */
    TOC_WIRE_PAIR_KEY = 64  /* most bytes of the name of a pair */
};
/* The largest number: what every reader of JSON keeps exactly. */
#define TOC_WIRE_LARGEST INT64_C(9007199254740991)

typedef enum toc_wire_reason {
#define TOC_WIRE_REASON(id, name, english, chinese) TOC_WIRE_##id,
#include "wire/reason.def"
#undef TOC_WIRE_REASON
    TOC_WIRE_REASONS
} toc_wire_reason;

typedef enum toc_wire_sender { TOC_WIRE_FROM_CLIENT, TOC_WIRE_FROM_SERVER } toc_wire_sender;

/* Messages and items, in the order of wire.def. */
typedef enum toc_wire_kind {
#define TOC_WIRE_MESSAGE(id, name, written, sender, help) TOC_WIRE_M_##id,
#define TOC_WIRE_ITEM(id, name, help)                     TOC_WIRE_M_##id,
#include "wire/wire.def"
    TOC_WIRE_KINDS
} toc_wire_kind;

typedef struct toc_wire_pair {
    const char *key, *value;
} toc_wire_pair;

typedef struct toc_wire_texts {
    const char *const *items;
    uint32_t count;
} toc_wire_texts;

typedef struct toc_wire_pairs {
    const toc_wire_pair *items;
    uint32_t count;
} toc_wire_pairs;

/* Each item X gets a shape toc_wire_X, and toc_wire_X_list for many of it. Texts that are NULL are
   written as if they were "". A time that is not there is TOC_NEVER, which a zeroed shape does not
   hold: begin with toc_wire_blank. */
#define TOC_WIRE_MESSAGE(id, name, written, sender, help)          typedef struct toc_wire_##name {
#define TOC_WIRE_ITEM(id, name, help)                              typedef struct toc_wire_##name {
#define TOC_WIRE_TEXT(record, field, presence, most, help)         const char *field;
#define TOC_WIRE_WORD(record, field, presence, words, help)        const char *field;
#define TOC_WIRE_NUMBER(record, field, least, most, help)          int64_t field;
#define TOC_WIRE_PERHAPS(record, field, absent, least, most, help) int64_t field;
#define TOC_WIRE_TIME(record, field, presence, help)               toc_time field;
#define TOC_WIRE_FLAG(record, field, help)                         bool field;
#define TOC_WIRE_WHY(record, field, help)                          toc_wire_reason field;
#define TOC_WIRE_TEXTS(record, field, most, bytes, help)           toc_wire_texts field;
#define TOC_WIRE_PAIRS(record, field, most, bytes, help)           toc_wire_pairs field;
#define TOC_WIRE_LIST(record, field, item, most, help)             toc_wire_##item##_list field;
#define TOC_WIRE_END(name)                                                                         \
    }                                                                                              \
    toc_wire_##name;                                                                               \
    typedef struct toc_wire_##name##_list {                                                        \
        const toc_wire_##name *items;                                                              \
        uint32_t count;                                                                            \
    } toc_wire_##name##_list;
#include "wire/wire.def"

typedef struct toc_wire_message {
    toc_wire_kind kind; /* one with a sender */
    union {
#define TOC_WIRE_MESSAGE(id, name, written, sender, help) toc_wire_##name name;
#include "wire/wire.def"
    } as;
} toc_wire_message;

/* -- The definition as a table, for reader, writer and schema --------------------------------- */

typedef enum toc_wire_type {
    TOC_WIRE_TYPE_TEXT,
    TOC_WIRE_TYPE_WORD,
    TOC_WIRE_TYPE_NUMBER,
    TOC_WIRE_TYPE_TIME,
    TOC_WIRE_TYPE_FLAG,
    TOC_WIRE_TYPE_WHY,
    TOC_WIRE_TYPE_TEXTS,
    TOC_WIRE_TYPE_PAIRS,
    TOC_WIRE_TYPE_LIST
} toc_wire_type;

typedef struct toc_wire_field {
    toc_wire_type type;
    bool needed;
    const char *name, *help;
    size_t offset;               /* in the shape of its record */
    int64_t absent, least, most; /* of numbers; `most` else bytes of a text, or each text */
    int64_t count;               /* most of a list */
    const char *words;           /* of a word: "one|of|these" */
    toc_wire_kind item;          /* of a list */
} toc_wire_field;

typedef struct toc_wire_record {
    const char *name, *help;
    bool is_message;
    toc_wire_sender sender; /* of a message */
    size_t size;            /* of its shape */
    const toc_wire_field *fields;
    size_t count;
} toc_wire_record;

toc_wire_record toc_wire_record_of(toc_wire_kind kind);
/* By its name among the messages of that sender; TOC_WIRE_KINDS where there is none. */
toc_wire_kind toc_wire_find(toc_wire_sender sender, const char *name);

/* Whether it is one of the field's words. */
bool toc_wire_is_word(const toc_wire_field *field, const char *word);
/* Whether it may name a pair. Pairs become lines "key=value" of an input: nothing may hide in one.
 */
bool toc_wire_is_key(const char *key);

/* An empty message: texts "", times TOC_NEVER, numbers as if absent. */
toc_wire_message toc_wire_blank(toc_wire_kind kind);
/* The same for any shape of that kind, an item's too. */
void toc_wire_clear(toc_wire_kind kind, void *shape);

/* "bad-token". */
const char *toc_wire_reason_name(toc_wire_reason reason);
/* TOC_WIRE_REASONS where there is none of that name. */
toc_wire_reason toc_wire_reason_find(const char *name);
/* What the reason means, as a sentence; English where `language` is not "zh". */
const char *toc_wire_reason_text(toc_wire_reason reason, const char *language);

/* Whether a client's version is spoken here: TOC_WIRE_NONE or TOC_WIRE_OLD_PROTOCOL. */
toc_wire_reason toc_wire_negotiate(const char *protocol);
/* What is spoken here, best first; for `refused.speaks`. */
toc_wire_texts toc_wire_spoken(void);

#endif
