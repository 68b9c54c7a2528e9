#include "console/bureau.h"

#include <glib.h>
#include <string.h>

#include "console/binding.h"
#include "console/control_desk.h"
#include "console/editing.h"
#include "console/handling.h"
#include "console/evaluator_desk.h"
#include "console/launcher_desk.h"
#include "console/help_sheet.h"
#include "console/palette.h"
#include "console/player_desk.h"
#include "console/widget.h"

struct toc_bureau {
    toc_bureau_options options;
    toc_post post;
    char language[8];
    const toc_theme *theme;
    double scale;
    toc_station station;
    toc_palette *palette;
    char desk;
    bool is_stale, has_left, shows_help, asks_stop, is_stopped;
    char stopped_why[201];
    toc_wire_reason end; /* why the connection has ended for good */
};

toc_bureau *toc_bureau_create(const toc_bureau_options *options) {
    toc_bureau *bureau = g_new0(toc_bureau, 1);
    bureau->options = *options;
    (void)g_strlcpy(bureau->language, options->language, sizeof bureau->language);
    bureau->theme = options->theme == NULL ? toc_theme_light() : options->theme;
    bureau->scale = options->scale == 0 ? 1 : options->scale;
    bureau->post.screen = toc_screen_create();
    bureau->post.language = bureau->language;
    bureau->palette = toc_palette_create();
    bureau->desk = 'A';
    bureau->is_stale = true;
    return bureau;
}

void toc_bureau_destroy(toc_bureau *bureau) {
    if (bureau == NULL) {
        return;
    }
    if (bureau->station.destroy != NULL) {
        bureau->station.destroy(bureau->station.object);
    }
    toc_palette_destroy(bureau->palette);
    toc_screen_destroy(bureau->post.screen);
    g_free(bureau);
}

void toc_bureau_offer(toc_bureau *bureau, const toc_launcher_offer *offers, size_t count) {
    bureau->station = toc_launcher_desk_create(offers, count);
    bureau->is_stale = true;
}

bool toc_bureau_wish(const toc_bureau *bureau, toc_launcher_wish *out_wish) {
    return toc_launcher_desk_wish(&bureau->station, out_wish);
}

/* The desk follows from what the server says. */
void toc_bureau_attach(toc_bureau *bureau, toc_client *client) {
    if (bureau->station.destroy != NULL) {
        bureau->station.destroy(bureau->station.object);
        bureau->station = (toc_station){.object = NULL};
    }
    bureau->post.client = client;
    bureau->is_stale = true;
}

void toc_bureau_attach_control(toc_bureau *bureau, toc_client *control) {
    bureau->post.control = control;
    bureau->is_stale = true;
}

toc_screen *toc_bureau_screen(toc_bureau *bureau) {
    return bureau->post.screen;
}

bool toc_bureau_is_stale(const toc_bureau *bureau) {
    return bureau->is_stale;
}

bool toc_bureau_has_left(const toc_bureau *bureau) {
    return bureau->has_left;
}

char toc_bureau_desk(const toc_bureau *bureau) {
    return bureau->desk;
}

/* -- What is told -------------------------------------------------------------------------------
 */

static void welcome(toc_bureau *bureau, const toc_wire_welcome *message) {
    bureau->post.lost[0] = '\0';
    if (bureau->station.object == NULL) {
        bool is_control = strcmp(message->role, "control") == 0;
        bureau->post.control = is_control ? bureau->post.client : bureau->post.control;
        bool plays = strcmp(message->role, "player") == 0;
        bureau->desk = plays ? 'P' : is_control ? 'C' : 'E';
        toc_screen_reset_focus(bureau->post.screen);
        bureau->station = plays        ? toc_player_desk_create()
                          : is_control ? toc_control_desk_create()
                                       : toc_evaluator_desk_create();
    }
}

static void save(toc_bureau *bureau, const toc_client_paper *paper) {
    char where[512] = "";
    toc_post *post = &bureau->post;
    bool is_saved = bureau->options.save != NULL &&
                    bureau->options.save(bureau->options.object, paper, where, sizeof where);
    toc_post_tell(post, !is_saved, "%s %s",
                  is_saved ? TOC_SAY(post, SAVED_AS) : TOC_SAY(post, NOT_SAVED),
                  is_saved ? where : paper->name);
}

