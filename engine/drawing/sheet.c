#include "drawing/sheet.h"

#include <cairo-pdf.h>
#include <glib.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "drawing/canvas.h"
#include "drawing/leading.h"
#include "drawing/legend.h"
#include "drawing/paint.h"
#include "drawing/symbol.h"
#include "drawing/text.h"

/* Points; A4 with room to punch holes. */
static const double page_short = 595.28, page_long = 841.89;
static const double side = 42, edge = 28, band = 26 /* of the mark and the note */;
static const double padding = 4, rule_width = 0.6, write_space = 17 /* between lines to write on */;
enum { SPACES = 3, SAMPLED = 200 /* rows that column widths are taken from */ };

static const double sizes[TOC_SHEET_STYLES] = {17, 12.5, 10.5, 9.5};
static const double above[TOC_SHEET_STYLES] = {6, 14, 8, 5};
static const double cell_size = 8.3;

struct toc_sheet {
    char *language, *title, *mark, *note;
    double width, height; /* of a page */
    GPtrArray *pages;     /* cairo_surface_t: what was written on each */
    cairo_t *cairo;       /* of the last */
    double y;             /* where the next thing begins */
    uint32_t unknown;
};

static double bottom_of(const toc_sheet *sheet) {
    return sheet->height - edge - band;
}

static double top_of(void) {
    return edge + band;
}

static double body_width(const toc_sheet *sheet) {
    return sheet->width - 2 * side;
}

static void destroy_surface(gpointer surface) {
    cairo_surface_destroy(surface);
}

static void turn_page(toc_sheet *sheet) {
    cairo_rectangle_t extents = {0, 0, sheet->width, sheet->height};
    cairo_surface_t *page = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    if (sheet->cairo != NULL) {
        cairo_destroy(sheet->cairo);
    }
    g_ptr_array_add(sheet->pages, page);
    sheet->cairo = cairo_create(page);
    sheet->y = top_of();
}

toc_sheet *toc_sheet_create(const toc_sheet_setup *setup) {
    toc_sheet *sheet = g_new(toc_sheet, 1);
    *sheet = (toc_sheet){.language = g_strdup(setup->language),
                         .title = g_strdup(setup->title),
                         .mark = g_strdup(setup->mark),
                         .note = g_strdup(setup->note),
                         .width = setup->landscape ? page_long : page_short,
                         .height = setup->landscape ? page_short : page_long,
                         .pages = g_ptr_array_new_with_free_func(destroy_surface)};
    turn_page(sheet);
    return sheet;
}

void toc_sheet_destroy(toc_sheet *sheet) {
    if (sheet != NULL) {
        cairo_destroy(sheet->cairo);
        g_ptr_array_free(sheet->pages, TRUE);
        g_free(sheet->language);
        g_free(sheet->title);
        g_free(sheet->mark);
        g_free(sheet->note);
        g_free(sheet);
    }
}

uint32_t toc_sheet_unknown(const toc_sheet *sheet) {
    return sheet->unknown;
}

/* -- Words --------------------------------------------------------------------------------------
 */

static PangoLayout *layout_of(toc_sheet *sheet, double size, bool bold) {
    const toc_text_style style = {.size = size, .bold = bold};
    PangoLayout *layout = toc_text_layout(sheet->cairo, "", &style);
    bool is_chinese = strcmp(sheet->language, "zh") == 0;
    pango_context_set_language(pango_layout_get_context(layout),
                               pango_language_from_string(is_chinese ? "zh-cn" : "en"));
    pango_layout_context_changed(layout);
    pango_layout_set_single_paragraph_mode(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout, (int)(size * 0.18 * PANGO_SCALE));
    return layout;
}

static void set_width(PangoLayout *layout, double width) {
    pango_layout_set_width(layout, (int)(MAX(width, 1) * PANGO_SCALE));
}

static double height_of(PangoLayout *layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return (double)box.height / PANGO_SCALE;
}

static void ink(toc_sheet *sheet) {
    toc_symbol_colour(sheet->cairo, toc_theme_light()->text, 1);
}

