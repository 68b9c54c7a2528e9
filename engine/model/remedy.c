#include "model/remedy.h"

#include "kernel/assert.h"
#include "model/belief.h"
#include "model/crew.h"
#include "model/sight.h"
#include "model/stock.h"
#include "model/vendor.h"
#include "model/world_state.h"

#include <string.h>

static const struct job_state *job_at(const toc_world *world, uint32_t job) {
    TOC_ASSERT(job < world->jobs.count);
    return TOC_LIST_AT(struct job_state, &world->jobs, job);
}

/* Causes for which work of this kind is what is done, as bits. */
static uint32_t cures(toc_job_kind kind, bool remote) {
    uint32_t causes = 0;
    kind = kind == TOC_JOB_KIND_RESTORE ? TOC_JOB_KIND_REIMAGE : kind;
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if (strcmp(toc_world_cause_job((toc_cause)cause), toc_job_kind_name(kind)) == 0 &&
            (!remote || toc_world_cause_is_remote((toc_cause)cause))) {
            causes |= 1u << cause;
        }
    }
    return causes;
}

/* Whether what runs there is put there anew. */
static bool sets_up_anew(toc_job_kind kind) {
    return kind == TOC_JOB_KIND_REIMAGE || kind == TOC_JOB_KIND_RESTORE ||
           kind == TOC_JOB_KIND_REPLACE;
}

/* Causes that it takes away. */
static uint32_t clears(toc_job_kind kind, bool remote) {
    return cures(kind, remote) | (!remote && sets_up_anew(kind) ? (uint32_t)CAUSES_OF_SIGHT : 0);
}

uint32_t toc_remedy_causes(const toc_world *world, const toc_job *job) {
    return world->elements[job->order.element].causes & clears(job->doing, job->order.remote);
}

bool toc_remedy_is_cleansing(const toc_world *world, const toc_job *job) {
    return job->order.element < world->topology->asset_count && sets_up_anew(job->doing);
}

/* Done whether or not it was needed: nobody can tell from the length of the work whether an
   intruder was there. */
static bool is_always_wanted(toc_job_kind kind) {
    return kind == TOC_JOB_KIND_INSPECT || kind == TOC_JOB_KIND_REIMAGE ||
           kind == TOC_JOB_KIND_RESTORE || kind == TOC_JOB_KIND_REBOOT;
}

bool toc_remedy_is_wanted(const toc_world *world, const toc_job_order *order) {
    if (order->kind == TOC_JOB_KIND_OPEN) {
        return !toc_world_has_cause(world, order->element, TOC_CAUSE_SWITCHED_OFF);
    }
    return is_always_wanted(order->kind) ||
           (world->elements[order->element].causes & clears(order->kind, order->remote)) != 0;
}

bool toc_remedy_seems_wanted(const toc_world *world, const toc_job_order *order) {
    toc_operation shown = toc_sight_shown(world, order->element);
    bool seems_up = shown == TOC_ON || shown == TOC_DEGRADED;
    if (!toc_world_has_cause(world, order->element, TOC_CAUSE_FALSIFIED)) {
        return toc_remedy_is_wanted(world, order);
    }
    return is_always_wanted(order->kind) || (order->kind == TOC_JOB_KIND_OPEN) == seems_up;
}

bool toc_remedy_has_control(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    if (element < topology->asset_count) {
        return toc_sight_takes_commands(world, element);
    }
    return toc_sight_takes_commands(world, topology->links[element - topology->asset_count].from) &&
           toc_sight_takes_commands(world, topology->links[element - topology->asset_count].to);
}

static bool owns(const toc_world *world, uint32_t operator_index, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count) {
        return topology->assets[element].operator_index == operator_index;
    }
    link = &topology->links[element - topology->asset_count];
    return topology->assets[link->from].operator_index == operator_index ||
           topology->assets[link->to].operator_index == operator_index;
}

