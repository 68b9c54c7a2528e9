#include "model/job.h"

#include "kernel/assert.h"
#include "kernel/names.h"
#include "model/belief.h"
#include "model/crew.h"
#include "model/intrusion.h"
#include "model/settle.h"
#include "model/travel.h"
#include "model/world_state.h"

#include <string.h>

/* How long it takes until somebody from outside is there. Our planning value: a contract with half
   a day's response, used in an emergency. */
static const toc_time vendor_comes_after = 3 * TOC_HOUR;

struct kind_facts {
    const char *name, *skill;
    toc_time median;
    int64_t sigma_ppm;
    toc_time remote_median;
};

static const struct kind_facts kinds[] = {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median)                                 \
    {name, skill, median, sigma_ppm, remote_median},
#include "model/job.def"
#undef TOC_JOB
};

static const char *const kind_names[] = {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median) name,
#include "model/job.def"
#undef TOC_JOB
};

static const char *const kind_skills[] = {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median) skill,
#include "model/job.def"
#undef TOC_JOB
};

static struct job_state *job_at(const toc_world *world, uint32_t job) {
    TOC_ASSERT(job < world->jobs.count);
    return TOC_LIST_AT(struct job_state, &world->jobs, job);
}

static void set_stage(toc_world *world, uint32_t index, toc_job_stage stage) {
    struct job_state *state = job_at(world, index);
    toc_job_stage before = state->job.stage;
    state->job.stage = stage;
    if (stage != TOC_JOB_WAITING) {
        state->job.lacks = TOC_JOB_LACKS_NOTHING;
    }
    if (stage >= TOC_JOB_DONE) {
        state->job.ended_at = toc_calendar_now(world->calendar);
        state->event = (toc_event_id){0, 0};
    }
    toc_world_tell(world,
                   (toc_change){TOC_CHANGE_JOB, index, state->job.order.element, before, stage});
}

/* Causes that work of this kind takes away, as bits. */
static uint32_t clears(toc_job_kind kind, bool remote) {
    uint32_t causes = 0;
    kind = kind == TOC_JOB_KIND_RESTORE ? TOC_JOB_KIND_REIMAGE : kind;
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if (strcmp(toc_world_cause_job((toc_cause)cause), kinds[kind].name) == 0 &&
            (!remote || toc_world_cause_is_remote((toc_cause)cause))) {
            causes |= 1u << cause;
        }
    }
    return causes;
}

/* Whether what runs on the asset is put there anew, which no intruder survives. */
static bool is_cleansing(const toc_world *world, const toc_job *job) {
    return job->order.element < world->topology->asset_count &&
           (job->doing == TOC_JOB_KIND_REIMAGE || job->doing == TOC_JOB_KIND_RESTORE ||
            job->doing == TOC_JOB_KIND_REPLACE);
}

/* Reimaging and restoring are done whether or not it was needed: nobody can tell from the length
   of the work whether an intruder was there. */
static bool has_work(const toc_world *world, const toc_job_order *order) {
    return order->kind == TOC_JOB_KIND_INSPECT || order->kind == TOC_JOB_KIND_REIMAGE ||
           order->kind == TOC_JOB_KIND_RESTORE ||
           (world->elements[order->element].causes & clears(order->kind, order->remote)) != 0;
}

