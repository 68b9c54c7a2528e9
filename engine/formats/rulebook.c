#include "formats/rulebook.h"

#include <stdio.h>
#include <string.h>

#include "formats/plain_number.h"
#include "formats/xml_cursor.h"
#include "kernel/arena.h"
#include "kernel/names.h"
#include "tocsin/unit.h"

#define NAMESPACE "urn:tocsin:duties:1"

enum element {
#define RULEBOOK_ELEMENT(id, name, parent) ELEMENT_##id,
#include "formats/rulebook_word.def"
#undef RULEBOOK_ELEMENT
    ELEMENT_NOTHING
};

static const struct {
    const char *name;
    enum element parent;
} elements[] = {
#define RULEBOOK_ELEMENT(id, name, parent) {name, ELEMENT_##parent},
#include "formats/rulebook_word.def"
#undef RULEBOOK_ELEMENT
};

static const struct {
    enum element element;
    const char *name;
    bool required;
} attributes[] = {
#define RULEBOOK_ATTRIBUTE(element, name, required) {ELEMENT_##element, name, required},
#include "formats/rulebook_word.def"
#undef RULEBOOK_ATTRIBUTE
};

enum { ATTRIBUTES = sizeof attributes / sizeof *attributes, MOST = 200, EXPECTED = 300 };

/* The rulebook and all its texts lie in one arena. */
struct owned {
    toc_rulebook rulebook;
    toc_arena *arena;
};

struct reader {
    toc_xml_cursor *cursor;
    toc_problems *problems;
    toc_arena *arena;
    toc_rulebook *book;
    enum element element;
};

/* -- What attributes say ------------------------------------------------------------------------
 */

static const char *value(const struct reader *reader, const char *name) {
    const char *found = toc_xml_cursor_find(reader->cursor, name);
    return found == NULL ? "" : found;
}

static const char *keep(const struct reader *reader, const char *name) {
    return toc_arena_text(reader->arena, value(reader, name));
}

