#include "formats/workbook.h"

#include <string.h>
#include <zip.h>

#include "formats/plain_number.h"
#include "formats/plain_text.h"
#include "formats/xml_cursor.h"

/* A sheet of a hundred thousand rows is some 30 MB of XML; more is no event list. */
enum { PART_LIMIT = 64 << 20, ROWS = 100000, COLUMNS = 1000, REFERENCE = 16 };

struct reading {
    zip_t *archive;
    const toc_formats_source *source;
    toc_problems *problems;
    toc_csv_table *table;
    toc_list strings; /* const char *: the sheet names its texts by number */
};

static toc_status wrong(const struct reading *reading, const char *text) {
    return toc_problems_error(reading->problems, (toc_place){reading->source->file, 0, 0}, "%s",
                              text);
}

bool toc_workbook_is(const toc_formats_source *source) {
    return source->size >= 4 && memcmp(source->bytes, "PK\x03\x04", 4) == 0;
}

/* A part of the archive, whole; NULL where there is none, or it is too large. */
static const char *load(const struct reading *reading, const char *name, size_t *out_size) {
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat(reading->archive, name, 0, &facts) != 0 || (facts.valid & ZIP_STAT_SIZE) == 0 ||
        facts.size > PART_LIMIT) {
        return NULL;
    }
    zip_file_t *file = zip_fopen(reading->archive, name, 0);
    char *bytes = file == NULL ? NULL : toc_arena_alloc(reading->table->arena, facts.size + 1);
    zip_int64_t read = file == NULL ? -1 : zip_fread(file, bytes, facts.size);
    if (file != NULL) {
        (void)zip_fclose(file);
    }
    if (read < 0 || (zip_uint64_t)read != facts.size) {
        return NULL;
    }
    bytes[facts.size] = '\0';
    *out_size = facts.size;
    return bytes;
}

static toc_xml_cursor *open_part(const struct reading *reading, const toc_formats_source *part) {
    static const toc_xml_options options = {.elements = 10000000,
                                            .expects = "a part of a workbook"};
    return toc_xml_cursor_open(part, &options, reading->problems);
}

/* -- Texts --------------------------------------------------------------------------------------
 */

/* The words of the element whose start was the last event: its <t> parts in order, without what
   only tells how to pronounce them. */
static const char *read_words(const struct reading *reading, toc_xml_cursor *cursor) {
    uint32_t depth = toc_xml_cursor_depth(cursor);
    const char *words = "";
    bool is_text = false;
    for (;;) {
        toc_xml_event event = toc_xml_cursor_next(cursor);
        if (event == TOC_XML_DONE || event == TOC_XML_BROKEN ||
            (event == TOC_XML_END && toc_xml_cursor_depth(cursor) == depth)) {
            return words;
        }
        if (event == TOC_XML_START && strcmp(toc_xml_cursor_name(cursor), "rPh") == 0) {
            (void)toc_xml_cursor_skip(cursor);
        } else if (event == TOC_XML_START || event == TOC_XML_END) {
            const char *name = toc_xml_cursor_name(cursor);
            is_text = event == TOC_XML_START && (strcmp(name, "t") == 0 || strcmp(name, "v") == 0);
        } else if (event == TOC_XML_TEXT && is_text) {
            words = words[0] == '\0'
                        ? toc_arena_text(reading->table->arena, toc_xml_cursor_text(cursor))
                        : toc_arena_format(reading->table->arena, "%s%s", words,
                                           toc_xml_cursor_text(cursor));
        }
    }
}

