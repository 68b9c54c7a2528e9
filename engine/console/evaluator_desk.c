#include "console/evaluator_desk.h"

#include <glib.h>
#include <string.h>

#include "console/curve.h"
#include "console/editing.h"
#include "console/lanes.h"
#include "console/mapping.h"
#include "console/widget.h"

enum { WIDE = 1180 };

enum page { MAP, OBJECTIVES, CURVE, LANES, NOTES, ASSET, PAGES };

/* What somebody saw. */
struct observation {
    toc_time at;
    char about[201];
    char *text;
};

struct evaluator {
    enum page page;
    toc_mapping *mapping;
    toc_lanes *lanes;
    toc_curve *curve;
    GArray *observations; /* struct observation */
    char inject[201], objective[201];
    const toc_post *post;
};

static const char *const page_ids[PAGES] = {"map",   "objectives", "curve",
                                            "lanes", "notes",      "asset"};

/* -- Objectives ---------------------------------------------------------------------------------
 */

static void fill_objective(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct evaluator *evaluator = object;
    const toc_post *post = evaluator->post;
    const toc_wire_objective *objective = &toc_post_truth(post)->objectives.items[number];
    bool is_late =
        !objective->met && objective->due != TOC_NEVER && objective->due < toc_post_now(post);
    row->command = "objective.choose";
    row->argument = toc_screen_text(screen, "%s", objective->id);
    row->state = objective->met ? "met" : is_late ? "late" : "open";
    toc_element *id = toc_widget_cell(screen, objective->id, 96, TOC_TINT_TEXT);
    id->mark = objective->met ? TOC_MARK_DONE : is_late ? TOC_MARK_P3 : TOC_MARK_OPEN;
    toc_element *text = toc_widget_cell(screen, objective->text, -4, TOC_TINT_TEXT);
    text->bold = is_late;
    (void)toc_widget_cell(screen,
                          objective->met ? toc_post_clock(post, objective->at)
                          : objective->due != TOC_NEVER && objective->started != TOC_NEVER
                              ? toc_post_left(post, objective->due)
                              : "",
                          74, TOC_TINT_TEXT2);
}

static void objectives(struct evaluator *evaluator, toc_post *post) {
    toc_wire_objective_list all = toc_post_truth(post)->objectives;
    uint32_t met = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        met += all.items[i].met;
    }
    (void)toc_widget_panel(
        post->screen, "objectives.panel", TOC_SAY(post, OBJECTIVES),
        toc_screen_text(post->screen, "%u / %u %s", met, all.count, TOC_SAY(post, MET)), false);
    evaluator->post = post;
    uint32_t number =
        toc_widget_list(post->screen, &(toc_widget_rows){.id = "objectives",
                                                         .label = TOC_SAY(post, OBJECTIVES),
                                                         .count = all.count,
                                                         .height = 22,
                                                         .fill = fill_objective,
                                                         .object = evaluator,
                                                         .empty = TOC_SAY(post, NO_OBJECTIVES)});
    if (number != TOC_ELEMENT_NONE) {
        const toc_wire_objective *chosen = &all.items[number];
        (void)toc_widget_paragraph(post->screen, chosen->text, TOC_TINT_TEXT);
        toc_widget_paragraph(
            post->screen,
            toc_screen_text(post->screen, "%s %s",
                            chosen->met ? toc_post_clock(post, chosen->at) : TOC_SAY(post, NOT_MET),
                            chosen->by),
            TOC_TINT_TEXT2)
            ->size = 12;
    }
    toc_widget_close_panel(post->screen);
}

/* -- Observations -------------------------------------------------------------------------------
 */

static void notes(struct evaluator *evaluator, toc_post *post) {
    (void)toc_widget_panel(post->screen, "notes", TOC_SAY(post, OBSERVATIONS), "", true);
    (void)toc_widget_field(post->screen, "note.about", TOC_SAY(post, ABOUT_HINT), "note.write");
    (void)toc_widget_area(post->screen, "note.text", TOC_SAY(post, NOTE_HINT), 3, "note.write");
    (void)toc_widget_wrap(post->screen, 6);
    toc_element *write =
        toc_widget_button(post->screen, "note.write", TOC_SAY(post, NOTE_KEY), "note.write", "");
    write->is_off = toc_editing_text(post->screen, "note.text")[0] == '\0';
    write->shortcut = "Ctrl+Return";
    toc_screen_close(post->screen);
    for (guint i = evaluator->observations->len; i > 0; i--) {
        const struct observation *seen =
            &g_array_index(evaluator->observations, struct observation, i - 1);
        (void)toc_widget_paragraph(post->screen,
                                   toc_screen_text(post->screen, "%s  %s  %s",
                                                   toc_post_clock(post, seen->at), seen->about,
                                                   seen->text),
                                   TOC_TINT_TEXT);
    }
    toc_widget_close_panel(post->screen);
}

