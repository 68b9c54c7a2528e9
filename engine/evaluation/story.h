/* Story: what a reader wants to know of a drill without being asked, in order; like events that
   follow closely are one moment, so that a hundred opened breakers are one line. */
#ifndef EVALUATION_STORY_H
#define EVALUATION_STORY_H

#include "evaluation/measure.h"

typedef enum toc_story_kind {
    TOC_STORY_DRILL,
    TOC_STORY_ATTACK,  /* a technique carried out, or one that failed */
    TOC_STORY_TOLD,    /* an inject or a message */
    TOC_STORY_ACTION,  /* what a seat set about, and what became of it */
    TOC_STORY_WORK,    /* a job of a crew, done or failed */
    TOC_STORY_SERVICE, /* lost, at its lowest, whole again */
    TOC_STORY_NOTICED, /* an operator's first alarm */
    TOC_STORY_OBJECTIVE,
    TOC_STORY_DUTY
} toc_story_kind;

/* One thing within a moment. */
typedef struct toc_story_part {
    uint64_t entry, ended; /* ended: where an action's outcome stands; 0: nowhere */
    size_t next;           /* part of the same moment; 0: none */
} toc_story_part;

typedef struct toc_story_moment {
    toc_story_kind kind;
    toc_trace_entry first; /* what all its parts have in common but subject and text */
    toc_time last_at;
    size_t first_part, last_part, count;
    size_t done, failed; /* of an action's parts */
} toc_story_moment;

typedef struct toc_story toc_story;

/* `most`: moments; where there would be more, events further apart become one. */
toc_story *toc_story_create(const toc_measures *measures, size_t most);
void toc_story_destroy(toc_story *story);
size_t toc_story_count(const toc_story *story);
const toc_story_moment *toc_story_at(const toc_story *story, size_t index);
const toc_story_part *toc_story_part_at(const toc_story *story, size_t part);
/* ATT&CK's name of a technique as the record tells it, or "". */
const char *toc_story_technique(const toc_story *story, const char *id);

#endif
