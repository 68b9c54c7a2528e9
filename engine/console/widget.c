#include "console/widget.h"

#include <math.h>
#include <string.h>

#include "console/editing.h"
#include "console/screen_state.h"

enum { UNKNOWN_ROOM = 30 /* rows made before it is known how many are seen */ };

toc_element *toc_widget_row(toc_screen *screen, double gap) {
    toc_element *row = toc_screen_open(screen, TOC_TRAIT_GROUP, "");
    row->box = (toc_box){.flow = TOC_FLOW_ROW, .gap = gap};
    return row;
}

toc_element *toc_widget_column(toc_screen *screen, double gap) {
    toc_element *column = toc_screen_open(screen, TOC_TRAIT_GROUP, "");
    column->box = (toc_box){.flow = TOC_FLOW_COLUMN, .gap = gap};
    return column;
}

toc_element *toc_widget_wrap(toc_screen *screen, double gap) {
    toc_element *wrap = toc_screen_open(screen, TOC_TRAIT_GROUP, "");
    wrap->box = (toc_box){.flow = TOC_FLOW_WRAP, .gap = gap};
    return wrap;
}

void toc_widget_spring(toc_screen *screen) {
    toc_screen_add(screen, TOC_TRAIT_GROUP, "")->box = (toc_box){.width = -1, .height = -1};
}

toc_element *toc_widget_panel(toc_screen *screen, const char *id, const char *title,
                              const char *more, bool scrolls) {
    toc_element *panel = toc_screen_open(screen, TOC_TRAIT_PANEL, id);
    panel->is_panel = true;
    panel->ground = TOC_TINT_PANEL;
    panel->edge = TOC_TINT_BORDER;
    panel->box = (toc_box){.width = -1, .height = -1, .pad = 1};
    toc_element *head = toc_widget_row(screen, 8);
    head->ground = TOC_TINT_RAISED;
    head->box.height = 26;
    head->box.pad = 4;
    toc_element *heading =
        toc_screen_add(screen, TOC_TRAIT_HEADING, toc_screen_text(screen, "%s.title", id));
    heading->label = toc_screen_text(screen, "%s", title);
    heading->bold = true;
    heading->size = 12;
    toc_widget_spring(screen);
    if (more[0] != '\0') {
        toc_element *beside = toc_widget_text(screen, more, TOC_TINT_TEXT2, true);
        beside->size = 12;
    }
    toc_screen_close(screen);
    toc_element *body =
        toc_screen_open(screen, TOC_TRAIT_GROUP, toc_screen_text(screen, "%s.body", id));
    body->box = (toc_box){.width = -1, .height = -1, .gap = 4, .pad = 6, .scrolls = scrolls};
    return panel;
}

void toc_widget_close_panel(toc_screen *screen) {
    toc_screen_close(screen);
    toc_screen_close(screen);
}

toc_element *toc_widget_text(toc_screen *screen, const char *text, toc_tint ink, bool may_clip) {
    toc_element *element = toc_screen_add(screen, TOC_TRAIT_TEXT, "");
    element->label = toc_screen_text(screen, "%s", text);
    element->ink = ink;
    element->may_clip = may_clip;
    return element;
}

toc_element *toc_widget_paragraph(toc_screen *screen, const char *text, toc_tint ink) {
    toc_element *element = toc_widget_text(screen, text, ink, false);
    element->wraps = true;
    return element;
}

toc_element *toc_widget_heading(toc_screen *screen, const char *text) {
    toc_element *element = toc_widget_text(screen, text, TOC_TINT_TEXT, true);
    element->trait = TOC_TRAIT_HEADING;
    element->bold = true;
    return element;
}

