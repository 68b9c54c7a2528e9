/* Standing: how things stand as a seat's team believes them to, beside what the seat was shown
   (stream.h): services, its board, what its crews found, its crews. Texts live as long as the
   drill. */
#ifndef TOCSIN_STANDING_H
#define TOCSIN_STANDING_H

#include "tocsin/drill.h"

typedef struct toc_standing_service {
    const char *id, *operator_id;
    double level; /* share of the demand that the assets believed to be up can meet, 0..1 */
} toc_standing_service;

typedef struct toc_standing_card {
    const char *element;
    const char *said, *said_by; /* on the team's board: an operation, and the seat; "" nothing */
    int64_t confidence_ppm;
    toc_time said_at;
    uint32_t found;    /* what was found on the spot, for toc_standing_found */
    toc_time found_at; /* TOC_NEVER: nobody has been there */
} toc_standing_card;

typedef struct toc_standing_crew {
    const char *id, *skills;
    uint32_t size, free; /* jobs that it can do at once, and how many of those are free */
} toc_standing_crew;

typedef struct toc_standing_stock {
    const char *part, *where; /* where: an asset */
    uint32_t count;
} toc_standing_stock;

/* False where the service, by its number in the topology, is not of the seat's operator. */
bool toc_standing_service_at(const toc_drill *drill, uint32_t seat, uint32_t service,
                             toc_standing_service *out_service);
/* Assets and links of which the team knows more than telemetry tells. */
uint32_t toc_standing_card_count(const toc_drill *drill, uint32_t seat);
toc_standing_card toc_standing_card_at(const toc_drill *drill, uint32_t seat, uint32_t index);
/* Writes what was found as words with commas, "nothing wrong" where that is so. */
void toc_standing_found(uint32_t found, char *buffer, size_t size);
/* False where the crew, by its number in the topology, takes no orders from the seat's operator. */
bool toc_standing_crew_at(const toc_drill *drill, uint32_t seat, uint32_t crew,
                          toc_standing_crew *out_crew);
/* Parts that the seat's operator has in store: begins with *pile UINT32_MAX; false after the last.
 */
bool toc_standing_next_stock(const toc_drill *drill, uint32_t seat, uint32_t *pile,
                             toc_standing_stock *out_stock);

#endif
