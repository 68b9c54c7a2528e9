/* EPANET reading: what all parts of the reader of network files share: the present line, its words
   as numbers and references, and how mistakes are told. */
#ifndef FORMATS_EPANET_READING_H
#define FORMATS_EPANET_READING_H

#include "formats/epanet_network.h"
#include "formats/epanet_text.h"

typedef struct toc_epanet_reading {
    toc_epanet_network *network;
    toc_epanet_text text;
    toc_epanet_words words; /* of the present line */
    toc_problems *problems;
    toc_names *told; /* ids of which it is told already that they stand twice */
    bool failed;
} toc_epanet_reading;

/* The place of a word; of the whole line where it has no such word. */
toc_place toc_epanet_reading_place(const toc_epanet_reading *reading, uint32_t word);
void toc_epanet_reading_wrong(toc_epanet_reading *reading, uint32_t word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "" where the line has no such word. */
const char *toc_epanet_reading_word(const toc_epanet_reading *reading, uint32_t word);
/* False and told where the line has fewer words; `expected` names them all. */
bool toc_epanet_reading_has(toc_epanet_reading *reading, uint32_t count, const char *expected);
/* Reads a number between `low` and `high`; `what` names it. False and told where it is none; an
   absent word leaves *out as it is. */
bool toc_epanet_reading_number(toc_epanet_reading *reading, uint32_t word, const char *what,
                               double low, double high, double *out);
/* A word's place among ids; TOC_NONE and told with the nearest where there is none. */
uint32_t toc_epanet_reading_find(toc_epanet_reading *reading, uint32_t word, const char *what,
                                 const toc_names *ids);
/* Enters the first word as a new id. False where it stands twice, which is told once for each id;
   `first_line` gives the line where the id with a number stood first. */
bool toc_epanet_reading_enter(toc_epanet_reading *reading, toc_names *ids, const char *what,
                              uint32_t (*first_line)(const toc_epanet_network *network,
                                                     uint32_t number));
/* Metres in a unit of length of the file. */
double toc_epanet_reading_metre(const toc_epanet_reading *reading);
/* "1:30", "90 MIN", "1.5", "6:30 AM" as a time, from `word` on. False and told where it is none. */
bool toc_epanet_reading_time(toc_epanet_reading *reading, uint32_t word, toc_time *out);

#endif
