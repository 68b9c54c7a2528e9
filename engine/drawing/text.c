#include "drawing/text.h"

#include "drawing/symbol.h"

#include <pango/pangocairo.h>
#include <string.h>

PangoLayout *toc_text_layout(cairo_t *cairo, const char *text, const toc_text_style *style) {
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *font =
        pango_font_description_from_string("Inter, DejaVu Sans, Noto Sans CJK SC");
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    cairo_font_options_destroy(options);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      style->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    if (style->most > 0) {
        pango_layout_set_width(layout, (int)(style->most * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static double width_of(PangoLayout *layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return (double)box.width / PANGO_SCALE;
}

double toc_text_width(cairo_t *cairo, const char *text, const toc_text_style *style) {
    PangoLayout *layout = toc_text_layout(cairo, text, style);
    double width = width_of(layout);
    g_object_unref(layout);
    return width;
}

double toc_text_draw(cairo_t *cairo, const char *text, const toc_text_style *style, double x,
                     double y) {
    PangoLayout *layout = toc_text_layout(cairo, text, style);
    double width = width_of(layout);
    /* a lower-case letter is about half as tall as the font is large */
    double baseline = y + style->size * 0.36;
    if (style->align == TOC_TEXT_CENTRE) {
        x -= width / 2;
    } else if (style->align == TOC_TEXT_RIGHT) {
        x -= width;
    }
    cairo_save(cairo);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x, baseline - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    if (style->veil != NULL) {
        /* a veil over the lines below; outlined letters would make an SVG ten times as large */
        cairo_rectangle(cairo, x - 1.5, y - style->size * 0.6, width + 3, style->size * 1.2);
        toc_symbol_colour(cairo, *style->veil, 0.78);
        cairo_fill(cairo);
        cairo_move_to(cairo, x, baseline - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    }
    toc_symbol_colour(cairo, style->colour, 1);
    pango_cairo_show_layout(cairo, layout);
    cairo_restore(cairo);
    g_object_unref(layout);
    return width;
}

static bool has_family(PangoFontMap *map, const char *name) {
    PangoFontFamily **families = NULL;
    int count = 0;
    bool found = false;
    pango_font_map_list_families(map, &families, &count);
    for (int i = 0; i < count && !found; i++) {
        found = strcmp(pango_font_family_get_name(families[i]), name) == 0;
    }
    g_free(families);
    return found;
}

const char *toc_text_missing_fonts(void) {
    PangoFontMap *map = pango_cairo_font_map_get_default();
    if (!has_family(map, "Inter") && !has_family(map, "DejaVu Sans")) {
        return "the fonts Inter and DejaVu Sans are not installed (packages fonts-inter, "
               "fonts-dejavu-core); letters may be missing";
    }
    return NULL;
}