static void hear(toc_bureau *bureau, const toc_wire_message *message) {
    toc_post *post = &bureau->post;
    if (message->kind == TOC_WIRE_M_TAKEN) {
        toc_post_tell(post, false, "%s %s", TOC_SAY(post, TAKEN_AT),
                      toc_post_clock(post, message->as.taken.at));
    } else if (message->kind == TOC_WIRE_M_NOT_TAKEN) {
        const toc_wire_not_taken *refusal = &message->as.not_taken;
        toc_post_tell(post, true, "%s: %s", TOC_SAY(post, NOT_TAKEN),
                      refusal->text[0] != '\0'
                          ? refusal->text
                          : toc_wire_reason_text(refusal->reason, post->language));
    } else if (message->kind == TOC_WIRE_M_EVENT && strcmp(message->as.event.kind, "drill") == 0 &&
               strcmp(message->as.event.verb, "stopped") == 0) {
        bureau->is_stopped = true;
        (void)g_strlcpy(bureau->stopped_why, message->as.event.text, sizeof bureau->stopped_why);
    }
}

void toc_bureau_tell(void *object, const toc_client_news *news) {
    toc_bureau *bureau = object;
    toc_post *post = &bureau->post;
    post->told++;
    bureau->is_stale = true;
    switch (news->kind) {
    case TOC_CLIENT_WELCOMED:
        welcome(bureau, &news->message->as.welcome);
        break;
    case TOC_CLIENT_LOST:
        (void)g_strlcpy(post->lost, news->text, sizeof post->lost);
        break;
    case TOC_CLIENT_ENDED:
        bureau->end = news->reason;
        (void)g_strlcpy(post->lost, news->text, sizeof post->lost);
        toc_post_tell(post, true, "%s", news->text);
        break;
    case TOC_CLIENT_PAPER:
        save(bureau, news->paper);
        break;
    case TOC_CLIENT_TOLD:
        hear(bureau, news->message);
        break;
    }
}

void toc_bureau_tell_aside(void *object, const toc_client_news *news) {
    toc_bureau *bureau = object;
    bool answers = news->kind == TOC_CLIENT_TOLD && (news->message->kind == TOC_WIRE_M_TAKEN ||
                                                     news->message->kind == TOC_WIRE_M_NOT_TAKEN);
    if (answers) {
        bureau->is_stale = true;
        hear(bureau, news->message);
    }
}

/* -- The bar ------------------------------------------------------------------------------------
 */

static void strip(toc_bureau *bureau, const toc_wire_welcome *told) {
    toc_post *post = &bureau->post;
    bool is_marked = told != NULL && strcmp(told->classification, "EXERCISE") != 0;
    toc_element *strip = toc_screen_add(post->screen, TOC_TRAIT_TEXT, "strip");
    strip->label = toc_screen_text(post->screen, "%s%s%s", TOC_SAY(post, EXERCISE),
                                   is_marked ? " · " : "", is_marked ? told->classification : "");
    strip->ink = TOC_TINT_STRIP_INK;
    strip->ground = TOC_TINT_STRIP;
    strip->size = 11;
    strip->bold = true;
    strip->is_centred = true;
    strip->may_clip = true;
    strip->box = (toc_box){.height = 18};
}

static const char *pace_of(const toc_post *post, const toc_wire_clock *clock) {
    if (clock->over) {
        return TOC_SAY(post, ENDED);
    }
    if (clock->paused) {
        return TOC_SAY(post, PAUSED);
    }
    if (strcmp(clock->pace, "talk") == 0) {
        return toc_screen_text(post->screen, "%s %d/%d", TOC_SAY(post, TALKING), (int)clock->ready,
                               (int)clock->people);
    }
    const char *word =
        strcmp(clock->pace, "script") == 0 ? TOC_SAY(post, SCRIPTED) : TOC_SAY(post, RUNNING);
    return toc_screen_text(post->screen, "%s ×%g", word, (double)clock->speed / 1000.0);
}

