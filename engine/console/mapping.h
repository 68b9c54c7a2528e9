/* Mapping: the map of a desk: what the catalogue and the state tell, to be moved about, looked into
   and chosen on. */
#ifndef CONSOLE_MAPPING_H
#define CONSOLE_MAPPING_H

#include "console/post.h"

typedef struct toc_mapping toc_mapping;

typedef enum toc_mapping_side {
    TOC_MAPPING_BELIEF, /* as the seat's team believes things to be */
    TOC_MAPPING_TRUTH   /* as they are; of those who see it */
} toc_mapping_side;

toc_mapping *toc_mapping_create(void);
void toc_mapping_destroy(toc_mapping *mapping);
/* Takes in what was told since. */
void toc_mapping_update(toc_mapping *mapping, const toc_post *post, toc_mapping_side side);
/* Adds the canvas, with the command "map". */
void toc_mapping_add(toc_mapping *mapping, toc_post *post);
/* What happened on it: the value of a deed of "map". True where another asset was chosen, which
   then stands in the post. */
bool toc_mapping_obey(toc_mapping *mapping, toc_post *post, const char *value);
/* Shows the asset in the middle. */
void toc_mapping_go(toc_mapping *mapping, const char *asset);
void toc_mapping_zoom(toc_mapping *mapping, double factor);
void toc_mapping_show_all(toc_mapping *mapping);
void toc_mapping_set_layers(toc_mapping *mapping, uint32_t layers);
uint32_t toc_mapping_layers(const toc_mapping *mapping);
/* What the chosen one depends on, and what depends on it. */
void toc_mapping_set_traces(toc_mapping *mapping, bool traces);
bool toc_mapping_traces(const toc_mapping *mapping);

#endif
