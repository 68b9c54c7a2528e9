/* Html: text of a page, put together so that nothing a person wrote can become markup. */
#ifndef EVALUATION_HTML_H
#define EVALUATION_HTML_H

#include "tocsin/formats.h"
#include "tocsin/time.h"

/* Markup of our own, as it is. */
void toc_html_raw(toc_formats_buffer *page, const char *markup);
/* Anybody's text: escaped. */
void toc_html_text(toc_formats_buffer *page, const char *text);
/* printf of markup; arguments must be numbers or texts of our own. */
void toc_html_print(toc_formats_buffer *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "3:07:42" since STARTEX, "–" for never. */
void toc_html_time(toc_formats_buffer *page, toc_time time);
/* A link to the entry of the trace, "#123"; nothing for 0. */
void toc_html_entry(toc_formats_buffer *page, uint64_t number);

#endif
