#include "model/crew.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/road.h"
#include "model/shift.h"
#include "model/stock.h"

#include <string.h>

uint32_t toc_crew_kinds(const char *skills) {
    uint32_t kinds = 0;
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        kinds |= toc_job_kind_skill((toc_job_kind)kind)[0] == '\0' ? 1u << kind : 0;
    }
    while (*skills != '\0') {
        size_t length = strcspn(skills, " \t\r\n");
        for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
            const char *skill = toc_job_kind_skill((toc_job_kind)kind);
            if (strlen(skill) == length && memcmp(skill, skills, length) == 0) {
                kinds |= 1u << kind;
            }
        }
        skills += length + strspn(skills + length, " \t\r\n");
    }
    return kinds;
}

/* Kinds that ask for the same skill wait in one queue, that of the first of them. */
static uint32_t queue_of(const toc_world *world, const toc_job_order *order) {
    uint32_t kind = 0;
    if (order->crew != TOC_INDEX_NONE) {
        return world->topology->operator_count * TOC_JOB_KINDS + order->crew;
    }
    while (strcmp(toc_job_kind_skill((toc_job_kind)kind), toc_job_kind_skill(order->kind)) != 0) {
        kind++;
    }
    return order->operator_index * TOC_JOB_KINDS + kind;
}

/* Crews by the operator whose orders they take, each list in the order of the topology. */
static void list_by_operator(toc_world *world) {
    const toc_topology *topology = world->topology;
    uint32_t count = topology->operator_count;
    uint32_t *first = toc_arena_heap(world->crew_first, (size_t)count + 2, sizeof *first);
    uint32_t *list =
        toc_arena_heap(world->crew_list, (size_t)topology->crew_count + 1, sizeof *list);
    memset(first, 0, ((size_t)count + 2) * sizeof *first);
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        first[world->crews[i].serves + 2]++;
    }
    for (uint32_t i = 0; i < count; i++) {
        first[i + 2] += first[i + 1];
    }
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        list[first[world->crews[i].serves + 1]++] = i;
    }
    world->crew_first = first;
    world->crew_list = list;
}

void toc_crew_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    size_t queues = (size_t)topology->operator_count * TOC_JOB_KINDS + topology->crew_count + 1;
    world->queues = toc_arena_heap(NULL, queues, sizeof *world->queues);
    memset(world->queues, 0, queues * sizeof *world->queues);
    world->crews = toc_arena_heap(NULL, (size_t)topology->crew_count + 1, sizeof *world->crews);
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        world->crews[i].first_party = world->party_count;
        world->crews[i].serves = topology->crews[i].operator_index;
        world->crews[i].kinds = toc_crew_kinds(topology->crews[i].skills);
        world->party_count += topology->crews[i].size;
    }
    world->crews[topology->crew_count].first_party = world->party_count;
    world->parties = toc_arena_heap(NULL, (size_t)world->party_count + 1, sizeof *world->parties);
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        const toc_crew *crew = &topology->crews[i];
        bool placed = crew->base != TOC_INDEX_NONE && topology->assets[crew->base].placed;
        for (uint32_t j = 0; j < crew->size; j++) {
            world->parties[world->crews[i].first_party + j] =
                (struct party){.crew = i,
                               .job = TOC_INDEX_NONE,
                               .x_m = crew->x_m,
                               .y_m = crew->y_m,
                               .placed = placed,
                               .at = world->roads == NULL || crew->base == TOC_INDEX_NONE
                                         ? TOC_INDEX_NONE
                                         : toc_road_node(world, crew->base),
                               .heading = TOC_INDEX_NONE,
                               .leg_to = TOC_INDEX_NONE,
                               .route = {.element = TOC_INDEX_NONE},
                               .carries = TOC_INDEX_NONE};
        }
    }
    list_by_operator(world);
    toc_shift_init(world);
}

void toc_crew_serve(toc_world *world, uint32_t crew, uint32_t operator_index) {
    world->crews[crew].serves = operator_index;
    list_by_operator(world);
}

