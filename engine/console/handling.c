#include "console/handling.h"

#include <math.h>
#include <string.h>

#include "console/editing.h"
#include "console/screen_state.h"

enum { WHEEL = 48 /* logical pixels a notch */ };

static toc_handling deed_of(toc_screen *screen, const toc_element *element, const char *value,
                            toc_screen_deed *out_deed) {
    if (element->command == NULL || element->is_off) {
        return TOC_HANDLING_IGNORED;
    }
    *out_deed = (toc_screen_deed){.command = toc_screen_text(screen, "%s", element->command),
                                  .argument = toc_screen_text(screen, "%s", element->argument),
                                  .id = toc_screen_text(screen, "%s", element->id),
                                  .value = toc_screen_text(screen, "%s", value)};
    return TOC_HANDLING_DEED;
}

/* Maps, charts and lanes are told what happens on them, and where. */
static bool is_canvas(const toc_element *element) {
    return element->trait == TOC_TRAIT_MAP || element->trait == TOC_TRAIT_CHART ||
           element->trait == TOC_TRAIT_LANES;
}

/* -- Lists --------------------------------------------------------------------------------------
 */

static const toc_element *chosen_row(const toc_screen *screen, const toc_element *list) {
    for (uint32_t i = list->index + 1; i < list->end; i++) {
        const toc_element *row = toc_screen_element(screen, i);
        if (row->trait == TOC_TRAIT_ROW && row->is_selected) {
            return row;
        }
    }
    return NULL;
}

static toc_handling move_in_list(toc_screen *screen, const toc_element *list, const char *key,
                                 toc_screen_deed *out_deed) {
    toc_screen_memory *memory = toc_screen_memory_of(screen, list->id);
    int page = memory->row_height > 0 ? (int)fmax(1, memory->room / memory->row_height - 1) : 10;
    int number = (int)memory->number, last = (int)memory->rows - 1;
    if (strcmp(key, "Down") == 0) {
        number++;
    } else if (strcmp(key, "Up") == 0) {
        number--;
    } else if (strcmp(key, "PageDown") == 0) {
        number += page;
    } else if (strcmp(key, "PageUp") == 0) {
        number -= page;
    } else if (strcmp(key, "Home") == 0) {
        number = 0;
    } else if (strcmp(key, "End") == 0) {
        number = last;
    } else if (strcmp(key, "Return") == 0 || strcmp(key, "Space") == 0) {
        const toc_element *row = chosen_row(screen, list);
        return row == NULL ? TOC_HANDLING_IGNORED : deed_of(screen, row, "open", out_deed);
    } else {
        return TOC_HANDLING_IGNORED;
    }
    memory->number = (uint32_t)CLAMP(number, 0, last < 0 ? 0 : last);
    memory->keeps_up = true;
    return TOC_HANDLING_CHANGED;
}

static toc_handling choose_row(toc_screen *screen, const toc_element *row,
                               toc_screen_deed *out_deed) {
    const toc_element *list = row;
    while (list->parent != TOC_ELEMENT_NONE && list->trait != TOC_TRAIT_LIST) {
        list = toc_screen_element(screen, list->parent);
    }
    if (list->trait == TOC_TRAIT_LIST) {
        toc_screen_memory_of(screen, list->id)->number = (uint32_t)row->part;
        toc_screen_set_focus(screen, list->id);
        screen->follows_focus = false;
    }
    toc_handling handling = deed_of(screen, row, "", out_deed);
    return handling == TOC_HANDLING_IGNORED ? TOC_HANDLING_CHANGED : handling;
}

/* -- Keys ---------------------------------------------------------------------------------------
 */

static toc_handling slide(toc_screen *screen, const toc_element *slider, const char *key,
                          toc_screen_deed *out_deed) {
    double part = slider->part;
    if (strcmp(key, "Left") == 0) {
        part -= 0.02;
    } else if (strcmp(key, "Right") == 0) {
        part += 0.02;
    } else if (strcmp(key, "Home") == 0) {
        part = 0;
    } else if (strcmp(key, "End") == 0) {
        part = 1;
    } else {
        return TOC_HANDLING_IGNORED;
    }
    return deed_of(screen, slider, toc_screen_text(screen, "%.6f", CLAMP(part, 0, 1)), out_deed);
}

