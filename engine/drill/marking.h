/* Marking: who may be told (TLP), and what may be done with it (PAP). */
#ifndef DRILL_MARKING_H
#define DRILL_MARKING_H

typedef enum toc_marking {
#define TOC_MARKING(id, name, may) TOC_MARKING_##id,
#include "drill/marking.def"
#undef TOC_MARKING
    TOC_MARKINGS
} toc_marking;

/* "AMBER+STRICT", "" for none. */
const char *toc_marking_name(toc_marking marking);
/* "amber", "TLP:AMBER", "PAP:amber" alike; TOC_MARKINGS where it is none. */
toc_marking toc_marking_find(const char *text);
/* The marking most like the text, or NULL. */
const char *toc_marking_nearest(const char *text);
/* What a text says of itself at its beginning: "TLP:GREEN. ..."; TOC_MARKING_NONE. */
toc_marking toc_marking_of_text(const char *text);

#endif
