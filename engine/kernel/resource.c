/* Resource: waiting requests in one list kept in order of (rank, arrival); a grant is scheduled, so
   that whoever releases goes on undisturbed. */
#include "kernel/resource.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"

struct request {
    toc_event_action *action;
    void *object;
    uint64_t argument;
    uint32_t ticket;
    int32_t rank;
};

struct toc_resource {
    toc_calendar *calendar;
    toc_list waiting; /* struct request */
    uint32_t free, units, last_ticket;
    toc_priority priority;
};

toc_resource *toc_resource_create(toc_calendar *calendar, uint32_t units, toc_priority priority) {
    toc_resource *resource = toc_arena_heap(NULL, 1, sizeof *resource);
    *resource =
        (toc_resource){.calendar = calendar, .free = units, .units = units, .priority = priority};
    return resource;
}

void toc_resource_destroy(toc_resource *resource) {
    if (resource == NULL) {
        return;
    }
    toc_list_finish(&resource->waiting);
    toc_arena_heap_free(resource);
}

static struct request *request_at(const toc_resource *resource, uint32_t index) {
    return TOC_LIST_AT(struct request, &resource->waiting, index);
}

/* Behind all that have the same rank or a lower one. */
static void enqueue(toc_resource *resource, struct request request) {
    (void)toc_list_add(&resource->waiting, sizeof request);
    uint32_t at = resource->waiting.count - 1;
    while (at > 0 && request_at(resource, at - 1)->rank > request.rank) {
        *request_at(resource, at) = *request_at(resource, at - 1);
        at--;
    }
    *request_at(resource, at) = request;
}

static struct request dequeue(toc_resource *resource, uint32_t index) {
    struct request request = *request_at(resource, index);
    for (uint32_t at = index + 1; at < resource->waiting.count; at++) {
        *request_at(resource, at - 1) = *request_at(resource, at);
    }
    resource->waiting.count--;
    return request;
}

static void grant(toc_resource *resource, struct request request) {
    TOC_ASSERT(resource->free > 0);
    resource->free--;
    toc_calendar_schedule(resource->calendar, toc_calendar_now(resource->calendar),
                          resource->priority, request.action, request.object, request.argument);
}

uint32_t toc_resource_request(toc_resource *resource, int32_t rank, toc_event_action *action,
                              void *object, uint64_t argument) {
    struct request request = {.action = action,
                              .object = object,
                              .argument = argument,
                              .ticket = ++resource->last_ticket,
                              .rank = rank};
    TOC_ASSERT(request.ticket != 0);
    if (resource->free > 0) {
        grant(resource, request);
    } else {
        enqueue(resource, request);
    }
    return request.ticket;
}

/* Index among the waiting, or their count. */
static uint32_t find(const toc_resource *resource, uint32_t ticket) {
    uint32_t index = 0;
    while (index < resource->waiting.count && request_at(resource, index)->ticket != ticket) {
        index++;
    }
    return index;
}

bool toc_resource_withdraw(toc_resource *resource, uint32_t ticket) {
    uint32_t index = find(resource, ticket);
    if (index == resource->waiting.count) {
        return false;
    }
    (void)dequeue(resource, index);
    return true;
}

bool toc_resource_rank(toc_resource *resource, uint32_t ticket, int32_t rank) {
    uint32_t index = find(resource, ticket);
    if (index == resource->waiting.count) {
        return false;
    }
    struct request request = dequeue(resource, index);
    request.rank = rank;
    enqueue(resource, request);
    return true;
}

void toc_resource_release(toc_resource *resource, uint32_t ticket) {
    TOC_ASSERT(ticket != 0 && ticket <= resource->last_ticket);
    TOC_ASSERT(resource->free < resource->units);
    resource->free++;
    if (resource->waiting.count > 0) {
        grant(resource, dequeue(resource, 0));
    }
}

uint32_t toc_resource_free(const toc_resource *resource) {
    return resource->free;
}

uint32_t toc_resource_waiting(const toc_resource *resource) {
    return resource->waiting.count;
}
