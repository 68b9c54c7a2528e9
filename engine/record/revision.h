/* Revision: a record played again with its inputs changed: "what if we had isolated it twenty
   minutes earlier?" Everything else is as it was: the same luck, and the same inputs of everybody
   else, who do not answer to what is new. */
#ifndef RECORD_REVISION_H
#define RECORD_REVISION_H

#include "tocsin/record.h"

/* See toc_record_revise. */
toc_status toc_revision_play(const toc_record *record, const toc_record_edit *edits, size_t count,
                             toc_record *into, toc_problems *problems, toc_drill **out_drill);

#endif