static toc_status read_strings(struct reading *reading) {
    toc_formats_source part = {.file = reading->source->file};
    part.bytes = load(reading, "xl/sharedStrings.xml", &part.size);
    if (part.bytes == NULL) {
        return TOC_OK; /* a sheet of numbers has none */
    }
    toc_xml_cursor *cursor = open_part(reading, &part);
    toc_xml_event event;
    while ((event = toc_xml_cursor_next(cursor)) != TOC_XML_DONE && event != TOC_XML_BROKEN) {
        if (event == TOC_XML_START && strcmp(toc_xml_cursor_name(cursor), "si") == 0) {
            const char *words = read_words(reading, cursor);
            *(const char **)toc_list_add(&reading->strings, sizeof words) = words;
        }
    }
    toc_xml_cursor_close(cursor);
    return event == TOC_XML_BROKEN ? TOC_BAD_INPUT : TOC_OK;
}

/* -- Cells --------------------------------------------------------------------------------------
 */

/* "BC12": column 54 from 0. COLUMNS where it is none that we take. */
static uint32_t column_of(const char *reference) {
    uint32_t column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column < COLUMNS; reference++) {
        column = column * 26 + (uint32_t)(*reference - 'A' + 1);
    }
    return column == 0 || column > COLUMNS ? COLUMNS : column - 1;
}

static const char *cell_text(const struct reading *reading, toc_xml_cursor *cursor) {
    const char *type = toc_xml_cursor_find(cursor, "t");
    bool is_shared = type != NULL && strcmp(type, "s") == 0;
    const char *words = read_words(reading, cursor);
    int64_t number = 0;
    if (is_shared && toc_plain_number_whole(words, 0, INT64_MAX, &number)) {
        words = (uint64_t)number < reading->strings.count
                    ? *TOC_LIST_AT(const char *, &reading->strings, (uint32_t)number)
                    : "";
    }
    return toc_plain_text_lines(reading->table->arena, words);
}

static void put(toc_csv_table *table, toc_csv_row *row, uint32_t column, const char *text) {
    while (row->count <= column) {
        *(const char **)toc_list_add(&table->cells, sizeof text) = "";
        row->count++;
    }
    *TOC_LIST_AT(const char *, &table->cells, row->first + column) = text;
}

static bool is_empty(const toc_csv_table *table, const toc_csv_row *row) {
    for (uint32_t i = 0; i < row->count; i++) {
        if ((*TOC_LIST_AT(const char *, &table->cells, row->first + i))[0] != '\0') {
            return false;
        }
    }
    return true;
}

/* Behind <row>, up to its end. */
static toc_xml_event read_row(struct reading *reading, toc_xml_cursor *cursor, uint32_t line) {
    toc_csv_table *table = reading->table;
    toc_csv_row row = {table->cells.count, 0, line};
    uint32_t depth = toc_xml_cursor_depth(cursor), next = 0;
    toc_xml_event event;
    while ((event = toc_xml_cursor_next(cursor)) != TOC_XML_DONE && event != TOC_XML_BROKEN &&
           !(event == TOC_XML_END && toc_xml_cursor_depth(cursor) == depth)) {
        if (event != TOC_XML_START || strcmp(toc_xml_cursor_name(cursor), "c") != 0) {
            continue;
        }
        const char *reference = toc_xml_cursor_find(cursor, "r");
        uint32_t column = reference == NULL ? next : column_of(reference);
        const char *text = cell_text(reading, cursor);
        if (column < COLUMNS) {
            put(table, &row, column, text);
            next = column + 1;
        }
    }
    if (is_empty(table, &row)) {
        table->cells.count = row.first;
    } else {
        *(toc_csv_row *)toc_list_add(&table->rows, sizeof row) = row;
    }
    return event;
}

