/* A screen on a bare image, for tests. */
#ifndef TESTS_SMALL_SCREEN_H
#define TESTS_SMALL_SCREEN_H

#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console/brush.h"
#include "console/editing.h"
#include "console/handling.h"
#include "console/widget.h"

typedef struct small_screen {
    toc_screen *screen;
    toc_screen_look look;
    cairo_surface_t *image;
    toc_screen_deed deed;
} small_screen;

static inline small_screen small_open(int width, int height, double scale) {
    small_screen small = {.screen = toc_screen_create(),
                          .look = {.width = width,
                                   .height = height,
                                   .scale = scale,
                                   .theme = toc_theme_light(),
                                   .language = "en"},
                          .image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    return small;
}

static inline void small_finish(small_screen *small) {
    toc_screen_destroy(small->screen);
    cairo_surface_destroy(small->image);
}

/* How many rectangles were painted. */
static inline uint32_t small_paint(small_screen *small) {
    uint32_t count = 0;
    (void)toc_brush_paint(small->screen, small->image, false, &count);
    return count;
}

static inline const toc_element *small_find(const small_screen *small, const char *id) {
    const toc_element *element = toc_screen_find(small->screen, id);
    if (element == NULL) {
        fail_msg("there is no '%s'", id);
    }
    return element;
}

#endif
