/* Picture: drawings inside the page. Each is an image of its own, because ids inside one SVG would
   meet those of another, and comes light and dark; the browser shows the one that fits. */
#ifndef EVALUATION_PICTURE_H
#define EVALUATION_PICTURE_H

#include "evaluation/html.h"

/* Both are whole SVG or PNG files; `alt` is anybody's text. */
void toc_picture_write(toc_html *html, const toc_formats_buffer *light,
                       const toc_formats_buffer *dark, const char *alt);

#endif
