#include "formats/csv_table.h"

#include "formats/plain_text.h"
#include "kernel/assert.h"

#include <string.h>

enum { COLUMNS = 1000 };

/* The separator that the head has most of, outside of quotes. */
static char find_separator(const char *at) {
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[3] = {0}, best = 0;
    bool quoted = false;
    for (; *at != '\0' && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted = *at == '"' ? !quoted : quoted;
        for (size_t i = 0; i < 3 && !quoted; i++) {
            counts[i] += *at == candidates[i] ? 1 : 0;
        }
    }
    for (size_t i = 1; i < 3; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return candidates[best];
}

struct scanner {
    const char *at; /* a zero ends the text */
    uint32_t line;
    toc_csv_table *table;
    toc_problems *problems;
};

static toc_status wrong(struct scanner *scanner, uint32_t line, const char *text) {
    toc_place place = {scanner->table->file, line, 0};
    return toc_problems_error(scanner->problems, place, "%s", text);
}

static void add_cell(struct scanner *scanner, const char *text) {
    *(const char **)toc_list_add(&scanner->table->cells, sizeof text) =
        scanner->table->lines ? toc_plain_text_lines(scanner->table->arena, text)
                              : toc_plain_text_whole(scanner->table->arena, text);
}

/* "so ""called""" with line ends in it; the scanner stands behind the first quote. */
static toc_status read_quoted(struct scanner *scanner) {
    const char *start = scanner->at;
    uint32_t line = scanner->line;
    char *text, *to;
    while (*scanner->at != '\0' && (*scanner->at != '"' || scanner->at[1] == '"')) {
        scanner->line += *scanner->at == '\n' ? 1 : 0;
        scanner->at += *scanner->at == '"' ? 2 : 1;
    }
    if (*scanner->at == '\0') {
        return wrong(scanner, line, "a quoted cell begins here and does not end");
    }
    text = toc_arena_text_n(scanner->table->arena, start, (size_t)(scanner->at - start));
    to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += from[0] == '"' && from[1] == '"' ? 1 : 0;
    }
    *to = '\0';
    add_cell(scanner, text);
    scanner->at++;
    return TOC_OK;
}

static toc_status read_cell(struct scanner *scanner) {
    const char ends[] = {scanner->table->separator, '\n', '\r', '\0'};
    size_t length;
    while (*scanner->at == ' ') {
        scanner->at++;
    }
    if (*scanner->at == '"') {
        toc_status status;
        scanner->at++;
        status = read_quoted(scanner);
        scanner->at += strspn(scanner->at, " ");
        if (status == TOC_OK && strchr(ends, *scanner->at) == NULL) {
            status =
                wrong(scanner, scanner->line, "text follows a quoted cell without a separator");
        }
        return status;
    }
    length = strcspn(scanner->at, ends);
    add_cell(scanner, toc_arena_text_n(scanner->table->arena, scanner->at, length));
    scanner->at += length;
    return TOC_OK;
}

static bool is_empty(const toc_csv_table *table, const toc_csv_row *row) {
    for (uint32_t i = 0; i < row->count; i++) {
        if ((*TOC_LIST_AT(const char *, &table->cells, row->first + i))[0] != '\0') {
            return false;
        }
    }
    return true;
}

static toc_status read_row(struct scanner *scanner) {
    toc_csv_table *table = scanner->table;
    toc_csv_row row = {table->cells.count, 0, scanner->line};
    toc_status status;
    do {
        status = read_cell(scanner);
        row.count++;
        if (status == TOC_OK && row.count > COLUMNS) {
            status = wrong(scanner, row.line, "this row has more than 1000 columns");
        }
    } while (status == TOC_OK && *scanner->at == table->separator && scanner->at++ != NULL);
    if (status != TOC_OK) {
        return status;
    }
    scanner->at += *scanner->at == '\r' ? 1 : 0;
    if (*scanner->at == '\n') {
        scanner->at++;
        scanner->line++;
    }
    if (is_empty(table, &row)) {
        table->cells.count = row.first;
    } else {
        *(toc_csv_row *)toc_list_add(&table->rows, sizeof row) = row;
    }
    return TOC_OK;
}

static toc_status check_encoding(const toc_formats_source *source, toc_problems *problems) {
    toc_place whole = {source->file, 0, 0};
    if (source->size >= 2 &&
        (memcmp(source->bytes, "\xFF\xFE", 2) == 0 || memcmp(source->bytes, "\xFE\xFF", 2) == 0)) {
        return toc_problems_error(problems, whole,
                                  "is UTF-16 text; save it as CSV in UTF-8 instead");
    }
    if (source->size >= 2 && memcmp(source->bytes, "PK", 2) == 0) {
        return toc_problems_error(problems, whole,
                                  "is a workbook or an archive; save the sheet as CSV instead");
    }
    if (source->size == 0 || memchr(source->bytes, '\0', source->size) != NULL) {
        return toc_problems_error(problems, whole,
                                  source->size == 0 ? "is empty; expected a CSV table"
                                                    : "is no text file; expected a CSV table");
    }
    return TOC_OK;
}

toc_status toc_csv_table_read(const toc_formats_source *source, bool lines, toc_problems *problems,
                              toc_csv_table *out_table) {
    struct scanner scanner = {.line = 1, .table = out_table, .problems = problems};
    toc_status status = check_encoding(source, problems);
    *out_table = (toc_csv_table){.arena = toc_arena_create(), .file = source->file, .lines = lines};
    if (status != TOC_OK) {
        return status;
    }
    scanner.at = toc_arena_text_n(out_table->arena, source->bytes, source->size);
    scanner.at += strncmp(scanner.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    out_table->separator = find_separator(scanner.at);
    while (status == TOC_OK && *scanner.at != '\0') {
        status = read_row(&scanner);
    }
    return status;
}

void toc_csv_table_finish(toc_csv_table *table) {
    toc_list_finish(&table->rows);
    toc_list_finish(&table->cells);
    toc_arena_destroy(table->arena);
}

uint32_t toc_csv_table_rows(const toc_csv_table *table) {
    return table->rows.count;
}

static const toc_csv_row *row_at(const toc_csv_table *table, uint32_t row) {
    TOC_ASSERT(row < table->rows.count);
    return TOC_LIST_AT(const toc_csv_row, &table->rows, row);
}

const char *toc_csv_table_at(const toc_csv_table *table, uint32_t row, uint32_t column) {
    const toc_csv_row *found = row_at(table, row);
    return column < found->count ? *TOC_LIST_AT(const char *, &table->cells, found->first + column)
                                 : "";
}

uint32_t toc_csv_table_columns(const toc_csv_table *table, uint32_t row) {
    return row_at(table, row)->count;
}

toc_place toc_csv_table_place(const toc_csv_table *table, uint32_t row) {
    return (toc_place){table->file, row_at(table, row)->line, 0};
}