toc_element *toc_widget_button(toc_screen *screen, const char *id, const char *label,
                               const char *command, const char *argument) {
    toc_element *button = toc_screen_add(screen, TOC_TRAIT_BUTTON, id);
    button->label = toc_screen_text(screen, "%s", label);
    button->command = command;
    button->argument = toc_screen_text(screen, "%s", argument);
    button->takes_focus = true;
    button->is_centred = true;
    button->ground = TOC_TINT_RAISED;
    button->edge = TOC_TINT_TEXT3;
    button->box = (toc_box){.height = 24, .pad = 8};
    return button;
}

toc_element *toc_widget_tab(toc_screen *screen, const char *id, const char *label,
                            const char *command, const char *argument, bool is_on) {
    toc_element *tab = toc_widget_button(screen, id, label, command, argument);
    tab->trait = TOC_TRAIT_TAB;
    tab->state = is_on ? "on" : "off";
    tab->is_selected = is_on;
    tab->bold = is_on;
    tab->ground = is_on ? TOC_TINT_RAISED : TOC_TINT_PANEL;
    tab->edge = is_on ? TOC_TINT_TEXT2 : TOC_TINT_BORDER;
    return tab;
}

static toc_element *typed(toc_screen *screen, const char *id, const char *hint,
                          const char *command) {
    toc_element *field = toc_screen_add(screen, TOC_TRAIT_FIELD, id);
    const toc_screen_memory *memory = toc_screen_memory_of(screen, id);
    field->label = toc_screen_text(screen, "%s", hint);
    field->value = toc_screen_text(screen, "%s", toc_editing_text(screen, id));
    field->command = command;
    field->takes_focus = true;
    field->may_clip = true;
    field->ground = TOC_TINT_RAISED;
    field->edge = TOC_TINT_TEXT3;
    field->box = (toc_box){.width = -1, .height = 26, .pad = 6};
    if (strcmp(toc_screen_focus(screen), id) == 0) {
        field->caret = MIN(memory->caret, (int)memory->text->len);
        field->anchor = MIN(memory->anchor, (int)memory->text->len);
        field->preedit = toc_screen_text(screen, "%s", screen->preedit->str);
    }
    return field;
}

toc_element *toc_widget_field(toc_screen *screen, const char *id, const char *hint,
                              const char *command) {
    return typed(screen, id, hint, command);
}

toc_element *toc_widget_area(toc_screen *screen, const char *id, const char *hint, double lines,
                             const char *command) {
    toc_element *area = typed(screen, id, hint, command);
    area->is_multiline = true;
    area->wraps = true;
    area->box.height = lines * area->size * 1.45 + 12;
    return area;
}

toc_element *toc_widget_meter(toc_screen *screen, const char *id, double part, toc_tint ink) {
    toc_element *meter = toc_screen_add(screen, TOC_TRAIT_METER, id);
    meter->part = part;
    meter->ink = ink;
    meter->value = toc_screen_text(screen, "%.1f %%", part * 100);
    meter->box = (toc_box){.width = -1, .height = 10};
    return meter;
}

toc_element *toc_widget_slider(toc_screen *screen, const char *id, double part,
                               const char *command) {
    toc_element *slider = toc_widget_meter(screen, id, part, TOC_TINT_TEXT2);
    slider->trait = TOC_TRAIT_SLIDER;
    slider->command = command;
    slider->takes_focus = true;
    slider->box = (toc_box){.width = -1, .height = 24};
    return slider;
}

toc_element *toc_widget_canvas(toc_screen *screen, toc_trait trait, const char *id, toc_art art,
                               const char *command) {
    toc_element *canvas = toc_screen_add(screen, trait, id);
    canvas->art = art;
    canvas->command = command;
    canvas->takes_focus = command != NULL;
    canvas->ground = TOC_TINT_RAISED;
    canvas->box = (toc_box){.width = -1, .height = -1};
    return canvas;
}

/* -- Lists --------------------------------------------------------------------------------------
 */

static void spacer(toc_screen *screen, double rows, double height) {
    if (rows > 0) {
        toc_screen_add(screen, TOC_TRAIT_GROUP, "")->box = (toc_box){.height = rows * height};
    }
}