void toc_crew_finish(toc_world *world) {
    size_t queues =
        (size_t)world->topology->operator_count * TOC_JOB_KINDS + world->topology->crew_count;
    for (size_t i = 0; i < queues; i++) {
        toc_list_finish(&world->queues[i]);
    }
    toc_arena_heap_free(world->queues);
    toc_arena_heap_free(world->crews);
    for (uint32_t i = 0; i < world->party_count; i++) {
        toc_list_finish(&world->parties[i].route.hops);
    }
    toc_arena_heap_free(world->parties);
    toc_arena_heap_free(world->crew_first);
    toc_arena_heap_free(world->crew_list);
}

bool toc_crew_can(const toc_world *world, uint32_t crew, uint32_t operator_index,
                  toc_job_kind kind) {
    if (crew != TOC_INDEX_NONE) {
        return world->crews[crew].serves == operator_index &&
               (world->crews[crew].kinds & 1u << kind) != 0;
    }
    for (uint32_t i = world->crew_first[operator_index]; i < world->crew_first[operator_index + 1];
         i++) {
        if ((world->crews[world->crew_list[i]].kinds & 1u << kind) != 0) {
            return true;
        }
    }
    return false;
}

static uint32_t nearest_of(const toc_world *world, uint32_t crew, const toc_job_order *order,
                           toc_time *best_time, uint32_t best) {
    uint32_t fetch;
    if (toc_shift_is_out(world, crew) && order->kind != TOC_JOB_KIND_MOVE) {
        return best;
    }
    for (uint32_t i = world->crews[crew].first_party; i < world->crews[crew + 1].first_party; i++) {
        if (world->parties[i].job == TOC_INDEX_NONE) {
            toc_time time = toc_stock_way(world, i, order, &fetch);
            if (time != TOC_NEVER && (best == TOC_INDEX_NONE || time < *best_time)) {
                *best_time = time;
                best = i;
            }
        }
    }
    return best;
}

uint32_t toc_crew_nearest(const toc_world *world, const toc_job_order *order) {
    uint32_t best = TOC_INDEX_NONE;
    toc_time best_time = 0;
    if (order->crew != TOC_INDEX_NONE) {
        return nearest_of(world, order->crew, order, &best_time, best);
    }
    for (uint32_t i = world->crew_first[order->operator_index];
         i < world->crew_first[order->operator_index + 1]; i++) {
        uint32_t crew = world->crew_list[i];
        if ((world->crews[crew].kinds & 1u << order->kind) != 0) {
            best = nearest_of(world, crew, order, &best_time, best);
        }
    }
    return best;
}

static bool is_before(struct waiting a, struct waiting b) {
    return a.rank < b.rank || (a.rank == b.rank && a.job < b.job);
}

void toc_crew_enqueue(toc_world *world, uint32_t job) {
    const toc_job_order *order = &TOC_LIST_AT(struct job_state, &world->jobs, job)->job.order;
    toc_list *queue = &world->queues[queue_of(world, order)];
    struct waiting entry = {order->rank, job}, *items;
    uint32_t at = queue->count;
    (void)toc_list_add(queue, sizeof entry);
    items = queue->items;
    for (; at > 0 && is_before(entry, items[(at - 1) / 2]); at = (at - 1) / 2) {
        items[at] = items[(at - 1) / 2];
    }
    items[at] = entry;
}

static void drop_first(toc_list *queue) {
    struct waiting *items = queue->items, last = items[queue->count - 1];
    uint32_t at = 0, count = --queue->count;
    while (2 * at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && is_before(items[child + 1], items[child])) {
            child++;
        }
        if (!is_before(items[child], last)) {
            break;
        }
        items[at] = items[child];
        at = child;
    }
    items[at] = last;
}

/* Entries of jobs that no longer wait, or wait at another rank, go when they come to the top. */
static const struct waiting *first_of(toc_world *world, toc_list *queue) {
    while (queue->count > 0) {
        const struct waiting *entry = queue->items;
        const struct job_state *job = TOC_LIST_AT(struct job_state, &world->jobs, entry->job);
        if (job->job.stage == TOC_JOB_WAITING && job->job.order.rank == entry->rank) {
            return entry;
        }
        drop_first(queue);
    }
    return NULL;
}