static void bar_button(toc_post *post, const char *id, const char *label, const char *command,
                       const char *key) {
    toc_element *button = toc_widget_button(post->screen, id, label, command, "");
    button->shortcut = key;
    button->size = 12;
}

static void pace_buttons(toc_post *post, const toc_wire_clock *clock) {
    bool is_talk = strcmp(clock->pace, "talk") == 0;
    if (is_talk && !clock->over && toc_post_find_verb(post, "ready") != NULL) {
        bar_button(post, "bar.ready", TOC_SAY(post, READY), "ready", "G");
    }
    if (post->control == NULL || clock->over) {
        return;
    }
    bar_button(post, "bar.pause", clock->paused ? TOC_SAY(post, GO_ON) : TOC_SAY(post, PAUSE),
               "pause", "");
    if (is_talk) { /* it has no clock to be slower or faster */
        return;
    }
    toc_element *speed = toc_widget_button(
        post->screen, "bar.speed",
        toc_screen_text(post->screen, "×%g", (double)clock->speed / 1000.0), "speed", "");
    speed->size = 12;
    speed->tip = TOC_SAY(post, SPEED);
}

static void bar(toc_bureau *bureau, const toc_wire_welcome *told) {
    toc_post *post = &bureau->post;
    toc_screen *screen = post->screen;
    bool is_narrow = toc_screen_logical_width(screen) < 860;
    const toc_wire_clock *clock =
        told == NULL ? NULL : toc_mirror_clock(toc_client_mirror(post->client));
    toc_element *row = toc_widget_row(screen, 8);
    row->box.height = 34;
    row->is_panel = true; /* the clock paints the bar, and nothing else */
    row->box.pad = 5;
    row->ground = TOC_TINT_PANEL;
    toc_element *title =
        toc_widget_cell(screen, told == NULL ? "Tocsin 警钟" : told->title, -2, TOC_TINT_TEXT);
    title->bold = true;
    title->trait = TOC_TRAIT_HEADING;
    if (told != NULL && !is_narrow) {
        (void)toc_widget_cell(screen, told->seat, -1, TOC_TINT_TEXT2);
    }
    if (clock != NULL && clock->now != TOC_NEVER) {
        toc_element *time =
            toc_widget_text(screen, toc_post_clock(post, clock->now), TOC_TINT_TEXT, false);
        time->bold = true;
        time->size = is_narrow ? 13 : 16;
        (void)toc_widget_text(screen, pace_of(post, clock), TOC_TINT_TEXT2, true);
        pace_buttons(post, clock);
    }
    bar_button(post, "bar.search", TOC_SAY(post, SEARCH), "palette", "Ctrl+K");
    if (!is_narrow) {
        bar_button(post, "bar.theme",
                   bureau->theme == toc_theme_dark() ? TOC_SAY(post, LIGHT) : TOC_SAY(post, DARK),
                   "theme", "Ctrl+D");
        bar_button(post, "bar.language", TOC_SAY(post, LANGUAGE), "language", "Ctrl+L");
        bar_button(post, "bar.help", TOC_SAY(post, HELP), "help", "F1");
    }
    if (post->client == NULL) {
        toc_screen_close(screen);
        return;
    }
    bar_button(post, "bar.stop", TOC_SAY(post, STOP), "stop", "F10");
    toc_screen_close(screen);
}

