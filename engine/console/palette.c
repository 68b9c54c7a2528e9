#include "console/palette.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "console/binding.h"
#include "console/editing.h"
#include "console/widget.h"

enum { MOST = 200 };

/* Something that can be done from here. */
struct find {
    const char *label, *more;
    const char *command, *argument;
};

struct toc_palette {
    bool is_open;
    GArray *finds; /* struct find, texts of the picture */
};

toc_palette *toc_palette_create(void) {
    toc_palette *palette = g_new0(toc_palette, 1);
    palette->finds = g_array_new(FALSE, FALSE, sizeof(struct find));
    return palette;
}

void toc_palette_destroy(toc_palette *palette) {
    (void)g_array_free(palette->finds, TRUE);
    g_free(palette);
}

void toc_palette_open(toc_palette *palette, toc_post *post) {
    palette->is_open = true;
    toc_editing_set(post->screen, "palette.text", "");
    toc_screen_set_focus(post->screen, "palette.text");
}

void toc_palette_close(toc_palette *palette) {
    palette->is_open = false;
}

bool toc_palette_is_open(const toc_palette *palette) {
    return palette->is_open;
}

/* All words of what is typed are in it, large or small. */
static bool fits(const char *label, const char *typed) {
    char *low = g_utf8_strdown(label, -1), *wanted = g_utf8_strdown(typed, -1);
    char **words = g_strsplit(wanted, " ", -1);
    bool does = true;
    for (char **word = words; *word != NULL; word++) {
        does = does && strstr(low, *word) != NULL;
    }
    g_strfreev(words);
    g_free(wanted);
    g_free(low);
    return does;
}

static void offer(toc_palette *palette, const char *typed, struct find find) {
    char *whole = g_strdup_printf("%s %s", find.label, find.argument);
    if (palette->finds->len < MOST && fits(whole, typed)) {
        (void)g_array_append_val(palette->finds, find);
    }
    g_free(whole);
}

static void gather(toc_palette *palette, toc_post *post, char desk) {
    const char *typed = toc_editing_text(post->screen, "palette.text");
    const toc_binding *binding = NULL;
    (void)g_array_set_size(palette->finds, 0);
    for (uint32_t i = 0; (binding = toc_binding_at(i, desk)) != NULL; i++) {
        bool is_plain = strcmp(binding->command, "palette") != 0 &&
                        strcmp(binding->command, "focus") != 0 &&
                        strcmp(binding->command, "cancel") != 0 &&
                        strcmp(binding->command, "action.number") != 0;
        if (is_plain) {
            offer(palette, typed,
                  (struct find){toc_lexicon_say(binding->what, post->language), binding->key,
                                binding->command, binding->argument});
        }
    }
    if (post->client == NULL) {
        return;
    }
    const toc_wire_catalogue *told = toc_post_catalogue(post);
    for (uint32_t i = 0; i < told->verbs.count; i++) {
        const toc_wire_verb *verb = &told->verbs.items[i];
        offer(palette, typed,
              (struct find){toc_post_verb(post, verb->id), "…", "action.ask", verb->id});
    }
    for (uint32_t i = 0; i < told->assets.count && typed[0] != '\0'; i++) {
        const toc_wire_own *own = &told->assets.items[i];
        offer(palette, typed,
              (struct find){own->name[0] == '\0' ? own->id : own->name, own->id, "asset.go",
                            own->id});
    }
}

static void fill(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const toc_palette *palette = object;
    const struct find *find = &g_array_index(palette->finds, struct find, number);
    row->command = "palette.take";
    row->argument = toc_screen_text(screen, "%u", number);
    (void)toc_widget_cell(screen, find->label, -3, TOC_TINT_TEXT);
    toc_element *more = toc_widget_cell(screen, find->more, -1, TOC_TINT_TEXT2);
    more->is_right = true;
    more->size = 12;
}

void toc_palette_compose(toc_palette *palette, toc_post *post, char desk) {
    if (!palette->is_open) {
        return;
    }
    gather(palette, post, desk);
    toc_element *dialog = toc_widget_dialog(post->screen, "palette", TOC_SAY(post, SEARCH), 520);
    dialog->trait = TOC_TRAIT_MENU;
    dialog->box.height = fmin(420, toc_screen_logical_height(post->screen) - 64);
    (void)toc_widget_field(post->screen, "palette.text", TOC_SAY(post, SEARCH_HINT),
                           "palette.take");
    (void)toc_widget_list(post->screen, &(toc_widget_rows){.id = "palette.list",
                                                           .label = TOC_SAY(post, SEARCH),
                                                           .count = palette->finds->len,
                                                           .height = 24,
                                                           .fill = fill,
                                                           .object = palette,
                                                           .empty = TOC_SAY(post, NOTHING_FOUND)});
    toc_screen_close(post->screen);
}

bool toc_palette_obey(toc_palette *palette, toc_post *post, char desk, const toc_screen_deed *deed,
                      toc_screen_deed *out_deed) {
    if (!palette->is_open || strcmp(deed->command, "palette.take") != 0) {
        return false;
    }
    gather(palette, post, desk);
    /* from the field it is the first that was found, from the list the one that was chosen */
    bool is_row = deed->argument[0] != '\0';
    guint number = is_row ? (guint)g_ascii_strtoull(deed->argument, NULL, 10) : 0;
    *out_deed = (toc_screen_deed){.command = NULL};
    if (number < palette->finds->len) {
        const struct find *find = &g_array_index(palette->finds, struct find, number);
        *out_deed = (toc_screen_deed){
            .command = find->command, .argument = find->argument, .id = "", .value = ""};
        palette->is_open = false;
    }
    return true;
}
