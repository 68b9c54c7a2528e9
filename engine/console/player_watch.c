/* What a player watches: services with their trend, zones, alarms as ISA-18.2 has them. */
#include "console/player_watch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "console/player_state.h"
#include "console/editing.h"
#include "drawing/symbol.h"

enum {
    TREND_STEP = 60, /* seconds of the drill between two points */
    FLOOD = 10,      /* alarms in ten minutes, as ISA-18.2 has it */
    SHELF_MINUTES = 30
};

/* -- Services -----------------------------------------------------------------------------------
 */

static struct trend *trend_of(struct player *player, const toc_wire_service *service,
                              toc_time now) {
    for (guint i = 0; i < player->trends->len; i++) {
        struct trend *trend = g_ptr_array_index(player->trends, i);
        if (strcmp(trend->id, service->id) == 0) {
            return trend;
        }
    }
    struct trend *fresh = g_new0(struct trend, 1);
    fresh->at = now - TREND_STEP * TOC_SECOND;
    (void)g_strlcpy(fresh->id, service->id, sizeof fresh->id);
    g_ptr_array_add(player->trends, fresh);
    return fresh;
}

static void note_level(struct trend *trend, double level, toc_time now) {
    enum { MOST = sizeof trend->levels / sizeof trend->levels[0] };
    if (now - trend->at < TREND_STEP * TOC_SECOND && trend->count > 0) {
        trend->levels[trend->count - 1] = level;
        return;
    }
    if (trend->count == MOST) {
        (void)memmove(trend->levels, trend->levels + 1, (MOST - 1) * sizeof trend->levels[0]);
        trend->count--;
    }
    trend->levels[trend->count++] = level;
    trend->at = now;
}

static void paint_trend(void *object, cairo_surface_t *image, cairo_t *cairo,
                        const toc_element *element) {
    const struct trend *trend = object;
    (void)image;
    for (uint32_t i = 0; i < trend->count; i++) {
        double x = element->rect.x + 1 +
                   (element->rect.w - 2) * (i + 1.0) /
                       (double)(sizeof trend->levels / sizeof trend->levels[0]);
        double y = element->rect.y + 2 + (element->rect.h - 4) * (1 - trend->levels[i]);
        cairo_line_to(cairo, x, y);
    }
    cairo_set_source_rgb(cairo, 0.5, 0.53, 0.57); /* legible on both grounds; it is no text */
    cairo_set_line_width(cairo, 1.5);
    cairo_stroke(cairo);
}

static void service_row(struct player *player, toc_post *post, const toc_wire_service *service) {
    toc_screen *screen = post->screen;
    double level = service->level < 0 ? 0 : (double)service->level / 1e6;
    struct trend *trend = trend_of(player, service, toc_post_now(post));
    bool is_low = service->level >= 0 && service->level < 999000;
    bool is_grave = service->tolerable >= 0 && service->level < service->tolerable;
    note_level(trend, level, toc_post_now(post));
    toc_element *row = toc_widget_row(screen, 6);
    row->box.height = 22;
    toc_element *name = toc_widget_cell(screen, service->name, -1, TOC_TINT_TEXT);
    name->mark = is_grave ? TOC_MARK_P1 : is_low ? TOC_MARK_P2 : TOC_MARK_NONE;
    name->bold = is_low;
    toc_element *line = toc_screen_add(screen, TOC_TRAIT_CHART, "");
    line->art =
        (toc_art){paint_trend, trend, trend->count * 1000003u + (uint64_t)(level * 1000) + 1};
    line->box = (toc_box){.width = 56};
    toc_element *value = toc_widget_cell(
        screen, toc_screen_text(screen, "%.1f %%", floor(level * 1000) / 10), 58, TOC_TINT_TEXT);
    value->is_right = true;
    value->bold = is_low;
    toc_screen_close(screen);
    if (service->until != TOC_NEVER) {
        toc_element *left =
            toc_widget_text(screen,
                            toc_screen_text(screen, "%s %s", toc_post_left(post, service->until),
                                            TOC_SAY(post, WORST_MINUTES)),
                            TOC_TINT_TEXT, true);
        left->mark = TOC_MARK_P2;
    }
}

