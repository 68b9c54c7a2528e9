/* Alert: what a sensor says, until somebody has looked at it. It waits for a free analyst of the
   sensor's operator, who takes a while; what nobody of the operator looks at is seen at once. A
   false alarm goes the same way, and nothing tells it from the others. */
#ifndef MODEL_ALERT_H
#define MODEL_ALERT_H

#include "model/world.h"

typedef enum toc_alert_stage {
    TOC_ALERT_WAITING,
    TOC_ALERT_LOOKED_AT,
    TOC_ALERT_SEEN, /* the operator's people know of it */
    TOC_ALERT_STAGES
} toc_alert_stage;

typedef struct toc_alert {
    uint32_t sensor; /* TOC_INDEX_NONE: found by a hunt */
    uint32_t operator_index, asset;
    uint32_t attacker; /* whom it is about; TOC_INDEX_NONE: a false alarm, or of a hunt */
    bool genuine;
    toc_alert_stage stage;
    toc_time raised, seen;   /* seen: TOC_NEVER as long as it is not */
    uint32_t number, ticket; /* of its sensor; of the queue */
} toc_alert;

/* Index into the topology's analysts, TOC_INDEX_NONE where the operator has none. */
uint32_t toc_alert_analysts(const toc_world *world, uint32_t operator_index);
uint32_t toc_alert_count(const toc_world *world);
const toc_alert *toc_alert_at(const toc_world *world, uint32_t alert);
/* Alerts of the operator that nobody has begun to look at. */
uint32_t toc_alert_waiting(const toc_world *world, uint32_t operator_index);
/* One of the operator's analysts does something else as soon as one is free, before the next alert
   is looked at, until toc_alert_give_back; nothing where it has none. */
void toc_alert_borrow(toc_world *world, uint32_t operator_index);
void toc_alert_give_back(toc_world *world, uint32_t operator_index);
/* What conditions that look at alerts depend on. */
uint64_t toc_alert_cell(void);

/* For sensors and hunts: sets out what is known of it (sensor, operator, asset, attacker, genuine);
   the rest follows. What a hunt finds is seen at once. */
void toc_alert_raise(toc_world *world, const toc_alert *facts);
void toc_alert_init(toc_world *world);
void toc_alert_finish(toc_world *world);
void toc_alert_digest(const toc_world *world, toc_digest *digest);

#endif
