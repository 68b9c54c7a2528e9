/* Paper: text on its way to a file. Grows as needed; a zero always follows the bytes. */
#ifndef FORMATS_PAPER_H
#define FORMATS_PAPER_H

#include "tocsin/formats.h"

/* Room for `more` bytes and the zero behind them. */
void toc_paper_reserve(toc_formats_buffer *buffer, size_t more);
void toc_paper_bytes(toc_formats_buffer *buffer, const char *bytes, size_t size);
void toc_paper_text(toc_formats_buffer *buffer, const char *text);
void toc_paper_format(toc_formats_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Text inside an XML element or a quoted attribute: markup and white space that a reader would
   change are escaped, characters that XML cannot hold become U+FFFD. */
void toc_paper_xml(toc_formats_buffer *buffer, const char *text);
/* ` name="1h30min"`, as the native topology writes times. */
void toc_paper_time(toc_formats_buffer *buffer, const char *name, toc_time time);
/* ` name="text"`, or nothing where the text is empty. */
void toc_paper_attribute(toc_formats_buffer *buffer, const char *name, const char *text);

#endif
