/* State of an outlook, shared by outlook.c and survey.c. */
#ifndef SERVER_OUTLOOK_STATE_H
#define SERVER_OUTLOOK_STATE_H

#include <glib.h>

#include "server/outlook.h"

/* One list of the state. All its items begin with their id. */
struct shelf {
    toc_wire_kind kind;
    size_t item_size;
    GByteArray *items;
    GArray *revisions;   /* uint64_t for each */
    GHashTable *numbers; /* index by id; never walked */
    GByteArray *changed; /* copies that were handed out */
};

enum shelf_number {
    SHELF_ASSETS,
    SHELF_ALARMS,
    SHELF_INBOX,
    SHELF_DECISIONS,
    SHELF_TICKETS,
    SHELF_ORDERS,
    SHELF_DUTIES,
    SHELF_APPROVALS,
    SHELF_AID,
    SHELF_CREWS,
    SHELF_ALERTS,
    SHELF_SERVICES,
    SHELF_BOARD,
    SHELF_STOCKS,
    SHELF_STEPS,
    SHELF_ZONES,
    SHELVES
};

struct toc_outlook {
    const toc_drill *drill;
    const char *seat;
    uint32_t number; /* of the seat */
    uint64_t revision;
    uint64_t shown, surveyed; /* things that it was shown; of those, seen by the last survey */
    struct shelf shelves[SHELVES];
    GHashTable *given; /* id of an order that the seat gave, by whom and number */
    GStringChunk *texts;
    GPtrArray *blocks; /* lists of texts */
};

/* The item of that id, new or not; it counts as changed. The id must live as long as the outlook.
   Valid until the next one. */
void *toc_outlook_touch(toc_outlook *outlook, enum shelf_number number, const char *id);
/* The item of that id as it is, without changing it; NULL where there is none. */
const void *toc_outlook_peek(const toc_outlook *outlook, enum shelf_number number, const char *id);
/* All items of a shelf as they are. */
const void *toc_outlook_items(const toc_outlook *outlook, enum shelf_number number,
                              uint32_t *out_count);
/* A copy that lives as long as the outlook. */
const char *toc_outlook_keep(toc_outlook *outlook, const char *text);
/* The same of a list of texts. */
toc_wire_texts toc_outlook_keep_list(toc_outlook *outlook, const GPtrArray *texts);

#endif
