#include "console/lanes.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/symbol.h"
#include "drawing/text.h"

enum { NAMES = 110, AXIS = 20, HIGH = 18, WIDE = 46, SLOP = 3 }; /* logical pixels */

/* One inject, where it was painted. */
struct card {
    char id[201];
    toc_time at;
    int lane, row; /* row: of those in its lane that would lie over each other */
    double x, y;   /* in the canvas */
    bool has_come, is_due, is_held;
};

struct toc_lanes {
    GArray *cards;    /* struct card */
    GPtrArray *teams; /* char * */
    toc_time length, now;
    double scale, width;
    char chosen[201], dragged[201];
    int down, moved;
    uint64_t version;
    const toc_theme *theme;
};

toc_lanes *toc_lanes_create(void) {
    toc_lanes *lanes = g_new0(toc_lanes, 1);
    lanes->cards = g_array_new(FALSE, FALSE, sizeof(struct card));
    lanes->teams = g_ptr_array_new_with_free_func(g_free);
    return lanes;
}

void toc_lanes_destroy(toc_lanes *lanes) {
    if (lanes != NULL) {
        (void)g_array_free(lanes->cards, TRUE);
        g_ptr_array_unref(lanes->teams);
        g_free(lanes);
    }
}

/* -- What is on it ------------------------------------------------------------------------------
 */

static int lane_of(toc_lanes *lanes, const toc_wire_inject *inject) {
    const char *to = inject->to.count > 0 ? inject->to.items[0] : "—";
    char *team = g_strndup(to, strcspn(to, "."));
    for (guint i = 0; i < lanes->teams->len; i++) {
        if (strcmp(g_ptr_array_index(lanes->teams, i), team) == 0) {
            g_free(team);
            return (int)i;
        }
    }
    g_ptr_array_add(lanes->teams, team);
    return (int)lanes->teams->len - 1;
}

static void take(toc_lanes *lanes, const toc_post *post) {
    toc_wire_inject_list all = toc_post_truth(post)->injects;
    (void)g_array_set_size(lanes->cards, 0);
    (void)g_ptr_array_set_size(lanes->teams, 0);
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_inject *inject = &all.items[i];
        if (inject->at == TOC_NEVER) {
            continue; /* it comes by a condition or by hand: the list has it */
        }
        struct card card = {.at = inject->at,
                            .lane = lane_of(lanes, inject),
                            .has_come = strcmp(inject->state, "delivered") == 0,
                            .is_due = strcmp(inject->state, "due") == 0,
                            .is_held = strcmp(inject->state, "held") == 0};
        (void)g_strlcpy(card.id, inject->id, sizeof card.id);
        (void)g_array_append_val(lanes->cards, card);
    }
}

static double x_of(const toc_lanes *lanes, toc_time at) {
    double names = NAMES * lanes->scale, room = lanes->width - names - WIDE * lanes->scale;
    double length = lanes->length > 0 ? (double)lanes->length : 1;
    return names + room * fmin(1, (double)at / length);
}

static toc_time time_at(const toc_lanes *lanes, double x) {
    double names = NAMES * lanes->scale, room = lanes->width - names - WIDE * lanes->scale;
    double part = (x - names) / fmax(1, room);
    return (toc_time)(CLAMP(part, 0, 1) * (double)lanes->length / 60e6) * TOC_MINUTE;
}

/* -- Painting -----------------------------------------------------------------------------------
 */

static void say(cairo_t *cairo, const toc_lanes *lanes, const char *text, double x, double y,
                toc_theme_colour colour) {
    toc_text_style style = {.size = 11 * lanes->scale, .colour = colour};
    (void)toc_text_draw(cairo, text, &style, x, y);
}

static void axis(cairo_t *cairo, const toc_lanes *lanes, const toc_rect *rect) {
    int64_t hours = lanes->length / TOC_HOUR, every = hours <= 12 ? 1 : hours <= 48 ? 4 : 24;
    for (int64_t hour = 0; hour <= hours; hour += every) {
        double x = floor(rect->x + x_of(lanes, hour * TOC_HOUR)) + 0.5;
        char text[16];
        (void)g_snprintf(text, sizeof text, "%d:00", (int)hour);
        toc_symbol_colour(cairo, lanes->theme->grid, 1);
        cairo_set_line_width(cairo, 1);
        cairo_move_to(cairo, x, rect->y + AXIS * lanes->scale);
        cairo_line_to(cairo, x, rect->y + rect->h);
        cairo_stroke(cairo);
        say(cairo, lanes, text, x + 2, rect->y + AXIS * lanes->scale / 2, lanes->theme->text2);
    }
}

