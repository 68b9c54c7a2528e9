#include "console/element.h"

#include <stdio.h>
#include <string.h>

const char *toc_element_trait_name(toc_trait trait) {
    static const char *const names[TOC_TRAITS] = {
#define TOC_TRAIT(id, name) name,
#include "console/trait.def"
#undef TOC_TRAIT
    };
    return names[trait];
}

bool toc_element_holds(const toc_rect *rect, int x, int y) {
    return x >= rect->x && y >= rect->y && x < rect->x + rect->w && y < rect->y + rect->h;
}

bool toc_element_is_empty(const toc_rect *rect) {
    return rect->w <= 0 || rect->h <= 0;
}

toc_rect toc_element_meet(const toc_rect *one, const toc_rect *other) {
    int x = one->x > other->x ? one->x : other->x, y = one->y > other->y ? one->y : other->y;
    int right = one->x + one->w < other->x + other->w ? one->x + one->w : other->x + other->w;
    int low = one->y + one->h < other->y + other->h ? one->y + one->h : other->y + other->h;
    return right > x && low > y ? (toc_rect){x, y, right - x, low - y} : (toc_rect){x, y, 0, 0};
}

/* -- As text ------------------------------------------------------------------------------------
 */

static void put(toc_formats_buffer *buffer, const char *text) {
    toc_formats_buffer_add(buffer, text, strlen(text));
}

static void put_text(toc_formats_buffer *buffer, const char *name, const char *text) {
    char escaped[8];
    if (text == NULL || text[0] == '\0') {
        return;
    }
    put(buffer, ",\"");
    put(buffer, name);
    put(buffer, "\":\"");
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char letter = (unsigned char)*at;
        if (letter == '"' || letter == '\\') {
            (void)snprintf(escaped, sizeof escaped, "\\%c", letter);
        } else if (letter < 0x20) {
            (void)snprintf(escaped, sizeof escaped, "\\u%04x", letter);
        } else {
            (void)snprintf(escaped, sizeof escaped, "%c", letter);
        }
        put(buffer, escaped);
    }
    put(buffer, "\"");
}

static void put_flag(toc_formats_buffer *buffer, const char *name, bool flag) {
    if (flag) {
        put(buffer, ",\"");
        put(buffer, name);
        put(buffer, "\":true");
    }
}

void toc_element_dump(const toc_element *element, const char *parent, toc_formats_buffer *buffer) {
    char rect[96];
    (void)snprintf(rect, sizeof rect, ",\"rect\":[%d,%d,%d,%d]", element->rect.x, element->rect.y,
                   element->rect.w, element->rect.h);
    put(buffer, "{\"role\":\"");
    put(buffer, toc_element_trait_name(element->trait));
    put(buffer, "\"");
    put_text(buffer, "id", element->id);
    put_text(buffer, "parent", parent);
    put_text(buffer, "label", element->label);
    put_text(buffer, "value", element->value);
    put_text(buffer, "state", element->state);
    put_text(buffer, "tip", element->tip);
    put_text(buffer, "command", element->command);
    put_text(buffer, "argument", element->argument);
    put_text(buffer, "shortcut", element->shortcut);
    put_text(buffer, "ink", toc_tint_name(element->ink));
    put_text(buffer, "ground", toc_tint_name(element->ground));
    put_flag(buffer, "focus", element->is_focused);
    put_flag(buffer, "focusable", element->takes_focus && !element->is_off);
    put_flag(buffer, "off", element->is_off);
    put_flag(buffer, "selected", element->is_selected);
    put_flag(buffer, "clipped", element->is_clipped);
    put(buffer, rect);
    put(buffer, "}\n");
}

/* -- As a number --------------------------------------------------------------------------------
 */

static uint64_t mix(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) { /* FNV-1a */
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text) {
    return text == NULL ? mix(hash, "", 1) : mix(hash, text, strlen(text) + 1);
}

uint64_t toc_element_hash(const toc_element *element, uint64_t hash) {
    const int numbers[] = {element->rect.x,     element->rect.y,      element->rect.w,
                           element->rect.h,     (int)element->trait,  (int)(element->size * 8),
                           (int)element->ink,   (int)element->ground, (int)element->edge,
                           (int)element->mark,  element->bold,        element->is_off,
                           element->is_focused, element->is_selected, element->caret,
                           element->anchor,     element->shown.y,     element->shown.h};
    hash = mix_text(hash, element->label);
    hash = mix_text(hash, element->value);
    hash = mix_text(hash, element->preedit);
    hash = mix(hash, numbers, sizeof numbers);
    hash = mix(hash, &element->part, sizeof element->part);
    return mix(hash, &element->art.version, sizeof element->art.version);
}
