#include "console/brush.h"

#include <math.h>
#include <string.h>

#include "console/arrangement.h"
#include "console/screen_state.h"
#include "drawing/symbol.h"

struct brush {
    toc_screen *screen;
    cairo_surface_t *image;
    cairo_t *cairo;
    const toc_theme *theme;
    double scale;
};

static void dip(struct brush *brush, toc_tint tint) {
    toc_symbol_colour(brush->cairo, toc_tint_of(brush->theme, tint), 1);
}

static void box(struct brush *brush, const toc_rect *rect, toc_tint tint) {
    cairo_rectangle(brush->cairo, rect->x, rect->y, rect->w, rect->h);
    dip(brush, tint);
    cairo_fill(brush->cairo);
}

static void frame(struct brush *brush, const toc_rect *rect, double width, toc_tint tint) {
    cairo_rectangle(brush->cairo, rect->x + width / 2, rect->y + width / 2, rect->w - width,
                    rect->h - width);
    cairo_set_line_width(brush->cairo, width);
    dip(brush, tint);
    cairo_stroke(brush->cairo);
}

/* -- Marks --------------------------------------------------------------------------------------
 */

static void corners(struct brush *brush, double x, double y, const double (*at)[2], int count,
                    double size) {
    for (int i = 0; i < count; i++) {
        cairo_line_to(brush->cairo, x + at[i][0] * size, y + at[i][1] * size);
    }
    cairo_close_path(brush->cairo);
}

static void fill_and_line(struct brush *brush, toc_tint fill, toc_tint line) {
    dip(brush, fill);
    cairo_fill_preserve(brush->cairo);
    cairo_set_line_width(brush->cairo, fmax(1, brush->scale));
    dip(brush, line);
    cairo_stroke(brush->cairo);
}

static void tick(struct brush *brush, double x, double y, double size, bool is_done) {
    cairo_rectangle(brush->cairo, x + 0.1 * size, y + 0.1 * size, 0.8 * size, 0.8 * size);
    cairo_set_line_width(brush->cairo, fmax(1, 1.2 * brush->scale));
    dip(brush, TOC_TINT_TEXT2);
    cairo_stroke(brush->cairo);
    if (is_done) {
        cairo_move_to(brush->cairo, x + 0.25 * size, y + 0.5 * size);
        cairo_line_to(brush->cairo, x + 0.45 * size, y + 0.7 * size);
        cairo_line_to(brush->cairo, x + 0.78 * size, y + 0.28 * size);
        cairo_set_line_width(brush->cairo, 1.6 * brush->scale);
        cairo_stroke(brush->cairo);
    }
}

static void mark(struct brush *brush, toc_mark mark, double x, double y, double size) {
    static const double up[][2] = {{0.5, 0.05}, {0.97, 0.92}, {0.03, 0.92}};
    static const double down[][2] = {{0.03, 0.08}, {0.97, 0.08}, {0.5, 0.95}};
    static const double diamond[][2] = {{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}};
    static const char *const digits[] = {
        [TOC_MARK_P1] = "1", [TOC_MARK_P2] = "2", [TOC_MARK_P3] = "3", [TOC_MARK_P4] = "4"};
    toc_tint ink = TOC_TINT_OUTLINE;
    cairo_new_path(brush->cairo);
    switch (mark) {
    case TOC_MARK_NONE:
        return;
    case TOC_MARK_P1:
        cairo_rectangle(brush->cairo, x, y, size, size);
        dip(brush, TOC_TINT_CRITICAL);
        cairo_fill(brush->cairo);
        ink = TOC_TINT_CRITICAL_INK;
        break;
    case TOC_MARK_P2:
        corners(brush, x, y, up, 3, size);
        fill_and_line(brush, TOC_TINT_HIGH, TOC_TINT_OUTLINE);
        break;
    case TOC_MARK_P3:
        corners(brush, x, y, down, 3, size);
        fill_and_line(brush, TOC_TINT_MEDIUM, TOC_TINT_OUTLINE);
        break;
    case TOC_MARK_P4:
        cairo_arc(brush->cairo, x + size / 2, y + size / 2, size * 0.45, 0, 2 * G_PI);
        cairo_set_line_width(brush->cairo, 1.4 * brush->scale);
        dip(brush, TOC_TINT_LOW);
        cairo_stroke(brush->cairo);
        ink = TOC_TINT_TEXT2;
        break;
    case TOC_MARK_CYBER:
        corners(brush, x, y, diamond, 4, size);
        dip(brush, TOC_TINT_COMPROMISED);
        cairo_fill(brush->cairo);
        return;
    case TOC_MARK_DONE:
    case TOC_MARK_OPEN:
        tick(brush, x, y, size, mark == TOC_MARK_DONE);
        return;
    }
    if (size >= 13 * brush->scale) { /* a digit in a smaller mark cannot be read */
        const toc_typeset_style style = {.size = size * 0.62, .bold = true};
        PangoLayout *layout = toc_typeset_layout(brush->screen->typeset, digits[mark], &style);
        PangoRectangle inkbox;
        pango_layout_get_pixel_extents(layout, &inkbox, NULL);
        double drop = mark == TOC_MARK_P2 ? 0.08 : mark == TOC_MARK_P3 ? -0.1 : 0;
        dip(brush, ink);
        cairo_move_to(brush->cairo, x + (size - inkbox.width) / 2 - inkbox.x,
                      y + (size - inkbox.height) / 2 - inkbox.y + drop * size);
        pango_cairo_show_layout(brush->cairo, layout);
    }
}

