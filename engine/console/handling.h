/* Handling: what the keyboard and the pointer do to a screen. What the screen does not do by itself
   (moving the focus, scrolling, choosing a row, editing) becomes a deed for the desk. */
#ifndef CONSOLE_HANDLING_H
#define CONSOLE_HANDLING_H

#include "console/screen.h"

typedef enum toc_handling {
    TOC_HANDLING_IGNORED, /* it may be a shortcut */
    TOC_HANDLING_CHANGED, /* the next picture is another one */
    TOC_HANDLING_DEED
} toc_handling;

/* Named like "Down", "Shift+Tab", "Ctrl+K", "a", "F3". */
toc_handling toc_handling_key(toc_screen *screen, const char *key, toc_screen_deed *out_deed);
/* What was typed, or settled by an input method. */
toc_handling toc_handling_text(toc_screen *screen, const char *text);
/* What an input method has not settled yet. */
toc_handling toc_handling_preedit(toc_screen *screen, const char *text);
toc_handling toc_handling_press(toc_screen *screen, int x, int y, toc_screen_deed *out_deed);
toc_handling toc_handling_drag(toc_screen *screen, int x, int y, toc_screen_deed *out_deed);
toc_handling toc_handling_release(toc_screen *screen, int x, int y, toc_screen_deed *out_deed);
/* `by` notches, up being positive. */
toc_handling toc_handling_wheel(toc_screen *screen, int x, int y, int by,
                                toc_screen_deed *out_deed);
/* What the element would do if it was clicked; ignored where it is not there, off, or nothing to be
   clicked. */
toc_handling toc_handling_activate(toc_screen *screen, const char *id, toc_screen_deed *out_deed);

#endif
