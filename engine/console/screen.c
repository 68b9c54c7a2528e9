#include "console/screen.h"

#include <string.h>

#include "console/arrangement.h"
#include "console/screen_state.h"

enum { KEPT_PICTURES = 600 }; /* after which what is not there is forgotten */

static void free_memory(gpointer object) {
    toc_screen_memory *memory = object;
    if (memory->text != NULL) {
        (void)g_string_free(memory->text, TRUE);
    }
    g_ptr_array_unref(memory->done);
    g_ptr_array_unref(memory->undone);
    g_free(memory);
}

toc_screen *toc_screen_create(void) {
    toc_screen *screen = g_new0(toc_screen, 1);
    screen->elements = g_ptr_array_new_with_free_func(g_free);
    screen->texts[0] = g_string_chunk_new(4096);
    screen->texts[1] = g_string_chunk_new(4096);
    screen->memories = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_memory);
    screen->typeset = toc_typeset_create();
    screen->focus = g_string_new("");
    screen->focused = g_string_new("");
    screen->pressed = g_string_new("");
    screen->preedit = g_string_new("");
    screen->painted = g_array_new(FALSE, FALSE, sizeof(struct painted));
    screen->dirty = g_array_new(FALSE, FALSE, sizeof(toc_rect));
    return screen;
}

void toc_screen_destroy(toc_screen *screen) {
    if (screen == NULL) {
        return;
    }
    g_ptr_array_unref(screen->elements);
    g_string_chunk_free(screen->texts[0]);
    g_string_chunk_free(screen->texts[1]);
    g_hash_table_destroy(screen->memories);
    toc_typeset_destroy(screen->typeset);
    (void)g_string_free(screen->focus, TRUE);
    (void)g_string_free(screen->focused, TRUE);
    (void)g_string_free(screen->pressed, TRUE);
    (void)g_string_free(screen->preedit, TRUE);
    (void)g_array_free(screen->painted, TRUE);
    (void)g_array_free(screen->dirty, TRUE);
    g_free(screen);
}

/* -- Putting together ---------------------------------------------------------------------------
 */

toc_element *toc_screen_element(const toc_screen *screen, uint32_t index) {
    g_assert(index < screen->count);
    return g_ptr_array_index(screen->elements, index);
}

static toc_element *add(toc_screen *screen, toc_trait trait, const char *id) {
    uint32_t index = screen->count++;
    if (index == screen->elements->len) {
        g_ptr_array_add(screen->elements, g_new0(toc_element, 1));
    }
    toc_element *element = g_ptr_array_index(screen->elements, index);
    *element = (toc_element){.id = id == NULL ? "" : g_string_chunk_insert(screen->texts[0], id),
                             .trait = trait,
                             .label = "",
                             .value = "",
                             .state = "",
                             .tip = "",
                             .argument = "",
                             .shortcut = "",
                             .preedit = "",
                             .parent = TOC_ELEMENT_NONE,
                             .index = index,
                             .first = TOC_ELEMENT_NONE,
                             .next = TOC_ELEMENT_NONE,
                             .end = index + 1,
                             .size = 13,
                             .ink = TOC_TINT_TEXT,
                             .caret = -1,
                             .anchor = -1};
    if (screen->depth > 0) {
        toc_element *parent = toc_screen_element(screen, screen->open[screen->depth - 1]);
        element->parent = parent->index;
        if (parent->first == TOC_ELEMENT_NONE) {
            parent->first = index;
        } else {
            uint32_t last = parent->first;
            while (toc_screen_element(screen, last)->next != TOC_ELEMENT_NONE) {
                last = toc_screen_element(screen, last)->next;
            }
            toc_screen_element(screen, last)->next = index;
        }
    }
    return element;
}

void toc_screen_begin(toc_screen *screen, const toc_screen_look *look) {
    GStringChunk *before = screen->texts[0];
    screen->texts[0] = screen->texts[1];
    screen->texts[1] = before;
    g_string_chunk_clear(screen->texts[0]);
    screen->look = *look;
    screen->count = screen->depth = 0;
    screen->work.pictures++;
    toc_element *root = toc_screen_open(screen, TOC_TRAIT_WINDOW, "window");
    root->is_panel = true;
    root->ground = TOC_TINT_WINDOW;
    root->box = (toc_box){.width = look->width / look->scale, .height = look->height / look->scale};
}

