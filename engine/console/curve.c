#include "console/curve.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "drawing/symbol.h"
#include "drawing/text.h"

enum { POINTS = 480, NAMES = 120, BELOW = 18 }; /* lengths in logical pixels */

/* One service: its level in each of so many parts of the drill's time; below 0 not seen yet. */
struct line {
    char id[401];
    float levels[POINTS];
    double last;
};

struct toc_curve {
    GPtrArray *lines; /* struct line */
    toc_time length, now;
    uint64_t version;
    double scale;
    const toc_theme *theme;
};

toc_curve *toc_curve_create(void) {
    toc_curve *curve = g_new0(toc_curve, 1);
    curve->lines = g_ptr_array_new_with_free_func(g_free);
    return curve;
}

void toc_curve_destroy(toc_curve *curve) {
    if (curve != NULL) {
        g_ptr_array_unref(curve->lines);
        g_free(curve);
    }
}

static struct line *line_of(toc_curve *curve, const char *id) {
    for (guint i = 0; i < curve->lines->len; i++) {
        struct line *line = g_ptr_array_index(curve->lines, i);
        if (strcmp(line->id, id) == 0) {
            return line;
        }
    }
    struct line *line = g_new0(struct line, 1);
    (void)g_strlcpy(line->id, id, sizeof line->id);
    for (int i = 0; i < POINTS; i++) {
        line->levels[i] = -1;
    }
    g_ptr_array_add(curve->lines, line);
    return line;
}

void toc_curve_note(toc_curve *curve, const toc_post *post) {
    toc_wire_fact_list all = toc_post_truth(post)->services;
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(post->client));
    curve->now = toc_post_now(post);
    curve->length = welcome == NULL || welcome->length == TOC_NEVER ? TOC_HOUR : welcome->length;
    int at = (int)((double)curve->now / (double)curve->length * (POINTS - 1));
    at = CLAMP(at, 0, POINTS - 1);
    for (uint32_t i = 0; i < all.count; i++) {
        struct line *line = line_of(curve, all.items[i].id);
        float level = (float)all.items[i].level / 1e6f;
        if (line->levels[at] != level) {
            line->levels[at] = level;
            curve->version++;
        }
        line->last = level;
    }
}

static gint worst_first(gconstpointer one, gconstpointer other) {
    const struct line *a = *(const struct line *const *)one,
                      *b = *(const struct line *const *)other;
    return a->last < b->last ? -1 : a->last > b->last ? 1 : strcmp(a->id, b->id);
}

static void paint_line(cairo_t *cairo, const toc_curve *curve, const struct line *line,
                       const toc_rect *plot, bool is_worst) {
    cairo_new_path(cairo);
    bool is_begun = false;
    for (int i = 0; i < POINTS; i++) {
        if (line->levels[i] >= 0) {
            double x = plot->x + plot->w * (double)i / (POINTS - 1);
            double y = plot->y + plot->h * (1.0 - (double)line->levels[i]);
            if (is_begun) {
                cairo_line_to(cairo, x, y);
            } else {
                cairo_move_to(cairo, x, y);
            }
            is_begun = true;
        }
    }
    toc_symbol_colour(cairo, is_worst ? curve->theme->text : curve->theme->text3, 1);
    cairo_set_line_width(cairo, (is_worst ? 2 : 1) * curve->scale);
    cairo_stroke(cairo);
}

static void say(cairo_t *cairo, const toc_curve *curve, const char *text, double x, double y,
                bool is_bold) {
    toc_text_style style = {.size = 11 * curve->scale,
                            .bold = is_bold,
                            .colour = is_bold ? curve->theme->text : curve->theme->text2,
                            .most = (NAMES - 8) * curve->scale};
    (void)toc_text_draw(cairo, text, &style, x, y);
}

static void paint(void *object, cairo_surface_t *image, cairo_t *cairo,
                  const toc_element *element) {
    toc_curve *curve = object;
    int names = (int)(NAMES * curve->scale), below = (int)(BELOW * curve->scale);
    toc_rect plot = {element->rect.x + 8, element->rect.y + 8, element->rect.w - names - 16,
                     element->rect.h - below - 12};
    (void)image;
    g_ptr_array_sort(curve->lines, worst_first);
    toc_symbol_colour(cairo, curve->theme->grid, 1);
    cairo_set_line_width(cairo, 1);
    for (int i = 0; i <= 4; i++) {
        double y = floor(plot.y + plot.h * i / 4.0) + 0.5;
        cairo_move_to(cairo, plot.x, y);
        cairo_line_to(cairo, plot.x + plot.w, y);
    }
    cairo_stroke(cairo);
    double line_high = 15 * curve->scale;
    for (guint i = curve->lines->len; i > 0; i--) {
        const struct line *line = g_ptr_array_index(curve->lines, i - 1);
        paint_line(cairo, curve, line, &plot, i == 1);
        double y = plot.y + 6 + (i - 1) * line_high;
        if (y < plot.y + plot.h) {
            char text[460];
            (void)g_snprintf(text, sizeof text, "%.0f %% %s", floor(line->last * 100), line->id);
            say(cairo, curve, text, plot.x + plot.w + 8, y, i == 1);
        }
    }
    double now = floor(plot.x + plot.w * (double)curve->now / (double)curve->length) + 0.5;
    toc_symbol_colour(cairo, curve->theme->text, 1);
    cairo_move_to(cairo, now, plot.y);
    cairo_line_to(cairo, now, plot.y + plot.h);
    cairo_stroke(cairo);
    say(cairo, curve, "0 – 100 %", plot.x, plot.y + plot.h + below / 2.0, false);
}

void toc_curve_add(toc_curve *curve, toc_post *post) {
    const toc_screen_look *look = toc_screen_look_of(post->screen);
    curve->theme = look->theme;
    curve->scale = look->scale;
    toc_element *chart = toc_screen_add(post->screen, TOC_TRAIT_CHART, "curve");
    uint64_t minute = (uint64_t)(curve->now / (30 * TOC_SECOND));
    chart->art = (toc_art){
        paint, curve, (curve->version * 100003 + minute) * 2 + (look->theme == toc_theme_dark())};
    chart->ground = TOC_TINT_RAISED;
    chart->tip = TOC_SAY(post, SERVICES);
    chart->box = (toc_box){.width = -1, .height = -1};
}