/* A link is operated from its two ends. */
static bool has_control(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    if (element < topology->asset_count) {
        return state_has_control(world, element);
    }
    return state_has_control(world, topology->links[element - topology->asset_count].from) &&
           state_has_control(world, topology->links[element - topology->asset_count].to);
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

static uint32_t previous_of_kind(const toc_world *world, uint32_t element, toc_job_kind kind) {
    uint32_t at = world->elements[element].last_job;
    while (at != TOC_INDEX_NONE && job_at(world, at)->job.order.kind != kind) {
        at = job_at(world, at)->previous;
    }
    return at;
}

/* Median and spread of the work, the topology's own where it has them. */
static toc_time duration(const toc_world *world, const struct job_state *state) {
    const toc_topology *topology = world->topology;
    const toc_job_order *order = &state->job.order;
    const struct kind_facts *facts = &kinds[state->job.doing];
    toc_time median = order->remote ? facts->remote_median : facts->median;
    int64_t sigma_ppm = facts->sigma_ppm;
    toc_draw draw = {toc_chance_key(toc_topology_element_id(topology, order->element)),
                     toc_chance_key(facts->name), state->occurrence};
    if (order->element < topology->asset_count && !order->remote) {
        const toc_asset *asset = &topology->assets[order->element];
        for (uint32_t i = asset->first_work; i < asset->first_work + asset->work_count; i++) {
            if (strcmp(topology->works[i].job, facts->name) == 0) {
                median = topology->works[i].median;
                sigma_ppm = topology->works[i].spread_ppm;
            }
        }
    }
    return toc_chance_lognormal(&world->chance, draw, median, (double)sigma_ppm / 1e6);
}

static void send(toc_world *world, uint32_t index, uint32_t party);

static void look_for_work(toc_world *world, uint32_t party) {
    uint32_t next = world->parties[party].job == TOC_INDEX_NONE ? toc_crew_next_job(world, party)
                                                                : TOC_INDEX_NONE;
    if (next != TOC_INDEX_NONE) {
        send(world, next, party);
    }
}

static void release(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    uint32_t party = state->party;
    if (party != TOC_INDEX_NONE) {
        state->party = TOC_INDEX_NONE;
        world->parties[party].job = TOC_INDEX_NONE;
        look_for_work(world, party);
    }
}

static void clear_causes(toc_world *world, const toc_job *job) {
    uint32_t causes = world->elements[job->order.element].causes;
    causes &= clears(job->doing, job->order.remote);
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if ((causes & 1u << cause) != 0) {
            (void)toc_world_clear(world, job->order.element, (toc_cause)cause);
        }
    }
}

/* What an inspection goes on with: the first kind of work there is that its crew has the skill for
   and nobody else is ordered to do; TOC_JOB_KINDS where there is none. */
static toc_job_kind next_work(const toc_world *world, const toc_job *job) {
    uint32_t causes = world->elements[job->order.element].causes;
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        uint32_t other = previous_of_kind(world, job->order.element, (toc_job_kind)kind);
        bool can = job->order.vendor || (world->crews[job->crew].kinds & 1u << kind) != 0;
        bool is_taken = other != TOC_INDEX_NONE && job_at(world, other)->job.stage < TOC_JOB_DONE;
        if ((causes & clears((toc_job_kind)kind, false)) != 0 && !is_taken && can) {
            return (toc_job_kind)kind;
        }
    }
    return TOC_JOB_KINDS;
}

static void report(toc_world *world, const toc_job_order *order) {
    if (!order->remote) {
        toc_belief_learn(world, order->operator_index, order->element, TOC_SEEN_BY_CREW);
    }
}

static void on_worked(void *object, uint64_t argument);

static void work(toc_world *world, uint32_t index) {
    toc_time now = toc_calendar_now(world->calendar);
    toc_time takes = duration(world, job_at(world, index));
    job_at(world, index)->event =
        toc_calendar_schedule(world->calendar, now + takes, TOC_PHYSICAL, on_worked, world, index);
    set_stage(world, index, TOC_JOB_WORK);
}

static void on_worked(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t index = (uint32_t)argument;
    toc_job job = job_at(world, index)->job;
    toc_job_order order = job.order;
    toc_job_kind next = TOC_JOB_KINDS;
    if (order.remote && !has_control(world, order.element)) {
        set_stage(world, index, TOC_JOB_FAILED);
        return;
    }
    clear_causes(world, &job);
    if (is_cleansing(world, &job)) {
        (void)toc_intrusion_cleanse(world, order.element);
    }
    if (order.kind == TOC_JOB_KIND_INSPECT && !order.look_only) {
        next = next_work(world, &job);
    }
    if (next != TOC_JOB_KINDS) {
        job_at(world, index)->job.doing = next;
        work(world, index);
        report(world, &order);
        return;
    }
    if (!order.remote) {
        world->elements[order.element].hands--;
    }
    toc_settle_look(world, order.element);
    toc_settle_run(world);
    set_stage(world, index, TOC_JOB_DONE);
    report(world, &order);
    release(world, index);
}