static void wrong(const struct reader *reader, const char *name, const char *expected,
                  const char *nearest) {
    (void)toc_problems_error(reader->problems, toc_xml_cursor_attribute_place(reader->cursor, name),
                             "<%s %s=\"%.80s\">: expected %s%s%s%s", elements[reader->element].name,
                             name, value(reader, name), expected,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
}

/* The place among `words`; 0 where it is not there or wrong. */
static int word(const struct reader *reader, const char *name, const char *const *words,
                int count) {
    const char *said = value(reader, name);
    char expected[EXPECTED] = "";
    for (int i = 0; i < count; i++) {
        size_t length = strlen(expected);
        if (said[0] == '\0' || strcmp(words[i], said) == 0) {
            return said[0] == '\0' ? 0 : i;
        }
        (void)snprintf(expected + length, sizeof expected - length, "%s%s",
                       i == 0           ? ""
                       : i == count - 1 ? " or "
                                        : ", ",
                       words[i]);
    }
    wrong(reader, name, expected, toc_names_nearest_of(words, (size_t)count, said));
    return 0;
}

static bool is_confirmed(const struct reader *reader) {
    static const char *const answers[] = {"yes", "no"};
    return word(reader, "confirmed", answers, 2) == 0;
}

static toc_time time_of(const struct reader *reader, const char *name, toc_time absent) {
    toc_time time = absent;
    const char *said = value(reader, name);
    if (said[0] != '\0' && (!toc_unit_parse_time(said, &time) || time < 0)) {
        wrong(reader, name, "a time like 1h30min", NULL);
        return absent;
    }
    return time;
}

static int one_of(const struct reader *reader, const char *name, const toc_rulebook_part *parts,
                  int count) {
    const char *id = value(reader, name);
    int found = id[0] == '\0' ? TOC_RULEBOOK_NONE : toc_rulebook_find(parts, count, id);
    if (id[0] != '\0' && found == TOC_RULEBOOK_NONE) {
        wrong(reader, name, "one that stands before this element",
              toc_rulebook_nearest(parts, count, id));
    }
    return found;
}

/* The next of the words in `*at`, copied; false at the end. */
static bool next_word(const char **at, char out[64]) {
    *at += strspn(*at, " \t\r\n");
    size_t length = strcspn(*at, " \t\r\n");
    (void)snprintf(out, 64, "%.*s", (int)(length < 63 ? length : 63), *at);
    *at += length;
    return length > 0;
}

static uint64_t items_of(const struct reader *reader, const char *name) {
    const toc_rulebook *book = reader->book;
    const char *at = value(reader, name);
    uint64_t items = 0;
    char id[64];
    if (strcmp(at, "all") == 0) {
        return book->item_count == TOC_RULEBOOK_ITEMS ? UINT64_MAX
                                                      : (UINT64_C(1) << book->item_count) - 1;
    }
    while (next_word(&at, id)) {
        int item = toc_rulebook_find(book->items, book->item_count, id);
        if (item == TOC_RULEBOOK_NONE) {
            wrong(reader, name, "items that stand before this element, or all",
                  toc_rulebook_nearest(book->items, book->item_count, id));
            break;
        }
        items |= UINT64_C(1) << item;
    }
    return items;
}

/* -- Elements -----------------------------------------------------------------------------------
 */

static toc_rulebook_part name_of(const struct reader *reader) {
    toc_rulebook_part part = {keep(reader, "id"), keep(reader, "en"), keep(reader, "zh")};
    size_t length = strspn(part.id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789_-");
    if (part.id[0] != '\0' && (part.id[length] != '\0' || length > 60)) {
        wrong(reader, "id", "at most 60 letters, digits, '-' and '_'", NULL);
    }
    return part;
}

static void add_part(const struct reader *reader, toc_rulebook_part *parts, int *count, int most) {
    toc_rulebook_part part = name_of(reader);
    if (part.id[0] != '\0' && toc_rulebook_find(parts, *count, part.id) != TOC_RULEBOOK_NONE) {
        wrong(reader, "id", "an id that no other has", NULL);
    } else if (*count == most) {
        wrong(reader, "id", "fewer of them; there is no room for this one", NULL);
    } else {
        parts[(*count)++] = part;
    }
}

/* "2025-11-01" */
static bool is_date(const char *text) {
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; i < sizeof shape; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !is_digit : text[i] != shape[i]) {
            return false;
        }
    }
    return memcmp(text + 5, "01", 2) >= 0 && memcmp(text + 5, "12", 2) <= 0 &&
           memcmp(text + 8, "01", 2) >= 0 && memcmp(text + 8, "31", 2) <= 0;
}

static void read_root(const struct reader *reader) {
    reader->book->name = name_of(reader);
    reader->book->source = keep(reader, "source");
    reader->book->in_force = keep(reader, "in-force");
    if (value(reader, "in-force")[0] != '\0' && !is_date(reader->book->in_force)) {
        wrong(reader, "in-force", "a date like 2025-11-01", NULL);
    }
}

static void read_when(const struct reader *reader) {
    toc_rulebook *book = reader->book;
    toc_rulebook_when when = {.level = book->level_count - 1,
                              .lasts = time_of(reader, "lasts", 0),
                              .confirmed = is_confirmed(reader)};
    const char *people = value(reader, "people"), *down = value(reader, "down");
    if (people[0] != '\0' && !toc_plain_number_whole(people, 1, INT64_C(1) << 40, &when.people)) {
        wrong(reader, "people", "a whole number from 1", NULL);
    }
    if (down[0] != '\0' && (!toc_unit_parse_number(down, 1000000, &when.down_ppm) ||
                            when.down_ppm <= 0 || when.down_ppm > 1000000)) {
        wrong(reader, "down", "a share above 0, up to 1", NULL);
    }
    if (people[0] == '\0' && down[0] == '\0') {
        (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                 "<when> has neither 'people' nor 'down'");
    } else if (book->when_count == TOC_RULEBOOK_PARTS || when.level < 0) {
        (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                 "<when> is one more than the %d there may be", TOC_RULEBOOK_PARTS);
    } else {
        book->whens[book->when_count++] = when;
    }
}

