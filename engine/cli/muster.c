/* attendance: who was expected at a live drill, who came, and for how long. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tocsin/record.h"

enum { MOMENT = 32 };

/* What the journal says of a desk; microseconds since 1970, 0: nothing. */
struct presence {
    int64_t first, last, since, stayed;
    uint32_t times;
};

static void come(struct presence *presence, int64_t moment) {
    presence->first = presence->times++ == 0 ? moment : presence->first;
    presence->since = presence->since == 0 ? moment : presence->since;
    presence->last = moment;
}

static void go(struct presence *presence, int64_t moment) {
    presence->stayed += presence->since == 0 ? 0 : moment - presence->since;
    presence->since = 0;
    presence->last = moment;
}

/* Whoever was there when the record ends stayed until its last entry. */
static struct presence presence_of(const toc_record *record, const char *desk) {
    struct presence presence = {0};
    int64_t end = 0;
    for (uint64_t i = 1; i <= toc_record_journal_count(record); i++) {
        uint32_t branch = 0;
        toc_record_entry entry = toc_record_journal_at(record, i, &branch);
        end = entry.moment > end ? entry.moment : end;
        if (strcmp(entry.seat, desk) != 0) {
            continue;
        }
        if (strcmp(entry.kind, "joined") == 0) {
            come(&presence, entry.moment);
        } else if (strcmp(entry.kind, "left") == 0) {
            go(&presence, entry.moment);
        }
    }
    if (presence.since != 0) {
        go(&presence, end);
    }
    return presence;
}

static const char *print_moment(int64_t moment, char out[MOMENT]) {
    time_t seconds = (time_t)(moment / 1000000);
    struct tm parts;
    if (moment == 0 || gmtime_r(&seconds, &parts) == NULL ||
        strftime(out, MOMENT, "%Y-%m-%d %H:%M:%S", &parts) == 0) {
        (void)strcpy(out, "-");
    }
    return out;
}

static void put_row(json_t *list, const char *desk, const toc_record_person *person,
                    const struct presence *presence) {
    char first[MOMENT], last[MOMENT];
    json_t *row = json_object();
    (void)json_object_set_new(row, "seat", toc_cli_text(desk));
    (void)json_object_set_new(row, "name", toc_cli_text(person->name));
    (void)json_object_set_new(row, "note", toc_cli_text(person->note));
    (void)json_object_set_new(row, "came", json_boolean(presence->times > 0));
    (void)json_object_set_new(row, "first_utc", toc_cli_text(print_moment(presence->first, first)));
    (void)json_object_set_new(row, "last_utc", toc_cli_text(print_moment(presence->last, last)));
    (void)json_object_set_new(row, "minutes",
                              json_integer((json_int_t)(presence->stayed / TOC_MINUTE)));
    (void)json_object_set_new(row, "times", json_integer(presence->times));
    (void)json_array_append_new(list, row);
}

static bool is_expected(const toc_record *record, const char *desk) {
    for (uint64_t i = 1; i <= toc_record_person_count(record); i++) {
        if (strcmp(toc_record_person_at(record, i).seat, desk) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const json_t *list, const char *desk) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(row, "seat")), desk) == 0) {
            return true;
        }
    }
    return false;
}

/* Those who were expected, then whoever came besides. */
static json_t *list_all(const toc_record *record) {
    json_t *list = json_array();
    for (uint64_t i = 1; i <= toc_record_person_count(record); i++) {
        toc_record_person person = toc_record_person_at(record, i);
        struct presence presence = presence_of(record, person.seat);
        put_row(list, person.seat, &person, &presence);
    }
    for (uint64_t i = 1; i <= toc_record_journal_count(record); i++) {
        uint32_t branch = 0;
        toc_record_entry entry = toc_record_journal_at(record, i, &branch);
        if (strcmp(entry.kind, "joined") == 0 && !is_expected(record, entry.seat) &&
            !is_listed(list, entry.seat)) {
            toc_record_person nobody = {.seat = entry.seat, .name = "", .note = ""};
            struct presence presence = presence_of(record, entry.seat);
            put_row(list, entry.seat, &nobody, &presence);
        }
    }
    return list;
}

static const char *text_of(const json_t *row, const char *key) {
    return json_string_value(json_object_get(row, key));
}

static void print_table(const json_t *list) {
    (void)printf("%-28s %-24s %-19s  %-19s  %7s %5s\n", "seat", "who", "came (UTC)",
                 "last seen (UTC)", "minutes", "times");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *name = text_of(row, "name");
        (void)printf("%-28s %-24s %-19s  %-19s  %7lld %5lld\n", text_of(row, "seat"),
                     name[0] == '\0' ? "-" : name, text_of(row, "first_utc"),
                     text_of(row, "last_utc"),
                     (long long)json_integer_value(json_object_get(row, "minutes")),
                     (long long)json_integer_value(json_object_get(row, "times")));
    }
}

static toc_status run(toc_cli_call *call) {
    toc_record *record = NULL;
    toc_status status = toc_record_open(call->arguments[0], call->problems, &record);
    if (status != TOC_OK) {
        return status;
    }
    json_t *list = list_all(record);
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "attendance", list);
        toc_cli_print_json(call, document);
    } else {
        print_table(list);
        json_decref(list);
    }
    toc_record_close(record);
    return TOC_OK;
}

const toc_cli_command toc_muster_command = {
    .name = "attendance",
    .usage = "FILE.drill",
    .sentence = "who was expected at a live drill, who came, and for how long",
    .example = "tocsin attendance evening.drill",
    .run = run,
    .least_arguments = 1,
    .most_arguments = 1,
};
