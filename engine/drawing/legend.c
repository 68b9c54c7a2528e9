#include "drawing/legend.h"

#include "drawing/symbol.h"
#include "drawing/text.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

static const double row_height = 23;

struct column {
    cairo_t *cairo;
    const toc_scene *scene;
    double left, right, y, bottom;
};

static void heading(struct column *column, const char *text) {
    toc_text_style style = {.size = 12, .bold = true, .colour = column->scene->theme->text};
    column->y += 20;
    (void)toc_text_draw(column->cairo, text, &style, column->left, column->y);
    column->y += 13.5;
    cairo_new_path(column->cairo);
    cairo_move_to(column->cairo, column->left, floor(column->y) + 0.5);
    cairo_line_to(column->cairo, column->right, floor(column->y) + 0.5);
    toc_symbol_colour(column->cairo, column->scene->theme->border, 1);
    cairo_set_line_width(column->cairo, 1);
    cairo_stroke(column->cairo);
    column->y += 15;
}

/* The words of a row whose symbol is drawn already; a count below 0 is left out. */
static void row(struct column *column, const char *text, long count) {
    toc_text_style style = {.size = 11.5,
                            .colour = column->scene->theme->text2,
                            .most = column->right - column->left - 80};
    char number[24];
    (void)toc_text_draw(column->cairo, text, &style, column->left + 32, column->y);
    if (count >= 0) {
        style.align = TOC_TEXT_RIGHT;
        (void)g_snprintf(number, sizeof number, "%ld", count);
        (void)toc_text_draw(column->cairo, number, &style, column->right, column->y);
    }
    column->y += row_height;
}

static void states(struct column *column) {
    static const char *const names[] = {
        [TOC_MAP_NORMAL] = "Normal",   [TOC_MAP_DEGRADED] = "Degraded",
        [TOC_MAP_FAILED] = "Failed",   [TOC_MAP_COMPROMISED] = "Compromised",
        [TOC_MAP_NO_DATA] = "No data", [TOC_MAP_MAINTENANCE] = "Maintenance"};
    const toc_scene *scene = column->scene;
    long counts[TOC_MAP_STATES] = {0};
    for (uint32_t i = 0; i < scene->topology->asset_count; i++) {
        counts[toc_scene_state(scene, i)]++;
    }
    heading(column, "State of assets");
    for (unsigned i = 0; i < TOC_MAP_STATES; i++) {
        const double at[2] = {column->left + 11, column->y};
        toc_symbol_asset(column->cairo, scene->theme, toc_topology_kind(TOC_ASSET_NODE),
                         (toc_map_state)i, at, 18);
        row(column, names[i], counts[i]);
    }
}

struct tally {
    unsigned kind;
    long count;
};

static int by_count(const void *left, const void *right) {
    const struct tally *a = left, *b = right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return a->kind < b->kind ? -1 : 1;
}

static void kinds(struct column *column, double reserved) {
    const toc_topology *topology = column->scene->topology;
    struct tally tallies[TOC_ASSET_KINDS];
    size_t present = 0, shown = 0;
    for (unsigned i = 0; i < TOC_ASSET_KINDS; i++) {
        tallies[i] = (struct tally){i, 0};
    }
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        tallies[topology->assets[i].kind].count++;
    }
    qsort(tallies, TOC_ASSET_KINDS, sizeof *tallies, by_count);
    while (present < TOC_ASSET_KINDS && tallies[present].count > 0) {
        present++;
    }
    heading(column, "Assets");
    for (; shown < present; shown++) {
        const toc_asset_kind_facts *kind = toc_topology_kind((toc_asset_kind)tallies[shown].kind);
        const double at[2] = {column->left + 11, column->y};
        bool last = column->y + 2 * row_height > column->bottom - reserved;
        if (last && shown + 1 < present) {
            break;
        }
        toc_symbol_asset(column->cairo, column->scene->theme, kind, TOC_MAP_NORMAL, at, 20);
        row(column, kind->title, tallies[shown].count);
    }
    if (shown < present) {
        char text[60];
        (void)g_snprintf(text, sizeof text, "%zu more kinds", present - shown);
        row(column, text, -1);
    }
}

static void sample(struct column *column, toc_link_kind kind, toc_map_state state) {
    cairo_new_path(column->cairo);
    cairo_move_to(column->cairo, column->left, column->y);
    cairo_line_to(column->cairo, column->left + 24, column->y);
    toc_symbol_link(column->cairo, column->scene->theme, kind, state, 1);
}

static void needs_row(struct column *column) {
    static const double dots[] = {1.5, 3.5};
    cairo_save(column->cairo);
    cairo_new_path(column->cairo);
    cairo_move_to(column->cairo, column->left, column->y);
    cairo_line_to(column->cairo, column->left + 24, column->y);
    toc_symbol_colour(column->cairo, column->scene->theme->text3, 0.8);
    cairo_set_line_width(column->cairo, 0.8);
    cairo_set_dash(column->cairo, dots, 2, 0);
    cairo_stroke(column->cairo);
    cairo_restore(column->cairo);
    row(column, "Dependency", column->scene->topology->need_count);
}

