#include "console/launcher_desk.h"

#include <glib.h>
#include <string.h>

#include "console/editing.h"
#include "console/widget.h"

enum { WIDE = 860 };

struct launcher {
    const toc_launcher_offer *offers;
    uint32_t count;
    toc_launcher_wish wish;
    bool is_chosen;
};

static void fill(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct launcher *launcher = object;
    const toc_launcher_offer *offer = &launcher->offers[number];
    row->command = "launch.choose";
    row->argument = toc_screen_text(screen, "%s", offer->path);
    (void)toc_widget_cell(screen, offer->title, -3, TOC_TINT_TEXT);
    toc_element *about = toc_widget_cell(screen, offer->about, -3, TOC_TINT_TEXT2);
    about->size = 12;
}

static void seats(toc_post *post, const toc_launcher_offer *offer) {
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, CHOOSE_SEAT), TOC_TINT_TEXT2);
    (void)toc_widget_wrap(post->screen, 6);
    for (size_t i = 0; offer->seats[i] != NULL; i++) {
        toc_element *seat = toc_widget_button(
            post->screen, toc_screen_text(post->screen, "seat.%s", offer->seats[i]),
            offer->seats[i], "launch.play", offer->seats[i]);
        seat->may_clip = true;
    }
    toc_screen_close(post->screen);
}

static void offer_panel(struct launcher *launcher, toc_post *post) {
    (void)toc_widget_panel(post->screen, "offers.panel", TOC_SAY(post, PLAY_HERE), "", false);
    uint32_t chosen =
        toc_widget_list(post->screen, &(toc_widget_rows){.id = "offers",
                                                         .label = TOC_SAY(post, PLAY_HERE),
                                                         .count = launcher->count,
                                                         .height = 26,
                                                         .fill = fill,
                                                         .object = launcher,
                                                         .empty = TOC_SAY(post, NO_OFFERS)});
    const toc_launcher_offer *offer = chosen == TOC_ELEMENT_NONE ? NULL : &launcher->offers[chosen];
    toc_element *below = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "offer");
    below->box = (toc_box){.width = -1, .height = -1, .gap = 6, .pad = 4, .scrolls = true};
    if (offer != NULL) {
        toc_widget_heading(post->screen, offer->title)->size = 15;
        (void)toc_widget_paragraph(post->screen, offer->about, TOC_TINT_TEXT2);
        if (offer->seats != NULL) {
            seats(post, offer);
        } else {
            (void)toc_widget_wrap(post->screen, 6);
            (void)toc_widget_button(post->screen, "review", TOC_SAY(post, LOOK_AT), "launch.review",
                                    offer->path);
            toc_screen_close(post->screen);
        }
    }
    toc_screen_close(post->screen);
    toc_widget_close_panel(post->screen);
}

static void join_panel(toc_post *post) {
    (void)toc_widget_panel(post->screen, "join.panel", TOC_SAY(post, JOIN), "", true);
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, JOIN_HOW), TOC_TINT_TEXT2);
    (void)toc_widget_field(post->screen, "join.url", "wss://drill.example.org:7443", "launch.join");
    (void)toc_widget_field(post->screen, "join.token", TOC_SAY(post, TOKEN), "launch.join");
    (void)toc_widget_wrap(post->screen, 6);
    toc_element *join =
        toc_widget_button(post->screen, "join.do", TOC_SAY(post, JOIN), "launch.join", "");
    join->is_off = toc_editing_text(post->screen, "join.url")[0] == '\0' ||
                   toc_editing_text(post->screen, "join.token")[0] == '\0';
    toc_screen_close(post->screen);
    toc_widget_heading(post->screen, TOC_SAY(post, FIRST_STEPS))->size = 12;
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, FIRST_PLAYER), TOC_TINT_TEXT2);
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, FIRST_CONTROL), TOC_TINT_TEXT2);
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, FIRST_EVALUATOR), TOC_TINT_TEXT2);
    toc_widget_close_panel(post->screen);
}

static void compose(void *object, toc_post *post) {
    struct launcher *launcher = object;
    bool is_wide = toc_screen_logical_width(post->screen) >= WIDE;
    toc_element *columns =
        is_wide ? toc_widget_row(post->screen, 4) : toc_widget_column(post->screen, 4);
    columns->box.height = -1;
    offer_panel(launcher, post);
    join_panel(post);
    toc_screen_close(post->screen);
}

static bool obey(void *object, toc_post *post, const toc_screen_deed *deed) {
    struct launcher *launcher = object;
    toc_launcher_wish *wish = &launcher->wish;
    uint32_t chosen = toc_screen_memory_of(post->screen, "offers")->number;
    if (strcmp(deed->command, "launch.play") == 0 && chosen < launcher->count) {
        wish->kind = TOC_LAUNCHER_PLAY;
        (void)g_strlcpy(wish->path, launcher->offers[chosen].path, sizeof wish->path);
        (void)g_strlcpy(wish->seat, deed->argument, sizeof wish->seat);
        launcher->is_chosen = true;
    } else if (strcmp(deed->command, "launch.review") == 0) {
        wish->kind = TOC_LAUNCHER_REVIEW;
        (void)g_strlcpy(wish->path, deed->argument, sizeof wish->path);
        launcher->is_chosen = true;
    } else if (strcmp(deed->command, "launch.join") == 0) {
        wish->kind = TOC_LAUNCHER_JOIN;
        (void)g_strlcpy(wish->url, toc_editing_text(post->screen, "join.url"), sizeof wish->url);
        (void)g_strlcpy(wish->token, toc_editing_text(post->screen, "join.token"),
                        sizeof wish->token);
        launcher->is_chosen = wish->url[0] != '\0' && wish->token[0] != '\0';
    } else {
        return false;
    }
    return true;
}

toc_station toc_launcher_desk_create(const toc_launcher_offer *offers, size_t count) {
    struct launcher *launcher = g_new0(struct launcher, 1);
    launcher->offers = offers;
    launcher->count = (uint32_t)count;
    return (toc_station){.object = launcher, .compose = compose, .obey = obey, .destroy = g_free};
}

bool toc_launcher_desk_wish(const toc_station *station, toc_launcher_wish *out_wish) {
    const struct launcher *launcher = station->object;
    if (launcher == NULL || station->compose != compose || !launcher->is_chosen) {
        return false;
    }
    *out_wish = launcher->wish;
    return true;
}