static void paint_card(cairo_t *cairo, toc_lanes *lanes, struct card *card, const toc_rect *rect) {
    double wide = WIDE * lanes->scale, high = (HIGH - 2) * lanes->scale;
    bool is_chosen = strcmp(card->id, lanes->chosen) == 0;
    double x = rect->x + card->x, y = rect->y + card->y;
    if (strcmp(card->id, lanes->dragged) == 0) {
        x += lanes->moved;
    }
    cairo_rectangle(cairo, floor(x) + 0.5, floor(y) + 0.5, wide, high);
    toc_symbol_colour(cairo, card->has_come ? lanes->theme->border : lanes->theme->panel, 1);
    cairo_fill_preserve(cairo);
    const double dashes[] = {3 * lanes->scale, 2 * lanes->scale};
    cairo_set_dash(cairo, dashes, card->has_come || card->is_due ? 0 : 2, 0);
    cairo_set_line_width(cairo, (is_chosen || card->is_due ? 2 : 1) * lanes->scale);
    toc_symbol_colour(cairo,
                      is_chosen      ? lanes->theme->selection
                      : card->is_due ? lanes->theme->high
                                     : lanes->theme->text3,
                      1);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    char text[32];
    (void)g_snprintf(text, sizeof text, "%s%.10s", card->is_held ? "‖ " : "", card->id);
    toc_text_style style = {
        .size = 10.5 * lanes->scale, .colour = lanes->theme->text, .most = wide - 4 * lanes->scale};
    (void)toc_text_draw(cairo, text, &style, x + 3 * lanes->scale, y + high / 2);
}

/* Rows of a lane are filled from the top: a card goes where none lies before it. */
static void arrange(toc_lanes *lanes, double high) {
    enum { MOST = 64 };
    double lane_high = fmax(HIGH * lanes->scale, high / fmax(1, lanes->teams->len));
    int rows = (int)fmax(1, lane_high / (HIGH * lanes->scale));
    rows = rows > MOST ? MOST : rows;
    double *ends = g_new0(double, (gsize)lanes->teams->len *MOST + 1);
    for (guint i = 0; i < lanes->cards->len; i++) {
        struct card *card = &g_array_index(lanes->cards, struct card, i);
        card->x = x_of(lanes, card->at);
        card->row = 0;
        for (int row = 0; row < rows; row++) {
            if (ends[card->lane * MOST + row] <= card->x) {
                card->row = row;
                break;
            }
        }
        ends[card->lane * MOST + card->row] = card->x + WIDE * lanes->scale + 2;
        card->y = AXIS * lanes->scale + card->lane * lane_high + card->row * HIGH * lanes->scale;
    }
    g_free(ends);
}

static gint by_time(gconstpointer one, gconstpointer other) {
    const struct card *a = one, *b = other;
    return a->at < b->at ? -1 : a->at > b->at ? 1 : strcmp(a->id, b->id);
}

static void paint(void *object, cairo_surface_t *image, cairo_t *cairo,
                  const toc_element *element) {
    toc_lanes *lanes = object;
    const toc_rect *rect = &element->rect;
    double high = rect->h - AXIS * lanes->scale;
    (void)image;
    lanes->width = rect->w;
    g_array_sort(lanes->cards, by_time);
    arrange(lanes, high);
    axis(cairo, lanes, rect);
    double lane_high = fmax(HIGH * lanes->scale, high / fmax(1, lanes->teams->len));
    for (guint i = 0; i < lanes->teams->len; i++) {
        double y = floor(rect->y + AXIS * lanes->scale + i * lane_high) + 0.5;
        toc_symbol_colour(cairo, lanes->theme->border, 1);
        cairo_set_line_width(cairo, 1);
        cairo_move_to(cairo, rect->x, y);
        cairo_line_to(cairo, rect->x + rect->w, y);
        cairo_stroke(cairo);
        toc_text_style style = {.size = 11.5 * lanes->scale,
                                .bold = true,
                                .colour = lanes->theme->text,
                                .most = (NAMES - 10) * lanes->scale};
        (void)toc_text_draw(cairo, g_ptr_array_index(lanes->teams, i), &style,
                            rect->x + 5 * lanes->scale, y + HIGH * lanes->scale / 2);
    }
    for (guint i = 0; i < lanes->cards->len; i++) {
        paint_card(cairo, lanes, &g_array_index(lanes->cards, struct card, i), rect);
    }
    double now = floor(rect->x + x_of(lanes, lanes->now)) + 0.5;
    toc_symbol_colour(cairo, lanes->theme->text, 1);
    cairo_set_line_width(cairo, 1.5 * lanes->scale);
    cairo_move_to(cairo, now, rect->y);
    cairo_line_to(cairo, now, rect->y + rect->h);
    cairo_stroke(cairo);
}

