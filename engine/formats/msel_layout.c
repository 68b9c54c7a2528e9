/* Msel layout: event lists in the layouts that exercise offices use. */
#include "tocsin/msel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "formats/disk.h"
#include "formats/msel_time.h"
#include "formats/plain_text.h"

enum { MADE = 96 };

/* A column of a layout: its head, and what stands in it. TOC_MSEL_COLUMNS: always empty. */
struct column {
    const char *head;
    toc_msel_column column;
    int width; /* of a sheet, in letters */
};

static const struct column tocsin[] = {
#define TOC_MSEL_COLUMN(id, name) {name, TOC_MSEL_##id, 0},
#include "tocsin/msel_column.def"
#undef TOC_MSEL_COLUMN
};

/* After the HSEEP template as Crucible Blueprint ships it. */
static const struct column hseep[] = {
    {"Event Number", TOC_MSEL_NUMBER, 10},
    {"Designated Scenario Time", TOC_MSEL_TIME, 18},
    {"Event Type", TOC_MSEL_TYPE, 16},
    {"Inject Mode", TOC_MSEL_MODE, 12},
    {"From", TOC_MSEL_FROM, 20},
    {"To", TOC_MSEL_TO, 24},
    {"Message", TOC_MSEL_MESSAGE, 60},
    {"Expected Participant Response", TOC_MSEL_EXPECTED, 30},
    {"Exercise Objective", TOC_MSEL_OBJECTIVE, 20},
    {"Notes", TOC_MSEL_NOTES, 30},
};

/* After the standard template of Crucible Blueprint. */
static const struct column blueprint[] = {
    {"Control Number", TOC_MSEL_NUMBER, 10},
    {"Move", TOC_MSEL_PHASE, 10},
    {"Group", TOC_MSEL_COLUMNS, 8},
    {"Delivery Time", TOC_MSEL_TIME, 18},
    {"Assigned To", TOC_MSEL_CONTROLLER, 16},
    {"Status", TOC_MSEL_STATUS, 10},
    {"Title", TOC_MSEL_TITLE, 24},
    {"From Org", TOC_MSEL_FROM, 20},
    {"To Org", TOC_MSEL_TO, 24},
    {"Details", TOC_MSEL_MESSAGE, 60},
    {"Expected Actions", TOC_MSEL_EXPECTED, 30},
};

/* GB/T 38645-2020, table A.6: phase, number, main line, scene, role, order or report, action,
   parallel scene, role and action there, remarks; with the time, which its script has in words. */
static const struct column gbt38645[] = {
    {"\xe9\x98\xb6\xe6\xae\xb5", TOC_MSEL_PHASE, 12},
    {"\xe5\xba\x8f\xe5\x8f\xb7", TOC_MSEL_NUMBER, 8},
    {"\xe6\x97\xb6\xe9\x97\xb4", TOC_MSEL_TIME, 18},
    {"\xe4\xb8\xbb\xe7\xba\xbf", TOC_MSEL_TITLE, 24},
    {"\xe5\x9c\xba\xe6\x99\xaf", TOC_MSEL_MESSAGE, 60},
    {"\xe8\xa7\x92\xe8\x89\xb2", TOC_MSEL_TO, 24},
    {"\xe5\x8f\x91\xe5\x87\xba\xe8\x80\x85", TOC_MSEL_FROM, 20},
    {"\xe6\x96\xb9\xe5\xbc\x8f", TOC_MSEL_MODE, 12},
    {"\xe5\x8a\xa8\xe4\xbd\x9c", TOC_MSEL_EXPECTED, 30},
    {"\xe5\xb9\xb3\xe8\xa1\x8c\xe5\x9c\xba\xe6\x99\xaf", TOC_MSEL_COLUMNS, 24},
    {"\xe5\xa4\x87\xe6\xb3\xa8", TOC_MSEL_NOTES, 30},
};

