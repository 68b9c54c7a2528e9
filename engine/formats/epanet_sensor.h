/* EPANET sensor: what a reading in a .cpa file is of. */
#ifndef FORMATS_EPANET_SENSOR_H
#define FORMATS_EPANET_SENSOR_H

#include "formats/epanet_field.h"
#include "formats/epanet_network.h"

/* The level in a tank or the pressure at a junction ("P_T1"), the flow
   through a link ("F_PU1"), whether a link is open ("S_V2"). */
typedef enum toc_epanet_variable {
    TOC_EPANET_LEVEL,
    TOC_EPANET_FLOW,
    TOC_EPANET_STATE
} toc_epanet_variable;

typedef struct toc_epanet_sensor {
    toc_epanet_variable variable;
    bool of_node;
    uint32_t of; /* node or link */
} toc_epanet_sensor;

/* "P_T1", "F_PU1", "S_V2", or the name alone. False and told where it is none. */
bool toc_epanet_sensor_read(toc_epanet_fields *fields, uint32_t field, const char *name,
                            const toc_epanet_network *network, toc_epanet_sensor *out);
bool toc_epanet_sensor_among(const toc_list *sensors, const toc_epanet_sensor *sensor);

#endif
