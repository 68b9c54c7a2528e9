#include "tocsin/roster.h"

#include <stdio.h>
#include <string.h>

#include "formats/csv_table.h"
#include "formats/plain_text.h"
#include "kernel/assert.h"
#include "kernel/names.h"

enum column {
    COLUMN_NAME,
    COLUMN_ORGANISATION,
    COLUMN_DESKS,
    COLUMN_CONTACT,
    COLUMN_LANGUAGE,
    COLUMN_COMPETENCE,
    COLUMN_NOTE,
    COLUMNS
};

enum { MOST_DESKS = 16, MOST_PEOPLE = 5000 };

static const struct {
    enum column column;
    const char *name;
} aliases[] = {
#define TOC_ROSTER_COLUMN(id, name) {COLUMN_##id, name},
#include "formats/roster_column.def"
#undef TOC_ROSTER_COLUMN
};

struct toc_roster {
    toc_arena *arena;
    const char *file;
    toc_list people; /* toc_roster_person */
};

struct reader {
    toc_csv_table table;
    toc_problems *problems;
    toc_roster *roster;
    uint32_t column[COLUMNS];
};

static enum column find_column(const char *head) {
    char name[100];
    (void)toc_plain_text_fold(head, name, sizeof name);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].name, name) == 0) {
            return aliases[i].column;
        }
    }
    return COLUMNS;
}

static toc_status read_head(struct reader *reader) {
    for (int i = 0; i < COLUMNS; i++) {
        reader->column[i] = TOC_NONE;
    }
    for (uint32_t i = 0;
         toc_csv_table_rows(&reader->table) > 0 && i < toc_csv_table_columns(&reader->table, 0);
         i++) {
        const char *head = toc_csv_table_at(&reader->table, 0, i);
        enum column column = find_column(head);
        if (column == COLUMNS) {
            toc_problems_warn(reader->problems, toc_csv_table_place(&reader->table, 0),
                              "the column '%.40s' is not read; columns are name, organisation, "
                              "seats, contact, language, competence and note",
                              head);
        } else if (reader->column[column] == TOC_NONE) {
            reader->column[column] = i;
        }
    }
    if (reader->column[COLUMN_NAME] == TOC_NONE || reader->column[COLUMN_DESKS] == TOC_NONE) {
        return toc_problems_error(reader->problems, (toc_place){reader->table.file, 1, 0},
                                  "expected a table with the columns 'name' and 'seats' (or 姓名 "
                                  "and 席位) at least");
    }
    return TOC_OK;
}

static const char *cell(const struct reader *reader, uint32_t row, enum column column) {
    return reader->column[column] == TOC_NONE
               ? ""
               : toc_arena_text(reader->roster->arena,
                                toc_csv_table_at(&reader->table, row, reader->column[column]));
}

static toc_status read_desks(struct reader *reader, uint32_t row, toc_roster_person *person) {
    toc_arena *arena = reader->roster->arena;
    const char **desks = toc_arena_alloc(arena, MOST_DESKS * sizeof *desks);
    person->desks = desks;
    for (const char *at = cell(reader, row, COLUMN_DESKS); *at != '\0';) {
        size_t length = strcspn(at, " ,;\t\n");
        if (length > 0 && person->desk_count == MOST_DESKS) {
            return toc_problems_error(reader->problems, toc_csv_table_place(&reader->table, row),
                                      "%s has more than %d seats", person->name, MOST_DESKS);
        }
        if (length > 0) {
            desks[person->desk_count++] = toc_arena_text_n(arena, at, length);
        }
        at += length;
        at += strspn(at, " ,;\t\n");
    }
    return TOC_OK;
}

static toc_status read_person(struct reader *reader, uint32_t row) {
    toc_place place = toc_csv_table_place(&reader->table, row);
    toc_roster_person person = {.name = cell(reader, row, COLUMN_NAME),
                                .organisation = cell(reader, row, COLUMN_ORGANISATION),
                                .contact = cell(reader, row, COLUMN_CONTACT),
                                .language = cell(reader, row, COLUMN_LANGUAGE),
                                .competence = cell(reader, row, COLUMN_COMPETENCE),
                                .note = cell(reader, row, COLUMN_NOTE),
                                .line = place.line};
    if (person.name[0] == '\0') {
        return toc_problems_error(reader->problems, place, "the person has no name");
    }
    if (person.language[0] != '\0' && strcmp(person.language, "en") != 0 &&
        strcmp(person.language, "zh") != 0) {
        return toc_problems_error(reader->problems, place,
                                  "language: expected en or zh, found '%.20s'", person.language);
    }
    toc_status status = read_desks(reader, row, &person);
    if (status == TOC_OK && person.desk_count == 0) {
        toc_problems_warn(reader->problems, place, "%s has no seat", person.name);
    }
    *(toc_roster_person *)toc_list_add(&reader->roster->people, sizeof person) = person;
    return status;
}

