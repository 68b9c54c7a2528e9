#include "console/control_desk.h"

#include <glib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "console/editing.h"
#include "console/lanes.h"
#include "console/mapping.h"
#include "console/widget.h"
#include "tocsin/unit.h"

enum { WIDE = 1180 };

enum page { MAP, INJECTS, LANES, SEATS, CLOCK, ASSET, TELL, PAGES };

struct control {
    enum page page;
    toc_mapping *mapping;
    toc_lanes *lanes;
    GArray *order;     /* uint32_t: injects of the truth in the order of the list */
    char inject[201];  /* that is looked at */
    char tell_to[201]; /* seat that is spoken to */
    const toc_post *post;
};

static const char *const page_ids[PAGES] = {"map",   "injects", "lanes", "seats",
                                            "clock", "asset",   "tell"};

/* -- Injects ------------------------------------------------------------------------------------
 */

static const toc_wire_inject *inject_of(const toc_post *post, const char *id) {
    toc_wire_inject_list all = toc_post_truth(post)->injects;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, id) == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

/* Calls to be made, then what is still to come by time, then what came, the last first. */
static int rank_of(const toc_wire_inject *inject) {
    return strcmp(inject->state, "due") == 0 ? 0 : strcmp(inject->state, "delivered") == 0 ? 2 : 1;
}

static gint compare(gconstpointer one, gconstpointer other, gpointer items) {
    const toc_wire_inject *a = &((const toc_wire_inject *)items)[*(const uint32_t *)one];
    const toc_wire_inject *b = &((const toc_wire_inject *)items)[*(const uint32_t *)other];
    int rank = rank_of(a) - rank_of(b);
    if (rank != 0) {
        return rank;
    }
    int way = rank_of(a) == 2 ? -1 : 1;
    return a->at < b->at ? -way : a->at > b->at ? way : strcmp(a->id, b->id);
}

static void fill_inject(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct control *control = object;
    const toc_post *post = control->post;
    const toc_wire_inject *inject =
        &toc_post_truth(post)->injects.items[g_array_index(control->order, uint32_t, number)];
    bool has_come = strcmp(inject->state, "delivered") == 0;
    bool is_due = strcmp(inject->state, "due") == 0;
    row->command = "inject.choose";
    row->argument = toc_screen_text(screen, "%s", inject->id);
    row->state = toc_screen_text(screen, "%s", inject->state);
    row->is_selected = strcmp(inject->id, control->inject) == 0;
    toc_element *id = toc_widget_cell(screen, inject->id, 84, TOC_TINT_TEXT);
    id->mark = is_due ? TOC_MARK_P2 : has_come ? TOC_MARK_DONE : TOC_MARK_OPEN;
    id->bold = is_due;
    (void)toc_widget_cell(
        screen, inject->at == TOC_NEVER ? TOC_SAY(post, BY_HAND) : toc_post_clock(post, inject->at),
        80, TOC_TINT_TEXT2);
    (void)toc_widget_cell(screen, toc_post_state_word(post, inject->state), 70, TOC_TINT_TEXT2);
    (void)toc_widget_cell(screen, inject->to.count > 0 ? inject->to.items[0] : "", -1,
                          TOC_TINT_TEXT2);
    (void)toc_widget_cell(screen, inject->text, -3, TOC_TINT_TEXT);
}

static void inject_list(struct control *control, toc_post *post) {
    toc_wire_inject_list all = toc_post_truth(post)->injects;
    (void)g_array_set_size(control->order, 0);
    for (uint32_t i = 0; i < all.count; i++) {
        (void)g_array_append_val(control->order, i);
    }
    g_array_sort_with_data(control->order, compare, (gpointer)(uintptr_t)all.items);
    control->post = post;
    (void)toc_widget_list(post->screen, &(toc_widget_rows){.id = "injects",
                                                           .label = TOC_SAY(post, INJECTS),
                                                           .count = control->order->len,
                                                           .height = 22,
                                                           .fill = fill_inject,
                                                           .object = control,
                                                           .empty = TOC_SAY(post, NO_INJECTS)});
}

