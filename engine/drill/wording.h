/* Wording: the set of texts that are there in more than one language. */
#ifndef DRILL_WORDING_H
#define DRILL_WORDING_H

#include "tocsin/wording.h"

/* Told on the trace as FACT, so that records hold every language. */
#define TOC_WORDING_FACT "wording"

typedef struct toc_wordings toc_wordings;

toc_wordings *toc_wording_create(void);
void toc_wording_destroy(toc_wordings *wordings);
/* False where the text has another wording in that language already, which stays. */
bool toc_wording_add(toc_wordings *wordings, const char *text, const char *language,
                     const char *wording);
/* `text` itself where there is none, or `wordings` is NULL. */
const char *toc_wording_find(const toc_wordings *wordings, const char *language, const char *text);

/* -- Of a drill ---------------------------------------------------------------------------------
 */

/* As toc_wording_add; goes on the trace, now or when the drill starts. */
bool toc_wording_tell(toc_drill *drill, const char *text, const char *language,
                      const char *wording);
/* The text with variables filled in, in each of its languages. */
const char *toc_wording_fill(toc_drill *drill, const char *text);
/* The author wrote a text in more than one language. */
void toc_wording_note_translated(toc_drill *drill);
/* A text was written in one language only: at `key` (a literal; NULL: the whole) of the table that
   begins at `place`. */
void toc_wording_note_single(toc_drill *drill, toc_place place, const char *key, int depth);
void toc_wording_facts(toc_drill *drill);
void toc_wording_finish(toc_drill *drill);

#endif