toc_element *toc_screen_open(toc_screen *screen, toc_trait trait, const char *id) {
    toc_element *element = add(screen, trait, id);
    g_assert(screen->depth < TOC_SCREEN_DEPTH);
    screen->open[screen->depth++] = element->index;
    return element;
}

void toc_screen_close(toc_screen *screen) {
    g_assert(screen->depth > 0);
    toc_screen_element(screen, screen->open[--screen->depth])->end = screen->count;
}

toc_element *toc_screen_add(toc_screen *screen, toc_trait trait, const char *id) {
    return add(screen, trait, id);
}

const char *toc_screen_text(toc_screen *screen, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *made = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const char *kept = g_string_chunk_insert(screen->texts[0], made);
    g_free(made);
    return kept;
}

static gboolean is_forgotten(gpointer key, gpointer value, gpointer object) {
    const toc_screen *screen = object;
    (void)key;
    return ((toc_screen_memory *)value)->seen + KEPT_PICTURES < screen->work.pictures;
}

static bool can_focus(const toc_element *element) {
    return element->takes_focus && !element->is_off;
}

/* Where it was in the picture before, then within the desk, then anywhere. */
static int rank_of_focus(const toc_screen *screen, const toc_element *element) {
    if (strcmp(element->id, screen->focused->str) == 0) {
        return 3;
    }
    for (uint32_t i = element->parent; i != TOC_ELEMENT_NONE;
         i = toc_screen_element(screen, i)->parent) {
        if (strcmp(toc_screen_element(screen, i)->id, "desk") == 0) {
            return 2;
        }
    }
    return 1;
}

/* It stays where it was; where that is gone or cannot be had, it goes to the best that can. */
static void settle_focus(toc_screen *screen) {
    uint32_t begin = 0, end = 0, first = TOC_ELEMENT_NONE;
    int best = 0;
    toc_screen_reach(screen, &begin, &end);
    for (uint32_t i = begin; i < end; i++) {
        toc_element *element = toc_screen_element(screen, i);
        if (can_focus(element) && strcmp(element->id, screen->focus->str) == 0) {
            element->is_focused = true;
            (void)g_string_assign(screen->focused, element->id);
            return;
        }
        if (!can_focus(element)) {
            continue;
        }
        int rank = rank_of_focus(screen, element);
        if (rank > best) {
            best = rank;
            first = i;
        }
    }
    if (first != TOC_ELEMENT_NONE) {
        toc_element *element = toc_screen_element(screen, first);
        element->is_focused = true;
        (void)g_string_assign(screen->focus, element->id);
    }
}

void toc_screen_end(toc_screen *screen) {
    toc_screen_close(screen);
    g_assert(screen->depth == 0);
    for (uint32_t i = 0; i < screen->count;
         i++) { /* what is off lies flat, and can still be read */
        toc_element *element = toc_screen_element(screen, i);
        bool lies_flat = element->is_off && element->ground == TOC_TINT_RAISED;
        element->ground = lies_flat ? TOC_TINT_PANEL : element->ground;
    }
    settle_focus(screen);
    toc_arrangement_lay(screen);
    if (screen->work.pictures % KEPT_PICTURES == 0) {
        (void)g_hash_table_foreach_remove(screen->memories, is_forgotten, screen);
    }
    toc_typeset_age(screen->typeset);
}

bool toc_screen_is_settled(const toc_screen *screen) {
    return !screen->is_unsettled;
}

const toc_screen_look *toc_screen_look_of(const toc_screen *screen) {
    return &screen->look;
}

bool toc_screen_is_chinese(const toc_screen *screen) {
    return strcmp(screen->look.language, "zh") == 0;
}

double toc_screen_logical_width(const toc_screen *screen) {
    return screen->look.width / screen->look.scale;
}

double toc_screen_logical_height(const toc_screen *screen) {
    return screen->look.height / screen->look.scale;
}