static void begin_work(toc_world *world, uint32_t index) {
    toc_job_order order = job_at(world, index)->job.order;
    if (!has_work(world, &order)) { /* found in order: there is nothing to do but to say so */
        set_stage(world, index, TOC_JOB_DONE);
        report(world, &order);
        release(world, index);
        return;
    }
    work(world, index);
    if (!order.remote) {
        world->elements[order.element].hands++;
        toc_settle_look(world, order.element);
        toc_settle_run(world);
        report(world, &order);
    }
}

/* The nearest party that is free and has a way goes, or the job waits for one. */
static void dispatch(toc_world *world, uint32_t index) {
    toc_job_order order = job_at(world, index)->job.order;
    uint32_t party = toc_crew_nearest(world, &order);
    if (party != TOC_INDEX_NONE) {
        send(world, index, party);
        return;
    }
    toc_crew_enqueue(world, index);
    toc_job_lack(world, index,
                 toc_crew_is_free(world, &order) ? TOC_JOB_LACKS_ROAD : TOC_JOB_LACKS_CREW);
}

/* The way has been closed, and there is no other: the party is free for what it can get to. */
static void give_up_way(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    state->job.arrives_at = TOC_NEVER;
    state->job.lacks = TOC_JOB_LACKS_ROAD;
    state->event = (toc_event_id){0, 0};
    set_stage(world, index, TOC_JOB_WAITING);
    job_at(world, index)->job.crew = TOC_INDEX_NONE;
    release(world, index);
    if (job_at(world, index)->job.stage == TOC_JOB_WAITING) {
        dispatch(world, index);
    }
}

static void on_arrived(void *object, uint64_t argument);

/* Sets out on the next leg; false where no open road leads there. */
static bool go(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    toc_time now = toc_calendar_now(world->calendar), leg, way;
    if (!toc_travel_go(world, state->party, state->job.order.element, &leg, &way)) {
        return false;
    }
    state->job.arrives_at = now + way;
    state->event =
        toc_calendar_schedule(world->calendar, now + leg, TOC_PHYSICAL, on_arrived, world, index);
    return true;
}

static void on_arrived(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t index = (uint32_t)argument;
    const struct job_state *state = job_at(world, index);
    toc_time expected = state->job.arrives_at;
    if (state->party == TOC_INDEX_NONE ||
        toc_travel_arrive(world, state->party, state->job.order.element)) {
        begin_work(world, index);
    } else if (!go(world, index)) {
        give_up_way(world, index);
    } else if (job_at(world, index)->job.arrives_at != expected) {
        set_stage(world, index, TOC_JOB_TRAVEL); /* another way: it comes at another time */
    }
}

/* The party must have a way there. */
static void send(toc_world *world, uint32_t index, uint32_t party) {
    struct job_state *state = job_at(world, index);
    bool goes;
    state->party = party;
    state->job.crew = world->parties[party].crew;
    state->job.started_at = toc_calendar_now(world->calendar);
    world->parties[party].job = index;
    goes = go(world, index);
    TOC_ASSERT(goes);
    set_stage(world, index, TOC_JOB_TRAVEL);
}

static void call_vendor(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    toc_time now = toc_calendar_now(world->calendar);
    toc_draw draw = {
        toc_chance_key(toc_topology_element_id(world->topology, state->job.order.element)),
        toc_chance_key("vendor comes"), state->occurrence};
    toc_time takes = toc_chance_lognormal(&world->chance, draw, vendor_comes_after, 0.4);
    state->job.started_at = now;
    state->job.arrives_at = now + takes;
    state->event =
        toc_calendar_schedule(world->calendar, now + takes, TOC_PHYSICAL, on_arrived, world, index);
    set_stage(world, index, TOC_JOB_TRAVEL);
}

/* Why the order cannot be taken, NULL where it can. What nobody told the operator is no reason: a
   crew that is sent for nothing finds that out on the spot. */
