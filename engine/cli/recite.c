#include "cli/recite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/saying.h"

#define PPM_PER_PERCENT INT64_C(10000)

static const struct {
    const char *word, *english, *chinese;
} words[] = {
#define TOC_WORD(word, english, chinese) {word, english, chinese},
#include "cli/label.def"
#undef TOC_WORD
};

static const char *find_word(const char *language, const char *word) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, word) == 0) {
            return strncmp(language, "zh", 2) == 0 ? words[i].chinese : words[i].english;
        }
    }
    return NULL;
}

const char *toc_recite_word(const char *language, const char *word) {
    const char *found = find_word(language, word);
    return found == NULL ? word : found;
}

void toc_recite_time(toc_time time, char *buffer, size_t size) {
    (void)toc_time_print(time == TOC_NEVER ? time : time - time % TOC_SECOND, buffer, size);
}

/* ", " and the field's name, where it has one that is said. */
static void begin_part(const char *language, const toc_wire_field *field, bool *is_first) {
    const char *label = find_word(language, field->name);
    bool is_sentence = field->type == TOC_WIRE_TYPE_TEXT && field->most >= 1000 && label == NULL;
    (void)printf("%s%s%s", *is_first || is_sentence ? ": " : ", ", label == NULL ? "" : label,
                 label == NULL ? "" : " ");
    *is_first = false;
}

static void say_number(const toc_wire_field *field, int64_t number) {
    if (field->most == 100 * PPM_PER_PERCENT) {
        (void)printf("%" PRId64 ".%" PRId64 " %%", number / PPM_PER_PERCENT,
                     number % PPM_PER_PERCENT / 1000);
    } else {
        (void)printf("%" PRId64, number);
    }
}

static void say_texts(const char *place) {
    toc_wire_texts texts;
    memcpy(&texts, place, sizeof texts);
    for (uint32_t i = 0; i < texts.count; i++) {
        (void)fputs(i == 0 ? "" : "; ", stdout);
        toc_saying_text(texts.items[i], "    ");
    }
}

/* Whether a field merely says the item's id again, like the asset of an alarm. */
static bool repeats(const toc_wire_field *field, const char *place, const char *id) {
    const char *text = NULL;
    if (field->type != TOC_WIRE_TYPE_TEXT) {
        return false;
    }
    memcpy(&text, place, sizeof text);
    return text != NULL && strcmp(text, id) == 0;
}

static bool says_nothing(const toc_wire_field *field, const char *place) {
    const char *text = NULL;
    int64_t number = 0;
    bool flag = false;
    toc_wire_texts texts;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
    case TOC_WIRE_TYPE_WORD:
        memcpy(&text, place, sizeof text);
        return text == NULL || text[0] == '\0';
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        memcpy(&number, place, sizeof number);
        return (number == field->absent && !field->needed) ||
               (number == 0 && strcmp(field->name, "lasts") == 0);
    case TOC_WIRE_TYPE_FLAG:
        memcpy(&flag, place, sizeof flag);
        return !flag;
    case TOC_WIRE_TYPE_TEXTS:
        memcpy(&texts, place, sizeof texts);
        return texts.count == 0;
    case TOC_WIRE_TYPE_WHY:
    case TOC_WIRE_TYPE_PAIRS:
    case TOC_WIRE_TYPE_LIST:
        return true;
    }
    return true;
}

static void say_field(const char *language, const toc_wire_field *field, const char *place) {
    char shown[64];
    const char *text = NULL;
    int64_t number = 0;
    if (field->type == TOC_WIRE_TYPE_TEXT || field->type == TOC_WIRE_TYPE_WORD) {
        memcpy(&text, place, sizeof text);
        toc_saying_text(toc_recite_word(language, text), "    ");
    } else if (field->type == TOC_WIRE_TYPE_NUMBER) {
        memcpy(&number, place, sizeof number);
        say_number(field, number);
    } else if (field->type == TOC_WIRE_TYPE_TIME) {
        memcpy(&number, place, sizeof number);
        toc_recite_time(number, shown, sizeof shown);
        bool is_span = strcmp(field->name, "lasts") == 0 && strncmp(shown, "D+0 ", 4) == 0;
        (void)fputs(is_span ? shown + 4 : shown, stdout);
    } else if (field->type == TOC_WIRE_TYPE_TEXTS) {
        say_texts(place);
    }
}

