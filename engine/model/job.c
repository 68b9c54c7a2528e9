#include "model/job.h"

#include "kernel/assert.h"
#include "kernel/names.h"
#include "model/belief.h"
#include "model/crew.h"
#include "model/intrusion.h"
#include "model/remedy.h"
#include "model/settle.h"
#include "model/shift.h"
#include "model/stock.h"
#include "model/travel.h"
#include "model/vendor.h"
#include "model/world_state.h"

#include <string.h>

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
    uint32_t causes = toc_remedy_causes(world, job);
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if ((causes & 1u << cause) != 0) {
            (void)toc_world_clear(world, job->order.element, (toc_cause)cause);
        }
    }
}

static void report(toc_world *world, const toc_job_order *order) {
    if (!order->remote) {
        toc_belief_learn(world, order->operator_index, order->element, TOC_SEEN_BY_CREW);
    }
}

static void on_worked(void *object, uint64_t argument);

/* The part that the work takes is used up as it begins. */
static void work(toc_world *world, uint32_t index) {
    const struct job_state *state = job_at(world, index);
    toc_time now = toc_calendar_now(world->calendar);
    toc_time takes = duration(world, state);
    if (state->party != TOC_INDEX_NONE) {
        takes = toc_shift_stretch(world, state->job.crew, takes);
    }
    if (state->party != TOC_INDEX_NONE &&
        toc_stock_wanted(world, state->job.order.element, state->job.doing) != TOC_INDEX_NONE) {
        world->parties[state->party].carries = TOC_INDEX_NONE;
    }
    job_at(world, index)->works_until = now + takes;
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
    if (order.remote && !toc_remedy_has_control(world, order.element)) {
        set_stage(world, index, TOC_JOB_FAILED);
        return;
    }
    clear_causes(world, &job);
    if (job.doing == TOC_JOB_KIND_OPEN) {
        (void)toc_world_fail(world, order.element, TOC_CAUSE_SWITCHED_OFF);
    }
    if (toc_remedy_is_cleansing(world, &job)) {
        (void)toc_intrusion_cleanse(world, order.element);
    }
    if (order.kind == TOC_JOB_KIND_INSPECT && !order.look_only) {
        next = toc_remedy_next(world, index);
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
    if (!(order.remote ? toc_remedy_seems_wanted : toc_remedy_is_wanted)(world, &order)) {
        /* found in order: there is nothing to do but to say so */
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
    toc_job_lack(world, index, toc_crew_lack(world, &order));
}

/* A part that was spoken for and not fetched yet is there for others again. */
static void leave_part(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    uint32_t asset = state->job.fetch;
    if (asset != TOC_INDEX_NONE) {
        state->job.fetch = TOC_INDEX_NONE;
        toc_stock_put(world, asset,
                      toc_stock_wanted(world, state->job.order.element, state->job.order.kind), 1);
    }
}

/* The way has been closed, and there is no other: the party is free for what it can get to. */
static void give_up_way(toc_world *world, uint32_t index) {
    leave_part(world, index);
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

static uint32_t destination(const struct job_state *state) {
    return state->job.fetch != TOC_INDEX_NONE ? state->job.fetch : state->job.order.element;
}

/* Sets out on the next leg; false where no open road leads there. */
static bool go(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    toc_time now = toc_calendar_now(world->calendar), leg, way;
    if (!toc_travel_go(world, state->party, destination(state), &leg, &way)) {
        return false;
    }
    state->job.arrives_at = now + way;
    state->event =
        toc_calendar_schedule(world->calendar, now + leg, TOC_PHYSICAL, on_arrived, world, index);
    return true;
}

/* Takes the part that it came for; what it had with it and nobody needs stays there. */
static void load(toc_world *world, uint32_t index) {
    struct job_state *state = job_at(world, index);
    uint32_t before = world->parties[state->party].carries, asset = state->job.fetch;
    world->parties[state->party].carries =
        toc_stock_wanted(world, state->job.order.element, state->job.order.kind);
    state->job.fetch = TOC_INDEX_NONE;
    if (before != TOC_INDEX_NONE) {
        toc_stock_put(world, asset, before, 1);
    }
}

static void on_arrived(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t index = (uint32_t)argument;
    const struct job_state *state = job_at(world, index);
    toc_time expected = state->job.arrives_at;
    bool is_there = state->party == TOC_INDEX_NONE ||
                    toc_travel_arrive(world, state->party, destination(state));
    if (is_there && state->job.fetch == TOC_INDEX_NONE) {
        begin_work(world, index);
        return;
    }
    if (is_there) {
        load(world, index);
        expected = TOC_NEVER; /* where it goes from here is told in any case */
    }
    if (!go(world, index)) {
        give_up_way(world, index);
    } else if (job_at(world, index)->job.arrives_at != expected) {
        set_stage(world, index, TOC_JOB_TRAVEL); /* another way: it comes at another time */
    }
}

/* The party must have a way there. */
static void send(toc_world *world, uint32_t index, uint32_t party) {
    struct job_state *state = job_at(world, index);
    bool goes;
    (void)toc_stock_way(world, party, &state->job.order, &state->job.fetch);
    if (state->job.fetch != TOC_INDEX_NONE) {
        toc_stock_take(world, state->job.fetch,
                       toc_stock_wanted(world, state->job.order.element, state->job.order.kind));
    }
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
    const toc_job_order *order = &state->job.order;
    toc_time now = toc_calendar_now(world->calendar);
    toc_draw draw = {toc_chance_key(toc_topology_element_id(world->topology, order->element)),
                     toc_chance_key("vendor comes"), state->occurrence};
    toc_time takes = toc_vendor_comes(world, order->vendor - 1,
                                      toc_stock_wanted(world, order->element, order->kind), draw);
    state->job.started_at = now;
    state->job.arrives_at = now + takes;
    state->event =
        toc_calendar_schedule(world->calendar, now + takes, TOC_PHYSICAL, on_arrived, world, index);
    set_stage(world, index, TOC_JOB_TRAVEL);
}

uint32_t toc_job_order_at(toc_world *world, const toc_job_order *order, const char **why) {
    const char *reason;
    uint32_t index = world->jobs.count, before;
    struct job_state *state;
    TOC_ASSERT(order->kind < TOC_JOB_KINDS);
    TOC_ASSERT(order->operator_index < world->topology->operator_count);
    TOC_ASSERT(order->element < world->topology->asset_count + world->topology->link_count);
    reason = toc_remedy_refusal(world, order);
    if (reason != NULL) {
        *why = reason;
        return TOC_INDEX_NONE;
    }
    before = toc_remedy_latest(world, order->element, order->kind);
    state = toc_list_add(&world->jobs, sizeof *state);
    *state = (struct job_state){.party = TOC_INDEX_NONE,
                                .previous = world->elements[order->element].last_job};
    state->occurrence = before == TOC_INDEX_NONE ? 0 : job_at(world, before)->occurrence + 1;
    state->job = (toc_job){.order = *order,
                           .stage = TOC_JOB_WAITING,
                           .doing = order->kind,
                           .crew = TOC_INDEX_NONE,
                           .fetch = TOC_INDEX_NONE,
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
    if (order->vendor != 0) {
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
    leave_part(world, job);
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

toc_party toc_job_party(const toc_world *world, uint32_t crew, uint32_t number) {
    uint32_t index = world->crews[crew].first_party + number;
    TOC_ASSERT(index < world->crews[crew + 1].first_party);
    toc_party party = {.job = world->parties[index].job, .carries = world->parties[index].carries};
    party.placed = toc_travel_place(world, index, &party.x_m, &party.y_m);
    return party;
}

void toc_job_delay_crew(toc_world *world, uint32_t crew, toc_time by) {
    for (uint32_t party = world->crews[crew].first_party;
         party < world->crews[crew + 1].first_party; party++) {
        uint32_t job = world->parties[party].job;
        if (job != TOC_INDEX_NONE && job_at(world, job)->job.stage == TOC_JOB_WORK) {
            struct job_state *state = job_at(world, job);
            toc_time at = state->works_until + by;
            (void)toc_calendar_cancel(world->calendar, state->event);
            state->works_until = at;
            state->event =
                toc_calendar_schedule(world->calendar, at, TOC_PHYSICAL, on_worked, world, job);
        }
    }
}

/* What is still waiting afterwards waits for what it lacks now. */
static void on_look(void *object, uint64_t argument) {
    toc_world *world = object;
    (void)argument;
    for (uint32_t party = 0; party < world->party_count; party++) {
        look_for_work(world, party);
    }
    for (uint32_t i = 0; i < world->jobs.count; i++) {
        if (job_at(world, i)->job.stage == TOC_JOB_WAITING) {
            toc_job_order order = job_at(world, i)->job.order;
            toc_job_lack(world, i, toc_crew_lack(world, &order));
        }
    }
}

void toc_job_look_soon(toc_world *world) {
    if (!world->beginning && world->jobs.count > 0 &&
        !toc_calendar_is_pending(world->calendar, world->work_look)) {
        world->work_look = toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar),
                                                 TOC_PHYSICAL, on_look, world, 0);
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
               ? toc_travel_way(world, state->party, destination(state), out_assets, most)
               : 0;
}

uint32_t toc_job_route(const toc_world *world, uint32_t crew, uint32_t element,
                       uint32_t *out_assets, uint32_t most) {
    uint32_t party = world->crews[crew].first_party;
    return toc_travel_time(world, party, element) == TOC_NEVER
               ? 0
               : toc_travel_way(world, party, element, out_assets, most);
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
        if (world->roads != NULL || world->topology->part_count > 0) {
            toc_digest_u64(digest, (uint64_t)state->job.lacks << 32 | state->job.fetch);
        }
    }
}

const char *toc_job_kind_name(toc_job_kind kind) {
    return kind_names[kind];
}

const char *toc_job_kind_skill(toc_job_kind kind) {
    return kind_skills[kind];
}

bool toc_job_kind_is_remote(toc_job_kind kind) {
    return kinds[kind].remote_median > 0;
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

const char *toc_job_lack_name(toc_job_lack_kind lacks) {
    static const char *const names[] = {"", "crew", "road", "part", "rest"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_JOB_LACKS, "a name for every lack");
    return names[lacks];
}

const char *toc_job_stage_name(toc_job_stage stage) {
    static const char *const names[] = {"waiting", "travel", "work", "done", "failed", "cancelled"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_JOB_STAGES, "a name for every stage");
    return names[stage];
}
