#include "console/arrangement.h"

#include <math.h>
#include <string.h>

#include "console/screen_state.h"

enum { ACROSS, DOWN };

static double scaled(const toc_screen *screen, double logical) {
    return logical * screen->look.scale;
}

#define EACH_CHILD(screen, element, child)                                                         \
    for (toc_element *child = child_of(screen, (element)->first); child != NULL;                   \
         child = child_of(screen, child->next))

static toc_element *child_of(const toc_screen *screen, uint32_t index) {
    return index == TOC_ELEMENT_NONE ? NULL : toc_screen_element(screen, index);
}

double toc_arrangement_mark(const toc_element *element) {
    return element->mark == TOC_MARK_NONE ? 0 : element->size * 1.15 + 5;
}

static const char *text_of(const toc_element *element) {
    return element->trait == TOC_TRAIT_FIELD ? element->value : element->label;
}

toc_typeset_style toc_arrangement_style(const toc_screen *screen, const toc_element *element) {
    double taken = 2 * element->box.pad + toc_arrangement_mark(element);
    int room = element->rect.w - (int)ceil(scaled(screen, taken));
    return (toc_typeset_style){.size = scaled(screen, element->size),
                               .bold = element->bold,
                               .most = room > 1 ? room : 1,
                               .wraps = element->wraps};
}

/* -- Widths -------------------------------------------------------------------------------------
 */

static double own_width(toc_screen *screen, toc_element *element) {
    int width = 0, height = 0;
    const char *text = text_of(element);
    if (text[0] == '\0') {
        return toc_arrangement_mark(element) == 0 ? 0 : scaled(screen, element->size * 1.15);
    }
    toc_typeset_style style = {.size = scaled(screen, element->size), .bold = element->bold};
    if (element->wraps) {
        style.wraps = true;
    }
    toc_typeset_size(screen->typeset, text, &style, &width, &height);
    element->wide = width;
    return width + 1 + scaled(screen, toc_arrangement_mark(element));
}

static void measure_width(toc_screen *screen, toc_element *element) {
    double sum = 0, most = own_width(screen, element);
    int count = 0;
    EACH_CHILD(screen, element, child) {
        measure_width(screen, child);
        if (child->is_over) {
            continue;
        }
        sum += child->natural[ACROSS];
        most = fmax(most, child->natural[ACROSS]);
        count++;
    }
    if (element->box.flow == TOC_FLOW_ROW && count > 0) {
        most = fmax(most, sum + scaled(screen, element->box.gap) * (count - 1));
    }
    element->natural[ACROSS] = element->box.width > 0
                                   ? scaled(screen, element->box.width)
                                   : ceil(most + 2 * scaled(screen, element->box.pad));
}

static bool gives_way(const toc_element *element) {
    return element->box.width <= 0 &&
           (element->wraps || element->may_clip || element->first != TOC_ELEMENT_NONE ||
            element->box.width < 0);
}

/* Of a row: what is left goes to those that grow; what lacks is taken from those that can give. */
static void share_width(toc_screen *screen, toc_element *element, double inner) {
    double fixed = 0, shares = 0, soft = 0;
    int count = 0;
    EACH_CHILD(screen, element, child) {
        bool grows = child->box.width < 0;
        shares += grows ? -child->box.width : 0;
        fixed += grows ? 0 : child->natural[ACROSS];
        soft += !grows && gives_way(child) ? child->natural[ACROSS] : 0;
        count++;
    }
    double left = inner - fixed - scaled(screen, element->box.gap) * (count > 0 ? count - 1 : 0);
    double lack = left < 0 ? fmin(-left, soft) : 0;
    EACH_CHILD(screen, element, child) {
        double width = child->natural[ACROSS];
        if (child->box.width < 0) {
            width = left > 0 ? left * -child->box.width / shares : 0;
        } else if (lack > 0 && gives_way(child)) {
            width -= lack * width / soft;
        }
        child->rect.w = (int)floor(width);
    }
}

static void assign_widths(toc_screen *screen, toc_element *element) {
    double inner = element->rect.w - 2 * scaled(screen, element->box.pad);
    if (element->box.scrolls) {
        inner -= scaled(screen, 8); /* its bar */
    }
    if (element->box.flow == TOC_FLOW_ROW) {
        share_width(screen, element, inner);
    }
    EACH_CHILD(screen, element, child) {
        if (element->box.flow == TOC_FLOW_WRAP) {
            child->rect.w = (int)fmin(child->natural[ACROSS], inner);
        } else if (element->box.flow == TOC_FLOW_COLUMN) {
            child->rect.w =
                (int)(child->box.width > 0 ? fmin(child->natural[ACROSS], inner) : inner);
        }
        if (child->is_over) {
            child->rect.w = (int)fmin(child->natural[ACROSS], screen->look.width);
        }
        assign_widths(screen, child);
    }
}