toc_status toc_roster_read(const toc_formats_source *source, toc_problems *problems,
                           toc_roster **out_roster) {
    toc_arena *arena = toc_arena_create();
    toc_roster *roster = toc_arena_alloc(arena, sizeof *roster);
    *roster = (toc_roster){.arena = arena, .file = toc_arena_text(arena, source->file)};
    struct reader reader = {.problems = problems, .roster = roster};
    toc_status status = toc_csv_table_read(source, false, problems, &reader.table);
    if (status == TOC_OK) {
        status = read_head(&reader);
    }
    bool bad = false;
    for (uint32_t row = 1; status == TOC_OK && row < toc_csv_table_rows(&reader.table); row++) {
        if (row > MOST_PEOPLE) {
            status = toc_problems_error(problems, toc_csv_table_place(&reader.table, row),
                                        "there are more than %d people", MOST_PEOPLE);
        } else {
            bad = read_person(&reader, row) != TOC_OK || bad;
        }
    }
    toc_csv_table_finish(&reader.table);
    if (status != TOC_OK || bad) {
        toc_roster_destroy(roster);
        return status != TOC_OK ? status : TOC_BAD_INPUT;
    }
    *out_roster = roster;
    return TOC_OK;
}

void toc_roster_destroy(toc_roster *roster) {
    if (roster != NULL) {
        toc_list_finish(&roster->people);
        toc_arena_destroy(roster->arena);
    }
}

size_t toc_roster_count(const toc_roster *roster) {
    return roster->people.count;
}

const toc_roster_person *toc_roster_at(const toc_roster *roster, size_t index) {
    TOC_ASSERT(index < roster->people.count);
    return TOC_LIST_AT(const toc_roster_person, &roster->people, index);
}

const toc_roster_person *toc_roster_find(const toc_roster *roster, const char *desk) {
    for (size_t i = 0; i < roster->people.count; i++) {
        const toc_roster_person *person = toc_roster_at(roster, i);
        for (size_t k = 0; k < person->desk_count; k++) {
            if (strcmp(person->desks[k], desk) == 0) {
                return person;
            }
        }
    }
    return NULL;
}

/* -- Checking -----------------------------------------------------------------------------------
 */

struct check {
    const toc_roster *roster;
    const char *const *seats;
    size_t seat_count;
    toc_problems *problems;
};

static toc_place place_of(const struct check *check, const toc_roster_person *person) {
    return (toc_place){check->roster->file, person->line, 0};
}

static bool is_team(const struct check *check, const char *name) {
    size_t length = strlen(name);
    for (size_t i = 0; i < check->seat_count; i++) {
        if (strncmp(check->seats[i], name, length) == 0 && check->seats[i][length] == '.') {
            return true;
        }
    }
    return false;
}

static bool is_seat(const struct check *check, const char *name) {
    for (size_t i = 0; i < check->seat_count; i++) {
        if (strcmp(check->seats[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static toc_status tell_unknown(const struct check *check, const toc_roster_person *person,
                               const char *desk) {
    toc_names *names = toc_names_create();
    for (size_t i = 0; i < check->seat_count; i++) {
        (void)toc_names_add(names, check->seats[i], NULL);
    }
    for (int kind = 0; kind < TOC_DESK_PLAYER; kind++) {
        (void)toc_names_add(names, toc_desk_name((toc_desk_kind)kind), NULL);
    }
    const char *nearest = toc_names_nearest(names, desk);
    toc_status status = toc_problems_error(
        check->problems, place_of(check, person), "%s: this drill has no seat '%.60s'%s%s%s",
        person->name, desk, nearest == NULL ? "" : "; did you mean '",
        nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
    toc_names_destroy(names);
    return status;
}

static toc_status check_desk(const struct check *check, const toc_roster_person *person,
                             const char *name) {
    toc_desk desk = toc_desk_read(name);
    bool known = desk.kind == TOC_DESK_PLAYER ? is_seat(check, name)
                 : desk.kind == TOC_DESK_EVALUATOR
                     ? desk.behind[0] == '\0' || is_team(check, desk.behind)
                     : true;
    if (!known) {
        return tell_unknown(check, person, name);
    }
    const toc_roster_person *first = toc_roster_find(check->roster, name);
    if (desk.kind == TOC_DESK_PLAYER && first != person) {
        toc_problems_warn(
            check->problems, place_of(check, person),
            "%s shares the seat %s with %s (line %u): the one who joined last plays it",
            person->name, name, first->name, first->line);
    }
    if (desk.kind == TOC_DESK_ADVISER && person->competence[0] == '\0') {
        toc_problems_warn(check->problems, place_of(check, person),
                          "%s is an adviser; say in the column 'competence' on what", person->name);
    }
    return TOC_OK;
}

static toc_status check_person(const struct check *check, const toc_roster_person *person) {
    toc_status status = TOC_OK;
    for (size_t i = 0; i < person->desk_count; i++) {
        if (check_desk(check, person, person->desks[i]) != TOC_OK) {
            status = TOC_BAD_INPUT;
        }
        for (size_t k = 0; k < i; k++) {
            const char *why = toc_desk_conflict(person->desks[k], person->desks[i]);
            if (why != NULL) {
                status = toc_problems_error(check->problems, place_of(check, person),
                                            "%s cannot be %s and %s: %s", person->name,
                                            person->desks[k], person->desks[i], why);
            }
        }
    }
    return status;
}

toc_status toc_roster_check(const toc_roster *roster, const char *const *seats, size_t seat_count,
                            toc_problems *problems) {
    struct check check = {roster, seats, seat_count, problems};
    toc_status status = TOC_OK;
    for (size_t i = 0; i < roster->people.count; i++) {
        if (check_person(&check, toc_roster_at(roster, i)) != TOC_OK) {
            status = TOC_BAD_INPUT;
        }
    }
    return status;
}
