#include "drawing/symbol.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct drawing {
    const char *name, *path;
};

static const struct drawing drawings[] = {
#define TOC_SYMBOL(name, path) {name, path},
#include "drawing/symbol.def"
#undef TOC_SYMBOL
};

static const char *find(const char *name) {
    for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++) {
        if (strcmp(drawings[i].name, name) == 0) {
            return drawings[i].path;
        }
    }
    return NULL;
}

void toc_symbol_colour(cairo_t *cairo, toc_theme_colour colour, double alpha) {
    cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                          alpha);
}

/* Reads up to six numbers behind a letter of a drawing. */
static const char *read_numbers(const char *at, double numbers[6]) {
    for (size_t i = 0; i < 6; i++) {
        char *end;
        double number = g_ascii_strtod(at, &end);
        if (end == at) {
            break;
        }
        numbers[i] = number;
        at = end;
    }
    return at;
}

static void ellipse(cairo_t *cairo, const double n[6], double ratio) {
    cairo_save(cairo);
    cairo_translate(cairo, n[0], n[1]);
    cairo_scale(cairo, 1, ratio);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0, 0, n[2], 0, 2 * G_PI);
    cairo_close_path(cairo);
    cairo_restore(cairo);
}

/* What is filled is kept apart from what is stroked: it is drawn at once on a path of its own. */
static void fill_at_once(cairo_t *cairo, char letter, const double n[6]) {
    cairo_path_t *before = cairo_copy_path(cairo);
    cairo_new_path(cairo);
    if (letter == 'D') {
        cairo_arc(cairo, n[0], n[1], n[2], 0, 2 * G_PI);
    } else {
        cairo_rectangle(cairo, n[0], n[1], n[2], n[3]);
    }
    cairo_fill(cairo);
    cairo_append_path(cairo, before);
    cairo_path_destroy(before);
}

static void step(cairo_t *cairo, char letter, const double n[6]) {
    switch (letter) {
    case 'M':
        cairo_move_to(cairo, n[0], n[1]);
        break;
    case 'L':
        cairo_line_to(cairo, n[0], n[1]);
        break;
    case 'C':
        cairo_curve_to(cairo, n[0], n[1], n[2], n[3], n[4], n[5]);
        break;
    case 'Z':
        cairo_close_path(cairo);
        break;
    case 'R':
        cairo_rectangle(cairo, n[0], n[1], n[2], n[3]);
        break;
    case 'O':
        ellipse(cairo, n, 1);
        break;
    case 'E':
        ellipse(cairo, n, n[3] / n[2]);
        break;
    case 'A':
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, n[0], n[1], n[2], n[3] * G_PI / 180, n[4] * G_PI / 180);
        break;
    default:
        fill_at_once(cairo, letter, n);
        break;
    }
}

/* Strokes a drawing on the grid of 24 by 24 in the colour that is set. */
static void draw(cairo_t *cairo, const char *path) {
    cairo_new_path(cairo);
    while (*path != '\0') {
        double numbers[6] = {0};
        char letter = *path;
        path = read_numbers(path + 1, numbers);
        path += strspn(path, " ");
        step(cairo, letter, numbers);
    }
    cairo_stroke(cairo);
}