/* -- Heights ------------------------------------------------------------------------------------
 */

static double own_height(toc_screen *screen, const toc_element *element) {
    int width = 0, height = 0;
    double line = ceil(scaled(screen, element->size * 1.45));
    if (text_of(element)[0] == '\0' || !element->wraps) {
        bool says = text_of(element)[0] != '\0' || element->mark != TOC_MARK_NONE ||
                    element->trait == TOC_TRAIT_FIELD;
        return says ? line : 0;
    }
    toc_typeset_style style = toc_arrangement_style(screen, element);
    toc_typeset_size(screen->typeset, text_of(element), &style, &width, &height);
    return fmax(line, height);
}

/* Lines of what wraps, each as high as its highest. */
static double wrapped_height(toc_screen *screen, const toc_element *element) {
    double gap = scaled(screen, element->box.gap), x = 0, line = 0, sum = 0;
    double inner = element->rect.w - 2 * scaled(screen, element->box.pad);
    EACH_CHILD(screen, element, child) {
        if (x > 0 && x + child->rect.w > inner) {
            sum += line + gap;
            x = line = 0;
        }
        x += child->rect.w + gap;
        line = fmax(line, child->natural[DOWN]);
    }
    return sum + line;
}

static void measure_height(toc_screen *screen, toc_element *element) {
    double most = own_height(screen, element), sum = 0;
    int count = 0;
    EACH_CHILD(screen, element, child) {
        measure_height(screen, child);
        if (!child->is_over) {
            sum += child->natural[DOWN];
            most = fmax(most, child->natural[DOWN]);
            count++;
        }
    }
    if (element->box.flow == TOC_FLOW_COLUMN && count > 0) {
        most = fmax(most, sum + scaled(screen, element->box.gap) * (count - 1));
    } else if (element->box.flow == TOC_FLOW_WRAP && count > 0) {
        most = wrapped_height(screen, element);
    }
    element->natural[DOWN] = element->box.height > 0
                                 ? scaled(screen, element->box.height)
                                 : ceil(most + 2 * scaled(screen, element->box.pad));
}

/* -- Places -------------------------------------------------------------------------------------
 */

static void place(toc_screen *screen, toc_element *element);

static void place_child(toc_screen *screen, toc_element *child, double x, double y, double height) {
    child->rect.x = (int)x;
    child->rect.y = (int)y;
    child->rect.h = (int)fmax(height, 0);
    place(screen, child);
}

static void place_row(toc_screen *screen, toc_element *element, double inner) {
    double pad = scaled(screen, element->box.pad), x = element->rect.x + pad;
    EACH_CHILD(screen, element, child) {
        double height = child->box.height > 0 ? fmin(child->natural[DOWN], inner) : inner;
        place_child(screen, child, x, element->rect.y + pad + floor((inner - height) / 2), height);
        x += child->rect.w + scaled(screen, element->box.gap);
    }
}

static void place_wrapped(toc_screen *screen, toc_element *element) {
    double pad = scaled(screen, element->box.pad), gap = scaled(screen, element->box.gap);
    double x = 0, y = element->rect.y + pad, line = 0, inner = element->rect.w - 2 * pad;
    EACH_CHILD(screen, element, child) {
        if (x > 0 && x + child->rect.w > inner) {
            y += line + gap;
            x = line = 0;
        }
        place_child(screen, child, element->rect.x + pad + x, y, child->natural[DOWN]);
        x += child->rect.w + gap;
        line = fmax(line, child->natural[DOWN]);
    }
}

