#include "tocsin/msel.h"

#include <stdio.h>
#include <string.h>

#include "formats/csv_table.h"
#include "formats/msel_time.h"
#include "formats/plain_text.h"
#include "formats/workbook.h"
#include "kernel/assert.h"

struct toc_msel {
    toc_arena *arena;
    toc_list entries; /* toc_msel_entry */
};

struct alias {
    toc_msel_column column;
    const char *name;
};

static const struct alias aliases[] = {
#define TOC_MSEL_COLUMN(id, name) {TOC_MSEL_##id, name},
#include "tocsin/msel_column.def"
#undef TOC_MSEL_COLUMN
#define TOC_MSEL_ALIAS(id, name) {TOC_MSEL_##id, name},
#include "tocsin/msel_column.def"
#undef TOC_MSEL_ALIAS
};

#define NOWHERE UINT32_MAX /* a column that the table does not have */

enum { ALIASES = sizeof aliases / sizeof *aliases, HEAD_ROWS = 12, LEAST_HEADS = 3 };

toc_msel *toc_msel_create(void) {
    toc_arena *arena = toc_arena_create();
    toc_msel *msel = toc_arena_alloc(arena, sizeof *msel);
    *msel = (toc_msel){.arena = arena};
    return msel;
}

void toc_msel_destroy(toc_msel *msel) {
    if (msel != NULL) {
        toc_list_finish(&msel->entries);
        toc_arena_destroy(msel->arena);
    }
}

uint32_t toc_msel_count(const toc_msel *msel) {
    return msel->entries.count;
}

const toc_msel_entry *toc_msel_at(const toc_msel *msel, uint32_t index) {
    TOC_ASSERT(index < msel->entries.count);
    return TOC_LIST_AT(const toc_msel_entry, &msel->entries, index);
}

void toc_msel_add(toc_msel *msel, const toc_msel_entry *entry) {
    char time[40] = "";
    toc_msel_entry *added = toc_list_add(&msel->entries, sizeof *added);
    *added = *entry;
    if (entry->at != TOC_NEVER) {
        toc_msel_time_print(entry->at, time, sizeof time);
        added->cells[TOC_MSEL_TIME] = time;
    }
    for (int i = 0; i < TOC_MSEL_COLUMNS; i++) {
        added->cells[i] =
            added->cells[i] == NULL ? "" : toc_arena_text(msel->arena, added->cells[i]);
    }
}

toc_msel_clock toc_msel_clock_of(const char *starts) {
    toc_msel_clock zero = {.known = true}, clock = {.known = false};
    char text[20] = "";
    toc_time since = 0;
    (void)snprintf(text, sizeof text, "%.16s", starts);
    if (toc_msel_time_read(text, zero, &since) == TOC_MSEL_TIME_READ && strchr(text, '-') != NULL) {
        clock = (toc_msel_clock){true, since / TOC_DAY, since % TOC_DAY, ""};
        const char *zone = strlen(starts) > 17 ? starts + 17 : "";
        (void)snprintf(clock.zone, sizeof clock.zone, "%.40s", zone);
    }
    return clock;
}

/* -- Reading ------------------------------------------------------------------------------------
 */

struct reader {
    toc_csv_table table;
    toc_msel *msel;
    toc_msel_clock clock;
    toc_problems *problems;
    uint32_t columns[TOC_MSEL_COLUMNS]; /* where each is; NOWHERE */
    uint32_t head;                      /* row with the heads */
    bool is_workbook;
};

static toc_msel_column find_column(const char *head) {
    char wanted[64], name[64];
    (void)toc_plain_text_fold(head, wanted, sizeof wanted);
    for (size_t i = 0; i < ALIASES; i++) {
        (void)toc_plain_text_fold(aliases[i].name, name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            return aliases[i].column;
        }
    }
    return TOC_MSEL_COLUMNS;
}

/* How many columns of the row have heads that we know, each taken where it stands first. */
static uint32_t read_heads(struct reader *reader, uint32_t row) {
    uint32_t known = 0;
    for (int i = 0; i < TOC_MSEL_COLUMNS; i++) {
        reader->columns[i] = NOWHERE;
    }
    for (uint32_t i = 0; i < toc_csv_table_columns(&reader->table, row); i++) {
        toc_msel_column column = find_column(toc_csv_table_at(&reader->table, row, i));
        if (column != TOC_MSEL_COLUMNS && reader->columns[column] == NOWHERE) {
            reader->columns[column] = i;
            known++;
        }
    }
    return known;
}