/* The rows that are seen, as far as the picture before tells. */
static void find_seen(const toc_screen *screen, toc_screen_memory *memory,
                      const toc_widget_rows *rows, uint32_t *out_first, uint32_t *out_end) {
    double height = rows->height * screen->look.scale;
    if (memory->keeps_up && memory->room > 0) {
        double top = memory->number * height, low = top + height;
        memory->scroll = top < memory->scroll                  ? top
                         : low > memory->scroll + memory->room ? low - memory->room
                                                               : memory->scroll;
    }
    memory->keeps_up = false;
    double most = fmax(0, rows->count * height - memory->room);
    memory->scroll = CLAMP(memory->scroll, 0, most);
    uint32_t seen = memory->room > 0 ? (uint32_t)(memory->room / height) + 2 : UNKNOWN_ROOM;
    *out_first = MIN((uint32_t)(memory->scroll / height), rows->count);
    *out_end = MIN(*out_first + seen, rows->count);
}

uint32_t toc_widget_list(toc_screen *screen, const toc_widget_rows *rows) {
    uint32_t first = 0, end = 0;
    toc_screen_memory *memory = toc_screen_memory_of(screen, rows->id);
    memory->rows = rows->count;
    memory->row_height = rows->height * screen->look.scale;
    memory->number = rows->count == 0 ? 0 : MIN(memory->number, rows->count - 1);
    toc_element *list = toc_screen_open(screen, TOC_TRAIT_LIST, rows->id);
    list->label = rows->count == 0 ? rows->empty : "";
    list->wraps = true;
    list->tip = toc_screen_text(screen, "%s", rows->label);
    list->ink = TOC_TINT_TEXT3;
    list->takes_focus = rows->count > 0;
    list->box = (toc_box){.width = -1, .height = -1, .pad = 1, .scrolls = true};
    find_seen(screen, memory, rows, &first, &end);
    spacer(screen, first, rows->height);
    for (uint32_t i = first; i < end; i++) {
        toc_element *row =
            toc_screen_open(screen, TOC_TRAIT_ROW, toc_screen_text(screen, "%s.%u", rows->id, i));
        row->box = (toc_box){.flow = TOC_FLOW_ROW, .height = rows->height, .gap = 8, .pad = 2};
        row->part = i;
        row->is_selected = i == memory->number;
        row->ground = row->is_selected ? TOC_TINT_RAISED : TOC_TINT_NONE;
        row->command = "list.choose";
        toc_screen_add(screen, TOC_TRAIT_GROUP, "")->box =
            (toc_box){.width = 1}; /* beside the bar */
        rows->fill(rows->object, screen, i, row);
        toc_screen_close(screen);
    }
    spacer(screen, rows->count - end, rows->height);
    toc_screen_close(screen);
    return rows->count == 0 ? TOC_ELEMENT_NONE : memory->number;
}

toc_element *toc_widget_cell(toc_screen *screen, const char *text, double width, toc_tint ink) {
    toc_element *cell = toc_widget_text(screen, text, ink, true);
    cell->trait = TOC_TRAIT_CELL;
    cell->box.width = width;
    return cell;
}

/* -- Over everything ----------------------------------------------------------------------------
 */

toc_element *toc_widget_dialog(toc_screen *screen, const char *id, const char *title,
                               double width) {
    toc_element *dialog = toc_screen_open(screen, TOC_TRAIT_DIALOG, id);
    dialog->is_over = true;
    dialog->is_panel = true;
    dialog->ground = TOC_TINT_PANEL;
    dialog->edge = TOC_TINT_TEXT2;
    dialog->box =
        (toc_box){.width = fmin(width, toc_screen_logical_width(screen) - 16), .gap = 8, .pad = 12};
    if (title[0] != '\0') {
        toc_element *heading = toc_widget_heading(screen, title);
        heading->size = 15;
    }
    return dialog;
}