static const char *refusal(const toc_world *world, const toc_job_order *order) {
    uint32_t before = previous_of_kind(world, order->element, order->kind);
    if (before != TOC_INDEX_NONE && job_at(world, before)->job.stage < TOC_JOB_DONE) {
        return "a job of that kind is under way there";
    }
    if (order->remote) {
        if (kinds[order->kind].remote_median == 0) {
            return "that cannot be done from afar";
        }
        if (!owns(world, order->operator_index, order->element)) {
            return "it is not this operator's to control";
        }
        if (!has_control(world, order->element)) {
            return "there is no remote control";
        }
        return has_work(world, order) ? NULL : "there is nothing of that kind to do";
    }
    if (!order->vendor && !toc_crew_can(world, order->crew, order->operator_index, order->kind)) {
        return order->crew == TOC_INDEX_NONE ? "nobody has the skill"
                                             : "that crew does not have the skill";
    }
    if (!has_work(world, order)) {
        toc_belief belief = toc_belief_read(world, order->operator_index, order->element);
        if (!belief.stale && belief.operation == TOC_ON) {
            return "there is nothing of that kind to do";
        }
    }
    return NULL;
}

uint32_t toc_job_order_at(toc_world *world, const toc_job_order *order, const char **why) {
    const char *reason;
    uint32_t index = world->jobs.count, before;
    struct job_state *state;
    TOC_ASSERT(order->kind < TOC_JOB_KINDS);
    TOC_ASSERT(order->operator_index < world->topology->operator_count);
    TOC_ASSERT(order->element < world->topology->asset_count + world->topology->link_count);
    reason = refusal(world, order);
    if (reason != NULL) {
        *why = reason;
        return TOC_INDEX_NONE;
    }
    before = previous_of_kind(world, order->element, order->kind);
    state = toc_list_add(&world->jobs, sizeof *state);
    *state = (struct job_state){.party = TOC_INDEX_NONE,
                                .previous = world->elements[order->element].last_job};
    state->occurrence = before == TOC_INDEX_NONE ? 0 : job_at(world, before)->occurrence + 1;
    state->job = (toc_job){.order = *order,
                           .stage = TOC_JOB_WAITING,
                           .doing = order->kind,
                           .crew = TOC_INDEX_NONE,
                           .ordered_at = toc_calendar_now(world->calendar),
                           .started_at = TOC_NEVER,
                           .arrives_at = TOC_NEVER,
                           .ended_at = TOC_NEVER};
    world->elements[order->element].last_job = index;
    set_stage(world, index, TOC_JOB_WAITING);
    if (order->remote) {
        job_at(world, index)->job.started_at = toc_calendar_now(world->calendar);
        begin_work(world, index);
        return index;
    }
    if (order->vendor) {
        call_vendor(world, index);
        return index;
    }
    dispatch(world, index);
    return index;
}

bool toc_job_cancel(toc_world *world, uint32_t job) {
    struct job_state *state = job_at(world, job);
    toc_job_stage stage = state->job.stage;
    if (stage >= TOC_JOB_DONE) {
        return false;
    }
    (void)toc_calendar_cancel(world->calendar, state->event);
    if (stage == TOC_JOB_TRAVEL && state->party != TOC_INDEX_NONE) {
        toc_travel_halt(world, state->party);
    }
    set_stage(world, job, TOC_JOB_CANCELLED);
    if (stage == TOC_JOB_WORK && !job_at(world, job)->job.order.remote) {
        uint32_t element = job_at(world, job)->job.order.element;
        world->elements[element].hands--;
        toc_settle_look(world, element);
        toc_settle_run(world);
    }
    release(world, job);
    return true;
}

bool toc_job_rank(toc_world *world, uint32_t job, int32_t rank) {
    struct job_state *state = job_at(world, job);
    if (state->job.stage != TOC_JOB_WAITING) {
        return false;
    }
    if (state->job.order.rank != rank) {
        state->job.order.rank = rank;
        toc_crew_enqueue(world, job);
    }
    return true;
}