static void place_column(toc_screen *screen, toc_element *element, double inner) {
    double pad = scaled(screen, element->box.pad), gap = scaled(screen, element->box.gap);
    double fixed = 0, shares = 0, y = element->rect.y + pad;
    int count = 0;
    EACH_CHILD(screen, element, child) {
        bool grows = child->box.height < 0 && !element->box.scrolls;
        shares += child->is_over ? 0 : grows ? -child->box.height : 0;
        fixed += child->is_over || grows ? 0 : child->natural[DOWN];
        count += !child->is_over;
    }
    double content = fixed + gap * (count > 0 ? count - 1 : 0), left = inner - content;
    if (element->box.scrolls) {
        toc_screen_memory *memory = toc_screen_memory_of(screen, element->id);
        screen->is_unsettled = screen->is_unsettled || memory->room != inner;
        memory->content = content;
        memory->room = inner;
        memory->scroll = fmax(0, fmin(memory->scroll, content - inner));
        y -= floor(memory->scroll);
    }
    EACH_CHILD(screen, element, child) {
        if (child->is_over) {
            continue;
        }
        bool grows = child->box.height < 0 && !element->box.scrolls;
        double height = grows ? fmax(0, left) * -child->box.height / shares : child->natural[DOWN];
        place_child(screen, child, element->rect.x + pad, y, floor(height));
        y += floor(height) + gap;
    }
}

/* In the middle of the window, or where its box says with a negative pad as its top. */
static void place_over(toc_screen *screen, toc_element *element) {
    double height = fmin(element->natural[DOWN], screen->look.height);
    double x = (screen->look.width - element->rect.w) / 2.0;
    double y = element->trait == TOC_TRAIT_MENU
                   ? fmin(scaled(screen, 56), screen->look.height - height)
                   : (screen->look.height - height) / 2.0;
    if (element->trait == TOC_TRAIT_TIP) {
        x = fmin(fmax(0, element->rect.x), screen->look.width - element->rect.w);
        y = fmin(fmax(0, element->rect.y), screen->look.height - height);
    }
    place_child(screen, element, x, y, height);
}

static void place(toc_screen *screen, toc_element *element) {
    double inner = element->rect.h - 2 * scaled(screen, element->box.pad);
    switch (element->box.flow) {
    case TOC_FLOW_ROW:
        place_row(screen, element, inner);
        break;
    case TOC_FLOW_WRAP:
        place_wrapped(screen, element);
        break;
    case TOC_FLOW_COLUMN:
        place_column(screen, element, inner);
        break;
    }
    EACH_CHILD(screen, element, child) {
        if (child->is_over) {
            place_over(screen, child);
        }
    }
}

/* -- What is seen -------------------------------------------------------------------------------
 */

static bool is_too_long(const toc_screen *screen, const toc_element *element) {
    if (element->wraps || text_of(element)[0] == '\0' || element->trait == TOC_TRAIT_FIELD) {
        return false;
    }
    toc_typeset_style style = toc_arrangement_style(screen, element);
    return element->wide > style.most + 1;
}

static void find_shown(toc_screen *screen) {
    for (uint32_t i = 0; i < screen->count; i++) {
        toc_element *element = toc_screen_element(screen, i);
        toc_rect limit = {0, 0, screen->look.width, screen->look.height};
        if (element->parent != TOC_ELEMENT_NONE && !element->is_over) {
            const toc_element *parent = toc_screen_element(screen, element->parent);
            limit = parent->box.scrolls ? toc_element_meet(&parent->shown, &parent->rect)
                                        : parent->shown;
        }
        element->shown = toc_element_meet(&element->rect, &limit);
        element->is_clipped = is_too_long(screen, element);
    }
}

/* The list or column around the focused element shows it. True where something was moved. */
static bool follow_focus(toc_screen *screen) {
    const toc_element *element = toc_screen_find(screen, screen->focus->str);
    if (!screen->follows_focus || element == NULL) {
        return false;
    }
    screen->follows_focus = false;
    for (uint32_t i = element->parent; i != TOC_ELEMENT_NONE;
         i = toc_screen_element(screen, i)->parent) {
        const toc_element *around = toc_screen_element(screen, i);
        int over = around->rect.y - element->rect.y;
        int under = element->rect.y + element->rect.h - around->rect.y - around->rect.h;
        if (around->box.scrolls && (over > 0 || under > 0)) {
            toc_screen_memory *memory = toc_screen_memory_of(screen, around->id);
            memory->scroll += over > 0 ? -over - 4 : under + 4;
            return true;
        }
    }
    return false;
}

void toc_arrangement_lay(toc_screen *screen) {
    toc_element *root = toc_screen_element(screen, 0);
    screen->is_unsettled = false;
    measure_width(screen, root);
    root->rect = (toc_rect){0, 0, screen->look.width, screen->look.height};
    assign_widths(screen, root);
    measure_height(screen, root);
    place(screen, root);
    if (follow_focus(screen)) {
        place(screen, root);
    }
    find_shown(screen);
}