static void foot(toc_bureau *bureau) {
    toc_post *post = &bureau->post;
    bool has_lost = post->lost[0] != '\0';
    toc_element *row = toc_widget_row(post->screen, 8);
    row->box.height = 22;
    row->is_panel = true;
    row->box.pad = 3;
    row->ground = TOC_TINT_PANEL;
    toc_element *said = toc_widget_cell(post->screen, post->said, -3, TOC_TINT_TEXT);
    said->id = "said";
    said->mark = post->said_is_bad ? TOC_MARK_P2 : TOC_MARK_NONE;
    said->state = post->said_is_bad ? "refused" : "well";
    said->tip = said->label;
    toc_element *link = toc_widget_cell(post->screen,
                                        post->client == NULL ? ""
                                        : has_lost           ? TOC_SAY(post, LINK_LOST)
                                                             : TOC_SAY(post, LINK_OK),
                                        -2, TOC_TINT_TEXT2);
    link->id = "link";
    link->mark = has_lost ? TOC_MARK_P1 : TOC_MARK_NONE;
    link->state = post->client == NULL ? "none" : has_lost ? "lost" : "live";
    link->tip = toc_screen_text(post->screen, "%s", post->lost);
    link->is_right = true;
    if (post->client != NULL) {
        const char *head = toc_mirror_head(toc_client_mirror(post->client));
        toc_element *hash = toc_widget_cell(
            post->screen, toc_screen_text(post->screen, "%s %.12s", TOC_SAY(post, RECORD), head),
            150, TOC_TINT_TEXT3);
        hash->size = 11;
        hash->is_right = true;
    }
    toc_screen_close(post->screen);
}

/* -- Over everything ----------------------------------------------------------------------------
 */

static void stop_dialog(toc_bureau *bureau) {
    toc_post *post = &bureau->post;
    (void)toc_widget_dialog(post->screen, "stop", TOC_SAY(post, STOP), 460);
    (void)toc_widget_paragraph(post->screen, TOC_SAY(post, STOP_ASK), TOC_TINT_TEXT);
    (void)toc_widget_field(post->screen, "stop.word", "", "stop.do");
    (void)toc_widget_wrap(post->screen, 8);
    toc_element *go =
        toc_widget_button(post->screen, "stop.do", TOC_SAY(post, STOP_NOW), "stop.do", "");
    go->bold = true;
    go->edge = TOC_TINT_CRITICAL;
    go->is_off = toc_editing_text(post->screen, "stop.word")[0] == '\0';
    (void)toc_widget_button(post->screen, "stop.cancel", TOC_SAY(post, CANCEL), "cancel", "");
    toc_screen_close(post->screen);
    toc_screen_close(post->screen);
}

/* Nobody can go on without having seen it. */
static void stopped(toc_bureau *bureau) {
    toc_post *post = &bureau->post;
    toc_element *dialog = toc_widget_dialog(post->screen, "stopped", "", 4000);
    dialog->box.height = toc_screen_logical_height(post->screen);
    dialog->box.width = toc_screen_logical_width(post->screen);
    dialog->ground = TOC_TINT_CRITICAL;
    toc_widget_spring(post->screen);
    toc_element *words =
        toc_widget_paragraph(post->screen, TOC_SAY(post, STOPPED), TOC_TINT_CRITICAL_INK);
    words->size = 26;
    words->bold = true;
    toc_element *why =
        toc_widget_paragraph(post->screen, bureau->stopped_why, TOC_TINT_CRITICAL_INK);
    why->size = 18;
    (void)toc_widget_button(post->screen, "stopped.seen", TOC_SAY(post, STOP_SEEN), "stop.seen",
                            "");
    toc_widget_spring(post->screen);
    toc_screen_close(post->screen);
}

static void over(toc_bureau *bureau) {
    if (bureau->is_stopped) {
        stopped(bureau);
    } else if (bureau->asks_stop) {
        stop_dialog(bureau);
    } else if (bureau->shows_help) {
        toc_help_sheet_compose(&bureau->post, bureau->desk);
    } else {
        toc_palette_compose(bureau->palette, &bureau->post, bureau->desk);
    }
}