/* What a simulator on the telephone says, and answers when asked. */
static void call_card(toc_post *post, const toc_wire_inject *inject) {
    if (inject->script[0] == '\0') {
        return;
    }
    toc_widget_heading(post->screen, TOC_SAY(post, CALL_CARD))->size = 12;
    (void)toc_widget_paragraph(post->screen, inject->script, TOC_TINT_TEXT);
    for (uint32_t i = 0; i + 1 < inject->answers.count; i += 2) {
        (void)toc_widget_paragraph(post->screen,
                                   toc_screen_text(post->screen, "%s → %s",
                                                   inject->answers.items[i],
                                                   inject->answers.items[i + 1]),
                                   TOC_TINT_TEXT2);
    }
}

static void inject_buttons(toc_post *post, const toc_wire_inject *inject) {
    bool has_come = strcmp(inject->state, "delivered") == 0;
    bool is_held = strcmp(inject->state, "held") == 0;
    (void)toc_widget_wrap(post->screen, 6);
    toc_element *fire =
        toc_widget_button(post->screen, "inject.fire", TOC_SAY(post, FIRE), "fire", inject->id);
    fire->is_off = has_come || post->control == NULL;
    toc_element *hold = toc_widget_button(post->screen, "inject.hold",
                                          is_held ? TOC_SAY(post, RELEASE) : TOC_SAY(post, HOLD),
                                          is_held ? "release" : "hold", inject->id);
    hold->is_off = has_come || post->control == NULL;
    if (strcmp(inject->state, "due") == 0) {
        (void)toc_widget_button(post->screen, "inject.called", TOC_SAY(post, CALLED), "called",
                                inject->id);
    }
    toc_screen_close(post->screen);
    if (!has_come && post->control != NULL) {
        toc_element *row = toc_widget_row(post->screen, 6);
        row->box.height = 26;
        (void)toc_widget_field(post->screen, "retime.at", TOC_SAY(post, RETIME_HINT), "retime");
        (void)toc_widget_button(post->screen, "retime", TOC_SAY(post, RETIME), "retime",
                                inject->id);
        toc_screen_close(post->screen);
    }
}

static void inject_detail(struct control *control, toc_post *post) {
    const toc_wire_inject *inject = inject_of(post, control->inject);
    (void)toc_widget_panel(post->screen, "inject", TOC_SAY(post, INJECT),
                           inject == NULL ? "" : inject->id, true);
    if (inject == NULL) {
        (void)toc_widget_paragraph(post->screen, TOC_SAY(post, CHOOSE_INJECT), TOC_TINT_TEXT2);
    } else {
        GString *to = g_string_new("");
        for (uint32_t i = 0; i < inject->to.count; i++) {
            g_string_append_printf(to, "%s%s", i > 0 ? ", " : "", inject->to.items[i]);
        }
        (void)toc_widget_paragraph(
            post->screen,
            toc_screen_text(post->screen, "%s · %s · %s", toc_post_state_word(post, inject->state),
                            inject->at == TOC_NEVER ? TOC_SAY(post, BY_HAND)
                                                    : toc_post_clock(post, inject->at),
                            to->str),
            TOC_TINT_TEXT2);
        (void)g_string_free(to, TRUE);
        (void)toc_widget_paragraph(post->screen, inject->text, TOC_TINT_TEXT);
        call_card(post, inject);
        inject_buttons(post, inject);
    }
    toc_widget_close_panel(post->screen);
}

/* -- Who plays, and the adversary ---------------------------------------------------------------
 */

static void fill_seat(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct control *control = object;
    const toc_post *post = control->post;
    const toc_wire_place *place = &toc_post_truth(post)->seats.items[number];
    row->command = "seat.choose";
    row->argument = toc_screen_text(screen, "%s", place->id);
    row->state = toc_screen_text(screen, "%s", place->filled);
    (void)toc_widget_cell(screen, place->id, -3, TOC_TINT_TEXT);
    toc_element *who =
        toc_widget_cell(screen, toc_post_state_word(post, place->filled), -2, TOC_TINT_TEXT2);
    bool is_away = strcmp(place->filled, "person") == 0 && !place->connected;
    who->mark = is_away ? TOC_MARK_P3 : TOC_MARK_NONE;
    toc_element *open =
        toc_widget_cell(screen, toc_screen_text(screen, "%d", (int)place->open), 40, TOC_TINT_TEXT);
    open->is_right = true;
}

