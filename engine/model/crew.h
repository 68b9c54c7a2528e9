/* Crew: parties that are sent apart, and the queues of jobs that wait for one. A job waits once,
   for whoever of the operator has the skill, or for one crew. */
#ifndef MODEL_CREW_H
#define MODEL_CREW_H

#include "model/world_state.h"

void toc_crew_init(toc_world *world);
void toc_crew_finish(toc_world *world);
/* From now on the crew takes this operator's orders. */
void toc_crew_serve(toc_world *world, uint32_t crew, uint32_t operator_index);
/* Kinds of work that the blank-separated skills cover, as bits. */
uint32_t toc_crew_kinds(const char *skills);
/* Whether the crew belongs to the operator and has the skill; crew NONE: whether any has. */
bool toc_crew_can(const toc_world *world, uint32_t crew, uint32_t operator_index,
                  toc_job_kind kind);
/* The free party that would be there first; TOC_INDEX_NONE where none is free, or none has a way.
 */
uint32_t toc_crew_nearest(const toc_world *world, const toc_job_order *order);
/* What a job lacks that no free party takes. */
toc_job_lack_kind toc_crew_lack(const toc_world *world, const toc_job_order *order);
void toc_crew_enqueue(toc_world *world, uint32_t job);
/* The next job for a free party, taken out of its queue: lowest rank, then first ordered. */
uint32_t toc_crew_next_job(toc_world *world, uint32_t party);
void toc_crew_digest(const toc_world *world, toc_digest *digest);
void toc_crew_check(const toc_world *world);

#endif