void toc_bureau_compose(toc_bureau *bureau, int width, int height) {
    toc_post *post = &bureau->post;
    const toc_wire_welcome *told =
        post->client == NULL ? NULL : toc_mirror_welcome(toc_client_mirror(post->client));
    toc_screen_look look = {.width = width,
                            .height = height,
                            .scale = bureau->scale,
                            .theme = bureau->theme,
                            .language = bureau->language};
    toc_screen_begin(post->screen, &look);
    strip(bureau, told);
    bar(bureau, told);
    toc_element *middle = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "desk");
    middle->box = (toc_box){.width = -1, .height = -1, .pad = 4};
    if (bureau->station.object != NULL && (told != NULL || post->client == NULL)) {
        bureau->station.compose(bureau->station.object, post);
    } else {
        (void)toc_widget_paragraph(post->screen,
                                   post->lost[0] != '\0' ? post->lost : TOC_SAY(post, CONNECTING),
                                   TOC_TINT_TEXT);
    }
    toc_screen_close(post->screen);
    foot(bureau);
    over(bureau);
    toc_screen_end(post->screen);
    bureau->is_stale = false;
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void set_scale(toc_bureau *bureau, const char *way) {
    double to = bureau->scale + (strcmp(way, "up") == 0 ? 0.25 : -0.25);
    bureau->scale = CLAMP(to, 1, 2);
}

static void stop(toc_bureau *bureau) {
    const char *word = toc_editing_text(bureau->post.screen, "stop.word");
    if (word[0] != '\0' && bureau->post.client != NULL) {
        (void)toc_client_stop(bureau->post.client, word);
        bureau->asks_stop = false;
    }
}

/* Closes what is on top. */
static bool cancel(toc_bureau *bureau) {
    bool was_open = bureau->asks_stop || bureau->shows_help || toc_palette_is_open(bureau->palette);
    bureau->asks_stop = bureau->shows_help = false;
    toc_palette_close(bureau->palette);
    return was_open;
}

/* 1, 4, 20 and 60 times, round and round. */
static int64_t next_speed(int64_t speed) {
    static const int64_t speeds[] = {1000, 4000, 20000, 60000};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        if (speed < speeds[i]) {
            return speeds[i];
        }
    }
    return speeds[0];
}

static bool obey_pace(toc_bureau *bureau, const char *verb) {
    toc_post *post = &bureau->post;
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    toc_wire_command *command = &blank.as.command;
    if (post->control == NULL || post->client == NULL) {
        return false;
    }
    const toc_wire_clock *clock = toc_mirror_clock(toc_client_mirror(post->client));
    if (strcmp(verb, "pause") == 0) {
        command->command = clock->paused ? "resume" : "pause";
    } else if (strcmp(verb, "step") == 0) {
        command->command = "step";
    } else if (strcmp(verb, "speed") == 0) {
        command->command = "speed";
        command->speed = next_speed(clock->speed);
    } else {
        return false;
    }
    toc_post_command(post, *command);
    return true;
}

/* Of a tabletop: this seat has talked it through. */
static bool obey_ready(toc_bureau *bureau, const char *verb) {
    if (strcmp(verb, "ready") != 0 || bureau->post.client == NULL ||
        toc_post_find_verb(&bureau->post, "ready") == NULL) {
        return false;
    }
    toc_post_act(&bureau->post, "ready", "", NULL, NULL);
    return true;
}

static bool obey_own(toc_bureau *bureau, const toc_screen_deed *deed) {
    const char *command = deed->command;
    if (strcmp(command, "theme") == 0) {
        bureau->theme = bureau->theme == toc_theme_dark() ? toc_theme_light() : toc_theme_dark();
    } else if (strcmp(command, "language") == 0) {
        bool is_chinese = strcmp(bureau->language, "zh") == 0;
        (void)g_strlcpy(bureau->language, is_chinese ? "en" : "zh", sizeof bureau->language);
    } else if (strcmp(command, "scale") == 0) {
        set_scale(bureau, deed->argument);
    } else if (strcmp(command, "help") == 0) {
        bureau->shows_help = true;
    } else if (strcmp(command, "palette") == 0) {
        toc_palette_open(bureau->palette, &bureau->post);
    } else if (strcmp(command, "stop") == 0) {
        bureau->asks_stop = true;
        toc_editing_set(bureau->post.screen, "stop.word", "");
        toc_screen_set_focus(bureau->post.screen, "stop.word");
    } else if (strcmp(command, "stop.do") == 0) {
        stop(bureau);
    } else if (strcmp(command, "stop.seen") == 0) {
        bureau->is_stopped = false;
    } else if (strcmp(command, "leave") == 0) {
        bureau->has_left = true;
    } else if (strcmp(command, "focus") == 0) {
        toc_screen_step_focus(bureau->post.screen, 1);
    } else {
        return false;
    }
    return true;
}

