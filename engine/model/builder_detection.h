/* Building what watches for attackers: sensors, and the analysts who look at their alerts. */
#ifndef MODEL_BUILDER_DETECTION_H
#define MODEL_BUILDER_DETECTION_H

#include "model/builder.h"

typedef struct toc_sensor_spec {
    const char *id;
    const char *operator_id;
    const char *on;         /* asset; empty: nowhere in particular */
    const char *covers;     /* blank-separated ids of assets and zones */
    const char *techniques; /* that its chance is for, blanks between; empty: all */
    int64_t chance_ppm;
    toc_time dwell, false_every; /* 0: never */
    toc_place place;
} toc_sensor_spec;

typedef struct toc_analysts_spec {
    const char *operator_id;
    uint32_t size;
    toc_time median;
    int64_t spread_ppm;
    toc_time mean;       /* not 0: instead of the two */
    toc_time hunt_every; /* 0: never by themselves */
    uint32_t hunt_looks;
    int64_t hunt_ppm;
    toc_place place;
} toc_analysts_spec;

void toc_builder_detection_sensor(toc_builder *builder, const toc_sensor_spec *spec);
void toc_builder_detection_analysts(toc_builder *builder, const toc_analysts_spec *spec);

#endif