static void seats(struct control *control, toc_post *post) {
    toc_wire_place_list all = toc_post_truth(post)->seats;
    uint32_t people = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        people += all.items[i].connected;
    }
    (void)toc_widget_panel(
        post->screen, "seats.panel", TOC_SAY(post, SEATS),
        toc_screen_text(post->screen, "%u / %u · %s", people, all.count, TOC_SAY(post, OPEN_TASKS)),
        false);
    control->post = post;
    uint32_t number =
        toc_widget_list(post->screen, &(toc_widget_rows){.id = "seats",
                                                         .label = TOC_SAY(post, SEATS),
                                                         .count = all.count,
                                                         .height = 22,
                                                         .fill = fill_seat,
                                                         .object = control,
                                                         .empty = ""});
    bool has_one = number != TOC_ELEMENT_NONE && post->control != NULL;
    const toc_wire_place *place = has_one ? &all.items[number] : NULL;
    (void)toc_widget_wrap(post->screen, 6);
    toc_element *over = toc_widget_button(post->screen, "seat.over", TOC_SAY(post, HAND_OVER),
                                          "hand-over", place == NULL ? "" : place->id);
    over->is_off = place == NULL || place->connected || strcmp(place->filled, "stand-in") == 0;
    (void)toc_widget_button(post->screen, "seat.tell", TOC_SAY(post, SPEAK_TO), "tell.ask",
                            place == NULL ? "" : place->id);
    toc_screen_close(post->screen);
    toc_widget_close_panel(post->screen);
}

static void adversaries(toc_post *post) {
    toc_wire_attack_list all = toc_post_truth(post)->attacks;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_attack *attack = &all.items[i];
        toc_element *line = toc_widget_paragraph(
            post->screen,
            toc_screen_text(post->screen, "%s · %s %s · %d · %s", attack->id, attack->technique,
                            attack->target, (int)attack->steps, attack->text),
            TOC_TINT_TEXT);
        line->mark = TOC_MARK_CYBER;
    }
}

/* -- The clock and branches ---------------------------------------------------------------------
 */

static void branches(toc_post *post) {
    toc_wire_branch_list all = toc_post_truth(post)->branches;
    for (uint32_t i = 0; i < all.count && all.count > 1; i++) {
        const toc_wire_branch *branch = &all.items[i];
        bool is_played = branch->until == TOC_NEVER;
        toc_element *row = toc_widget_row(post->screen, 6);
        row->box.height = 24;
        toc_element *name = toc_widget_cell(
            post->screen,
            toc_screen_text(post->screen, "%s %s · %s – %s", branch->id, branch->name,
                            branch->at == TOC_NEVER ? "00:00:00" : toc_post_clock(post, branch->at),
                            is_played ? TOC_SAY(post, PLAYED_NOW)
                                      : toc_post_clock(post, branch->until)),
            -1, TOC_TINT_TEXT);
        name->bold = is_played;
        if (!is_played && post->control != NULL) {
            (void)toc_widget_button(post->screen,
                                    toc_screen_text(post->screen, "branch.%s", branch->id),
                                    TOC_SAY(post, GO_BACK), "branch.to", branch->id);
        }
        toc_screen_close(post->screen);
    }
}

static void clock_panel(toc_post *post) {
    (void)toc_widget_panel(post->screen, "clock", TOC_SAY(post, CLOCK), "", true);
    if (post->control != NULL) {
        (void)toc_widget_wrap(post->screen, 6);
        (void)toc_widget_button(post->screen, "clock.step", TOC_SAY(post, STEP_KEY), "step", "");
        (void)toc_widget_button(post->screen, "clock.next", TOC_SAY(post, NEXT), "next", "");
        (void)toc_widget_button(post->screen, "clock.branch", TOC_SAY(post, BRANCH), "branch.new",
                                "");
        (void)toc_widget_button(post->screen, "clock.end", TOC_SAY(post, END_DRILL), "end.ask", "");
        toc_screen_close(post->screen);
        toc_element *row = toc_widget_row(post->screen, 6);
        row->box.height = 26;
        (void)toc_widget_field(post->screen, "rewind.to", TOC_SAY(post, REWIND_HINT), "rewind");
        (void)toc_widget_button(post->screen, "rewind", TOC_SAY(post, REWIND), "rewind", "");
        toc_screen_close(post->screen);
    }
    branches(post);
    adversaries(post);
    toc_widget_close_panel(post->screen);
}