void toc_player_watch_services(struct player *player, toc_post *post) {
    toc_wire_service_list all = toc_post_state(post)->services;
    for (uint32_t i = 0; i < all.count; i++) {
        service_row(player, post, &all.items[i]);
    }
}

void toc_player_watch_zones(struct player *player, toc_post *post) {
    toc_wire_zone_list all = toc_post_state(post)->zones;
    uint32_t shown = 0;
    (void)player;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_zone *zone = &all.items[i];
        if (zone->alarms + zone->alerts > 0) {
            toc_element *row = toc_widget_row(post->screen, 6);
            row->box.height = 20;
            toc_element *name = toc_widget_cell(
                post->screen, zone->text[0] == '\0' ? zone->id : zone->text, -1, TOC_TINT_TEXT);
            name->mark = zone->alerts > 0 ? TOC_MARK_CYBER : TOC_MARK_P2;
            toc_element *count = toc_widget_cell(
                post->screen,
                toc_screen_text(post->screen, "%d", (int)(zone->alarms + zone->alerts)), 30,
                TOC_TINT_TEXT);
            count->is_right = true;
            toc_screen_close(post->screen);
            shown++;
        }
    }
    if (shown == 0) {
        (void)toc_widget_text(post->screen, TOC_SAY(post, NO_ZONES), TOC_TINT_TEXT3, true);
    }
}

/* -- Alarms -------------------------------------------------------------------------------------
 */

static struct shelved *find_shelved(const struct player *player, const char *asset) {
    for (guint i = 0; i < player->shelved->len; i++) {
        struct shelved *shelved = &g_array_index(player->shelved, struct shelved, i);
        if (strcmp(shelved->asset, asset) == 0) {
            return shelved;
        }
    }
    return NULL;
}

static bool is_aside(const struct player *player, const toc_wire_alarm *alarm, toc_time now) {
    const struct shelved *shelved = find_shelved(player, alarm->id);
    return shelved != NULL && shelved->until > now;
}

/* New before seen before returned before put aside; the newest first. */
static int rank_of(const struct player *player, const toc_wire_alarm *alarm, toc_time now) {
    return is_aside(player, alarm, now)                  ? 3
           : strcmp(alarm->state, "unacknowledged") == 0 ? 0
           : strcmp(alarm->state, "acknowledged") == 0   ? 1
                                                         : 2;
}

struct order {
    const struct player *player;
    const toc_wire_alarm *items;
    toc_time now;
};

static gint compare(gconstpointer one, gconstpointer other, gpointer object) {
    const struct order *order = object;
    const toc_wire_alarm *a = &order->items[*(const uint32_t *)one];
    const toc_wire_alarm *b = &order->items[*(const uint32_t *)other];
    int rank = rank_of(order->player, a, order->now) - rank_of(order->player, b, order->now);
    if (rank != 0) {
        return rank;
    }
    return a->at > b->at ? -1 : a->at < b->at ? 1 : strcmp(a->id, b->id);
}

static void count(const struct player *player, toc_post *post, uint32_t counts[4]) {
    toc_wire_alarm_list all = toc_post_state(post)->alarms;
    toc_time now = toc_post_now(post);
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_alarm *alarm = &all.items[i];
        bool is_active = strcmp(alarm->state, "normal") != 0;
        bool aside = is_active && is_aside(player, alarm, now);
        counts[0] += is_active && !aside;
        counts[1] += is_active && !aside && strcmp(alarm->state, "unacknowledged") == 0;
        counts[2] += aside;
        counts[3] += alarm->at != TOC_NEVER && now - alarm->at <= 10 * TOC_MINUTE;
    }
}

static toc_mark mark_of(const toc_wire_alarm *alarm) {
    bool is_back = strcmp(alarm->state, "returned") == 0;
    bool is_down = strcmp(alarm->text, "off") == 0 || strcmp(alarm->text, "failed") == 0;
    return is_back ? TOC_MARK_P4 : is_down ? TOC_MARK_P1 : TOC_MARK_P3;
}