static void rounded(cairo_t *cairo, double x, double y, double size, double radius) {
    cairo_new_path(cairo);
    cairo_arc(cairo, x + size - radius, y + radius, radius, -G_PI / 2, 0);
    cairo_arc(cairo, x + size - radius, y + size - radius, radius, 0, G_PI / 2);
    cairo_arc(cairo, x + radius, y + size - radius, radius, G_PI / 2, G_PI);
    cairo_arc(cairo, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
    cairo_close_path(cairo);
}

static void polygon(cairo_t *cairo, const double at[2], const double *offsets, size_t corners) {
    cairo_new_path(cairo);
    for (size_t i = 0; i < corners; i++) {
        cairo_line_to(cairo, at[0] + offsets[2 * i], at[1] + offsets[2 * i + 1]);
    }
    cairo_close_path(cairo);
}

static void fill_outlined(cairo_t *cairo, const toc_theme *theme, toc_theme_colour fill,
                          double width) {
    toc_symbol_colour(cairo, fill, 1);
    cairo_fill_preserve(cairo);
    toc_symbol_colour(cairo, theme->badge_outline, 1);
    cairo_set_line_width(cairo, width);
    cairo_stroke(cairo);
}

void toc_symbol_badge(cairo_t *cairo, const toc_theme *theme, toc_map_state state,
                      const double at[2], double size) {
    const double r = size / 2;
    const double outline = size < 8 ? 0.6 : 1;
    const double square[] = {-r, -r, r, -r, r, r, -r, r};
    const double down[] = {-1.1 * r, -0.9 * r, 1.1 * r, -0.9 * r, 0, r};
    const double diamond[] = {0, -1.2 * r, 1.2 * r, 0, 0, 1.2 * r, -1.2 * r, 0};
    cairo_save(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    switch (state) {
    case TOC_MAP_FAILED:
        polygon(cairo, at, square, 4);
        toc_symbol_colour(cairo, theme->critical, 1);
        cairo_fill(cairo);
        break;
    case TOC_MAP_DEGRADED:
        polygon(cairo, at, down, 3);
        fill_outlined(cairo, theme, theme->medium, outline);
        break;
    case TOC_MAP_COMPROMISED:
        polygon(cairo, at, diamond, 4);
        toc_symbol_colour(cairo, theme->compromised, 1);
        cairo_fill(cairo);
        break;
    case TOC_MAP_NO_DATA:
        cairo_new_path(cairo);
        cairo_arc(cairo, at[0], at[1], r * 0.9, 0, 2 * G_PI);
        toc_symbol_colour(cairo, theme->asset_fill, 1);
        cairo_fill_preserve(cairo);
        toc_symbol_colour(cairo, theme->low, 1);
        cairo_set_line_width(cairo, outline + 0.4);
        cairo_stroke(cairo);
        break;
    case TOC_MAP_MAINTENANCE:
        cairo_new_path(cairo);
        cairo_arc(cairo, at[0], at[1], r * 0.85, 0, 2 * G_PI);
        toc_symbol_colour(cairo, theme->low, 1);
        cairo_fill(cairo);
        break;
    case TOC_MAP_NORMAL:
    case TOC_MAP_STATES:
    default:
        break;
    }
    cairo_restore(cairo);
}

/* What an asset is when it is too small for a drawing: its state, or a quiet square. */
static void draw_mark(cairo_t *cairo, const toc_theme *theme, toc_map_state state,
                      const double at[2], double size) {
    double mark = size * 0.42 < 3 ? 3 : size * 0.42;
    if (state == TOC_MAP_NORMAL) {
        cairo_rectangle(cairo, at[0] - mark / 2, at[1] - mark / 2, mark, mark);
        toc_symbol_colour(cairo, theme->asset, 1);
        cairo_fill(cairo);
        return;
    }
    toc_symbol_badge(cairo, theme, state, at, mark * 1.5 < 6 ? 6 : mark * 1.5);
}

static toc_theme_colour frame_colour(const toc_theme *theme, toc_map_state state) {
    if (state == TOC_MAP_FAILED) {
        return theme->critical;
    }
    if (state == TOC_MAP_COMPROMISED) {
        return theme->compromised;
    }
    if (state == TOC_MAP_DEGRADED) {
        /* the yellow of the badge cannot be seen as a line on light grey */
        return toc_theme_contrast(theme->medium, theme->panel) < 3 ? theme->text : theme->medium;
    }
    return theme->asset;
}

void toc_symbol_asset(cairo_t *cairo, const toc_theme *theme, const toc_asset_kind_facts *kind,
                      toc_map_state state, const double at[2], double size) {
    static const double dashes[] = {2.5, 2};
    const double corner[2] = {at[0] + size * 0.46, at[1] - size * 0.46};
    bool loud =
        state == TOC_MAP_FAILED || state == TOC_MAP_DEGRADED || state == TOC_MAP_COMPROMISED;
    const char *path = find(kind->name);
    path = path != NULL ? path : find(kind->family);
    if (size < 15) {
        draw_mark(cairo, theme, state, at, size);
        return;
    }
    cairo_save(cairo);
    rounded(cairo, at[0] - size / 2, at[1] - size / 2, size, size * 0.14);
    toc_symbol_colour(cairo, theme->asset_fill, 1);
    cairo_fill_preserve(cairo);
    toc_symbol_colour(cairo, frame_colour(theme, state), 1);
    cairo_set_line_width(cairo, loud ? 2 : 1);
    if (state == TOC_MAP_NO_DATA) {
        cairo_set_dash(cairo, dashes, 2, 0);
    }
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_translate(cairo, at[0] - size * 0.42, at[1] - size * 0.42);
    cairo_scale(cairo, size * 0.84 / 24, size * 0.84 / 24);
    cairo_set_line_width(cairo, 1.5);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    toc_symbol_colour(cairo, loud ? theme->text : theme->asset, state == TOC_MAP_NO_DATA ? 0.6 : 1);
    draw(cairo, path != NULL ? path : find("node"));
    cairo_restore(cairo);
    toc_symbol_badge(cairo, theme, state, corner, size * 0.42);
}

void toc_symbol_link(cairo_t *cairo, const toc_theme *theme, toc_link_kind kind,
                     toc_map_state state, double weight) {
    static const double failed[] = {6, 4}, road[] = {10, 3}, rail[] = {3, 2}, traffic[] = {1, 3};
    static const double widths[] = {
        [TOC_LINK_LINE] = 1.8,   [TOC_LINK_TRANSFORMER] = 1.8, [TOC_LINK_DATA] = 1.0,
        [TOC_LINK_PIPE] = 2.6,   [TOC_LINK_ROAD] = 2.2,        [TOC_LINK_RAIL] = 2.2,
        [TOC_LINK_TRAFFIC] = 0.8};
    double width = kind < TOC_LINK_KINDS ? widths[kind] : 1;
    cairo_save(cairo);
    toc_symbol_colour(cairo, theme->link, 1);
    if (state == TOC_MAP_FAILED) {
        toc_symbol_colour(cairo, theme->critical, 1);
        cairo_set_dash(cairo, failed, 2, 0);
        width = width < 2 ? 2 : width;
    } else if (state == TOC_MAP_COMPROMISED) {
        toc_symbol_colour(cairo, theme->compromised, 1);
        width = width < 2 ? 2 : width;
    } else if (state == TOC_MAP_DEGRADED) {
        toc_symbol_colour(cairo, theme->text, 1);
        cairo_set_dash(cairo, failed, 2, 0);
    } else if (state == TOC_MAP_NO_DATA) {
        cairo_set_dash(cairo, rail, 2, 0);
    } else if (kind == TOC_LINK_ROAD) {
        cairo_set_dash(cairo, road, 2, 0);
    } else if (kind == TOC_LINK_RAIL) {
        cairo_set_dash(cairo, rail, 2, 0);
    } else if (kind == TOC_LINK_TRAFFIC) {
        cairo_set_dash(cairo, traffic, 2, 0);
    }
    cairo_set_line_width(cairo, width * weight);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}
