/* Roster: who takes part in a live drill, and where they sit: a table that people keep in a
   spreadsheet, with a row for each person. */
#ifndef TOCSIN_ROSTER_H
#define TOCSIN_ROSTER_H

#include "tocsin/desk.h"
#include "tocsin/formats.h"

typedef struct toc_roster_person {
    const char *name, *organisation, *contact, *language; /* "" where the table does not say */
    const char *competence;                               /* what an adviser is asked about */
    const char *note;
    const char *const *desks; /* "gridco.dispatcher", "evaluator.gridco" */
    size_t desk_count;
    uint32_t line;
} toc_roster_person;

typedef struct toc_roster toc_roster;

/* CSV. Columns are known by their heads, in English or Chinese; desks are separated by blanks. */
toc_status toc_roster_read(const toc_formats_source *source, toc_problems *problems,
                           toc_roster **out_roster);
void toc_roster_destroy(toc_roster *roster);
size_t toc_roster_count(const toc_roster *roster);
const toc_roster_person *toc_roster_at(const toc_roster *roster, size_t index);
/* Tells desks that the drill does not have (`seats` are its seats) and persons who may not sit
   where they do; warns of seats that two share. */
toc_status toc_roster_check(const toc_roster *roster, const char *const *seats, size_t seat_count,
                            toc_problems *problems);
/* The first person at that desk, NULL where there is none. */
const toc_roster_person *toc_roster_find(const toc_roster *roster, const char *desk);

#endif