static void read_recipients(const struct reader *reader, toc_rulebook_duty *duty) {
    const toc_rulebook *book = reader->book;
    const char *at = value(reader, "to");
    char id[64];
    while (next_word(&at, id) && duty->to_count < TOC_RULEBOOK_PARTS) {
        int role = toc_rulebook_find(book->roles, book->role_count, id);
        if (role == TOC_RULEBOOK_NONE) {
            wrong(reader, "to", "roles that stand before this element",
                  toc_rulebook_nearest(book->roles, book->role_count, id));
            return;
        }
        duty->to[duty->to_count++] = role;
    }
    if (duty->to_count == 0 && value(reader, "to")[0] != '\0') {
        wrong(reader, "to", "one role or more", NULL);
    }
}

/* What sets it off: a level, a declaration, or the duty before it. */
static void check_trigger(const struct reader *reader, const toc_rulebook_duty *duty) {
    const toc_rulebook *book = reader->book;
    bool is_known = false;
    for (int i = 0; i < book->duty_count; i++) {
        const toc_rulebook_duty *other = &book->duties[i];
        is_known = is_known || strcmp(other->name.id, duty->after) == 0;
        if (strcmp(other->name.id, duty->name.id) == 0 &&
            (other->applies == duty->applies || other->applies == TOC_RULEBOOK_ANY ||
             duty->applies == TOC_RULEBOOK_ANY)) {
            wrong(reader, "id", "an id that no other duty of the same operators has", NULL);
        }
    }
    if (duty->after[0] != '\0' && !is_known) {
        wrong(reader, "after", "a duty that stands before this one", NULL);
    }
    if (duty->after[0] == '\0' && !duty->on_declared && duty->least == TOC_RULEBOOK_NONE) {
        (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                 "<duty> does not say what sets it off: 'least' with a level, "
                                 "'after' with a duty, or trigger=\"declared\"");
    }
    if (duty->after[0] == '\0' && (duty->clock == TOC_RULEBOOK_RECEIVED || duty->only_incomplete)) {
        wrong(reader, duty->only_incomplete ? "only" : "clock", "a duty 'after' which it follows",
              NULL);
    }
}

static void read_duty(const struct reader *reader) {
    static const char *const applies[] = {"any", "cii", "government", "other"};
    static const char *const triggers[] = {"severity", "declared"};
    static const char *const onlys[] = {"always", "incomplete"};
    static const char *const ways[] = {"initial", "supplement", "summary"};
    static const char *const clocks[] = {"triggered",  "discovered", "aware",
                                         "determined", "received",   "handled"};
    toc_rulebook *book = reader->book;
    toc_rulebook_duty duty = {.name = name_of(reader),
                              .applies = (toc_rulebook_applies)word(reader, "applies", applies, 4),
                              .from = one_of(reader, "from", book->roles, book->role_count),
                              .on_declared = word(reader, "trigger", triggers, 2) == 1,
                              .after = keep(reader, "after"),
                              .only_incomplete = word(reader, "only", onlys, 2) == 1,
                              .least = one_of(reader, "least", book->levels, book->level_count),
                              .below = one_of(reader, "below", book->levels, book->level_count),
                              .clock = (toc_rulebook_clock)word(reader, "clock", clocks, 6),
                              .next_day = strcmp(value(reader, "within"), "next-day") == 0,
                              .by = (toc_rulebook_by)word(reader, "by", ways, 3),
                              .content = items_of(reader, "content"),
                              .at_once = items_of(reader, "at-once"),
                              .confirmed = is_confirmed(reader),
                              .place = toc_xml_cursor_place(reader->cursor)};
    duty.within = duty.next_day ? TOC_NEVER : time_of(reader, "within", TOC_NEVER);
    read_recipients(reader, &duty);
    check_trigger(reader, &duty);
    if ((duty.at_once & ~duty.content) != 0) {
        wrong(reader, "at-once", "items of 'content'", NULL);
    }
    if (book->duty_count == TOC_RULEBOOK_PARTS) {
        wrong(reader, "id", "fewer duties; there is no room for this one", NULL);
    } else {
        book->duties[book->duty_count++] = duty;
    }
}