/* -- Text ---------------------------------------------------------------------------------------
 */

static void text(struct brush *brush, const toc_element *element) {
    toc_typeset_style style = toc_arrangement_style(brush->screen, element);
    double pad = element->box.pad * brush->scale, x = element->rect.x + pad;
    double size = element->size * 1.15 * brush->scale;
    PangoRectangle extent;
    if (element->mark != TOC_MARK_NONE) {
        double y =
            element->wraps ? element->rect.y + pad : element->rect.y + (element->rect.h - size) / 2;
        mark(brush, element->mark, x, y, size);
        x += toc_arrangement_mark(element) * brush->scale;
    }
    if (element->label[0] == '\0') {
        return;
    }
    if (!element->is_clipped && !element->wraps) {
        style.most = 0; /* one shape, however wide its place is */
    }
    PangoLayout *layout = toc_typeset_layout(brush->screen->typeset, element->label, &style);
    pango_layout_get_pixel_extents(layout, NULL, &extent);
    double left = element->rect.x + element->rect.w - pad - x - extent.width;
    x += element->is_right ? fmax(0, left) : element->is_centred ? fmax(0, left / 2) : 0;
    bool is_tall = element->first != TOC_ELEMENT_NONE || element->wraps;
    double y =
        is_tall ? element->rect.y + pad : element->rect.y + (element->rect.h - extent.height) / 2.0;
    dip(brush, element->is_off ? TOC_TINT_TEXT3 : element->ink);
    cairo_move_to(brush->cairo, floor(x), floor(y));
    pango_cairo_show_layout(brush->cairo, layout);
}

/* Pixels from the left of the letters to a byte of them, and the top of its line. */
static PangoRectangle caret_at(PangoLayout *layout, int byte) {
    PangoRectangle place;
    pango_layout_get_cursor_pos(layout, byte, &place, NULL);
    return (PangoRectangle){PANGO_PIXELS(place.x), PANGO_PIXELS(place.y), 0,
                            PANGO_PIXELS(place.height)};
}

static void selection(struct brush *brush, PangoLayout *layout, const toc_element *element,
                      double x, double y) {
    int from = MIN(element->caret, element->anchor), to = MAX(element->caret, element->anchor);
    for (int at = from; at < to;) {
        PangoRectangle one = caret_at(layout, at);
        int next = (int)(g_utf8_next_char(element->value + at) - element->value);
        PangoRectangle other = caret_at(layout, next);
        int width = other.y == one.y ? other.x - one.x : 4;
        toc_rect rect = {(int)x + one.x, (int)y + one.y, width, one.height};
        box(brush, &rect, TOC_TINT_BORDER);
        at = next;
    }
}