/* What is left of it, on as many pages as it takes. */
static void flow(toc_sheet *sheet, PangoLayout *layout, double x) {
    int line = 0;
    ink(sheet);
    while (line < pango_layout_get_line_count(layout)) {
        int before = line;
        sheet->y = toc_leading_draw(sheet->cairo, layout, &line,
                                    (toc_leading_frame){x, sheet->y, bottom_of(sheet)});
        if (line < pango_layout_get_line_count(layout) && (line > before || sheet->y > top_of())) {
            turn_page(sheet);
            ink(sheet);
        } else if (line == before) {
            break; /* a page has room for one line */
        }
    }
}

void toc_sheet_write(toc_sheet *sheet, toc_sheet_style style, const char *markup) {
    PangoLayout *layout = layout_of(sheet, sizes[style], style != TOC_SHEET_TEXT);
    bool leads = style != TOC_SHEET_TEXT; /* keeps some of what follows on its page */
    set_width(layout, body_width(sheet));
    pango_layout_set_markup(layout, markup, -1);
    sheet->unknown += (uint32_t)pango_layout_get_unknown_glyphs_count(layout);
    sheet->y += sheet->y > top_of() ? above[style] : 0;
    double needed = leads ? height_of(layout) + 64 : sizes[style] * 1.5;
    if (sheet->y + needed > bottom_of(sheet)) {
        turn_page(sheet);
    }
    flow(sheet, layout, side);
    sheet->y += leads ? 3 : 0;
    g_object_unref(layout);
}

static void rule(toc_sheet *sheet, double x, double y, double width) {
    toc_symbol_colour(sheet->cairo, toc_theme_light()->border, 1);
    cairo_set_line_width(sheet->cairo, rule_width);
    cairo_move_to(sheet->cairo, x, y);
    cairo_line_to(sheet->cairo, x + width, y);
    cairo_stroke(sheet->cairo);
}

void toc_sheet_datum(toc_sheet *sheet, const char *name, const char *text) {
    const double names = 96, x = side + names + 8;
    PangoLayout *label = layout_of(sheet, sizes[TOC_SHEET_TEXT], false);
    PangoLayout *value = layout_of(sheet, sizes[TOC_SHEET_TEXT], false);
    set_width(label, names);
    set_width(value, body_width(sheet) - names - 8);
    pango_layout_set_text(label, name, -1);
    pango_layout_set_text(value, text, -1);
    sheet->unknown += (uint32_t)(pango_layout_get_unknown_glyphs_count(label) +
                                 pango_layout_get_unknown_glyphs_count(value));
    double height = MAX(height_of(label), height_of(value));
    sheet->y += 3;
    if (sheet->y + height > bottom_of(sheet)) {
        turn_page(sheet);
    }
    double start = sheet->y;
    int line = 0;
    toc_symbol_colour(sheet->cairo, toc_theme_light()->text2, 1);
    (void)toc_leading_draw(sheet->cairo, label, &line,
                           (toc_leading_frame){side, start, bottom_of(sheet)});
    if (text[0] == '\0') {
        rule(sheet, x, start + height, body_width(sheet) - names - 8);
        sheet->y = start + height + 2;
    } else {
        flow(sheet, value, x);
    }
    g_object_unref(label);
    g_object_unref(value);
}

/* -- Tables -------------------------------------------------------------------------------------
 */

/* A table being drawn: where its columns are, and a layout for each. */
struct grid {
    toc_sheet *sheet;
    const toc_sheet_table *table;
    double *widths;
    PangoLayout **layouts, **heads;
    int *lines; /* of each cell, drawn so far */
};

static const char *cell_at(const struct grid *grid, unsigned row, unsigned column) {
    return grid->table->cells[row * grid->table->columns + column];
}

