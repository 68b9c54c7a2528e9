#include "model/crew.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

#include <math.h>
#include <string.h>

/* Roads are longer than the straight line by about this factor: the usual circuity of road
   networks in regional planning, 1.2 to 1.4. */
static const double detour = 1.3;

__extension__ typedef __int128 wide;

struct spot_m {
    int32_t x, y;
    bool known;
};

static uint32_t kinds_of(const char *skills) {
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
        world->crews[i].kinds = kinds_of(topology->crews[i].skills);
        world->party_count += topology->crews[i].size;
    }
    world->crews[topology->crew_count].first_party = world->party_count;
    world->parties = toc_arena_heap(NULL, (size_t)world->party_count + 1, sizeof *world->parties);
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        const toc_crew *crew = &topology->crews[i];
        bool placed = crew->base != TOC_INDEX_NONE && topology->assets[crew->base].placed;
        for (uint32_t j = 0; j < crew->size; j++) {
            world->parties[world->crews[i].first_party + j] =
                (struct party){i, TOC_INDEX_NONE, crew->x_m, crew->y_m, placed};
        }
    }
    list_by_operator(world);
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

/* Where an element is; a link, half way between its ends. */
static struct spot_m place_of(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_asset *from, *to;
    if (element < topology->asset_count) {
        from = to = &topology->assets[element];
    } else {
        const toc_link *link = &topology->links[element - topology->asset_count];
        from = &topology->assets[link->from];
        to = &topology->assets[link->to];
    }
    if (!from->placed || !to->placed) {
        from = to = from->placed ? from : to;
    }
    return (struct spot_m){(from->x_m + to->x_m) / 2, (from->y_m + to->y_m) / 2, from->placed};
}

toc_time toc_crew_travel_time(const toc_world *world, uint32_t index, uint32_t element) {
    const struct party *party = &world->parties[index];
    struct spot_m spot = place_of(world, element);
    int64_t speed = world->topology->crews[party->crew].speed_m_per_hour;
    double dx, dy, hours;
    if (!party->placed || !spot.known) {
        return 0; /* without a place there is no way to go */
    }
    dx = (double)spot.x - party->x_m;
    dy = (double)spot.y - party->y_m;
    hours = detour * sqrt(dx * dx + dy * dy) / (double)speed;
    return (toc_time)(hours * (double)TOC_HOUR + 0.5);
}

void toc_crew_move(toc_world *world, uint32_t index, uint32_t element, toc_time passed,
                   toc_time takes) {
    struct party *party = &world->parties[index];
    struct spot_m spot = place_of(world, element);
    wide dx, dy;
    if (!spot.known) {
        return;
    }
    if (!party->placed || passed >= takes) {
        *party = (struct party){party->crew, party->job, spot.x, spot.y, true};
        return;
    }
    dx = (wide)(spot.x - party->x_m) * passed / takes;
    dy = (wide)(spot.y - party->y_m) * passed / takes;
    party->x_m += (int32_t)dx;
    party->y_m += (int32_t)dy;
}

static uint32_t nearest_of(const toc_world *world, uint32_t crew, uint32_t element,
                           toc_time *best_time, uint32_t best) {
    for (uint32_t i = world->crews[crew].first_party; i < world->crews[crew + 1].first_party; i++) {
        if (world->parties[i].job == TOC_INDEX_NONE) {
            toc_time time = toc_crew_travel_time(world, i, element);
            if (best == TOC_INDEX_NONE || time < *best_time) {
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
        return nearest_of(world, order->crew, order->element, &best_time, best);
    }
    for (uint32_t i = world->crew_first[order->operator_index];
         i < world->crew_first[order->operator_index + 1]; i++) {
        uint32_t crew = world->crew_list[i];
        if ((world->crews[crew].kinds & 1u << order->kind) != 0) {
            best = nearest_of(world, crew, order->element, &best_time, best);
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

uint32_t toc_crew_next_job(toc_world *world, uint32_t party) {
    const toc_topology *topology = world->topology;
    uint32_t crew = world->parties[party].crew, job;
    uint32_t owner = world->crews[crew].serves;
    toc_list *best_queue = &world->queues[topology->operator_count * TOC_JOB_KINDS + crew];
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
    if (best == NULL) {
        return TOC_INDEX_NONE;
    }
    job = best->job;
    drop_first(best_queue);
    return job;
}

void toc_crew_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->crew_count; i++) {
        toc_digest_u64(digest, world->crews[i].serves);
    }
    for (uint32_t i = 0; i < world->party_count; i++) {
        const struct party *party = &world->parties[i];
        toc_digest_u64(digest, party->job);
        toc_digest_i64(digest, party->x_m);
        toc_digest_i64(digest, party->y_m);
        toc_digest_u64(digest, party->placed ? 1 : 0);
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
