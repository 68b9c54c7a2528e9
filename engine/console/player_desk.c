#include "console/player_desk.h"

#include <string.h>

#include "console/player_asset.h"
#include "console/player_papers.h"
#include "console/player_watch.h"

enum {
    WIDE = 1180,
    MIDDLE = 860
}; /* logical pixels, from which on there are three and two columns */

static const char *const page_ids[TOC_PLAYER_PAGES] = {
    "overview", "map",       "alarms", "asset", "inbox", "tasks", "duties",
    "orders",   "decisions", "board",  "plan",  "crews", "log"};

static const char *page_name(const toc_post *post, toc_player_page page) {
    static const toc_lexicon_id names[TOC_PLAYER_PAGES] = {
        TOC_LEXICON_OVERVIEW,  TOC_LEXICON_MAP,   TOC_LEXICON_ALARMS, TOC_LEXICON_ASSET,
        TOC_LEXICON_INBOX,     TOC_LEXICON_TASKS, TOC_LEXICON_DUTIES, TOC_LEXICON_ORDERS,
        TOC_LEXICON_DECISIONS, TOC_LEXICON_BOARD, TOC_LEXICON_PLAN,   TOC_LEXICON_CREWS,
        TOC_LEXICON_LOG};
    return toc_lexicon_say(names[page], post->language);
}

/* How many things wait on a page. */
static uint32_t waiting(const struct player *player, const toc_post *post, toc_player_page page) {
    const toc_wire_state *state = toc_post_state(post);
    uint32_t count = 0;
    if (page == TOC_PLAYER_INBOX) {
        return toc_player_papers_unread(player, post);
    }
    for (uint32_t i = 0; page == TOC_PLAYER_DUTIES && i < state->duties.count; i++) {
        count += strcmp(state->duties.items[i].state, "open") == 0;
    }
    for (uint32_t i = 0; page == TOC_PLAYER_DECISIONS && i < state->decisions.count; i++) {
        count += strcmp(state->decisions.items[i].state, "open") == 0;
    }
    for (uint32_t i = 0; page == TOC_PLAYER_DECISIONS && i < state->approvals.count; i++) {
        count += strcmp(state->approvals.items[i].state, "asked") == 0;
    }
    for (uint32_t i = 0; page == TOC_PLAYER_ALARMS && i < state->alarms.count; i++) {
        count += strcmp(state->alarms.items[i].state, "unacknowledged") == 0;
    }
    return count;
}

static void tabs(struct player *player, toc_post *post, toc_player_page first) {
    (void)toc_widget_wrap(post->screen, 3);
    for (int i = (int)first; i < TOC_PLAYER_PAGES; i++) {
        toc_player_page page = (toc_player_page)i;
        uint32_t count = waiting(player, post, page);
        const char *name = page_name(post, page);
        toc_element *tab =
            toc_widget_tab(post->screen, toc_screen_text(post->screen, "tab.%s", page_ids[i]),
                           count > 0 ? toc_screen_text(post->screen, "%s %u", name, count) : name,
                           "page", page_ids[i], page == player->page);
        tab->box.pad = 6;
        tab->box.height = 22;
        tab->size = 12;
    }
    toc_screen_close(post->screen);
}

/* -- Panels -------------------------------------------------------------------------------------
 */

static void overview(struct player *player, toc_post *post) {
    (void)toc_widget_panel(post->screen, "services", TOC_SAY(post, SERVICES), "", true);
    toc_player_watch_services(player, post);
    toc_widget_close_panel(post->screen);
    (void)toc_widget_panel(post->screen, "zones", TOC_SAY(post, ZONES), "", true);
    toc_player_watch_zones(player, post);
    toc_widget_close_panel(post->screen);
}

