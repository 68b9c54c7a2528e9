/* Content: what a report tells of what the rules ask for, item by item. */
#ifndef DRILL_CONTENT_H
#define DRILL_CONTENT_H

#include "drill/state.h"
#include "formats/rulebook.h"

/* The items that `text` names, separated by blanks or commas, a bit for each. NULL where all of
   them exist, else the first that does not, copied. */
const char *toc_content_read(toc_drill *drill, const toc_rulebook *book, const char *text,
                             uint64_t *out_items);
/* The items that have a heading in the text: a line that begins with the id or the name of the item
   in any language, whatever number stands before it, and a colon. */
uint64_t toc_content_headed(const toc_rulebook *book, const char *text);
/* "basics facts": the ids of the items. */
const char *toc_content_list(toc_drill *drill, const toc_rulebook *book, uint64_t items);
uint32_t toc_content_count(uint64_t items);

#endif