static const struct {
    const char *name;
    const struct column *columns;
    size_t count;
    bool on_wall; /* times as the clock on the wall shows them */
} layouts[TOC_MSEL_LAYOUTS] = {
    [TOC_MSEL_LAYOUT_TOCSIN] = {"tocsin", tocsin, sizeof tocsin / sizeof *tocsin, false},
    [TOC_MSEL_LAYOUT_HSEEP] = {"hseep", hseep, sizeof hseep / sizeof *hseep, true},
    [TOC_MSEL_LAYOUT_BLUEPRINT] = {"blueprint", blueprint, sizeof blueprint / sizeof *blueprint,
                                   true},
    [TOC_MSEL_LAYOUT_GBT38645] = {"gbt38645", gbt38645, sizeof gbt38645 / sizeof *gbt38645, true},
};

toc_msel_layout toc_msel_layout_find(const char *name) {
    int layout = 0;
    while (layout < TOC_MSEL_LAYOUTS && strcmp(layouts[layout].name, name) != 0) {
        layout++;
    }
    return (toc_msel_layout)layout;
}

static const char *type_name(toc_msel_type type) {
    return type == TOC_MSEL_IS_CONTINGENCY ? "Contingency Inject"
           : type == TOC_MSEL_IS_EXPECTED  ? "Expected Action"
                                           : "Inject";
}

/* What stands in the cell; `buffer` is for what has to be made. */
static const char *cell(const toc_msel_entry *entry, toc_msel_layout layout, size_t index,
                        toc_msel_clock clock, char buffer[MADE]) {
    toc_msel_column column = layouts[layout].columns[index].column;
    if (column == TOC_MSEL_COLUMNS) {
        return "";
    }
    if (layout == TOC_MSEL_LAYOUT_GBT38645 && column == TOC_MSEL_MESSAGE &&
        entry->cells[TOC_MSEL_MESSAGE_ZH] != NULL && entry->cells[TOC_MSEL_MESSAGE_ZH][0] != '\0') {
        return entry->cells[TOC_MSEL_MESSAGE_ZH];
    }
    if (layout == TOC_MSEL_LAYOUT_GBT38645 && column == TOC_MSEL_TITLE &&
        entry->cells[TOC_MSEL_TITLE_ZH] != NULL && entry->cells[TOC_MSEL_TITLE_ZH][0] != '\0') {
        return entry->cells[TOC_MSEL_TITLE_ZH];
    }
    if (column == TOC_MSEL_TYPE && entry->cells[column][0] == '\0') {
        return type_name(entry->type);
    }
    if (column == TOC_MSEL_TIME && entry->at != TOC_NEVER && layouts[layout].on_wall) {
        toc_msel_time_print_wall(entry->at, clock, buffer, MADE);
        return buffer;
    }
    if (column == TOC_MSEL_CLOCK && entry->at != TOC_NEVER && clock.known) {
        toc_msel_time_print_wall(entry->at, clock, buffer, MADE);
        size_t length = strlen(buffer);
        (void)snprintf(buffer + length, MADE - length, "%s%s", clock.zone[0] == '\0' ? "" : " ",
                       clock.zone);
        return buffer;
    }
    return entry->cells[column];
}

/* -- CSV ----------------------------------------------------------------------------------------
 */

static void put(toc_formats_buffer *buffer, const char *text, size_t size) {
    toc_formats_buffer_add(buffer, text, size);
}

/* Whether reading would take an apostrophe away that is of the text. */
static bool is_guarded(const char *text) {
    return text[0] == '\'' && toc_plain_text_is_formula(text + 1);
}

static void put_cell(toc_formats_buffer *buffer, const char *text) {
    bool guard = toc_plain_text_is_formula(text) || is_guarded(text);
    bool quote = guard || strpbrk(text, ",;\"\r\n\t") != NULL || text[0] == ' ' ||
                 (text[0] != '\0' && text[strlen(text) - 1] == ' ');
    if (quote) {
        put(buffer, "\"", 1);
    }
    if (guard) {
        put(buffer, "'", 1);
    }
    for (; *text != '\0'; text++) {
        put(buffer, text, 1);
        if (*text == '"') {
            put(buffer, "\"", 1);
        }
    }
    if (quote) {
        put(buffer, "\"", 1);
    }
}

