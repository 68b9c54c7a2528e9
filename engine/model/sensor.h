/* Sensor: notices attackers, and sometimes what is none. Every step of an attacker on an asset is
   noticed by each sensor that covers it with its own chance, so by any with 1 - prod(1 - p); an
   attacker who stays, after exponential times, so by any with the sum of their hazards; false
   alarms are Poisson. A sensor whose own asset is out or isolated notices nothing. */
#ifndef MODEL_SENSOR_H
#define MODEL_SENSOR_H

#include "model/world.h"

bool toc_sensor_is_blind(const toc_world *world, uint32_t sensor);
/* The attacker takes a step of that technique ("": of none) on the asset, with so much noise:
   1000000 is as usual, less is quieter. How many sensors noticed. */
uint32_t toc_sensor_step(toc_world *world, uint32_t attacker, uint32_t asset, const char *technique,
                         int64_t noise_ppm);
/* Whether it is made for that technique, or for the one of which that is a part. */
bool toc_sensor_knows(const toc_sensor *sensor, const char *technique);

/* For the rest of the model. */
void toc_sensor_init(toc_world *world);
/* Room for alerts, where the topology has neither sensors nor analysts and somebody hunts. */
void toc_sensor_prepare(toc_world *world);
void toc_sensor_finish(toc_world *world);
/* What the attacker has of the asset may have changed. */
void toc_sensor_presence(toc_world *world, uint32_t attacker, uint32_t asset);

#endif