static void layers(struct player *player, toc_post *post) {
    static const toc_lexicon_id names[] = {TOC_LEXICON_ALL_LAYERS, TOC_LEXICON_ELECTRICAL,
                                           TOC_LEXICON_OT,         TOC_LEXICON_IT,
                                           TOC_LEXICON_TELECOM,    TOC_LEXICON_WATER};
    uint32_t on = toc_mapping_layers(player->mapping);
    (void)toc_widget_wrap(post->screen, 3);
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        uint32_t bits = i == 0 ? 0 : 1u << (i - 1);
        toc_element *tab =
            toc_widget_tab(post->screen, toc_screen_text(post->screen, "layer.%u", i),
                           toc_lexicon_say(names[i], post->language), "map.layer",
                           toc_screen_text(post->screen, "%u", bits), on == bits);
        tab->box.height = 20;
        tab->box.pad = 5;
        tab->size = 12;
    }
    toc_element *trace = toc_widget_tab(post->screen, "map.trace", TOC_SAY(post, TRACE),
                                        "map.trace", "", toc_mapping_traces(player->mapping));
    trace->box.height = 20;
    trace->box.pad = 5;
    trace->size = 12;
    trace->shortcut = "T";
    toc_screen_close(post->screen);
}

static void map(struct player *player, toc_post *post) {
    toc_element *panel = toc_widget_panel(
        post->screen, "map.panel", TOC_SAY(post, MAP),
        post->chosen_asset[0] == '\0' ? "" : toc_post_asset_name(post, post->chosen_asset), false);
    panel->box.height = -3;
    toc_mapping_update(player->mapping, post, TOC_MAPPING_BELIEF);
    layers(player, post);
    toc_mapping_add(player->mapping, post);
    toc_widget_close_panel(post->screen);
}

static void papers(struct player *player, toc_post *post) {
    bool scrolls = player->page != TOC_PLAYER_INBOX;
    (void)toc_widget_panel(post->screen, page_ids[player->page], page_name(post, player->page), "",
                           scrolls);
    toc_player_papers_compose(player, post, player->page);
    toc_widget_close_panel(post->screen);
}

static void one_page(struct player *player, toc_post *post) {
    switch (player->page) {
    case TOC_PLAYER_OVERVIEW:
        overview(player, post);
        break;
    case TOC_PLAYER_MAP:
        map(player, post);
        break;
    case TOC_PLAYER_ALARMS:
        toc_player_watch_alarms(player, post);
        break;
    case TOC_PLAYER_ASSET:
        toc_player_asset_compose(player, post);
        break;
    case TOC_PLAYER_INBOX:
    case TOC_PLAYER_TASKS:
    case TOC_PLAYER_DUTIES:
    case TOC_PLAYER_ORDERS:
    case TOC_PLAYER_DECISIONS:
    case TOC_PLAYER_BOARD:
    case TOC_PLAYER_PLAN:
    case TOC_PLAYER_CREWS:
    case TOC_PLAYER_LOG:
    case TOC_PLAYER_PAGES:
        papers(player, post);
        break;
    }
}

/* -- Columns ------------------------------------------------------------------------------------
 */

static toc_element *open_column(toc_post *post, double width) {
    toc_element *column = toc_widget_column(post->screen, 4);
    column->box.width = width;
    column->box.height = -1;
    return column;
}

static void wide(struct player *player, toc_post *post) {
    (void)open_column(post, 250);
    overview(player, post);
    toc_screen_close(post->screen);
    (void)open_column(post, -1);
    map(player, post);
    toc_player_watch_alarms(player, post);
    toc_screen_close(post->screen);
    (void)open_column(post, 380);
    toc_player_asset_compose(player, post);
    tabs(player, post, TOC_PLAYER_INBOX);
    papers(player, post);
    toc_screen_close(post->screen);
}

static void middle(struct player *player, toc_post *post) {
    (void)open_column(post, -3);
    map(player, post);
    toc_player_watch_alarms(player, post);
    toc_screen_close(post->screen);
    (void)open_column(post, -2);
    tabs(player, post, TOC_PLAYER_ASSET);
    one_page(player, post);
    toc_screen_close(post->screen);
}

static void narrow(struct player *player, toc_post *post) {
    (void)open_column(post, -1);
    tabs(player, post, TOC_PLAYER_OVERVIEW);
    one_page(player, post);
    toc_screen_close(post->screen);
}

static void compose(void *object, toc_post *post) {
    struct player *player = object;
    double width = toc_screen_logical_width(post->screen);
    toc_player_page first = width >= WIDE     ? TOC_PLAYER_INBOX
                            : width >= MIDDLE ? TOC_PLAYER_ASSET
                                              : TOC_PLAYER_OVERVIEW;
    player->page = player->page < first ? first : player->page;
    toc_element *columns = toc_widget_row(post->screen, 4);
    columns->box.height = -1;
    if (width >= WIDE) {
        wide(player, post);
    } else if (width >= MIDDLE) {
        middle(player, post);
    } else {
        narrow(player, post);
    }
    toc_screen_close(post->screen);
    toc_act_form_compose(player->form, post);
}

