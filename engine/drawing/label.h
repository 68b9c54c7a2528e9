/* Label: which words find room. A field remembers what is taken; whoever comes first stays. */
#ifndef DRAWING_LABEL_H
#define DRAWING_LABEL_H

#include <stdbool.h>

typedef struct toc_label_box {
    double x, y, width, height;
} toc_label_box;

typedef struct toc_label_field toc_label_field;

/* Nothing fits outside of `bounds`. */
toc_label_field *toc_label_create(toc_label_box bounds);
void toc_label_destroy(toc_label_field *field);
/* Takes the room, free or not. */
void toc_label_take(toc_label_field *field, toc_label_box box);
bool toc_label_is_free(const toc_label_field *field, toc_label_box box);

#endif