uint32_t toc_remedy_latest(const toc_world *world, uint32_t element, toc_job_kind kind) {
    uint32_t at = world->elements[element].last_job;
    while (at != TOC_INDEX_NONE && job_at(world, at)->job.order.kind != kind) {
        at = job_at(world, at)->previous;
    }
    return at;
}

/* Whether who does the job has the skill for that kind of work as well, and the part that it takes
   with them. A vendor brings a part only when called to replace. */
static bool is_able(const toc_world *world, const struct job_state *state, toc_job_kind kind) {
    uint32_t part = toc_stock_wanted(world, state->job.order.element, kind);
    if (state->job.order.vendor != 0) {
        return part == TOC_INDEX_NONE &&
               toc_vendor_can(world->topology, state->job.order.vendor - 1, kind);
    }
    return (world->crews[state->job.crew].kinds & 1u << kind) != 0 &&
           (part == TOC_INDEX_NONE || world->parties[state->party].carries == part);
}

toc_job_kind toc_remedy_next(const toc_world *world, uint32_t index) {
    const struct job_state *state = job_at(world, index);
    const toc_job *job = &state->job;
    uint32_t causes = world->elements[job->order.element].causes;
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        uint32_t other = toc_remedy_latest(world, job->order.element, (toc_job_kind)kind);
        bool can = is_able(world, state, (toc_job_kind)kind);
        bool is_taken = other != TOC_INDEX_NONE && job_at(world, other)->job.stage < TOC_JOB_DONE;
        if ((causes & cures((toc_job_kind)kind, false)) != 0 && !is_taken && can) {
            return (toc_job_kind)kind;
        }
    }
    return TOC_JOB_KINDS;
}

static const char *vendor_refusal(const toc_world *world, const toc_job_order *order) {
    uint32_t part = toc_stock_wanted(world, order->element, order->kind);
    TOC_ASSERT(order->vendor <= world->topology->vendor_count);
    if (!toc_vendor_can(world->topology, order->vendor - 1, order->kind)) {
        return "the vendor's people do not have the skill";
    }
    if (part != TOC_INDEX_NONE && !toc_vendor_sells(world->topology, order->vendor - 1, part)) {
        return "the vendor does not have the part that it takes";
    }
    return toc_vendor_is_busy(world, order->vendor - 1) ? "all of the vendor's people are out"
                                                        : NULL;
}

const char *toc_remedy_refusal(const toc_world *world, const toc_job_order *order) {
    uint32_t before = toc_remedy_latest(world, order->element, order->kind);
    if (order->kind == TOC_JOB_KIND_MOVE && !order->remote && order->vendor == 0) {
        return toc_crew_can(world, order->crew, order->operator_index, order->kind)
                   ? NULL
                   : "no crew takes this operator's orders";
    }
    if (before != TOC_INDEX_NONE && job_at(world, before)->job.stage < TOC_JOB_DONE) {
        return "a job of that kind is under way there";
    }
    if (order->remote) {
        if (!toc_job_kind_is_remote(order->kind)) {
            return "that cannot be done from afar";
        }
        if (!owns(world, order->operator_index, order->element)) {
            return "it is not this operator's to control";
        }
        if (!toc_remedy_has_control(world, order->element)) {
            return toc_sight_refusal(world, order->element);
        }
        return toc_remedy_seems_wanted(world, order) ? NULL : "there is nothing of that kind to do";
    }
    if (order->vendor != 0 && vendor_refusal(world, order) != NULL) {
        return vendor_refusal(world, order);
    }
    if (order->vendor == 0 &&
        !toc_crew_can(world, order->crew, order->operator_index, order->kind)) {
        return order->crew == TOC_INDEX_NONE ? "nobody has the skill"
                                             : "that crew does not have the skill";
    }
    if (!toc_remedy_seems_wanted(world, order)) {
        toc_belief belief = toc_belief_read(world, order->operator_index, order->element);
        if (!belief.stale && belief.operation == TOC_ON) {
            return "there is nothing of that kind to do";
        }
    }
    return NULL;
}
