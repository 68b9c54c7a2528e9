/* Job: work on an element, done by a crew on the spot or from afar. Stages: waiting, travel, work,
   done; a crew's party is held from travel to the end and goes on from where it is. */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include "model/world.h"

typedef enum toc_job_stage {
    TOC_JOB_WAITING,
    TOC_JOB_TRAVEL,
    TOC_JOB_WORK,
    TOC_JOB_DONE,
    TOC_JOB_FAILED, /* the element could not be worked on, e.g. remote control was lost meanwhile */
    TOC_JOB_CANCELLED,
    TOC_JOB_STAGES
} toc_job_stage;

/* Kinds of work (job.def: name, skill or "" for anybody, median, sigma, remote median or 0). Which
   causes a job clears is said in cause.def. */
typedef enum toc_job_kind {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median) TOC_JOB_KIND_##id,
#include "model/job.def"
#undef TOC_JOB
    TOC_JOB_KINDS
} toc_job_kind;

/* What a job waits for. */
typedef enum toc_job_lack {
    TOC_JOB_LACKS_NOTHING,
    TOC_JOB_LACKS_CREW, /* nobody who can do it is free */
    TOC_JOB_LACKS_ROAD, /* who is free has no open road there */
    TOC_JOB_LACKS_PART, /* no stock holds the part that it takes */
    TOC_JOB_LACKS_REST, /* who is free has worked too long, or is handing over */
    TOC_JOB_LACKS
} toc_job_lack_kind;

typedef struct toc_job_order {
    toc_job_kind kind;
    uint32_t element;
    uint32_t operator_index; /* whose crews */
    uint32_t crew;   /* TOC_INDEX_NONE: whichever of the operator's with the skill is free first */
    bool remote;     /* needs control of the asset, no crew */
    uint32_t vendor; /* who is called in from outside, counted from 1; 0: the own crews go */
    bool look_only;  /* an inspection that stops at finding out */
    int32_t rank;    /* lower first */
} toc_job_order;

typedef struct toc_job {
    toc_job_order order;
    toc_job_stage stage;
    toc_job_kind doing; /* the order's kind; an inspection goes on with what it found to do */
    uint32_t crew;
    uint32_t fetch; /* asset where its party fetches a part on the way there, TOC_INDEX_NONE */
    toc_job_lack_kind lacks; /* while it waits */
    toc_time ordered_at, ended_at;
    toc_time arrives_at; /* as things stand; TOC_NEVER while nobody is on the way */
    toc_time started_at; /* when a party set out, or remote work began; TOC_NEVER while not yet */
} toc_job;

/* The job's number, or TOC_INDEX_NONE with the reason in *why (a constant text): nobody has the
   skill, no remote control, one of that kind is under way, or the operator can see that there is
   nothing of that kind to do. A crew sent on stale belief finds that out there, and is done. */
uint32_t toc_job_order_at(toc_world *world, const toc_job_order *order, const char **why);
bool toc_job_cancel(toc_world *world, uint32_t job);
/* Changes the rank of a waiting job. */
bool toc_job_rank(toc_world *world, uint32_t job, int32_t rank);
/* The crew takes the other operator's orders from now on (mutual aid, or its end): what it is doing
   it ends first. */
void toc_job_lend_crew(toc_world *world, uint32_t crew, uint32_t operator_index);
/* Free parties look at what waits, within this instant: roads have opened or parts have come. */
void toc_job_look_soon(toc_world *world);
/* A job that waits lacks this from now on. */
void toc_job_lack(toc_world *world, uint32_t job, toc_job_lack_kind lacks);
/* Assets by which the job's party will come, in order; returns how many there are, of which the
   first `most` are given. None where there are no roads, or nobody is on the way. */
uint32_t toc_job_way(const toc_world *world, uint32_t job, uint32_t *out_assets, uint32_t most);
/* The same for the first party of a crew, if it set out to the element now. */
uint32_t toc_job_route(const toc_world *world, uint32_t crew, uint32_t element,
                       uint32_t *out_assets, uint32_t most);
/* How long the free party of the crew that is nearest would take to the element, TOC_NEVER where
   none is free or has a way. */
toc_time toc_job_travel_time(const toc_world *world, uint32_t crew, uint32_t element);
/* A part of a crew that is sent apart, and what it is at. */
typedef struct toc_party {
    uint32_t job;     /* TOC_INDEX_NONE: it is free */
    uint32_t carries; /* part, TOC_INDEX_NONE for none */
    int32_t x_m, y_m; /* where it is now; valid if placed */
    bool placed;
} toc_party;

/* `number` counts from 0 to below the crew's size. */
toc_party toc_job_party(const toc_world *world, uint32_t crew, uint32_t number);
/* Work that the crew is at takes that much longer. */
void toc_job_delay_crew(toc_world *world, uint32_t crew, toc_time by);
/* Operator whose orders the crew takes. */
uint32_t toc_job_crew_serves(const toc_world *world, uint32_t crew);
toc_job toc_job_read(const toc_world *world, uint32_t job);
uint32_t toc_job_count(const toc_world *world);
/* All jobs in order; part of toc_world_digest. */
void toc_job_digest(const toc_world *world, toc_digest *digest);

const char *toc_job_kind_name(toc_job_kind kind);
const char *toc_job_kind_skill(toc_job_kind kind);
/* Whether it can be done from afar at all. */
bool toc_job_kind_is_remote(toc_job_kind kind);
/* TOC_JOB_KINDS where there is none of that name. */
toc_job_kind toc_job_find_kind(const char *name);
/* The kind or skill most like the name, or NULL. */
const char *toc_job_nearest_kind(const char *name);
const char *toc_job_nearest_skill(const char *name);
/* "crew", "road", "part", "rest"; "" for nothing. */
const char *toc_job_lack_name(toc_job_lack_kind lacks);
const char *toc_job_stage_name(toc_job_stage stage);

#endif