static toc_handling key_on(toc_screen *screen, const toc_element *element, const char *key,
                           toc_screen_deed *out_deed) {
    bool activates = strcmp(key, "Return") == 0 || strcmp(key, "Space") == 0;
    if (element->trait == TOC_TRAIT_FIELD) {
        if (toc_editing_key(screen, element->id, key, element->is_multiline)) {
            return TOC_HANDLING_CHANGED;
        }
        bool sends = strcmp(key, element->is_multiline ? "Ctrl+Return" : "Return") == 0;
        return sends ? deed_of(screen, element, toc_editing_text(screen, element->id), out_deed)
                     : TOC_HANDLING_IGNORED;
    }
    if (element->trait == TOC_TRAIT_LIST) {
        return move_in_list(screen, element, key, out_deed);
    }
    if (element->trait == TOC_TRAIT_SLIDER) {
        return slide(screen, element, key, out_deed);
    }
    if (is_canvas(element)) {
        static const char *const keys[] = {"Left", "Right", "Up", "Down", "Return", "+", "-", "0"};
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            if (strcmp(keys[i], key) == 0) {
                return deed_of(screen, element, toc_screen_text(screen, "key %s", key), out_deed);
            }
        }
        return TOC_HANDLING_IGNORED;
    }
    return activates ? deed_of(screen, element, "", out_deed) : TOC_HANDLING_IGNORED;
}

toc_handling toc_handling_key(toc_screen *screen, const char *key, toc_screen_deed *out_deed) {
    const toc_element *element = toc_screen_find(screen, screen->focus->str);
    if (strcmp(key, "Tab") == 0 || strcmp(key, "Shift+Tab") == 0) {
        toc_screen_step_focus(screen, key[0] == 'S' ? -1 : 1);
        return TOC_HANDLING_CHANGED;
    }
    return element == NULL ? TOC_HANDLING_IGNORED : key_on(screen, element, key, out_deed);
}

static const toc_element *focused_field(const toc_screen *screen) {
    const toc_element *element = toc_screen_find(screen, screen->focus->str);
    return element != NULL && element->trait == TOC_TRAIT_FIELD && !element->is_off ? element
                                                                                    : NULL;
}

toc_handling toc_handling_text(toc_screen *screen, const char *text) {
    const toc_element *field = focused_field(screen);
    if (field == NULL) {
        return TOC_HANDLING_IGNORED;
    }
    (void)g_string_assign(screen->preedit, "");
    toc_editing_insert(screen, field->id, text);
    return TOC_HANDLING_CHANGED;
}

toc_handling toc_handling_preedit(toc_screen *screen, const char *text) {
    if (focused_field(screen) == NULL || !g_utf8_validate(text, -1, NULL)) {
        return TOC_HANDLING_IGNORED;
    }
    (void)g_string_assign(screen->preedit, text);
    return TOC_HANDLING_CHANGED;
}

/* -- The pointer --------------------------------------------------------------------------------
 */

static toc_handling on_canvas(toc_screen *screen, const toc_element *element, const char *what,
                              const int at[2], const int by[2], toc_screen_deed *out_deed) {
    return deed_of(screen, element,
                   toc_screen_text(screen, "%s %d %d %d %d", what, at[0] - element->rect.x,
                                   at[1] - element->rect.y, by[0], by[1]),
                   out_deed);
}

static toc_handling slide_to(toc_screen *screen, const toc_element *element, int x,
                             toc_screen_deed *out_deed) {
    double part = (double)(x - element->rect.x) / MAX(1, element->rect.w);
    return deed_of(screen, element, toc_screen_text(screen, "%.6f", CLAMP(part, 0, 1)), out_deed);
}

/* The caret goes to the letter that was pressed. */
static void put_caret(toc_screen *screen, const toc_element *field, int x, int y, bool extends) {
    toc_screen_memory *memory = toc_screen_memory_of(screen, field->id);
    int byte = 0, trailing = 0, pad = (int)(field->box.pad * screen->look.scale);
    toc_typeset_style style = {.size = field->size * screen->look.scale,
                               .bold = field->bold,
                               .most = field->is_multiline ? field->rect.w - 2 * pad : 0,
                               .wraps = field->is_multiline};
    const char *text = toc_editing_text(screen, field->id);
    PangoLayout *layout = toc_typeset_layout(screen->typeset, text, &style);
    int down = field->is_multiline ? y - field->rect.y - pad : 0;
    (void)pango_layout_xy_to_index(layout, (x - field->rect.x - pad) * PANGO_SCALE,
                                   down * PANGO_SCALE, &byte, &trailing);
    for (; trailing > 0 && text[byte] != '\0'; trailing--) {
        byte = (int)(g_utf8_next_char(text + byte) - text);
    }
    memory->caret = byte;
    memory->anchor = extends ? memory->anchor : byte;
}

