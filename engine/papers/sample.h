/* Sample: injects that no plan holds, since functions of the scenario make them as the drill goes;
   found by playing it once with the reference policy. Another course brings others. */
#ifndef PAPERS_SAMPLE_H
#define PAPERS_SAMPLE_H

#include "tocsin/drill.h"

/* Texts are in the sample's language. */
typedef struct toc_sample_inject {
    toc_time at;
    const char *id, *from, *channel, *text;
    const char *to, *expects; /* "; " between them */
} toc_sample_inject;

typedef struct toc_sample toc_sample;

/* Plays the package with seed 1; `plan` is a drill of it that has not been played. What goes wrong
   in the run is told, and NULL given. Freed by toc_sample_destroy. */
toc_sample *toc_sample_create(const toc_package *package, const toc_drill *plan,
                              const char *language, toc_problems *problems);
void toc_sample_destroy(toc_sample *sample);
uint32_t toc_sample_count(const toc_sample *sample);
/* In the order in which they came. */
toc_sample_inject toc_sample_at(const toc_sample *sample, uint32_t index);

#endif