static const char *link_title(toc_link_kind kind) {
    static const char *const titles[] = {
        [TOC_LINK_LINE] = "Power line", [TOC_LINK_TRANSFORMER] = "Transformer",
        [TOC_LINK_DATA] = "Data link",  [TOC_LINK_PIPE] = "Pipe",
        [TOC_LINK_ROAD] = "Road",       [TOC_LINK_RAIL] = "Railway",
        [TOC_LINK_TRAFFIC] = "Traffic"};
    return titles[kind];
}

/* Gives the number of rows; draws them where `column` is not NULL. */
static size_t links(struct column *column, const toc_scene *scene) {
    const toc_topology *topology = scene->topology;
    long counts[TOC_LINK_KINDS] = {0}, failed = 0;
    size_t rows = scene->request->needs && topology->need_count > 0 ? 1 : 0;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        counts[topology->links[i].kind]++;
        failed += toc_scene_state(scene, topology->asset_count + i) == TOC_MAP_FAILED ? 1 : 0;
    }
    for (unsigned i = 0; i < TOC_LINK_KINDS; i++) {
        rows += counts[i] > 0 ? 1 : 0;
    }
    rows += failed > 0 ? 1 : 0;
    if (column == NULL || rows == 0) {
        return rows;
    }
    heading(column, "Links");
    for (unsigned i = 0; i < TOC_LINK_KINDS; i++) {
        if (counts[i] > 0) {
            sample(column, (toc_link_kind)i, TOC_MAP_NORMAL);
            row(column, link_title((toc_link_kind)i), counts[i]);
        }
    }
    if (failed > 0) {
        sample(column, TOC_LINK_LINE, TOC_MAP_FAILED);
        row(column, "Failed", failed);
    }
    if (scene->request->needs && topology->need_count > 0) {
        needs_row(column);
    }
    return rows;
}

static const char *plural(unsigned long count) {
    return count == 1 ? "" : "s";
}

static char *default_subtitle(const toc_topology *topology) {
    unsigned long assets = topology->asset_count, joints = topology->link_count;
    unsigned long owners = topology->operator_count;
    return g_strdup_printf("%lu asset%s · %lu link%s · %lu operator%s", assets, plural(assets),
                           joints, plural(joints), owners, plural(owners));
}

static void title(struct column *column) {
    const toc_map_request *request = column->scene->request;
    const toc_topology *topology = request->topology;
    const char *text = request->title != NULL      ? request->title
                       : topology->name[0] != '\0' ? topology->name
                                                   : "Topology";
    char *subtitle =
        request->subtitle != NULL ? g_strdup(request->subtitle) : default_subtitle(topology);
    double most = column->right - column->left;
    toc_text_style style = {.size = 17, .bold = true, .colour = column->scene->theme->text};
    while (style.size > 12 && toc_text_width(column->cairo, text, &style) > most) {
        style.size--;
    }
    style.most = most;
    (void)toc_text_draw(column->cairo, text, &style, column->left, column->y);
    column->y += 21;
    style = (toc_text_style){.size = 11.5, .colour = column->scene->theme->text2, .most = most};
    (void)toc_text_draw(column->cairo, subtitle, &style, column->left, column->y);
    column->y += 6;
    g_free(subtitle);
}

static void notice(cairo_t *cairo, const toc_scene *scene) {
    toc_text_style style = {
        .size = 11, .bold = true, .align = TOC_TEXT_CENTRE, .colour = scene->theme->strip_ink};
    cairo_new_path(cairo);
    cairo_rectangle(cairo, 0, 0, scene->width, 22);
    toc_symbol_colour(cairo, scene->theme->strip, 1);
    cairo_fill(cairo);
    const char *handling = scene->request->classification;
    bool has_handling = handling != NULL && handling[0] != '\0';
    char *text = g_strconcat("EXERCISE · EXERCISE · EXERCISE — simulated data, not operational",
                             has_handling ? " · " : NULL, handling, NULL);
    (void)toc_text_draw(cairo, text, &style, scene->width / 2, 11);
    g_free(text);
}

void toc_legend_paint(cairo_t *cairo, const toc_scene *scene) {
    struct column column = {cairo, scene, scene->left, scene->right, scene->top - 38, 0};
    size_t link_rows = links(NULL, scene);
    if (!scene->request->real) {
        notice(cairo, scene);
    }
    if (scene->panel > 0) {
        column = (struct column){
            cairo, scene, scene->right + 22, scene->width - 22, scene->top + 14, scene->bottom};
    }
    title(&column);
    if (scene->panel > 0) {
        if (scene->request->states != NULL) {
            states(&column);
        }
        kinds(&column, link_rows > 0 ? 50 + row_height * (double)link_rows : 0);
        (void)links(&column, scene);
    }
}