/* People put a title above the heads. */
static toc_status find_head(struct reader *reader) {
    uint32_t rows = toc_csv_table_rows(&reader->table), best = 0, most = 0;
    for (uint32_t row = 0; row < rows && row < HEAD_ROWS; row++) {
        uint32_t known = read_heads(reader, row);
        if (known > most) {
            most = known;
            best = row;
        }
    }
    if (most < LEAST_HEADS) {
        return toc_problems_error(reader->problems, (toc_place){reader->table.file, 0, 0},
                                  "no row names the columns of an event list, like number, time, "
                                  "to and message");
    }
    (void)read_heads(reader, best);
    reader->head = best;
    if (reader->columns[TOC_MSEL_MESSAGE] == NOWHERE &&
        reader->columns[TOC_MSEL_TITLE] == NOWHERE) {
        return toc_problems_error(reader->problems, toc_csv_table_place(&reader->table, best),
                                  "there is no column for what is said; call it message");
    }
    return TOC_OK;
}

static void warn_of_unused(const struct reader *reader) {
    char unused[300] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < toc_csv_table_columns(&reader->table, reader->head); i++) {
        const char *head = toc_csv_table_at(&reader->table, reader->head, i);
        toc_msel_column column = find_column(head);
        bool is_used = column != TOC_MSEL_COLUMNS && reader->columns[column] == i;
        if (head[0] != '\0' && !is_used && length < sizeof unused) {
            int added = snprintf(unused + length, sizeof unused - length, "%s'%.40s'",
                                 length == 0 ? "" : ", ", head);
            length += added > 0 ? (size_t)added : 0;
        }
    }
    if (length > 0) {
        toc_problems_warn(reader->problems, toc_csv_table_place(&reader->table, reader->head),
                          "columns that are not used: %s", unused);
    }
}

/* An apostrophe that keeps a spreadsheet from taking the cell for a formula is not of its text; a
   workbook's cells need none. */
static const char *without_guard(const struct reader *reader, const char *text) {
    bool is_guard = text[0] == '\'' && toc_plain_text_is_formula(text + 1 + (text[1] == '\''));
    return is_guard && !reader->is_workbook ? text + 1 : text;
}

static toc_msel_type type_of(const char *text) {
    char name[40];
    (void)toc_plain_text_fold(text, name, sizeof name);
    return strstr(name, "contingency") != NULL || strstr(name, "\xe5\xa4\x87\xe7\x94\xa8") != NULL
               ? TOC_MSEL_IS_CONTINGENCY
           : strcmp(name, "expectedaction") == 0 || strcmp(name, "expected") == 0
               ? TOC_MSEL_IS_EXPECTED
               : TOC_MSEL_IS_INJECT;
}

static toc_status read_row(struct reader *reader, uint32_t row) {
    toc_msel_entry entry = {.at = TOC_NEVER, .line = toc_csv_table_place(&reader->table, row).line};
    bool is_empty = true;
    for (int i = 0; i < TOC_MSEL_COLUMNS; i++) {
        uint32_t column = reader->columns[i];
        entry.cells[i] = column == NOWHERE
                             ? ""
                             : without_guard(reader, toc_csv_table_at(&reader->table, row, column));
        is_empty = is_empty && entry.cells[i][0] == '\0';
    }
    if (is_empty) {
        return TOC_OK;
    }
    const char *time = entry.cells[TOC_MSEL_TIME];
    toc_msel_time_verdict verdict = toc_msel_time_read(time, reader->clock, &entry.at);
    entry.type = type_of(entry.cells[TOC_MSEL_TYPE]);
    if (verdict != TOC_MSEL_TIME_READ && verdict != TOC_MSEL_TIME_NONE) {
        return toc_problems_error(reader->problems, toc_csv_table_place(&reader->table, row),
                                  "'%.40s' %s", time, toc_msel_time_advice(verdict));
    }
    toc_msel_add(reader->msel, &entry);
    return TOC_OK;
}

toc_status toc_msel_read(const toc_formats_source *source, toc_msel_clock clock,
                         toc_problems *problems, toc_msel **out_msel) {
    struct reader reader = {.clock = clock, .problems = problems, .msel = toc_msel_create()};
    reader.is_workbook = toc_workbook_is(source);
    toc_status status = reader.is_workbook
                            ? toc_workbook_read(source, problems, &reader.table)
                            : toc_csv_table_read(source, true, problems, &reader.table);
    if (status == TOC_OK) {
        status = find_head(&reader);
    }
    if (status == TOC_OK) {
        warn_of_unused(&reader);
        for (uint32_t row = reader.head + 1; row < toc_csv_table_rows(&reader.table); row++) {
            toc_status read = read_row(&reader, row);
            status = read == TOC_OK ? status : read;
        }
    }
    toc_csv_table_finish(&reader.table);
    if (status != TOC_OK) {
        toc_msel_destroy(reader.msel);
        return status;
    }
    *out_msel = reader.msel;
    return TOC_OK;
}
