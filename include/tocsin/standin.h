/* Stand-in: a Lua policy that plays a seat which nobody fills. It sees only what its seat sees and
   acts only through inputs, so a record of its drill replays without it. */
#ifndef TOCSIN_STANDIN_H
#define TOCSIN_STANDIN_H

#include <stdbool.h>

#include "tocsin/drill.h"

typedef struct toc_standins toc_standins;

/* Called for every input a stand-in gave, after the drill took it; `input->at` is its stamp. A
   failure stops the drill. The sink may be NULL. */
typedef toc_status toc_standins_sink(void *object, const toc_input *input, toc_problems *problems);

/* `policy`: "none", "reference", or a module of the package ("policies/bold.lua"). "reference" is
   the package's own policies/reference.lua where there is one, else the library's. Options of the
   policy may follow: "reference:pace=2:competence=70%". Fills every seat of the drill. */
toc_status toc_standins_create(toc_drill *drill, const toc_package *package, const char *policy,
                               toc_standins_sink *sink, void *sink_object, toc_problems *problems,
                               toc_standins **out_standins);
/* The same for some seats: those that are true, by index (NULL: all). */
toc_status toc_standins_create_at(toc_drill *drill, const toc_package *package, const char *policy,
                                  const bool *seats, toc_standins_sink *sink, void *sink_object,
                                  toc_problems *problems, toc_standins **out_standins);
void toc_standins_destroy(toc_standins *standins);
/* A person sits down: the stand-in of that seat stops where it is. */
void toc_standins_leave(toc_standins *standins, uint32_t seat);
/* A stand-in plays the seat from now on: it knows how things stand, and is shown what comes. */
toc_status toc_standins_enter(toc_standins *standins, uint32_t seat, toc_problems *problems);
bool toc_standins_has(const toc_standins *standins, uint32_t seat);
/* Plays from the drill's now to `until` or the end: advances the drill from one waking of a
   stand-in to the next. */
toc_status toc_standins_play(toc_standins *standins, toc_time until, toc_problems *problems);
/* When one of them wakes next by itself; TOC_NEVER: when it is told something, or not at all. */
toc_time toc_standins_next(const toc_standins *standins);

#endif
