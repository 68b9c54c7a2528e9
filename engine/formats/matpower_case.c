#include "formats/matpower_case.h"

#include "formats/plain_number.h"
#include "formats/plain_text.h"
#include "kernel/assert.h"

#include <math.h>
#include <string.h>

/* A place in the file; a zero ends it. */
struct scanner {
    const char *at, *end;
    uint32_t line;
    const char *line_start;
    toc_matpower_case *network;
    toc_problems *problems;
    toc_status status;
};

static toc_place place(const struct scanner *scanner) {
    uint32_t column = (uint32_t)(scanner->at - scanner->line_start) + 1;
    return (toc_place){scanner->network->file, scanner->line, column};
}

static void wrong(struct scanner *scanner, const char *text) {
    if (scanner->status == TOC_OK) {
        scanner->status = toc_problems_error(scanner->problems, place(scanner), "%s", text);
    }
}

static bool is_over(const struct scanner *scanner) {
    return scanner->status != TOC_OK || scanner->at >= scanner->end || *scanner->at == '\0';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

static void step(struct scanner *scanner) {
    if (*scanner->at == '\n') {
        scanner->line++;
        scanner->line_start = scanner->at + 1;
    }
    scanner->at++;
}

/* Whether "%{" or "%}" stands here alone in its line. */
static bool is_fence(const struct scanner *scanner, char brace) {
    const char *before = scanner->at, *behind = scanner->at + 2;
    if ((scanner->at[0] != '%' && scanner->at[0] != '#') || scanner->at[1] != brace) {
        return false;
    }
    while (before > scanner->line_start && is_blank(before[-1])) {
        before--;
    }
    while (is_blank(*behind)) {
        behind++;
    }
    return before == scanner->line_start && (*behind == '\n' || *behind == '\0');
}

/* "%{" to "%}", which may hold others. */
static void skip_block(struct scanner *scanner) {
    uint32_t depth = 0;
    while (!is_over(scanner)) {
        if (is_fence(scanner, '{')) {
            depth++;
        } else if (is_fence(scanner, '}')) {
            depth--;
        }
        if (depth == 0) {
            scanner->at += 2;
            return;
        }
        step(scanner);
    }
}

/* Blanks, comments and "..." with the rest of its line; not line ends. */
static void skip_blanks(struct scanner *scanner) {
    while (!is_over(scanner)) {
        if (is_fence(scanner, '{')) {
            skip_block(scanner);
        } else if (*scanner->at == '%' || *scanner->at == '#') {
            while (!is_over(scanner) && *scanner->at != '\n') {
                scanner->at++;
            }
        } else if (strncmp(scanner->at, "...", 3) == 0) {
            while (!is_over(scanner) && *scanner->at != '\n') {
                scanner->at++;
            }
            if (!is_over(scanner)) {
                step(scanner);
            }
        } else if (is_blank(*scanner->at)) {
            scanner->at++;
        } else {
            return;
        }
    }
}

static void skip_space(struct scanner *scanner) {
    skip_blanks(scanner);
    while (!is_over(scanner) && (*scanner->at == '\n' || *scanner->at == ';')) {
        step(scanner);
        skip_blanks(scanner);
    }
}

static bool take(struct scanner *scanner, char c) {
    skip_blanks(scanner);
    if (is_over(scanner) || *scanner->at != c) {
        return false;
    }
    step(scanner);
    return true;
}

/* A name; "" where there is none. */
static const char *take_word(struct scanner *scanner) {
    const char *start = scanner->at;
    if (is_over(scanner) || !is_letter(*start)) {
        return "";
    }
    while (!is_over(scanner) && is_word(*scanner->at)) {
        scanner->at++;
    }
    return toc_arena_text_n(scanner->network->arena, start, (size_t)(scanner->at - start));
}

/* The rest of the line, for showing. */
static int rest_of_line(const char *at) {
    size_t length = strcspn(at, "\r\n");
    return length > 60 ? 60 : (int)length;
}

static void refuse_code(struct scanner *scanner, const char *from) {
    scanner->at = from;
    if (scanner->status == TOC_OK) {
        scanner->status = toc_problems_error(scanner->problems, place(scanner),
                                             "found code ('%.*s'), expected tables of plain "
                                             "numbers: code is not run, and without it "
                                             "the numbers of this file are not what they should be",
                                             rest_of_line(from), from);
    }
}

/* "1.5", "-Inf", "NaN" (as infinite: no number to reckon with). */
static bool take_number(struct scanner *scanner, double *out) {
    char text[64];
    size_t length = strcspn(scanner->at, " \t\r\n,;]%");
    const char *plain = text;
    if (length == 0 || length >= sizeof text) {
        return false;
    }
    memcpy(text, scanner->at, length);
    text[length] = '\0';
    plain += text[0] == '-' || text[0] == '+' ? 1 : 0;
    if (strcmp(plain, "Inf") == 0 || strcmp(plain, "inf") == 0 || strcmp(plain, "NaN") == 0) {
        *out = text[0] == '-' ? -INFINITY : INFINITY;
    } else if (!toc_plain_number_read(text, out)) {
        return false;
    }
    scanner->at += length;
    return true;
}

/* Ends a row; rows are of one length. */
static void end_row(struct scanner *scanner, toc_matpower_table *table, uint32_t width,
                    uint32_t line) {
    if (width == 0) {
        return;
    }
    if (table->columns == 0) {
        table->columns = width;
    }
    if (table->columns != width && scanner->status == TOC_OK) {
        toc_place row = {scanner->network->file, line, 0};
        scanner->status = toc_problems_error(scanner->problems, row,
                                             "this row of mpc.%s has %u numbers, the first has %u",
                                             table->name, width, table->columns);
    }
    *(uint32_t *)toc_list_add(&table->lines, sizeof(uint32_t)) = line;
    table->rows++;
}

static void read_matrix(struct scanner *scanner, const char *name) {
    toc_matpower_table *table = toc_list_add(&scanner->network->tables, sizeof *table);
    uint32_t width = 0, line = scanner->line;
    table->name = name;
    table->line = line;
    for (;;) {
        double number;
        skip_blanks(scanner);
        if (is_over(scanner)) {
            wrong(scanner, "the file ends within a table; expected ']'");
            return;
        }
        if (*scanner->at == ']' || *scanner->at == ';' || *scanner->at == '\n') {
            bool last = *scanner->at == ']';
            end_row(scanner, table, width, line);
            width = 0;
            step(scanner);
            if (last) {
                return;
            }
        } else if (*scanner->at == ',') {
            scanner->at++;
        } else {
            line = width == 0 ? scanner->line : line;
            if (!take_number(scanner, &number)) {
                refuse_code(scanner, scanner->at);
                return;
            }
            *(double *)toc_list_add(&table->cells, sizeof number) = number;
            width++;
        }
    }
}

/* 'it''s' or "so"; the scanner stands on the quote. */
static const char *take_text(struct scanner *scanner) {
    char quote = *scanner->at;
    const char *text = "", *start = ++scanner->at;
    while (!is_over(scanner) && *scanner->at != '\n') {
        if (*scanner->at == quote) {
            text = toc_arena_format(scanner->network->arena, "%s%.*s", text,
                                    (int)(scanner->at - start), start);
            scanner->at++;
            if (*scanner->at != quote) {
                return toc_plain_text_clean(scanner->network->arena, text);
            }
            start = scanner->at;
        }
        scanner->at++;
    }
    wrong(scanner, "the line ends within a text");
    return "";
}

static void read_texts(struct scanner *scanner, const char *name) {
    toc_matpower_texts *texts = toc_list_add(&scanner->network->texts, sizeof *texts);
    texts->name = name;
    while (scanner->status == TOC_OK) {
        skip_space(scanner);
        if (is_over(scanner)) {
            wrong(scanner, "the file ends within a list; expected '}'");
        } else if (*scanner->at == '}') {
            scanner->at++;
            return;
        } else if (*scanner->at == ',') {
            scanner->at++;
        } else if (*scanner->at == '\'' || *scanner->at == '"') {
            const char *text = take_text(scanner);
            *(const char **)toc_list_add(&texts->texts, sizeof text) = text;
        } else {
            refuse_code(scanner, scanner->at);
        }
    }
}

/* What stands behind "mpc.NAME =". */
static void read_value(struct scanner *scanner, const char *name, const char *from) {
    double number;
    skip_blanks(scanner);
    if (take(scanner, '[')) {
        read_matrix(scanner, name);
    } else if (take(scanner, '{')) {
        read_texts(scanner, name);
    } else if (!is_over(scanner) && (*scanner->at == '\'' || *scanner->at == '"')) {
        const char *text = take_text(scanner);
        if (strcmp(name, "version") == 0 && strcmp(text, "2") != 0) {
            wrong(scanner, "only version '2' of the case format is read");
        }
    } else if (!is_over(scanner) && take_number(scanner, &number)) {
        if (strcmp(name, "baseMVA") == 0) {
            scanner->network->base_mva = number;
        }
    } else {
        refuse_code(scanner, from);
    }
    skip_blanks(scanner);
    if (!is_over(scanner) && *scanner->at != ';' && *scanner->at != '\n' && *scanner->at != ',') {
        refuse_code(scanner, from);
    }
}

/* "function mpc = case9": the name of the case. */
static void read_head(struct scanner *scanner, const char *from) {
    const char *name;
    skip_blanks(scanner);
    if (!is_over(scanner) && *scanner->at == '[') {
        wrong(scanner, "found a case of version 1, which gives its tables one by one; expected "
                       "version '2' (function mpc = ...)");
        return;
    }
    if (strcmp(take_word(scanner), "mpc") == 0 && take(scanner, '=')) {
        skip_blanks(scanner);
        name = take_word(scanner);
        skip_blanks(scanner);
        if (name[0] != '\0' && (is_over(scanner) || strchr(";\n,(", *scanner->at) != NULL)) {
            scanner->network->name = name;
            while (!is_over(scanner) && *scanner->at != '\n') {
                scanner->at++;
            }
            return;
        }
    }
    refuse_code(scanner, from);
}

static void read_statement(struct scanner *scanner) {
    const char *from = scanner->at, *word = take_word(scanner), *name;
    if (strcmp(word, "function") == 0) {
        read_head(scanner, from);
        return;
    }
    if (strcmp(word, "end") == 0 || strcmp(word, "return") == 0) {
        return;
    }
    if (strcmp(word, "mpc") == 0 && !is_over(scanner) && *scanner->at == '.') {
        scanner->at++;
        name = take_word(scanner);
        /* a field of a field, "mpc.reserves.zones", is none of the tables that are used */
        while (name[0] != '\0' && !is_over(scanner) && *scanner->at == '.') {
            scanner->at++;
            name = toc_arena_format(scanner->network->arena, "%s.%s", name, take_word(scanner));
        }
        if (name[0] != '\0' && take(scanner, '=')) {
            read_value(scanner, name, from);
            return;
        }
    }
    refuse_code(scanner, from);
}

toc_status toc_matpower_case_read(const toc_formats_source *source, toc_problems *problems,
                                  toc_matpower_case *out_case) {
    struct scanner scanner = {.line = 1, .network = out_case, .problems = problems};
    *out_case = (toc_matpower_case){
        .arena = toc_arena_create(), .file = source->file, .name = "", .base_mva = 100};
    if (source->size > 0 && memchr(source->bytes, '\0', source->size) != NULL) {
        toc_place whole = {source->file, 0, 0};
        return toc_problems_error(problems, whole, "is no text file; expected a MATPOWER case");
    }
    scanner.at = toc_arena_text_n(out_case->arena, source->bytes, source->size);
    scanner.end = scanner.at + source->size;
    scanner.line_start = scanner.at;
    for (skip_space(&scanner); !is_over(&scanner); skip_space(&scanner)) {
        read_statement(&scanner);
    }
    return scanner.status;
}

void toc_matpower_case_finish(toc_matpower_case *network) {
    for (uint32_t i = 0; i < network->tables.count; i++) {
        toc_matpower_table *table = TOC_LIST_AT(toc_matpower_table, &network->tables, i);
        toc_list_finish(&table->cells);
        toc_list_finish(&table->lines);
    }
    for (uint32_t i = 0; i < network->texts.count; i++) {
        toc_list_finish(&TOC_LIST_AT(toc_matpower_texts, &network->texts, i)->texts);
    }
    toc_list_finish(&network->tables);
    toc_list_finish(&network->texts);
    toc_arena_destroy(network->arena);
}

const toc_matpower_table *toc_matpower_case_table(const toc_matpower_case *network,
                                                  const char *name) {
    for (uint32_t i = 0; i < network->tables.count; i++) {
        const toc_matpower_table *table =
            TOC_LIST_AT(const toc_matpower_table, &network->tables, i);
        if (strcmp(table->name, name) == 0) {
            return table;
        }
    }
    return NULL;
}

const toc_matpower_texts *toc_matpower_case_texts(const toc_matpower_case *network,
                                                  const char *name) {
    for (uint32_t i = 0; i < network->texts.count; i++) {
        const toc_matpower_texts *texts = TOC_LIST_AT(const toc_matpower_texts, &network->texts, i);
        if (strcmp(texts->name, name) == 0) {
            return texts;
        }
    }
    return NULL;
}

double toc_matpower_case_at(const toc_matpower_table *table, uint32_t row, uint32_t column) {
    TOC_ASSERT(row < table->rows && column < table->columns);
    return *TOC_LIST_AT(double, &table->cells, row * table->columns + column);
}

uint32_t toc_matpower_case_line(const toc_matpower_table *table, uint32_t row) {
    TOC_ASSERT(row < table->rows);
    return *TOC_LIST_AT(uint32_t, &table->lines, row);
}
