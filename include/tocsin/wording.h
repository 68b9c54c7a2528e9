/* Wording: texts that people read, in the languages that their author wrote them in. A language is
   a view: the state of a drill, its trace and its record hold one wording of each text, the same
   whatever is shown, and this finds the others. */
#ifndef TOCSIN_WORDING_H
#define TOCSIN_WORDING_H

#include "tocsin/drill.h"

/* Tags like "en", in order of preference. */
const char *const *toc_wording_languages(size_t *out_count);
bool toc_wording_is_language(const char *tag);
/* The text, as the drill or its trace gave it, in that language; itself where its author wrote none
   in it. Lives as long as the drill or the text. */
const char *toc_wording_in(const toc_drill *drill, const char *language, const char *text);

/* Whether the author wrote any text in more than one language; rules of reporting may have more of
   themselves. */
bool toc_wording_is_used(const toc_drill *drill);
/* Texts written in one language only, of a drill with others in two, as far as it has come: what a
   function tells is known once it is told. 0 where it has one language throughout. */
uint32_t toc_wording_lacking(const toc_drill *drill);
/* Where the author wrote it; index below toc_wording_lacking. */
toc_place toc_wording_lacking_at(const toc_drill *drill, uint32_t index);
/* The path of a paper of the package in that language: of "briefing.md" and "zh" it is
   "briefing.zh.md" where there is one, else "briefing.md", NULL where there is neither. */
const char *toc_wording_paper(const toc_package *package, const char *path, const char *language,
                              char *buffer, size_t size);

#endif
