/* State of the screen, shared by screen.c, arrangement.c, brush.c and handling.c. */
#ifndef CONSOLE_SCREEN_STATE_H
#define CONSOLE_SCREEN_STATE_H

#include <glib.h>

#include "console/screen.h"

enum { TOC_SCREEN_DEPTH = 32 };

/* A panel as it was painted last. */
struct painted {
    toc_rect rect;
    uint64_t hash;
};

struct toc_screen {
    toc_screen_look look;
    GPtrArray *elements; /* toc_element *, reused; the first `count` are of this picture */
    uint32_t count;
    uint32_t open[TOC_SCREEN_DEPTH];
    uint32_t depth;
    GStringChunk *texts[2]; /* of this picture and the one before */
    GHashTable *memories;   /* toc_screen_memory *, by id; walked only to forget */
    toc_typeset *typeset;
    GString *focus;   /* where the keyboard is to be */
    GString *focused; /* where it was in the picture before */
    GString *pressed; /* id of what the pointer went down on */
    int grip[2];      /* where the pointer went down, and moved to last */
    GString *preedit;
    GArray *painted; /* struct painted, in the order of panels */
    const toc_theme *painted_theme;
    GArray *dirty; /* toc_rect */
    toc_screen_work work;
    bool is_unsettled;              /* a list has learnt how many of its rows are seen: once more */
    bool follows_focus;             /* the next picture scrolls to it */
    toc_screen_clipboard clipboard; /* its functions NULL where there is none */
};

toc_element *toc_screen_element(const toc_screen *screen, uint32_t index);

#endif