/* -- The file -----------------------------------------------------------------------------------
 */

static void read_element(const struct reader *reader) {
    toc_rulebook *book = reader->book;
    switch (reader->element) {
    case ELEMENT_DUTIES:
        read_root(reader);
        break;
    case ELEMENT_ROLE:
        add_part(reader, book->roles, &book->role_count, TOC_RULEBOOK_PARTS);
        break;
    case ELEMENT_ITEM:
        add_part(reader, book->items, &book->item_count, TOC_RULEBOOK_ITEMS);
        break;
    case ELEMENT_LEVEL:
        add_part(reader, book->levels, &book->level_count, TOC_RULEBOOK_PARTS);
        break;
    case ELEMENT_WHEN:
        read_when(reader);
        break;
    case ELEMENT_DUTY:
        read_duty(reader);
        break;
    case ELEMENT_NOTHING:
        break;
    }
}

static void check_attributes(const struct reader *reader) {
    const char *names[ATTRIBUTES];
    size_t count = 0;
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        if (attributes[i].element != reader->element) {
            continue;
        }
        names[count++] = attributes[i].name;
        if (attributes[i].required && value(reader, attributes[i].name)[0] == '\0') {
            (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                     "<%s> has no '%s'", elements[reader->element].name,
                                     attributes[i].name);
        }
    }
    for (size_t i = 0; i < toc_xml_cursor_attributes(reader->cursor); i++) {
        const toc_xml_attribute *given = toc_xml_cursor_attribute(reader->cursor, i);
        size_t k = 0;
        while (k < count && strcmp(names[k], given->name) != 0) {
            k++;
        }
        if (k == count && given->prefix == NULL && strcmp(given->name, "xmlns") != 0) {
            const char *nearest = toc_names_nearest_of(names, count, given->name);
            (void)toc_problems_error(
                reader->problems, toc_xml_cursor_attribute_place(reader->cursor, given->name),
                "<%s> has no attribute '%.60s'%s%s%s", elements[reader->element].name, given->name,
                nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                nearest != NULL ? "')" : "");
        }
    }
}

