/* Gist: what somebody who reads a message takes it for. Stand-ins cannot read, in no language; this
   is told to them beside the text, and to nobody else. */
#ifndef DRILL_GIST_H
#define DRILL_GIST_H

#include "drill/inject.h"

typedef enum toc_gist {
#define TOC_GIST(id, name, what) TOC_GIST_##id,
#include "drill/gist.def"
#undef TOC_GIST
    TOC_GISTS
} toc_gist;

const char *toc_gist_name(toc_gist gist);
/* TOC_GISTS where there is none of that name. */
toc_gist toc_gist_find(const char *name);
const char *toc_gist_nearest(const char *name);
/* As its author says; else the graver of what is expected of it and of its kind; TOC_GISTS where
   neither tells anything. */
toc_gist toc_gist_of_inject(const toc_inject *inject);

#endif
