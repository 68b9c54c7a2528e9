/* Plain text: texts of other people's files made harmless before they enter a topology. */
#ifndef FORMATS_PLAIN_TEXT_H
#define FORMATS_PLAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/arena.h"
#include "kernel/names.h"

/* The text without white space around it; control and direction-changing characters, and bytes
   that are no UTF-8, become U+FFFD; at most 200 bytes. Lives in the arena. */
const char *toc_plain_text_clean(toc_arena *arena, const char *text);
/* The same, however long. */
const char *toc_plain_text_whole(toc_arena *arena, const char *text);
/* The same with its line ends. */
const char *toc_plain_text_lines(toc_arena *arena, const char *text);
/* What people write for a name, without what they do as they like: small letters, no blanks and
   none of _ - . / : ( ). Gives `buffer`. */
const char *toc_plain_text_fold(const char *text, char *buffer, size_t size);
/* Whether a spreadsheet would take the text for a formula. */
bool toc_plain_text_is_formula(const char *text);
/* An id like `raw` that `taken` does not hold yet, and holds from then on: blanks become '-', and a
   number is added where needed. `fallback` stands for an empty one. */
const char *toc_plain_text_id(toc_arena *arena, toc_names *taken, const char *raw,
                              const char *fallback);

#endif
