/* Screen: what is on it, put together anew whenever something has changed, from the desk's own
   words: containers are opened and closed, elements added. Between two pictures it keeps what the
   user did: where the keyboard is, how far lists are scrolled, what is being typed. It knows no
   window system: it paints into any image. */
#ifndef CONSOLE_SCREEN_H
#define CONSOLE_SCREEN_H

#include "console/element.h"
#include "console/typeset.h"

typedef struct toc_screen toc_screen;

typedef struct toc_screen_look {
    int width, height; /* pixels */
    double scale;      /* pixels to a logical one, 1 to 2 */
    const toc_theme *theme;
    const char *language; /* "en" or "zh" */
} toc_screen_look;

/* What the user wants done; texts live until the next picture. */
typedef struct toc_screen_deed {
    const char *command, *argument;
    const char *id; /* of the element that it came from; "" of none */
    const char *value;
} toc_screen_deed;

/* What is kept of an element between pictures. */
typedef struct toc_screen_memory {
    double scroll, content, room; /* pixels: how far, of how many, how many are seen */
    uint32_t number, rows;        /* of a list: the row that is chosen, and how many there are */
    double row_height;            /* of a list: pixels */
    bool keeps_up;                /* of a list: its chosen row is to be seen in the next picture */
    GString *text;                /* of a field: what is typed */
    int caret, anchor;            /* bytes in it */
    GPtrArray *undone, *done;     /* char *: what stood there before, for undo and redo */
    uint64_t seen;                /* picture in which it was there last */
} toc_screen_memory;

/* Work done since it was created. */
typedef struct toc_screen_work {
    uint64_t pictures, panels, pixels, shaped;
} toc_screen_work;

toc_screen *toc_screen_create(void);
void toc_screen_destroy(toc_screen *screen);

/* -- Putting together ---------------------------------------------------------------------------
 */

void toc_screen_begin(toc_screen *screen, const toc_screen_look *look);
/* What is opened and added may be filled in until the picture is ended. */
toc_element *toc_screen_open(toc_screen *screen, toc_trait trait, const char *id);
void toc_screen_close(toc_screen *screen);
toc_element *toc_screen_add(toc_screen *screen, toc_trait trait, const char *id);
/* A text that lives as long as the picture. */
const char *toc_screen_text(toc_screen *screen, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Lays it out and finds where the keyboard is. */
void toc_screen_end(toc_screen *screen);

/* False where it is to be put together once more: a list has learnt how many of its rows are seen.
 */
bool toc_screen_is_settled(const toc_screen *screen);
const toc_screen_look *toc_screen_look_of(const toc_screen *screen);
bool toc_screen_is_chinese(const toc_screen *screen);
double toc_screen_logical_width(const toc_screen *screen);
double toc_screen_logical_height(const toc_screen *screen);
/* Made where there is none; belongs to the screen. */
toc_screen_memory *toc_screen_memory_of(toc_screen *screen, const char *id);

/* -- What is on it ------------------------------------------------------------------------------
 */

uint32_t toc_screen_count(const toc_screen *screen);
const toc_element *toc_screen_at(const toc_screen *screen, uint32_t index);
/* NULL where there is none of that id. */
const toc_element *toc_screen_find(const toc_screen *screen, const char *id);
/* The topmost that can be activated or typed into at that place; NULL. */
const toc_element *toc_screen_hit(const toc_screen *screen, int x, int y);
/* Of the topmost dialog or menu, else of everything: begin and end of what can be reached. */
void toc_screen_reach(const toc_screen *screen, uint32_t *out_begin, uint32_t *out_end);
void toc_screen_dump(const toc_screen *screen, toc_formats_buffer *buffer);

const char *toc_screen_focus(const toc_screen *screen);
/* Where it can be had; it is scrolled to. */
void toc_screen_set_focus(toc_screen *screen, const char *id);
/* To the first of another desk. */
void toc_screen_reset_focus(toc_screen *screen);
/* The next one that the keyboard can go to; -1 the one before. */
void toc_screen_step_focus(toc_screen *screen, int by);
/* Where texts are copied to and pasted from; the pasted one is freed by g_free. */
typedef struct toc_screen_clipboard {
    char *(*paste)(void *object);
    void (*copy)(void *object, const char *text);
    void *object;
} toc_screen_clipboard;

void toc_screen_set_clipboard(toc_screen *screen, toc_screen_clipboard clipboard);

toc_screen_work toc_screen_work_of(const toc_screen *screen);

#endif