/* How wide the column's longest word is, and its longest line. */
static void measure(const struct grid *grid, unsigned column, double *out_least,
                    double *out_wanted) {
    PangoLayout *layout = grid->layouts[column];
    PangoLayout *bold = grid->heads[column];
    double room = body_width(grid->sheet);
    *out_least = *out_wanted = 12;
    for (unsigned row = 0; row < MIN(grid->table->rows, SAMPLED); row++) {
        PangoLayout *used = row == 0 || (grid->table->named && column == 0) ? bold : layout;
        PangoRectangle box;
        pango_layout_set_text(used, cell_at(grid, row, column), -1);
        pango_layout_set_wrap(used, PANGO_WRAP_WORD);
        pango_layout_set_width(used, 0);
        pango_layout_get_extents(used, NULL, &box);
        *out_least = MAX(*out_least, (double)box.width / PANGO_SCALE);
        pango_layout_set_width(used, -1);
        pango_layout_get_extents(used, NULL, &box);
        *out_wanted = MAX(*out_wanted, (double)box.width / PANGO_SCALE);
        pango_layout_set_wrap(used, PANGO_WRAP_WORD_CHAR);
    }
    double share = grid->table->shares == NULL ? 0 : grid->table->shares[column] * room;
    *out_least = MAX(MIN(*out_least + 2 * padding + 1, room * 0.3), share);
    *out_wanted = MAX(MIN(*out_wanted + 2 * padding + 1, room * 0.55), *out_least);
}

/* Every column gets its longest word, and what is left goes to those that want more. */
static void divide(struct grid *grid) {
    unsigned count = grid->table->columns;
    double room = body_width(grid->sheet), all_least = 0, all_wanted = 0;
    double *least = g_new(double, count), *wanted = g_new(double, count);
    for (unsigned i = 0; i < count; i++) {
        measure(grid, i, &least[i], &wanted[i]);
        all_least += least[i];
        all_wanted += wanted[i];
    }
    for (unsigned i = 0; i < count; i++) {
        if (grid->table->named) {
            grid->widths[i] = i == 0 ? MIN(wanted[0], room * 0.3) : room - grid->widths[0];
        } else if (all_least >= room) {
            grid->widths[i] = least[i] * room / all_least;
        } else if (all_wanted <= room) {
            grid->widths[i] = wanted[i] * room / all_wanted;
        } else {
            grid->widths[i] =
                least[i] + (wanted[i] - least[i]) * (room - all_least) / (all_wanted - all_least);
        }
        set_width(grid->layouts[i], grid->widths[i] - 2 * padding);
        set_width(grid->heads[i], grid->widths[i] - 2 * padding);
    }
    g_free(least);
    g_free(wanted);
}

static bool is_space(const struct grid *grid, unsigned row, unsigned column) {
    return grid->table->named && column > 0 && cell_at(grid, row, column)[0] == '\0';
}

static bool is_head(const struct grid *grid, unsigned row, unsigned column) {
    return grid->table->named ? column == 0 : row == 0;
}

static PangoLayout *layout_at(const struct grid *grid, unsigned row, unsigned column) {
    return is_head(grid, row, column) ? grid->heads[column] : grid->layouts[column];
}

/* The row's texts go into the layouts; gives its height. */
static double prepare(struct grid *grid, unsigned row) {
    double height = 0;
    for (unsigned i = 0; i < grid->table->columns; i++) {
        PangoLayout *layout = layout_at(grid, row, i);
        pango_layout_set_text(layout, cell_at(grid, row, i), -1);
        grid->sheet->unknown += (uint32_t)pango_layout_get_unknown_glyphs_count(layout);
        grid->lines[i] = 0;
        height = MAX(height, is_space(grid, row, i) ? SPACES * write_space : height_of(layout));
    }
    return height + 2 * padding;
}

static void frame(const struct grid *grid, unsigned row, double top, double height) {
    toc_sheet *sheet = grid->sheet;
    double x = side;
    cairo_set_line_width(sheet->cairo, rule_width);
    for (unsigned i = 0; i < grid->table->columns; i++) {
        cairo_rectangle(sheet->cairo, x, top, grid->widths[i], height);
        if (is_head(grid, row, i)) {
            toc_symbol_colour(sheet->cairo, toc_theme_light()->panel, 1);
            cairo_fill_preserve(sheet->cairo);
        }
        toc_symbol_colour(sheet->cairo, toc_theme_light()->asset, 1);
        cairo_stroke(sheet->cairo);
        for (int k = 1; is_space(grid, row, i) && k < SPACES; k++) {
            rule(sheet, x, top + k * (height / SPACES), grid->widths[i]);
        }
        x += grid->widths[i];
    }
}