toc_handling toc_handling_press(toc_screen *screen, int x, int y, toc_screen_deed *out_deed) {
    const toc_element *element = toc_screen_hit(screen, x, y);
    const int at[2] = {x, y}, none[2] = {0, 0};
    (void)g_string_assign(screen->pressed, element == NULL ? "" : element->id);
    screen->grip[0] = x;
    screen->grip[1] = y;
    if (element == NULL) {
        return TOC_HANDLING_IGNORED;
    }
    if (element->takes_focus) {
        toc_screen_set_focus(screen, element->id);
        screen->follows_focus = false;
    }
    if (element->trait == TOC_TRAIT_FIELD) {
        put_caret(screen, element, x, y, false);
    } else if (is_canvas(element)) {
        return on_canvas(screen, element, "press", at, none, out_deed);
    }
    return TOC_HANDLING_CHANGED;
}

toc_handling toc_handling_drag(toc_screen *screen, int x, int y, toc_screen_deed *out_deed) {
    const toc_element *element = toc_screen_find(screen, screen->pressed->str);
    const int at[2] = {x, y}, by[2] = {x - screen->grip[0], y - screen->grip[1]};
    if (element == NULL || screen->pressed->len == 0) {
        return TOC_HANDLING_IGNORED;
    }
    screen->grip[0] = x;
    screen->grip[1] = y;
    if (element->trait == TOC_TRAIT_FIELD) {
        put_caret(screen, element, x, y, true);
        return TOC_HANDLING_CHANGED;
    }
    return is_canvas(element) ? on_canvas(screen, element, "drag", at, by, out_deed)
                              : TOC_HANDLING_IGNORED;
}

toc_handling toc_handling_release(toc_screen *screen, int x, int y, toc_screen_deed *out_deed) {
    const toc_element *element = toc_screen_find(screen, screen->pressed->str);
    const int at[2] = {x, y}, none[2] = {0, 0};
    bool is_there = element != NULL && screen->pressed->len > 0;
    (void)g_string_assign(screen->pressed, "");
    if (!is_there) {
        return TOC_HANDLING_IGNORED;
    }
    if (is_canvas(element)) {
        return on_canvas(screen, element, "release", at, none, out_deed);
    }
    if (element->trait == TOC_TRAIT_SLIDER) { /* where it is let go counts, not the way there */
        return slide_to(screen, element, x, out_deed);
    }
    if (!toc_element_holds(&element->shown, x, y)) {
        return TOC_HANDLING_IGNORED; /* whoever moves away before letting go has thought again */
    }
    return toc_handling_activate(screen, element->id, out_deed);
}

toc_handling toc_handling_wheel(toc_screen *screen, int x, int y, int by,
                                toc_screen_deed *out_deed) {
    const int at[2] = {x, y}, notches[2] = {0, by};
    uint32_t begin = 0, end = 0;
    toc_screen_reach(screen, &begin, &end);
    for (uint32_t i = end; i > begin; i--) {
        const toc_element *element = toc_screen_element(screen, i - 1);
        if (!toc_element_holds(&element->shown, x, y)) {
            continue;
        }
        if (is_canvas(element) && element->command != NULL) {
            return on_canvas(screen, element, "wheel", at, notches, out_deed);
        }
        toc_screen_memory *memory =
            element->box.scrolls ? toc_screen_memory_of(screen, element->id) : NULL;
        if (memory != NULL && memory->content > memory->room) {
            double to = memory->scroll - by * WHEEL * screen->look.scale;
            memory->scroll = CLAMP(to, 0, memory->content - memory->room);
            return TOC_HANDLING_CHANGED;
        }
    }
    return TOC_HANDLING_IGNORED;
}

toc_handling toc_handling_activate(toc_screen *screen, const char *id, toc_screen_deed *out_deed) {
    const toc_element *element = toc_screen_find(screen, id);
    if (element == NULL || element->is_off) {
        return TOC_HANDLING_IGNORED;
    }
    if (element->trait == TOC_TRAIT_ROW) {
        return choose_row(screen, element, out_deed);
    }
    if (element->trait == TOC_TRAIT_FIELD || element->trait == TOC_TRAIT_LIST) {
        toc_screen_set_focus(screen, element->id);
        return TOC_HANDLING_CHANGED;
    }
    return deed_of(screen, element, "", out_deed);
}