void toc_job_lend_crew(toc_world *world, uint32_t crew, uint32_t operator_index) {
    TOC_ASSERT(crew < world->topology->crew_count);
    TOC_ASSERT(operator_index < world->topology->operator_count);
    toc_crew_serve(world, crew, operator_index);
    for (uint32_t party = world->crews[crew].first_party;
         party < world->crews[crew + 1].first_party; party++) {
        look_for_work(world, party);
    }
}

void toc_job_look(toc_world *world) {
    for (uint32_t party = 0; party < world->party_count; party++) {
        look_for_work(world, party);
    }
}

void toc_job_lack(toc_world *world, uint32_t job, toc_job_lack_kind lacks) {
    struct job_state *state = job_at(world, job);
    TOC_ASSERT(state->job.stage == TOC_JOB_WAITING);
    bool is_news = state->job.lacks != lacks && lacks != TOC_JOB_LACKS_CREW;
    state->job.lacks = lacks;
    if (is_news) {
        set_stage(world, job, TOC_JOB_WAITING);
    }
}

uint32_t toc_job_way(const toc_world *world, uint32_t job, uint32_t *out_assets, uint32_t most) {
    const struct job_state *state = job_at(world, job);
    return state->job.stage == TOC_JOB_TRAVEL && state->party != TOC_INDEX_NONE
               ? toc_travel_way(world, state->party, state->job.order.element, out_assets, most)
               : 0;
}

toc_time toc_job_travel_time(const toc_world *world, uint32_t crew, uint32_t element) {
    toc_time best = TOC_NEVER;
    TOC_ASSERT(crew < world->topology->crew_count);
    for (uint32_t party = world->crews[crew].first_party;
         party < world->crews[crew + 1].first_party; party++) {
        if (world->parties[party].job == TOC_INDEX_NONE) {
            toc_time time = toc_travel_time(world, party, element);
            best = time < best ? time : best;
        }
    }
    return best;
}

uint32_t toc_job_crew_serves(const toc_world *world, uint32_t crew) {
    TOC_ASSERT(crew < world->topology->crew_count);
    return world->crews[crew].serves;
}

toc_job toc_job_read(const toc_world *world, uint32_t job) {
    return job_at(world, job)->job;
}

uint32_t toc_job_count(const toc_world *world) {
    return world->jobs.count;
}

void toc_job_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->jobs.count; i++) {
        const struct job_state *state = job_at(world, i);
        toc_digest_u64(digest, state->job.order.kind);
        toc_digest_u64(digest, state->job.doing);
        toc_digest_u64(digest, (uint64_t)state->job.order.vendor << 1 | state->job.order.look_only);
        toc_digest_u64(digest, state->job.order.element);
        toc_digest_i64(digest, state->job.order.rank);
        toc_digest_u64(digest, state->job.stage);
        toc_digest_u64(digest, state->job.crew);
        toc_digest_u64(digest, state->party);
        toc_digest_i64(digest, state->job.ordered_at);
        toc_digest_i64(digest, state->job.started_at);
        toc_digest_i64(digest, state->job.ended_at);
        if (world->roads != NULL) {
            toc_digest_u64(digest, state->job.lacks);
        }
    }
}

const char *toc_job_kind_name(toc_job_kind kind) {
    return kind_names[kind];
}

const char *toc_job_kind_skill(toc_job_kind kind) {
    return kind_skills[kind];
}

toc_job_kind toc_job_find_kind(const char *name) {
    for (int i = 0; i < TOC_JOB_KINDS; i++) {
        if (strcmp(kind_names[i], name) == 0) {
            return (toc_job_kind)i;
        }
    }
    return TOC_JOB_KINDS;
}

const char *toc_job_nearest_kind(const char *name) {
    return toc_names_nearest_of(kind_names, TOC_JOB_KINDS, name);
}

const char *toc_job_nearest_skill(const char *name) {
    return toc_names_nearest_of(kind_skills, TOC_JOB_KINDS, name);
}

const char *toc_job_stage_name(toc_job_stage stage) {
    static const char *const names[] = {"waiting", "travel", "work", "done", "failed", "cancelled"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_JOB_STAGES, "a name for every stage");
    return names[stage];
}
