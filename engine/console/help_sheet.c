#include "console/help_sheet.h"

#include <math.h>

#include "console/binding.h"
#include "console/widget.h"

void toc_help_sheet_compose(toc_post *post, char desk) {
    (void)toc_widget_dialog(post->screen, "help", TOC_SAY(post, KEYS), 560);
    toc_element *rows = toc_screen_open(post->screen, TOC_TRAIT_GROUP, "help.rows");
    rows->box = (toc_box){.height = fmin(520, toc_screen_logical_height(post->screen) - 130),
                          .gap = 2,
                          .scrolls = true};
    const toc_binding *binding = NULL;
    for (uint32_t i = 0; (binding = toc_binding_at(i, desk)) != NULL; i++) {
        if (binding->key[0] == '\0') {
            continue;
        }
        toc_element *row = toc_widget_row(post->screen, 8);
        row->box.height = 20;
        toc_element *key = toc_widget_cell(post->screen, binding->key, 90, TOC_TINT_TEXT);
        key->bold = true;
        (void)toc_widget_cell(post->screen, toc_lexicon_say(binding->what, post->language), -1,
                              TOC_TINT_TEXT2);
        toc_screen_close(post->screen);
    }
    toc_screen_close(post->screen);
    (void)toc_widget_button(post->screen, "help.close", TOC_SAY(post, CLOSE), "cancel", "");
    toc_screen_close(post->screen);
}