static void fill_alarm(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    struct player *player = object;
    const toc_post *post = player->post;
    const toc_wire_alarm *alarm =
        &toc_post_state(post)->alarms.items[g_array_index(player->alarms, uint32_t, number)];
    const struct shelved *shelved = find_shelved(player, alarm->id);
    bool aside = is_aside(player, alarm, toc_post_now(post));
    bool is_new = strcmp(alarm->state, "unacknowledged") == 0 && !aside;
    const char *state = aside ? toc_screen_text(screen, "%s %s", TOC_SAY(post, SHELVED_UNTIL),
                                                toc_post_clock(post, shelved->until))
                              : toc_post_state_word(post, alarm->state);
    row->command = "alarm.choose";
    row->argument = toc_screen_text(screen, "%s", alarm->id);
    row->state = toc_screen_text(screen, "%s", aside ? "shelved" : alarm->state);
    row->label = "";
    toc_element *time =
        toc_widget_cell(screen, toc_post_clock(post, alarm->at), 96, TOC_TINT_TEXT2);
    time->mark = mark_of(alarm);
    time->bold = is_new;
    toc_element *name =
        toc_widget_cell(screen, toc_post_asset_name(post, alarm->id), -3, TOC_TINT_TEXT);
    name->bold = is_new;
    toc_element *what =
        toc_widget_cell(screen, toc_post_state_word(post, alarm->text), -2, TOC_TINT_TEXT);
    what->bold = is_new;
    toc_widget_cell(screen, state, -2, TOC_TINT_TEXT2)->bold = is_new;
}

/* Something may have been told since the list was made: it is as good as its last picture. */
const toc_wire_alarm *toc_player_watch_alarm(const struct player *player, const toc_post *post,
                                             uint32_t number) {
    toc_wire_alarm_list all = toc_post_state(post)->alarms;
    uint32_t index =
        number < player->alarms->len ? g_array_index(player->alarms, uint32_t, number) : all.count;
    return index < all.count ? &all.items[index] : NULL;
}

static const toc_wire_alarm *chosen_alarm(struct player *player, toc_post *post) {
    return toc_player_watch_alarm(player, post,
                                  toc_screen_memory_of(post->screen, "alarms")->number);
}

static void alarm_buttons(struct player *player, toc_post *post) {
    const toc_wire_alarm *alarm = chosen_alarm(player, post);
    bool aside = alarm != NULL && is_aside(player, alarm, toc_post_now(post));
    bool is_new = alarm != NULL && (strcmp(alarm->state, "unacknowledged") == 0 ||
                                    strcmp(alarm->state, "returned") == 0);
    (void)toc_widget_wrap(post->screen, 6);
    toc_element *ack = toc_widget_button(post->screen, "alarm.ack", TOC_SAY(post, ACKNOWLEDGE),
                                         "alarm.ack", alarm == NULL ? "" : alarm->id);
    ack->is_off = !is_new;
    ack->shortcut = "A";
    toc_element *shelve = toc_widget_button(
        post->screen, "alarm.shelve", aside ? TOC_SAY(post, UNSHELVE) : TOC_SAY(post, SHELVE),
        aside ? "alarm.unshelve" : "alarm.shelve", alarm == NULL ? "" : alarm->id);
    shelve->is_off = alarm == NULL;
    shelve->shortcut = "H";
    toc_screen_close(post->screen);
}

static void ask_why(struct player *player, toc_post *post) {
    if (player->shelving[0] == '\0') {
        return;
    }
    (void)toc_widget_dialog(post->screen, "shelve", TOC_SAY(post, SHELVE), 420);
    (void)toc_widget_text(post->screen, toc_post_asset_name(post, player->shelving), TOC_TINT_TEXT,
                          true);
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, SHELVE_ASK), TOC_TINT_TEXT2);
    (void)toc_widget_field(post->screen, "shelve.why", "", "shelve.do");
    (void)toc_widget_wrap(post->screen, 8);
    toc_element *shelve =
        toc_widget_button(post->screen, "shelve.do", TOC_SAY(post, SHELVE), "shelve.do", "");
    shelve->is_off = toc_editing_text(post->screen, "shelve.why")[0] == '\0';
    (void)toc_widget_button(post->screen, "shelve.cancel", TOC_SAY(post, CANCEL), "cancel", "");
    toc_screen_close(post->screen);
    toc_screen_close(post->screen);
}

