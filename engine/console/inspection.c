#include "console/inspection.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "console/lexicon.h"

struct inspection {
    const toc_screen *screen;
    toc_formats_buffer *told;
    uint32_t findings;
    uint32_t begin, end; /* of what can be reached */
};

static void find(struct inspection *inspection, const toc_element *element, const char *what) {
    char line[400];
    int size =
        g_snprintf(line, sizeof line, "%s '%.60s' (%.80s): %s\n",
                   toc_element_trait_name(element->trait), element->id, element->label, what);
    toc_formats_buffer_add(inspection->told, line, MIN((size_t)size, sizeof line - 1));
    inspection->findings++;
}

static bool is_reached(const toc_element *element) {
    return element->takes_focus && !element->is_off && !toc_element_is_empty(&element->shown);
}

/* -- Places -------------------------------------------------------------------------------------
 */

static void look_at_places(struct inspection *inspection, const toc_element *element) {
    const toc_screen_look *look = toc_screen_look_of(inspection->screen);
    toc_rect window = {0, 0, look->width, look->height};
    toc_rect inside = toc_element_meet(&element->shown, &window);
    if (memcmp(&inside, &element->shown, sizeof inside) != 0) {
        find(inspection, element, "reaches out of the window");
    }
    if (!is_reached(element)) {
        return;
    }
    if (element->id[0] == '\0') {
        find(inspection, element, "can be reached and has no id");
    }
    for (uint32_t i = element->index + 1; i < inspection->end; i++) {
        const toc_element *other = toc_screen_at(inspection->screen, i);
        toc_rect both = toc_element_meet(&element->shown, &other->shown);
        if (is_reached(other) && !toc_element_is_empty(&both)) {
            find(inspection, element, "lies over another thing that can be reached");
        }
        if (is_reached(other) && strcmp(other->id, element->id) == 0) {
            find(inspection, element, "has the id of another");
        }
    }
}

/* -- Words --------------------------------------------------------------------------------------
 */

static toc_tint ground_of(const toc_screen *screen, const toc_element *element) {
    while (element->ground == TOC_TINT_NONE && element->parent != TOC_ELEMENT_NONE) {
        element = toc_screen_at(screen, element->parent);
    }
    return element->ground == TOC_TINT_NONE ? TOC_TINT_WINDOW : element->ground;
}

static bool is_untranslated(const char *label) {
    for (int i = 0; i < TOC_LEXICON_COUNT; i++) {
        const char *en = toc_lexicon_say((toc_lexicon_id)i, "en");
        bool differs = strcmp(en, toc_lexicon_say((toc_lexicon_id)i, "zh")) != 0;
        if (differs && strcmp(label, en) == 0 && strcmp(label, "English") != 0) {
            return true;
        }
    }
    return false;
}

static void look_at_words(struct inspection *inspection, const toc_element *element) {
    const toc_theme *theme = toc_screen_look_of(inspection->screen)->theme;
    if (element->label[0] == '\0' || toc_element_is_empty(&element->shown)) {
        return;
    }
    if (element->is_clipped && !element->may_clip) {
        find(inspection, element, "is cut off");
    }
    toc_theme_colour ink = toc_tint_of(theme, element->is_off ? TOC_TINT_TEXT3 : element->ink);
    toc_theme_colour ground = toc_tint_of(theme, ground_of(inspection->screen, element));
    if (toc_theme_contrast(ink, ground) < 4.5) {
        find(inspection, element, "is too faint for its ground");
    }
    if (toc_screen_is_chinese(inspection->screen) && is_untranslated(element->label)) {
        find(inspection, element, "is not translated");
    }
}

/* Colours that alarm never stand alone. */
static void look_at_colours(struct inspection *inspection, const toc_element *element) {
    static const toc_tint loud[] = {TOC_TINT_CRITICAL, TOC_TINT_HIGH, TOC_TINT_MEDIUM,
                                    TOC_TINT_COMPROMISED};
    for (size_t i = 0; i < sizeof loud / sizeof loud[0]; i++) {
        bool is_loud = element->ink == loud[i] || element->edge == loud[i];
        bool says = element->mark != TOC_MARK_NONE || element->label[0] != '\0' ||
                    element->value[0] != '\0';
        if (is_loud && !says) {
            find(inspection, element, "is told by colour alone");
        }
    }
}

uint32_t toc_inspection_run(const toc_screen *screen, toc_formats_buffer *out_told) {
    struct inspection inspection = {.screen = screen, .told = out_told};
    toc_screen_reach(screen, &inspection.begin, &inspection.end);
    for (uint32_t i = inspection.begin; i < inspection.end; i++) {
        const toc_element *element = toc_screen_at(screen, i);
        look_at_places(&inspection, element);
        look_at_words(&inspection, element);
        look_at_colours(&inspection, element);
    }
    return inspection.findings;
}