void toc_recite_item(const char *language, toc_wire_kind kind, const void *item, size_t number) {
    toc_wire_record record = toc_wire_record_of(kind);
    const char *id = NULL;
    bool is_first = true;
    memcpy(&id, item, sizeof id);
    if (number > 0) {
        (void)printf("%zu. ", number);
    }
    toc_saying_text(id, "    ");
    for (size_t i = 1; i < record.count; i++) {
        const char *place = (const char *)item + record.fields[i].offset;
        const char *name = record.fields[i].name;
        if (!says_nothing(&record.fields[i], place) && !repeats(&record.fields[i], place, id) &&
            strcmp(name, "number") != 0) {
            begin_part(language, &record.fields[i], &is_first);
            say_field(language, &record.fields[i], place);
        }
    }
    (void)putchar('\n');
}

static void say_heading(const char *language, const char *name, uint32_t count) {
    char number[16];
    const char *heading = toc_recite_word(language, name);
    (void)snprintf(number, sizeof number, "%" PRIu32, count);
    toc_saying_print(language, count == 0 ? TOC_SAYING_NONE : TOC_SAYING_COUNT,
                     (const char *[TOC_SAYING_PARTS]){heading, number});
}

static bool is_meant(const char *item, const char *only) {
    const char *id = NULL;
    memcpy(&id, item, sizeof id);
    return strncmp(id, only, strlen(only)) == 0;
}

bool toc_recite_list(const char *language, toc_wire_kind kind, const void *shape, const char *field,
                     const char *only) {
    toc_wire_record record = toc_wire_record_of(kind);
    for (size_t i = 0; i < record.count; i++) {
        const toc_wire_field *found = &record.fields[i];
        if (found->type != TOC_WIRE_TYPE_LIST || found->item == TOC_WIRE_M_GONE ||
            strcmp(found->name, field) != 0) {
            continue;
        }
        toc_wire_own_list list; /* all lists have its shape */
        size_t size = toc_wire_record_of(found->item).size;
        uint32_t count = 0;
        memcpy(&list, (const char *)shape + found->offset, sizeof list);
        const char *items = (const char *)list.items;
        for (uint32_t j = 0; j < list.count; j++) {
            count += is_meant(items + j * size, only);
        }
        say_heading(language, strcmp(field, "log") == 0 ? "notes" : field, count);
        for (uint32_t j = 0; j < list.count; j++) {
            if (is_meant(items + j * size, only)) {
                toc_recite_item(language, found->item, items + j * size, 0);
            }
        }
        return true;
    }
    return false;
}

static void say_if(const char *before, const char *text) {
    if (text[0] != '\0') {
        (void)fputs(before, stdout);
        toc_saying_text(text, "    ");
    }
}

void toc_recite_event(const char *language, const toc_wire_event *event) {
    char at[64];
    toc_recite_time(event->at, at, sizeof at);
    (void)printf("%s %s", at, toc_recite_word(language, event->kind));
    say_if(" ", event->subject);
    if (event->actor[0] != '\0') {
        (void)printf(" %s ", toc_recite_word(language, "from"));
        toc_saying_text(event->actor, "    ");
    }
    say_if(", ", toc_recite_word(language, event->verb));
    say_if(", ", event->marking);
    if (event->due != TOC_NEVER) {
        toc_recite_time(event->due, at, sizeof at);
        (void)printf(", %s %s", toc_recite_word(language, "due"), at);
    }
    say_if(": ", toc_recite_word(language, event->text));
    (void)putchar('\n');
}

void toc_recite_letter(const char *language, const toc_wire_letter *letter) {
    char at[64];
    toc_recite_time(letter->at, at, sizeof at);
    (void)printf("%" PRId64 ". %s", letter->number, at);
    if (letter->from[0] != '\0') {
        (void)printf(", %s ", toc_recite_word(language, "from"));
        toc_saying_text(letter->from, "    ");
    }
    say_if(", ", letter->channel);
    say_if(", ", letter->marking);
    for (uint32_t i = 0; i < letter->attached.count; i++) {
        (void)printf(", %s ", toc_recite_word(language, "attached"));
        toc_saying_text(letter->attached.items[i], "    ");
    }
    (void)putchar('\n');
    toc_saying_text(letter->text, "");
    (void)putchar('\n');
}

