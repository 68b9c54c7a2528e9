/* Reading: the level of a tank as it is reported, to the screens of its operator and to controls;
   the truth stays in the tank. An attacker can make the report lie. */
#ifndef MODEL_READING_H
#define MODEL_READING_H

#include "model/world.h"

typedef enum toc_reader { TOC_READ_ON_SCREEN, TOC_READ_BY_CONTROLS, TOC_READERS } toc_reader;

typedef enum toc_falsehood {
    TOC_READ_TRULY,
    TOC_READ_OFFSET,   /* so much more than it is */
    TOC_READ_CONSTANT, /* always that */
    TOC_READ_FROZEN,   /* as it was when that began */
    TOC_FALSEHOODS
} toc_falsehood;

/* What an operator's screen shows. */
typedef struct toc_reading {
    bool known;       /* the operator gets reports of it, or got one */
    bool stale;       /* nothing comes any more */
    toc_time seen_at; /* when the level shown was reported */
    int32_t level_mm;
    int64_t trend_mm; /* how much it rises a day, below 0: falls; 0 where it is stale */
} toc_reading;

/* `level_mm`: the offset or the constant, not used by the others. TOC_READ_TRULY ends it. The tank
   is an index into the topology's tanks. */
void toc_reading_falsify(toc_world *world, uint32_t tank, toc_reader reader,
                         toc_falsehood falsehood, int32_t level_mm);
toc_falsehood toc_reading_falsehood(const toc_world *world, uint32_t tank, toc_reader reader);
/* The report as it is sent now. */
int32_t toc_reading_level_mm(const toc_world *world, uint32_t tank, toc_reader reader);
/* What the operator is shown: of its own tanks, as long as it has a view of the asset. */
toc_reading toc_reading_seen(const toc_world *world, uint32_t operator_index, uint32_t tank);
const char *toc_reading_falsehood_name(toc_falsehood falsehood);

/* For the rest of the model. */
void toc_reading_init(toc_world *world);
void toc_reading_finish(toc_world *world);
/* The reported level of the asset's tank, if it has one, is true on the screen again. */
void toc_reading_restore(toc_world *world, uint32_t asset);
/* The view of the asset came or went. */
void toc_reading_sight_changed(toc_world *world, uint32_t asset);
/* The true level at which the report comes to `level_mm`; false where it never changes. */
bool toc_reading_mark(const toc_world *world, uint32_t tank, toc_reader reader, int64_t level_mm,
                      int64_t *out_true_mm);
void toc_reading_digest(const toc_world *world, toc_digest *digest);

#endif