static toc_status read_sheet(struct reading *reading, const char *name) {
    toc_formats_source part = {.file = reading->source->file};
    part.bytes = load(reading, name, &part.size);
    if (part.bytes == NULL) {
        return wrong(reading, "this workbook's first sheet is missing or too large");
    }
    toc_xml_cursor *cursor = open_part(reading, &part);
    toc_xml_event event;
    uint32_t line = 0;
    while ((event = toc_xml_cursor_next(cursor)) != TOC_XML_DONE && event != TOC_XML_BROKEN &&
           reading->table->rows.count <= ROWS) {
        if (event == TOC_XML_START && strcmp(toc_xml_cursor_name(cursor), "row") == 0) {
            const char *number = toc_xml_cursor_find(cursor, "r");
            int64_t given = 0;
            line = number != NULL && toc_plain_number_whole(number, 1, 10000000, &given)
                       ? (uint32_t)given
                       : line + 1;
            event = read_row(reading, cursor, line);
        }
        if (event == TOC_XML_BROKEN) {
            break;
        }
    }
    toc_xml_cursor_close(cursor);
    if (reading->table->rows.count > ROWS) {
        return wrong(reading, "the sheet has more than 100000 rows");
    }
    return event == TOC_XML_BROKEN ? TOC_BAD_INPUT : TOC_OK;
}

/* -- The workbook: which part is the first sheet ------------------------------------------------
 */

/* Value of `wanted` of the first <element> whose `key` is `value` (NULL: any). */
static const char *find_in(const struct reading *reading, const char *part_name,
                           const char *const words[4]) {
    const char *element = words[0], *key = words[1], *value = words[2], *wanted = words[3];
    toc_formats_source part = {.file = reading->source->file};
    part.bytes = load(reading, part_name, &part.size);
    if (part.bytes == NULL) {
        return NULL;
    }
    toc_xml_cursor *cursor = open_part(reading, &part);
    const char *found = NULL;
    toc_xml_event event;
    while (found == NULL && (event = toc_xml_cursor_next(cursor)) != TOC_XML_DONE &&
           event != TOC_XML_BROKEN) {
        if (event != TOC_XML_START || strcmp(toc_xml_cursor_name(cursor), element) != 0) {
            continue;
        }
        const char *held = value == NULL ? NULL : toc_xml_cursor_find(cursor, key);
        for (size_t i = 0; i < toc_xml_cursor_attributes(cursor); i++) {
            const toc_xml_attribute *attribute = toc_xml_cursor_attribute(cursor, i);
            if (strcmp(attribute->name, wanted) == 0 &&
                (strcmp(wanted, "id") != 0 || attribute->prefix != NULL) &&
                (value == NULL || (held != NULL && strcmp(held, value) == 0))) {
                found = toc_arena_text(reading->table->arena, attribute->value);
            }
        }
    }
    toc_xml_cursor_close(cursor);
    return found;
}

static const char *first_sheet(const struct reading *reading) {
    static const char *const sheet[] = {"sheet", NULL, NULL, "id"};
    const char *id = find_in(reading, "xl/workbook.xml", sheet);
    if (id == NULL) {
        return NULL;
    }
    const char *const relation[] = {"Relationship", "Id", id, "Target"};
    const char *target = find_in(reading, "xl/_rels/workbook.xml.rels", relation);
    if (target == NULL) {
        return NULL;
    }
    return target[0] == '/' ? target + 1 : toc_arena_format(reading->table->arena, "xl/%s", target);
}

toc_status toc_workbook_read(const toc_formats_source *source, toc_problems *problems,
                             toc_csv_table *out_table) {
    *out_table =
        (toc_csv_table){.arena = toc_arena_create(), .file = source->file, .separator = ','};
    struct reading reading = {.source = source, .problems = problems, .table = out_table};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *bytes = zip_source_buffer_create(source->bytes, source->size, 0, &error);
    reading.archive = bytes == NULL ? NULL : zip_open_from_source(bytes, ZIP_RDONLY, &error);
    if (reading.archive == NULL) {
        zip_source_free(bytes);
        zip_error_fini(&error);
        return wrong(&reading, "is a damaged archive; a workbook (.xlsx) is a ZIP archive");
    }
    const char *sheet = first_sheet(&reading);
    toc_status status = sheet == NULL ? wrong(&reading, "is an archive, but no workbook (.xlsx)")
                                      : read_strings(&reading);
    if (status == TOC_OK) {
        status = read_sheet(&reading, sheet);
    }
    zip_discard(reading.archive);
    zip_error_fini(&error);
    toc_list_finish(&reading.strings);
    return status;
}