void toc_lanes_add(toc_lanes *lanes, toc_post *post, const char *chosen) {
    const toc_screen_look *look = toc_screen_look_of(post->screen);
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(post->client));
    lanes->theme = look->theme;
    lanes->scale = look->scale;
    lanes->length = welcome == NULL || welcome->length == TOC_NEVER ? TOC_HOUR : welcome->length;
    lanes->now = toc_post_now(post);
    (void)g_strlcpy(lanes->chosen, chosen, sizeof lanes->chosen);
    take(lanes, post);
    uint64_t version = (uint64_t)(lanes->now / (10 * TOC_SECOND)) * 31 + lanes->version;
    for (guint i = 0; i < lanes->cards->len; i++) {
        const struct card *card = &g_array_index(lanes->cards, struct card, i);
        version = version * 1000003 + (uint64_t)card->at + card->has_come * 7u +
                  card->is_due * 11u + card->is_held * 13u;
    }
    toc_element *canvas = toc_screen_add(post->screen, TOC_TRAIT_LANES, "lanes");
    canvas->art = (toc_art){paint, lanes, version * 2 + (look->theme == toc_theme_dark())};
    canvas->command = "lanes";
    canvas->takes_focus = true;
    canvas->ground = TOC_TINT_RAISED;
    canvas->value = toc_screen_text(post->screen, "%s", chosen);
    canvas->tip = TOC_SAY(post, LANES_TIP);
    canvas->box = (toc_box){.width = -1, .height = -1};
}

/* -- What is done -------------------------------------------------------------------------------
 */

static const struct card *hit(const toc_lanes *lanes, int x, int y) {
    for (guint i = lanes->cards->len; i > 0; i--) {
        const struct card *card = &g_array_index(lanes->cards, struct card, i - 1);
        if (x >= card->x && x < card->x + WIDE * lanes->scale && y >= card->y &&
            y < card->y + HIGH * lanes->scale) {
            return card;
        }
    }
    return NULL;
}

static const struct card *neighbour(const toc_lanes *lanes, int by) {
    guint count = lanes->cards->len, at = 0;
    for (guint i = 0; i < count; i++) {
        at =
            strcmp(g_array_index(lanes->cards, struct card, i).id, lanes->chosen) == 0 ? i + 1 : at;
    }
    int to = at == 0 ? 0 : (int)at - 1 + by;
    return count == 0
               ? NULL
               : &g_array_index(lanes->cards, struct card, (guint)CLAMP(to, 0, (int)count - 1));
}

toc_lanes_wish toc_lanes_obey(toc_lanes *lanes, const char *value, char inject[201],
                              toc_time *out_at) {
    char what[16] = "";
    int x = 0, y = 0, by_x = 0, by_y = 0;
    const struct card *card = NULL;
    if (g_str_has_prefix(value, "key ")) {
        bool goes = strcmp(value, "key Right") == 0 || strcmp(value, "key Left") == 0;
        card = goes ? neighbour(lanes, value[4] == 'R' ? 1 : -1) : NULL;
    } else if (sscanf(value, "%15s %d %d %d %d", what, &x, &y, &by_x, &by_y) != 5) {
        return TOC_LANES_NOTHING;
    }
    if (strcmp(what, "press") == 0) {
        card = hit(lanes, x, y);
        lanes->down = x;
        lanes->moved = 0;
        (void)g_strlcpy(lanes->dragged, card == NULL || card->has_come ? "" : card->id,
                        sizeof lanes->dragged);
    } else if (strcmp(what, "drag") == 0) {
        lanes->moved = x - lanes->down;
        lanes->version++;
    } else if (strcmp(what, "release") == 0 && lanes->dragged[0] != '\0') {
        bool was_moved = abs(x - lanes->down) > SLOP * lanes->scale;
        (void)g_strlcpy(inject, lanes->dragged, 201);
        for (guint i = 0; i < lanes->cards->len; i++) {
            const struct card *moved = &g_array_index(lanes->cards, struct card, i);
            if (strcmp(moved->id, lanes->dragged) == 0) {
                *out_at = time_at(lanes, moved->x + x - lanes->down);
            }
        }
        lanes->dragged[0] = '\0';
        lanes->moved = 0;
        lanes->version++;
        return was_moved ? TOC_LANES_MOVE : TOC_LANES_NOTHING;
    }
    if (card == NULL) {
        return TOC_LANES_NOTHING;
    }
    (void)g_strlcpy(inject, card->id, 201);
    return TOC_LANES_CHOOSE;
}
