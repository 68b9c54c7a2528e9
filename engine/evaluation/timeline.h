/* Timeline: what happened when, for reading; and every entry of the record, as evidence. */
#ifndef EVALUATION_TIMELINE_H
#define EVALUATION_TIMELINE_H

#include "evaluation/measure.h"

/* `anchors`: entries can be linked to; only one record of a page can have that. */
void toc_timeline_write(const toc_measures *measures, bool anchors, toc_formats_buffer *page);

#endif