/* -- An asset as it is, and speaking as anybody -------------------------------------------------
 */

static void asset_panel(toc_post *post) {
    const char *id = post->chosen_asset;
    toc_wire_fact_list all = toc_post_truth(post)->assets;
    (void)toc_widget_panel(post->screen, "asset", TOC_SAY(post, ASSET), id, true);
    if (id[0] == '\0') {
        (void)toc_widget_paragraph(post->screen, TOC_SAY(post, NO_ASSET), TOC_TINT_TEXT2);
    } else {
        toc_widget_heading(post->screen, toc_post_asset_name(post, id))->size = 15;
        for (uint32_t i = 0; i < all.count; i++) {
            const toc_wire_fact *fact = &all.items[i];
            if (strcmp(fact->id, id) != 0) {
                continue;
            }
            (void)toc_widget_paragraph(post->screen, toc_post_state_word(post, fact->operation),
                                       TOC_TINT_TEXT);
            for (uint32_t k = 0; k < fact->causes.count; k++) {
                (void)toc_widget_paragraph(
                    post->screen, toc_post_state_word(post, fact->causes.items[k]), TOC_TINT_TEXT2);
            }
        }
        if (post->control != NULL) {
            (void)toc_widget_wrap(post->screen, 6);
            (void)toc_widget_button(post->screen, "override.damage", TOC_SAY(post, DAMAGE),
                                    "override", "damage");
            (void)toc_widget_button(post->screen, "override.mend", TOC_SAY(post, MEND), "override",
                                    "mend");
            toc_screen_close(post->screen);
        }
    }
    toc_widget_close_panel(post->screen);
}

static void tell_dialog(struct control *control, toc_post *post) {
    if (control->tell_to[0] == '\0') {
        return;
    }
    (void)toc_widget_dialog(post->screen, "tell", TOC_SAY(post, SPEAK_TO), 460);
    (void)toc_widget_text(post->screen, control->tell_to, TOC_TINT_TEXT2, true);
    (void)toc_widget_field(post->screen, "tell.from", TOC_SAY(post, AS_WHOM), "tell.do");
    (void)toc_widget_area(post->screen, "tell.text", TOC_SAY(post, TEXT), 4, "tell.do");
    (void)toc_widget_wrap(post->screen, 8);
    toc_element *send =
        toc_widget_button(post->screen, "tell.do", TOC_SAY(post, SEND), "tell.do", "");
    send->is_off = toc_editing_text(post->screen, "tell.text")[0] == '\0';
    (void)toc_widget_button(post->screen, "tell.cancel", TOC_SAY(post, CANCEL), "cancel", "");
    toc_screen_close(post->screen);
    toc_screen_close(post->screen);
}

/* -- The whole ----------------------------------------------------------------------------------
 */

static void map_panel(struct control *control, toc_post *post) {
    toc_element *panel = toc_widget_panel(post->screen, "map.panel", TOC_SAY(post, TRUTH_MAP),
                                          post->chosen_asset, false);
    panel->box.height = -3;
    toc_mapping_update(control->mapping, post, TOC_MAPPING_TRUTH);
    toc_mapping_add(control->mapping, post);
    toc_widget_close_panel(post->screen);
}

static void lanes_panel(struct control *control, toc_post *post) {
    toc_element *panel =
        toc_widget_panel(post->screen, "lanes.panel", TOC_SAY(post, MSEL), "", false);
    panel->box.height = -2;
    toc_lanes_add(control->lanes, post, control->inject);
    toc_widget_close_panel(post->screen);
}

static void injects_panel(struct control *control, toc_post *post) {
    (void)toc_widget_panel(post->screen, "injects.panel", TOC_SAY(post, INJECTS),
                           toc_screen_text(post->screen, "%u", toc_post_truth(post)->injects.count),
                           false);
    inject_list(control, post);
    toc_widget_close_panel(post->screen);
}

