/* Detection state: sensors' clocks, alerts and the analysts' queues of a world, shared by the files
   that make them up. */
#ifndef MODEL_DETECTION_STATE_H
#define MODEL_DETECTION_STATE_H

#include "kernel/resource.h"
#include "model/alert.h"
#include "model/world_state.h"

/* One sensor and one attacker on one asset that it covers. */
struct stay {
    uint32_t sensor, attacker, asset;
    uint32_t next;         /* of the same sensor and asset; TOC_INDEX_NONE: none */
    uint32_t steps, times; /* how often it could notice a step, and how often its clock was set */
    toc_event_id clock;    /* of an attacker who stays */
};

struct cover {
    uint32_t asset, sensor;
    uint32_t first_stay; /* TOC_INDEX_NONE: none */
};

struct desk {
    toc_resource *people;
    toc_list borrowed; /* uint32_t: tickets of people who do something else, or will */
    uint32_t waiting, hunts;
    uint32_t *assets, asset_count; /* where they hunt */
    toc_event_id hunt;
};

struct detection {
    struct cover *covers; /* by asset, then sensor */
    struct sensor_state {
        uint32_t alerts, false_alarms; /* so far */
        toc_event_id false_alarm;
    } * sensors;
    struct desk *desks; /* by analysts of the topology */
    toc_list stays;     /* struct stay */
    toc_list alerts;    /* toc_alert */
};

#endif