static void field(struct brush *brush, const toc_element *element) {
    toc_typeset_style style = toc_arrangement_style(brush->screen, element);
    double pad = element->box.pad * brush->scale, x = element->rect.x + pad;
    bool is_empty = element->value[0] == '\0' && element->preedit[0] == '\0';
    char *shown = NULL;
    if (element->caret >= 0) {
        shown = g_strdup_printf("%.*s%s%s", element->caret, element->value, element->preedit,
                                element->value + element->caret);
    }
    const char *words = is_empty ? element->label : shown != NULL ? shown : element->value;
    if (!element->is_multiline) {
        style.wraps = false;
        style.most = 0;
    }
    PangoLayout *layout = toc_typeset_layout(brush->screen->typeset, words, &style);
    double y = element->is_multiline ? element->rect.y + pad
                                     : element->rect.y + (element->rect.h - style.size * 1.35) / 2;
    cairo_save(brush->cairo);
    cairo_rectangle(brush->cairo, x - 1, element->rect.y, element->rect.w - 2 * pad + 2,
                    element->rect.h);
    cairo_clip(brush->cairo);
    int caret = element->caret + (int)strlen(element->preedit);
    PangoRectangle at = caret_at(layout, is_empty || element->caret < 0 ? 0 : caret);
    if (!element->is_multiline && at.x > style.most && element->caret >= 0) {
        x -= fmax(0, at.x - (element->rect.w - 2 * pad - 4)); /* the caret stays in sight */
    }
    if (element->caret >= 0 && !is_empty) {
        selection(brush, layout, element, x, y);
    }
    dip(brush, is_empty ? TOC_TINT_TEXT3 : element->ink);
    cairo_move_to(brush->cairo, floor(x), floor(y));
    pango_cairo_show_layout(brush->cairo, layout);
    if (element->preedit[0] != '\0') { /* what the input method has not settled is underlined */
        PangoRectangle begin = caret_at(layout, element->caret);
        toc_rect line = {(int)x + begin.x, (int)y + begin.y + begin.height - 1, at.x - begin.x, 1};
        box(brush, &line, TOC_TINT_TEXT);
    }
    if (element->caret >= 0) {
        toc_rect line = {(int)x + at.x, (int)y + at.y, (int)fmax(1, brush->scale),
                         at.height > 0 ? at.height : (int)(style.size * 1.3)};
        box(brush, &line, TOC_TINT_TEXT);
    }
    cairo_restore(brush->cairo);
    g_free(shown);
}

/* -- Elements -----------------------------------------------------------------------------------
 */

static void meter(struct brush *brush, const toc_element *element) {
    int high = (int)(6 * brush->scale);
    toc_rect bar = {element->rect.x, element->rect.y + (element->rect.h - high) / 2,
                    element->rect.w, high};
    toc_rect full = bar;
    full.w = (int)(bar.w * CLAMP(element->part, 0, 1));
    box(brush, &bar, TOC_TINT_GRID);
    box(brush, &full, element->ink);
    frame(brush, &bar, 1, TOC_TINT_TEXT3);
    if (element->trait == TOC_TRAIT_SLIDER) {
        int wide = (int)(10 * brush->scale);
        toc_rect knob = {full.x + full.w - wide / 2, element->rect.y + (int)(2 * brush->scale),
                         wide, element->rect.h - (int)(4 * brush->scale)};
        box(brush, &knob, TOC_TINT_RAISED);
        frame(brush, &knob, fmax(1, brush->scale), TOC_TINT_TEXT2);
    }
}

static void scrollbar(struct brush *brush, const toc_element *element) {
    const toc_screen_memory *memory = toc_screen_memory_of(brush->screen, element->id);
    if (memory->content <= memory->room + 1) {
        return;
    }
    double pad = element->box.pad * brush->scale;
    double high = fmax(24 * brush->scale, memory->room * memory->room / memory->content);
    double run = memory->room - high, part = memory->scroll / (memory->content - memory->room);
    int wide = (int)(5 * brush->scale);
    toc_rect thumb = {element->rect.x + element->rect.w - wide - (int)(2 * brush->scale),
                      (int)(element->rect.y + pad + run * part), wide, (int)high};
    box(brush, &thumb, TOC_TINT_TEXT3);
}

static void paint_element(struct brush *brush, const toc_element *element) {
    if (element->ground != TOC_TINT_NONE) {
        box(brush, &element->rect, element->ground);
    }
    if (element->is_selected) {
        toc_rect bar = element->rect;
        bar.w = (int)(3 * brush->scale);
        box(brush, &bar, TOC_TINT_SELECTION);
    }
    if (element->art.paint != NULL) {
        element->art.paint(element->art.object, brush->image, brush->cairo, element);
    } else if (element->trait == TOC_TRAIT_FIELD) {
        field(brush, element);
    } else if (element->trait == TOC_TRAIT_METER || element->trait == TOC_TRAIT_SLIDER) {
        meter(brush, element);
    } else {
        text(brush, element);
    }
    if (element->edge != TOC_TINT_NONE) {
        frame(brush, &element->rect, fmax(1, floor(brush->scale)), element->edge);
    }
    if (element->box.scrolls) {
        scrollbar(brush, element);
    }
    if (element->is_focused) {
        frame(brush, &element->rect, 2 * brush->scale, TOC_TINT_FOCUS);
    }
}