static void put_heads(struct grid *grid) {
    toc_sheet *sheet = grid->sheet;
    double x = side, height = 0;
    for (unsigned i = 0; i < grid->table->columns; i++) {
        pango_layout_set_text(grid->heads[i], cell_at(grid, 0, i), -1);
        height = MAX(height, height_of(grid->heads[i]) + 2 * padding);
    }
    frame(grid, 0, sheet->y, height);
    ink(sheet);
    for (unsigned i = 0; i < grid->table->columns; i++) {
        int line = 0;
        (void)toc_leading_draw(
            sheet->cairo, grid->heads[i], &line,
            (toc_leading_frame){x + padding, sheet->y + padding, bottom_of(sheet)});
        x += grid->widths[i];
    }
    sheet->y += height;
}

static void turn_with_heads(struct grid *grid) {
    turn_page(grid->sheet);
    if (!grid->table->named) {
        put_heads(grid);
    }
}

/* What is left of the row's cells, as high as the highest; whether anything was left out. */
static bool put_part(struct grid *grid, unsigned row, double height) {
    toc_sheet *sheet = grid->sheet;
    double x = side;
    bool more = false;
    frame(grid, row, sheet->y, height);
    ink(sheet);
    for (unsigned i = 0; i < grid->table->columns; i++) {
        PangoLayout *layout = layout_at(grid, row, i);
        (void)toc_leading_draw(
            sheet->cairo, layout, &grid->lines[i],
            (toc_leading_frame){x + padding, sheet->y + padding, sheet->y + height - padding});
        more = more || grid->lines[i] < pango_layout_get_line_count(layout);
        x += grid->widths[i];
    }
    sheet->y += height;
    return more;
}

static double height_left(const struct grid *grid, unsigned row) {
    double height = 0;
    for (unsigned i = 0; i < grid->table->columns; i++) {
        height = MAX(height, toc_leading_left(layout_at(grid, row, i), grid->lines[i]));
    }
    return height + 2 * padding;
}

/* On the page if it fits there, else on the next; only a row that no page holds goes over several.
 */
static void put_row(struct grid *grid, unsigned row) {
    enum { MOST_PAGES = 1000 }; /* of a row whose letters are higher than a page there is no end */
    toc_sheet *sheet = grid->sheet;
    double height = prepare(grid, row), room = bottom_of(sheet) - sheet->y;
    if (height > room && sheet->y > top_of()) {
        turn_with_heads(grid);
        room = bottom_of(sheet) - sheet->y;
    }
    for (int i = 0; i < MOST_PAGES && put_part(grid, row, MIN(height, room)); i++) {
        turn_with_heads(grid);
        height = height_left(grid, row);
        room = bottom_of(sheet) - sheet->y;
    }
}

static void put_rows(struct grid *grid) {
    toc_sheet *sheet = grid->sheet;
    unsigned first = grid->table->named ? 0 : 1;
    double needed = first < grid->table->rows ? prepare(grid, first) : 0;
    sheet->y += 4;
    if (!grid->table->named) {
        needed = MIN(needed, (bottom_of(sheet) - top_of()) / 2) + prepare(grid, 0);
        if (sheet->y + needed > bottom_of(sheet)) {
            turn_page(sheet);
        }
        put_heads(grid);
    }
    for (unsigned row = first; row < grid->table->rows; row++) {
        put_row(grid, row);
    }
    sheet->y += 4;
}

