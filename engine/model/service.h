/* Service: what people lose. Supply is what the assets that provide it can give, never what is
   asked for; the loss is the exact integral of what was asked and not given. */
#ifndef MODEL_SERVICE_H
#define MODEL_SERVICE_H

#include "model/world.h"

/* Exact integrals since STARTEX. Quantities in base units of the service's unit. */
typedef struct toc_service_figures {
    __extension__ __int128 demand_us; /* base units x µs */
    __extension__ __int128 loss_us;   /* ∫ max(0, demand - supply) dt */
    __extension__ __int128 people_us; /* people without it x µs */
    int64_t level_ppm, min_level_ppm;
    int64_t demand, supply;
    int64_t people_out;   /* without it now */
    toc_time first_loss;  /* TOC_NEVER where there was none */
    toc_time restored_at; /* since when all demand is met again; TOC_NEVER where it is not */
} toc_service_figures;

toc_service_figures toc_service_read(const toc_world *world, uint32_t service);
/* Supply over demand, ppm; 1000000 where nothing is asked. */
int64_t toc_service_level_ppm(const toc_world *world, uint32_t service);

#endif