/* -- What is done -------------------------------------------------------------------------------
 */

/* The next asset, or the one before, whose alarm stands. */
static void step_alarm(struct player *player, toc_post *post, int by) {
    guint count = player->alarms->len, at = count;
    for (guint i = 0; i < count; i++) {
        const toc_wire_alarm *alarm = toc_player_watch_alarm(player, post, i);
        at = alarm != NULL && strcmp(alarm->id, post->chosen_asset) == 0 ? i : at;
    }
    guint to = count == 0 || at == count ? 0 : (at + count + (guint)(by + (int)count)) % count;
    const toc_wire_alarm *next = toc_player_watch_alarm(player, post, to);
    if (next != NULL) {
        (void)g_strlcpy(post->chosen_asset, next->id, sizeof post->chosen_asset);
        toc_mapping_go(player->mapping, next->id);
        toc_screen_memory_of(post->screen, "alarms")->number = to;
        toc_screen_memory_of(post->screen, "alarms")->keeps_up = true;
    }
}

static void turn_to(struct player *player, toc_post *post, const char *page) {
    static const struct {
        const char *page, *element;
    } places[] = {{"map", "map"}, {"alarms", "alarms"}, {"inbox", "inbox"}, {"asset", "actions"}};
    for (int i = 0; i < TOC_PLAYER_PAGES; i++) {
        player->page = strcmp(page_ids[i], page) == 0 ? (toc_player_page)i : player->page;
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].page, page) == 0) {
            toc_screen_set_focus(post->screen, places[i].element);
        }
    }
}

static bool obey_map(struct player *player, toc_post *post, const toc_screen_deed *deed) {
    if (strcmp(deed->command, "map") == 0) {
        (void)toc_mapping_obey(player->mapping, post, deed->value);
    } else if (strcmp(deed->command, "map.layer") == 0) {
        toc_mapping_set_layers(player->mapping,
                               (uint32_t)g_ascii_strtoull(deed->argument, NULL, 10));
    } else if (strcmp(deed->command, "map.trace") == 0) {
        toc_mapping_set_traces(player->mapping, !toc_mapping_traces(player->mapping));
    } else if (strcmp(deed->command, "asset.go") == 0) {
        (void)g_strlcpy(post->chosen_asset, deed->argument, sizeof post->chosen_asset);
        toc_mapping_go(player->mapping, deed->argument);
    } else {
        return false;
    }
    return true;
}

static bool obey(void *object, toc_post *post, const toc_screen_deed *deed) {
    struct player *player = object;
    if (toc_act_form_obey(player->form, post, deed) || obey_map(player, post, deed) ||
        toc_player_watch_obey(player, post, deed) || toc_player_asset_obey(player, post, deed) ||
        toc_player_papers_obey(player, post, deed)) {
        return true;
    }
    if (strcmp(deed->command, "page") == 0) {
        turn_to(player, post, deed->argument);
    } else if (strcmp(deed->command, "alarm.next") == 0) {
        step_alarm(player, post, 1);
    } else if (strcmp(deed->command, "alarm.before") == 0) {
        step_alarm(player, post, -1);
    } else {
        return false;
    }
    return true;
}

static void destroy(void *object) {
    struct player *player = object;
    toc_mapping_destroy(player->mapping);
    toc_act_form_destroy(player->form);
    (void)g_array_free(player->alarms, TRUE);
    (void)g_array_free(player->shelved, TRUE);
    g_ptr_array_unref(player->trends);
    g_free(player);
}

toc_station toc_player_desk_create(void) {
    struct player *player = g_new0(struct player, 1);
    player->page = TOC_PLAYER_INBOX;
    player->mapping = toc_mapping_create();
    player->form = toc_act_form_create();
    player->alarms = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    player->shelved = g_array_new(FALSE, FALSE, sizeof(struct shelved));
    player->trends = g_ptr_array_new_with_free_func(g_free);
    return (toc_station){.object = player, .compose = compose, .obey = obey, .destroy = destroy};
}