static void one_page(struct control *control, toc_post *post) {
    switch (control->page) {
    case MAP:
        map_panel(control, post);
        break;
    case INJECTS:
    case PAGES:
        injects_panel(control, post);
        inject_detail(control, post);
        break;
    case LANES:
        lanes_panel(control, post);
        break;
    case SEATS:
    case TELL:
        seats(control, post);
        break;
    case CLOCK:
        clock_panel(post);
        break;
    case ASSET:
        asset_panel(post);
        break;
    }
}

static void tabs(struct control *control, toc_post *post) {
    static const toc_lexicon_id names[] = {TOC_LEXICON_MAP,   TOC_LEXICON_INJECTS,
                                           TOC_LEXICON_MSEL,  TOC_LEXICON_SEATS,
                                           TOC_LEXICON_CLOCK, TOC_LEXICON_ASSET};
    (void)toc_widget_wrap(post->screen, 3);
    for (int i = 0; i < TELL; i++) {
        toc_element *tab =
            toc_widget_tab(post->screen, toc_screen_text(post->screen, "tab.%s", page_ids[i]),
                           toc_lexicon_say(names[i], post->language), "page", page_ids[i],
                           i == (int)control->page);
        tab->box.height = 22;
        tab->box.pad = 6;
        tab->size = 12;
    }
    toc_screen_close(post->screen);
}

static void open_column(toc_post *post, double width) {
    toc_element *column = toc_widget_column(post->screen, 4);
    column->box.width = width;
    column->box.height = -1;
}

static void compose(void *object, toc_post *post) {
    struct control *control = object;
    toc_element *columns = toc_widget_row(post->screen, 4);
    columns->box.height = -1;
    if (toc_screen_logical_width(post->screen) >= WIDE) {
        open_column(post, -3);
        map_panel(control, post);
        lanes_panel(control, post);
        injects_panel(control, post);
        toc_screen_close(post->screen);
        open_column(post, 400);
        clock_panel(post);
        seats(control, post);
        inject_detail(control, post);
        asset_panel(post);
        toc_screen_close(post->screen);
    } else {
        open_column(post, -1);
        tabs(control, post);
        one_page(control, post);
        toc_screen_close(post->screen);
    }
    toc_screen_close(post->screen);
    tell_dialog(control, post);
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void command(toc_post *post, const char *verb, const char *target, const char *key,
                    const char *value) {
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    toc_wire_pair pair = {key, value};
    blank.as.command.command = verb;
    blank.as.command.target = target;
    blank.as.command.parameters = (toc_wire_pairs){&pair, key == NULL ? 0 : 1};
    toc_post_command(post, blank.as.command);
}

static void retime(toc_post *post, const char *inject, toc_time at) {
    char seconds[32];
    (void)g_snprintf(seconds, sizeof seconds, "%" PRId64, at / TOC_SECOND);
    command(post, "retime", inject, "at", seconds);
}

static void retime_typed(struct control *control, toc_post *post) {
    toc_time at = 0;
    const char *typed = toc_editing_text(post->screen, "retime.at");
    if (toc_unit_parse_time(typed, &at)) {
        retime(post, control->inject, at);
    } else {
        toc_post_tell(post, true, "%s", TOC_SAY(post, NO_TIME));
    }
}

static void rewind_typed(toc_post *post) {
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    const char *typed = toc_editing_text(post->screen, "rewind.to");
    blank.as.command.command = "rewind";
    if (toc_unit_parse_time(typed, &blank.as.command.at)) {
        toc_post_command(post, blank.as.command);
    } else {
        toc_post_tell(post, true, "%s", TOC_SAY(post, NO_TIME));
    }
}

static void tell(struct control *control, toc_post *post) {
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    toc_wire_pair pairs[] = {{"from", toc_editing_text(post->screen, "tell.from")},
                             {"channel", "phone"},
                             {"text", toc_editing_text(post->screen, "tell.text")}};
    blank.as.command.command = "tell";
    blank.as.command.target = control->tell_to;
    blank.as.command.parameters = (toc_wire_pairs){pairs, 3};
    toc_post_command(post, blank.as.command);
    control->tell_to[0] = '\0';
}

static bool obey_injects(struct control *control, toc_post *post, const toc_screen_deed *deed) {
    static const char *const plain[] = {"fire", "hold", "release", "hand-over"};
    char inject[201];
    toc_time at = 0;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (strcmp(deed->command, plain[i]) == 0) {
            command(post, deed->command, deed->argument, NULL, NULL);
            return true;
        }
    }
    if (strcmp(deed->command, "called") == 0) {
        char seconds[32];
        (void)g_snprintf(seconds, sizeof seconds, "%" PRId64, toc_post_now(post) / TOC_SECOND);
        command(post, "called", deed->argument, "claimed", seconds);
    } else if (strcmp(deed->command, "inject.choose") == 0) {
        (void)g_strlcpy(control->inject, deed->argument, sizeof control->inject);
    } else if (strcmp(deed->command, "retime") == 0) {
        retime_typed(control, post);
    } else if (strcmp(deed->command, "lanes") == 0) {
        toc_lanes_wish wish = toc_lanes_obey(control->lanes, deed->value, inject, &at);
        if (wish != TOC_LANES_NOTHING) {
            (void)g_strlcpy(control->inject, inject, sizeof control->inject);
        }
        if (wish == TOC_LANES_MOVE && post->control != NULL) {
            retime(post, inject, at);
        }
    } else {
        return false;
    }
    return true;
}