static void obey(toc_bureau *bureau, const toc_screen_deed *deed) {
    toc_screen_deed meant = *deed;
    bureau->is_stale = true;
    if (toc_palette_obey(bureau->palette, &bureau->post, bureau->desk, deed, &meant)) {
        if (meant.command == NULL) {
            return;
        }
    }
    if (strcmp(meant.command, "cancel") == 0 && cancel(bureau)) {
        return;
    }
    if (!obey_own(bureau, &meant) && !obey_pace(bureau, meant.command) &&
        !obey_ready(bureau, meant.command) && bureau->station.object != NULL) {
        (void)bureau->station.obey(bureau->station.object, &bureau->post, &meant);
    }
}

static void handled(toc_bureau *bureau, toc_handling handling, const toc_screen_deed *deed) {
    bureau->is_stale = bureau->is_stale || handling != TOC_HANDLING_IGNORED;
    if (handling == TOC_HANDLING_DEED) {
        obey(bureau, deed);
    }
}

/* Letters alone are no shortcuts while something is typed. */
static bool is_typing(const toc_bureau *bureau) {
    const toc_element *element =
        toc_screen_find(bureau->post.screen, toc_screen_focus(bureau->post.screen));
    return element != NULL && element->trait == TOC_TRAIT_FIELD;
}

static bool has_dialog(const toc_bureau *bureau) {
    uint32_t begin = 0, end = 0;
    toc_screen_reach(bureau->post.screen, &begin, &end);
    return begin > 0;
}

bool toc_bureau_key(toc_bureau *bureau, const char *key) {
    toc_screen_deed deed;
    toc_handling handling = toc_handling_key(bureau->post.screen, key, &deed);
    handled(bureau, handling, &deed);
    if (handling != TOC_HANDLING_IGNORED) {
        return true;
    }
    bool is_plain = strlen(key) == 1 || strcmp(key, "Space") == 0;
    const toc_binding *binding = toc_binding_of_key(key, bureau->desk);
    bool closes = binding != NULL && strcmp(binding->command, "cancel") == 0;
    if (binding == NULL || (is_plain && is_typing(bureau)) || (has_dialog(bureau) && !closes)) {
        return false;
    }
    obey(bureau,
         &(toc_screen_deed){
             .command = binding->command, .argument = binding->argument, .id = "", .value = ""});
    return true;
}

void toc_bureau_text(toc_bureau *bureau, const char *text) {
    handled(bureau, toc_handling_text(bureau->post.screen, text), NULL);
}

void toc_bureau_preedit(toc_bureau *bureau, const char *text) {
    handled(bureau, toc_handling_preedit(bureau->post.screen, text), NULL);
}

void toc_bureau_press(toc_bureau *bureau, int x, int y) {
    toc_screen_deed deed;
    handled(bureau, toc_handling_press(bureau->post.screen, x, y, &deed), &deed);
}

void toc_bureau_drag(toc_bureau *bureau, int x, int y) {
    toc_screen_deed deed;
    handled(bureau, toc_handling_drag(bureau->post.screen, x, y, &deed), &deed);
}

void toc_bureau_release(toc_bureau *bureau, int x, int y) {
    toc_screen_deed deed;
    handled(bureau, toc_handling_release(bureau->post.screen, x, y, &deed), &deed);
}

void toc_bureau_wheel(toc_bureau *bureau, int x, int y, int by) {
    toc_screen_deed deed;
    handled(bureau, toc_handling_wheel(bureau->post.screen, x, y, by, &deed), &deed);
}

bool toc_bureau_click(toc_bureau *bureau, const char *id) {
    toc_screen_deed deed;
    toc_handling handling = toc_handling_activate(bureau->post.screen, id, &deed);
    handled(bureau, handling, &deed);
    return handling != TOC_HANDLING_IGNORED;
}