/* -- Status ---------------------------------------------------------------------------------------
 */

static void say_count(const char *language, toc_saying_id id, size_t count) {
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", count);
    if (count > 0) {
        toc_saying_print(language, id, (const char *[TOC_SAYING_PARTS]){number});
    }
}

static void say_clock(const char *language, const toc_wire_clock *clock) {
    char text[64];
    toc_recite_time(clock->now == TOC_NEVER ? 0 : clock->now, text, sizeof text);
    toc_saying_print(language, TOC_SAYING_TIME, (const char *[TOC_SAYING_PARTS]){text});
    if (clock->over) {
        toc_saying_print(language, TOC_SAYING_OVER, (const char *[TOC_SAYING_PARTS]){NULL});
        return;
    }
    if (clock->paused) {
        toc_saying_print(language, TOC_SAYING_PAUSED, (const char *[TOC_SAYING_PARTS]){NULL});
    }
    if (strcmp(clock->pace, "talk") == 0) {
        char ready[24], people[24];
        (void)snprintf(ready, sizeof ready, "%" PRId64, clock->ready);
        (void)snprintf(people, sizeof people, "%" PRId64, clock->people);
        toc_saying_print(language, TOC_SAYING_TALKING,
                         (const char *[TOC_SAYING_PARTS]){ready, people});
    } else if (strcmp(clock->pace, "script") == 0) {
        toc_saying_print(language, TOC_SAYING_SHOWN, (const char *[TOC_SAYING_PARTS]){NULL});
    }
    if (strcmp(clock->pace, "talk") != 0 && clock->speed != 0 && clock->speed != 1000) {
        (void)snprintf(text, sizeof text, "%g", (double)clock->speed / 1000.0);
        toc_saying_print(language, TOC_SAYING_SPEED, (const char *[TOC_SAYING_PARTS]){text});
    }
    if (clock->ends != TOC_NEVER) {
        toc_recite_time(clock->ends, text, sizeof text);
        toc_saying_print(language, TOC_SAYING_ENDS, (const char *[TOC_SAYING_PARTS]){text});
    }
}

static size_t unfinished(toc_wire_ticket_list tickets) {
    size_t count = 0;
    for (uint32_t i = 0; i < tickets.count; i++) {
        const char *stage = tickets.items[i].stage;
        count += strcmp(stage, "done") != 0 && strcmp(stage, "failed") != 0 &&
                 strcmp(stage, "refused") != 0;
    }
    return count;
}

static void say_duties(const char *language, toc_wire_duty_list duties) {
    size_t open = 0;
    toc_time next = TOC_NEVER;
    for (uint32_t i = 0; i < duties.count; i++) {
        if (strcmp(duties.items[i].state, "open") == 0) {
            open++;
            next = duties.items[i].due < next ? duties.items[i].due : next;
        }
    }
    say_count(language, TOC_SAYING_OPEN_DUTIES, open);
    if (next != TOC_NEVER) {
        char text[64];
        toc_recite_time(next, text, sizeof text);
        toc_saying_print(language, TOC_SAYING_NEXT_DUE, (const char *[TOC_SAYING_PARTS]){text});
    }
}

void toc_recite_status(const char *language, const toc_mirror *mirror, size_t unread) {
    const toc_wire_state *state = toc_mirror_state(mirror);
    size_t alarms = 0;
    say_clock(language, toc_mirror_clock(mirror));
    (void)toc_recite_list(language, TOC_WIRE_M_STATE, state, "services", "");
    if (state->zones.count > 0) {
        (void)toc_recite_list(language, TOC_WIRE_M_STATE, state, "zones", "");
    }
    for (uint32_t i = 0; i < state->alarms.count; i++) {
        alarms += strcmp(state->alarms.items[i].state, "unacknowledged") == 0;
    }
    say_count(language, TOC_SAYING_UNREAD, unread);
    say_count(language, TOC_SAYING_UNACKED, alarms);
    say_count(language, TOC_SAYING_UNDER_WAY, unfinished(state->tickets));
    say_duties(language, state->duties);
    if (toc_mirror_head(mirror)[0] != '\0') {
        toc_saying_print(language, TOC_SAYING_HEAD,
                         (const char *[TOC_SAYING_PARTS]){toc_mirror_head(mirror)});
    }
}