void toc_sheet_tabulate(toc_sheet *sheet, const toc_sheet_table *table) {
    unsigned count = table->columns;
    struct grid grid = {sheet,
                        table,
                        g_new0(double, count),
                        g_new0(PangoLayout *, count),
                        g_new0(PangoLayout *, count),
                        g_new0(int, count)};
    for (unsigned i = 0; i < count; i++) {
        grid.layouts[i] = layout_of(sheet, cell_size, false);
        grid.heads[i] = layout_of(sheet, cell_size, true);
    }
    divide(&grid);
    put_rows(&grid);
    for (unsigned i = 0; i < count; i++) {
        g_object_unref(grid.layouts[i]);
        g_object_unref(grid.heads[i]);
    }
    g_free(grid.widths);
    g_free(grid.layouts);
    g_free(grid.heads);
    g_free(grid.lines);
}

/* -- Maps and pages -----------------------------------------------------------------------------
 */

void toc_sheet_map(toc_sheet *sheet, const toc_topology *topology) {
    const toc_map_request request = {
        .topology = topology, .width = 1100, .height = 700, .real = true};
    double scale = body_width(sheet) / request.width, height = request.height * scale;
    toc_scene scene;
    if (sheet->y + height > bottom_of(sheet)) {
        turn_page(sheet);
    }
    toc_scene_compute(&request, &scene);
    cairo_save(sheet->cairo);
    cairo_translate(sheet->cairo, side, sheet->y);
    cairo_scale(sheet->cairo, scale, scale);
    cairo_rectangle(sheet->cairo, 0, 0, request.width, request.height);
    cairo_clip(sheet->cairo);
    toc_symbol_colour(sheet->cairo, scene.theme->panel, 1);
    cairo_paint(sheet->cairo);
    toc_paint_map(sheet->cairo, &scene);
    toc_legend_paint(sheet->cairo, &scene);
    cairo_restore(sheet->cairo);
    toc_scene_finish(&scene);
    sheet->y += height + 6;
}

/* The mark and the note above and below, and the number of the page. */
static void put_band(const toc_sheet *sheet, cairo_t *cairo, unsigned number) {
    const toc_text_style bold = {
        .size = 9, .bold = true, .align = TOC_TEXT_CENTRE, .colour = toc_theme_light()->critical};
    const toc_text_style plain = {
        .size = 8, .align = TOC_TEXT_CENTRE, .colour = toc_theme_light()->text2};
    const toc_text_style right = {
        .size = 8, .align = TOC_TEXT_RIGHT, .colour = toc_theme_light()->text2};
    double middle = sheet->width / 2, upper = edge, lower = sheet->height - edge;
    char *page = g_strdup_printf("%u / %u", number, sheet->pages->len);
    (void)toc_text_draw(cairo, sheet->mark, &bold, middle, upper);
    (void)toc_text_draw(cairo, sheet->note, &plain, middle, upper + 11);
    (void)toc_text_draw(cairo, sheet->mark, &bold, middle, lower);
    (void)toc_text_draw(cairo, sheet->note, &plain, middle, lower - 11);
    (void)toc_text_draw(cairo, page, &right, sheet->width - side, lower);
    g_free(page);
}

toc_status toc_sheet_print(toc_sheet *sheet, toc_problems *problems, toc_formats_buffer *buffer) {
    const toc_place nowhere = {NULL, 0, 0};
    toc_canvas canvas;
    if (!toc_canvas_open(&canvas, TOC_MAP_PDF, sheet->width, sheet->height, buffer)) {
        return toc_problems_fault(problems, nowhere, "there is no memory for the pages");
    }
    cairo_pdf_surface_set_metadata(canvas.surface, CAIRO_PDF_METADATA_TITLE, sheet->title);
    for (unsigned i = 0; i < sheet->pages->len; i++) {
        cairo_set_source_surface(canvas.cairo, g_ptr_array_index(sheet->pages, i), 0, 0);
        cairo_paint(canvas.cairo);
        put_band(sheet, canvas.cairo, i + 1);
        cairo_show_page(canvas.cairo);
    }
    if (!toc_canvas_close(&canvas)) {
        return toc_problems_fault(problems, nowhere, "the pages could not be drawn");
    }
    return TOC_OK;
}
