#include "console/editing.h"

#include <string.h>

#include "console/screen_state.h"

enum { MOST_UNDO = 100, LONGEST = 16000 };

static toc_screen_memory *memory_of(toc_screen *screen, const char *id) {
    toc_screen_memory *memory = toc_screen_memory_of(screen, id);
    if (memory->text == NULL) {
        memory->text = g_string_new("");
    }
    return memory;
}

const char *toc_editing_text(toc_screen *screen, const char *id) {
    return memory_of(screen, id)->text->str;
}

void toc_editing_set(toc_screen *screen, const char *id, const char *text) {
    toc_screen_memory *memory = memory_of(screen, id);
    (void)g_string_assign(memory->text, text);
    memory->caret = memory->anchor = (int)memory->text->len;
    (void)g_ptr_array_set_size(memory->done, 0);
    (void)g_ptr_array_set_size(memory->undone, 0);
}

/* What stands there now can be had again. */
static void remember(toc_screen_memory *memory) {
    g_ptr_array_add(memory->done, g_strdup(memory->text->str));
    (void)g_ptr_array_set_size(memory->undone, 0);
    if (memory->done->len > MOST_UNDO) {
        (void)g_ptr_array_remove_index(memory->done, 0);
    }
}

static void go_back(toc_screen_memory *memory, GPtrArray *from, GPtrArray *to) {
    if (from->len == 0) {
        return;
    }
    char *text = g_ptr_array_steal_index(from, from->len - 1);
    g_ptr_array_add(to, g_strdup(memory->text->str));
    (void)g_string_assign(memory->text, text);
    memory->caret = memory->anchor = (int)memory->text->len;
    g_free(text);
}

static void erase(toc_screen_memory *memory, int from, int to) {
    (void)g_string_erase(memory->text, from, to - from);
    memory->caret = memory->anchor = from;
}

static void erase_selected(toc_screen_memory *memory) {
    erase(memory, MIN(memory->caret, memory->anchor), MAX(memory->caret, memory->anchor));
}

void toc_editing_insert(toc_screen *screen, const char *id, const char *text) {
    toc_screen_memory *memory = memory_of(screen, id);
    if (!g_utf8_validate(text, -1, NULL) || memory->text->len + strlen(text) > LONGEST) {
        return;
    }
    remember(memory);
    erase_selected(memory);
    (void)g_string_insert(memory->text, memory->caret, text);
    memory->caret += (int)strlen(text);
    memory->anchor = memory->caret;
}

/* -- Where the caret goes -----------------------------------------------------------------------
 */

static int before(const toc_screen_memory *memory, int at) {
    const char *text = memory->text->str;
    return at == 0 ? 0 : (int)(g_utf8_prev_char(text + at) - text);
}

static int behind(const toc_screen_memory *memory, int at) {
    const char *text = memory->text->str;
    return text[at] == '\0' ? at : (int)(g_utf8_next_char(text + at) - text);
}

static bool is_letter(const toc_screen_memory *memory, int at) {
    return g_unichar_isalnum(g_utf8_get_char(memory->text->str + at));
}

static int word_before(const toc_screen_memory *memory, int at) {
    while (at > 0 && !is_letter(memory, before(memory, at))) {
        at = before(memory, at);
    }
    while (at > 0 && is_letter(memory, before(memory, at))) {
        at = before(memory, at);
    }
    return at;
}

static int word_behind(const toc_screen_memory *memory, int at) {
    int length = (int)memory->text->len;
    while (at < length && !is_letter(memory, at)) {
        at = behind(memory, at);
    }
    while (at < length && is_letter(memory, at)) {
        at = behind(memory, at);
    }
    return at;
}

static int line_begin(const toc_screen_memory *memory, int at) {
    while (at > 0 && memory->text->str[at - 1] != '\n') {
        at--;
    }
    return at;
}

static int line_end(const toc_screen_memory *memory, int at) {
    return at + (int)strcspn(memory->text->str + at, "\n");
}

/* The same number of letters into the line above or below. */
static int line_step(const toc_screen_memory *memory, int at, bool down) {
    int begin = line_begin(memory, at);
    long letters = g_utf8_strlen(memory->text->str + begin, at - begin);
    int end = line_end(memory, at);
    if ((!down && begin == 0) || (down && memory->text->str[end] == '\0')) {
        return at;
    }
    int to = down ? end + 1 : line_begin(memory, begin - 1), stop = line_end(memory, to);
    for (; letters > 0 && to < stop; letters--) {
        to = behind(memory, to);
    }
    return to;
}

