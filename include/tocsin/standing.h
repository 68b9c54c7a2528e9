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

/* Items of the report that a duty asks for, a bit each. */
typedef struct toc_standing_report {
    uint64_t asked, told;
} toc_standing_report;

/* A step of the emergency plan of the seat's team. */
typedef struct toc_standing_step {
    const char *id, *text, *role;   /* role: what the plan calls whoever does it; "" anybody */
    const char *condition;          /* in words; "" always */
    const char *verb, *target;      /* the action that it is; "" none, or whatever is needed */
    const char *stage;              /* "open", "started", "done", "late" */
    toc_time due, done_at;          /* TOC_NEVER: no time runs, not yet */
    bool is_own, is_ready, applies; /* the seat's; all before it are done; the level asks for it */
} toc_standing_step;

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
/* False where the rules of the duty ask for no items. */
bool toc_standing_report_of(const toc_drill *drill, const char *duty,
                            toc_standing_report *out_report);
/* The id of the item of that bit. */
const char *toc_standing_item(const toc_drill *drill, const char *duty, unsigned bit);
/* Since when the plan is in force goes to `in_force`, TOC_NEVER where it is not. */
uint32_t toc_standing_step_count(const toc_drill *drill, uint32_t seat, toc_time *out_in_force);
toc_standing_step toc_standing_step_at(const toc_drill *drill, uint32_t seat, uint32_t index);
/* The file of the package that came with the message of that number in the seat's inbox, as the
   index-th; NULL behind the last. */
const char *toc_standing_paper(const toc_drill *drill, uint32_t seat, uint32_t message,
                               uint32_t index);

#endif
