/* Remedy: which work helps against what, and who is able to do it. */
#ifndef MODEL_REMEDY_H
#define MODEL_REMEDY_H

#include "model/job.h"

/* Causes at the element that the job takes away as it is done, as bits. */
uint32_t toc_remedy_causes(const toc_world *world, const toc_job *job);
/* Whether what runs on the asset is put there anew, which no intruder survives. */
bool toc_remedy_is_cleansing(const toc_world *world, const toc_job *job);
/* Whether there is anything of that kind to do. Reimaging and restoring are done whether or not it
   was needed: nobody can tell from the length of the work whether an intruder was there. */
/* The same as it looks from afar: a false state is work, or none, as the true one would be. */
bool toc_remedy_seems_wanted(const toc_world *world, const toc_job_order *order);
bool toc_remedy_is_wanted(const toc_world *world, const toc_job_order *order);
/* From afar; a link is operated from its two ends. */
bool toc_remedy_has_control(const toc_world *world, uint32_t element);
/* The latest job of that kind on the element, TOC_INDEX_NONE where there was none. */
uint32_t toc_remedy_latest(const toc_world *world, uint32_t element, toc_job_kind kind);
/* What an inspection goes on with: the first kind of work there is that it is able to and nobody
   else is ordered to do; TOC_JOB_KINDS where there is none. */
toc_job_kind toc_remedy_next(const toc_world *world, uint32_t job);
/* Why the order cannot be taken, NULL where it can. What nobody told the operator is no reason: a
   crew that is sent for nothing finds that out on the spot. */
const char *toc_remedy_refusal(const toc_world *world, const toc_job_order *order);

#endif
