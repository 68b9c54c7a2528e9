/* Tryout: injects that no plan holds, since functions of the scenario make them as the drill goes;
   found by playing it once with the reference policy. Another course brings others. */
#ifndef PAPERS_TRYOUT_H
#define PAPERS_TRYOUT_H

#include "tocsin/drill.h"

/* Texts are in the sample's language. */
typedef struct toc_tryout_inject {
    toc_time at;
    const char *id, *from, *channel, *text;
    const char *to, *expects; /* "; " between them */
} toc_tryout_inject;

typedef struct toc_tryout toc_tryout;

/* Plays the package with seed 1; `plan` is a drill of it that has not been played. What goes wrong
   in the run is told, and NULL given. Freed by toc_tryout_destroy. */
toc_tryout *toc_tryout_create(const toc_package *package, const toc_drill *plan,
                              const char *language, toc_problems *problems);
void toc_tryout_destroy(toc_tryout *sample);
uint32_t toc_tryout_count(const toc_tryout *sample);
/* In the order in which they came. */
toc_tryout_inject toc_tryout_at(const toc_tryout *sample, uint32_t index);

#endif