static bool obey_world(struct control *control, toc_post *post, const toc_screen_deed *deed) {
    if (strcmp(deed->command, "map") == 0) {
        (void)toc_mapping_obey(control->mapping, post, deed->value);
    } else if (strcmp(deed->command, "map.trace") == 0) {
        toc_mapping_set_traces(control->mapping, !toc_mapping_traces(control->mapping));
    } else if (strcmp(deed->command, "asset.go") == 0) {
        (void)g_strlcpy(post->chosen_asset, deed->argument, sizeof post->chosen_asset);
        toc_mapping_go(control->mapping, deed->argument);
    } else if (strcmp(deed->command, "override") == 0) {
        command(post, "override", post->chosen_asset, "effect", deed->argument);
    } else {
        return false;
    }
    return true;
}

static bool obey(void *object, toc_post *post, const toc_screen_deed *deed) {
    struct control *control = object;
    const char *verb = deed->command;
    if (obey_injects(control, post, deed) || obey_world(control, post, deed)) {
        return true;
    }
    if (strcmp(verb, "page") == 0) {
        for (int i = 0; i < PAGES; i++) {
            control->page = strcmp(page_ids[i], deed->argument) == 0 ? (enum page)i : control->page;
        }
    } else if (strcmp(verb, "next") == 0 || strcmp(verb, "action.ask") == 0) {
        command(post, strcmp(verb, "next") == 0 ? "next" : deed->argument, "", NULL, NULL);
    } else if (strcmp(verb, "branch.new") == 0) {
        command(post, "branch", "", NULL, NULL);
    } else if (strcmp(verb, "branch.to") == 0) {
        command(post, "branch", deed->argument, NULL, NULL);
    } else if (strcmp(verb, "end.ask") == 0) {
        command(post, "end", "", "reason", "ended by control");
    } else if (strcmp(verb, "rewind") == 0) {
        rewind_typed(post);
    } else if (strcmp(verb, "tell.ask") == 0) {
        (void)g_strlcpy(control->tell_to, deed->argument, sizeof control->tell_to);
        toc_editing_set(post->screen, "tell.text", "");
        toc_screen_set_focus(post->screen, "tell.from");
    } else if (strcmp(verb, "tell.do") == 0) {
        tell(control, post);
    } else if (strcmp(verb, "cancel") == 0) {
        control->tell_to[0] = '\0';
    } else {
        return false;
    }
    return true;
}

static void destroy(void *object) {
    struct control *control = object;
    toc_mapping_destroy(control->mapping);
    toc_lanes_destroy(control->lanes);
    (void)g_array_free(control->order, TRUE);
    g_free(control);
}

toc_station toc_control_desk_create(void) {
    struct control *control = g_new0(struct control, 1);
    control->mapping = toc_mapping_create();
    control->lanes = toc_lanes_create();
    control->order = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return (toc_station){.object = control, .compose = compose, .obey = obey, .destroy = destroy};
}