void toc_player_watch_alarms(struct player *player, toc_post *post) {
    toc_wire_alarm_list all = toc_post_state(post)->alarms;
    struct order order = {player, all.items, toc_post_now(post)};
    uint32_t counts[4] = {0};
    (void)g_array_set_size(player->alarms, 0);
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].state, "normal") != 0) {
            (void)g_array_append_val(player->alarms, i);
        }
    }
    g_array_sort_with_data(player->alarms, compare, &order);
    count(player, post, counts);
    const char *more = toc_screen_text(
        post->screen, "%u %s · %u %s · %u %s · %u %s", counts[0], TOC_SAY(post, ACTIVE), counts[1],
        TOC_SAY(post, NEW), counts[2], TOC_SAY(post, ASIDE), counts[3], TOC_SAY(post, IN_TEN));
    bool is_flood = counts[3] > FLOOD;
    (void)toc_widget_panel(post->screen, "alarms.panel", TOC_SAY(post, ALARMS), more, false);
    if (is_flood) {
        toc_element *flood =
            toc_widget_text(post->screen, TOC_SAY(post, FLOOD), TOC_TINT_TEXT, true);
        flood->mark = TOC_MARK_P1;
        flood->bold = true;
    }
    player->post = post;
    (void)toc_widget_list(post->screen, &(toc_widget_rows){.id = "alarms",
                                                           .label = TOC_SAY(post, ALARMS),
                                                           .count = player->alarms->len,
                                                           .height = 22,
                                                           .fill = fill_alarm,
                                                           .object = player,
                                                           .empty = TOC_SAY(post, NO_ALARMS)});
    alarm_buttons(player, post);
    toc_widget_close_panel(post->screen);
    ask_why(player, post);
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void shelve(struct player *player, toc_post *post) {
    const char *why = toc_editing_text(post->screen, "shelve.why");
    struct shelved shelved = {.until = toc_post_now(post) + SHELF_MINUTES * TOC_MINUTE};
    if (why[0] == '\0') {
        return;
    }
    (void)g_strlcpy(shelved.asset, player->shelving, sizeof shelved.asset);
    struct shelved *before = find_shelved(player, player->shelving);
    if (before != NULL) {
        *before = shelved;
    } else {
        (void)g_array_append_val(player->shelved, shelved);
    }
    /* in the log, so that whoever evaluates finds it */
    char *text = g_strdup_printf("shelved the alarm of %s for %d min: %s", player->shelving,
                                 SHELF_MINUTES, why);
    toc_post_act(post, "note", "", (const char *const[]){"text", NULL},
                 (const char *const[]){text, NULL});
    g_free(text);
    player->shelving[0] = '\0';
}

bool toc_player_watch_obey(struct player *player, toc_post *post, const toc_screen_deed *deed) {
    const toc_wire_alarm *alarm = chosen_alarm(player, post);
    const char *asset = deed->argument[0] != '\0' ? deed->argument : alarm == NULL ? "" : alarm->id;
    if (strcmp(deed->command, "alarm.choose") == 0) {
        (void)g_strlcpy(post->chosen_asset, asset, sizeof post->chosen_asset);
        if (strcmp(deed->value, "open") == 0) {
            toc_mapping_go(player->mapping, asset);
        }
    } else if (strcmp(deed->command, "alarm.ack") == 0) {
        if (asset[0] != '\0') {
            toc_post_act(post, "acknowledge_alarm", asset, NULL, NULL);
        }
    } else if (strcmp(deed->command, "alarm.shelve") == 0) {
        (void)g_strlcpy(player->shelving, asset, sizeof player->shelving);
        toc_editing_set(post->screen, "shelve.why", "");
        toc_screen_set_focus(post->screen, "shelve.why");
    } else if (strcmp(deed->command, "shelve.do") == 0) {
        shelve(player, post);
    } else if (strcmp(deed->command, "alarm.unshelve") == 0) {
        struct shelved *shelved = find_shelved(player, asset);
        if (shelved != NULL) {
            shelved->until = 0;
        }
    } else if (strcmp(deed->command, "cancel") == 0 && player->shelving[0] != '\0') {
        player->shelving[0] = '\0';
    } else {
        return false;
    }
    return true;
}
