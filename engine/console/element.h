/* Element: one node of what is on the screen: for painting, for the keyboard and the pointer, for
   tests, and for whoever cannot see it. Ids are stable and the same in every language. */
#ifndef CONSOLE_ELEMENT_H
#define CONSOLE_ELEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "console/tint.h"
#include "drawing/symbol.h"
#include "tocsin/formats.h"

#define TOC_ELEMENT_NONE UINT32_MAX

typedef enum toc_trait {
#define TOC_TRAIT(id, name) TOC_TRAIT_##id,
#include "console/trait.def"
#undef TOC_TRAIT
    TOC_TRAITS
} toc_trait;

typedef struct toc_rect {
    int x, y, w, h; /* pixels */
} toc_rect;

typedef enum toc_flow { TOC_FLOW_COLUMN, TOC_FLOW_ROW, TOC_FLOW_WRAP } toc_flow;

/* How an element takes its place. Lengths are logical pixels: 0 as its content, below 0 a share of
   what is left, as large as the number. */
typedef struct toc_box {
    double width, height;
    double gap, pad;
    toc_flow flow;
    bool scrolls; /* down; what does not fit is reached by the wheel and the keyboard */
} toc_box;

typedef enum toc_mark {
    TOC_MARK_NONE,
    TOC_MARK_P1, /* square 1, triangle 2, triangle down 3, ring 4 */
    TOC_MARK_P2,
    TOC_MARK_P3,
    TOC_MARK_P4,
    TOC_MARK_DONE, /* a tick */
    TOC_MARK_OPEN, /* an empty box */
    TOC_MARK_CYBER /* a diamond */
} toc_mark;

struct toc_element;

typedef struct toc_art {
    /* Paints within the element's rectangle, of which `image` is all that may be touched. */
    void (*paint)(void *object, cairo_surface_t *image, cairo_t *cairo,
                  const struct toc_element *element);
    void *object;
    uint64_t version; /* another one: it is painted anew */
} toc_art;

typedef struct toc_element {
    const char *id; /* texts live as long as the picture that they are in */
    toc_trait trait;
    const char *label;   /* what it says */
    const char *value;   /* of a field, slider, meter: what stands in it */
    const char *state;   /* a word, the same in every language: "unacknowledged" */
    const char *tip;     /* more of it, shown when the pointer rests or the keyboard is there */
    const char *command; /* carried out when it is activated; NULL: nothing */
    const char *argument;
    const char *shortcut;
    uint32_t parent, index; /* TOC_ELEMENT_NONE above the root */
    uint32_t first, next;   /* child, sibling */
    uint32_t end;           /* behind all that are in it */
    toc_box box;
    double natural[2];    /* pixels, as its content: set by the arrangement */
    toc_rect rect, shown; /* shown: what of it is not scrolled away */
    double size;          /* of the letters, logical pixels */
    double part;          /* of a meter or slider, 0 to 1 */
    int wide;             /* pixels that its text takes, set by the layout */
    toc_tint ink, ground, edge;
    toc_mark mark;
    toc_art art;
    bool bold, wraps, is_centred, is_right;
    bool takes_focus, is_off, is_focused, is_selected, is_panel, is_over; /* over: above the rest */
    bool may_clip, is_clipped, is_multiline, has_bullet;
    int caret, anchor; /* of a field: bytes; -1: none */
    const char *preedit;
} toc_element;

const char *toc_element_trait_name(toc_trait trait);
bool toc_element_holds(const toc_rect *rect, int x, int y);
/* Empty where they do not meet. */
toc_rect toc_element_meet(const toc_rect *one, const toc_rect *other);
bool toc_element_is_empty(const toc_rect *rect);
/* One line of JSON. */
void toc_element_dump(const toc_element *element, const char *parent, toc_formats_buffer *buffer);
/* Of all that is seen of it. */
uint64_t toc_element_hash(const toc_element *element, uint64_t hash);

#endif