/* ELEMENT_NOTHING, and told, where it does not belong there. */
static enum element find_element(const struct reader *reader, enum element parent) {
    const char *name = toc_xml_cursor_name(reader->cursor), *names[ELEMENT_NOTHING];
    bool is_ours = strcmp(toc_xml_cursor_namespace(reader->cursor), NAMESPACE) == 0;
    char expected[EXPECTED] = "";
    size_t count = 0;
    for (int i = 0; i < ELEMENT_NOTHING; i++) {
        size_t length = strlen(expected);
        if (elements[i].parent != parent) {
            continue;
        }
        if (is_ours && strcmp(elements[i].name, name) == 0) {
            return (enum element)i;
        }
        names[count++] = elements[i].name;
        (void)snprintf(expected + length, sizeof expected - length, "%s<%s>",
                       length == 0 ? "" : ", ", elements[i].name);
    }
    const char *nearest = toc_names_nearest_of(names, count, name);
    (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                             "found <%.80s>, expected %s of the namespace '" NAMESPACE "'%s%s%s",
                             name, count == 0 ? "no element" : expected,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
    return ELEMENT_NOTHING;
}

static void read_all(struct reader *reader) {
    enum element parents[4] = {ELEMENT_NOTHING};
    toc_xml_event event = toc_xml_cursor_next(reader->cursor);
    while (event != TOC_XML_DONE && event != TOC_XML_BROKEN) {
        uint32_t depth = toc_xml_cursor_depth(reader->cursor);
        if (event != TOC_XML_START) {
            event = toc_xml_cursor_next(reader->cursor);
            continue;
        }
        reader->element = find_element(reader, parents[depth - 1]);
        if (reader->element == ELEMENT_NOTHING) {
            event = toc_xml_cursor_skip(reader->cursor);
            continue;
        }
        parents[depth] = reader->element;
        check_attributes(reader);
        read_element(reader);
        event = toc_xml_cursor_next(reader->cursor);
    }
}

toc_status toc_rulebook_read(const toc_formats_source *source, toc_problems *problems,
                             toc_rulebook **out_rulebook) {
    static const toc_xml_options options = {.elements = MOST, .expects = "rules of reporting"};
    toc_arena *arena = toc_arena_create();
    struct owned *owned = toc_arena_alloc(arena, sizeof *owned);
    owned->arena = arena;
    struct reader reader = {.cursor = toc_xml_cursor_open(source, &options, problems),
                            .problems = problems,
                            .arena = arena,
                            .book = &owned->rulebook,
                            .element = ELEMENT_NOTHING};
    size_t before = toc_problems_count(problems, TOC_ERROR);
    read_all(&reader);
    toc_xml_cursor_close(reader.cursor);
    if (toc_problems_count(problems, TOC_ERROR) > before) {
        toc_rulebook_destroy(&owned->rulebook);
        return TOC_BAD_INPUT;
    }
    *out_rulebook = &owned->rulebook;
    return TOC_OK;
}

void toc_rulebook_destroy(toc_rulebook *rulebook) {
    if (rulebook != NULL) {
        toc_arena_destroy(((struct owned *)rulebook)->arena);
    }
}

bool toc_rulebook_is(const toc_formats_source *source) {
    enum { HEAD = 4096 };
    static const char name[] = "urn:tocsin:duties:";
    size_t end = source->size < HEAD ? source->size : HEAD;
    for (size_t at = 0; at + sizeof name - 1 <= end; at++) {
        if (memcmp(source->bytes + at, name, sizeof name - 1) == 0) {
            return true;
        }
    }
    return false;
}

toc_status toc_rulebook_check(const toc_formats_source *source, toc_problems *problems,
                              char *summary, size_t size) {
    toc_rulebook *book = NULL;
    toc_status status = toc_rulebook_read(source, problems, &book);
    if (status == TOC_OK) {
        int open = 0;
        for (int i = 0; i < book->when_count; i++) {
            open += !book->whens[i].confirmed;
        }
        for (int i = 0; i < book->duty_count; i++) {
            open += !book->duties[i].confirmed;
        }
        (void)snprintf(summary, size,
                       "'%.80s', in force since %s: %d duties, %d levels, %d items; %d figures "
                       "are not confirmed",
                       book->name.en, book->in_force, book->duty_count, book->level_count,
                       book->item_count, open);
    }
    toc_rulebook_destroy(book);
    return status;
}

int toc_rulebook_find(const toc_rulebook_part *parts, int count, const char *id) {
    for (int i = 0; i < count; i++) {
        if (strcmp(parts[i].id, id) == 0) {
            return i;
        }
    }
    return TOC_RULEBOOK_NONE;
}

const char *toc_rulebook_nearest(const toc_rulebook_part *parts, int count, const char *id) {
    const char *ids[TOC_RULEBOOK_PARTS];
    for (int i = 0; i < count; i++) {
        ids[i] = parts[i].id;
    }
    return toc_names_nearest_of(ids, (size_t)count, id);
}
