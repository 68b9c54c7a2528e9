/* Resource: a number of equal units (a crew's people, spares) and the queue for them. Requests are
   served by rank (lower first), then in order of arrival; a grant is an event at the same instant.
 */
#ifndef KERNEL_RESOURCE_H
#define KERNEL_RESOURCE_H

#include "kernel/calendar.h"

typedef struct toc_resource toc_resource;

toc_resource *toc_resource_create(toc_calendar *calendar, uint32_t units, toc_priority priority);
void toc_resource_destroy(toc_resource *resource);
/* Calls `action` when a unit is held. The ticket names the request; 0 is never given. */
uint32_t toc_resource_request(toc_resource *resource, int32_t rank, toc_event_action *action,
                              void *object, uint64_t argument);
/* Takes a waiting request out of the queue; false where it is held or unknown. */
bool toc_resource_withdraw(toc_resource *resource, uint32_t ticket);
/* Changes a waiting request's rank; false where it is held or unknown. */
bool toc_resource_rank(toc_resource *resource, uint32_t ticket, int32_t rank);
void toc_resource_release(toc_resource *resource, uint32_t ticket);
uint32_t toc_resource_free(const toc_resource *resource);
uint32_t toc_resource_waiting(const toc_resource *resource);

#endif
