/* Rulebook: what has to be reported, by whom, to whom and by when: rules with dates and a source,
   read from a file of the namespace urn:tocsin:duties:1. Some are carried inside the program
   (assets/duties); a package may bring its own, or a corrected copy, as duties/NAME.xml. */
#ifndef FORMATS_RULEBOOK_H
#define FORMATS_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/rulebook.h"
#include "tocsin/time.h"

enum { TOC_RULEBOOK_ITEMS = 64, TOC_RULEBOOK_PARTS = 64, TOC_RULEBOOK_NONE = -1 };

typedef enum toc_rulebook_applies {
    TOC_RULEBOOK_ANY,
    TOC_RULEBOOK_CII,
    TOC_RULEBOOK_GOVERNMENT,
    TOC_RULEBOOK_OTHER
} toc_rulebook_applies;

typedef enum toc_rulebook_clock {
    TOC_RULEBOOK_TRIGGERED,
    TOC_RULEBOOK_DISCOVERED,
    TOC_RULEBOOK_AWARE,
    TOC_RULEBOOK_DETERMINED,
    TOC_RULEBOOK_RECEIVED,
    TOC_RULEBOOK_HANDLED
} toc_rulebook_clock;

typedef enum toc_rulebook_by {
    TOC_RULEBOOK_INITIAL,
    TOC_RULEBOOK_SUPPLEMENT,
    TOC_RULEBOOK_SUMMARY
} toc_rulebook_by;

/* A role, an item or a level, in both languages; `zh` "" where it is not there. */
typedef struct toc_rulebook_part {
    const char *id, *en, *zh;
} toc_rulebook_part;

/* A level is reached when all that is said here has been so for as long. */
typedef struct toc_rulebook_when {
    int level;
    int64_t people, down_ppm; /* 0: not asked for */
    toc_time lasts;
    bool confirmed;
} toc_rulebook_when;

typedef struct toc_rulebook_duty {
    toc_rulebook_part name;
    toc_rulebook_applies applies;
    int from, to[TOC_RULEBOOK_PARTS]; /* roles */
    int to_count;
    bool on_declared;     /* begins as the operator declares an incident, not with a level */
    const char *after;    /* id of the duty that must have been done; "" for none */
    bool only_incomplete; /* follows only a report that left items out */
    int least, below;     /* levels; TOC_RULEBOOK_NONE */
    toc_rulebook_clock clock;
    toc_time within; /* TOC_NEVER: no limit */
    bool next_day;   /* instead: by the end of the next calendar day */
    toc_rulebook_by by;
    uint64_t content, at_once; /* a bit for each item */
    bool confirmed;
    toc_place place;
} toc_rulebook_duty;

typedef struct toc_rulebook {
    toc_rulebook_part name;
    const char *source, *in_force; /* "2025-11-01" */
    toc_rulebook_part roles[TOC_RULEBOOK_PARTS], items[TOC_RULEBOOK_ITEMS],
        levels[TOC_RULEBOOK_PARTS];
    int role_count, item_count, level_count;
    toc_rulebook_when whens[TOC_RULEBOOK_PARTS];
    int when_count;
    toc_rulebook_duty duties[TOC_RULEBOOK_PARTS];
    int duty_count;
} toc_rulebook;

/* Every mistake is told; a file with one gives no rulebook. */
toc_status toc_rulebook_read(const toc_formats_source *source, toc_problems *problems,
                             toc_rulebook **out_rulebook);
void toc_rulebook_destroy(toc_rulebook *rulebook);
/* The place among the parts; TOC_RULEBOOK_NONE where there is none. */
int toc_rulebook_find(const toc_rulebook_part *parts, int count, const char *id);
/* The id most like `id`, or NULL. */
const char *toc_rulebook_nearest(const toc_rulebook_part *parts, int count, const char *id);

/* -- Carried inside the program -----------------------------------------------------------------
 */

typedef struct toc_rulebook_file {
    const char *path; /* "cn-2025.xml" */
    const unsigned char *bytes;
    size_t size;
} toc_rulebook_file;

extern const toc_rulebook_file toc_embedded_duties[];
extern const size_t toc_embedded_duties_count;

#endif