/* Where the key takes the caret; -1 where it is no such key. */
static int target_of(const toc_screen_memory *memory, const char *key, bool is_multiline) {
    int at = memory->caret;
    if (strcmp(key, "Left") == 0) {
        return before(memory, at);
    }
    if (strcmp(key, "Right") == 0) {
        return behind(memory, at);
    }
    if (strcmp(key, "Ctrl+Left") == 0) {
        return word_before(memory, at);
    }
    if (strcmp(key, "Ctrl+Right") == 0) {
        return word_behind(memory, at);
    }
    if (strcmp(key, "Home") == 0) {
        return line_begin(memory, at);
    }
    if (strcmp(key, "End") == 0) {
        return line_end(memory, at);
    }
    if (is_multiline && (strcmp(key, "Up") == 0 || strcmp(key, "Down") == 0)) {
        return line_step(memory, at, key[0] == 'D');
    }
    return -1;
}

/* "Ctrl+Shift+Left" without its Shift. */
static bool strip_shift(const char *key, char *out, size_t size) {
    const char *shift = strstr(key, "Shift+");
    if (shift == NULL) {
        (void)g_strlcpy(out, key, size);
        return false;
    }
    (void)g_snprintf(out, (gulong)size, "%.*s%s", (int)(shift - key), key, shift + 6);
    return true;
}

/* -- The clipboard ------------------------------------------------------------------------------
 */

static void copy(toc_screen *screen, const toc_screen_memory *memory) {
    int from = MIN(memory->caret, memory->anchor), to = MAX(memory->caret, memory->anchor);
    if (to > from && screen->clipboard.copy != NULL) {
        char *text = g_strndup(memory->text->str + from, (gsize)(to - from));
        screen->clipboard.copy(screen->clipboard.object, text);
        g_free(text);
    }
}

static void paste(toc_screen *screen, const char *id, bool is_multiline) {
    char *text =
        screen->clipboard.paste == NULL ? NULL : screen->clipboard.paste(screen->clipboard.object);
    if (text != NULL) {
        if (!is_multiline) {
            (void)g_strdelimit(text, "\r\n\t", ' ');
        }
        toc_editing_insert(screen, id, text);
    }
    g_free(text);
}

static bool with_control(toc_screen *screen, const char *id, const char *key, bool is_multiline) {
    toc_screen_memory *memory = memory_of(screen, id);
    if (strcmp(key, "Ctrl+A") == 0) {
        memory->anchor = 0;
        memory->caret = (int)memory->text->len;
    } else if (strcmp(key, "Ctrl+C") == 0) {
        copy(screen, memory);
    } else if (strcmp(key, "Ctrl+X") == 0) {
        copy(screen, memory);
        remember(memory);
        erase_selected(memory);
    } else if (strcmp(key, "Ctrl+V") == 0) {
        paste(screen, id, is_multiline);
    } else if (strcmp(key, "Ctrl+Z") == 0) {
        go_back(memory, memory->done, memory->undone);
    } else if (strcmp(key, "Ctrl+Y") == 0 || strcmp(key, "Ctrl+Shift+Z") == 0) {
        go_back(memory, memory->undone, memory->done);
    } else {
        return false;
    }
    return true;
}

static bool rub_out(toc_screen_memory *memory, const char *key) {
    bool backs = g_str_has_suffix(key, "Backspace"), deletes = g_str_has_suffix(key, "Delete");
    bool words = g_str_has_prefix(key, "Ctrl+");
    int at = memory->caret;
    if (!backs && !deletes) {
        return false;
    }
    remember(memory);
    if (memory->anchor != at) {
        erase_selected(memory);
    } else if (backs) {
        erase(memory, words ? word_before(memory, at) : before(memory, at), at);
    } else {
        erase(memory, at, words ? word_behind(memory, at) : behind(memory, at));
    }
    return true;
}

bool toc_editing_key(toc_screen *screen, const char *id, const char *key, bool is_multiline) {
    char plain[48];
    toc_screen_memory *memory = memory_of(screen, id);
    memory->caret = MIN(memory->caret, (int)memory->text->len);
    memory->anchor = MIN(memory->anchor, (int)memory->text->len);
    if (with_control(screen, id, key, is_multiline) || rub_out(memory, key)) {
        return true;
    }
    bool selects = strip_shift(key, plain, sizeof plain);
    int to = target_of(memory, plain, is_multiline);
    if (to >= 0) {
        memory->caret = to;
        memory->anchor = selects ? memory->anchor : to;
        return true;
    }
    if (is_multiline && strcmp(key, "Return") == 0) {
        toc_editing_insert(screen, id, "\n");
        return true;
    }
    return false;
}