/* The queue whose first job comes next for the crew; NULL where nothing waits for it. */
static toc_list *next_queue(toc_world *world, uint32_t crew) {
    uint32_t owner = world->crews[crew].serves;
    toc_list *best_queue = &world->queues[world->topology->operator_count * TOC_JOB_KINDS + crew];
    const struct waiting *best = first_of(world, best_queue);
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        if ((world->crews[crew].kinds & 1u << kind) != 0) {
            toc_list *queue = &world->queues[owner * TOC_JOB_KINDS + kind];
            const struct waiting *entry = first_of(world, queue);
            if (entry != NULL && (best == NULL || is_before(*entry, *best))) {
                best = entry;
                best_queue = queue;
            }
        }
    }
    return best == NULL ? NULL : best_queue;
}

/* Jobs that no open road leads to, or whose part is missing, are passed over, and wait on. */
uint32_t toc_crew_next_job(toc_world *world, uint32_t party) {
    toc_list passed = {0}, *queue;
    uint32_t found = TOC_INDEX_NONE, fetch;
    if (toc_shift_is_out(world, world->parties[party].crew)) {
        return TOC_INDEX_NONE;
    }
    while (found == TOC_INDEX_NONE &&
           (queue = next_queue(world, world->parties[party].crew)) != NULL) {
        uint32_t job = ((const struct waiting *)queue->items)->job;
        const toc_job_order *order = &TOC_LIST_AT(struct job_state, &world->jobs, job)->job.order;
        drop_first(queue);
        if (toc_stock_way(world, party, order, &fetch) != TOC_NEVER) {
            found = job;
        } else {
            *(uint32_t *)toc_list_add(&passed, sizeof job) = job;
        }
    }
    for (uint32_t i = 0; i < passed.count; i++) {
        uint32_t job = *TOC_LIST_AT(uint32_t, &passed, i);
        toc_job_order order = TOC_LIST_AT(struct job_state, &world->jobs, job)->job.order;
        toc_crew_enqueue(world, job);
        toc_job_lack(world, job,
                     toc_stock_lacks(world, &order) ? TOC_JOB_LACKS_PART : TOC_JOB_LACKS_ROAD);
    }
    toc_list_finish(&passed);
    return found;
}

toc_job_lack_kind toc_crew_lack(const toc_world *world, const toc_job_order *order) {
    toc_job_lack_kind lacks = TOC_JOB_LACKS_CREW;
    if (toc_stock_lacks(world, order)) {
        return TOC_JOB_LACKS_PART;
    }
    for (uint32_t i = 0; i < world->party_count; i++) {
        uint32_t crew = world->parties[i].crew;
        if (world->parties[i].job == TOC_INDEX_NONE &&
            (order->crew == TOC_INDEX_NONE || order->crew == crew) &&
            toc_crew_can(world, crew, order->operator_index, order->kind)) {
            if (!toc_shift_is_out(world, crew)) {
                return TOC_JOB_LACKS_ROAD;
            }
            lacks = TOC_JOB_LACKS_REST;
        }
    }
    return lacks;
}

static void digest_way(const struct party *party, toc_digest *digest) {
    toc_digest_u64(digest, (uint64_t)party->at << 32 | party->heading);
    toc_digest_u64(digest, party->leg_to);
    toc_digest_i64(digest, party->leg_began);
    toc_digest_i64(digest, party->leg_takes);
    toc_digest_i64(digest, party->leg_passed);
}

void toc_crew_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->crew_count; i++) {
        toc_digest_u64(digest, world->crews[i].serves);
        toc_shift_digest(world, i, digest);
    }
    for (uint32_t i = 0; i < world->party_count; i++) {
        const struct party *party = &world->parties[i];
        toc_digest_u64(digest, party->job);
        toc_digest_i64(digest, party->x_m);
        toc_digest_i64(digest, party->y_m);
        toc_digest_u64(digest, party->placed ? 1 : 0);
        if (world->roads != NULL) {
            digest_way(party, digest);
        }
    }
}

void toc_crew_check(const toc_world *world) {
    for (uint32_t i = 0; i < world->party_count; i++) {
        uint32_t job = world->parties[i].job;
        if (job != TOC_INDEX_NONE) {
            const struct job_state *state = TOC_LIST_AT(struct job_state, &world->jobs, job);
            TOC_ASSERT(state->party == i && state->job.crew == world->parties[i].crew);
            TOC_ASSERT(state->job.stage == TOC_JOB_TRAVEL || state->job.stage == TOC_JOB_WORK);
        }
    }
}