/* -- Panels -------------------------------------------------------------------------------------
 */

static bool is_inner_panel(const toc_screen *screen, uint32_t index, uint32_t panel) {
    return index != panel && toc_screen_element(screen, index)->is_panel;
}

static uint64_t hash_of(const toc_screen *screen, uint32_t panel) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    uint32_t end = toc_screen_element(screen, panel)->end;
    for (uint32_t i = panel; i < end;) {
        if (is_inner_panel(screen, i, panel)) {
            i = toc_screen_element(screen, i)->end;
        } else {
            hash = toc_element_hash(toc_screen_element(screen, i++), hash);
        }
    }
    return hash;
}

static void soil(toc_screen *screen, toc_rect rect) {
    toc_rect window = {0, 0, screen->look.width, screen->look.height};
    rect = toc_element_meet(&rect, &window);
    if (!toc_element_is_empty(&rect)) {
        (void)g_array_append_val(screen->dirty, rect);
    }
}

/* Which panels have changed, and what that uncovers. */
static void find_dirty(toc_screen *screen, bool anew, GArray *panels) {
    GArray *before = screen->painted;
    screen->painted = g_array_new(FALSE, FALSE, sizeof(struct painted));
    (void)g_array_set_size(screen->dirty, 0);
    for (uint32_t i = 0; i < screen->count; i++) {
        const toc_element *element = toc_screen_element(screen, i);
        if (element->is_panel) {
            struct painted now = {element->rect, hash_of(screen, i)};
            (void)g_array_append_val(screen->painted, now);
            (void)g_array_append_val(panels, i);
        }
    }
    bool same_theme = screen->painted_theme == screen->look.theme;
    screen->painted_theme = screen->look.theme;
    bool same_shape = !anew && same_theme && before->len == screen->painted->len;
    for (guint i = 0; i < screen->painted->len && same_shape; i++) {
        const struct painted *now = &g_array_index(screen->painted, struct painted, i);
        const struct painted *then = &g_array_index(before, struct painted, i);
        if (memcmp(&now->rect, &then->rect, sizeof now->rect) != 0) {
            soil(screen, then->rect);
            soil(screen, now->rect);
        } else if (now->hash != then->hash) {
            soil(screen, now->rect);
        }
    }
    if (!same_shape) {
        soil(screen, (toc_rect){0, 0, screen->look.width, screen->look.height});
    }
    (void)g_array_free(before, TRUE);
}

static void paint_panel(struct brush *brush, uint32_t panel, const toc_rect *dirty) {
    toc_screen *screen = brush->screen;
    const toc_element *element = toc_screen_element(screen, panel);
    toc_rect part = toc_element_meet(&element->rect, dirty);
    if (toc_element_is_empty(&part)) {
        return;
    }
    screen->work.panels++;
    screen->work.pixels += (uint64_t)part.w * (uint64_t)part.h;
    for (uint32_t i = panel; i < element->end;) {
        const toc_element *inner = toc_screen_element(screen, i);
        toc_rect seen = toc_element_meet(&inner->shown, &part);
        if (is_inner_panel(screen, i, panel)) {
            i = inner->end;
            continue;
        }
        i++;
        if (!toc_element_is_empty(&seen)) {
            cairo_save(brush->cairo);
            cairo_rectangle(brush->cairo, seen.x, seen.y, seen.w, seen.h);
            cairo_clip(brush->cairo);
            paint_element(brush, inner);
            cairo_restore(brush->cairo);
        }
    }
}

const toc_rect *toc_brush_paint(toc_screen *screen, cairo_surface_t *image, bool anew,
                                uint32_t *out_count) {
    GArray *panels = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    find_dirty(screen, anew, panels);
    struct brush brush = {.screen = screen,
                          .image = image,
                          .cairo = cairo_create(image),
                          .theme = screen->look.theme,
                          .scale = screen->look.scale};
    for (guint d = 0; d < screen->dirty->len; d++) {
        toc_rect dirty = g_array_index(screen->dirty, toc_rect, d);
        for (guint i = 0; i < panels->len; i++) {
            paint_panel(&brush, g_array_index(panels, uint32_t, i), &dirty);
        }
    }
    cairo_destroy(brush.cairo);
    cairo_surface_flush(image);
    (void)g_array_free(panels, TRUE);
    *out_count = screen->dirty->len;
    return (const toc_rect *)(const void *)screen->dirty->data;
}