toc_screen_memory *toc_screen_memory_of(toc_screen *screen, const char *id) {
    toc_screen_memory *memory = g_hash_table_lookup(screen->memories, id);
    if (memory == NULL) {
        memory = g_new0(toc_screen_memory, 1);
        memory->done = g_ptr_array_new_with_free_func(g_free);
        memory->undone = g_ptr_array_new_with_free_func(g_free);
        (void)g_hash_table_insert(screen->memories, g_strdup(id), memory);
    }
    memory->seen = screen->work.pictures;
    return memory;
}

/* -- What is on it ------------------------------------------------------------------------------
 */

uint32_t toc_screen_count(const toc_screen *screen) {
    return screen->count;
}

const toc_element *toc_screen_at(const toc_screen *screen, uint32_t index) {
    return toc_screen_element(screen, index);
}

const toc_element *toc_screen_find(const toc_screen *screen, const char *id) {
    for (uint32_t i = 0; i < screen->count; i++) {
        const toc_element *element = toc_screen_element(screen, i);
        if (strcmp(element->id, id) == 0) {
            return element;
        }
    }
    return NULL;
}

void toc_screen_reach(const toc_screen *screen, uint32_t *out_begin, uint32_t *out_end) {
    *out_begin = 0;
    *out_end = screen->count;
    for (uint32_t i = 0; i < screen->count; i++) {
        const toc_element *element = toc_screen_element(screen, i);
        if (element->is_over &&
            (element->trait == TOC_TRAIT_DIALOG || element->trait == TOC_TRAIT_MENU)) {
            *out_begin = i;
            *out_end = element->end;
        }
    }
}

const toc_element *toc_screen_hit(const toc_screen *screen, int x, int y) {
    uint32_t begin = 0, end = 0;
    toc_screen_reach(screen, &begin, &end);
    for (uint32_t i = end; i > begin; i--) {
        const toc_element *element = toc_screen_element(screen, i - 1);
        bool acts = (element->command != NULL || element->takes_focus) && !element->is_off;
        if (acts && toc_element_holds(&element->shown, x, y)) {
            return element;
        }
    }
    return NULL;
}

void toc_screen_dump(const toc_screen *screen, toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < screen->count; i++) {
        const toc_element *element = toc_screen_element(screen, i);
        bool has_parent = element->parent != TOC_ELEMENT_NONE;
        if (element->id[0] != '\0' || element->label[0] != '\0') {
            toc_element_dump(
                element, has_parent ? toc_screen_element(screen, element->parent)->id : "", buffer);
        }
    }
}

const char *toc_screen_focus(const toc_screen *screen) {
    return screen->focus->str;
}

void toc_screen_set_focus(toc_screen *screen, const char *id) {
    (void)g_string_assign(screen->focus, id);
    (void)g_string_assign(screen->preedit, "");
    screen->follows_focus = true;
}

void toc_screen_reset_focus(toc_screen *screen) {
    (void)g_string_assign(screen->focus, "");
    (void)g_string_assign(screen->focused, "");
}

void toc_screen_step_focus(toc_screen *screen, int by) {
    uint32_t begin = 0, end = 0;
    toc_screen_reach(screen, &begin, &end);
    GPtrArray *order = g_ptr_array_new();
    guint at = 0;
    for (uint32_t i = begin; i < end; i++) {
        const toc_element *element = toc_screen_element(screen, i);
        if (can_focus(element) && element->id[0] != '\0') {
            at = strcmp(element->id, screen->focus->str) == 0 ? order->len : at;
            g_ptr_array_add(order, (gpointer)element->id);
        }
    }
    if (order->len > 0) {
        guint to = (at + order->len + (guint)(by + (int)order->len)) % order->len;
        toc_screen_set_focus(screen, g_ptr_array_index(order, to));
    }
    (void)g_ptr_array_free(order, TRUE);
}

void toc_screen_set_clipboard(toc_screen *screen, toc_screen_clipboard clipboard) {
    screen->clipboard = clipboard;
}

toc_screen_work toc_screen_work_of(const toc_screen *screen) {
    toc_screen_work work = screen->work;
    work.shaped = toc_typeset_shaped(screen->typeset);
    return work;
}
