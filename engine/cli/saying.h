/* Saying: what the text console says, in each language, as plain lines that a screen reader can
   read: no cursor is moved and no colour means anything. */
#ifndef CLI_SAYING_H
#define CLI_SAYING_H

#include <stddef.h>

typedef enum toc_saying_id {
#define TOC_SAYING(id, english, chinese) TOC_SAYING_##id,
#include "cli/saying.def"
#undef TOC_SAYING
    TOC_SAYINGS
} toc_saying_id;

enum { TOC_SAYING_PARTS = 4 };

/* In English where `language` is not "zh". */
const char *toc_saying_in(const char *language, toc_saying_id id);
/* One line on stdout; each {} takes the next part. */
void toc_saying_print(const char *language, toc_saying_id id,
                      const char *const parts[TOC_SAYING_PARTS]);
/* A text on stdout as it can be shown: what a terminal would obey becomes visible escapes, a new
   line begins with the indent. */
void toc_saying_text(const char *text, const char *indent);

#endif
