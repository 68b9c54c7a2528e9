/* EPANET attack: the lines of [CYBERATTACKS]. */
#ifndef FORMATS_EPANET_ATTACK_H
#define FORMATS_EPANET_ATTACK_H

#include "formats/epanet_cyber.h"
#include "formats/epanet_field.h"

/* The present line. Controllers and channels must have been read. */
void toc_epanet_attack_read(toc_epanet_fields *fields, const toc_epanet_network *network,
                            toc_epanet_cyber *cyber);

#endif
