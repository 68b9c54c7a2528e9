#include "console/act_form.h"

#include <glib.h>
#include <string.h>

#include "console/editing.h"
#include "console/widget.h"
#include "wire/term.h"

enum { MOST_KEYS = 16, MOST_HINTS = 6 };

struct toc_act_form {
    char verb[65];
    bool is_open;
};

toc_act_form *toc_act_form_create(void) {
    return g_new0(toc_act_form, 1);
}

void toc_act_form_destroy(toc_act_form *form) {
    g_free(form);
}

static const char *field_of(const toc_post *post, const char *key) {
    return toc_screen_text(post->screen, "act.%s", key);
}

void toc_act_form_ask(toc_act_form *form, toc_post *post, const char *verb, const char *target,
                      const char *const *keys, const char *const *values) {
    const toc_wire_verb *found = toc_post_find_verb(post, verb);
    if (found == NULL) {
        return;
    }
    (void)g_strlcpy(form->verb, verb, sizeof form->verb);
    form->is_open = true;
    toc_editing_set(post->screen, "act.target", target);
    for (uint32_t i = 0; i < found->keys.count; i++) {
        toc_editing_set(post->screen, field_of(post, found->keys.items[i]), "");
    }
    for (size_t i = 0; keys != NULL && keys[i] != NULL; i++) {
        toc_editing_set(post->screen, field_of(post, keys[i]), values[i]);
    }
    bool has_target = found->target[0] == '\0' || target[0] != '\0';
    toc_screen_set_focus(post->screen, !has_target ? "act.target"
                                       : found->keys.count > 0
                                           ? field_of(post, found->keys.items[0])
                                           : "act.do");
}

bool toc_act_form_is_open(const toc_act_form *form) {
    return form->is_open;
}

/* -- What it looks like -------------------------------------------------------------------------
 */

static void say_cost(toc_post *post, const toc_wire_verb *verb) {
    const char *takes = verb->lasts == TOC_NEVER ? TOC_SAY(post, DEPENDS)
                        : verb->lasts == 0       ? TOC_SAY(post, AT_ONCE)
                                                 : toc_post_clock(post, verb->lasts);
    const char *line =
        toc_screen_text(post->screen, "%s%s%s%s%s", takes, verb->approval ? " · " : "",
                        verb->approval ? TOC_SAY(post, NEEDS_APPROVAL) : "",
                        verb->final ? " · " : "", verb->final ? TOC_SAY(post, FINAL) : "");
    toc_element *text = toc_widget_paragraph(post->screen, line, TOC_TINT_TEXT2);
    text->mark = verb->final ? TOC_MARK_P2 : TOC_MARK_NONE;
}

/* Whoever types the beginning of a target is offered what there is. */
static void offer_targets(toc_post *post, const toc_wire_verb *verb) {
    const char *typed = toc_editing_text(post->screen, "act.target");
    const toc_wire_catalogue *told = toc_post_catalogue(post);
    bool wants_seat = strcmp(verb->target, "seat") == 0 || strcmp(verb->target, "recipient") == 0;
    int shown = 0;
    (void)toc_widget_wrap(post->screen, 4);
    uint32_t count = wants_seat ? told->addressees.count : told->assets.count;
    for (uint32_t i = 0; i < count && shown < MOST_HINTS; i++) {
        const char *id = wants_seat ? told->addressees.items[i].id : told->assets.items[i].id;
        const char *name = wants_seat ? told->addressees.items[i].name : told->assets.items[i].name;
        bool is_whole = strcmp(id, typed) == 0;
        if (!is_whole && (strstr(id, typed) != NULL || strstr(name, typed) != NULL)) {
            toc_element *button = toc_widget_button(
                post->screen, toc_screen_text(post->screen, "act.target.%d", shown++),
                name[0] == '\0' ? id : name, "act.target", id);
            button->may_clip = true;
            button->ink = TOC_TINT_TEXT2;
        }
    }
    toc_screen_close(post->screen);
}

