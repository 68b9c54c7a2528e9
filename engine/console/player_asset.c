#include "console/player_asset.h"

#include <string.h>

static void fact(toc_post *post, const char *name, const char *value) {
    if (value[0] == '\0') {
        return;
    }
    toc_element *row = toc_widget_row(post->screen, 8);
    row->box.height = 20;
    toc_element *label = toc_widget_cell(post->screen, name, 120, TOC_TINT_TEXT2);
    label->size = 12;
    label->may_clip = false;
    (void)toc_widget_cell(post->screen, value, -1, TOC_TINT_TEXT);
    toc_screen_close(post->screen);
}

static const toc_wire_asset *find_belief(const toc_post *post, const char *id) {
    toc_wire_asset_list all = toc_post_state(post)->assets;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, id) == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

static void say_belief(toc_post *post, const char *id) {
    const toc_wire_asset *belief = find_belief(post, id);
    bool is_known = belief != NULL && belief->operation[0] != '\0';
    fact(post, TOC_SAY(post, OPERATION),
         is_known ? toc_post_state_word(post, belief->operation) : TOC_SAY(post, NOT_KNOWN));
    if (belief == NULL) {
        return;
    }
    fact(post, TOC_SAY(post, SEEN), toc_post_clock(post, belief->seen));
    fact(post, TOC_SAY(post, SOURCE), belief->source);
    if (belief->remote[0] != '\0') {
        bool is_there = strcmp(belief->remote, "yes") == 0;
        fact(post, TOC_SAY(post, REMOTE), is_there ? TOC_SAY(post, YES) : TOC_SAY(post, NO));
    }
    fact(post, TOC_SAY(post, FOUND), belief->finding);
    fact(post, TOC_SAY(post, ON_BOARD), belief->board);
}

/* Names of what it depends on, or of what depends on it. */
static void say_needs(toc_post *post, const char *id, bool needed_by) {
    toc_wire_tie_list ties = toc_post_catalogue(post)->ties;
    GString *names = g_string_new("");
    for (uint32_t i = 0; i < ties.count; i++) {
        const toc_wire_tie *tie = &ties.items[i];
        const char *own = needed_by ? tie->to : tie->from, *other = needed_by ? tie->from : tie->to;
        if (strcmp(tie->kind, "need") == 0 && strcmp(own, id) == 0) {
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                                   toc_post_asset_name(post, other));
        }
    }
    fact(post, needed_by ? TOC_SAY(post, NEEDED_BY) : TOC_SAY(post, NEEDS), names->str);
    (void)g_string_free(names, TRUE);
}

/* -- Actions ------------------------------------------------------------------------------------
 */

static bool is_for_assets(const toc_wire_verb *verb) {
    return strcmp(verb->target, "element") == 0 || strcmp(verb->target, "asset") == 0;
}

/* The number-th that is done to assets, from 0; NULL behind the last. */
static const toc_wire_verb *action_at(const toc_post *post, uint32_t number) {
    toc_wire_verb_list all = toc_post_catalogue(post)->verbs;
    for (uint32_t i = 0; i < all.count; i++) {
        if (is_for_assets(&all.items[i]) && number-- == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

static uint32_t action_count(const toc_post *post) {
    toc_wire_verb_list all = toc_post_catalogue(post)->verbs;
    uint32_t count = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        count += is_for_assets(&all.items[i]);
    }
    return count;
}

static void fill_action(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct player *player = object;
    const toc_post *post = player->post;
    const toc_wire_verb *verb = action_at(post, number);
    row->command = "action.ask";
    row->argument = toc_screen_text(screen, "%s", verb->id);
    if (number < 9) {
        row->shortcut = toc_screen_text(screen, "%u", number + 1);
    }
    toc_element *digit = toc_widget_cell(screen, row->shortcut, 14, TOC_TINT_TEXT2);
    digit->size = 12;
    (void)toc_widget_cell(screen, toc_post_verb(post, verb->id), -3, TOC_TINT_TEXT);
    const char *takes = verb->lasts == TOC_NEVER ? TOC_SAY(post, DEPENDS)
                        : verb->lasts == 0       ? TOC_SAY(post, AT_ONCE)
                                                 : toc_post_clock(post, verb->lasts);
    toc_element *cost = toc_widget_cell(screen, takes, -2, TOC_TINT_TEXT2);
    cost->size = 12;
    if (verb->approval || verb->final) {
        toc_element *mark = toc_widget_cell(
            screen, verb->final ? TOC_SAY(post, FINAL) : TOC_SAY(post, NEEDS_APPROVAL), -2,
            TOC_TINT_TEXT2);
        mark->size = 12;
        mark->mark = verb->final ? TOC_MARK_P2 : TOC_MARK_NONE;
    }
}

static void offer_actions(struct player *player, toc_post *post) {
    toc_element *heading = toc_widget_heading(post->screen, TOC_SAY(post, ACTIONS));
    heading->size = 12;
    player->post = post;
    (void)toc_widget_list(post->screen, &(toc_widget_rows){.id = "actions",
                                                           .label = TOC_SAY(post, ACTIONS),
                                                           .count = action_count(post),
                                                           .height = 22,
                                                           .fill = fill_action,
                                                           .object = player,
                                                           .empty = ""});
}

void toc_player_asset_compose(struct player *player, toc_post *post) {
    const char *id = post->chosen_asset;
    const toc_wire_own *own = toc_post_own(post, id);
    (void)toc_widget_panel(post->screen, "asset", TOC_SAY(post, ASSET), id, false);
    if (own == NULL) {
        (void)toc_widget_paragraph(post->screen, TOC_SAY(post, NO_ASSET), TOC_TINT_TEXT2);
        toc_widget_close_panel(post->screen);
        return;
    }
    toc_element *facts = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "asset.facts");
    facts->box = (toc_box){.width = -1, .height = -2, .scrolls = true};
    toc_element *name = toc_widget_heading(post->screen, own->name[0] == '\0' ? id : own->name);
    name->size = 15;
    fact(post, TOC_SAY(post, KIND), own->kind);
    fact(post, TOC_SAY(post, ZONE), own->area[0] != '\0' ? own->area : own->zone);
    say_belief(post, id);
    say_needs(post, id, false);
    say_needs(post, id, true);
    toc_screen_close(post->screen);
    toc_element *actions = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "");
    actions->box = (toc_box){.width = -1, .height = -3, .gap = 4};
    offer_actions(player, post);
    toc_screen_close(post->screen);
    toc_widget_close_panel(post->screen);
}

bool toc_player_asset_obey(struct player *player, toc_post *post, const toc_screen_deed *deed) {
    const toc_wire_verb *verb = NULL;
    if (strcmp(deed->command, "action.number") == 0 && post->chosen_asset[0] != '\0') {
        verb = action_at(post, (uint32_t)(deed->argument[0] - '1'));
    } else if (strcmp(deed->command, "action.ask") == 0) {
        verb = toc_post_find_verb(post, deed->argument);
    } else {
        return false;
    }
    if (verb != NULL) {
        bool is_for = is_for_assets(verb);
        toc_act_form_ask(player->form, post, verb->id, is_for ? post->chosen_asset : "", NULL,
                         NULL);
    }
    return true;
}