static void write_note(struct evaluator *evaluator, toc_post *post) {
    const char *text = toc_editing_text(post->screen, "note.text");
    struct observation seen = {.at = toc_post_now(post), .text = g_strdup(text)};
    if (text[0] == '\0') {
        g_free(seen.text);
        return;
    }
    (void)g_strlcpy(seen.about, toc_editing_text(post->screen, "note.about"), sizeof seen.about);
    (void)g_array_append_val(evaluator->observations, seen);
    (void)toc_client_note(post->client, text, seen.about);
    toc_editing_set(post->screen, "note.text", "");
}

/* -- Time ---------------------------------------------------------------------------------------
 */

static toc_time length_of(const toc_post *post) {
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(post->client));
    return welcome == NULL || welcome->length == TOC_NEVER ? TOC_HOUR : welcome->length;
}

static void scrub(toc_post *post) {
    toc_element *row = toc_widget_row(post->screen, 8);
    row->box.height = 28;
    row->is_panel = true;
    row->box.pad = 2;
    row->ground = TOC_TINT_PANEL;
    if (post->control != NULL) {
        (void)toc_widget_button(post->screen, "scrub.begin", "|◀", "scrub.to", "0");
        double part = (double)toc_post_now(post) / (double)length_of(post);
        toc_element *slider = toc_widget_slider(post->screen, "scrub", part, "scrub");
        slider->value = toc_post_clock(post, toc_post_now(post));
        slider->tip = TOC_SAY(post, SCRUB_TIP);
        (void)toc_widget_button(post->screen, "scrub.step", TOC_SAY(post, STEP_KEY), "step", "");
    } else {
        toc_element *meter =
            toc_widget_meter(post->screen, "scrub",
                             (double)toc_post_now(post) / (double)length_of(post), TOC_TINT_TEXT2);
        meter->box.height = 10;
    }
    toc_element *time = toc_widget_text(post->screen,
                                        toc_screen_text(post->screen, "%s / %s",
                                                        toc_post_clock(post, toc_post_now(post)),
                                                        toc_post_clock(post, length_of(post))),
                                        TOC_TINT_TEXT, false);
    time->bold = true;
    toc_screen_close(post->screen);
}

static void go_to(toc_post *post, toc_time at) {
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    const toc_wire_clock *clock = toc_mirror_clock(toc_client_mirror(post->client));
    bool is_back = at < toc_post_now(post);
    if (post->control == NULL || at == toc_post_now(post)) {
        return;
    }
    if (!is_back && clock != NULL && !clock->paused) { /* a step is taken while the clock stands */
        blank.as.command.command = "pause";
        toc_post_command(post, blank.as.command);
    }
    blank.as.command.command = is_back ? "rewind" : "step";
    blank.as.command.at = at;
    toc_post_command(post, blank.as.command);
}

/* -- The whole ----------------------------------------------------------------------------------
 */

static void map_panel(struct evaluator *evaluator, toc_post *post) {
    toc_element *panel = toc_widget_panel(post->screen, "map.panel", TOC_SAY(post, TRUTH_MAP),
                                          post->chosen_asset, false);
    panel->box.height = -3;
    toc_mapping_update(evaluator->mapping, post, TOC_MAPPING_TRUTH);
    toc_mapping_add(evaluator->mapping, post);
    toc_widget_close_panel(post->screen);
}

static void curve_panel(struct evaluator *evaluator, toc_post *post) {
    (void)toc_widget_panel(post->screen, "curve.panel", TOC_SAY(post, SERVICES), "", false);
    toc_curve_add(evaluator->curve, post);
    toc_widget_close_panel(post->screen);
}

static void lanes_panel(struct evaluator *evaluator, toc_post *post) {
    (void)toc_widget_panel(post->screen, "lanes.panel", TOC_SAY(post, MSEL), evaluator->inject,
                           false);
    toc_lanes_add(evaluator->lanes, post, evaluator->inject);
    toc_widget_close_panel(post->screen);
}

static void asset_panel(toc_post *post) {
    toc_wire_fact_list all = toc_post_truth(post)->assets;
    (void)toc_widget_panel(post->screen, "asset", TOC_SAY(post, ASSET), post->chosen_asset, true);
    if (post->chosen_asset[0] == '\0') {
        (void)toc_widget_paragraph(post->screen, TOC_SAY(post, NO_ASSET), TOC_TINT_TEXT2);
    }
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_fact *fact = &all.items[i];
        if (strcmp(fact->id, post->chosen_asset) == 0) {
            (void)toc_widget_heading(post->screen, toc_post_asset_name(post, fact->id));
            (void)toc_widget_paragraph(post->screen, toc_post_state_word(post, fact->operation),
                                       TOC_TINT_TEXT);
            for (uint32_t k = 0; k < fact->causes.count; k++) {
                (void)toc_widget_paragraph(
                    post->screen, toc_post_state_word(post, fact->causes.items[k]), TOC_TINT_TEXT2);
            }
        }
    }
    toc_widget_close_panel(post->screen);
}

