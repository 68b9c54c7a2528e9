/* Vendor: who is called in from outside, or sells parts. How long each call and delivery takes is
   drawn anew. */
#ifndef MODEL_VENDOR_H
#define MODEL_VENDOR_H

#include "model/job.h"

/* Whether its people have the skill. */
bool toc_vendor_can(const toc_topology *topology, uint32_t vendor, toc_job_kind kind);
bool toc_vendor_sells(const toc_topology *topology, uint32_t vendor, uint32_t part);
/* Whether it answers as many calls as it can at once. */
bool toc_vendor_is_busy(const toc_world *world, uint32_t vendor);
/* Until its people are there, with the part where they bring one (else TOC_INDEX_NONE); drawn for
   the element and this occurrence. */
toc_time toc_vendor_comes(const toc_world *world, uint32_t vendor, uint32_t part, toc_draw draw);
/* Until an order of the part is delivered; `occurrence` counts the orders so far. */
toc_time toc_vendor_delivers(const toc_world *world, uint32_t vendor, uint32_t part,
                             uint32_t occurrence);

#endif
