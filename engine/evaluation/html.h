/* Html: text of a page, put together so that nothing a person wrote can become markup, and so that
   every entry of a record that is cited is known afterwards. */
#ifndef EVALUATION_HTML_H
#define EVALUATION_HTML_H

#include <stdbool.h>

#include "tocsin/formats.h"
#include "tocsin/time.h"

typedef struct toc_html {
    toc_formats_buffer *page;
    const char *starts;   /* of the record at hand, for local times */
    unsigned record;      /* its number on the page, from 1 */
    unsigned char *cited; /* by entry number; entries + 1 */
    uint64_t entries;
} toc_html;

/* Markup of our own, as it is. */
void toc_html_raw(toc_html *html, const char *markup);
/* Anybody's text: escaped; control and bidi characters become visible. */
void toc_html_text(toc_html *html, const char *text);
/* printf of markup; arguments must be numbers or texts of our own. */
void toc_html_print(toc_html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A time of the drill: local time, drill time in its title; "–" for never. */
void toc_html_time(toc_html *html, toc_time time);
/* A link to the entry of the trace, "#123", which is then cited; nothing for 0. */
void toc_html_cite(toc_html *html, uint64_t entry);
/* Cells of a table. */
void toc_html_cell(toc_html *html, const char *text);
void toc_html_number_cell(toc_html *html, double value, int decimals);
/* Time and the entry behind it. */
void toc_html_time_cell(toc_html *html, toc_time time, uint64_t entry);

#endif