static void one_page(struct evaluator *evaluator, toc_post *post) {
    switch (evaluator->page) {
    case MAP:
    case PAGES:
        map_panel(evaluator, post);
        break;
    case OBJECTIVES:
        objectives(evaluator, post);
        break;
    case CURVE:
        curve_panel(evaluator, post);
        break;
    case LANES:
        lanes_panel(evaluator, post);
        break;
    case NOTES:
        notes(evaluator, post);
        break;
    case ASSET:
        asset_panel(post);
        break;
    }
}

static void tabs(struct evaluator *evaluator, toc_post *post) {
    static const toc_lexicon_id names[PAGES] = {TOC_LEXICON_MAP,          TOC_LEXICON_OBJECTIVES,
                                                TOC_LEXICON_SERVICES,     TOC_LEXICON_MSEL,
                                                TOC_LEXICON_OBSERVATIONS, TOC_LEXICON_ASSET};
    (void)toc_widget_wrap(post->screen, 3);
    for (int i = 0; i < PAGES; i++) {
        toc_element *tab =
            toc_widget_tab(post->screen, toc_screen_text(post->screen, "tab.%s", page_ids[i]),
                           toc_lexicon_say(names[i], post->language), "page", page_ids[i],
                           i == (int)evaluator->page);
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
    struct evaluator *evaluator = object;
    toc_curve_note(evaluator->curve, post);
    toc_element *columns = toc_widget_row(post->screen, 4);
    columns->box.height = -1;
    if (toc_screen_logical_width(post->screen) >= WIDE) {
        open_column(post, -3);
        map_panel(evaluator, post);
        lanes_panel(evaluator, post);
        toc_screen_close(post->screen);
        open_column(post, -2);
        objectives(evaluator, post);
        curve_panel(evaluator, post);
        notes(evaluator, post);
        toc_screen_close(post->screen);
    } else {
        open_column(post, -1);
        tabs(evaluator, post);
        one_page(evaluator, post);
        toc_screen_close(post->screen);
    }
    toc_screen_close(post->screen);
    scrub(post);
}

static bool obey(void *object, toc_post *post, const toc_screen_deed *deed) {
    struct evaluator *evaluator = object;
    const char *verb = deed->command;
    toc_time at = 0;
    if (strcmp(verb, "map") == 0) {
        (void)toc_mapping_obey(evaluator->mapping, post, deed->value);
    } else if (strcmp(verb, "map.trace") == 0) {
        toc_mapping_set_traces(evaluator->mapping, !toc_mapping_traces(evaluator->mapping));
    } else if (strcmp(verb, "asset.go") == 0) {
        (void)g_strlcpy(post->chosen_asset, deed->argument, sizeof post->chosen_asset);
        toc_mapping_go(evaluator->mapping, deed->argument);
    } else if (strcmp(verb, "lanes") == 0) {
        (void)toc_lanes_obey(evaluator->lanes, deed->value, evaluator->inject, &at);
    } else if (strcmp(verb, "scrub") == 0) {
        double part = g_ascii_strtod(deed->value, NULL);
        go_to(post, (toc_time)(part * (double)length_of(post)) / TOC_MINUTE * TOC_MINUTE);
    } else if (strcmp(verb, "scrub.to") == 0) {
        go_to(post, 0);
    } else if (strcmp(verb, "note.write") == 0) {
        write_note(evaluator, post);
    } else if (strcmp(verb, "note.focus") == 0) {
        evaluator->page = NOTES;
        toc_screen_set_focus(post->screen, "note.text");
    } else if (strcmp(verb, "page") == 0) {
        for (int i = 0; i < PAGES; i++) {
            bool is_it = strcmp(page_ids[i], deed->argument) == 0;
            evaluator->page = is_it ? (enum page)i : evaluator->page;
        }
    } else {
        return false;
    }
    return true;
}

static void destroy(void *object) {
    struct evaluator *evaluator = object;
    toc_mapping_destroy(evaluator->mapping);
    toc_lanes_destroy(evaluator->lanes);
    toc_curve_destroy(evaluator->curve);
    for (guint i = 0; i < evaluator->observations->len; i++) {
        g_free(g_array_index(evaluator->observations, struct observation, i).text);
    }
    (void)g_array_free(evaluator->observations, TRUE);
    g_free(evaluator);
}

toc_station toc_evaluator_desk_create(void) {
    struct evaluator *evaluator = g_new0(struct evaluator, 1);
    evaluator->mapping = toc_mapping_create();
    evaluator->lanes = toc_lanes_create();
    evaluator->curve = toc_curve_create();
    evaluator->observations = g_array_new(FALSE, FALSE, sizeof(struct observation));
    return (toc_station){.object = evaluator, .compose = compose, .obey = obey, .destroy = destroy};
}