void toc_msel_layout_csv(const toc_msel *msel, toc_msel_layout layout, toc_msel_clock clock,
                         toc_formats_buffer *buffer) {
    put(buffer, "\xEF\xBB\xBF", 3);
    for (size_t i = 0; i < layouts[layout].count; i++) {
        put(buffer, ",", i > 0);
        put_cell(buffer, layouts[layout].columns[i].head);
    }
    put(buffer, "\r\n", 2);
    for (uint32_t row = 0; row < toc_msel_count(msel); row++) {
        for (size_t i = 0; i < layouts[layout].count; i++) {
            char made[MADE];
            put(buffer, ",", i > 0);
            put_cell(buffer, cell(toc_msel_at(msel, row), layout, i, clock, made));
        }
        put(buffer, "\r\n", 2);
    }
}

/* -- XLSX ---------------------------------------------------------------------------------------
 */

static void fill(lxw_workbook *book, const toc_msel *msel, toc_msel_layout layout,
                 toc_msel_clock clock) {
    lxw_worksheet *sheet = workbook_add_worksheet(book, "MSEL");
    lxw_format *head = workbook_add_format(book), *body = workbook_add_format(book);
    format_set_bold(head);
    format_set_text_wrap(head);
    format_set_bottom(head, LXW_BORDER_THIN);
    format_set_text_wrap(body);
    format_set_align(body, LXW_ALIGN_VERTICAL_TOP);
    for (size_t i = 0; i < layouts[layout].count; i++) {
        const struct column *column = &layouts[layout].columns[i];
        lxw_col_t at = (lxw_col_t)i;
        (void)worksheet_set_column(sheet, at, at, column->width > 0 ? column->width : 16, NULL);
        (void)worksheet_write_string(sheet, 0, at, column->head, head);
    }
    for (uint32_t row = 0; row < toc_msel_count(msel); row++) {
        for (size_t i = 0; i < layouts[layout].count; i++) {
            char made[MADE];
            const char *text = cell(toc_msel_at(msel, row), layout, i, clock, made);
            /* written as text a formula stays text */
            (void)worksheet_write_string(sheet, row + 1, (lxw_col_t)i, text, body);
        }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    (void)worksheet_repeat_rows(sheet, 0, 0);
}

toc_status toc_msel_layout_xlsx(const toc_msel *msel, toc_msel_layout layout, toc_msel_clock clock,
                                toc_problems *problems, toc_formats_buffer *buffer) {
    char path[] = "/tmp/tocsin-msel-XXXXXX"; /* the library writes to files only */
    toc_place nowhere = {.file = NULL};
    int file = mkstemp(path);
    if (file < 0) {
        return toc_problems_fault(problems, nowhere, "no temporary file for the workbook: %s",
                                  strerror(errno));
    }
    (void)close(file);
    lxw_workbook *book = workbook_new(path);
    lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (book != NULL) {
        lxw_doc_properties facts = {.title = "MSEL", .created = 1}; /* the same bytes every time */
        (void)workbook_set_properties(book, &facts);
        fill(book, msel, layout, clock);
        error = workbook_close(book);
    }
    toc_status status = TOC_OK;
    if (error != LXW_NO_ERROR) {
        status = toc_problems_fault(problems, nowhere, "the workbook cannot be written: %s",
                                    lxw_strerror(error));
    } else {
        toc_formats_buffer read = {NULL, 0, 0};
        status = toc_disk_read(path, path, 1 << 30, problems, &read);
        toc_formats_buffer_add(buffer, read.bytes, read.size);
        toc_formats_buffer_finish(&read);
    }
    (void)unlink(path);
    return status;
}
