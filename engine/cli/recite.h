/* Recite: what a seat was told, as plain lines on stdout, one an item. */
#ifndef CLI_RECITE_H
#define CLI_RECITE_H

#include "client/mirror.h"

/* A time as people say it: whole seconds. */
void toc_recite_time(toc_time time, char *buffer, size_t size);
/* A word of the wire as people say it. */
const char *toc_recite_word(const char *language, const char *word);
/* An item: its id, then what it says, by the definition of the wire. `number` stands in front where
   it is not 0. */
void toc_recite_item(const char *language, toc_wire_kind kind, const void *item, size_t number);
/* The list of that field of a state, truth or catalogue with a heading; only items whose id begins
   so, where `only` is not "". Whether there is such a list. */
bool toc_recite_list(const char *language, toc_wire_kind kind, const void *shape, const char *field,
                     const char *only);
/* One line, or more where the text has them. */
void toc_recite_event(const char *language, const toc_wire_event *event);
void toc_recite_letter(const char *language, const toc_wire_letter *letter);
/* The clock, services, and how much waits. */
void toc_recite_status(const char *language, const toc_mirror *mirror, size_t unread);

#endif