static void add_field(toc_post *post, const char *key) {
    bool is_long = strcmp(key, "text") == 0 || strcmp(key, "reason") == 0;
    const char *name = toc_term_say(TOC_TERM_KEY, key, post->language);
    toc_widget_text(post->screen, name, TOC_TINT_TEXT2, false)->size = 12;
    if (is_long) {
        (void)toc_widget_area(post->screen, field_of(post, key), "", 3, "act.do");
    } else {
        (void)toc_widget_field(post->screen, field_of(post, key), "", "act.do");
    }
}

static void add_fields(toc_post *post, const toc_wire_verb *verb) {
    toc_element *fields = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "act.fields");
    double room = toc_screen_logical_height(post->screen) - 210;
    double wanted = 60 + 50.0 * verb->keys.count + (verb->target[0] == '\0' ? 0 : 90);
    fields->box = (toc_box){.height = MAX(60, MIN(room, wanted)), .gap = 4, .scrolls = true};
    if (verb->target[0] != '\0') {
        toc_widget_text(post->screen, TOC_SAY(post, TARGET), TOC_TINT_TEXT2, false)->size = 12;
        (void)toc_widget_field(post->screen, "act.target", "", "act.do");
        offer_targets(post, verb);
    }
    for (uint32_t i = 0; i < verb->keys.count; i++) {
        add_field(post, verb->keys.items[i]);
    }
    toc_screen_close(post->screen);
}

void toc_act_form_compose(toc_act_form *form, toc_post *post) {
    const toc_wire_verb *verb = form->is_open ? toc_post_find_verb(post, form->verb) : NULL;
    if (verb == NULL) {
        return;
    }
    (void)toc_widget_dialog(post->screen, "act", toc_post_verb(post, verb->id), 460);
    (void)toc_widget_paragraph(post->screen, toc_term_help(verb->id, post->language, verb->help),
                               TOC_TINT_TEXT2);
    say_cost(post, verb);
    if (verb->keys.count > 0 || verb->target[0] != '\0') {
        add_fields(post, verb);
    }
    (void)toc_widget_wrap(post->screen, 8);
    toc_element *go = toc_widget_button(
        post->screen, "act.do", verb->final ? TOC_SAY(post, DO_FINAL) : TOC_SAY(post, DO_IT),
        "act.do", "");
    go->bold = true;
    go->edge = verb->final ? TOC_TINT_CRITICAL : TOC_TINT_TEXT2;
    go->shortcut = "Ctrl+Return";
    toc_widget_button(post->screen, "act.cancel", TOC_SAY(post, CANCEL), "cancel", "")->shortcut =
        "Escape";
    toc_screen_close(post->screen);
    toc_screen_close(post->screen);
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void go(toc_act_form *form, toc_post *post) {
    const toc_wire_verb *verb = toc_post_find_verb(post, form->verb);
    const char *keys[MOST_KEYS + 1] = {NULL}, *values[MOST_KEYS + 1] = {NULL};
    for (uint32_t i = 0; verb != NULL && i < verb->keys.count && i < MOST_KEYS; i++) {
        keys[i] = verb->keys.items[i];
        values[i] = toc_editing_text(post->screen, field_of(post, verb->keys.items[i]));
    }
    if (verb != NULL) {
        toc_post_act(post, verb->id, toc_editing_text(post->screen, "act.target"), keys, values);
    }
    form->is_open = false;
}

bool toc_act_form_obey(toc_act_form *form, toc_post *post, const toc_screen_deed *deed) {
    if (!form->is_open) {
        return false;
    }
    if (strcmp(deed->command, "act.do") == 0) {
        go(form, post);
    } else if (strcmp(deed->command, "act.target") == 0) {
        toc_editing_set(post->screen, "act.target", deed->argument);
        toc_screen_set_focus(post->screen, "act.target");
    } else if (strcmp(deed->command, "cancel") == 0) {
        form->is_open = false;
    } else {
        return false;
    }
    return true;
}
